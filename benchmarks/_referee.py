"""A strict referee for recorded cases: the simulator's rules for moving and equipping, which were written without our planner.

A case is laid out as an account of the simulator's, with definitions made for it. Items that only share a hash in the case's
shorthand (an exotic and a plain one, say) get definitions of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from benchmarks._oracle import CAPACITY, GUARDIANS, SHARED, SHARED_CAPACITY, Case, Row, bucket_of, thing_of
from msgspec.structs import replace

from vaultraider.domain import hashes
from vaultraider.domain.transfers.plans import Step
from vaultraider.domain.transfers.stacks import stack_id
from vaultraider.domain.transfers.world import Thing, World
from vaultraider.simulator import world as truth
from vaultraider.simulator.answers import ApiError
from vaultraider.simulator.equip_rules import equip_item, equip_items
from vaultraider.simulator.game import BUCKET_TABLE, ITEM_TABLE, Game
from vaultraider.simulator.invariants import broken_in, totals
from vaultraider.simulator.lock_rules import set_lock_state
from vaultraider.simulator.requests import EquipManyRequest, ItemRequest, PullRequest, StateRequest, TransferRequest
from vaultraider.simulator.transfer_rules import pull_from_postmaster, transfer_item

Definition = dict[str, Any]
_IDS = {name: str(2305843009000000001 + n) for n, (name, _) in enumerate(GUARDIANS)}
_NAMES = {id: name for name, id in _IDS.items()}


class Referee:
    """Carries calls out, or refuses them as Bungie would. ``problems``: rules that were broken and were not at first."""

    def __init__(self, case: Case) -> None:
        self._patterns: dict[int, Thing] = {}
        self._ids: dict[str, str] = {}
        self._case = case
        self._tables: dict[str, dict[int, Definition]] = {BUCKET_TABLE: _buckets(case), ITEM_TABLE: {}}
        self._game = Game(lambda table, hash: self._tables.get(table, {}).get(hash))
        rows = [row for row in case.items if row.id not in case.missing]
        characters = [_character(id, n) for n, id in enumerate(_IDS.values())]
        self._account = truth.Account(
            type=3, id="1", display_name="Somebody", person="1", characters=characters, items=[self._item(row) for row in rows]
        )
        self._world = truth.World(accounts=[self._account])
        self._at_first = set(broken_in(self._account, self._game))
        self._totals = totals(self._account)
        self.problems: list[str] = []

    def carry_out(self, step: Step) -> int:
        """Bungie's code; 1 for done."""
        try:
            code = self._call(step)
        except ApiError as refusal:
            code = refusal.number
        self.problems += [each for each in broken_in(self._account, self._game) if each not in self._at_first]
        if totals(self._account) != self._totals:
            self.problems.append("something was lost or doubled")
        return code

    def world(self, full: frozenset[tuple[str, int]]) -> World:
        """The truth, as a fresh profile would tell it."""
        things = [self._thing(item) for item in self._account.items if item.id]
        things += self._stacks()
        return replace(self._case.world(full=full), things={thing.id: thing for thing in things})

    def where(self, id: str) -> tuple[str, bool] | None:
        """Owner and whether it is worn, of an instance; None: it is not there."""
        item = self._account.item(self._ids.get(id, ""))
        return (_owner(item), item.equipped) if item is not None else None

    def amounts(self, like: Thing) -> dict[str, int]:
        """Of a stack's item, how many lie with whom."""
        found: dict[str, int] = {}
        for item in self._account.items:
            if not item.id and self._patterns[item.hash].hash == like.hash:
                found[_owner(item)] = found.get(_owner(item), 0) + item.quantity
        return found

    def _call(self, step: Step) -> int:
        character, id = int(_IDS[step.character]), self._number(step.piece.instance)
        hash = self._hash_of(step)
        if step.kind == "transfer":
            request = TransferRequest(
                item_reference_hash=hash,
                stack_size=step.quantity,
                item_id=id,
                character_id=character,
                transfer_to_vault=step.target == "vault",
            )
            transfer_item(self._world, self._account, self._game, request)
        elif step.kind == "pull":
            pull = PullRequest(item_reference_hash=hash, stack_size=step.quantity, item_id=id, character_id=character)
            pull_from_postmaster(self._world, self._account, self._game, pull)
        elif step.kind == "equip":
            equip_item(self._world, self._account, self._game, ItemRequest(item_id=id, character_id=character))
        elif step.kind == "equip-all":
            ids = [self._number(piece.instance) for piece in step.pieces]
            equip_items(self._world, self._account, self._game, EquipManyRequest(item_ids=ids, character_id=character))
        else:
            lock = StateRequest(state=bool(step.state), item_id=id, character_id=character)
            set_lock_state(self._world, self._account, self._game, lock)
        return 1

    def _number(self, instance: str) -> int:
        return int(self._ids.get(instance, "0"))

    def _hash_of(self, step: Step) -> int:
        item = self._account.item(self._ids.get(step.piece.instance, "")) if step.piece.instance else None
        if item is not None:
            return item.hash
        return next((hash for hash, like in self._patterns.items() if like.hash == step.piece.hash and not like.instance), 0)

    def _item(self, row: Row) -> truth.Item:
        thing = thing_of(row)
        hash = self._define(thing)
        stack = not thing.instance
        if not stack:
            self._ids[row.id] = str(4000000000 + len(self._ids))
        return truth.Item(
            hash=hash,
            id="" if stack else self._ids[row.id],
            quantity=thing.quantity,
            bucket=_lies_in(thing),
            owner="" if thing.store in ("vault", "account") else _IDS.get(thing.store, thing.store),
            equipped=thing.equipped,
            locked=thing.locked,
            power=thing.power,
            lockable=not stack,
        )

    def _define(self, thing: Thing) -> int:
        """The hash of the thing's definition: copies that are alike share one."""
        pattern = replace(thing, id="", name="", store="", place="inventory", instance=thing.instance and "yes", quantity=1)
        pattern = replace(pattern, power=0, locked=False, tag="", type="", tier=0, moved=0.0)
        for hash, known in self._patterns.items():
            if known == pattern:
                return hash
        hash = 5000 + len(self._patterns)
        self._patterns[hash] = pattern
        self._tables[ITEM_TABLE][hash] = _definition(thing)
        return hash

    def _thing(self, item: truth.Item) -> Thing:
        id = next(ours for ours, theirs in self._ids.items() if theirs == item.id)
        row = next(row for row in self._case.items if row.id == id)
        return self._placed(replace(thing_of(row), locked=item.locked), item)

    def _placed(self, thing: Thing, item: truth.Item) -> Thing:
        if item.bucket == hashes.POSTMASTER:
            return replace(thing, store=_owner(item), place="postmaster")
        store = _owner(item) if item.bucket == hashes.VAULT or item.owner else "account"
        place = "vault" if item.bucket == hashes.VAULT else "equipped" if item.equipped else "inventory"
        return replace(thing, store=store, place=place)

    def _stacks(self) -> Iterable[Thing]:
        """Numbered as a profile does it: fullest first."""
        numbers: dict[tuple[int, str], int] = {}
        for item in sorted((one for one in self._account.items if not one.id), key=lambda one: -one.quantity):
            like = self._patterns[item.hash]
            placed = self._placed(replace(like, quantity=item.quantity), item)
            n = numbers.setdefault((like.hash, placed.store), 0)
            numbers[like.hash, placed.store] += 1
            yield replace(placed, id=stack_id(like.hash, placed.store, n), name=f"item {like.hash}")


def _owner(item: truth.Item) -> str:
    """As the cases say it: what all characters share is the current one's."""
    if item.bucket == hashes.VAULT:
        return "vault"
    return _NAMES.get(item.owner, GUARDIANS[0][0])


def _lies_in(thing: Thing) -> int:
    if thing.place == "postmaster":
        return hashes.POSTMASTER
    return hashes.VAULT if thing.store == "vault" else thing.slot


def _character(id: str, n: int) -> truth.Character:
    return truth.Character(
        id=id, nickname=GUARDIANS[n][1], class_type=n, race_type=0, gender_type=0, emblem=0, last_played="", minutes_total=0
    )


def _buckets(case: Case) -> dict[int, Definition]:
    found: dict[int, Definition] = {
        hashes.VAULT: {"itemCount": case.vault_capacity, "location": 2, "scope": 1},
        hashes.POSTMASTER: {"itemCount": 21, "location": 4},
    }
    for bucket in {bucket_of(row.bucket) for row in case.items}:
        shared = bucket in SHARED
        found[bucket] = {
            "itemCount": SHARED_CAPACITY if shared else CAPACITY,
            "scope": int(shared),
            "location": 1,
            "hasTransferDestination": True,
            "category": 1 if shared else 3,
        }
    return found


def _definition(thing: Thing) -> Definition:
    return {
        "inventory": {"bucketTypeHash": thing.slot, "maxStackSize": thing.max_stack, "stackUniqueLabel": thing.unique},
        "nonTransferrable": thing.stuck is not None,
        "equippable": thing.equippable,
        "classType": thing.guardian,
        "equippingBlock": {"uniqueLabel": thing.label},
        "itemType": 3,
    }
