"""What is counted by day.

in:<tier>, out:<tier>       items and stacks that came or went, one each however large the stack
moved, changed              events of these groups
moves:<hash>:<instance id>  how often an item moved; without an id for stacks
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from vaultraider.domain.history.events import GROUPS, Event

IN, OUT, MOVES = "in:", "out:", "moves:"
MOVED, CHANGED = "moved", "changed"
LONGEST = 64
"""Of a key: what a column holds."""


def tallies_of(events: Iterable[Event]) -> dict[str, int]:
    """Guardians who come or go are no items and not counted."""
    return dict(Counter(key[:LONGEST] for event in events for key in _keys(event)))


def what_moved(key: str) -> tuple[int, str]:
    """Item hash and instance id of a key of moves."""
    hash, _, id = key.removeprefix(MOVES).partition(":")
    return (int(hash) if hash.isdecimal() else 0), id


def _keys(event: Event) -> Iterator[str]:
    if event.kind == "acquired":
        yield IN + event.tier
    elif event.kind == "lost":
        yield OUT + event.tier
    elif event.kind in GROUPS["moved"]:
        yield MOVED
        yield f"{MOVES}{event.hash}:{event.item}"
    elif event.kind in GROUPS["changed"]:
        yield CHANGED
