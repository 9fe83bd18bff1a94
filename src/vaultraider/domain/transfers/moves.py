"""The wish "move": one thing, several, or a whole search result."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from vaultraider.domain.buckets import ACCOUNT_STORE, VAULT_STORE
from vaultraider.domain.transfers import checks, words
from vaultraider.domain.transfers.finding import available, find
from vaultraider.domain.transfers.goals import Goal, pursue, refusals_of
from vaultraider.domain.transfers.ledger import Ledger, home_of
from vaultraider.domain.transfers.planner import Planner
from vaultraider.domain.transfers.plans import Plan, Refusal
from vaultraider.domain.transfers.wishes import Move, Wanted
from vaultraider.domain.transfers.world import Thing


class Sorted(NamedTuple):
    """What a wish comes to before anything is planned."""

    goals: list[Goal]
    already: list[str]
    refusals: list[Refusal]


def plan_move(planner: Planner, wish: Move) -> Plan:
    ledger = planner.ledger
    wanted = _merged(wish.items)
    things = [thing for each in wanted if (thing := find(ledger, each.id)) is not None]
    title = _title(ledger, wish, things, wanted)
    if not _is_store(ledger, wish.to):
        text = "There is no such place to move to. Choose a guardian or the vault."
        return Plan(title=title, refusals=(Refusal(code="no-such-store", sentence=text),))
    found = _sort(planner, wish, wanted)
    in_order = sorted(found.goals, key=_ease)
    pursue(planner, in_order)
    refusals = [*found.refusals, *refusals_of(found.goals)]
    return Plan(title=title, steps=tuple(ledger.steps), refusals=tuple(refusals), already=tuple(found.already))


def _is_store(ledger: Ledger, store: str) -> bool:
    return store in ledger.guardians or store in (VAULT_STORE, ACCOUNT_STORE)


def _merged(items: Iterable[Wanted]) -> list[Wanted]:
    """Each id once; of one that is named twice the quantities are added, and all of it is all of it."""
    quantities: dict[str, int] = {}
    for each in items:
        before = quantities.get(each.id)
        whole = before == 0 or each.quantity == 0
        quantities[each.id] = 0 if whole else (before or 0) + each.quantity
    return [Wanted(id=id, quantity=quantity) for id, quantity in quantities.items()]


def _sort(planner: Planner, wish: Move, wanted: Sequence[Wanted]) -> Sorted:
    found = Sorted([], [], [])
    for each in wanted:
        thing = find(planner.ledger, each.id)
        if thing is None:
            found.refusals.append(checks.gone(each.id).of(None, each.id))
            continue
        goal = _goal(planner.ledger, wish, thing, each, alone=len(wanted) == 1)
        if goal.done:
            found.already.append(each.id)
            found.goals.append(goal)
        elif goal.refused is not None:
            found.refusals.append(goal.refused.of(thing, each.id))
        else:
            found.goals.append(goal)
    return found


def _goal(ledger: Ledger, wish: Move, thing: Thing, wanted: Wanted, *, alone: bool) -> Goal:
    """Done, where it is so already. What its own wearer is sent comes off when it is asked for by itself; as one of many it is
    where it should be."""
    target = home_of(thing, wish.to)
    goal = Goal(wanted.id, thing, target, _quantity(thing, wanted.quantity), equip=wish.equip)
    if not thing.in_postmaster and thing.store == target:
        if wish.equip == thing.equipped or (thing.equipped and not alone):
            goal.done = True
            return goal
        goal.off = thing.equipped
    if goal.quantity > available(ledger, thing):
        goal.refused = checks.too_many(ledger, thing, goal.quantity, available(ledger, thing))
    return goal


def _quantity(thing: Thing, asked: int) -> int:
    return 1 if thing.instance else asked or thing.quantity


def _ease(goal: Goal) -> int:
    """What leaves the vault first, as it makes room there; what is worn and what is in a postmaster late."""
    thing = goal.thing
    if thing.store == VAULT_STORE:
        return 0
    if thing.in_postmaster:
        return 1 if home_of(thing, thing.store) == goal.target else 4
    return 3 if thing.equipped else 2


def _title(ledger: Ledger, wish: Move, things: Sequence[Thing], wanted: Sequence[Wanted]) -> str:
    where = words.store_name(ledger, wish.to)
    if len(wanted) == 1 and things:
        thing = things[0]
        what = words.amount(thing, _quantity(thing, wanted[0].quantity))
        where = words.store_name(ledger, home_of(thing, wish.to))
    else:
        what = words.counted(len(wanted), "item")
    return f"Equip {what} on {where}" if wish.equip else f"{what} to {where}"
