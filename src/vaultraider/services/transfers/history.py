"""What the earlier rounds of a transfer teach its next plan: pure, read off the journal, so that nothing is forgotten with a
worker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec.structs import replace

from vaultraider.domain.errors import BungieRefusal
from vaultraider.domain.snapshot import ProfileSnapshot
from vaultraider.domain.transfers.plans import Step
from vaultraider.domain.transfers.wishes import Move, SetLock, SetTracked
from vaultraider.domain.transfers.world import World
from vaultraider.domain.write_outcome import Remedy, remedy_for
from vaultraider.ports import StepRecord, TransferRecord

SURPRISES = 4
"""How often a step for one item of the wish may fail before the item is left where it is."""

_GIVEN_UP = frozenset({"refused-by-bungie", "unconfirmed"})


def given_up(record: TransferRecord) -> frozenset[str]:
    """Items of the wish that no further plan is made for."""
    return frozenset(each.item for each in record.refusals if each.code in _GIVEN_UP)


def surprises(record: TransferRecord, wanted: Iterable[str]) -> int:
    """How often a step for one of these items failed."""
    names = set(wanted)
    return sum(1 for each in _failed(record) if names & set(served(each.step)) and each.step.why != "lock-again")


def served(step: Step) -> tuple[str, ...]:
    """The items of the wish that a step is for."""
    if step.kind == "equip-all" and step.why == "wished":
        return tuple(piece.id for piece in step.pieces)
    return (step.wanted or step.piece.id,)


def is_for_itself(step: Step) -> bool:
    """Whether what the step moves is itself wished for, and not in the way of something else."""
    return step.wanted in ("", step.piece.id) or step.why in ("wished", "transit")


def done_steps(record: TransferRecord) -> list[Step]:
    """What counts as done for the next plan: what Bungie's profile has not contradicted."""
    return [each.step for each in record.steps if each.state == "done" and each.settled != "contradicted"]


def arrived(record: TransferRecord) -> frozenset[str]:
    """Instances that came to be as wished. Of stacks only amounts are known; what a restored item still lacks tells the world."""
    if not isinstance(record.wish, Move | SetLock | SetTracked):
        return frozenset()
    brought = [step for step in done_steps(record) if step.arrives]
    return frozenset(id for step in brought for id in served(step) if not id.startswith("s-"))


def told_full(record: TransferRecord, snapshot: ProfileSnapshot | None) -> frozenset[tuple[str, int]]:
    """Places that Bungie called full, unless a profile from after that tells what lies there."""
    return frozenset(
        (each.step.target, each.step.bucket)
        for each in _failed(record)
        if _remedy(each) == "full" and not (snapshot is not None and each.ended is not None and snapshot.speaks_of(each.ended))
    )


def untouchable(record: TransferRecord) -> frozenset[str]:
    """What cannot be moved aside or put on instead, as it turned out: a plan must take something else."""
    return frozenset(
        piece.id
        for each in _failed(record)
        if not is_for_itself(each.step) and (each.state == "unconfirmed" or (each.code is not None and _remedy(each) == "none"))
        for piece in each.step.pieces
    )


def stale_since(record: TransferRecord) -> datetime | None:
    """When Bungie last refused something because our view was old: what is planned next needs a newer one."""
    return max((each.ended for each in _failed(record) if each.ended is not None and _remedy(each) == "read-again"), default=None)


def owed_locks(record: TransferRecord, world: World, snapshot: ProfileSnapshot | None) -> list[Step]:
    """Locks that must be set again after a move that was done, and were not yet: a plan that is made anew does not know of them.

    None where a profile from after the move shows the lock as it should be.
    """
    owed: dict[str, tuple[StepRecord, Step]] = {}
    for each in record.steps:
        id = each.step.piece.id
        if each.step.kind == "lock":
            if each.state == "done" or (each.state == "refused" and _tries(record, each.step) >= SURPRISES):
                owed.pop(id, None)
        elif each.state == "done" and (lock := _lock_after(record, each)) is not None:
            owed[id] = (each, lock)
    return [
        _where_it_is(lock, world)
        for id, (moved, lock) in owed.items()
        if id in world.things and not (world.things[id].locked == lock.state and _is_known(moved, snapshot))
    ]


def _lock_after(record: TransferRecord, moved: StepRecord) -> Step | None:
    """What its plan had in mind for after the move."""
    return next(
        (
            each.step
            for each in record.steps
            if each.round == moved.round
            and each.n > moved.n
            and each.step.why == "lock-again"
            and each.step.piece.id == moved.step.piece.id
        ),
        None,
    )


def _where_it_is(lock: Step, world: World) -> Step:
    """The same step for where the item lies now. What no character holds is locked in the name of the current one."""
    store = world.things[lock.piece.id].store
    if store == lock.target:
        return lock
    guardians = [guardian.id for guardian in world.guardians]
    return replace(lock, source=store, target=store, character=store if store in guardians else (*guardians, "")[0])


def _is_known(moved: StepRecord, snapshot: ProfileSnapshot | None) -> bool:
    return snapshot is not None and moved.ended is not None and snapshot.speaks_of(moved.ended)


def _tries(record: TransferRecord, lock: Step) -> int:
    failed = (each.step for each in _failed(record))
    return sum(1 for step in failed if step.why == "lock-again" and step.piece.id == lock.piece.id)


def _failed(record: TransferRecord) -> Iterator[StepRecord]:
    return (each for each in record.steps if each.state in ("refused", "unconfirmed"))


def _remedy(step: StepRecord) -> Remedy:
    return "none" if step.code is None else remedy_for(BungieRefusal(error_code=step.code))
