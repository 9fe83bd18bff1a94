"""The wishes "lock" and "track": a state that is set on each of several items."""

from __future__ import annotations

from vaultraider.domain.transfers import calls, checks, words
from vaultraider.domain.transfers.calls import Purpose
from vaultraider.domain.transfers.finding import find
from vaultraider.domain.transfers.planner import Planner
from vaultraider.domain.transfers.plans import Plan, Refusal
from vaultraider.domain.transfers.refused import Refused
from vaultraider.domain.transfers.wishes import SetLock, SetTracked
from vaultraider.domain.transfers.world import Thing


def plan_lock(planner: Planner, wish: SetLock) -> Plan:
    return _plan(planner, wish, *(("Lock", "Locks") if wish.state else ("Unlock", "Unlocks")))


def plan_track(planner: Planner, wish: SetTracked) -> Plan:
    return _plan(planner, wish, *(("Track", "Tracks") if wish.state else ("Stop tracking", "Stops tracking")))


def _plan(planner: Planner, wish: SetLock | SetTracked, verb: str, does: str) -> Plan:
    ledger = planner.ledger
    already: list[str] = []
    refusals: list[Refusal] = []
    names: list[str] = []
    tracking = isinstance(wish, SetTracked)
    for id in dict.fromkeys(wish.items):
        thing = find(ledger, id)
        names.append(thing.name if thing is not None else "")
        try:
            if not set_mark(planner, thing, id, wish.state, tracking=tracking, reason=f"{does} it, as asked."):
                already.append(id)
        except Refused as refused:
            refusals.append(refused.of(thing, id))
    what = names[0] if len(names) == 1 and names[0] else words.counted(len(names), "item")
    return Plan(title=f"{verb} {what}", steps=tuple(ledger.steps), refusals=tuple(refusals), already=tuple(already))


def set_mark(planner: Planner, thing: Thing | None, id: str, state: bool, *, tracking: bool, reason: str) -> bool:
    """Whether a call is needed. Raises Refused."""
    if thing is None:
        raise checks.gone(id)
    if (thing.tracked if tracking else thing.locked) == state and (thing.trackable if tracking else thing.lockable):
        return False
    _check(thing, tracking=tracking)
    purpose = Purpose("wished", reason, id, True)
    if tracking:
        calls.set_tracked(planner.ledger, thing, state, purpose)
    else:
        calls.set_lock(planner.ledger, thing, state, purpose)
    return True


def _check(thing: Thing, *, tracking: bool) -> None:
    if tracking and not thing.trackable:
        raise Refused("not-trackable", f"{thing.name} cannot be tracked: only quests and bounties can. Choose one of those.")
    if not tracking and (not thing.lockable or not thing.instance):
        raise Refused("not-lockable", f"{thing.name} cannot be locked: the game has no lock for it. Tag it to remember it.")
