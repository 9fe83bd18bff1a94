"""Items as rows of a spreadsheet, in the columns that Destiny Item Manager gives weapons, armour and ghosts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from vaultraider.domain import hashes
from vaultraider.domain.annotations import NOTHING
from vaultraider.domain.item_csv import Row, Value
from vaultraider.domain.wares import PERK_CATEGORIES
from vaultraider.search.armor import is_artifice
from vaultraider.search.filters.sockets import MOD_SLOTS
from vaultraider.search.items import SearchItem, Seat
from vaultraider.search.masterworks import kills_of, masterwork_of
from vaultraider.search.stat_names import NEW_ARMOR_STATS, WEAPON_STATS
from vaultraider.search.world import World

Category = Literal["weapons", "armor", "ghosts"]
LISTS = ("Perks",)
"""Columns that hold lists."""

_SLOTS = {hashes.KINETIC: "KineticSlot", hashes.ENERGY: "Energy", hashes.POWER: "Power"}
_WEAPON_COLUMNS = {
    "Recoil": "recoildirection", "AA": "aimassist", "Impact": "impact", "Range": "range", "Zoom": "zoom",
    "Blast Radius": "blastradius", "Velocity": "velocity", "Stability": "stability", "ROF": "rpm", "Reload": "reload",
    "Mag": "magazine", "Handling": "handling", "Charge Time": "charge", "Draw Time": "drawtime", "Accuracy": "accuracy",
    "Charge Rate": "chargerate", "Guard Resistance": "guardresistance", "Guard Endurance": "guardendurance",
    "Swing Speed": "swingspeed", "Shield Duration": "shieldduration", "Airborne Effectiveness": "airborne",
    "Ammo Generation": "ammogen", "Cooling Efficiency": "cooling", "Heat Generated": "heatgen",
}  # fmt: skip
_ARMOR_COLUMNS = {name.capitalize(): hash for name, hash in NEW_ARMOR_STATS.items()} | {"Total": hashes.TOTAL}
_STAT_WORDS = {hash: word for word, hash in NEW_ARMOR_STATS.items()}
_SOURCE_WORDS = {"legendaryengram": "engram"}
_PLAIN_LOOKS = frozenset({4248210736, 2931483505, 1959648454, 702981643})
"""DestinyInventoryItemDefinition: the default shader and the default ornaments."""
_LEVELS = ("masterworks", "energy")
"""In the categories of what raises a piece of armour or a ghost: no perk of it."""


def rows(world: World, category: Category, ids: frozenset[str] | None = None) -> list[Row]:
    """In the profile's order. ``ids``: only these."""
    belongs, row_of = _CATEGORIES[category]
    return [row_of(item, world) for item in world.items if belongs(item) and (ids is None or item.id in ids)]


def tables(world: World, ids: frozenset[str]) -> dict[Category, list[Row]]:
    """Of these, each kind that is among them."""
    found = {category: rows(world, category, ids) for category in _CATEGORIES}
    return {category: listed for category, listed in found.items() if listed}


def _weapon(item: SearchItem, world: World) -> Row:
    masterwork = masterwork_of(item)
    return {
        **_beginning(item, world),
        "Type": item.blueprint.type_name,
        "Source": _source(item),
        "Category": _SLOTS.get(item.bucket),
        "Element": item.element.capitalize() or None,
        "Ammo": item.blueprint.ammo or None,
        "Archetype": next((seat.plug.title for seat in item.seats if seat.plug.is_intrinsic and seat.plug.title), None),
        "Power": item.power or None,
        "Masterwork Type": ", ".join(_stat_names(item, masterwork.stats)) or None if masterwork is not None else None,
        "Masterwork Tier": masterwork.tier if masterwork is not None else None,
        **_whereabouts(item, world),
        **{column: item.stats.get(WEAPON_STATS[word], 0) for column, word in _WEAPON_COLUMNS.items()},
        "Mag": item.stats.get(hashes.MAGAZINE) or item.stats.get(WEAPON_STATS["ammocapacity"], 0),
        "Crafted": item.made or False,
        "Crafted Level": item.level,
        "Kill Tracker": kills_of(item) or 0,
        "Foundry": item.origin.foundry or None,
        **_end(item, world),
    }


def _armor(item: SearchItem, world: World) -> Row:
    masterwork, order = masterwork_of(item), item.stat_order
    return {
        **_beginning(item, world),
        "Type": item.blueprint.type_name,
        "Source": _source(item),
        "Equippable": item.blueprint.guardian.capitalize() or "Any",
        "Power": item.power or None,
        "Energy Capacity": item.energy or None,
        "Masterwork Tier": masterwork.tier if masterwork is not None else 0,
        **_whereabouts(item, world),
        "Archetype": item.archetype.title if item.archetype is not None else None,
        "Tertiary Stat": _STAT_WORDS.get(order[2]) if len(order) > 2 else None,
        "Tuning Stat": _STAT_WORDS.get(item.tuned_stat),
        **{column: item.stats.get(stat, 0) for column, stat in _ARMOR_COLUMNS.items()},
        **{f"{column} (Base)": item.base_stats.get(stat, 0) for column, stat in _ARMOR_COLUMNS.items()},
        "Seasonal Mod": _special_mods(item),
        **_end(item, world),
    }


def _special_mods(item: SearchItem) -> list[str]:
    """Words for the activities whose mods it takes."""
    plugged = {seat.plug.category for seat in item.seats if seat.visible}
    return [*(word for word, category in MOD_SLOTS.items() if category in plugged), *(["artifice"] if is_artifice(item) else [])]


def _ghost(item: SearchItem, world: World) -> Row:
    return {
        **_beginning(item, world),
        "Source": _source(item),
        "Energy Capacity": item.energy or None,
        "Masterwork Tier": None,
        **_whereabouts(item, world),
        **_end(item, world),
    }


def _beginning(item: SearchItem, world: World) -> dict[str, Value]:
    """The id is in quotes, or a spreadsheet would round it."""
    return {
        "Name": item.blueprint.title,
        "Hash": item.hash,
        "Id": f'"{item.id}"',
        "Tag": world.annotations.get(item.key, NOTHING).tag or None,
        "Rarity": item.blueprint.rarity.capitalize(),
        "Tier": item.gear_tier,
    }


def _whereabouts(item: SearchItem, world: World) -> dict[str, Value]:
    origin = item.origin
    return {
        "Owner": _owners(world).get(item.store, "Vault"),
        "Locked": item.is_locked,
        "Equipped": item.place == "equipped",
        "Year": origin.year or None,
        "Season": origin.season or None,
        "Event": origin.event_name,
        "Holofoil": item.definition is not None and item.definition.holofoil,
    }


def _end(item: SearchItem, world: World) -> dict[str, Value]:
    return {
        "Loadouts": ", ".join(world.loadouts.get(item.id, ())),
        "Notes": world.annotations.get(item.key, NOTHING).notes or None,
        "Perks": _perks(item),
    }


def _owners(world: World) -> dict[str, str]:
    return {each.id: each.guardian.capitalize() for each in world.profile.characters}


def _source(item: SearchItem) -> str:
    """One word."""
    if item.origin.event:
        return "events"
    word = item.origin.source
    return _SOURCE_WORDS.get(word, word)


def _stat_names(item: SearchItem, stats: Iterable[int]) -> list[str]:
    found = (item.lexicon.catalogue.definitions.stat(stat) for stat in stats)
    return sorted(each.name for each in found if each is not None)


def _perks(item: SearchItem) -> list[str]:
    """What is in its sockets, with a star, and what it rolled beside that: the frame first, then perks, then mods and looks.

    A tracker of kills has no star. Of mods and looks what says nothing is left out.
    """
    shown = [seat for seat in item.seats if seat.visible and seat.plug.title and (_is_perk(seat) or _says_something(seat, item))]
    ordered = sorted(shown, key=lambda seat: 0 if seat.plug.is_intrinsic else 1 if _is_perk(seat) else 2)
    return [name for seat in ordered for name in _names(seat)]


def _says_something(seat: Seat, item: SearchItem) -> bool:
    plug = seat.plug
    if plug.is_shader or plug.is_ornament:
        return seat.is_chosen and plug.hash not in _PLAIN_LOOKS
    if plug.is_tracker or plug.is_memento:
        return True
    if not item.blueprint.is_weapon and any(word in plug.category for word in _LEVELS):
        return False
    return plug.definition is not None and bool(plug.definition.perks or plug.stats)


def _is_perk(seat: Seat) -> bool:
    return seat.plug.is_intrinsic or seat.place.category in PERK_CATEGORIES


def _names(seat: Seat) -> list[str]:
    if seat.plug.is_tracker:
        return [seat.plug.title]
    rolled = seat.choices if seat.place.random and _is_perk(seat) else ()
    plugs = {plug.hash: plug for plug in (*rolled, seat.plug)}
    return [f"{plug.title}*" if hash == seat.plug.hash else plug.title for hash, plug in plugs.items() if plug.title]


_CATEGORIES: dict[Category, tuple[Callable[[SearchItem], bool], Callable[[SearchItem, World], Row]]] = {
    "weapons": (lambda item: item.blueprint.is_weapon and item.is_copy, _weapon),
    "armor": (lambda item: item.blueprint.is_armor and item.is_copy, _armor),
    "ghosts": (lambda item: item.bucket == hashes.GHOST and item.is_copy, _ghost),
}
