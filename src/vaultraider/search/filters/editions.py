"""Editions of gear: adept, holofoil, the systems of armour, what can be infused and what only looks good."""

from __future__ import annotations

from vaultraider.domain import hashes
from vaultraider.search.blueprints import Blueprint
from vaultraider.search.filters._by_definition import by_definition
from vaultraider.search.filters._filter import Filter
from vaultraider.search.filters._making import of_item
from vaultraider.search.items import SearchItem

COSMETIC = frozenset(
    {hashes.MODIFICATIONS, hashes.EMOTE, hashes.EMBLEM, hashes.VEHICLE, hashes.SHIP, hashes.FINISHER},
)
ADEPT_NAMES = ("(adept)", "(timelost)", "(harrowed)")
"""How English names end of weapons whose rows are older than the flag."""


def _adept(blueprint: Blueprint) -> bool:
    definition = blueprint.definition
    return blueprint.is_weapon and definition is not None and (definition.adept or blueprint.name.endswith(ADEPT_NAMES))


def _holofoil(blueprint: Blueprint) -> bool:
    return blueprint.is_weapon and blueprint.definition is not None and blueprint.definition.holofoil


def _infusable(blueprint: Blueprint) -> bool:
    return blueprint.definition is not None and blueprint.definition.infusable


def _has_energy(item: SearchItem) -> bool:
    return item.blueprint.is_armor and item.energy is not None


FILTERS = (
    Filter(
        keywords=("adept",),
        make=by_definition("adept", _adept),
        help="Adept weapons, Timelost and Harrowed ones among them.",
        example="is:adept",
    ),
    Filter(
        keywords=("holofoil", "shiny"),
        make=by_definition("holofoil", _holofoil),
        help="Weapons in their holofoil edition.",
        example="is:holofoil",
    ),
    Filter(
        keywords=("armor2.0",),
        make=of_item(lambda item: _has_energy(item) and not item.is_armor_3),
        help="Armour with energy of the system before Armor 3.0.",
        example="is:armor2.0 -is:exotic",
    ),
    Filter(
        keywords=("armor3.0",),
        make=of_item(lambda item: _has_energy(item) and item.is_armor_3),
        help="Armour of the system that came with The Edge of Fate: with archetype and tier.",
        example="is:armor3.0",
    ),
    Filter(
        keywords=("infusable", "infuse"),
        make=by_definition("infusable", _infusable),
        help="Gear that passes its power on to other gear of its kind.",
        example="is:infusable power:>=powerfulcap",
    ),
    Filter(
        keywords=("cosmetic",),
        make=of_item(lambda item: item.bucket in COSMETIC),
        help="What only looks good: emblems, emotes, finishers, ships, sparrows, shaders and ornaments.",
        example="is:cosmetic",
    ),
)
