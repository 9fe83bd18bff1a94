"""What is counted by day.

in:<tier>, out:<tier>       items and stacks that came or went, one each however large the stack
moved, changed              events of these groups
moves:<instance id>         how often an item moved; "moves:#<hash>" for stacks
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from vaultraider.domain.history.events import GROUPS, Event

IN, OUT, MOVES = "in:", "out:", "moves:"
MOVED, CHANGED = "moved", "changed"
STACK = "#"
LONGEST = 64
"""Of a key: what a column holds."""


def tallies_of(events: Iterable[Event]) -> dict[str, int]:
    """Guardians who come or go are no items and not counted."""
    return dict(Counter(key[:LONGEST] for event in events for key in _keys(event)))


def _keys(event: Event) -> Iterator[str]:
    if event.kind == "acquired":
        yield IN + event.tier
    elif event.kind == "lost":
        yield OUT + event.tier
    elif event.kind in GROUPS["moved"]:
        yield MOVED
        yield MOVES + (event.item or f"{STACK}{event.hash}")
    elif event.kind in GROUPS["changed"]:
        yield CHANGED
