"""Which other items one is worth being compared with: each group is a query, and what that finds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from vaultraider.domain import hashes
from vaultraider.search.canonical import quoted
from vaultraider.search.items import SearchItem
from vaultraider.search.matcher import Matcher
from vaultraider.search.query import parse
from vaultraider.search.vocabulary import Vocabulary
from vaultraider.search.world import World
from vaultraider.services.organizing.columns import frame_of

Key = Literal["same", "trait", "frame", "slot", "archetype", "set", "element"]

_WEAPONS = {
    "auto_rifle": ("autorifle", "auto rifles"),
    "scout_rifle": ("scoutrifle", "scout rifles"),
    "pulse_rifle": ("pulserifle", "pulse rifles"),
    "submachine_gun": ("submachine", "submachine guns"),
    "sidearm": ("sidearm", "sidearms"),
    "hand_cannon": ("handcannon", "hand cannons"),
    "bow": ("bow", "bows"),
    "shotgun": ("shotgun", "shotguns"),
    "sniper_rifle": ("sniperrifle", "sniper rifles"),
    "fusion_rifle": ("fusionrifle", "fusion rifles"),
    "trace_rifle": ("tracerifle", "trace rifles"),
    "linear_fusion": ("linearfusionrifle", "linear fusion rifles"),
    "grenade_launcher": ("grenadelauncher", "grenade launchers"),
    "rocket_launcher": ("rocketlauncher", "rocket launchers"),
    "machine_gun": ("machinegun", "machine guns"),
    "sword": ("sword", "swords"),
    "glaive": ("glaive", "glaives"),
}
"""By kind: its filter, and what several are called."""
_ARMOR = {
    hashes.HELMET: ("helmet", "helmets"),
    hashes.GAUNTLETS: ("gauntlets", "gauntlets"),
    hashes.CHEST: ("chest", "chest armour"),
    hashes.LEGS: ("leg", "leg armour"),
    hashes.CLASS_ITEM: ("classitem", "class items"),
}
_OTHERS = {
    hashes.GHOST: ("ghost", "Ghosts"),
    hashes.SHIP: ("ships", "Ships"),
    hashes.VEHICLE: ("vehicle", "Vehicles"),
}
_SLOTS = {hashes.KINETIC: ("kineticslot", "kinetic"), hashes.ENERGY: ("energy", "energy"), hashes.POWER: ("power", "power")}


class Group(msgspec.Struct, kw_only=True):
    """Items that have something in common with one, which comes first. ``query``: what finds them."""

    key: Key
    title: str
    query: str
    ids: list[str]


Asked = tuple[Key, str, str]
"""Key, title and query."""


def groups_of(item: SearchItem, world: World, words: Vocabulary) -> list[Group]:
    """The narrowest first; without groups of one, and without what was there before."""
    matcher = Matcher(words)
    found: list[Group] = []
    seen: list[set[str]] = []
    for key, title, query in _asked(item, world):
        ids = matcher.find(world, parse(query)).ids
        if item.id in ids and len(ids) > 1 and set(ids) not in seen:
            seen.append(set(ids))
            found.append(Group(key=key, title=title, query=query, ids=[item.id, *(id for id in ids if id != item.id)]))
    return found


def _asked(item: SearchItem, world: World) -> Iterator[Asked]:
    if item.blueprint.is_weapon:
        yield "same", "Same weapon", f"is:weapon {_called(item)}"
        yield from _weapons_like(item)
    elif item.blueprint.is_armor:
        yield "same", "Same armour", f"is:armor {_called(item)}"
        yield from _armor_like(item, world)
    elif item.is_copy:
        yield "same", "Same item", _called(item)
        if item.bucket in _OTHERS:
            word, title = _OTHERS[item.bucket]
            yield "slot", title, f"is:{word}"


def _called(item: SearchItem) -> str:
    """What is classified is called like all that is."""
    title = item.blueprint.title
    return f"exactname:{quoted(title)}" if title and not item.blueprint.is_classified else f"hash:{item.hash}"


def _weapons_like(item: SearchItem) -> Iterator[Asked]:
    if item.blueprint.kind not in _WEAPONS:
        return
    word, plural = _WEAPONS[item.blueprint.kind]
    traits = list(dict.fromkeys(plug.title for plug in item.traits if plug.title))
    if traits:
        title = "Same trait" if len(traits) == 1 else "Same traits"
        yield "trait", title, f"is:{word} {_any_of([f'exactperk:{quoted(trait)}' for trait in traits])}"
    if frame := frame_of(item):
        yield "frame", "Same frame", f"is:{word} exactperk:{quoted(frame)}"
    if item.element:
        yield "element", f"{item.element.capitalize()} {plural}", f"is:{item.element} is:{word}"
    if item.bucket in _SLOTS:
        slot, called = _SLOTS[item.bucket]
        yield "slot", f"{plural.capitalize()} in the {called} slot", f"is:{slot} is:{word}"


def _armor_like(item: SearchItem, world: World) -> Iterator[Asked]:
    word, plural = _ARMOR[item.bucket]
    guardian = item.blueprint.guardian
    slot = f"is:{guardian} is:{word}" if guardian else f"is:{word}"
    whose = f"{guardian.capitalize()} {plural}" if guardian else plural.capitalize()
    if item.archetype is not None and item.archetype.title:
        yield "archetype", f"{item.archetype.title} {plural}", f"{slot} exactperk:{quoted(item.archetype.title)}"
    if of_set := _set_hashes(item, world):
        yield "set", f"Same set, {plural}", f"{slot} {_any_of([f'hash:{hash}' for hash in of_set])}"
    yield "slot", whose, slot


def _set_hashes(item: SearchItem, world: World) -> list[int]:
    """Of what one has of its set: no filter asks for sets by name."""
    wanted = item.definition.set_hash if item.definition is not None else 0
    if not wanted:
        return []
    return sorted({each.hash for each in world.items if each.definition is not None and each.definition.set_hash == wanted})


def _any_of(queries: list[str]) -> str:
    return queries[0] if len(queries) == 1 else f"({' or '.join(queries)})"
