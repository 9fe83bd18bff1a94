"""From an accepted state to the moment that is kept of it.

Nothing is lost on thin evidence: where Bungie left lists out, emptied one against all likelihood, or sent a record that cannot be
read, what was known before stays. The next whole answer says what is true.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from msgspec import Raw

from vaultraider.domain.continuity import PLAUSIBLE_LOSS
from vaultraider.domain.entries import INSTANCE, decode_item
from vaultraider.domain.history.fields import (
    INSTANCE_FIELDS,
    is_hash,
    kept_character,
    kept_instance,
    kept_item,
    kept_sockets,
    number,
    readable_id,
)
from vaultraider.domain.history.loadouts import loadouts_of
from vaultraider.domain.history.moment import KeptCharacter, KeptItem, Moment
from vaultraider.domain.items import InstanceData, ItemData
from vaultraider.domain.snapshot import ITEM_LISTS, CharacterData, ProfileSnapshot, decode_or_salvage
from vaultraider.domain.sockets import SOCKETS, SocketsData

T = TypeVar("T")

STACK_ID = "0"
"""Some of Bungie's answers name a stack so."""

_CHARACTER = msgspec.json.Decoder(CharacterData)
_NO_RAW: dict[str, Raw] = {}

Shelf = tuple[str, bool]
"""A list of items: its holder, and whether it is what they have on."""


def moment_of(snapshot: ProfileSnapshot, latest: Moment | None) -> Moment:
    """What is kept of a state. ``latest``: the moment before it, which fills what did not come. Never raises.

    Without a ``latest`` what did not come is empty: ask ``can_begin`` first. Where the lists of items are not believed, ``items``
    is the very object of ``latest``: so nobody looked at them.
    """
    before = latest if latest is not None else Moment()
    found = _Reading(snapshot, before)
    characters = _characters(snapshot, before)
    believed = lists_came(snapshot) and not found.emptied(characters)
    if not believed and latest is not None:
        # A loadout names items: it stays with them.
        loadouts = {id: kept for id, kept in latest.loadouts.items() if id in characters}
        currencies = _currencies(snapshot, before)
        return msgspec.structs.replace(latest, characters=characters, currencies=currencies, loadouts=loadouts)
    if found.unreadable:
        found.keep_what_vanished()
    return Moment(
        characters=characters,
        items=found.items,
        stacks=found.sorted_stacks(),
        currencies=_currencies(snapshot, before),
        loadouts=loadouts_of(snapshot, characters, before.loadouts),
    )


def can_begin(snapshot: ProfileSnapshot) -> bool:
    """Whether a memory may begin with this state: what it lacked would look like a find later. Everybody has something on, and
    who plays has something in the vault or in their pockets."""
    if "characters" in snapshot.incomplete or not lists_came(snapshot):
        return False
    worn, account = snapshot.body.character_equipment, snapshot.body.profile_inventory
    guardians = list(worn.data.values()) if worn is not None and worn.data is not None else []
    stocked = account is not None and account.data is not None and bool(account.data.items)
    return all(each.items for each in guardians) and (stocked or not guardians)


def lists_came(snapshot: ProfileSnapshot) -> bool:
    """Whether every list of items came, for each guardian that is named anywhere."""
    if snapshot.incomplete & ITEM_LISTS:
        return False
    body = snapshot.body
    if body.profile_inventory is None or body.profile_inventory.data is None:
        return False
    known = set(body.characters.data or ()) if body.characters is not None else set()
    if body.profile is not None and body.profile.data is not None:
        known.update(body.profile.data.character_ids)
    parts = (body.character_inventories, body.character_equipment)
    return all(known <= set(part.data or ()) if part is not None else not known for part in parts)


class _Reading:
    """The items of a snapshot, as they are kept. ``unreadable``: a record that names an item nobody can tell."""

    def __init__(self, snapshot: ProfileSnapshot, before: Moment) -> None:
        parts = snapshot.body.item_components
        self._instances = (parts.instances.data if parts.instances is not None else None) or _NO_RAW
        self._sockets = (parts.sockets.data if parts.sockets is not None else None) or _NO_RAW
        self._before = before
        self.items: dict[str, KeptItem] = {}
        self.stacks: dict[int, list[KeptItem]] = {}
        self.empty: set[Shelf] = set()
        self.unreadable = False
        for holder, equipped, records in snapshot.holdings():
            if not records:
                self.empty.add((holder, equipped))
            if holder and not readable_id(holder):
                self.unreadable = True
                continue
            for raw in records:
                self._read(raw, holder, equipped)

    def _read(self, raw: Raw, holder: str, equipped: bool) -> None:
        data = decode_item(raw)
        id = data.item_instance_id
        if id in ("", STACK_ID):
            if not is_hash(data.item_hash) or (not id and b'"itemInstanceId"' in bytes(raw)):
                self.unreadable = True
            else:
                self.stacks.setdefault(data.item_hash, []).append(kept_item(data, holder, equipped))
        elif not readable_id(id):
            self.unreadable = True
        elif id not in self.items:  # Bungie's servers disagree at times; the first one holds, as everywhere.
            self._keep(id, data, holder, equipped)

    def _keep(self, id: str, data: ItemData, holder: str, equipped: bool) -> None:
        known = self._before.items.get(id)
        if known is not None and (not is_hash(data.item_hash) or (known.bucket and not data.bucket_hash)):
            self.items[id] = known  # What it is or where it lies cannot be read.
            return
        same = known if known is not None and known.hash == data.item_hash else None
        kept = kept_item(data, holder, equipped, self._details(id, same))
        self.items[id] = known if known is not None and known == kept else kept

    def _details(self, id: str, known: KeptItem | None) -> dict[str, Any]:
        """What the item's components say; where one is silent or cannot be read, what was known."""
        return self._instance(id, known) | self._plugs(id, known)

    def _instance(self, id: str, known: KeptItem | None) -> dict[str, Any]:
        raw = self._instances.get(id)
        if raw is None:
            return {name: getattr(known, name) for name in INSTANCE_FIELDS} if known is not None else {}
        data, whole = _read(raw, INSTANCE, InstanceData)
        found = kept_instance(data)
        if known is not None and not whole:
            return {name: value or getattr(known, name) for name, value in found.items()}
        return found

    def _plugs(self, id: str, known: KeptItem | None) -> dict[str, Any]:
        raw = self._sockets.get(id)
        if raw is None:
            return {"sockets": known.sockets} if known is not None else {}
        data, whole = _read(raw, SOCKETS, SocketsData)
        return {"sockets": kept_sockets(data) if whole or known is None else known.sockets}

    def emptied(self, characters: dict[str, KeptCharacter]) -> bool:
        """Whether a list is empty that cannot be: it was long, and what was in it is nowhere else now. Everybody has something
        on. Bungie sends such answers for minutes at a time, so that even the third in a row is no evidence."""
        for shelf in self.empty:
            holder, equipped = shelf
            if holder and holder not in characters:
                continue
            gone = sum(id not in self.items for id, item in self._before.items.items() if _shelf(item) == shelf)
            gone += sum(
                hash not in self.stacks
                for hash, pile in self._before.stacks.items()
                if any(_shelf(stack) == shelf for stack in pile)
            )
            if gone > (0 if equipped else PLAUSIBLE_LOSS):
                return True
        return False

    def keep_what_vanished(self) -> None:
        """Behind a record that cannot be read there may be any of the items that are missing, and part of any stack."""
        self.items = self._before.items | self.items
        self.stacks |= {hash: list(pile) for hash, pile in self._before.stacks.items()}

    def sorted_stacks(self) -> dict[int, tuple[KeptItem, ...]]:
        return {hash: tuple(sorted(pile, key=_stack_order)) for hash, pile in self.stacks.items()}


def _read(raw: Raw, decoder: msgspec.json.Decoder[T], kind: type[T]) -> tuple[T, bool]:
    """What can be read of it, and whether that is all."""
    try:
        return decoder.decode(raw), True
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return decode_or_salvage(raw, decoder, kind), False


def _currencies(snapshot: ProfileSnapshot, before: Moment) -> dict[int, int]:
    """An empty list where there were currencies is a hole: Bungie shows what is spent as zero."""
    part = snapshot.body.profile_currencies
    found: dict[int, int] = {}
    if part is None or part.data is None or "profileCurrencies" in snapshot.incomplete:
        return before.currencies
    for raw in part.data.items:
        data = decode_item(raw)
        if not is_hash(data.item_hash):
            return before.currencies
        found[data.item_hash] = number(found.get(data.item_hash, 0) + number(data.quantity))
    return found or before.currencies


def _characters(snapshot: ProfileSnapshot, before: Moment) -> dict[str, KeptCharacter]:
    """Those that came. One that the account names and that did not come stays as it was known."""
    part = snapshot.body.characters
    if part is None or part.data is None or "characters" in snapshot.incomplete:
        return before.characters
    profile = snapshot.body.profile
    named = profile.data.character_ids if profile is not None and profile.data is not None else []
    found = {id: before.characters[id] for id in named if id in before.characters}
    for id, raw in part.data.items():
        if readable_id(id):
            kept = kept_character(decode_or_salvage(raw, _CHARACTER, CharacterData))
            found[id] = before.characters[id] if kept == _NOBODY and id in before.characters else kept
    return found


_NOBODY = KeptCharacter()
"""What is left of a record that cannot be read."""


def _shelf(item: KeptItem) -> Shelf:
    return item.holder, item.equipped


def _stack_order(stack: KeptItem) -> tuple[object, ...]:
    """Fullest first within a place. A stack has no instance, so that the fields of one say nothing."""
    return (
        stack.holder,
        stack.equipped,
        stack.bucket,
        stack.location,
        -stack.quantity,
        stack.state,
        stack.transfer_status,
        stack.lockable,
        stack.version,
        stack.style,
        stack.expires,
    )
