"""The wish "restore": a transfer taken back, as far as today's world allows it."""

from __future__ import annotations

from collections.abc import Sequence

from vaultraider.domain.buckets import VAULT_STORE
from vaultraider.domain.transfers import stacks, words
from vaultraider.domain.transfers.checks import gone
from vaultraider.domain.transfers.finding import available, find
from vaultraider.domain.transfers.goals import Goal, pursue, refusals_of
from vaultraider.domain.transfers.ledger import Ledger
from vaultraider.domain.transfers.marks import set_mark
from vaultraider.domain.transfers.planner import Planner
from vaultraider.domain.transfers.plans import Plan, Refusal
from vaultraider.domain.transfers.refused import Refused
from vaultraider.domain.transfers.wishes import POSTMASTER, LockChange, Placement, Restore
from vaultraider.domain.transfers.world import Thing


def plan_restore(planner: Planner, wish: Restore) -> Plan:
    ledger = planner.ledger
    already: list[str] = []
    refusals: list[Refusal] = []
    goals: list[Goal] = []
    for placement in wish.placements:
        _sort(ledger, placement, goals, already, refusals)
    # What moved last goes back first, into the room that was made for it. When stacks moved is not known.
    backwards = [*reversed(goals)]
    pursue(planner, sorted(backwards, key=_makes_room), in_order=True)
    refusals += refusals_of(goals)
    for change in wish.locks:
        _unmark(planner, change, already, refusals)
    title = _title(wish, goals)
    return Plan(title=title, steps=tuple(ledger.steps), refusals=tuple(refusals), already=tuple(dict.fromkeys(already)))


def _sort(ledger: Ledger, placement: Placement, goals: list[Goal], already: list[str], refusals: list[Refusal]) -> None:
    thing = _find(ledger, placement)
    try:
        if thing is None:
            raise gone(placement.id) if placement.instance else _moved_since(ledger, placement, None)
        if _is_so(thing, placement):
            already.append(placement.id)
            goals.append(Goal(placement.id, thing, placement.was, equip=placement.was_equipped, done=True))
            return
        _check(ledger, thing, placement)
    except Refused as refused:
        refusals.append(refused.of(thing, placement.id))
        return
    quantity = 1 if thing.instance else placement.quantity
    off = thing.equipped and thing.store == placement.was and not placement.was_equipped
    goals.append(Goal(placement.id, thing, placement.was, quantity, equip=placement.was_equipped, off=off))


def _makes_room(goal: Goal) -> int:
    """A stack that leaves the vault goes first, one that goes into it last."""
    if goal.thing.instance:
        return 0
    return 1 if goal.target == VAULT_STORE else -1


def _find(ledger: Ledger, placement: Placement) -> Thing | None:
    if placement.instance:
        return ledger.things.get(placement.id)
    return find(ledger, stacks.stack_id(placement.hash, placement.left, 63))


def _is_so(thing: Thing, placement: Placement) -> bool:
    at_home = bool(thing.instance) and thing.store == placement.was and not thing.in_postmaster
    return at_home and thing.equipped == placement.was_equipped


def _check(ledger: Ledger, thing: Thing, placement: Placement) -> None:
    """Raises Refused when it is not to be touched."""
    if placement.was == POSTMASTER:
        raise Refused("cannot-return", f"{thing.name} came out of a postmaster, and nothing can be put back there. It stays.")
    if thing.in_postmaster or thing.store != placement.left:
        raise _moved_since(ledger, placement, thing)
    if available(ledger, thing) < (1 if thing.instance else placement.quantity):
        raise _moved_since(ledger, placement, thing)


def _moved_since(ledger: Ledger, placement: Placement, thing: Thing | None) -> Refused:
    name = thing.name if thing is not None else "A stack"
    left = words.store_name(ledger, placement.left)
    text = f"{name} is no longer in {left} as this left it, so it stays where it is now. Move it by hand if it should go back."
    return Refused("moved-since", text)


def _unmark(planner: Planner, change: LockChange, already: list[str], refusals: list[Refusal]) -> None:
    thing = find(planner.ledger, change.id)
    try:
        if not set_mark(planner, thing, change.id, change.was, tracking=change.tracking, reason="Sets it as it was before."):
            already.append(change.id)
    except Refused as refused:
        refusals.append(refused.of(thing, change.id))


def _title(wish: Restore, goals: Sequence[Goal]) -> str:
    if len(goals) == 1 == len(wish.placements):
        return f"Put {goals[0].thing.name} back"
    number = len({placement.id for placement in wish.placements} | {change.id for change in wish.locks})
    return f"Put {words.counted(number, 'item')} back as before"
