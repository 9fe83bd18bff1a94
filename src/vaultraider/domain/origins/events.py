"""Yearly events of the game, and what belongs to them.

The facts are those of Destiny Item Manager's d2-additional-info (MIT), with the watermarks of 2025 as public programs map them.
"""

from __future__ import annotations

from typing import NamedTuple

from vaultraider.domain.definitions import ItemDefinition
from vaultraider.domain.origins.seasons import watermarks_of


class Event(NamedTuple):
    """``word``: as players write it. ``sources``: Bungie's hashes. ``marks``: names of pictures. ``phrases``: how the English
    sentence of a source names it."""

    word: str
    name: str
    sources: frozenset[int]
    marks: frozenset[str]
    phrases: tuple[str, ...]


EVENTS = (
    Event(
        "dawning",
        "The Dawning",
        frozenset(
            {464727567, 510530151, 547767158, 629617846, 930411416, 2364515524, 3092212681, 3952847349, 4054646289},
        ),
        frozenset({"d91c738e8179465a165e35f7a249701b", "83fbcacd223402c09af4b7ab067f8cce"}),
        ("dawning",),
    ),
    Event(
        "crimsondays",
        "Crimson Days",
        frozenset({2502262376}),
        frozenset({"f80e5bb37ddd09573fd768af932075b4"}),
        ("crimson days",),
    ),
    Event(
        "solstice",
        "Solstice",
        frozenset({151416041, 641018908, 1666677522, 2050870152, 3724111213}),
        frozenset({"5f5bed34dcd062be8302ce27b542dce9", "50c3ebe414c6946429934d79504922fa"}),
        ("solstice",),
    ),
    Event(
        "fotl",
        "Festival of the Lost",
        frozenset({1054169368, 1677921161, 1919933822, 3190938946, 3482766024, 3693722471, 4041583267}),
        frozenset({"215100c99216b9c0bd83b9daa50ace45", "53dc0b02306726ff1517af33ac908cef"}),
        ("festival of the lost",),
    ),
    Event(
        "revelry",
        "The Revelry",
        frozenset({2187511136}),
        frozenset({"0a93338035464bade265763e190b9f12"}),
        ("revelry",),
    ),
    Event(
        "games",
        "Guardian Games",
        frozenset({611838069, 1568732528, 2006303146, 2011810450, 2473294025, 3095773956, 3388021959}),
        frozenset({"97c65a76255ef764a9a98f24e50b859d", "9c091ec0e22c01dacc25efb63b46eb9b"}),
        ("guardian games",),
    ),
)


def event_of(item: ItemDefinition, version: int = 0, source: int = 0, text: str = "") -> Event | None:
    """The event that an item belongs to. ``text``: the sentence of its source, as the manifest has it."""
    marks = watermarks_of(item, version)
    said = text.lower()
    for event in EVENTS:
        if source in event.sources or not event.marks.isdisjoint(marks) or any(phrase in said for phrase in event.phrases):
            return event
    return None
