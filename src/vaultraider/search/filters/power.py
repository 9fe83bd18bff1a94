"""How strong an item is."""

from __future__ import annotations

from collections.abc import Mapping

from vaultraider.search.filters._filter import Asked, Filter, Test
from vaultraider.search.filters._making import of_item
from vaultraider.search.items import SearchItem
from vaultraider.search.world import World

POWER_WORDS: Mapping[str, float] = {"powerfloor": 10, "softcap": 200, "powerfulcap": 500, "pinnaclecap": 550}
"""The steps of power in the season Lawless (2026): Bungie's data names none of them."""


def _of_power(asked: Asked, _world: World) -> Test:
    wanted = asked.range
    return lambda item: wanted is not None and item.power > 0 and wanted.holds(item.power)


def _in_strongest_sets(_asked: Asked, world: World) -> Test:
    """In the strongest set that any of the guardians could put on at once."""
    ids = {
        id
        for character in world.profile.characters
        if isinstance(character.max_power_items, tuple)
        for id in character.max_power_items
    }
    return lambda item: item.id in ids


Slot = tuple[int, int]
"""Slot and the class that can wear it."""


def _slot(item: SearchItem) -> Slot:
    return item.bucket, item.blueprint.class_type if item.blueprint.is_armor else 3


def _strongest(world: World) -> dict[Slot, int]:
    best: dict[Slot, int] = {}
    for item in world.items:
        if _has_power(item):
            best[_slot(item)] = max(best.get(_slot(item), 0), item.power)
    return best


def _has_power(item: SearchItem) -> bool:
    return item.power > 0 and (item.blueprint.is_weapon or item.blueprint.is_armor)


def _is_strongest(_asked: Asked, world: World) -> Test:
    best = world.once_of_items("power.strongest", lambda: _strongest(world))
    return lambda item: _has_power(item) and item.power == best[_slot(item)]


FILTERS = (
    Filter(
        keywords=("light", "power"),
        formats=("range",),
        make=_of_power,
        overloads=POWER_WORDS,
        help="The power of an item, as a number or as a step of this season.",
        example="power:>=pinnaclecap",
    ),
    Filter(
        keywords=("haslight", "haspower"),
        make=of_item(_has_power),
        help="Weapons and armour: what counts for a guardian's power.",
        example="is:haspower is:exotic",
    ),
    Filter(
        keywords=("maxpowerloadout",),
        make=_in_strongest_sets,
        help="What belongs to the strongest set that any of your guardians could put on.",
        example="is:maxpowerloadout",
    ),
    Filter(
        keywords=("maxpower", "accountmaxpower"),
        make=_is_strongest,
        help="The strongest of each slot, of armour for each class: all of them where several are equally strong.",
        example="is:maxpower is:weapon",
    ),
)
