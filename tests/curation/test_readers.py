"""Whatever comes in as a backup or a table: it never raises, tells where, and nothing that it gives back can do harm."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultraider.domain.annotations import LONGEST_NOTES, Annotation, Tag
from vaultraider.domain.dim_backup import MOST_BYTES, MOST_ENTRIES, MOST_ERRORS, Account, OldSearch, read_backup, write_backup
from vaultraider.domain.item_lines import LONGEST_LINE, LOST_DIGITS, MOST_LINES, read_remarks

TEXT = st.text(max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
ID = st.integers(1, 2**63).map(str) | TEXT
SAID = {"tag": st.sampled_from(["keep", "junk", "", "None"]) | st.none() | JSON, "notes": TEXT | st.none() | JSON}
ENTRY = (
    st.fixed_dictionaries({"annotation": st.fixed_dictionaries({"id": ID}, optional=SAID | {"craftedDate": JSON})})
    | st.fixed_dictionaries({"hash": st.integers()}, optional=SAID)
    | st.fixed_dictionaries({"search": st.fixed_dictionaries({"query": TEXT}, optional={"usageCount": JSON, "lastUsage": JSON})})
    | st.fixed_dictionaries({"loadout": st.fixed_dictionaries({"id": TEXT})}, optional={"platformMembershipId": TEXT})
    | JSON
)
NAMES = ("tags", "itemHashTags", "searches", "loadouts", "customTags")
BACKUPS = st.fixed_dictionaries({}, optional={name: st.lists(ENTRY, max_size=4) | JSON for name in NAMES})


def check(file: bytes) -> None:
    found = read_backup(file)
    assert len(found.errors) <= MOST_ERRORS
    for remark in found.remarks:
        assert remark.key.isdigit() or remark.key.startswith("h-")
        assert len(remark.key) <= 32 and len(remark.notes or "") <= LONGEST_NOTES and "\0" not in (remark.notes or "")
    for search in found.searches:
        assert 0 <= search.uses <= 10**6 and search.last >= 0
    for loadout in found.loadouts:
        assert msgspec.json.decode(loadout.entry) is not None and 0 < len(loadout.id) <= 64
        assert "\0" not in loadout.id + loadout.account and len(loadout.account) <= 32


@given(st.binary(max_size=200))
def test_any_bytes_as_a_backup(file: bytes) -> None:
    check(file)


@given(BACKUPS, st.data())
def test_half_sensible_backups(body: dict[str, Any], data: st.DataObject) -> None:
    file = json.dumps(body).encode()
    check(file)
    check(file[: data.draw(st.integers(0, len(file)))])


def test_a_line_that_ends_early_takes_nothing_away() -> None:
    remarks, errors = read_remarks(b"Id,Tag,Notes\n6917530000000000017\n6917530000000000018,keep\n6917530000000000019,,\n")
    assert not errors
    assert [(each.tag, each.notes) for each in remarks] == [(None, None), ("keep", None), ("", "")]


CELLS = st.text(alphabet="\"',;\t\r\n =+@-0123456789abctaghnoesid\0\ufeff", max_size=12)


@given(st.binary(max_size=300))
def test_any_bytes_as_a_table(file: bytes) -> None:
    remarks, errors = read_remarks(file)
    assert remarks or errors


@given(
    st.lists(st.sampled_from(["Id", "Hash", "Tag", "Notes", "Name", "id"]), max_size=5),
    st.lists(st.lists(CELLS, max_size=5), max_size=4),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_half_sensible_tables(heading: list[str], lines: list[list[str]], delimiter: str, encoding: str) -> None:
    text = "\r\n".join(delimiter.join(line) for line in (heading, *lines))
    remarks, errors = read_remarks(text.encode(encoding))
    for remark in remarks:
        assert remark.key.isdigit() or remark.key.startswith("h-")
        assert len(remark.key) <= 32 and len(remark.notes or "") <= LONGEST_NOTES
    assert len(errors) <= MOST_ERRORS


KEYS = st.integers(1, 2**63).map(str) | st.integers(1, 2**32 - 1).map("h-{}".format)
SAYINGS = st.builds(
    Annotation,
    st.sampled_from(["", "keep", "junk", "mine"]),
    st.text(alphabet="a #=\n\"'<é🤯", max_size=20).map(str.strip),
).filter(lambda said: said != Annotation())


@given(st.dictionaries(KEYS, SAYINGS, max_size=5))
def test_what_is_written_is_read_again(said: dict[str, Annotation]) -> None:
    file = write_backup([Account("46", said)], [Tag("mine", "Mine")], [OldSearch("", "is:exotic", True, 2, 5, "E")], [])
    found = read_backup(file)
    assert {each.key: Annotation(each.tag or "", each.notes or "") for each in found.remarks} == said
    assert (found.tags, found.errors, found.skipped) == ([Tag("mine", "Mine")], [], 0)
    assert found.searches == [OldSearch("searches[0]", "is:exotic", True, 2, 5, "E")]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"cut \ud83d", "cut \ufffd"),
        (r"\uDC4D cut", "\ufffd cut"),
        (r"\ud83d\uDC4D", "\U0001f44d"),
        (r"\ud83d\ud83d\udc4d", "\ufffd\U0001f44d"),
        (r"a \\ud83d path", r"a \ud83d path"),
    ],
)
def test_half_a_character_costs_nothing_else(written: str, read: str) -> None:
    file = '{"tags":[{"annotation":{"id":"1","notes":"NOTES"}},{"annotation":{"id":"2","tag":"keep"}}]}'
    found = read_backup(file.replace("NOTES", written).encode())
    assert ([each.notes for each in found.remarks], found.errors) == ([read, ""], [])


@pytest.mark.parametrize("time", [10**14, 9 * 10**14, 10**300, -1, 0])
def test_a_time_that_no_calendar_has_is_none(time: int) -> None:
    (found,) = read_backup(json.dumps({"searches": [{"search": {"query": "one", "lastUsage": time}}]}).encode()).searches
    assert found.last == 0


def test_a_deep_loadout_is_left_out() -> None:
    deep = '{"loadouts":[{"loadout":{"id":"%s"},"more":%s}]}'
    kept = read_backup((deep % ("[[[[" * 15, "[" * 30 + "]" * 30)).encode())
    assert (len(kept.loadouts), kept.errors) == (1, [])
    found = read_backup((deep % ("a", "[" * 60 + "]" * 60)).encode())
    assert (found.loadouts, [each.where for each in found.errors]) == ([], ["loadouts[0]"])


def test_what_is_written_is_hardly_larger_than_what_came() -> None:
    wide = b'{"loadout":{"id":"a"},"more":' + b"[" * 30 + b",".join([b"1"] * 20_000) + b"]" * 30 + b"}"
    (loadout,) = read_backup(b'{"loadouts":[' + wide + b"]}").loadouts
    assert len(write_backup([], [], [], [loadout.entry])) < len(wide) + 1000


@pytest.mark.parametrize("begin", [b"", b"Id,Tag\n1,keep\n"])
def test_a_line_of_nothing_but_cells_is_not_taken_apart(begin: bytes) -> None:
    remarks, errors = read_remarks(begin + b"," * (LONGEST_LINE + 1))
    assert (remarks, [each.where for each in errors]) == ([], ["file"])
    assert "more than 200,000 characters" in errors[0].sentence


def test_more_than_anybody_has() -> None:
    many = read_backup(json.dumps({"itemHashTags": [{"hash": 1, "tag": "junk"}] * (MOST_ENTRIES + 1)}).encode())
    assert (len(many.remarks), [each.where for each in many.errors]) == (MOST_ENTRIES, ["itemHashTags"])
    assert read_backup(b"{" + b" " * MOST_BYTES).errors[0].where == "file"
    assert len(read_backup(b'{"tags":[' + b"5," * 1000 + b"5]}").errors) == MOST_ERRORS
    remarks, errors = read_remarks(b"Id,Tag\n" + b"1,junk\n" * (MOST_LINES + 5))
    assert (len(remarks), len(errors)) == (MOST_LINES, 1)


@pytest.mark.parametrize(
    "id", ['"6917529080189540125"', "'6917529080189540125", '="6917529080189540125"', " 6917529080189540125 "]
)
def test_an_id_as_spreadsheets_leave_it(id: str) -> None:
    written = '"' + id.replace('"', '""') + '"'
    remarks, _ = read_remarks(f"Id,Tag\n{written},Keep\n".encode())
    assert [(each.key, each.tag) for each in remarks] == [("6917529080189540125", "keep")]


@pytest.mark.parametrize("id", ["6.91753E+18", "-1", "", "0x10", "٣", "1" * 21, "12 34"])
def test_what_is_no_id(id: str) -> None:
    remarks, errors = read_remarks(f"Id,Tag\n{id},keep\n".encode())
    assert (remarks, [each.where for each in errors]) == ([], ["line 2"])


@pytest.mark.parametrize("id", ["6.91753E+18", "6,91753E+18", "7E+18", "6.91753e18"])
def test_an_id_that_a_spreadsheet_rounded_is_told_as_such(id: str) -> None:
    remarks, errors = read_remarks(f'Id,Hash,Tag\n"{id}",1234,junk\n6917530000000000017,1234,keep\n'.encode())
    assert [each.key for each in remarks] == ["6917530000000000017"]
    assert [(each.where, each.sentence) for each in errors] == [("line 2", LOST_DIGITS)]
