"""Wish lists: what is read out of a file, several files together, and their addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from benchmarks._conformance import Case, Json, listed, same

from vaultraider.domain.wish_lists import ParsedList, Roll, allowed_addresses, combine, parse_list

_ONE_LETTER = re.compile(r"#notes:[^|](\||\r?$)", re.MULTILINE)


def wish_lists(content: Json) -> Iterator[Case]:
    for part in ("dim", "authored"):
        for number, case in enumerate(listed(content, part), 1):
            if isinstance(case.get("input"), str) and "output" in case:
                yield Case(case.get("name", f"{part} {number}"), partial(_file, case), _defect(case["input"]))
    several = content.get("multiList") if isinstance(content, dict) else None
    if isinstance(several, dict):
        yield Case("several lists", partial(_several, several))
    for case in listed(content, "urlValidation"):
        yield Case(f"addresses in {case['input']!r}", partial(_addresses, case))


def _addresses(case: Json) -> str:
    return same(allowed_addresses(case["input"]), case["valid"])


def _defect(text: str) -> str:
    """Which of the recorded program's known defects shows in a file, if any."""
    if "\r" in text:
        return "Windows line ends stay in notes there, and keep notes of a block in force."
    if _ONE_LETTER.search(text):
        return "Notes of one letter are lost there."
    wanted = {(roll.item, roll.perks, roll.unwanted) for roll in parse_list(text).rolls}
    if any((item, perks, not unwanted) in wanted for item, perks, unwanted in wanted):
        return "A roll there that is not wanted is lost when the same perks were wanted before."
    return ""


def _file(case: Json) -> str:
    parsed = parse_list(case["input"])
    output = case["output"]
    rolls = [(*_told(roll), 0) for roll in parsed.rolls]
    info = [(parsed.title, parsed.description, len(parsed.rolls), parsed.duplicates)]
    return same(rolls, [_recorded(each) for each in output["rolls"]]) or same(info, [_info(each) for each in output["infos"]])


def _told(roll: Roll) -> tuple[object, ...]:
    return roll.item, list(roll.perks), roll.notes, roll.expert, roll.unwanted, roll.title, roll.description


def _recorded(roll: Json) -> tuple[object, ...]:
    words = tuple(roll.get(name) or "" for name in ("title", "description"))
    return roll["itemHash"], roll["perks"], roll["notes"] or "", roll["expert"], bool(roll["undesirable"]), *words, roll["list"]


def _info(info: Json) -> tuple[object, ...]:
    return info["title"] or "", info["description"] or "", info["numRolls"], info["dupeRolls"]


def _several(case: Json) -> str:
    parsed: list[ParsedList] = [parse_list(text) for _, text in case["input"]]
    combined = combine(parsed)
    ours = [(each.roll.item, list(each.roll.perks), each.list, each.roll.title) for each in combined.rolls]
    theirs = [(each["itemHash"], each["perks"], each["list"], each["title"] or "") for each in case["output"]["rolls"]]
    told = [
        (each.title, each.description, kept, duplicates)
        for each, kept, duplicates in zip(parsed, combined.kept, combined.duplicates, strict=True)
    ]
    return same(ours, theirs) or same(told, [_info(each) for each in case["output"]["infos"]])
