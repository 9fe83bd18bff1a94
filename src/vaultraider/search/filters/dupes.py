"""Duplicates, and what another item is better than."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from vaultraider.domain.annotations import NOTHING
from vaultraider.search.duplicates import CUSTOM, ITEM, PERKS, STAT_LOWER, Group, duplicates, groups
from vaultraider.search.filters._filter import Asked, Filter, Make, Test
from vaultraider.search.items import SHAPED, SearchItem
from vaultraider.search.world import World

VALUES = (
    ITEM, "stats", "untunedstats", "archetype", "tertiarystat", "nonzerostats", "tunedstat", "setbonus", PERKS, "traits",
    STAT_LOWER, CUSTOM,
)  # fmt: skip
_BEST_TAGS = {"favorite": 3, "keep": 2, "infuse": -1, "junk": -2}


def _dupes(asked: Asked, world: World) -> Test:
    ids = duplicates(world, asked.values or (ITEM,))
    return lambda item: item.id in ids


def _always(*values: str) -> Make:
    def make(_asked: Asked, world: World) -> Test:
        ids = duplicates(world, values)
        return lambda item: item.id in ids

    return make


def _among_copies(pick: Callable[[World, Group], Iterable[SearchItem]]) -> Make:
    """Some of the copies of an item that there are several of."""

    def make(_asked: Asked, world: World) -> Test:
        ids = {item.id for group in groups(world, (ITEM,)) if len(group) > 1 for item in pick(world, group)}
        return lambda item: item.id in ids

    return make


def _count(asked: Asked, world: World) -> Test:
    wanted = asked.range
    ids = {item.id for group in groups(world, (ITEM,)) if wanted and wanted.holds(len(group)) for item in group}
    return lambda item: item.id in ids


def _all_but_the_best(world: World, group: Group) -> Iterable[SearchItem]:
    """What one would keep is best: by tag and lock, then by what was put into it."""

    def worth(item: SearchItem) -> tuple[int, bool, bool, int, int]:
        tag = world.annotations.get(item.key, NOTHING).tag
        return _BEST_TAGS.get(tag, 0), item.is_locked, item.is_masterwork, item.gear_tier, item.power

    best = max(group, key=worth)
    return [item for item in group if item is not best]


def _fodder(_world: World, group: Group) -> Iterable[SearchItem]:
    least = min([item.power for item in group if item.power], default=0)
    return [item for item in group if item.power > least]


def _beside_a_shaped_one(_world: World, group: Group) -> Iterable[SearchItem]:
    return group if any(item.made == SHAPED for item in group) else []


def _beside_a_wanted_one(world: World, group: Group) -> Iterable[SearchItem]:
    wanted = [item for item in group if item.id in world.verdicts and world.verdicts[item.id].wanted]
    return [item for item in group if any(other is not item for other in wanted)]


FILTERS = (
    Filter(
        keywords=("dupe",),
        formats=("multiquery", "simple"),
        make=_dupes,
        values=VALUES,
        help={
            "dupe": "Items of which you have several. With values: those that agree in all of them.",
            ITEM: "Items of which you have several.",
            "stats": "Armour with the same base stats, and the same stat to tune.",
            "untunedstats": "Armour with the same base stats, whatever can be tuned.",
            "archetype": "Armour with the same primary and secondary stat.",
            "tertiarystat": "Armour with the same third stat.",
            "nonzerostats": "Armour that rolled the same three stats, in whatever order.",
            "tunedstat": "Armour that can be tuned in the same stat.",
            "setbonus": "Armour with the same set bonus.",
            PERKS: "Copies that have no perk which another copy does not have as well.",
            "traits": "Weapons of one type with the same traits plugged.",
            STAT_LOWER: "Armour that another piece beats: as high in every stat and higher in one, however either is tuned.",
            CUSTOM: "Armour that another piece beats in the stats that count in each of your own totals for its class.",
        },
        example="dupe:setbonus+statlower",
    ),
    Filter(
        keywords=("count",),
        formats=("range",),
        make=_count,
        help="How many copies of the item you have.",
        example="count:>=4",
    ),
    Filter(
        keywords=("infusionfodder",),
        make=_among_copies(_fodder),
        help="Copies that another one with less power can be raised with cheaply.",
        example="is:infusionfodder",
    ),
    Filter(
        keywords=("dupelower",),
        make=_among_copies(_all_but_the_best),
        help="All copies of an item but the best one, by tag, lock, masterwork, tier and power.",
        example="is:dupelower",
        deprecated="is:dupe",
    ),
    Filter(
        keywords=("statlower",),
        make=_always(STAT_LOWER),
        help="Armour that another piece of its slot and class beats in stats.",
        example="is:statlower",
        deprecated="dupe:statlower",
    ),
    Filter(
        keywords=("customstatlower",),
        make=_always(CUSTOM),
        help="Armour that another piece beats in the stats of your own totals.",
        example="is:customstatlower",
        deprecated="dupe:customstatlower",
    ),
    Filter(
        keywords=("crafteddupe", "shapeddupe"),
        make=_among_copies(_beside_a_shaped_one),
        help="Copies of an item of which one was shaped.",
        example="is:crafteddupe",
        deprecated="is:dupe is:crafted",
    ),
    Filter(
        keywords=("dupeperks",),
        make=_always(PERKS),
        help="Copies that have no perk which another copy does not have as well.",
        example="is:dupeperks",
        deprecated="dupe:perks",
    ),
    Filter(
        keywords=("statdupe",),
        make=_always("stats"),
        help="Armour with the same base stats.",
        example="is:statdupe",
        deprecated="dupe:stats",
    ),
    Filter(
        keywords=("wishlistdupe",),
        make=_among_copies(_beside_a_wanted_one),
        help="Copies of an item of which another one is on a wish list.",
        example="is:wishlistdupe",
        deprecated="is:dupe is:wishlist",
    ),
)
