"""Which of an account's open transfers is next.

They are carried out in the order in which they were asked for. One that is put down (it waits, or an answer of it is unclear)
holds up only those later ones that share something with it:

an item     of the wish or of any step of its plan that is still to come, running or done. So nothing is planned on an item
            whose place is not certain, and the last word on an item is the last wish about it. All stacks of an item are one:
            only amounts tell where they went, and a second move would blur those of the first.
a slot      (character and bucket) that an unclear step leaves or enters: whether there is room is not certain. The vault as a
            whole is no slot: whoever finds it full is told so by Bungie, with nothing done, and makes room.
a character that an unclear equip dresses: what it wears decides what else can be worn and moved.

A transfer that is held up holds up what shares something with it in turn: the order within an item is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from vaultraider.domain.buckets import VAULT_STORE
from vaultraider.domain.transfers.plans import Step
from vaultraider.domain.transfers.wishes import AnyWish, Collect, MakeRoom, Move, Restore, SetLock, SetTracked
from vaultraider.ports import TransferRecord

FARTHEST = timedelta(minutes=10)
"""No pause is meant to be longer: a later moment was written by a clock that has been set back since."""

Claim = tuple[str, ...]


def next_due(open_transfers: Sequence[TransferRecord], now: datetime) -> TransferRecord | None:
    """The one to carry out now; None when all are put down or held up. ``open_transfers``: oldest first."""
    held: set[Claim] = set()
    for record in open_transfers:
        if is_due(record, now) and held.isdisjoint(_needed(record)):
            return record
        held |= _held(record)
    return None


def is_due(record: TransferRecord, now: datetime) -> bool:
    return record.not_before <= now or record.not_before > now + FARTHEST


def shares_with(record: TransferRecord, others: Iterable[TransferRecord]) -> bool:
    """Whether what was asked for before may still change what the wish is about. What a wish for room, or for a postmaster, is
    about stands nowhere: anything may matter to it."""
    if isinstance(record.wish, Collect | MakeRoom):
        return any(True for _ in others)
    mine = _items(record)
    return any(not mine.isdisjoint(_items(each)) for each in others)


def touched(step: Step) -> set[str]:
    """The items whose place or state a step changes."""
    return {_item(piece.id) for piece in (*step.pieces, *step.replaces)}


def in_doubt(open_transfers: Iterable[TransferRecord]) -> frozenset[str]:
    """What steps with an unknown end touch; of stacks, their item (``is_in_doubt`` asks for an id)."""
    return frozenset(
        id for record in open_transfers for each in record.steps if each.state == "running" for id in touched(each.step)
    )


def is_in_doubt(id: str, doubted: frozenset[str]) -> bool:
    return _item(id) in doubted


def unclear_places(step: Step) -> set[Claim]:
    """What nobody may rely on before it is known whether the step was done."""
    if step.kind in ("lock", "track"):
        return set()
    if step.kind in ("equip", "equip-all"):
        return {("dress", step.target), *_slot(step.target, step)}
    return {*_slot(step.source, step), *_slot(step.target, step)}


def relied_on(step: Step) -> set[Claim]:
    """What must be certain before the step can be sent. What leaves a slot does not care what else is in it."""
    if step.kind in ("lock", "track"):
        return set()
    return {("dress", step.target)} if step.kind in ("equip", "equip-all") else _slot(step.target, step)


def _held(record: TransferRecord) -> set[Claim]:
    unclear = [each.step for each in record.steps if each.state == "running"]
    return _items(record).union(*map(unclear_places, unclear))


def _needed(record: TransferRecord) -> set[Claim]:
    coming = [each.step for each in record.steps if each.state in ("planned", "running")]
    return _items(record).union(*map(relied_on, coming))


def _items(record: TransferRecord) -> set[Claim]:
    steps = [each.step for each in record.steps if each.state in ("planned", "running", "done")]
    return {("item", id) for id in (*map(_item, _wished(record.wish)), *(id for step in steps for id in touched(step)))}


def _item(id: str) -> str:
    """What stays the same of an id: of a stack, its item."""
    return "-".join(id.split("-")[:2]) if id.startswith("s-") else id


def _wished(wish: AnyWish) -> Iterable[str]:
    if isinstance(wish, Move):
        return (each.id for each in wish.items)
    if isinstance(wish, SetLock | SetTracked):
        return wish.items
    if isinstance(wish, Restore):
        return (*(each.id for each in wish.placements), *(each.id for each in wish.locks))
    return ()  # What a postmaster or a slot holds stands in the steps.


def _slot(store: str, step: Step) -> set[Claim]:
    return set() if store == VAULT_STORE else {("slot", store, str(step.bucket))}
