"""Stacks: how many slots a quantity takes, what it merges with, and labels of which an inventory holds one stack."""

from __future__ import annotations

from msgspec.structs import replace

from vaultraider.domain.buckets import VAULT_STORE
from vaultraider.domain.transfers.ledger import Ledger, Spot, spot_in
from vaultraider.domain.transfers.world import Thing


def slots_needed(ledger: Ledger, thing: Thing, quantity: int, spot: Spot) -> int:
    """New slots that a quantity takes in a spot, after what part-filled stacks there swallow. Of a place that Bungie called
    full, nothing that we see as part-filled is believed."""
    if thing.instance:
        return 1
    slack = (
        0 if ledger.told_full(spot) else sum(max(thing.max_stack - each.quantity, 0) for each in ledger.pile(thing.hash, spot))
    )
    return -(-max(quantity - slack, 0) // max(thing.max_stack, 1))


def clash(ledger: Ledger, thing: Thing, quantity: int, store: str) -> Thing | None:
    """What keeps a thing out of a store because only one stack with its label may be there: None, if nothing does."""
    if not thing.unique:
        return None
    there = [each for each in ledger.lying(spot_in(thing, store)) if each.unique == thing.unique and each.id != thing.id]
    if not there:
        return None if quantity <= max(thing.max_stack, 1) or thing.instance else thing
    one = there[0]
    merges = not thing.instance and one.hash == thing.hash and len(there) == 1
    return None if merges and one.quantity + quantity <= thing.max_stack else one


def amount_at(ledger: Ledger, thing: Thing, store: str) -> int:
    """How many of a stack's item lie in a store."""
    return sum(each.quantity for each in ledger.pile(thing.hash, spot_in(thing, store)))


def take(ledger: Ledger, thing: Thing, quantity: int) -> None:
    """Takes a quantity off a stack, and off its neighbours of the same item when it holds less: Bungie tells stacks of one item
    not apart."""
    others = [] if thing.in_postmaster else ledger.pile(thing.hash, spot_in(thing, thing.store))
    for stack in [thing, *(each for each in others if each.id != thing.id)]:
        taken = min(quantity, stack.quantity)
        quantity -= taken
        if taken == stack.quantity:
            ledger.remove(stack)
        elif taken:
            ledger.put(replace(stack, quantity=stack.quantity - taken))
        if not quantity:
            return


def add(ledger: Ledger, thing: Thing, quantity: int, store: str) -> Thing:
    """Lays a quantity down in a store: onto part-filled stacks first. Gives a stack that is there afterwards."""
    spot = spot_in(thing, store)
    last = thing
    for stack in ledger.pile(thing.hash, spot):
        added = min(quantity, max(thing.max_stack - stack.quantity, 0))
        if added:
            last = replace(stack, quantity=stack.quantity + added)
            ledger.put(last)
            quantity -= added
    while quantity > 0:
        part = min(quantity, max(thing.max_stack, 1))
        place = "vault" if store == VAULT_STORE else "inventory"
        last = replace(thing, id=new_id(ledger, thing.hash, store), store=store, place=place, quantity=part)
        ledger.put(last)
        quantity -= part
    return last


def stack_id(hash: int, store: str, n: int = 0) -> str:
    return f"s-{hash}-{store}-{n}"


def new_id(ledger: Ledger, hash: int, store: str) -> str:
    """A free number among an item's stacks in a store."""
    n = ledger.numbers[hash, store]
    while stack_id(hash, store, n) in ledger.things:
        n += 1
    ledger.numbers[hash, store] = n + 1
    return stack_id(hash, store, n)
