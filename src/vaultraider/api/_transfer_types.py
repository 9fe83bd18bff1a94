"""Transfers, plans and writes as they are told outside, and how each is made of what the journal holds.

Ids are strings, times are in UTC, and what there is none of is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Literal, cast

import msgspec
from msgspec import UNSET, Meta, UnsetType

from vaultraider.domain.transfers import plans
from vaultraider.domain.transfers.plans import RefusalCode, StepKind, Why
from vaultraider.domain.transfers.wishes import Wish
from vaultraider.ports.transfers import Offer, Settled, StepRecord, StepState, TransferRecord, TransferState, WriteRecord

Kind = Literal["move", "collect", "lock", "track", "make-room", "restore"]
Confirmed = Literal["all", "pending", "unconfirmed", "contradicted"]
"""What Bungie's profile says of the done steps: the worst of what it says of each."""


class ItemRef(msgspec.Struct, kw_only=True):
    """``id`` is ours: Bungie's instance id, or that of a stack."""

    id: str
    hash: int
    name: str


class TransferStep(msgspec.Struct, kw_only=True):
    """One call to Bungie. ``source`` and ``target``: a character's id, "vault" or "account".

    ``lock``: what a lock or tracking is set to. ``replaces``: what an equip takes off. ``code``: Bungie's number of a refusal.
    """

    n: int
    kind: StepKind
    items: list[ItemRef]
    quantity: int
    source: str
    target: str
    bucket: int
    why: Why
    reason: str
    state: StepState
    lock: bool | UnsetType = UNSET
    replaces: list[ItemRef] | UnsetType = UNSET
    sentence: str | UnsetType = UNSET
    code: int | UnsetType = UNSET
    begun: str | UnsetType = UNSET
    ended: str | UnsetType = UNSET
    settled: Settled | UnsetType = UNSET


class TransferRefusal(msgspec.Struct, kw_only=True):
    """What stays. ``sentence`` names it, the reason, and what would help."""

    code: RefusalCode
    sentence: str
    item: str | UnsetType = UNSET
    name: str | UnsetType = UNSET


class Transfer(msgspec.Struct, kw_only=True):
    """One wish and what became of it. ``revision`` grows with every change.

    ``steps`` are those of every plan it had; ``done`` of ``total`` counts the plan that holds, and what was done before it.
    ``can``: what may be asked of it now.
    """

    id: str
    revision: int
    state: TransferState
    kind: Kind
    title: str
    asked_by: str
    created: str
    steps: list[TransferStep]
    refusals: list[TransferRefusal]
    done: int
    total: int
    confirmed: Confirmed
    can: list[Offer]
    sentence: str | UnsetType = UNSET
    started: str | UnsetType = UNSET
    finished: str | UnsetType = UNSET
    not_before: str | UnsetType = UNSET
    expires: str | UnsetType = UNSET
    undoes: str | UnsetType = UNSET
    undone_by: str | UnsetType = UNSET
    retries: str | UnsetType = UNSET
    retried_by: str | UnsetType = UNSET


class TransferPlan(msgspec.Struct, kw_only=True):
    """What would be done: nothing was written. ``already``: ids of what is as wished without a call."""

    title: str
    steps: list[TransferStep]
    refusals: list[TransferRefusal]
    already: list[str]


class TransferList(msgspec.Struct):
    """Newest first."""

    transfers: list[Transfer]


class Write(msgspec.Struct, kw_only=True):
    """One call that was sent to Bungie. ``source_name`` and ``target_name``: the stores as they were called that day."""

    id: str
    transfer: str
    title: str
    asked_by: str
    step: TransferStep
    source_name: str
    target_name: str


class WriteList(msgspec.Struct):
    """Newest first."""

    writes: list[Write]


Before = Annotated[str, Meta(pattern=r"^[0-9]{1,10}(?!\n)$", description="Only what is older than the one with this id.")]


class AskQuery(msgspec.Struct):
    """``preview``: only tell the plan."""

    preview: bool = False


class AskHeaders(msgspec.Struct):
    """``Idempotency-Key``: with the same key and wish, the same transfer is answered and nothing is done twice."""

    key: Annotated[str, Meta(pattern=r"^[!-~]{1,200}(?!\n)$")] | UnsetType = msgspec.field(name="Idempotency-Key", default=UNSET)


class TransfersQuery(msgspec.Struct):
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    before: Before | UnsetType = UNSET


class WritesQuery(msgspec.Struct):
    """``q``: words that must all occur in item, title, stores, who asked, or outcome."""

    q: Annotated[str, Meta(max_length=200)] = ""
    limit: Annotated[int, Meta(ge=1, le=200)] = 100
    before: Before | UnsetType = UNSET


def told(record: TransferRecord, now: datetime) -> Transfer:
    """The transfer as it is told outside."""
    done, total = progress(record)
    return Transfer(
        id=str(record.id),
        revision=record.revision,
        state=record.state,
        kind=kind_of(record.wish),
        title=record.title,
        asked_by=record.asked_by,
        created=stamp(record.created),
        steps=[told_step(each) for each in record.steps],
        refusals=told_refusals(record.refusals),
        done=done,
        total=total,
        confirmed=confirmed(record.steps),
        can=list(record.offers(now)),
        sentence=record.sentence or UNSET,
        started=_stamp(record.started),
        finished=_stamp(record.finished),
        not_before=UNSET if record.ended or record.not_before <= record.created else stamp(record.not_before),
        expires=UNSET if record.ended else stamp(record.expires),
        undoes=_id(record.undoes),
        undone_by=_id(record.undone_by),
        retries=_id(record.retries),
        retried_by=_id(record.retried_by),
    )


def kind_of(wish: Wish) -> Kind:
    return cast(Kind, wish.__struct_config__.tag)


def progress(record: TransferRecord) -> tuple[int, int]:
    """How many steps are done, and of how many: those of the plan that holds, and what was done under earlier ones."""
    done = sum(1 for each in record.steps if each.state == "done")
    earlier = sum(1 for each in record.steps if each.state == "done" and each.round != record.round)
    return done, earlier + sum(1 for each in record.steps if each.round == record.round)


def confirmed(steps: Iterable[StepRecord]) -> Confirmed:
    """The worst that Bungie's profile says of a done step. What a later step of ours changed again counts as seen."""
    said = {each.settled or "pending" for each in steps if each.state == "done"}
    worst: tuple[Confirmed, ...] = ("contradicted", "unconfirmed", "pending")
    return next((each for each in worst if each in said), "all")


def told_step(record: StepRecord) -> TransferStep:
    """A step of the journal, with what became of it."""
    shown = _shown(record.step, record.n, record.state)
    shown.sentence = record.sentence or UNSET
    shown.code = record.code or UNSET
    shown.begun = _stamp(record.begun)
    shown.ended = _stamp(record.ended)
    shown.settled = record.settled or UNSET
    return shown


def told_plan(plan: plans.Plan) -> TransferPlan:
    """A plan that nobody carries out."""
    return TransferPlan(
        title=plan.title,
        steps=[_shown(each, number, "planned") for number, each in enumerate(plan.steps, 1)],
        refusals=told_refusals(plan.refusals),
        already=list(plan.already),
    )


def told_refusals(refusals: Sequence[plans.Refusal]) -> list[TransferRefusal]:
    return [
        TransferRefusal(code=each.code, sentence=each.sentence, item=each.item or UNSET, name=each.name or UNSET)
        for each in refusals
    ]


def told_write(record: WriteRecord) -> Write:
    """A store whose name nobody told is called by its id."""
    step = record.step.step
    return Write(
        id=str(record.step.id),
        transfer=str(record.transfer_id),
        title=record.title,
        asked_by=record.asked_by,
        step=told_step(record.step),
        source_name=record.source_name or step.source,
        target_name=record.target_name or step.target,
    )


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _shown(step: plans.Step, number: int, state: StepState) -> TransferStep:
    return TransferStep(
        n=number,
        kind=step.kind,
        items=_items(step.pieces),
        quantity=step.quantity,
        source=step.source,
        target=step.target,
        bucket=step.bucket,
        why=step.why,
        reason=step.reason,
        state=state,
        lock=UNSET if step.state is None else step.state,
        replaces=_items(step.replaces) or UNSET,
    )


def _items(pieces: Iterable[plans.Piece]) -> list[ItemRef]:
    return [ItemRef(id=each.id, hash=each.hash, name=each.name) for each in pieces]


def _stamp(moment: datetime | None) -> str | UnsetType:
    return UNSET if moment is None else stamp(moment)


def _id(number: int | None) -> str | UnsetType:
    return UNSET if number is None else str(number)
