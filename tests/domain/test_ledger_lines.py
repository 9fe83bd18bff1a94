"""CSV that people bring: which spellings are understood, and what each fault is told as."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vaultraider.domain.ledger_lines import MOST_BYTES, MOST_ERRORS, MOST_LINES, guarded, read_lines, unguarded
from vaultraider.domain.ledgers import LARGEST_AMOUNT, plain

NOW = datetime(2026, 11, 17, 17, tzinfo=UTC)
DAY = datetime(2026, 11, 15, tzinfo=UTC)
EVENING = datetime(2026, 11, 15, 20, tzinfo=UTC)


def read(file: str | bytes) -> list[tuple[datetime, int, str]]:
    lines, errors = read_lines(file.encode() if isinstance(file, str) else file, NOW)
    assert errors == []
    return [(each.at, each.amount, each.note) for each in lines]


def wrong(file: str | bytes) -> list[tuple[int, str]]:
    _, errors = read_lines(file.encode() if isinstance(file, str) else file, NOW)
    assert errors
    return [(each.line, each.sentence) for each in errors]


PLAIN = "at,amount,note\r\n2026-11-15,5,Crota\r\n"
GRÜN = "at,amount,note\n2026-11-15,5,Grün – ja\n"


@pytest.mark.parametrize(
    "file",
    [
        PLAIN.encode(),
        PLAIN.replace("\r\n", "\n").encode(),
        PLAIN.replace("\r\n", "\r").encode(),
        PLAIN.rstrip().encode(),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        b"\xff\xfe" + PLAIN.encode("utf-16-le"),
        b"\xfe\xff" + PLAIN.encode("utf-16-be"),
        b"\r\n\r\n" + PLAIN.encode() + b"\r\n,,\r\n",
        b" AT , Amount,NOTE\n2026-11-15 , 5 , Crota \n",
        b'"at","amount","note"\n"2026-11-15","5","Crota"\n',
        b"note,balance,amount,at\nCrota,999,5,2026-11-15\n",
        b"at,amount,note,,\n2026-11-15,+5,Crota,,\n",
    ],
)
def test_every_way_to_write_the_same(file: bytes) -> None:
    assert read(file) == [(DAY, 5, "Crota")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_of_every_encoding(encoding: str) -> None:
    assert read(GRÜN.encode(encoding)) == [(DAY, 5, "Grün – ja")]


@pytest.mark.parametrize(
    "time",
    [
        "2026-11-15T20:00:00Z",
        "2026-11-15T20:00Z",
        "2026-11-15 20:00",
        "2026-11-15T20:00:00.123456Z",
        "2026-11-15 20:00:00 UTC",
        "2026-11-15T21:00:00+01:00",
        "2026-11-15T21:00+0100",
        "2026-11-15T14:30:00-05:30",
    ],
)
def test_times(time: str) -> None:
    assert read(f"at,amount\n{time},5\n") == [(EVENING, 5, "")]


@pytest.mark.parametrize(
    "time",
    [
        "15.11.2026",
        "15.11.2026 20:00",
        "11/15/2026",
        "15/11/2026",
        "2026/11/15",
        "20261115",
        "2026-W46-7",
        "2026-11-31",
        "2026-13-01",
        "0000-01-01",
        "2026-11-15T24:00",
        "2026-11-15T20:00:00+25:00",
        "26-11-15",
        "yesterday",
        "1763200000",
        "２０２６-１１-１５",
        "",
    ],
)
def test_what_is_no_date_names_its_line(time: str) -> None:
    sentence = "The date cannot be read. Write it as 2026-11-15, or with a time as 2026-11-15 20:00."
    assert wrong(f"at,amount\n2026-11-15,5\n{time},5\n2026-11-15,6\n") == [(3, sentence)]


@pytest.mark.parametrize(
    "amount", ["", "five", "5.0", "5,5", "1'000", "1 000", "5e3", "0x10", "٣", "--5", "−5", "=1+1", "1" * 13]
)
def test_what_is_no_amount_names_its_line(amount: str) -> None:
    sentence = "The amount cannot be read. Write a whole number without separators, such as 1200 or -350."
    assert wrong(f'at,amount\n2026-11-15,"{amount}"\n') == [(2, sentence)]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("2026-11-15,0,", "An amount of 0 changes nothing. Give what came in, or with a minus what went out."),
        (f"2026-11-15,{LARGEST_AMOUNT + 1},", "An amount is 1,000,000,000 at most."),
        ("2026-11-19,5,", "This time is yet to come. Enter what has happened."),
        ("1999-12-31,5,", "A ledger goes back to 2000 at most."),
        (f"2026-11-15,5,{'n' * 202}", "This has 202 characters; 200 are possible."),
        (
            "2026-11-15,5,Crota, again",
            "There are more cells than columns. A comma in a note needs quotation marks around the note.",
        ),
    ],
)
def test_what_else_is_wrong_with_a_line(line: str, sentence: str) -> None:
    assert wrong(f"at,amount,note\n{line}\n") == [(2, sentence)]


@pytest.mark.parametrize(
    ("file", "line", "words"),
    [
        ("", 1, "The file is empty"),
        ("\n\n", 1, "The file is empty"),
        ("2026-11-15,5\n", 1, "The first line must name the columns"),
        ("date,amount\n2026-11-15,5\n", 1, "The first line must name the columns"),
        ("\nat\n2026-11-15\n", 2, "The first line must name the columns"),
        ("at,amount,at\n", 1, "two columns named at"),
        ('at,amount,note\n2026-11-15,5,"Crota\n2026-11-15,5,x\n', 2, "A quotation mark is open"),
        ('at,amount,note\n2026-11-15,5,"Crota"s end\n', 2, "A quotation mark is open"),
        (b"at,amount\n2026-11-15,5\x00\n", 1, "no text that can be read"),
        (b"\xff\xfea", 1, "no text that can be read"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00", 1, "no text that can be read"),
        (b"\x81\x8d\x8f", 1, "no text that can be read"),
        (b"a" * (MOST_BYTES + 1), 1, "larger than 1 MB"),
    ],
)
def test_what_is_no_table(file: str | bytes, line: int, words: str) -> None:
    found = wrong(file)
    assert len(found) == 1
    assert (found[0][0], words in found[0][1]) == (line, True), found


def test_lines_are_counted_as_an_editor_does() -> None:
    file = 'at,amount,note\n2026-11-15,5,"two\nlines"\n\nx,5,\n2026-11-15,y,\n'
    assert [line for line, _ in wrong(file)] == [5, 6]
    assert read(file.split("\n\n")[0]) == [(DAY, 5, "two lines")]


def test_there_is_an_end_to_lines_and_to_errors() -> None:
    good = "at,amount\n" + "2026-11-15,5\n" * MOST_LINES
    assert len(read(good)) == MOST_LINES
    assert wrong(good + "2026-11-15,5\n") == [(MOST_LINES + 2, "There are more than 20,000 lines. Import the file in parts.")]
    many = wrong("at,amount\n" + "x,5\n" * (MOST_ERRORS + 5))
    assert len(many) == MOST_ERRORS + 1
    assert many[-1] == (MOST_ERRORS + 2, "More than 1,000 lines are wrong. Mend those before this one first.")


def test_a_cell_without_end() -> None:
    assert wrong('at,amount,note\n2026-11-15,5,"' + "x" * 300_000 + '"\n')[0][0] == 2


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
@example(b'at,amount\n"')
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe")
@example("at,amount\n2026-11-15,\ud7ff".encode())
def test_no_bytes_break_it(file: bytes) -> None:
    for whole in (file, b"at,amount,note\n" + file):
        lines, errors = read_lines(whole, NOW)
        assert all(each.line >= 1 and each.sentence for each in errors)
        assert all(each.amount for each in lines)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
@example("=1+1")
@example("'=1+1")
@example("''@x")
@example("' -5")
@example("'plain")
def test_a_guard_is_taken_away_as_it_was_put(text: str) -> None:
    note = plain(text, 200, "note")
    assert unguarded(guarded(note)) == note
    assert not guarded(note).lstrip(" ").startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(946771200, 1794934800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
            st.integers(-LARGEST_AMOUNT, LARGEST_AMOUNT).filter(bool),
            st.text(max_size=60).map(lambda text: plain(text, 200, "note")),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_what_is_written_is_read_again(entries: list[tuple[datetime, int, str]]) -> None:
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(("at", "amount", "note"))
    table.writerows((at.isoformat(), amount, guarded(note)) for at, amount, note in entries)
    assert read(written.getvalue()) == entries
