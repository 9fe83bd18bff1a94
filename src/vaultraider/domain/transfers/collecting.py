"""The wish "collect": everything out of the postmaster."""

from __future__ import annotations

from vaultraider.domain.buckets import ACCOUNT_STORE, VAULT_STORE
from vaultraider.domain.transfers import words
from vaultraider.domain.transfers.finding import available, find
from vaultraider.domain.transfers.goals import Goal, pursue, refusals_of
from vaultraider.domain.transfers.ledger import Ledger, home_of
from vaultraider.domain.transfers.planner import Planner
from vaultraider.domain.transfers.plans import Plan, Refusal
from vaultraider.domain.transfers.wishes import Collect
from vaultraider.domain.transfers.world import Thing


def plan_collect(planner: Planner, wish: Collect) -> Plan:
    """What goes on to no other store may move aside again once it is out, as the last thing to do so: out is what was asked."""
    ledger = planner.ledger
    holders = wish.characters or tuple(ledger.guardians)
    unknown = [holder for holder in holders if holder not in ledger.guardians]
    title = _title(ledger, wish)
    if unknown or not _is_target(ledger, wish.to):
        text = "There is no such guardian to collect from, or no such place to collect to. Refresh and choose again."
        return Plan(title=title, refusals=(Refusal(code="no-such-store", sentence=text),))
    there = [each for each in ledger.things.values() if each.in_postmaster and each.store in holders]
    waiting = sorted((each for each in there if each.id not in wish.without), key=_order)
    goals = [Goal(each.id, each, _target(each, wish), each.quantity) for each in waiting]
    goals += _on_their_way(ledger, wish)
    pursue(planner, goals, stays=wish.to is not None)
    return Plan(title=title, steps=tuple(ledger.steps), refusals=tuple(refusals_of(goals)))


def _is_target(ledger: Ledger, to: str | None) -> bool:
    return to is None or to in ledger.guardians or to in (VAULT_STORE, ACCOUNT_STORE)


def _order(thing: Thing) -> tuple[str, bool, str]:
    """A guardian at a time; stacks first, as they may merge with what is there."""
    return (thing.store, bool(thing.instance), thing.id)


def _target(thing: Thing, wish: Collect) -> str:
    return home_of(thing, wish.to or thing.store)


def _on_their_way(ledger: Ledger, wish: Collect) -> list[Goal]:
    """What an earlier plan pulled, and what is not yet where it should go."""
    goals = []
    for each in wish.started if wish.to is not None else ():
        thing = find(ledger, each.id)
        if thing is not None and not thing.in_postmaster and thing.store != _target(thing, wish):
            quantity = 1 if thing.instance else min(each.quantity or thing.quantity, available(ledger, thing))
            goals.append(Goal(each.id, thing, _target(thing, wish), quantity))
    return goals


def _title(ledger: Ledger, wish: Collect) -> str:
    names = [words.store_name(ledger, holder) for holder in wish.characters]
    whose = f"{' and '.join(names)}'s postmaster" if names else "everything in the postmaster"
    return f"Collect {whose}" + (f" to {words.store_name(ledger, wish.to)}" if wish.to else "")
