"""Patterns, enhancement and tiers of weapons."""

from __future__ import annotations

from vaultraider.domain import hashes
from vaultraider.domain.definitions import PlugSetDefinition
from vaultraider.domain.patterns import pattern_of
from vaultraider.domain.snapshot import decode_or_salvage
from vaultraider.domain.sockets import REUSABLE_PLUGS, ReusablePlugsData
from vaultraider.search.blueprints import Blueprint
from vaultraider.search.filters._by_definition import by_definition
from vaultraider.search.filters._filter import Asked, Filter, Test
from vaultraider.search.filters._making import matches_nothing, of_item
from vaultraider.search.items import ENHANCED, SHAPED, SearchItem, Seat
from vaultraider.search.world import World

ENHANCEMENTS = {2728416798: 1, 2728416797: 2, 2728416796: 3}
"""What is in the socket of enhancement, by tier: three plugs whose names do not count."""
TOP_ENHANCEMENT = 3
TIER_SOCKET = 1236068212
"""DestinySocketTypeDefinition: where the tier of a weapon is raised."""


def _craftable(blueprint: Blueprint) -> bool:
    return blueprint.definition is not None and blueprint.definition.recipe != 0


def _tiered(blueprint: Blueprint) -> bool:
    definition = blueprint.definition
    if definition is None or not blueprint.is_weapon or blueprint.rarity != "legendary":
        return False
    return definition.recipe != 0 or any(socket.socket_type == TIER_SOCKET for socket in definition.sockets)


def _unlocked(_asked: Asked, world: World) -> Test:
    """Judged once a weapon: what is known of patterns goes with the profile."""
    snapshot, definitions = world.profile.snapshot, world.catalogue.definitions
    known: dict[int, bool] = {}

    def test(item: SearchItem) -> bool:
        if item.hash not in known:
            pattern = pattern_of(snapshot, item.definition, definitions)
            known[item.hash] = pattern is not None and pattern.unlocked
        return known[item.hash]

    return test


def enhancement_tier(item: SearchItem) -> int:
    """How far a weapon without a pattern was enhanced: 0 to ``TOP_ENHANCEMENT``."""
    return max([ENHANCEMENTS.get(seat.plug.hash, 0) for seat in item.seats], default=0)


def _enhanceable(item: SearchItem) -> bool:
    if not item.blueprint.is_weapon:
        return False
    can_be = any(seat.plug.category == hashes.WEAPON_ENHANCERS for seat in item.seats)
    return can_be and enhancement_tier(item) < TOP_ENHANCEMENT


def _ready(item: SearchItem) -> bool:
    if item.made == ENHANCED:
        return _next_tier_fits(item)
    return item.made == SHAPED and any(_better_fits(seat, item) for seat in item.seats)


def _next_tier_fits(item: SearchItem) -> bool:
    """Whether Bungie says that something can be put into the socket of enhancement."""
    if item.raw_choices is None:
        return False
    choices = decode_or_salvage(item.raw_choices, REUSABLE_PLUGS, ReusablePlugsData).plugs
    at = [str(index) for index, seat in enumerate(item.seats) if seat.plug.category == hashes.WEAPON_ENHANCERS]
    return any(choice.can_insert for index in at for choice in choices.get(index, []))


def _better_fits(seat: Seat, item: SearchItem) -> bool:
    """Whether the trait could be replaced by its enhanced self at the level that the weapon has."""
    if not seat.plug.is_trait or seat.plug.is_enhanced:
        return False
    plug_set = item.lexicon.catalogue.definitions.plug_set(seat.place.plug_set) if seat.place.plug_set else None
    return plug_set is not None and any(_is_better(hash, seat, item, plug_set) for hash, _ in plug_set.plugs)


def _is_better(hash: int, seat: Seat, item: SearchItem, plug_set: PlugSetDefinition) -> bool:
    plug = item.lexicon.plug(hash)
    if not plug.is_enhanced or plug.name != seat.plug.name:
        return False
    return next((level for each, level in plug_set.levels if each == hash), 0) <= item.level


FILTERS = (
    Filter(
        keywords=("craftable",),
        make=by_definition("craftable", _craftable),
        help="Weapons that have a pattern, so that they can be shaped.",
        example="is:craftable -is:crafted",
    ),
    Filter(
        keywords=("patternunlocked",),
        make=_unlocked,
        help="Weapons whose pattern you have unlocked, so that you can shape them.",
        example="is:patternunlocked -is:crafted",
    ),
    Filter(
        keywords=("tieredweapon",),
        make=by_definition("tieredweapon", _tiered),
        help="Legendary weapons that come in tiers, or that can be shaped.",
        example="is:tieredweapon tier:>=3",
    ),
    Filter(
        keywords=("enhanceable",),
        make=of_item(_enhanceable),
        help="Weapons without a pattern that can be enhanced further.",
        example="is:enhanceable",
    ),
    Filter(
        keywords=("enhancementready",),
        make=of_item(_ready),
        help="Weapons whose level allows the next enhancement.",
        example="is:enhancementready",
    ),
    Filter(
        keywords=("focusable",),
        make=matches_nothing,
        help="Items that a vendor makes of an engram on demand.",
        example="is:focusable",
        unanswerable="Bungie's definitions do not link what a vendor offers to the item that comes of it.",
    ),
)
