"""What masterworks, catalysts and trackers say of a copy."""

from __future__ import annotations

from typing import NamedTuple

from vaultraider.domain import hashes
from vaultraider.search.blueprints import Place
from vaultraider.search.items import SearchItem
from vaultraider.search.plugs import CATALYSTS, Plug

FULL = 10
EMPTY_CATALYST = "v400.empty.exotic.masterwork"

TRACKED = {
    1501870536: "pvp", 2439952408: "pvp", 74070459: "pvp", 890482414: "pvp", 2109364169: "pvp",
    90275515: "pve", 2579044636: "pve", 73837075: "pve", 3387796140: "pve",
    345540971: "gambit",
}  # fmt: skip
"""What an objective of a kill tracker counts, by its hash in DestinyObjectiveDefinition: their texts are translated."""
TRACKER_WORDS = (("crucible", "pvp"), ("trials", "pvp"), ("gambit", "gambit"))
"""For trackers that are newer than the table, by their English name."""


class Masterwork(NamedTuple):
    """``stats``: what it raises. ``tier``: 1 to 10 of weapons and of older armour, 1 to 5 of Armor 3.0."""

    stats: frozenset[int]
    tier: int


def masterwork_of(item: SearchItem) -> Masterwork | None:
    plug = next((seat.plug for seat in item.seats if seat.plug.is_masterwork and seat.plug.stats), None)
    if item.blueprint.is_armor:
        return _of_armor(item, plug)
    if item.blueprint.is_exotic and item.is_masterwork:
        return Masterwork(frozenset(plug.stats) if plug is not None else frozenset(), FULL)
    if plug is None or plug.definition is None:
        return None
    # What it adds only under a condition goes to every stat alike.
    raised = {stat.stat: stat.value for stat in plug.definition.investment_stats if not stat.conditional and stat.value}
    return Masterwork(frozenset(raised), max(map(abs, raised.values()))) if raised else None


def _of_armor(item: SearchItem, plug: Plug | None) -> Masterwork | None:
    """Armor 3.0 raises the stats that its roll left at nothing; what came before raised all six at full energy."""
    if item.is_armor_3:
        level = max(plug.stats.values()) if plug is not None else 0
        raised = [stat for stat, base in zip(hashes.ARMOR_STAT_HASHES, item.armor_stats, strict=False) if not base]
        return Masterwork(frozenset(raised), level) if level else None
    return Masterwork(frozenset(hashes.ARMOR_STAT_HASHES), FULL) if item.is_masterwork else _raised_so_far(item)


def _raised_so_far(item: SearchItem) -> Masterwork | None:
    return Masterwork(frozenset(), item.energy) if item.energy else None


def kills_of(item: SearchItem, what: str = "") -> int | None:
    """What its trackers counted: the one that is plugged, or, asked for one kind, any of that kind. None: it has none."""
    found: int | None = None
    plugged = {seat.plug.hash for seat in item.seats if seat.plug.is_tracker or seat.plug.is_memento}
    for hash, objectives in item.objectives.items():
        plug = item.lexicon.plug(hash)
        if not (plug.is_tracker or plug.is_memento) or (not what and hash not in plugged):
            continue
        for objective in objectives:
            if not what or _counts(objective.objective_hash, plug) == what:
                found = (found or 0) + objective.progress
    return found


def _counts(objective: int, plug: Plug) -> str:
    return TRACKED.get(objective) or next((what for word, what in TRACKER_WORDS if word in plug.name), "pve")


def catalyst_of(item: SearchItem) -> str:
    """How far its catalyst is: "complete", "incomplete", "missing", or "" for what takes none."""
    if not (item.blueprint.is_weapon and item.blueprint.is_exotic and any(map(_takes_catalyst, item.blueprint.places))):
        return ""
    if item.is_masterwork:
        return "complete"
    known = [hash for seat in item.seats for hash in (plug.hash for plug in seat.choices if plug.is_catalyst)]
    begun = [hash for hash in item.objectives if item.lexicon.plug(hash).is_catalyst]
    return "incomplete" if known or begun else "missing"


def _takes_catalyst(place: Place) -> bool:
    return EMPTY_CATALYST in place.accepts or not place.accepts.isdisjoint(CATALYSTS)
