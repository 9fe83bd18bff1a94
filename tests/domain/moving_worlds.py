"""Small accounts in which somebody moves things: an independent model of what the game does, and what it says then.

A ``Life`` is a row of moments: moment 0 is the beginning, moment n is after n moves, a minute apart. Each can be told as
GetProfile tells it.
"""

from __future__ import annotations

import copy
import dataclasses
import random
from collections import Counter
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from tests.domain import accounts as a
from tests.domain.accounts import HUNTER, TITAN
from tests.domain.memory_definitions import MemoryDefinitions

from vaultraider.domain import hashes
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.definitions import ItemDefinition
from vaultraider.domain.profile import assemble_profile
from vaultraider.domain.snapshot import ProfileSnapshot, read_snapshot
from vaultraider.domain.transfers.plans import Piece, Step

MINUTE = timedelta(minutes=1)
BEGIN = a.READ
PEBBLE = 120
"""Ten on a stack, so that stacks fill up."""
SLOTS = {a.RIFLE: hashes.KINETIC, a.HELM: hashes.HELMET, a.SHIP: hashes.SHIP}
POCKETS = {a.CORE: hashes.CONSUMABLES, PEBBLE: hashes.CONSUMABLES}
SIZES = {a.CORE: 999, PEBBLE: 10}
CHARACTERS = (TITAN, HUNTER)


def definitions() -> MemoryDefinitions:
    found = a.definitions()
    found.rows["InventoryItem"][PEBBLE] = ItemDefinition(PEBBLE, "Pebble", bucket=hashes.CONSUMABLES, max_stack=10, item_type=10)
    return found


class Effect(NamedTuple):
    step_id: int
    step: Step
    at: datetime


@dataclasses.dataclass
class Thing:
    """An instance, or a stack where ``id`` is empty. ``store`` as ours; ``place`` too."""

    hash: int
    store: str
    place: str
    id: str = ""
    quantity: int = 1
    state: int = 0


@dataclasses.dataclass
class Realm:
    """What is so at one moment."""

    things: list[Thing]

    def instance(self, id: str) -> Thing:
        return next(one for one in self.things if one.id == id)

    def total(self, hash: int, store: str, place: str) -> int:
        return sum(one.quantity for one in self.things if (one.hash, one.store, one.place, one.id) == (hash, store, place, ""))

    def body(self, minted: datetime | None) -> dict[str, Any]:
        body = a.account(minted.isoformat() if minted else None)
        lists: dict[tuple[str, bool], list[dict[str, Any]]] = {(who, worn): [] for who in CHARACTERS for worn in (True, False)}
        lists["", False] = []
        for one in self.things:
            holder = one.store if one.store in CHARACTERS else ""
            lists[holder, one.place == "equipped"].append(told(one))
        body["profileInventory"]["data"]["items"] = lists["", False]
        for who in CHARACTERS:
            body["characterInventories"]["data"][who]["items"] = lists[who, False]
            body["characterEquipment"]["data"][who]["items"] = lists[who, True]
        return body

    def snapshot(self, minted: datetime | None, read: datetime | None = None) -> ProfileSnapshot:
        return read_snapshot(a.encode(self.body(minted)), read or minted or BEGIN)


def told(one: Thing) -> dict[str, Any]:
    slot = SLOTS.get(one.hash) or POCKETS[one.hash]
    bucket = {"vault": hashes.VAULT, "postmaster": hashes.POSTMASTER}.get(one.place, slot)
    location = 4 if one.place == "postmaster" else 2 if one.place == "vault" or one.store == "account" else 1
    item = a.thing(
        one.hash,
        None,
        bucket,
        quantity=one.quantity,
        location=location,
        state=one.state,
        transferStatus=1 if one.place == "equipped" else 0,
    )
    return item | ({"itemInstanceId": one.id} if one.id else {})


def realm() -> Realm:
    """Both wear a rifle and a helmet, carry some, and there is more of all in the vault, and stacks everywhere."""
    numbers = iter(range(1, 100))
    things = [
        Thing(hash, who, place, a.instance_id(next(numbers)))
        for who in CHARACTERS
        for hash in (a.RIFLE, a.HELM)
        for place in ("equipped", "inventory", "inventory")
    ]
    things += [Thing(hash, "vault", "vault", a.instance_id(next(numbers)), state=n) for n, hash in enumerate(SLOTS)]
    things.append(Thing(a.RIFLE, TITAN, "postmaster", a.instance_id(next(numbers))))
    for hash, held in ((a.CORE, (999, 700)), (PEBBLE, (10, 10, 3))):
        things += [Thing(hash, "vault", "vault", quantity=n) for n in held]
        things += [Thing(hash, "account", "inventory", quantity=n) for n in held]
        things.append(Thing(hash, HUNTER, "postmaster", quantity=7))
    return Realm(things)


class Life:
    """Moves at random, each legal in its moment. ``effects[n]`` leads from ``moments[n]`` to ``moments[n + 1]``."""

    def __init__(self, seed: int, moves: int, *, amounts: bool = True) -> None:
        self._chance = random.Random(seed)
        self.moments = [realm()]
        self.effects: list[Effect] = []
        self._few = self._chance.sample([one.id for one in self.now.things if one.id], 4)
        """They are moved again and again: it is there that chains and their chances arise."""
        for n in range(moves):
            before, self._now = self.now, copy.deepcopy(self.now)
            step = self._move()
            if not amounts:
                step = Step(**{name: getattr(step, name) for name in step.__struct_fields__} | {"amounts": None})
            self.moments.append(self._now)
            self.effects.append(Effect(n + 1, step, BEGIN + (n + 1) * MINUTE))
            assert before is self.moments[n]

    @property
    def now(self) -> Realm:
        return self.moments[-1]

    def minted(self, n: int) -> datetime:
        """When an answer was made that shows the first ``n`` moves."""
        return BEGIN + n * MINUTE + timedelta(seconds=30)

    def snapshot(self, n: int) -> ProfileSnapshot:
        return self.moments[n].snapshot(self.minted(n))

    def _move(self) -> Step:
        while True:
            move = self._chance.choice([self._carry, self._carry, self._wear, self._wear, self._flag, self._stack, self._pull])
            step = move()
            if step is not None:
                return step

    def _one(self) -> Thing:
        return self._now.instance(self._chance.choice(self._few))

    def _carry(self) -> Step | None:
        one = self._one()
        if one.place in ("equipped", "postmaster"):
            return None
        target = self._chance.choice(CHARACTERS) if one.place == "vault" else "vault"
        step = _step("transfer", one, target)
        one.store, one.place = target, "vault" if target == "vault" else "inventory"
        self._last(one)
        return step

    def _wear(self) -> Step | None:
        one = self._one()
        if one.place != "inventory" or one.hash == a.SHIP:
            return None
        worn = next((each for each in self._now.things if _slot_of(each) == _slot_of(one) and each.place == "equipped"), None)
        one.place = "equipped"
        if worn is not None:
            worn.place = "inventory"
            self._last(worn)
        all_of_it = self._chance.random() < 0.3
        step = _step("equip-all" if all_of_it else "equip", one, one.store)
        return Step(**{name: getattr(step, name) for name in step.__struct_fields__} | {"bucket": 0}) if all_of_it else step

    def _flag(self) -> Step:
        one = self._one()
        kind, bit = self._chance.choice([("lock", 1), ("track", 2)])
        one.state ^= bit
        return _step(kind, one, one.store, state=bool(one.state & bit))

    def _stack(self) -> Step | None:
        hash = self._chance.choice(list(POCKETS))
        source, target = self._chance.choice([("vault", "account"), ("account", "vault")])
        return self._pour(hash, source, "vault" if source == "vault" else "inventory", target)

    def _pull(self) -> Step | None:
        if self._chance.random() < 0.5:
            return self._pour(self._chance.choice(list(POCKETS)), HUNTER, "postmaster", "account")
        one = next(each for each in self._now.things if each.hash == a.RIFLE and each.id == a.instance_id(16))
        if one.place != "postmaster":
            return None
        one.place = "inventory"
        self._last(one)
        return _step("pull", one, one.store, from_postmaster=True)

    def _pour(self, hash: int, source: str, place: str, target: str) -> Step | None:
        there = "vault" if target == "vault" else "inventory"
        amounts = self._now.total(hash, source, place), self._now.total(hash, target, there)
        if not amounts[0]:
            return None
        quantity = self._chance.randint(1, amounts[0])
        for store, where, left in ((source, place, amounts[0] - quantity), (target, there, amounts[1] + quantity)):
            piles = sorted(one.quantity for one in self._now.things if (one.hash, one.store, one.place) == (hash, store, where))
            piles = _less(piles, quantity) if store == source and where == place else _more(piles, quantity, SIZES[hash])
            assert sum(piles) == left
            self._now.things = [one for one in self._now.things if (one.hash, one.store, one.place) != (hash, store, where)]
            self._now.things += [Thing(hash, store, where, quantity=n) for n in piles]
        kind = "pull" if place == "postmaster" else "transfer"
        return _step(kind, Thing(hash, source, place), target, quantity=quantity, amounts=amounts, from_postmaster=kind == "pull")

    def _last(self, one: Thing) -> None:
        self._now.things.remove(one)
        self._now.things.append(one)


def _slot_of(one: Thing) -> tuple[int, str]:
    return one.hash, one.store


def _less(piles: list[int], quantity: int) -> list[int]:
    """Smallest first."""
    found = []
    for pile in piles:
        taken = min(quantity, pile)
        quantity -= taken
        found.append(pile - taken)
    return [pile for pile in found if pile]


def _more(piles: list[int], quantity: int, size: int) -> list[int]:
    """Fullest first, then new ones."""
    found = []
    for pile in reversed(piles):
        added = min(quantity, size - pile)
        quantity -= added
        found.append(pile + added)
    while quantity:
        found.append(min(quantity, size))
        quantity -= found[-1]
    return found


def _step(kind: Any, one: Thing, target: str, **more: Any) -> Step:
    id = one.id or f"s-{one.hash}-{one.store}-0"
    slot = SLOTS.get(one.hash) or POCKETS[one.hash]
    piece = Piece(id=id, hash=one.hash, name="Something", instance=one.id)
    return Step(
        kind=kind,
        pieces=(piece,),
        source=one.store,
        target=target,
        character=TITAN,
        why="wished",
        reason="",
        **({"bucket": slot} | more),
    )


def seen_in(snapshot: ProfileSnapshot) -> Counter[tuple[Any, ...]]:
    """What a player sees, item by item, without the order; and what Bungie's record says besides."""
    profile = assemble_profile(snapshot, Catalogue(definitions()))
    return Counter(
        (
            entry.data.item_instance_id,
            entry.item.hash,
            entry.item.store,
            entry.item.place,
            entry.data.quantity,
            entry.data.state,
            entry.data.bucket_hash,
            entry.data.location,
            entry.data.transfer_status,
            entry.item.stuck,
        )
        for entry in profile.entries
    )
