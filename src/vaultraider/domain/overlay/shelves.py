"""The item lists of a snapshot, to be looked through and changed. Lists that are not touched stay the objects that came."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec import Raw

from vaultraider.domain import hashes
from vaultraider.domain.buckets import place_of
from vaultraider.domain.items import LOCKED, TRACKED, ItemData
from vaultraider.domain.overlay.deeds import NO_INSTANCE, Stand
from vaultraider.domain.profile_parts import Place
from vaultraider.domain.snapshot import Component, ItemList, ProfileBody, ProfileSnapshot, decode_or_salvage

ITEM = msgspec.json.Decoder(ItemData)


class Whereabouts(NamedTuple):
    """Where Bungie has an item."""

    store: str
    place: Place
    locked: bool
    tracked: bool


class Shelf(NamedTuple):
    """A list of items: whose, and whether it is what they have on. The account's has no holder."""

    holder: str
    equipped: bool = False

    @property
    def component(self) -> str:
        """Bungie's name of the part that it is in."""
        if not self.holder:
            return "profileInventory"
        return "characterEquipment" if self.equipped else "characterInventories"


ACCOUNT = Shelf("")


class Spot(NamedTuple):
    """One item where it lies."""

    shelf: Shelf
    at: int
    data: ItemData

    @property
    def store(self) -> str:
        return self._place[0]

    @property
    def place(self) -> Place:
        return self._place[1]

    @property
    def _place(self) -> tuple[str, Place]:
        return place_of(self.data.bucket_hash, self.data.location, self.shelf.holder, self.shelf.equipped)

    @property
    def whereabouts(self) -> Whereabouts:
        state = self.data.state
        return Whereabouts(*self._place, bool(state & LOCKED), bool(state & TRACKED))

    def is_at(self, stand: Stand) -> bool:
        """Whether it is where it should be. What was brought to a character and then put on is where it was brought."""
        store, place = self._place
        if store != stand.store or (place == "postmaster") is not stand.postmaster:
            return False
        return not stand.worn or place == "equipped"


class Shelves:
    """Reads a snapshot once. Changes are made on copies; ``snapshot`` gives the outcome."""

    def __init__(self, snapshot: ProfileSnapshot) -> None:
        self._snapshot = snapshot
        self._lists: dict[Shelf, list[Raw]] = {Shelf(one.holder, one.equipped): one.items for one in snapshot.holdings()}
        self._changed: dict[Shelf, list[Raw | None]] = {}

    def find(self, instances: Collection[str], hashes: Collection[int] = ()) -> tuple[dict[str, list[Spot]], list[Spot]]:
        """By id where each of these instances lies, first the place that is shown, should Bungie's servers disagree and have it
        twice; and all stacks of the items with these hashes. One pass over everything."""
        by_id: dict[str, list[Spot]] = {}
        stacks: list[Spot] = []
        for shelf, listed in self._lists.items():
            for at, raw in enumerate(listed):
                data = _decoded(raw)
                if data.item_instance_id in instances:
                    by_id.setdefault(data.item_instance_id, []).append(Spot(shelf, at, data))
                elif data.item_hash in hashes and data.item_instance_id in NO_INSTANCE:
                    stacks.append(Spot(shelf, at, data))
        return by_id, stacks

    def worn(self, character: str) -> list[Spot]:
        """What a character has on, as changed so far."""
        shelf = Shelf(character, True)
        listed = self._changed.get(shelf)
        now: Sequence[Raw | None] = self._lists.get(shelf, ()) if listed is None else listed
        return [Spot(shelf, at, _decoded(raw)) for at, raw in enumerate(now) if raw is not None]

    def knows(self, character: str) -> bool:
        """Whether the account has that guardian."""
        known = self._snapshot.body.characters
        return Shelf(character) in self._lists or (known is not None and character in (known.data or ()))

    def raw(self, spot: Spot) -> Raw:
        raw = self._copy(spot.shelf)[spot.at]
        return raw if raw is not None else Raw(b"{}")

    def put(self, shelf: Shelf, raw: Raw) -> Spot:
        """Lays an item behind what is there."""
        listed = self._copy(shelf)
        listed.append(raw)
        return Spot(shelf, len(listed) - 1, _decoded(raw))

    def take(self, spot: Spot) -> None:
        self._copy(spot.shelf)[spot.at] = None

    def replace(self, spot: Spot, raw: Raw) -> Spot:
        """Another record in the same place."""
        self._copy(spot.shelf)[spot.at] = raw
        return Spot(spot.shelf, spot.at, _decoded(raw))

    def snapshot(self) -> ProfileSnapshot:
        """The same object where nothing was changed."""
        if not self._changed:
            return self._snapshot
        lists = {shelf: ItemList([raw for raw in listed if raw is not None]) for shelf, listed in self._changed.items()}
        body = msgspec.structs.replace(self._snapshot.body)
        account = lists.pop(ACCOUNT, None)
        if account is not None:
            body.profile_inventory = _with(body.profile_inventory, account)
        _join(body, lists)
        return msgspec.structs.replace(self._snapshot, body=body)

    def _copy(self, shelf: Shelf) -> list[Raw | None]:
        found = self._changed.get(shelf)
        if found is None:
            found = self._changed[shelf] = list(self._lists.get(shelf, ()))
        return found


def _join(body: ProfileBody, lists: dict[Shelf, ItemList]) -> None:
    for name, equipped in (("character_inventories", False), ("character_equipment", True)):
        mine = {shelf.holder: listed for shelf, listed in lists.items() if shelf.equipped is equipped}
        if mine:
            part: Component[dict[str, ItemList]] | None = getattr(body, name)
            setattr(body, name, _with(part, {**(part.data or {} if part is not None else {}), **mine}))


def _with(part: Component[Any] | None, data: Any) -> Component[Any]:
    return msgspec.structs.replace(part, data=data) if part is not None else Component(data=data, privacy=2)


def _decoded(raw: Raw) -> ItemData:
    return decode_or_salvage(raw, ITEM, ItemData)


def rewritten(raw: Raw, **changes: object) -> Raw:
    """The same record with other values, by Bungie's names; what we do not know of it stays."""
    try:
        fields = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return raw
    return Raw(msgspec.json.encode({**fields, **changes})) if isinstance(fields, dict) else raw


def place_in(snapshot: ProfileSnapshot, instance: str) -> Whereabouts | None:
    """Where Bungie has an item; None where it has it nowhere."""
    found, _ = Shelves(snapshot).find(frozenset({instance}) - NO_INSTANCE)
    return found[instance][0].whereabouts if found else None


def amount_in(snapshot: ProfileSnapshot, hash: int, store: str, *, postmaster: bool = False) -> int:
    """How many of a stackable item Bungie has in a store, all stacks together; in its postmaster, when that is asked for."""
    return amount(Shelves(snapshot).find((), {hash})[1], hash, store, postmaster=postmaster)


def amount(stacks: Collection[Spot], hash: int, store: str, *, postmaster: bool = False) -> int:
    return sum(spot.data.quantity for spot in lying(stacks, hash, store, postmaster=postmaster))


def lying(stacks: Collection[Spot], hash: int, store: str, *, postmaster: bool = False) -> list[Spot]:
    """Those of one item in one store."""
    return [
        spot
        for spot in stacks
        if spot.data.item_hash == hash and spot.store == store and (spot.place == "postmaster") is postmaster
    ]


def home(slot: int, store: str) -> tuple[Shelf, int, int]:
    """Where an item of a slot lies in a store: the list, the bucket, and what Bungie calls the location. Account-wide pockets
    say "vault" there, as in a profile of 2021."""
    if store == "vault":
        return ACCOUNT, hashes.VAULT, 2
    if store == "account":
        return ACCOUNT, slot, 2
    return Shelf(store), slot, 1
