"""What has been done with an item: locked, shaped, raised."""

from __future__ import annotations

from collections.abc import Callable

from vaultraider.domain.items import HIGHLIGHTED
from vaultraider.search.filters._filter import Asked, Filter, Make, Test
from vaultraider.search.filters._making import kept, of_item
from vaultraider.search.items import SHAPED, SearchItem
from vaultraider.search.world import World

EXTRACTORS = "crafting.plugs.weapons.mods.extractors"
"""What a deepsight harmonizer puts into a weapon."""


def _number(read: Callable[[SearchItem], int | None]) -> Make:
    """A range over a number that some items have."""

    def make(asked: Asked, _world: World) -> Test:
        wanted = asked.range

        def test(item: SearchItem) -> bool:
            value = read(item)
            return wanted is not None and value is not None and wanted.holds(value)

        return test

    return make


def _level(item: SearchItem) -> int | None:
    return item.level if item.made else None


def _tier(item: SearchItem) -> int | None:
    return item.gear_tier if item.blueprint.is_weapon or item.blueprint.is_armor else None


def _is_deepsight(item: SearchItem) -> bool:
    return item.blueprint.is_weapon and not item.made and bool(item.entry.data.state & HIGHLIGHTED)


def _is_harmonizable(item: SearchItem) -> bool:
    return item.blueprint.is_weapon and any(
        plug.category == EXTRACTORS for seat in item.seats for plug in (seat.plug, *seat.choices)
    )


def _deepsight(asked: Asked, _world: World) -> Test:
    return kept(_is_harmonizable) if asked.text == "harmonizable" else _is_deepsight


FILTERS = (
    Filter(
        keywords=("locked",),
        make=of_item(lambda item: item.is_locked),
        help="Items that are locked.",
        example="is:locked -is:exotic",
    ),
    Filter(
        keywords=("unlocked",),
        make=of_item(lambda item: item.entry.data.lockable and not item.is_locked),
        help="Items that could be locked and are not.",
        example="is:unlocked is:exotic",
    ),
    Filter(
        keywords=("crafted", "shaped"),
        make=of_item(lambda item: item.made == SHAPED),
        help="Weapons that were shaped from a pattern.",
        example="is:crafted",
    ),
    Filter(
        keywords=("weaponlevel",),
        formats=("range",),
        make=_number(_level),
        help="The level of a weapon that was shaped or enhanced.",
        example="weaponlevel:>=20",
    ),
    Filter(
        keywords=("tier",),
        formats=("range",),
        make=_number(_tier),
        help="The tier of a weapon or a piece of armour, 1 to 5; 0 for those of before.",
        example="tier:5",
    ),
    Filter(
        keywords=("energycapacity",),
        formats=("range",),
        make=_number(lambda item: item.energy),
        help="How much energy a piece of armour has for mods.",
        example="energycapacity:>=10",
    ),
    Filter(
        keywords=("deepsight",),
        formats=("simple", "query"),
        make=_deepsight,
        values=("harmonizable", "extractable"),
        help={
            "deepsight": "Weapons with deepsight, from which a pattern can be taken.",
            "extractable": "Weapons with deepsight, from which a pattern can be taken.",
            "harmonizable": "Weapons that a deepsight harmonizer would give it to.",
        },
        example="is:deepsight",
    ),
)
