"""A little referee: carries a plan's calls out by the game's rules alone, and objects to the first that breaks one.

It shares no code with planning. Stacks of one item in one place are one pile to it, of which calls take the smallest first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from vaultraider.domain.transfers.plans import Step
from vaultraider.domain.transfers.world import Thing, World


class Foul(AssertionError):
    """A call that the game would refuse, or that says something untrue."""


class Referee:
    def __init__(self, world: World) -> None:
        self.world = world
        self.things: list[Thing] = list(world.things.values())
        self.classes = {guardian.id: guardian for guardian in world.guardians}
        self.limits = {
            spot: len(self._at(*spot)) for store, slot in world.full for spot in [(store, 0 if store == "vault" else slot)]
        }
        self.overfull = {spot for spot in self._spots() if len(self._at(*spot)) > self._capacity(*spot)}
        self.worn_at_first = Counter((each.store, each.slot) for each in self.things if each.place == "equipped")

    def after(self) -> World:
        """The world as a fresh profile would show it: stacks numbered anew, fullest first."""
        stacks = sorted((each for each in self.things if not each.instance), key=lambda each: -each.quantity)
        numbers: Counter[tuple[int, str]] = Counter()
        found = {each.id: each for each in self.things if each.instance}
        for each in stacks:
            id = f"s-{each.hash}-{each.store}-{numbers[each.hash, each.store]}"
            numbers[each.hash, each.store] += 1
            found[id] = replace(each, id=id)
        return replace(self.world, things=found)

    def carry_out(self, steps: Iterable[Step]) -> World:
        totals = self._totals()
        for step in steps:
            self._call(step)
            self._check(step, totals)
        return self.after()

    def _call(self, step: Step) -> None:
        if step.kind == "transfer":
            self._transfer(step)
        elif step.kind == "pull":
            self._pull(step)
        elif step.kind in ("equip", "equip-all"):
            for piece in step.pieces:
                self._equip(step, piece.instance)
        else:
            self._mark(step)

    def _transfer(self, step: Step) -> None:
        group = self._find(step, postmaster=False)
        one = group[0]
        outside = step.target if step.source == "vault" else step.source
        if "vault" not in (step.source, step.target) or step.source == step.target:
            raise Foul("there is no way but into the vault and out of it")
        if outside == "account":
            self._require(one.account and step.character == self.world.guardians[0].id, "what all share goes by the current one")
        else:
            self._require(not one.account and step.character == outside, "the character of the call")
        self._require(one.place != "equipped", "1656: it is worn")
        self._require(one.stuck is None and not one.bound, "1660: it does not move")
        self._require(one.slot in self.world.vaulted, "1627: no place in the vault")
        self._lay(step, group)

    def _pull(self, step: Step) -> None:
        group = self._find(step, postmaster=True)
        one = group[0]
        self._require(one.stuck is None, "1660 or 1673")
        self._require(step.character == step.source, "the character of the call")
        self._require(step.target == ("account" if one.account else step.source), "it comes to lie where it belongs")
        self._lay(step, group)

    def _find(self, step: Step, *, postmaster: bool) -> list[Thing]:
        piece = step.pieces[0]
        self._require(len(step.pieces) == 1, "one at a time")
        found = [
            each
            for each in self.things
            if each.hash == piece.hash
            and each.instance == piece.instance
            and each.store == step.source
            and (each.place == "postmaster") == postmaster
        ]
        self._require(bool(found), "1623: it is not there")
        self._require(sum(each.quantity for each in found) >= step.quantity >= 1, "18 or 1623: quantity")
        return found

    def _lay(self, step: Step, group: list[Thing]) -> None:
        one, spot = group[0], (step.target, 0 if step.target == "vault" else group[0].slot)
        there = self._at(*spot)
        piles = [each for each in there if each.hash == one.hash and not each.instance]
        gaps = 0 if one.instance else sum(max(0, one.max_stack - each.quantity) for each in piles)
        slots = 1 if one.instance else -(-max(0, step.quantity - gaps) // one.max_stack)
        self._require(slots == 0 or len(there) + slots <= self._capacity(*spot), "1642: no room")
        self._unique(one, there, step.quantity)
        place = "vault" if step.target == "vault" else "inventory"
        if one.instance:
            self._swap(one, store=step.target, place=place)
        else:
            self._move_stack(one, group, piles, step, place)

    def _unique(self, one: Thing, there: list[Thing], quantity: int) -> None:
        alike = [each for each in there if one.unique and each.unique == one.unique]
        if alike:
            merges = not one.instance and all(each.hash == one.hash for each in alike)
            total = sum(each.quantity for each in alike) + quantity
            self._require(merges and total <= one.max_stack, "1648: one of a label")
        elif one.unique:
            self._require(quantity <= one.max_stack, "1648: two stacks of a label")

    def _move_stack(self, one: Thing, group: list[Thing], piles: list[Thing], step: Step, place: Any) -> None:
        left = step.quantity
        for each in sorted(group, key=lambda stack: stack.quantity):
            taken = min(left, each.quantity)
            left -= taken
            if taken == each.quantity:
                self.things.remove(each)
            elif taken:
                self._swap(each, quantity=each.quantity - taken)
        left = step.quantity
        for each in sorted(piles, key=lambda stack: -stack.quantity):
            added = min(left, max(0, one.max_stack - each.quantity))
            left -= added
            if added:
                self._swap(each, quantity=each.quantity + added)
        while left > 0:
            part = min(left, one.max_stack)
            left -= part
            self.things.append(replace(one, id="", store=step.target, place=place, quantity=part))

    def _equip(self, step: Step, instance: str) -> None:
        one = self._instance(instance)
        guardian = self.classes[step.character]
        self._require(step.source == step.target == step.character == one.store, "1623: not on that character")
        self._require(one.place == "inventory" and one.equippable, "it can be put on")
        self._require(one.guardian in (3, guardian.guardian), "1639: class")
        self._require(one.level <= guardian.level, "1638: level")
        rivals = [
            each
            for each in self.things
            if each.place == "equipped"
            and each.store == one.store
            and each.slot != one.slot
            and one.label
            and each.label == one.label
        ]
        self._require(not rivals, "1641: one exotic")
        for each in self._at(one.store, one.slot):
            if each.place == "equipped":
                self._require(each.instance in {piece.instance for piece in step.replaces}, "what comes off is told")
                self._swap(each, place="inventory")
        self._swap(self._instance(instance), place="equipped")

    def _mark(self, step: Step) -> None:
        one = self._instance(step.pieces[0].instance)
        self._require(one.store == step.source == step.target, "1623: not there")
        self._require(one.store in ("vault", "account", step.character), "1623: on another character")
        self._require(one.lockable if step.kind == "lock" else one.trackable, "1663: no such mark")
        self._swap(one, **{"locked" if step.kind == "lock" else "tracked": step.state})

    def _instance(self, instance: str) -> Thing:
        return next(each for each in self.things if each.instance == instance and instance)

    def _swap(self, one: Thing, **changes: Any) -> None:
        self.things[next(n for n, each in enumerate(self.things) if each is one)] = replace(one, **changes)

    def _at(self, store: str, slot: int) -> list[Thing]:
        lying = [each for each in self.things if each.store == store and each.place != "postmaster"]
        return lying if store == "vault" else [each for each in lying if each.slot == slot]

    def _spots(self) -> set[tuple[str, int]]:
        return {(each.store, 0 if each.store == "vault" else each.slot) for each in self.things if each.place != "postmaster"}

    def _capacity(self, store: str, slot: int) -> int:
        given = self.world.vault_capacity if store == "vault" else self.world.capacities.get(slot, 10**6)
        return min(given, self.limits.get((store, slot), given))

    def _totals(self) -> Counter[int]:
        found: Counter[int] = Counter()
        for each in self.things:
            found[each.hash] += each.quantity
        return found

    def _check(self, step: Step, totals: Counter[int]) -> None:
        self._require(self._totals() == totals, f"nothing is lost or doubled by {step.kind}")
        for spot in self._spots() - self.overfull:
            self._require(len(self._at(*spot)) <= self._capacity(*spot), f"{spot} overflows")
        worn = Counter((each.store, each.slot) for each in self.things if each.place == "equipped")
        self._require(worn | self.worn_at_first == worn and max(worn.values(), default=1) == 1, "one is worn in each slot")

    def _require(self, holds: bool, rule: str) -> None:
        if not holds:
            raise Foul(rule)
