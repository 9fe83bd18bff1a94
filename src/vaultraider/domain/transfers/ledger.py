"""The world while a plan is made: what each step of the plan would change is changed here, and can be taken back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from vaultraider.domain.buckets import ACCOUNT_STORE, VAULT_STORE
from vaultraider.domain.profile_parts import Place
from vaultraider.domain.transfers.plans import Step
from vaultraider.domain.transfers.world import Guardian, Thing, World

UNKNOWN_CAPACITY = 1_000_000


class Spot(NamedTuple):
    """A place with a number of slots: one bucket of a store. The vault is one spot, whatever lies in it."""

    store: str
    bucket: int


VAULT = Spot(VAULT_STORE, 0)


class Mark(NamedTuple):
    """A moment of a ledger, to come back to."""

    changes: int
    steps: int


class Ledger:
    """Never changes the ``world`` it is made of. ``steps``: what was planned so far.

    What lies in a postmaster is in ``things`` alone, as it takes no slot of its bucket.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.things: dict[str, Thing] = dict(world.things)
        self.steps: list[Step] = []
        self.guardians: dict[str, Guardian] = {guardian.id: guardian for guardian in world.guardians}
        self.current = world.guardians[0].id if world.guardians else ""
        self.reserved: Counter[Spot] = Counter()
        self.numbers: Counter[tuple[int, str]] = Counter()
        """By item and store: the number that the next new stack may have."""
        self._lying: defaultdict[Spot, dict[str, Thing]] = defaultdict(dict)
        self._worn: dict[Spot, Thing] = {}
        self._changes: list[tuple[str, Thing | None]] = []
        for thing in self.things.values():
            self._enter(thing)
        self._told_full = {VAULT if store == VAULT_STORE else Spot(store, bucket) for store, bucket in world.full}
        self._limits = {spot: len(self._lying[spot]) for spot in self._told_full}

    # What lies where

    def lying(self, spot: Spot) -> Iterable[Thing]:
        """What takes the slots of a spot, the worn one too."""
        return self._lying[spot].values()

    def worn(self, spot: Spot) -> Thing | None:
        return self._worn.get(spot)

    def worn_by(self, store: str) -> list[Thing]:
        return [thing for spot, thing in self._worn.items() if spot.store == store]

    def capacity(self, spot: Spot) -> int:
        """How many slots. What Bungie called full has as many as we saw in use."""
        given = self.world.vault_capacity if spot == VAULT else self.world.capacities.get(spot.bucket, UNKNOWN_CAPACITY)
        return min(given, self._limits.get(spot, given))

    def told_full(self, spot: Spot) -> bool:
        return spot in self._told_full

    def free(self, spot: Spot) -> int:
        """Free slots that nothing is reserved for; below 0 where the world is overfull."""
        return self.capacity(spot) - len(self._lying[spot]) - self.reserved[spot]

    def pile(self, hash: int, spot: Spot) -> list[Thing]:
        """The stacks of an item in a spot, fullest first."""
        found = [thing for thing in self._lying[spot].values() if thing.hash == hash and not thing.instance]
        return sorted(found, key=lambda thing: (-thing.quantity, thing.id))

    # Changes

    def put(self, thing: Thing) -> None:
        """Something new, or something old in its new state."""
        self._set(thing.id, thing)

    def remove(self, thing: Thing) -> None:
        self._set(thing.id, None)

    def place(self, thing: Thing, store: str, place: Place) -> Thing:
        moved = replace(thing, store=store, place=place)
        self.put(moved)
        return moved

    def mark(self) -> Mark:
        return Mark(len(self._changes), len(self.steps))

    def back_to(self, mark: Mark) -> None:
        """Takes back whatever was changed and planned since."""
        while len(self._changes) > mark.changes:
            id, before = self._changes.pop()
            self._swap(id, before)
        del self.steps[mark.steps :]

    def _set(self, id: str, thing: Thing | None) -> None:
        self._changes.append((id, self.things.get(id)))
        self._swap(id, thing)

    def _swap(self, id: str, thing: Thing | None) -> None:
        old = self.things.pop(id, None)
        if old is not None:
            self._leave(old)
        if thing is not None:
            self.things[id] = thing
            self._enter(thing)

    def _enter(self, thing: Thing) -> None:
        if thing.place != "postmaster":
            spot = spot_of(thing)
            self._lying[spot][thing.id] = thing
            if thing.place == "equipped":
                self._worn[spot] = thing

    def _leave(self, thing: Thing) -> None:
        if thing.place != "postmaster":
            spot = spot_of(thing)
            self._lying[spot].pop(thing.id, None)
            worn = self._worn.get(spot)
            if worn is not None and worn.id == thing.id:
                del self._worn[spot]


def spot_of(thing: Thing) -> Spot:
    """The spot whose slot a thing takes; of something in a postmaster, the one that it would take there."""
    return spot_in(thing, thing.store)


def spot_in(thing: Thing, store: str) -> Spot:
    """The spot that a thing would take in a store."""
    return VAULT if store == VAULT_STORE else Spot(store, thing.slot)


def home_of(thing: Thing, store: str) -> str:
    """Where it comes to lie when it is sent to a store: what all characters share has one pocket."""
    return ACCOUNT_STORE if thing.account and store != VAULT_STORE else store
