"""What differs between two versions of the definitions, in numbers, names and words."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from vaultraider.domain.definitions import ItemDefinition

Change = Literal["added", "changed", "removed", "unclassified"]
KINDS: tuple[Change, ...] = ("added", "changed", "removed", "unclassified")

NAMED = 200
"""Items that are named of each kind of change: a large update touches thousands, and nobody reads them all."""


class Counts(msgspec.Struct, frozen=True):
    """Items by what became of them. Each counts once: what is no longer classified is not among the changed."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unclassified: int = 0


class ChangedItem(msgspec.Struct, frozen=True):
    """An item as the newer version has it; what was removed, as the older one had it. ``icon``: its picture, from here."""

    hash: int
    name: str
    type: str
    icon: str | UnsetType = UNSET


class ItemChanges(msgspec.Struct, frozen=True):
    """From one version to another. ``items``: at most ``NAMED`` of each kind, those with a name first."""

    counts: Counts
    items: dict[Change, list[ChangedItem]]


def kind_of(before: ItemDefinition, after: ItemDefinition) -> Change:
    """For an item that both have, and that is not the same in both."""
    return "unclassified" if before.redacted and not after.redacted else "changed"


def gathered(changes: Iterable[tuple[Change, ItemDefinition]]) -> ItemChanges:
    """Counts all of them and names some, in memory for those named only."""
    counts: dict[Change, int] = dict.fromkeys(KINDS, 0)
    named: dict[Change, list[_Place]] = {kind: [] for kind in KINDS}
    for kind, item in changes:
        counts[kind] += 1
        heap, place = named[kind], _Place(item, kind)
        if len(heap) < NAMED:
            heapq.heappush(heap, place)
        else:
            heapq.heappushpop(heap, place)
    return ItemChanges(Counts(**counts), {kind: [place.shown for place in sorted(named[kind], reverse=True)] for kind in KINDS})


class _Place:
    """Where an item stands among those to be named. The smallest is left out first: it would be the last in the list."""

    __slots__ = ("_order", "shown")

    def __init__(self, item: ItemDefinition, kind: Change) -> None:
        icon = f"/icons/items/{item.hash}" if item.icon and kind != "removed" else UNSET
        self.shown = ChangedItem(item.hash, item.name, item.type_name, icon)
        self._order = (not item.name, not item.tier_type, item.name.casefold(), item.hash)

    def __lt__(self, other: _Place) -> bool:
        return self._order > other._order


def in_words(counts: Counts) -> str:
    """ "12 items were added, 1 changed." """
    told = [f"{number:,} {word}" for word, number in zip(KINDS, msgspec.structs.astuple(counts), strict=True) if number]
    if not told:
        return "No item changed."
    number, _, rest = told[0].partition(" ")
    first = f"{number} item was {rest}" if number == "1" else f"{number} items were {rest}"
    parts = [first, *told[1:]]
    return (", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else first) + "."
