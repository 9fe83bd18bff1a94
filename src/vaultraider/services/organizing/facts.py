"""What is known of an item beside what the profile's answer says of it.

What hangs on a copy alone is worked out once and kept with it; what others have to do with it is worked out once a world.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from vaultraider.domain import hashes
from vaultraider.domain.masterworked import masterworked
from vaultraider.search.items import SearchItem
from vaultraider.search.masterworks import kills_of, masterwork_of
from vaultraider.search.world import World
from vaultraider.services.organizing.columns import Columns, columns_of, frame_of
from vaultraider.services.organizing.standing import Standing, standing_of

Category = Literal["weapons", "armor", "other"]


class Masterwork(msgspec.Struct, kw_only=True, omit_defaults=True):
    """``tier``: 1 to 10 of weapons and of older armour, 1 to 5 of Armor 3.0. ``stat``: the one stat that it raises, if so."""

    tier: int
    stat: int = 0


class Kills(msgspec.Struct, kw_only=True):
    """What the trackers of a weapon counted, of each sort that it has."""

    pve: int | UnsetType = UNSET
    pvp: int | UnsetType = UNSET
    gambit: int | UnsetType = UNSET


class Facts(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Of one item; what is not so, or not known, is left out. Stats are hashes, perks are names.

    ``archetype``: of armour, ``frame``: of a weapon, by name. ``tuned``: the stat that can be tuned up; ``primary`` to
    ``tertiary``: those that a piece of Armor 3.0 rolled, the highest first. ``set``: the armour set's name. ``source``: Bungie's
    sentence, in the manifest's language; ``from_source`` and ``from_event``: the words by which ``source:`` finds it. ``level``:
    of what was shaped or enhanced. ``dupes``: how many of the same item one has, this one among them. ``found``: when it was seen
    to come. ``loadouts``: names of the game's own loadouts that it is in; one that was never named is called "". ``mw_stats``:
    (stat, value) as they would be shown with a full masterwork, where that differs. ``beaten_by``: ids of those that beat it in
    every stat, the strongest first, not all of them; ``beaten``: how many. ``best``: nothing of its slot and class has a higher
    sum of base stats.
    """

    dupes: int
    archetype: str = ""
    frame: str = ""
    tuned: int = 0
    primary: int = 0
    secondary: int = 0
    tertiary: int = 0
    set: str = ""
    mw: Masterwork | UnsetType = UNSET
    columns: Columns | UnsetType = UNSET
    season: int = 0
    year: int = 0
    event: str = ""
    source: str = ""
    from_source: str = ""
    from_event: str = ""
    breaker: str = ""
    foundry: str = ""
    kills: Kills | UnsetType = UNSET
    level: int = 0
    found: str = ""
    loadouts: tuple[str, ...] = ()
    mw_stats: tuple[tuple[int, int], ...] = ()
    beaten_by: tuple[str, ...] = ()
    beaten: int = 0
    best: bool = False


def facts_of(world: World, category: Category, found: Mapping[str, datetime]) -> dict[str, Facts]:
    """By item id, in the profile's order. ``found``: when instances came, in UTC."""
    standing = world.once("organizing.standing", lambda: standing_of(world))
    return {item.id: _facts(item, standing, found) for item in world.items if category_of(item) == category}


def category_of(item: SearchItem) -> Category:
    return "weapons" if item.blueprint.is_weapon else "armor" if item.blueprint.is_armor else "other"


def _facts(item: SearchItem, standing: Standing, found: Mapping[str, datetime]) -> Facts:
    id, came = item.id, found.get(item.id) if item.is_copy else None
    beaters = standing.beaters.get(id, ())
    return replace(
        item.once(_alone),
        dupes=standing.dupes.get(id, 1),
        found=_told(came) if came is not None else "",
        loadouts=standing.loadouts.get(id, ()),
        beaten_by=tuple(beaters[: standing.named]),
        beaten=len(beaters),
        best=id in standing.best,
    )


def _alone(item: SearchItem) -> Facts:
    """All that takes no other item to say."""
    facts = _weapon(item) if item.blueprint.is_weapon else _armor(item) if item.blueprint.is_armor else Facts(dupes=1)
    origin = item.origin
    facts.season, facts.year, facts.event, facts.source = origin.season, origin.year, origin.event_name, origin.source_text
    facts.from_source, facts.from_event = origin.source, origin.event
    facts.breaker = origin.breaker
    if item.blueprint.is_weapon or item.blueprint.is_armor:
        masterwork = item.once(masterwork_of)
        if masterwork is not None and masterwork.tier:
            stats = tuple(masterwork.stats)
            facts.mw = Masterwork(tier=masterwork.tier, stat=stats[0] if len(stats) == 1 else 0)
        facts.mw_stats = tuple(sorted(masterworked(item.entry, item.lexicon.catalogue).items(), key=_place))
    return facts


def _weapon(item: SearchItem) -> Facts:
    counted = {what: kills_of(item, what) for what in ("pve", "pvp", "gambit")}
    known = {what: count for what, count in counted.items() if count is not None}
    return Facts(
        dupes=1,
        frame=frame_of(item),
        columns=columns_of(item) or UNSET,
        foundry=item.origin.foundry,
        kills=Kills(**known) if known else UNSET,
        level=item.level,
    )


def _armor(item: SearchItem) -> Facts:
    primary, secondary, tertiary = (*item.stat_order, 0, 0, 0)[:3]
    definition = item.definition
    row = None
    if definition is not None and definition.set_hash:
        row = item.lexicon.catalogue.definitions.named("EquipableItemSet", definition.set_hash)
    return Facts(
        dupes=1,
        archetype=item.archetype.title if item.archetype is not None else "",
        tuned=item.tuned_stat,
        primary=primary,
        secondary=secondary,
        tertiary=tertiary,
        set=row.name if row is not None else "",
    )


def _place(stat: tuple[int, int]) -> tuple[bool, int]:
    """The total last."""
    return stat[0] == hashes.TOTAL, stat[0]


def _told(moment: datetime) -> str:
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")
