"""What is counted by day: so many found and gone by rarity, so many moved and changed.

in:<tier>, out:<tier>   items and stacks that came or went, one each however large the stack
moved, changed          events of these groups
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from vaultraider.domain.history.events import GROUPS, Event

Way = Literal["in", "out"]
MOVED, CHANGED = "moved", "changed"


def tally(way: Way, tier: str) -> str:
    return f"{way}:{tier}"


def tallies_of(events: Iterable[Event]) -> dict[str, int]:
    """Guardians who come or go are no items and not counted."""
    return dict(Counter(key for event in events if (key := _key(event))))


def _key(event: Event) -> str:
    if event.kind == "acquired":
        return tally("in", event.tier)
    if event.kind == "lost":
        return tally("out", event.tier)
    if event.kind in GROUPS["moved"]:
        return MOVED
    return CHANGED if event.kind in GROUPS["changed"] else ""
