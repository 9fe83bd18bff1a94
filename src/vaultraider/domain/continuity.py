"""What Bungie did not give this time stays as it was last known, and is named.

Components come absent, switched off, or empty where they cannot be (Bungie-net/api #290: one answer in ten to twenty, during one
incident). Nothing of an account vanishes on that evidence. What did come is always taken as it is.
"""

from __future__ import annotations

from collections.abc import Sized
from typing import TypeVar

import msgspec
from msgspec import Raw

from vaultraider.domain.items import ItemData
from vaultraider.domain.profile_parts import Incomplete, Missing
from vaultraider.domain.snapshot import (
    Component,
    ItemComponents,
    ItemList,
    ProfileBody,
    ProfileSnapshot,
    after,
    decode_or_salvage,
)

T = TypeVar("T")

PLAUSIBLE_LOSS = 10
"""A list that had more than this many items does not become empty between two reads."""

NAMES = {
    "characters": "characters",
    "profile_inventory": "profileInventory",
    "profile_currencies": "profileCurrencies",
    "character_inventories": "characterInventories",
    "character_equipment": "characterEquipment",
    "instances": "itemComponents.instances",
    "sockets": "itemComponents.sockets",
}
"""The parts whose absence is told, by Bungie's names."""

ITEM_PARTS = ("instances", "objectives", "stats", "sockets", "plug_objectives", "reusable_plugs", "perks")
_ITEM = msgspec.json.Decoder(ItemData)

ItemLists = dict[str, ItemList]


class Kept(msgspec.Struct, frozen=True):
    """A snapshot without holes, and which parts of it are old or missing."""

    snapshot: ProfileSnapshot
    incomplete: tuple[Incomplete, ...]

    @property
    def came_empty(self) -> bool:
        return any(part.reason == "empty" for part in self.incomplete)


def keep_last_known(new: ProfileSnapshot, held: ProfileSnapshot | None, *, believe_empty: bool = False) -> Kept:
    """``new`` with its holes filled from ``held``. ``believe_empty``: it came empty so often that it will be true."""
    mender = _Mender(new.body, held.body if held is not None else ProfileBody(), believe_empty)
    body = mender.mend()
    told = tuple(Incomplete(NAMES[name], reason) for name, reason in mender.reasons.items())
    missing = frozenset(part.component for part in told)
    return Kept(after(msgspec.structs.replace(new, body=body, incomplete=missing), held), told)


class _Mender:
    """Fills one body's holes. ``reasons`` names what was not given, in Bungie's order of importance."""

    def __init__(self, came: ProfileBody, old: ProfileBody, believe_empty: bool) -> None:
        self.came, self.old = came, old
        self.believe_empty = believe_empty
        self.reasons: dict[str, Missing] = {}
        self.kept_ids_matter = False

    def mend(self) -> ProfileBody:
        came, old = self.came, self.old
        body = msgspec.structs.replace(came)
        body.profile = came.profile if came.profile is not None and came.profile.data is not None else old.profile
        body.character_loadouts = came.character_loadouts if "data" in (came.character_loadouts or ()) else old.character_loadouts
        body.profile_inventory = self._inventory()
        body.profile_currencies = self._part("profile_currencies", came.profile_currencies, old.profile_currencies)
        if not self._is_newcomer():
            body.characters = self._characters()
            names = list(body.characters.data or ()) if body.characters is not None else []
            body.character_inventories = self._lists(
                "character_inventories", came.character_inventories, old.character_inventories, names, PLAUSIBLE_LOSS
            )
            # Everybody has something on.
            body.character_equipment = self._lists(
                "character_equipment", came.character_equipment, old.character_equipment, names, 0
            )
        if self.kept_ids_matter:
            _drop_moved(body, came)
        body.item_components = self._item_components(bool(_any_items(body)))
        return body

    def _is_newcomer(self) -> bool:
        """No characters at all: Bungie leaves their parts out because there is nothing to say."""
        profile, characters = self.came.profile, self.came.characters
        known = profile.data if profile is not None else None
        return known is not None and not known.character_ids and not (characters and characters.data)

    def _part(self, name: str, came: Component[T] | None, old: Component[T] | None) -> Component[T] | None:
        """The part, or the old one where it did not come."""
        state = came.state if came is not None else "absent"
        if state == "present":
            return came
        self.reasons[name] = state
        return old if old is not None and old.data is not None else came

    def _vanished(self, came: Sized | None, old: Sized | None, plausible: int) -> bool:
        return not self.believe_empty and not came and old is not None and len(old) > plausible

    def _inventory(self) -> Component[ItemList] | None:
        came, old = self.came.profile_inventory, self.old.profile_inventory
        part = self._part("profile_inventory", came, old)
        if part is not came:
            self.kept_ids_matter = True
            return part
        if self._vanished(_listed(came), _listed(old), PLAUSIBLE_LOSS):
            self.reasons["profile_inventory"], self.kept_ids_matter = "empty", True
            return old
        return part

    def _characters(self) -> Component[dict[str, Raw]] | None:
        came, old = self.came.characters, self.old.characters
        part = self._part("characters", came, old)
        if part is came and came is not None and old and self._vanished(came.data, old.data, 0):
            self.reasons["characters"] = "empty"
            return old
        return part

    def _lists(
        self,
        name: str,
        came: Component[ItemLists] | None,
        old: Component[ItemLists] | None,
        characters: list[str],
        plausible: int,
    ) -> Component[ItemLists] | None:
        """Lists by character. A character's own list can be missing while the others came."""
        part = self._part(name, came, old)
        before = old.data if old is not None and old.data is not None else {}
        if part is not came or came is None or came.data is None:
            self.kept_ids_matter = True
            return part
        lists = dict(came.data)
        for id in characters:
            new, last = lists.get(id), before.get(id)
            if last is not None and self._vanished(new.items if new else None, last.items, plausible):
                self.reasons[name], self.kept_ids_matter = "empty", True
                lists[id] = last
        return msgspec.structs.replace(came, data=lists)

    def _item_components(self, wanted: bool) -> ItemComponents:
        """Where item lists were kept, what is known of their items is kept with them."""
        came, old = self.came.item_components, self.old.item_components
        found: dict[str, Component[dict[str, Raw]] | None] = {}
        for name in ITEM_PARTS:
            new: Component[dict[str, Raw]] | None = getattr(came, name)
            last: Component[dict[str, Raw]] | None = getattr(old, name)
            lacking = new is None or not new.data
            if lacking and name in NAMES and wanted:
                self._part(name, new, last)
                if name not in self.reasons and last is not None and last.data:
                    self.reasons[name] = "empty"
            found[name] = _joined(new, last) if lacking or self.kept_ids_matter else new
        return ItemComponents(**found)


def _listed(part: Component[ItemList] | None) -> list[Raw] | None:
    return part.data.items if part is not None and part.data is not None else None


def _joined(new: Component[dict[str, Raw]] | None, last: Component[dict[str, Raw]] | None) -> Component[dict[str, Raw]] | None:
    """Old and new together; the new one where both have something."""
    if last is None or not last.data:
        return new
    return Component(data=last.data | (new.data if new is not None and new.data else {}), privacy=last.privacy)


def _any_items(body: ProfileBody) -> bool:
    account = body.profile_inventory
    if account is not None and account.data is not None and account.data.items:
        return True
    parts = (body.character_equipment, body.character_inventories)
    return any(listed.items for part in parts if part is not None and part.data for listed in part.data.values())


def _drop_moved(body: ProfileBody, came: ProfileBody) -> None:
    """Takes from the kept lists what the new ones have elsewhere: an item is in one place."""
    fresh = _instance_ids(came)
    if (
        came.profile_inventory is not body.profile_inventory
        and body.profile_inventory is not None
        and body.profile_inventory.data
    ):
        kept = _without(body.profile_inventory.data, fresh)
        body.profile_inventory = msgspec.structs.replace(body.profile_inventory, data=kept)
    for name in ("character_inventories", "character_equipment"):
        part: Component[ItemLists] | None = getattr(body, name)
        own: Component[ItemLists] | None = getattr(came, name)
        if part is None or part.data is None:
            continue
        given = own.data if own is not None and own.data is not None else {}
        lists = {id: listed if listed is given.get(id) else _without(listed, fresh) for id, listed in part.data.items()}
        setattr(body, name, msgspec.structs.replace(part, data=lists))


def _instance_ids(body: ProfileBody) -> frozenset[str]:
    lists = [body.profile_inventory.data] if body.profile_inventory is not None and body.profile_inventory.data else []
    for part in (body.character_equipment, body.character_inventories):
        lists += part.data.values() if part is not None and part.data is not None else ()
    return frozenset(_id(raw) for listed in lists for raw in listed.items) - {""}


def _without(listed: ItemList, ids: frozenset[str]) -> ItemList:
    return ItemList([raw for raw in listed.items if _id(raw) not in ids])


def _id(raw: Raw) -> str:
    return decode_or_salvage(raw, _ITEM, ItemData).item_instance_id
