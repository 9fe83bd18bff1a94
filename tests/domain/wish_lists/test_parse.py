"""Wish-list files as people write them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultraider.domain.wish_lists import WILDCARD, ParsedList, Roll, allowed_addresses, combine, parse_list
from vaultraider.domain.wish_lists.addresses import pasted_addresses
from vaultraider.domain.wish_lists.limits import LONGEST_LINE, MOST_LINES
from vaultraider.domain.wish_lists.lines import LONGEST_QUOTED
from vaultraider.domain.wish_lists.parse import MOST_FAULTS, read_text
from vaultraider.domain.wish_lists.rolls import ANY_PERK, written, written_list

DECIDED = {
    "line notes of length 1 fall back to block notes": [Roll(1234, (1, 2), "x")],
    "CRLF blank line does not reset block notes": [Roll(1, (1,))],
}
"""Where the reference stumbles: what we read instead."""


@pytest.fixture(scope="module")
def recorded(shared_dir: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared_dir / "vectors" / "wishlist.json").read_text(encoding="utf-8"))
    return found


def as_recorded(roll: Roll, place: int) -> dict[str, Any]:
    return {
        "itemHash": roll.item,
        "perks": list(roll.perks),
        "notes": roll.notes or None,
        "expert": roll.expert,
        "undesirable": roll.unwanted if roll.expert else None,
        "title": roll.title or None,
        "description": roll.description or None,
        "list": place,
    }


def test_what_the_reference_reads_is_read_alike(recorded: dict[str, Any]) -> None:
    cases = recorded["dim"] + recorded["authored"]
    for case in cases:
        found = parse_list(case["input"])
        if case.get("name") in DECIDED:
            assert list(found.rolls) == DECIDED[case["name"]]
            continue
        assert [as_recorded(roll, 0) for roll in found.rolls] == case["output"]["rolls"], case
        (info,) = case["output"]["infos"]
        assert (found.title or None, found.description or None) == (info["title"], info["description"])
        assert (len(found.rolls), found.duplicates) == (info["numRolls"], info["dupeRolls"])
    assert len(cases) >= 20


def test_several_lists_are_put_together_alike(recorded: dict[str, Any]) -> None:
    case = recorded["multiList"]
    together = combine([parse_list(text) for _, text in case["input"]])
    for listed, wanted in zip(together.rolls, case["output"]["rolls"], strict=True):
        shown = as_recorded(listed.roll, listed.list)
        assert {name: shown[name] for name in wanted} == wanted
    assert list(together.kept) == [info["numRolls"] for info in case["output"]["infos"]]
    assert list(together.duplicates) == [info["dupeRolls"] for info in case["output"]["infos"]]


def test_addresses_are_taken_alike(recorded: dict[str, Any]) -> None:
    for case in recorded["urlValidation"]:
        assert allowed_addresses(case["input"]) == case["valid"], case


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("dimwishlist:item=7&perks=1,2", Roll(7, (1, 2))),
        ("dimwishlist:item=7&perks=2,1,2", Roll(7, (2, 1))),
        ("dimwishlist:item=7", Roll(7)),
        ("dimwishlist:item=-7&perks=1", Roll(7, (1,), unwanted=True)),
        (f"dimwishlist:item={WILDCARD}&perks=1", Roll(WILDCARD, (1,))),
        ("dimwishlist:item=7&perks=1#notes:a|tags:b", Roll(7, (1,), "a")),
        ("dimwishlist:item=7&perks=1#notes:a\\nb", Roll(7, (1,), "a\nb")),
        ("dimwishlist:item=7&perks=1#notes:x", Roll(7, (1,), "x")),
        ("dimwishlist:item=7&perks=0,1,", Roll(7, (1,))),
        (f"dimwishlist:item=7&perks={ANY_PERK},1", Roll(7, (1,))),
        ("dimwishlist:item=7&perks=1#notes:schön \U0001f44d", Roll(7, (1,), "schön \U0001f44d")),
        ("https://banshee-44.com/?weapon=7&socketEntries=1,2", Roll(7, (1, 2), expert=False)),
        ("https://destinytracker.com/destiny-2/db/items/7-a-name?perks=1,2#notes:n", Roll(7, (1, 2), "n", expert=False)),
    ],
)
def test_one_line(line: str, wanted: Roll) -> None:
    assert parse_list(line).rolls == (wanted,)
    assert parse_list(f"{line}\r\n").rolls == (wanted,)


@pytest.mark.parametrize(
    "line",
    [
        "dimwishlist:item=",
        "dimwishlist:item=x",
        "dimwishlist:item=--7",
        f"dimwishlist:item={'9' * 16}",
        f"dimwishlist:item={'9' * 5000}&perks=1",
        "dimwishlist:item=\u0663&perks=1",
        "DIMWISHLIST:item=7",
        "http://banshee-44.com/?weapon=7&socketEntries=1",
        "https://evil.example/?weapon=7&socketEntries=1",
        "title:",
        "<!doctype html>",
        f"dimwishlist:item=7&perks={'1,' * LONGEST_LINE}",
        "\0",
    ],
)
def test_what_is_no_line_is_counted_and_told(line: str) -> None:
    found = parse_list(f"dimwishlist:item=1\n{line}\ndimwishlist:item=2")
    assert [roll.item for roll in found.rolls] == [1, 2]
    assert found.wrong_lines == 1
    assert found.faults[0].line == 2


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("dimwishlist:item=7&perks=1|2", "“1|2” names several perks"),
        ("dimwishlist:item=7&perks=abc", "“abc” is no perk"),
        ("dimwishlist:item=7&perks=1,2x,3", "“2x” is no perk"),
        ("dimwishlist:item=7&perks=1, 2", "“2” is no perk"),
        ("dimwishlist:item=7&perks=1 2", "“1 2” is no perk"),
        ("dimwishlist:item=7&perks=1,Kill Clip", "“Kill Clip” is no perk"),
        ("dimwishlist:item=7&perks=,", "“,” is no perk"),
        (f"dimwishlist:item=7&perks=1,{'9' * 16}", "“9999999999999999” is no perk"),
        (f"dimwishlist:item=7&perks={'x' * 500}", f"“{'x' * 40}…” is no perk"),
        ("dimwishlist:item=7&perks=1,2,<b>3</b>", "“<b>3</b>” is no perk"),
        ("dimwishlist:item=7&perk=1,2", "begins with &perks= or #notes:"),
        ("dimwishlist:item=7,8", "begins with &perks= or #notes:"),
        ("dimwishlist:item=7x", "begins with &perks= or #notes:"),
        ("dimwishlist:item=x&perks=1", "no number of an item"),
        (" dimwishlist:item=7&perks=1", "A space stands before it"),
        ("https://banshee-44.com/?weapon=7&socketEntries=1,a", "“a” is no perk"),
        ("https://destinytracker.com/destiny-2/db/items/7?perks=1,a", "“a” is no perk"),
        (f"dimwishlist:item=7&perks={'1,' * LONGEST_LINE}", "more than 20,000 characters"),
        ("Kill Clip", "none of a wish list's"),
    ],
)
def test_a_slip_says_nothing_rather_than_every_roll(line: str, why: str) -> None:
    found = parse_list(f"title:Mine\n{line}\r\ndimwishlist:item=8")
    assert [roll.item for roll in found.rolls] == [8]
    (fault,) = found.faults
    assert (fault.line, why in fault.sentence) == (2, True), fault
    assert fault.text.rstrip("…") in line


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("dimwishlist:item=7&perks=", Roll(7)),
        ("dimwishlist:item=7&perks=#notes:x", Roll(7, (), "x")),
        ("dimwishlist:item=7&perks=0", Roll(7)),
        (f"dimwishlist:item=7&perks={ANY_PERK}", Roll(7)),
        ("dimwishlist:item=7|tags:x", Roll(7)),
        ("dimwishlist:item=7&perks=1|tags:x", Roll(7, (1,))),
        ("dimwishlist:item=7&perks=1,2|tags:x", Roll(7, (1, 2))),
        ("dimwishlist:item=7&perks=1,2|", Roll(7, (1, 2))),
        ("dimwishlist:item=7&perks=1|2,3", Roll(7, (3,))),
        ("dimwishlist:item=7&perks=1,2 #notes:x", Roll(7, (1, 2), " #notes:x")),
        ("dimwishlist:item=7&perks=1,2 - good", Roll(7, (1, 2), " - good")),
        ("dimwishlist:item=7&perks=1,#notes:2x", Roll(7, (1,), "2x")),
    ],
)
def test_what_looks_odd_and_is_none(line: str, wanted: Roll) -> None:
    assert parse_list(line) == ParsedList(rolls=(wanted,))


def test_of_a_wrong_line_a_beginning_is_told_without_what_deceives() -> None:
    (fault,) = parse_list(f"\u202edimwishlist:\0\x1b[2J{'x' * 500}").faults
    assert fault.text == f"dimwishlist:[2J{'x' * 142}…"
    assert len(fault.text) <= LONGEST_QUOTED + 1


def test_notes_of_a_block_end_with_it() -> None:
    first = "//notes:one|rest\ndimwishlist:item=1\ndimwishlist:item=2#notes:own\n\ndimwishlist:item=3\n"
    text = f"{first}//notes:two\n//\ndimwishlist:item=4"
    for end in ("\n", "\r\n"):
        assert [roll.notes for roll in parse_list(text.replace("\n", end)).rolls] == ["one", "own", "", ""]


def test_what_is_unwanted_stays_beside_what_is_wanted() -> None:
    found = parse_list("dimwishlist:item=1&perks=1,2\ndimwishlist:item=-1&perks=2,1\ndimwishlist:item=1&perks=2,1")
    assert [roll.unwanted for roll in found.rolls] == [False, True]
    assert (found.duplicates, found.unwanted) == (1, 1)


def test_no_text_of_a_file_grows_without_end() -> None:
    long = "x" * (3 * LONGEST_LINE)
    found = parse_list(f"title:{long}\ndescription:{long}\n//notes:{long}\ndimwishlist:item=1\ndimwishlist:item=2#notes:{long}")
    (roll,) = found.rolls
    assert max(map(len, (found.title, found.description, roll.title, roll.description, roll.notes))) <= LONGEST_LINE
    assert found.wrong_lines == 1


def test_only_the_first_faults_are_told() -> None:
    found = parse_list("nothing\n" * 1000)
    assert found.wrong_lines == 1000
    assert len(found.faults) == MOST_FAULTS


@pytest.mark.parametrize(
    ("file", "title"),
    [
        ("title:Ä".encode(), "Ä"),
        ("title:Ä".encode("utf-8-sig"), "Ä"),
        ("title:Ä".encode("utf-16"), "Ä"),
        ("title:Ä".encode("cp1252"), "\ufffd"),
        (b"", ""),
        (b"\xff\xfe\x00", ""),
        (b"\x00\xff" * 50, ""),
    ],
)
def test_files_of_any_bytes(file: bytes, title: str) -> None:
    assert parse_list(read_text(file)).title == title


@pytest.mark.parametrize(
    ("pasted", "found"),
    [
        ("https://example.org/a.txt", ["https://example.org/a.txt"]),
        (
            " https://a.example/1 | http://b.example/2 || https://c.example/3",
            ["https://a.example/1", "http://b.example/2", "https://c.example/3"],
        ),
        ("https://github.com/u/r/blob/main/x/y.txt", ["https://raw.githubusercontent.com/u/r/refs/heads/main/x/y.txt"]),
        (f"https://github.com/u/r/blob/{'0a' * 20}/y.txt", [f"https://raw.githubusercontent.com/u/r/{'0a' * 20}/y.txt"]),
        ("https://gist.github.com/u/0123456789abcdef", ["https://gist.githubusercontent.com/u/0123456789abcdef/raw"]),
        ("https://[::1", ["https://[::1"]),
        ("http://github.com/u/r/blob/main/y.txt", ["http://github.com/u/r/blob/main/y.txt"]),
        (" | ", []),
    ],
)
def test_pasted_addresses(pasted: str, found: list[str]) -> None:
    assert pasted_addresses(pasted) == found


HASHES = st.integers(1, 2**32 - 1)
ROLLS = st.builds(
    Roll,
    item=HASHES | st.just(WILDCARD),
    perks=st.lists(HASHES.filter(lambda hash: hash != ANY_PERK), max_size=6, unique=True).map(tuple),
    notes=st.text(st.characters(exclude_characters="\r|\\", exclude_categories=["Cs"]), max_size=20),
    title=st.just("Mine"),
)


@given(st.lists(ROLLS, unique_by=lambda roll: roll.key))
def test_what_is_written_is_read_again(rolls: list[Roll]) -> None:
    assert parse_list(written_list("Mine", rolls)) == ParsedList(title="Mine", rolls=tuple(rolls))


@given(ROLLS.filter(lambda roll: roll.item > 0))
def test_what_is_unwanted_is_written_as_such(roll: Roll) -> None:
    (found,) = parse_list(written(Roll(roll.item, roll.perks, unwanted=True))).rolls
    assert (found.item, found.unwanted) == (roll.item, True)


PIECES = st.sampled_from(
    [
        "dimwishlist:item=", "-", "69420", "&perks=", "1", ",", "|", "#notes:", "//", "//notes:", "title:", "@", "\n", "\r\n",
        "\\n", "\0", "https://banshee-44.com/?weapon=", "&socketEntries=", "https://destinytracker.com/destiny-2/db/items/",
        "perks=", "\ufeff", "\u2028",
    ]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=5)).map("".join))
def test_whatever_is_read_can_be_written_and_read_again(text: str) -> None:
    found = parse_list(text)
    lines = text.split("\n")
    assert len(found.rolls) + found.duplicates + found.wrong_lines <= len(lines)
    plain = [roll for roll in found.rolls if roll.expert and roll.item]
    again = parse_list("\n".join(written(roll) for roll in plain)).rolls
    assert [roll.key for roll in again] == [roll.key for roll in plain]


@given(st.binary(max_size=200))
def test_any_bytes_are_read(file: bytes) -> None:
    parse_list(read_text(file))


def test_a_file_of_line_ends_is_read_to_its_limit() -> None:
    ends, roll = "\n" * (MOST_LINES - 1), "dimwishlist:item=1"
    whole = parse_list(f"{ends}{roll}\n")
    assert (len(whole.rolls), whole.wrong_lines) == (1, 0)
    cut = parse_list(f"{ends}\n{roll}\n{roll}0\n")
    assert (cut.rolls, cut.wrong_lines, [each.line for each in cut.faults]) == ((), 1, [MOST_LINES + 1])
