"""What the earlier rounds of a transfer teach its next plan: pure, read off the journal, so that nothing is forgotten with a
worker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from vaultraider.domain.errors import BungieRefusal
from vaultraider.domain.snapshot import ProfileSnapshot
from vaultraider.domain.transfers.plans import Step
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
    return sum(1 for each in _failed(record) if names & set(served(each.step)))


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


def _failed(record: TransferRecord) -> Iterator[StepRecord]:
    return (each for each in record.steps if each.state in ("refused", "unconfirmed"))


def _remedy(step: StepRecord) -> Remedy:
    return "none" if step.code is None else remedy_for(BungieRefusal(error_code=step.code))
