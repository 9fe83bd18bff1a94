"""What is in an item's sockets."""

from __future__ import annotations

from collections.abc import Callable

from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.definitions import PlugSetDefinition
from vaultraider.search.armor import is_artifice
from vaultraider.search.filters._filter import Asked, Filter, Test
from vaultraider.search.filters._making import kept, of_item
from vaultraider.search.filters.crafting import enhancement_tier
from vaultraider.search.items import ENHANCED, SearchItem, Seat
from vaultraider.search.plugs import Plug
from vaultraider.search.world import World

MOD_SLOTS = {
    "lastwish": "enhancements.season_outlaw",
    "gardenofsalvation": "enhancements.raid_garden",
    "deepstonecrypt": "enhancements.raid_descent",
    "vaultofglass": "enhancements.raid_v520",
    "vowofthedisciple": "enhancements.raid_v600",
    "kingsfall": "enhancements.raid_v620",
    "rootofnightmares": "enhancements.raid_v700",
    "crotasend": "enhancements.raid_v720",
    "salvationsedge": "enhancements.raid_v800",
    "nightmare": "enhancements.season_maverick",
}
"""Where a mod of this activity fits: identifiers of plug categories. Last Wish and the Moon reuse those of old seasons."""

ACTIVITY = "enhancements.activity"
"""A socket that takes the mods of any activity."""
NO_SLOT, ANY_SLOT, SET_BONUS = "none", "activity", "setbonus"


def _any_seat(holds: Callable[[Seat], bool]) -> Test:
    def test(item: SearchItem) -> bool:
        return any(holds(seat) for seat in item.seats)

    return kept(test)


def _is_modded(seat: Seat) -> bool:
    return seat.plug.is_mod and seat.visible and seat.is_chosen and seat.plug.category != "v400.weapon.mod_empty"


def _is_disabled(seat: Seat) -> bool:
    return _is_modded(seat) and not seat.enabled


def _counted(read: Callable[[SearchItem], int]) -> Callable[[Asked, World], Test]:
    """``is:word`` for any, and a range over how many."""

    def make(asked: Asked, _world: World) -> Test:
        wanted = asked.range
        return lambda item: wanted.holds(item.once(read)) if wanted is not None else item.once(read) > 0

    return make


def _enhanced_perks(item: SearchItem) -> int:
    return sum([seat.plug.is_enhanced for seat in item.seats])


def _enhanced(asked: Asked, _world: World) -> Test:
    wanted = asked.range
    if wanted is None:
        return lambda item: item.made == ENHANCED
    return lambda item: item.made == ENHANCED and wanted.holds(enhancement_tier(item))


def _rolled(item: SearchItem) -> bool:
    """Whether copies of it differ: weapons with random perks, and armour, whose stats do."""
    return item.blueprint.rolls or (item.blueprint.is_armor and item.energy is not None)


def _is_legendary_weapon(item: SearchItem) -> bool:
    return item.blueprint.is_weapon and item.blueprint.rarity == "legendary"


def _is_curated(item: SearchItem) -> bool:
    """Legendary weapons that came as their maker meant them: in each random socket what the definition begins with, alone."""
    if not _is_legendary_weapon(item) or item.made:
        return False
    rolled = [seat for seat in item.seats if seat.visible and seat.place.random]
    return bool(rolled) and all(seat.plug.hash == seat.place.initial and len(seat.choices) <= 1 for seat in rolled)


def _has_extra_perk(item: SearchItem) -> bool:
    """Legendary weapons that offer a choice where most have none: in a column of traits."""
    return _is_legendary_weapon(item) and any(
        len(seat.choices) > 1 and seat.plug.is_trait for seat in item.seats if seat.visible and seat.place.random
    )


def _has_retired_perk(item: SearchItem) -> bool:
    return item.blueprint.is_weapon and not item.made and any(_is_retired(seat, item.lexicon.catalogue) for seat in item.seats)


def _is_retired(seat: Seat, catalogue: Catalogue) -> bool:
    """Whether anything in it, or to choose for it, no longer rolls."""
    hash = seat.place.plug_set
    if not seat.place.random or not hash:
        return False
    gone = catalogue.once(("search.retired", hash), lambda: _retired(catalogue.definitions.plug_set(hash)))
    return any(plug.hash in gone for plug in (seat.plug, *seat.choices))


def _retired(row: PlugSetDefinition | None) -> frozenset[int]:
    """A plug may be listed twice; it is gone when no row of it can roll."""
    if row is None:
        return frozenset()
    return frozenset([hash for hash, _ in row.plugs]) - frozenset([hash for hash, rolls in row.plugs if rolls])


def _mod_slots(item: SearchItem) -> frozenset[str]:
    """Identifiers of the special mods that a piece of armour takes."""
    if not item.blueprint.is_armor:
        return frozenset()
    plugged = {seat.plug.category for seat in item.seats if seat.visible}
    return frozenset(plugged & {*MOD_SLOTS.values(), ACTIVITY})


def _mod_slot(asked: Asked, _world: World) -> Test:
    if asked.text == NO_SLOT:
        return lambda item: item.blueprint.is_armor and not item.once(_mod_slots)
    if asked.text == ANY_SLOT:
        return lambda item: bool(item.once(_mod_slots))
    if asked.text == SET_BONUS:
        return lambda item: item.definition is not None and item.definition.set_hash != 0
    wanted = MOD_SLOTS[asked.text]
    return lambda item: wanted in item.once(_mod_slots)


def _armor_perk(item: SearchItem) -> Plug | None:
    """What a piece of armour can do by itself: the perk of an exotic, or of some of a season."""
    if not item.blueprint.is_armor:
        return None
    return next((seat.plug for seat in item.seats if seat.visible and seat.plug.is_intrinsic and seat.plug.title), None)


def _armor_intrinsic(asked: Asked, _world: World) -> Test:
    if asked.text == NO_SLOT:
        return lambda item: item.blueprint.is_armor and item.once(_armor_perk) is None
    return lambda item: item.once(_armor_perk) is not None


FILTERS = (
    Filter(
        keywords=("modded",),
        make=of_item(_any_seat(_is_modded)),
        help="Items with a mod in them.",
        example="is:modded is:invault",
    ),
    Filter(
        keywords=("hasdisabledmod",),
        make=of_item(_any_seat(_is_disabled)),
        help="Items with a mod that does nothing as it is.",
        example="is:hasdisabledmod",
    ),
    Filter(
        keywords=("shaded", "hasshader"),
        make=of_item(_any_seat(lambda seat: seat.plug.is_shader and seat.is_chosen)),
        help="Items with a shader.",
        example="is:shaded is:invault",
    ),
    Filter(
        keywords=("ornamented", "hasornament"),
        make=of_item(_any_seat(lambda seat: seat.plug.is_ornament and seat.is_chosen)),
        help="Items with an ornament.",
        example="is:ornamented",
    ),
    Filter(
        keywords=("origintrait",),
        make=of_item(_any_seat(lambda seat: seat.plug.is_origin)),
        help="Weapons with an origin trait.",
        example="is:origintrait",
    ),
    Filter(
        keywords=("extraperk",),
        make=of_item(kept(_has_extra_perk)),
        help="Legendary weapons that let you choose in a column of traits.",
        example="is:extraperk",
    ),
    Filter(
        keywords=("retiredperk",),
        make=of_item(kept(_has_retired_perk)),
        help="Weapons with a perk that no longer rolls on them.",
        example="is:retiredperk",
    ),
    Filter(
        keywords=("enhancedperk",),
        formats=("simple", "range"),
        make=_counted(_enhanced_perks),
        help="Weapons with enhanced traits; with a number those with so many.",
        example="enhancedperk:2",
    ),
    Filter(
        keywords=("enhanced",),
        formats=("simple", "range"),
        make=_enhanced,
        help="Weapons without a pattern that were enhanced; with a number those of that step, 1 to 3.",
        example="is:enhanced",
    ),
    Filter(
        keywords=("randomroll",),
        make=of_item(_rolled),
        help="Items of which each copy is rolled anew.",
        example="is:randomroll is:legendary",
    ),
    Filter(
        keywords=("curated",),
        make=of_item(kept(_is_curated)),
        help="Legendary weapons with the roll that their maker chose.",
        example="is:curated",
    ),
    Filter(
        keywords=("artifice",),
        make=of_item(lambda item: item.once(is_artifice)),
        help="Armour with an artifice socket.",
        example="is:artifice",
    ),
    Filter(
        keywords=("modslot",),
        formats=("query",),
        make=_mod_slot,
        values=(*MOD_SLOTS, NO_SLOT, ANY_SLOT, SET_BONUS),
        help={
            "modslot": "Armour that takes mods of this raid or place.",
            NO_SLOT: "Armour that takes no mods of an activity.",
            ANY_SLOT: "Armour that takes mods of an activity, whichever.",
            SET_BONUS: "Armour that belongs to a set with a bonus.",
        },
        example="modslot:kingsfall",
    ),
    Filter(
        keywords=("armorintrinsic",),
        formats=("simple", "query"),
        make=_armor_intrinsic,
        values=(NO_SLOT,),
        help={
            "armorintrinsic": "Armour that can do something by itself, as exotics can.",
            NO_SLOT: "Armour that can do nothing by itself.",
        },
        example="is:armorintrinsic -is:exotic",
    ),
)
