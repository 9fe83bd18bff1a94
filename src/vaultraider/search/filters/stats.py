"""Stats: their values, and which are the highest."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from vaultraider.domain import hashes
from vaultraider.domain.custom_stats import CustomStat
from vaultraider.domain.power import Gear, max_power, wardrobe
from vaultraider.search.expressions import Values, is_stat, read_expression, value_of
from vaultraider.search.filters._filter import Asked, Filter, Test
from vaultraider.search.items import SearchItem
from vaultraider.search.stat_names import ANY, ARMOR_STATS, NEW_ARMOR_STATS, RANKS, STAT_WORDS, STATS
from vaultraider.search.world import World

Read = Callable[[SearchItem], Values]
_PLACES = {"primarystat": 0, "secondarystat": 1, "tertiarystat": 2}
_TUNED_PLACES = {"primary": 0, "secondary": 1, "tertiary": 2}
_ARMOR_WORDS = tuple(ARMOR_STATS)


def _shown(item: SearchItem) -> Values:
    return item.stats


def _base(item: SearchItem) -> Values:
    return item.base_stats


def _stat(asked: Asked, world: World) -> Test:
    read = _base if asked.keyword == "basestat" else _shown
    wanted = asked.range
    if wanted is None:
        return lambda _item: False
    holds = wanted.holds
    if asked.stat in STATS:
        # By far the most are of this sort.
        stat = STATS[asked.stat]

        def one(item: SearchItem) -> bool:
            value = read(item).get(stat)
            return value is not None and holds(value)

        return one
    if asked.stat == ANY:
        return lambda item: any(holds(value) for stat, value in read(item).items() if stat != hashes.TOTAL)
    return _of_expression(asked.stat, read, holds, world.custom_stats)


def _of_expression(text: str, read: Read, holds: Callable[[float], bool], own: tuple[CustomStat, ...]) -> Test:
    expression = read_expression(text, {stat.keyword for stat in own})
    if expression is None:
        return lambda _item: False
    value = value_of(expression, own)

    def test(item: SearchItem) -> bool:
        found = value(item, read(item))
        return found is not None and holds(found)

    return test


Slot = tuple[int, int]
"""Slot and the class that can wear it."""


def _slot(item: SearchItem) -> Slot:
    return item.bucket, item.blueprint.class_type


def _highest(world: World, read: Read) -> Mapping[Slot, dict[int, int]]:
    """The highest of each stat among the armour of a slot and class."""
    found: dict[Slot, dict[int, int]] = {}
    for item in world.items:
        if item.armor_stats:
            best = found.setdefault(_slot(item), {})
            for stat, value in read(item).items():
                best[stat] = max(best.get(stat, 0), value)
    return found


def _has_highest(read: Read, key: str) -> Callable[[Asked, World], Test]:
    def make(asked: Asked, world: World) -> Test:
        highest = world.once_of_items(key, lambda: _highest(world, read))
        stats = hashes.ARMOR_STAT_HASHES if asked.text == ANY else (STATS[asked.text],)

        def test(item: SearchItem) -> bool:
            if not item.armor_stats:
                return False
            best, values = highest[_slot(item)], read(item)
            return any(0 < values.get(stat, 0) == best.get(stat, 0) for stat in stats)

        return test

    return make


def _in_best_set(asked: Asked, world: World) -> Test:
    """In the set of one's class with most of a stat that can be worn at once: the rules are those of power."""
    stat = STATS[asked.text]
    pieces = wardrobe([_as_gear(item, stat) for item in world.items if item.armor_stats])
    ids: set[str] = set()
    for guardian, owner in {item.blueprint.class_type: "" for item in world.items if item.armor_stats}.items():
        ids.update([piece.id for piece in max_power(pieces, owner, guardian).items])
    return lambda item: item.id in ids


def _as_gear(item: SearchItem, stat: int) -> Gear:
    """A piece that is as strong as it has of the stat."""
    blueprint = item.blueprint
    return Gear(item.id, item.bucket, item.stats.get(stat, 0), item.store, blueprint.class_type, blueprint.is_exotic)


def _ordinal(asked: Asked, _world: World) -> Test:
    place, stat = _PLACES[asked.keyword], NEW_ARMOR_STATS[asked.text]
    return lambda item: item.stat_order[place : place + 1] == (stat,)


def _tuned(asked: Asked, _world: World) -> Test:
    if asked.text == "unfocused":
        return lambda item: item.tuned_stat != 0 and item.tuned_stat not in item.stat_order
    if asked.text in _TUNED_PLACES:
        place = _TUNED_PLACES[asked.text]
        return lambda item: item.tuned_stat != 0 and item.stat_order[place : place + 1] == (item.tuned_stat,)
    stat = NEW_ARMOR_STATS[asked.text]
    return lambda item: item.tuned_stat == stat


FILTERS = (
    Filter(
        keywords=("stat",),
        formats=("stat",),
        make=_stat,
        stats=is_stat,
        stat_names=(*STAT_WORDS, *RANKS),
        help="A stat as it is shown, or a total of your own. Stats can be added with + and averaged with &.",
        example="stat:health+class:>=50",
    ),
    Filter(
        keywords=("basestat",),
        formats=("stat",),
        make=_stat,
        stats=is_stat,
        stat_names=(*_ARMOR_WORDS, ANY, *RANKS),
        help="A stat, or a total of your own, without mods and masterwork. Stats can be added with + and averaged with &.",
        example="basestat:total:>=60",
    ),
    Filter(
        keywords=("maxstatloadout",),
        formats=("query",),
        make=_in_best_set,
        values=_ARMOR_WORDS,
        help="For each class the five pieces that together have most of a stat and can be worn at once.",
        example="maxstatloadout:health",
    ),
    Filter(
        keywords=("maxstatvalue",),
        formats=("query",),
        make=_has_highest(_shown, "stats.highest"),
        values=(*_ARMOR_WORDS, ANY),
        help="Armour that has the highest value of a stat in its slot and class.",
        example="maxstatvalue:melee",
    ),
    Filter(
        keywords=("maxbasestatvalue",),
        formats=("query",),
        make=_has_highest(_base, "stats.highest base"),
        values=(*_ARMOR_WORDS, ANY),
        help="Armour that has the highest value of a stat in its slot and class, without mods and masterwork.",
        example="maxbasestatvalue:total",
    ),
    Filter(
        keywords=tuple(_PLACES),
        formats=("query",),
        make=_ordinal,
        values=tuple(NEW_ARMOR_STATS),
        help="Armor 3.0 whose highest, second or third rolled stat this is.",
        example="primarystat:super",
    ),
    Filter(
        keywords=("tunedstat",),
        formats=("query",),
        make=_tuned,
        values=(*NEW_ARMOR_STATS, *_TUNED_PLACES, "unfocused"),
        help={
            "tunedstat": "Armour that can be tuned to have more of this stat.",
            "primary": "Armour that can be tuned in its highest stat.",
            "secondary": "Armour that can be tuned in its second stat.",
            "tertiary": "Armour that can be tuned in its third stat.",
            "unfocused": "Armour that can be tuned in a stat that it did not roll.",
        },
        example="tunedstat:grenade",
    ),
)
