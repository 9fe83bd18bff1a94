"""The loadouts that a player saved in the game (component 206): which items they name."""

from __future__ import annotations

import msgspec
from msgspec import Raw

from vaultraider.domain.snapshot import ProfileSnapshot, decode_or_salvage


class LoadoutItem(msgspec.Struct, rename="camel", gc=False):
    """DestinyLoadoutItemComponent. An empty place has the id "0"."""

    item_instance_id: str = ""


class Loadout(msgspec.Struct):
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


def items_in_loadouts(snapshot: ProfileSnapshot) -> dict[str, frozenset[str]]:
    """By instance id the characters in whose loadouts it is. What cannot be read is left out; never raises."""
    found: dict[str, set[str]] = {}
    part = snapshot.body.character_loadouts
    raw = Raw(msgspec.json.encode(part)) if part else Raw(b"{}")
    for character, saved in decode_or_salvage(raw, _COMPONENT, _Component).data.items():
        for loadout in decode_or_salvage(saved, _LOADOUTS, Loadouts).loadouts:
            for entry in decode_or_salvage(loadout, _LOADOUT, Loadout).items:
                id = decode_or_salvage(entry, _ITEM, LoadoutItem).item_instance_id
                if id not in ("", "0"):
                    found.setdefault(id, set()).add(character)
    return {id: frozenset(characters) for id, characters in found.items()}
