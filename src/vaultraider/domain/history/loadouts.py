"""The game's own loadouts as they are kept.

Bungie's answers name no privacy for them and leave them out at times: what did not come stays as it was known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec import Raw

from vaultraider.domain.history.fields import plug_hash
from vaultraider.domain.history.moment import KeptLoadout
from vaultraider.domain.snapshot import ProfileSnapshot, decode_or_salvage

Kept = Mapping[str, tuple[KeptLoadout, ...]]

MOST = 100
"""Places of one character, items of one loadout, plugs of one item: there are 12, 16 and some 15 at most."""
EMPTY_PLACE = frozenset({"", "0"})


class _Item(msgspec.Struct, rename="camel", gc=False):
    item_instance_id: str = ""
    plug_item_hashes: list[int] = []


class _Loadout(msgspec.Struct, rename="camel"):
    name_hash: int = 0
    color_hash: int = 0
    icon_hash: int = 0
    items: list[Raw] = []


class _Loadouts(msgspec.Struct):
    loadouts: list[Raw] = []


class _Component(msgspec.Struct):
    data: dict[str, Raw] | None = None


_ITEM = msgspec.json.Decoder(_Item)
_LOADOUT = msgspec.json.Decoder(_Loadout)
_LOADOUTS = msgspec.json.Decoder(_Loadouts)
_COMPONENT = msgspec.json.Decoder(_Component)


def loadouts_of(snapshot: ProfileSnapshot, characters: Iterable[str], before: Kept) -> dict[str, tuple[KeptLoadout, ...]]:
    """By character, for those that there are. One whose loadouts were never told is missing: that is not the same as none."""
    part = snapshot.body.character_loadouts
    raw = Raw(msgspec.json.encode(part)) if part else Raw(b"{}")
    came = decode_or_salvage(raw, _COMPONENT, _Component).data or {}
    found: dict[str, tuple[KeptLoadout, ...]] = {}
    for id in characters:
        kept = before.get(id, ())
        if id in came:
            new = _of_one(came[id])
            found[id] = new if new or not kept else kept
        elif id in before:
            found[id] = kept
    return found


def _of_one(raw: Raw) -> tuple[KeptLoadout, ...]:
    return tuple(_loadout(each) for each in decode_or_salvage(raw, _LOADOUTS, _Loadouts).loadouts[:MOST])


def _loadout(raw: Raw) -> KeptLoadout:
    data = decode_or_salvage(raw, _LOADOUT, _Loadout)
    items = [decode_or_salvage(each, _ITEM, _Item) for each in data.items[:MOST]]
    return KeptLoadout(
        name=plug_hash(data.name_hash),
        colour=plug_hash(data.color_hash),
        icon=plug_hash(data.icon_hash),
        items=tuple(
            (each.item_instance_id, tuple(plug_hash(plug) for plug in each.plug_item_hashes[:MOST]))
            for each in items
            if each.item_instance_id not in EMPTY_PLACE and _is_id(each.item_instance_id)
        ),
    )


def as_component(loadouts: Kept) -> dict[str, Any]:
    """As Bungie writes the component."""
    return {"data": {id: {"loadouts": [_written(each) for each in places]} for id, places in loadouts.items()}, "privacy": 2}


def _written(loadout: KeptLoadout) -> dict[str, Any]:
    return {
        "nameHash": loadout.name,
        "colorHash": loadout.colour,
        "iconHash": loadout.icon,
        "items": [{"itemInstanceId": id, "plugItemHashes": list(plugs)} for id, plugs in loadout.items],
    }


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 20
