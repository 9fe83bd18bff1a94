"""Worlds and wishes by chance: crowded ones, in which almost every move has something in its way."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from msgspec.structs import replace
from tests.domain.transfers.worlds import (
    EMBLEM,
    ENERGY,
    EXOTIC_ARMOR,
    EXOTIC_WEAPON,
    GUARDIANS,
    HELMET,
    KINETIC,
    QUESTS,
    SALTS,
    gear,
    stack,
    world,
)

from vaultraider.domain.transfers.wishes import AskedWish, Collect, MakeRoom, Move, SetLock, SetTracked, Wanted
from vaultraider.domain.transfers.world import Thing, World

STORES = tuple(guardian.id for guardian in GUARDIANS)
GEAR = (KINETIC, ENERGY, HELMET)
WISHES = ("one", "one", "one", "several", "all", "equip", "equip", "equips", "collect", "room", "lock", "track")
UNIQUE = {53: {"unique": "chip"}}
TAGS = ("", "", "", "junk", "keep", "favorite", "infuse", "archive")
ODDITIES: tuple[dict[str, Any], ...] = (
    {"stuck": "not-transferrable", "bound": True},
    {"equippable": False},
    {"level": 60},
    {"engram": True, "equippable": False},
    {"unique": "lantern"},
    {"lockable": False},
)


class Chance:
    """Everything from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._counter = 0

    def world(self) -> World:
        chance = self.random
        roomy = chance.random() < 0.3
        capacity = chance.randint(2, 5)
        things: list[Thing] = []
        for store in STORES:
            for slot in GEAR:
                number = chance.randint(1, capacity) if roomy or chance.random() < 0.4 else capacity
                things += self._slot(store, slot, number)
            things += [
                self._gear(store, chance.choice((KINETIC, ENERGY, HELMET)), "postmaster") for _ in range(chance.randint(0, 3))
            ]
            if chance.random() < 0.3:
                hash = chance.randint(50, 53)
                things.append(stack(hash, store, chance.randint(1, 5), place="postmaster", **UNIQUE.get(hash, {})))
        things += self._emblems_and_quests()
        stored = chance.randint(0, 14)
        things += [self._gear("vault", chance.choice(GEAR), "vault") for _ in range(stored)]
        things += self._stacks()
        used = sum(thing.store == "vault" for thing in things)
        full = frozenset({(chance.choice((*STORES, "vault")), KINETIC)}) if chance.random() < 0.1 else frozenset()
        return world(
            _wearing_one_exotic(things),
            vault=max(used + chance.choice((0, 0, 1, 1, 2, 3, 20)), 1),
            capacities={KINETIC: capacity, ENERGY: capacity, HELMET: capacity, EMBLEM: 3, SALTS: chance.randint(3, 6), QUESTS: 9},
            full=full,
            keep_locked=chance.random() < 0.3,
        )

    def wish(self, place: World) -> AskedWish:
        chance = self.random
        kind = chance.choice(
            ("one", "one", "one", "several", "all", "equip", "equip", "equips", "collect", "room", "lock", "track")
        )
        ids = sorted(place.things)
        to = chance.choice((*STORES, "vault"))
        if kind == "one":
            return Move(items=self._wanted(place, [chance.choice(ids)]), to=to)
        if kind in ("several", "all"):
            number = len(ids) if kind == "all" else chance.randint(2, 8)
            return Move(items=self._wanted(place, chance.sample(ids, min(number, len(ids)))), to=to)
        if kind in ("equip", "equips"):
            number = 1 if kind == "equip" else chance.randint(2, 5)
            return Move(
                items=self._wanted(place, chance.sample(ids, min(number, len(ids)))), to=chance.choice(STORES), equip=True
            )
        if kind == "collect":
            whose = tuple(chance.sample(STORES, chance.randint(0, 2)))
            return Collect(characters=whose, to=chance.choice((None, None, "vault", *STORES)))
        if kind == "room":
            return MakeRoom(store=to, bucket=chance.choice((0, KINETIC)), slots=chance.randint(1, 3))
        some = tuple(chance.sample(ids, min(4, len(ids))))
        return SetLock(items=some, state=chance.random() < 0.5) if kind == "lock" else SetTracked(items=some, state=True)

    def _wanted(self, place: World, ids: Sequence[str]) -> tuple[Wanted, ...]:
        chance = self.random
        return tuple(
            Wanted(id=id, quantity=chance.choice((0, 0, 1, place.things[id].quantity)) if not place.things[id].instance else 0)
            for id in ids
        )

    def _slot(self, store: str, slot: int, number: int) -> list[Thing]:
        """One that its bearer can wear is worn, the rest is carried."""
        wearer = STORES.index(store)
        sound: dict[str, Any] = {"equippable": True, "level": 0, "engram": False, "stuck": None, "bound": False}
        on = self._gear(store, slot, "equipped", guardian=wearer if slot == HELMET else 3, **sound)
        return [on, *(self._gear(store, slot, "inventory") for _ in range(number - 1))]

    def _gear(self, store: str, slot: int, place: str, **more: Any) -> Thing:
        chance = self.random
        self._counter += 1
        given: dict[str, Any] = {
            "hash": chance.randint(1, 25),
            "place": place,
            "power": chance.randint(100, 120),
            "type": chance.choice(("auto_rifle", "bow")),
            "tier": chance.choice((4, 5)),
            "tag": chance.choice(TAGS),
            "locked": chance.random() < 0.3,
            "loadouts": frozenset(chance.sample(STORES, 1)) if chance.random() < 0.1 else frozenset(),
            "moved": float(chance.choice((0, 0, 0, 5))),
        }
        if slot == HELMET:
            given["guardian"] = chance.choice((0, 1, 2))
        if chance.random() < 0.25:
            given |= {"tier": 6, "label": EXOTIC_ARMOR if slot == HELMET else EXOTIC_WEAPON}
        if chance.random() < 0.12 and place != "equipped":
            given |= chance.choice(ODDITIES)
        if place == "postmaster" and given.get("stuck"):
            given |= {"stuck": None}
        return gear(f"{self._counter}", store, slot, **({"name": f"Item {self._counter}"} | given | more))

    def _emblems_and_quests(self) -> list[Thing]:
        bound: dict[str, Any] = {"stuck": "not-transferrable", "lockable": False}
        on = gear("emblem-on", STORES[0], EMBLEM, place="equipped", name="Nine of Keys", **bound)
        off = gear("emblem-off", STORES[0], EMBLEM, name="Ten of Keys", **bound)
        return [on, off, gear("quest", STORES[1], QUESTS, name="A Debt", stuck="no-vault-slot", trackable=True, equippable=False)]

    def _stacks(self) -> list[Thing]:
        chance = self.random
        found = []
        for hash in range(50, 54):
            unique = UNIQUE.get(hash, {})
            for store in ("account", "vault"):
                number = chance.choice((0, 1)) if unique else chance.choice((0, 1, 1, 2))
                sizes = sorted((chance.choice((1, 40, 99, 100)) for _ in range(number)), reverse=True)
                found += [stack(hash, store, size, n, **unique) for n, size in enumerate(sizes)]
        return found


def _wearing_one_exotic(things: Sequence[Thing]) -> list[Thing]:
    """Of the exotics worn, the first of its kind on each character stays one."""
    seen: set[tuple[str, str]] = set()
    found = []
    for thing in things:
        if thing.place == "equipped" and thing.label:
            if (thing.store, thing.label) in seen:
                thing = replace(thing, label="", tier=5)
            seen.add((thing.store, thing.label))
        found.append(thing)
    return found
