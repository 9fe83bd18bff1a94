"""The loadouts that a player saved in the game (component 206): which items they name."""

from __future__ import annotations

from typing import NamedTuple

import msgspec
from msgspec import Raw

from vaultraider.domain.snapshot import ProfileSnapshot, decode_or_salvage


class LoadoutItem(msgspec.Struct, rename="camel", gc=False):
    """DestinyLoadoutItemComponent. An empty place has the id "0"."""

    item_instance_id: str = ""


class Loadout(msgspec.Struct, rename="camel"):
    """DestinyLoadoutComponent. ``name_hash``: in DestinyLoadoutNameDefinition, where a player chooses one."""

    name_hash: int = 0
    items: list[Raw] = []


class Loadouts(msgspec.Struct):
    """DestinyLoadoutsComponent."""

    loadouts: list[Raw] = []


class _Component(msgspec.Struct):
    data: dict[str, Raw] = {}


_COMPONENT = msgspec.json.Decoder(_Component)
_LOADOUTS = msgspec.json.Decoder(Loadouts)
_LOADOUT = msgspec.json.Decoder(Loadout)
_ITEM = msgspec.json.Decoder(LoadoutItem)


class SavedLoadout(NamedTuple):
    """One that has something in it. ``items``: instance ids."""

    character: str
    name_hash: int
    items: frozenset[str]


def saved_loadouts(snapshot: ProfileSnapshot) -> list[SavedLoadout]:
    """By character, in the game's order. What cannot be read is left out; never raises."""
    found: list[SavedLoadout] = []
    part = snapshot.body.character_loadouts
    raw = Raw(msgspec.json.encode(part)) if part else Raw(b"{}")
    for character, saved in decode_or_salvage(raw, _COMPONENT, _Component).data.items():
        for each in decode_or_salvage(saved, _LOADOUTS, Loadouts).loadouts:
            loadout = decode_or_salvage(each, _LOADOUT, Loadout)
            ids = {decode_or_salvage(entry, _ITEM, LoadoutItem).item_instance_id for entry in loadout.items}
            if ids := ids - {"", "0"}:
                found.append(SavedLoadout(character, loadout.name_hash, frozenset(ids)))
    return found


def items_in_loadouts(snapshot: ProfileSnapshot) -> dict[str, frozenset[str]]:
    """By instance id the characters in whose loadouts it is. What cannot be read is left out; never raises."""
    found: dict[str, set[str]] = {}
    for loadout in saved_loadouts(snapshot):
        for id in loadout.items:
            found.setdefault(id, set()).add(loadout.character)
    return {id: frozenset(characters) for id, characters in found.items()}
