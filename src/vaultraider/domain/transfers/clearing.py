"""The wish "make room": a number of free places."""

from __future__ import annotations

from vaultraider.domain import hashes
from vaultraider.domain.buckets import ACCOUNT_STORE, VAULT_STORE
from vaultraider.domain.transfers import words
from vaultraider.domain.transfers.ledger import VAULT, Ledger, Spot
from vaultraider.domain.transfers.planner import Planner
from vaultraider.domain.transfers.plans import Plan, Refusal
from vaultraider.domain.transfers.room import Full, secure, what_is_in_the_way
from vaultraider.domain.transfers.wishes import MakeRoom


def plan_make_room(planner: Planner, wish: MakeRoom) -> Plan:
    ledger = planner.ledger
    title = _title(ledger, wish)
    spots = _spots(ledger, wish)
    if not spots:
        text = "There is no such place to make room in. Choose a guardian and a slot, or the vault."
        return Plan(title=title, refusals=(Refusal(code="no-such-store", sentence=text),))
    refusals = [refusal for spot in spots if (refusal := _clear(planner, spot, wish.slots)) is not None]
    return Plan(title=title, steps=tuple(ledger.steps), refusals=tuple(refusals))


def _clear(planner: Planner, spot: Spot, slots: int) -> Refusal | None:
    """Frees as many places as it can; the refusal tells of the rest."""
    refusal = None
    for wanted in range(1, slots + 1):
        mark = planner.ledger.mark()
        try:
            secure(planner, spot, wanted)
        except Full as full:
            planner.ledger.back_to(mark)
            refusal = _not_enough(planner, spot, full, wanted - 1, slots)
            break
    planner.ledger.reserved[spot] += slots  # what makes room for the next spot does not go here
    return refusal


def _not_enough(planner: Planner, spot: Spot, full: Full, got: int, slots: int) -> Refusal:
    ledger = planner.ledger
    text = f"Only {got} of {words.counted(slots, 'place')} can be free {words.place_for(ledger, spot)}"
    also = "nothing more there can move aside" if full.spot == spot else words.is_full(ledger, full.spot)
    helps = "Move or dismantle something there yourself."
    return Refusal(code="no-space", sentence=f"{text}: {also}{what_is_in_the_way(planner, full.spot)}. {helps}")


def _spots(ledger: Ledger, wish: MakeRoom) -> list[Spot]:
    if wish.store == VAULT_STORE:
        return [VAULT]
    if wish.store == ACCOUNT_STORE:
        shared = {thing.slot for thing in ledger.things.values() if thing.store == ACCOUNT_STORE and not thing.in_postmaster}
        return [Spot(ACCOUNT_STORE, bucket) for bucket in ((wish.bucket,) if wish.bucket else sorted(shared))]
    if wish.store not in ledger.guardians:
        return []
    return [Spot(wish.store, bucket) for bucket in ((wish.bucket,) if wish.bucket else hashes.GEAR_BUCKETS)]


def _title(ledger: Ledger, wish: MakeRoom) -> str:
    places = words.counted(wish.slots, "place")
    if wish.bucket and wish.store != VAULT_STORE:
        return f"Free {places} {words.place_for(ledger, Spot(wish.store, wish.bucket))}"
    on = "in" if wish.store in (VAULT_STORE, ACCOUNT_STORE) else "on"
    return f"Free {places} {on} {words.store_name(ledger, wish.store)}"
