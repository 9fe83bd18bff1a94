"""Bringing one thing to a store: room is made for all of its way before the first call."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from vaultraider.domain.buckets import VAULT_STORE
from vaultraider.domain.transfers import stacks, words
from vaultraider.domain.transfers.calls import Purpose
from vaultraider.domain.transfers.ledger import VAULT, Ledger, Spot, spot_in
from vaultraider.domain.transfers.planner import Planner
from vaultraider.domain.transfers.refused import NotNow, Refused
from vaultraider.domain.transfers.room import Full, no_space, secure
from vaultraider.domain.transfers.world import Thing


def bring(planner: Planner, thing: Thing, quantity: int, target: str, purpose: Purpose) -> Thing:
    """Moves a thing that nobody wears. ``purpose`` is that of the last call. Raises Refused; the plan is then half made, and the
    caller takes it back."""
    hops = planner.route(thing, target)
    for store in hops:
        _check_unique(planner.ledger, thing, quantity, store)
    mark = planner.ledger.mark()
    try:
        thing, bleeds = _carry(planner, thing, quantity, hops, purpose, target)
    except Full as full:
        planner.ledger.back_to(mark)
        thing, bleeds = _in_two(planner, thing, quantity, hops, purpose, full)
    if bleeds:
        planner.lock_again(thing)
    return thing


def _carry(planner: Planner, thing: Thing, quantity: int, hops: list[str], purpose: Purpose, target: str) -> tuple[Thing, bool]:
    """Gives the thing as it lies then, and whether it may have taken over another's lock. Raises Full."""
    _make_way(planner, thing, quantity, hops)
    bleeds = False
    for store in hops:
        on_the_way = Purpose("transit", _on_the_way(planner, thing, target), purpose.wanted)
        thing, twin = planner.hop(thing, quantity, store, purpose if store == target else on_the_way)
        bleeds = bleeds or twin
    return thing, bleeds


def _in_two(planner: Planner, thing: Thing, quantity: int, hops: list[str], purpose: Purpose, full: Full) -> tuple[Thing, bool]:
    """Into the vault first, and then sees: the place that it leaves can take in what has to move aside."""
    if not planner.thorough:
        raise NotNow
    if VAULT_STORE not in hops[:-1]:
        raise no_space(planner, thing, full)
    try:
        halfway, one = _carry(planner, thing, quantity, hops[:-1], purpose, hops[-1])
        there, two = _carry(planner, halfway, quantity, hops[-1:], purpose, hops[-1])
    except Full:
        raise no_space(planner, thing, full) from None
    return there, one or two


def _make_way(planner: Planner, thing: Thing, quantity: int, hops: list[str]) -> None:
    """Makes room where it goes, from the far end: while the vault still has its place for what moves aside there."""
    spots = [spot_in(thing, store) for store in hops]
    needed = {spot: stacks.slots_needed(planner.ledger, thing, quantity, spot) for spot in spots}
    transit = needed.get(VAULT, 0)
    with _reserving(planner.ledger) as reserve:
        for spot in reversed(spots):
            if spot != VAULT:
                secure(planner, spot, needed[spot], transit)
                reserve(spot, needed[spot])
        if VAULT in needed:
            secure(planner, VAULT, transit)


@contextmanager
def _reserving(ledger: Ledger) -> Iterator[Reserve]:
    reserve = Reserve(ledger)
    try:
        yield reserve
    finally:
        reserve.release()


class Reserve:
    """Slots that nothing else may take while way is made."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._held: list[tuple[Spot, int]] = []

    def __call__(self, spot: Spot, slots: int) -> None:
        self._ledger.reserved[spot] += slots
        self._held.append((spot, slots))

    def release(self) -> None:
        for spot, slots in self._held:
            self._ledger.reserved[spot] -= slots


def _check_unique(ledger: Ledger, thing: Thing, quantity: int, store: str) -> None:
    other = stacks.clash(ledger, thing, quantity, store)
    if other is None:
        return
    where = words.store_name(ledger, store)
    why = f"{where} holds {other.name} already" if other is not thing else f"{where} would hold two stacks of it"
    way = "" if store != VAULT_STORE else ", where it must pass or lie"
    text = f"{words.stays(ledger, thing)}: {why}{way}, and the game allows one."
    raise Refused("unique-stack", f"{text} Use up or move the other one first, or move fewer.")


def _on_the_way(planner: Planner, thing: Thing, target: str) -> str:
    where = words.store_name(planner.ledger, target)
    if thing.in_postmaster:
        return f"Out of the postmaster first, on its way to {where}."
    return f"On its way to {where}: the game moves items through the vault."
