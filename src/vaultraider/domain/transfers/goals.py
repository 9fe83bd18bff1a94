"""Several things that should each be somewhere: what is easy goes first, what stays is tried again once the rest has gone.

A first round disturbs nothing that the wish does not name; a second one makes room and puts other things on. That way the
wish's own moves make the room that its other moves need, and nothing moves aside without need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from vaultraider.domain.transfers import calls, checks, words
from vaultraider.domain.transfers.calls import Purpose
from vaultraider.domain.transfers.finding import available, find
from vaultraider.domain.transfers.fitting import exotics_in_the_way
from vaultraider.domain.transfers.moving import bring
from vaultraider.domain.transfers.planner import Planner
from vaultraider.domain.transfers.plans import Refusal
from vaultraider.domain.transfers.refused import NotNow, Refused
from vaultraider.domain.transfers.wear import clear_exotic, take_off
from vaultraider.domain.transfers.world import Thing


@dataclass(eq=False)
class Goal:
    """One thing that should come to ``target``. ``id``: as the wish names it. ``quantity``: of a stack. ``equip``: and be worn
    there. ``off``: it is there, and should not be worn. ``refused``: why it stays, so far."""

    id: str
    thing: Thing
    target: str
    quantity: int = 1
    equip: bool = False
    off: bool = False
    arrived: bool = False
    done: bool = False
    refused: Refused | None = None

    @property
    def hopeless(self) -> bool:
        """Whether it is refused whatever else moves."""
        return self.refused is not None and (self.arrived or self.refused.code not in _MAY_CHANGE)

    @property
    def open(self) -> bool:
        return not self.done and not self.hopeless


_MAY_CHANGE = frozenset({"no-space", "unique-stack", "no-replacement", "equipped-elsewhere"})


def pursue(planner: Planner, goals: Sequence[Goal], *, stays: bool = True, in_order: bool = False) -> None:
    """Plans as much as can be. Each goal then is done, or has ``refused``. ``stays``: what has arrived is never moved aside; else
    it is when nothing else can be. ``in_order``: the first goal that can be reached, again and again: their order is known to
    work."""
    keep = planner.kept if stays else planner.last_resort
    keep.update(goal.thing.id for goal in goals)
    planner.kept_stacks.update(goal.thing.hash for goal in goals if not goal.thing.instance)
    planner.stays = stays
    for goal in goals:
        goal.refused = goal.refused or (None if goal.done else _impossible(planner, goal))
    _refuse_rivals(goals)
    while _round(planner, goals, in_order=in_order) or _equip_all(planner, goals, whoever=True):
        pass
    if any(goal.open and isinstance(goal.refused, NotNow) for goal in goals):  # what it waited for will not come
        _sweep(planner, goals)


def refusals_of(goals: Iterable[Goal]) -> list[Refusal]:
    return [goal.refused.of(goal.thing, goal.id) for goal in goals if not goal.done and goal.refused is not None]


def _round(planner: Planner, goals: Sequence[Goal], *, in_order: bool) -> bool:
    """Whatever can be done without disturbing others, and then one sweep of what cannot; whether anything came of it."""
    planner.thorough = False
    progress = False
    step = _first if in_order else _sweep
    while step(planner, goals) or _equip_all(planner, goals, whoever=False):
        progress = True
    planner.thorough = True
    return _sweep(planner, goals) or progress


def _first(planner: Planner, goals: Sequence[Goal]) -> bool:
    """Equips where all has come; else brings the first that can be brought."""
    if _equip_all(planner, goals, whoever=False):
        return True
    waiting = (goal for goal in goals if goal.open and not goal.arrived)
    return any(_attempt(planner, goal, partial(_bring, planner, goal, goals)) for goal in waiting)


def _sweep(planner: Planner, goals: Sequence[Goal]) -> bool:
    """Tries once to bring each thing that has not arrived."""
    waiting = [goal for goal in goals if goal.open and not goal.arrived]
    brought = [_attempt(planner, goal, partial(_bring, planner, goal, goals)) for goal in waiting]
    return any(brought)


def _attempt(planner: Planner, goal: Goal, act: Callable[[], None]) -> bool:
    """Does it wholly; or takes it back, and notes why not."""
    mark, kept, last = planner.ledger.mark(), planner.kept.copy(), planner.last_resort.copy()
    planner.wanted, planner.newcomer = goal.id, goal.thing.name
    try:
        act()
    except Refused as refused:
        planner.ledger.back_to(mark)
        planner.kept, planner.last_resort = kept, last
        goal.refused = refused
        return False
    goal.refused = None
    return True


def _impossible(planner: Planner, goal: Goal) -> Refused | None:
    """What is refused before anything is tried."""
    thing = goal.thing
    try:
        if goal.equip:
            checks.check_wear(planner.ledger, thing, goal.target)
        if thing.in_postmaster or thing.store != goal.target:
            checks.check_move(planner, thing, goal.target)
    except Refused as refused:
        return refused
    return None


def _refuse_rivals(goals: Iterable[Goal]) -> None:
    """Of two that cannot be worn at once, the first stands; before it, what is worn already."""
    standing: list[Goal] = []
    for goal in sorted(goals, key=lambda goal: not goal.done):
        if not goal.equip or goal.refused is not None:
            continue
        rival = next((other for other in standing if _rivals(goal, other)), None)
        if rival is None:
            standing.append(goal)
        else:
            goal.refused = checks.beside(goal.thing, rival.thing)
            goal.arrived = True  # where it is: nothing that moves changes this


def _rivals(goal: Goal, other: Goal) -> bool:
    same_label = bool(goal.thing.label) and goal.thing.label == other.thing.label
    return goal.target == other.target and (same_label or goal.thing.slot == other.thing.slot)


def _bring(planner: Planner, goal: Goal, goals: Sequence[Goal]) -> None:
    thing = _there(planner, goal)
    if goal.off and _comes_off_by_itself(goal, goals):
        raise NotNow
    if goal.off or thing.in_postmaster or thing.store != goal.target:
        thing = _move(planner, goal, thing)
        (planner.kept if planner.stays else planner.last_resort).add(thing.id)
    if goal.equip:
        _try_exotics(planner, goal, thing, goals)
    goal.arrived = True
    goal.done = not goal.equip


def _comes_off_by_itself(goal: Goal, goals: Iterable[Goal]) -> bool:
    """Whether something else of the wish is about to be put on in its slot."""
    same_slot = [other for other in goals if other.equip and other.target == goal.target and other.thing.slot == goal.thing.slot]
    return any(
        other.open and (other.arrived or other.refused is None or isinstance(other.refused, NotNow)) for other in same_slot
    )


def _there(planner: Planner, goal: Goal) -> Thing:
    thing = find(planner.ledger, goal.thing.id)
    if thing is None or available(planner.ledger, thing) < goal.quantity:
        raise checks.too_many(planner.ledger, goal.thing, goal.quantity, available(planner.ledger, thing) if thing else 0)
    return thing


def _move(planner: Planner, goal: Goal, thing: Thing) -> Thing:
    if thing.equipped:
        if not planner.thorough:
            raise NotNow
        thing = take_off(planner, thing, arrives=goal.off)
    if goal.off:
        return thing
    where = words.store_name(planner.ledger, goal.target)
    reason = f"To {where}, to be equipped there." if goal.equip else f"To {where}, as asked."
    return bring(planner, thing, goal.quantity, goal.target, Purpose("wished", reason, goal.id, not goal.equip))


def _try_exotics(planner: Planner, goal: Goal, thing: Thing, goals: Sequence[Goal]) -> None:
    """Whether what cannot be worn beside it could come off: else it had better stay where it is."""
    if thing.label:
        mark, kept = planner.ledger.mark(), planner.kept.copy()
        _clear_exotics(planner, goal, thing, goals)
        planner.ledger.back_to(mark)
        planner.kept = kept


def _clear_exotics(planner: Planner, goal: Goal, thing: Thing, goals: Sequence[Goal]) -> None:
    """Takes off what cannot be worn beside it, but for what the wish itself replaces."""
    replaced = {other.thing.slot for other in goals if other.equip and other.target == goal.target and not other.hopeless}
    for exotic in exotics_in_the_way(planner.ledger, thing, goal.target):
        if exotic.slot not in replaced:
            clear_exotic(planner, exotic, thing)


def _equip_all(planner: Planner, goals: Sequence[Goal], *, whoever: bool) -> bool:
    """Puts on what has come, a character at a time. ``whoever``: even if not all has come that a character should wear."""
    wearers = dict.fromkeys(goal.target for goal in goals if goal.equip and goal.open)
    equipped = [_equip_at(planner, goals, wearer, whoever=whoever) for wearer in wearers]
    return any(equipped)


def _equip_at(planner: Planner, goals: Sequence[Goal], wearer: str, *, whoever: bool) -> bool:
    mine = [goal for goal in goals if goal.equip and goal.target == wearer and goal.open]
    ready = [goal for goal in mine if goal.arrived]
    if not ready or (len(ready) < len(mine) and not whoever):
        return False
    ready.sort(key=lambda goal: bool(goal.thing.label))  # Bungie puts on in this order: exotics last, when theirs are off
    planner.thorough = True
    for goal in ready:
        act = partial(_clear_exotics, planner, goal, planner.ledger.things[goal.thing.id], ready)
        _attempt(planner, goal, act)
    ready = [goal for goal in ready if goal.refused is None]
    if ready:
        _put_on(planner, ready, wearer)
    planner.thorough = whoever
    return bool(ready)


def _put_on(planner: Planner, ready: Sequence[Goal], wearer: str) -> None:
    name = words.store_name(planner.ledger, wearer)
    things = [planner.ledger.things[goal.thing.id] for goal in ready]
    alone = ready[0].id if len(ready) == 1 else ""
    reason = f"Equips {'it' if alone else 'them'} on {name}, as asked."
    calls.equip(planner.ledger, things, Purpose("wished", reason, alone, True))
    for goal in ready:
        goal.done = True
