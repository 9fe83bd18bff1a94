"""Which items are duplicates of which: by name, or by what is asked for of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping

from vaultraider.domain import hashes
from vaultraider.domain.custom_stats import CustomStat
from vaultraider.search.armor import by_rivals, stat_lower
from vaultraider.search.items import SearchItem
from vaultraider.search.world import World

Key = tuple[Hashable, ...]
Group = list[SearchItem]

ITEM, PERKS, STAT_LOWER, CUSTOM = "item", "perks", "statlower", "customstatlower"
_KEPT = frozenset({*hashes.GEAR_BUCKETS, hashes.GHOST, hashes.SHIP, hashes.VEHICLE})
"""Slots of which one keeps several; every guardian has an emote and a subclass of the same name."""


def item_key(item: SearchItem) -> Key | None:
    """Copies of one weapon that came out again in a later season have another hash, and the same name."""
    blueprint = item.blueprint
    if not item.is_copy or item.bucket not in _KEPT:
        return None
    known = blueprint.title and not blueprint.is_classified
    return (blueprint.name if known else item.hash, blueprint.class_type, blueprint.rarity, item.bucket)


def _armor(read: Callable[[SearchItem], int | tuple[object, ...] | frozenset[int]]) -> Callable[[SearchItem], Key | None]:
    """Pieces of one slot and class that agree in something, and in something rather than nothing."""

    def key(item: SearchItem) -> Key | None:
        found = read(item) if item.armor_stats else None
        return (item.bucket, item.blueprint.class_type, found) if found else None

    return key


def _traits(item: SearchItem) -> Key | None:
    """Enhanced ones are called as the plain ones are."""
    traits = frozenset([plug.name for plug in item.traits])
    return (item.blueprint.kind, traits) if item.blueprint.is_weapon and traits else None


KEYS: Mapping[str, Callable[[SearchItem], Key | None]] = {
    ITEM: item_key,
    "stats": _armor(lambda item: (item.armor_stats, item.tuned_stat)),
    "untunedstats": _armor(lambda item: item.armor_stats),
    "archetype": _armor(lambda item: item.stat_order[:2]),
    "tertiarystat": _armor(lambda item: item.stat_order[2:]),
    "nonzerostats": _armor(lambda item: frozenset(item.stat_order)),
    "tunedstat": _armor(lambda item: item.tuned_stat),
    "setbonus": _armor(lambda item: item.definition.set_hash if item.definition is not None else 0),
    "traits": _traits,
}
"""What two items must agree in; None: the item has nothing of the kind."""


def groups(world: World, values: Iterable[str]) -> list[Group]:
    """Items that agree in all of these, among them groups of one."""
    wanted = tuple(sorted(set(values)))
    return world.once_of_items(("duplicates", wanted), lambda: _grouped(world.items, [KEYS[value] for value in wanted]))


def _grouped(items: Iterable[SearchItem], keys: Iterable[Callable[[SearchItem], Key | None]]) -> list[Group]:
    found: defaultdict[Key, Group] = defaultdict(list)
    for item in items:
        parts = [key(item) for key in keys]
        if all(parts):
            found[tuple(parts)].append(item)
    return list(found.values())


def duplicates(world: World, values: Iterable[str]) -> frozenset[str]:
    """Ids of the items that have another one which agrees with them in all that is asked, and, where that is asked, beats them in
    stats or has all of their perks."""
    asked = frozenset(values)
    own = world.custom_stats if CUSTOM in asked else ()
    return world.once_of_items(("duplicates.ids", asked, own), lambda: frozenset(_duplicates(world, asked)))


def _duplicates(world: World, asked: frozenset[str]) -> set[str]:
    same = asked - {PERKS, STAT_LOWER, CUSTOM}
    listed = groups(world, same or {ITEM}) if same or PERKS in asked else []
    among = listed if same else [world.items]
    found = [_beaten(among)] if STAT_LOWER in asked else []
    found += [_beaten_in_totals(among, world.custom_stats)] if CUSTOM in asked else []
    found += [with_all_perks(listed)] if PERKS in asked else []
    # To have another one is the least of them: what is beaten, or has its perks in another one, does not need it told.
    return set.intersection(*found) if found else _with_others(listed)


def _with_others(listed: Iterable[Group]) -> set[str]:
    return {item.id for group in listed if len(group) > 1 for item in group}


def _beaten(listed: Iterable[Group]) -> set[str]:
    return {id for group in listed for rivals in by_rivals(group) for id in stat_lower(rivals)}


def _beaten_in_totals(listed: Iterable[Group], totals: Iterable[CustomStat]) -> set[str]:
    """Those that are beaten in each total of their class, by what counts in it. A class that has no total has none that is."""
    found: set[str] = set()
    for group in listed:
        for rivals in by_rivals(group):
            guardian = rivals[0].blueprint.guardian
            counted = {stat.places for stat in totals if stat.fits(guardian)}
            beaten = [stat_lower(rivals, places) for places in counted]
            found |= set.intersection(*beaten) if beaten else set()
    return found


def with_all_perks(listed: Iterable[Group]) -> set[str]:
    """Ids of those whose every perk another one of the group has in the same column."""
    found: set[str] = set()
    for group in listed:
        for item in group if len(group) > 1 else ():
            perks = item.once(_columns)
            if perks and any(other is not item and perks <= other.once(_columns) for other in group):
                found.add(item.id)
    return found


def _columns(item: SearchItem) -> frozenset[tuple[int, str]]:
    """What it rolled, by socket; enhanced perks count as the plain ones that they are called by."""
    return frozenset(
        [
            (index, plug.name)
            for index, seat in enumerate(item.seats)
            if seat.visible and seat.place.random
            for plug in (seat.plug, *seat.choices)
            if plug.hash
        ]
    )
