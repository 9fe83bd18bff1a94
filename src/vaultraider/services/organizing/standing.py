"""Where each item stands among the others of its owner: how many there are of it, what beats it, and what it is needed for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from vaultraider.domain.loadouts import saved_loadouts
from vaultraider.search.armor import beaters, by_rivals
from vaultraider.search.duplicates import ITEM, groups
from vaultraider.search.world import World

NAMED = 5
"""So many of what beats a piece are named."""


class Standing(NamedTuple):
    """All by item id. ``dupes``: those of the same name, class and slot, itself among them. ``loadouts``: names of the game's own
    loadouts. ``best``: nothing of their slot and class has a higher sum of base stats. ``named``: how many of ``beaters`` to
    tell."""

    dupes: Mapping[str, int]
    loadouts: Mapping[str, tuple[str, ...]]
    beaters: Mapping[str, Sequence[str]]
    best: frozenset[str]
    named: int = NAMED


def standing_of(world: World) -> Standing:
    return Standing(
        world.once_of_items("organizing.dupes", lambda: _dupes(world)),
        _loadouts(world),
        world.once_of_items("organizing.beaters", lambda: _beaters(world)),
        world.once_of_items("organizing.best", lambda: _best(world)),
    )


def _dupes(world: World) -> dict[str, int]:
    """What is not kept in several copies is counted by its hash: stacks, and what every guardian has."""
    by_hash = Counter(item.hash for item in world.items)
    found = {item.id: by_hash[item.hash] for item in world.items}
    for group in groups(world, (ITEM,)):
        for item in group:
            found[item.id] = len(group)
    return found


def _beaters(world: World) -> dict[str, list[str]]:
    return {id: names for rivals in by_rivals(world.items) for id, names in beaters(rivals).items()}


def _best(world: World) -> frozenset[str]:
    highest: dict[tuple[int, int], int] = {}
    totals = [(item, (item.bucket, item.blueprint.class_type), sum(item.armor_stats)) for item in world.items if item.armor_stats]
    for _, slot, total in totals:
        highest[slot] = max(total, highest.get(slot, 0))
    return frozenset(item.id for item, slot, total in totals if total and total == highest[slot])


def _loadouts(world: World) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    names: dict[int, str] = {}
    for loadout in saved_loadouts(world.profile.snapshot):
        if loadout.name_hash not in names:
            name = (world.catalogue.definitions.full("LoadoutName", loadout.name_hash) or {}).get("name")
            names[loadout.name_hash] = name if isinstance(name, str) else ""
        for id in loadout.items:
            found[id].append(names[loadout.name_hash])
    return {id: tuple(listed) for id, listed in found.items()}
