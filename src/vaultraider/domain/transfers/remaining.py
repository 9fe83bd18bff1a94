"""What is left of a wish after some of its steps were done, so that it can be planned anew in the world as it is then.

Of an instance nothing needs remembering: the world says where it is. A stack has no identity: of it we keep how many have
arrived, and where those are that are on their way.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from vaultraider.domain.transfers.plans import Step
from vaultraider.domain.transfers.stacks import stack_id
from vaultraider.domain.transfers.wishes import AnyWish, Collect, Move, Placement, Restore, SetLock, SetTracked, Wanted
from vaultraider.domain.transfers.world import World

_OWN = frozenset({"wished", "transit"})
"""Steps that carry what was wished; the others make way for it."""


def durable(wish: AnyWish, world: World) -> AnyWish:
    """The wish with the numbers that "all of it" means now: a stack may have another size, or another id, when it goes on."""
    if not isinstance(wish, Move):
        return wish

    def told(item: Wanted) -> Wanted:
        thing = world.things.get(item.id)
        return item if thing is None or thing.instance or item.quantity else replace(item, quantity=thing.quantity)

    return replace(wish, items=tuple(told(item) for item in wish.items))


def remaining(wish: AnyWish, done: Sequence[Step], without: frozenset[str] = frozenset()) -> AnyWish | None:
    """The wish, less what ``done`` steps (of all its plans, in order) brought, and less the items in ``without``, which were
    given up. None: nothing is left. What only the world can tell (instances, free places) stays in the wish: then the next
    plan has no steps for it."""
    carried = [step for step in done if step.why in _OWN and step.kind in ("transfer", "pull")]
    if isinstance(wish, Move):
        items = _left_of(wish.items, carried, without)
        return replace(wish, items=items) if items else None
    if isinstance(wish, Collect):
        started = _left_of(_pulled(carried), carried, without) if wish.to is not None else ()
        return replace(wish, started=started, without=tuple(sorted({*wish.without, *without})))
    if isinstance(wish, SetLock | SetTracked):
        ids = tuple(id for id in wish.items if id not in without)
        return replace(wish, items=ids) if ids else None
    return _left_to_restore(wish, carried, without) if isinstance(wish, Restore) else wish


@dataclass
class _Portion:
    """So many of a stack that was wished as ``origin``, to be found as ``id`` now. ``store``: where they lie; "" before anything
    moved. ``quantity`` 0: all, however many."""

    origin: str
    id: str
    quantity: int
    store: str = ""

    def goes_with(self, step: Step) -> bool:
        return step.wanted in (self.origin, self.id) and self.store in ("", step.source)


def _left_of(items: Iterable[Wanted], carried: Iterable[Step], without: frozenset[str]) -> tuple[Wanted, ...]:
    portions = [_Portion(item.id, item.id, item.quantity) for item in items if item.id not in without]
    for step in carried:
        if not step.piece.instance:
            _go(portions, step)
    left: dict[str, int] = {}
    for portion in portions:
        whole = portion.quantity == 0 or left.get(portion.id) == 0
        left[portion.id] = 0 if whole else left.get(portion.id, 0) + portion.quantity
    return tuple(Wanted(id=id, quantity=quantity) for id, quantity in left.items())


def _go(portions: list[_Portion], step: Step) -> None:
    """Takes off what arrived; what is on its way is found under another id from now on."""
    portion = next((each for each in portions if each.goes_with(step)), None)
    if portion is None:
        return
    portions.remove(portion)
    if portion.quantity > step.quantity:
        portions.append(dataclasses.replace(portion, quantity=portion.quantity - step.quantity))
    if not step.arrives:
        there = stack_id(step.piece.hash, step.target)
        portions.append(_Portion(portion.origin, there, step.quantity, step.target))


def _pulled(carried: Sequence[Step]) -> list[Wanted]:
    """What was taken out of a postmaster on its way to somewhere else."""
    arrived = {step.wanted for step in carried if step.arrives and step.piece.instance}
    pulls = [step for step in carried if step.kind == "pull" and not step.arrives and step.wanted not in arrived]
    return [Wanted(id=step.wanted, quantity=0 if step.piece.instance else step.quantity) for step in pulls]


def _left_to_restore(wish: Restore, carried: Sequence[Step], without: frozenset[str]) -> Restore | None:
    placements = tuple(
        left for each in wish.placements if each.id not in without and (left := _left_of_placement(each, carried)) is not None
    )
    locks = tuple(each for each in wish.locks if each.id not in without)
    return replace(wish, placements=placements, locks=locks) if placements or locks else None


def _left_of_placement(placement: Placement, carried: Sequence[Step]) -> Placement | None:
    """What we moved halfway was not moved by anybody else: it is to be found where our last step left it."""
    mine = [step for step in carried if step.wanted == placement.id]
    if not mine:
        return placement
    if not placement.instance and any(step.arrives for step in mine):
        return None
    return replace(placement, left=mine[-1].target)
