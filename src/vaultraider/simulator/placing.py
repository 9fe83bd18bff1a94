"""Laying items down and taking them up: slots, stacks that merge and split, labels that allow one of a kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from vaultraider.simulator.game import Game, Kind
from vaultraider.simulator.world import Account, Item


class Place(NamedTuple):
    """One bucket of one owner; the owner is empty for the vault and for pockets that all characters share."""

    owner: str
    bucket: int


def place_of(item: Item) -> Place:
    return Place(item.owner, item.bucket)


def home_of(game: Game, item: Item) -> Kind:
    """The item's kind. One that no definition explains belongs where it lies, unless it lies in the vault."""
    kind = game.kind(item.hash)
    if kind.bucket or game.bucket(item.bucket).is_vault:
        return kind
    return msgspec.structs.replace(kind, bucket=item.bucket)


def lying_at(account: Account, place: Place) -> list[Item]:
    owner, bucket = place
    return [one for one in account.items if one.bucket == bucket and one.owner == owner]


def has_room(game: Game, kind: Kind, there: Iterable[Item], place: Place, quantity: int, *, stacked: bool) -> bool:
    """Whether ``quantity`` more fits: part-filled stacks first, the rest in new ones, each a slot."""
    capacity = game.bucket(place.bucket).capacity
    if capacity is None:
        return True
    there = list(there)
    slots = 1
    if stacked:
        gaps = sum(max(0, kind.max_stack - one.quantity) for one in there if one.hash == kind.hash and not one.id)
        slots = -(-max(0, quantity - gaps) // kind.max_stack)
    return len(there) + slots <= capacity


def breaks_uniqueness(game: Game, kind: Kind, there: Iterable[Item], quantity: int, *, stacked: bool) -> bool:
    """Whether a second stack of a label that allows one would come to be."""
    if not kind.unique:
        return False
    alike = [one for one in there if game.kind(one.hash).unique == kind.unique]
    if not alike:
        return quantity > kind.max_stack
    if not stacked or any(one.hash != kind.hash or one.id for one in alike):
        return True
    return sum(one.quantity for one in alike) + quantity > kind.max_stack


def put(account: Account, item: Item, place: Place) -> None:
    """An instance changes its place, and lies behind what was there before."""
    account.items.remove(item)
    item.owner, item.bucket = place
    item.equipped = False
    account.items.append(item)


def take(account: Account, stacks: list[Item], quantity: int) -> Item:
    """Takes so many out of stacks that hold at least as many, out of the smallest first. Returns them as one loose stack."""
    pattern = stacks[0]
    left = quantity
    for stack in sorted(stacks, key=lambda one: one.quantity):
        taken = min(left, stack.quantity)
        stack.quantity -= taken
        left -= taken
        if not stack.quantity:
            account.items.remove(stack)
    return msgspec.structs.replace(pattern, quantity=quantity)


def lay(account: Account, kind: Kind, loose: Item, place: Place) -> None:
    """Lays a loose stack down: part-filled stacks are filled first, the fullest before the others, then new ones begin."""
    left = loose.quantity
    same = [one for one in lying_at(account, place) if one.hash == kind.hash and not one.id]
    for stack in sorted(same, key=lambda one: -one.quantity):
        added = max(0, min(left, kind.max_stack - stack.quantity))
        stack.quantity += added
        left -= added
    while left > 0:
        owner, bucket = place
        fresh = msgspec.structs.replace(loose, quantity=min(left, kind.max_stack), owner=owner, bucket=bucket, equipped=False)
        account.items.append(fresh)
        left -= fresh.quantity
