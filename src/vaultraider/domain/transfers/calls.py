"""The steps of a plan, one function a call: each is added to the plan and done to the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from vaultraider.domain.buckets import ACCOUNT_STORE, VAULT_STORE
from vaultraider.domain.transfers import stacks
from vaultraider.domain.transfers.ledger import Ledger, spot_of
from vaultraider.domain.transfers.plans import Piece, Step, StepKind, Why
from vaultraider.domain.transfers.world import Thing


class Purpose(NamedTuple):
    """Why a step is taken. ``wanted``: which item of the wish it serves. ``arrives``: with it that item is where it should be."""

    why: Why
    reason: str
    wanted: str = ""
    arrives: bool = False


def piece_of(thing: Thing) -> Piece:
    return Piece(id=thing.id, hash=thing.hash, name=thing.name, instance=thing.instance)


def transfer(ledger: Ledger, thing: Thing, quantity: int, target: str, purpose: Purpose) -> Thing:
    """Into the vault or out of it; out of the postmaster when it lies there. Gives the thing as it lies then."""
    kind: StepKind = "pull" if thing.in_postmaster else "transfer"
    amounts = None
    if not thing.instance:
        amounts = (_pile(ledger, thing), stacks.amount_at(ledger, thing, target))
    ledger.steps.append(
        Step(
            kind=kind,
            pieces=(piece_of(thing),),
            source=thing.store,
            target=target,
            character=_caller(ledger, thing, target),
            why=purpose.why,
            reason=purpose.reason,
            quantity=quantity,
            bucket=thing.slot,
            from_postmaster=thing.in_postmaster,
            wanted=purpose.wanted,
            arrives=purpose.arrives,
            amounts=amounts,
        )
    )
    if thing.instance:
        return ledger.place(thing, target, "vault" if target == VAULT_STORE else "inventory")
    stacks.take(ledger, thing, quantity)
    return stacks.add(ledger, thing, quantity, target)


def _pile(ledger: Ledger, thing: Thing) -> int:
    if not thing.in_postmaster:
        return stacks.amount_at(ledger, thing, thing.store)
    stored = ledger.things.values()
    return sum(each.quantity for each in stored if each.in_postmaster and each.hash == thing.hash and each.store == thing.store)


def _caller(ledger: Ledger, thing: Thing, target: str) -> str:
    """The character of the call: the owner when vaulting or pulling, the receiver out of the vault; of what all share, the
    current one."""
    store = thing.store if target == VAULT_STORE or thing.in_postmaster else target
    return _character(ledger, store)


def _character(ledger: Ledger, store: str) -> str:
    return ledger.current if store in (VAULT_STORE, ACCOUNT_STORE) else store


def equip(ledger: Ledger, things: Sequence[Thing], purpose: Purpose) -> None:
    """Puts on what its wearer carries already; several in one call, in this order."""
    wearer = things[0].store
    replaced = [worn for thing in things if (worn := ledger.worn(spot_of(thing))) is not None]
    ledger.steps.append(
        Step(
            kind="equip" if len(things) == 1 else "equip-all",
            pieces=tuple(piece_of(thing) for thing in things),
            source=wearer,
            target=wearer,
            character=wearer,
            why=purpose.why,
            reason=purpose.reason,
            quantity=len(things),
            replaces=tuple(piece_of(worn) for worn in replaced),
            bucket=things[0].slot if len(things) == 1 else 0,
            wanted=purpose.wanted,
            arrives=purpose.arrives,
        )
    )
    for worn in replaced:
        ledger.place(worn, worn.store, "inventory")
    for thing in things:
        ledger.place(ledger.things[thing.id], wearer, "equipped")


def set_lock(ledger: Ledger, thing: Thing, state: bool, purpose: Purpose) -> None:
    _set(ledger, thing, "lock", state, purpose)
    ledger.put(replace(thing, locked=state))


def set_tracked(ledger: Ledger, thing: Thing, state: bool, purpose: Purpose) -> None:
    _set(ledger, thing, "track", state, purpose)
    ledger.put(replace(thing, tracked=state))


def _set(ledger: Ledger, thing: Thing, kind: StepKind, state: bool, purpose: Purpose) -> None:
    ledger.steps.append(
        Step(
            kind=kind,
            pieces=(piece_of(thing),),
            source=thing.store,
            target=thing.store,
            character=_character(ledger, thing.store),
            why=purpose.why,
            reason=purpose.reason,
            state=state,
            bucket=thing.slot,
            wanted=purpose.wanted,
            arrives=purpose.arrives,
        )
    )
