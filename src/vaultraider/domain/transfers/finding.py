"""Finding what a wish names."""

from __future__ import annotations

from vaultraider.domain.transfers import stacks
from vaultraider.domain.transfers.ledger import Ledger
from vaultraider.domain.transfers.world import Thing


def find(ledger: Ledger, id: str) -> Thing | None:
    """The thing of an id. Stacks are numbered by how full they are, so that their numbers shift as they move: where a number has
    gone, the last stack of that item in that store is meant."""
    found = ledger.things.get(id)
    if found is not None or not id.startswith("s-"):
        return found
    pile, _, number = id.rpartition("-")
    if not number.isdecimal():
        return None
    lower = (ledger.things.get(f"{pile}-{n}") for n in range(min(int(number), 64) - 1, -1, -1))
    return next((thing for thing in lower if thing is not None), None)


def available(ledger: Ledger, thing: Thing) -> int:
    """How many of it can be asked for at once: Bungie tells stacks of one item in one place not apart."""
    if thing.instance or thing.in_postmaster:
        return thing.quantity
    return stacks.amount_at(ledger, thing, thing.store)
