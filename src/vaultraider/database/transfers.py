"""The journal of transfers: written before anything is sent, and kept for ever.

queued ──take──> running ──finish──> done | partly | failed | cancelled | expired
   ^                │
   └─────pause──────┘        (also as checking or waiting)

``fence`` grows each time a worker takes a transfer up. A worker writes only while it holds the newest one, so that one which was
thought dead, and comes back, changes nothing, and sends nothing either: ``begin`` is asked before every call.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from vaultraider.database import transfer_queries as queries
from vaultraider.database.engine import Database
from vaultraider.database.transfer_effects import lay, lift, take_off
from vaultraider.database.transfer_records import (
    instances_of,
    joined,
    outcome_words,
    record_of,
    refusals_of,
    sealed,
    words_of,
)
from vaultraider.database.transfer_rows import TransferRow, TransferStepRow
from vaultraider.database.users import lock_person
from vaultraider.domain.errors import Conflict, NotFound
from vaultraider.domain.transfers.plans import Plan, Refusal, Step
from vaultraider.domain.transfers.wishes import AnyWish
from vaultraider.ports import (
    ENDED,
    AskedBy,
    Effect,
    MembershipRef,
    Settled,
    StepState,
    TransferRecord,
    TransferState,
    WriteRecord,
)

NO_NAMES: Mapping[str, str] = MappingProxyType({})

_OTHER_WISH = "This Idempotency-Key was used for another wish. Use a new one for each wish."
_UNDONE = "This transfer is taken back already."
_RETRIED = "This transfer is tried again already."
_LOCK_AGAIN = "lock-again"
_ENDED = "This transfer has ended already."


class TransferRepository:
    """Fits ``ports.TransferStore``. A step's mark must outlast a power cut: else its call would be sent a second time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        *,
        user_id: int,
        membership: MembershipRef,
        wish: AnyWish,
        plan: Plan,
        asked_by: AskedBy,
        key: str | None,
        now: datetime,
        expires: datetime,
        undoes: int | None = None,
        retries: int | None = None,
        names: Mapping[str, str] = NO_NAMES,
        asked: AnyWish | None = None,
    ) -> tuple[TransferRecord, bool]:
        row = TransferRow(
            user_id=user_id,
            membership_type=membership.type,
            membership_id=membership.id,
            wish=sealed(wish),
            title=plan.title,
            state="queued",
            asked_by=asked_by,
            refusals=sealed(plan.refusals),
            created=now,
            changed=now,
            not_before=now,
            expires=expires,
            key=key,
            asked=None if key is None else _digest(asked or wish),
            undoes=undoes,
            retries=retries,
        )
        with self._database.transaction(durable=True) as session:
            if not lock_person(session, user_id):  # from here on nobody else adds for this person
                raise NotFound
            known = _known(session, user_id, membership, key, asked or wish) if key is not None else None
            if known is not None:
                return queries.whole(session, known), False
            session.add(row)
            session.flush()
            if undoes is not None:
                older = _older(session, row, undoes)
                if older.undone_by is not None:
                    raise Conflict(_UNDONE)
                older.undone_by = row.id
                _touch(older, now)
            if retries is not None:
                older = _older(session, row, retries)
                if older.retried_by is not None:
                    raise Conflict(_RETRIED)
                older.retried_by = row.id
                _touch(older, now)
            steps = _add_steps(session, row, plan, names, first=1)
            session.flush()
            return record_of(row, steps), True

    def by_key(self, user_id: int, membership: MembershipRef, key: str, asked: AnyWish) -> TransferRecord | None:
        with self._database.reading() as session:
            known = _known(session, user_id, membership, key, asked)
            return None if known is None else queries.whole(session, known)

    def get(self, user_id: int, transfer_id: int) -> TransferRecord | None:
        with self._database.reading() as session:
            return queries.one(session, user_id, transfer_id)

    def latest(self, user_id: int, *, limit: int = 50, before: int | None = None) -> list[TransferRecord]:
        with self._database.reading() as session:
            return queries.latest(session, user_id, limit, before)

    def revisions(self, user_id: int, since: datetime) -> dict[int, int]:
        with self._database.reading() as session:
            return queries.revisions(session, user_id, since)

    def open_of(self, user_id: int, membership: MembershipRef) -> list[TransferRecord]:
        with self._database.reading() as session:
            return queries.open_of(session, user_id, membership)

    def accounts_at_work(self) -> list[tuple[int, MembershipRef]]:
        with self._database.reading() as session:
            return queries.accounts_at_work(session)

    def take(self, transfer_id: int, now: datetime) -> TransferRecord | None:
        with self._database.transaction(durable=True) as session:
            row = session.get(TransferRow, transfer_id, with_for_update=True)
            if row is None or row.state in ENDED:
                return None
            row.fence += 1
            row.attempts += 1
            row.state, row.sentence = "running", None  # It does not wait any more.
            row.started = row.started or now
            _touch(row, now)
            session.flush()
            return queries.whole(session, row)

    def replan(self, transfer_id: int, fence: int, plan: Plan, *, now: datetime, names: Mapping[str, str] = NO_NAMES) -> bool:
        def work(session: Session, row: TransferRow) -> bool:
            steps = queries.steps_of(session, [row.id])
            _skip(steps)
            row.round += 1
            row.refusals = sealed(joined(refusals_of(row.refusals), plan.refusals))
            _add_steps(session, row, plan, names, first=1 + max((each.n for each in steps), default=0))
            return True

        return self._while_held(transfer_id, fence, now, work)

    def begin(self, step_id: int, fence: int, now: datetime) -> bool:
        def work(session: Session, row: TransferRow) -> bool:
            step = session.get_one(TransferStepRow, step_id, populate_existing=True)
            if step.state != "planned" or (row.cancelling and step.why != _LOCK_AGAIN):
                return False
            row.state = "running"
            step.state, step.begun, step.ended = "running", now, None
            step.code = step.sentence = None
            step.outcome = outcome_words("running", None)
            return True

        return self._while_held(self._transfer_of(step_id), fence, now, work)

    def end(
        self,
        step_id: int,
        fence: int,
        *,
        state: StepState,
        now: datetime,
        code: int | None = None,
        sentence: str | None = None,
        refusals: Sequence[Refusal] = (),
        instead: Step | None = None,
    ) -> bool:
        def work(session: Session, row: TransferRow) -> bool:
            step = session.get_one(TransferStepRow, step_id, populate_existing=True)
            if step.laid:
                take_off(session, step)
            step.state, step.code, step.sentence = state, code, sentence
            step.ended = None if state in ("planned", "running") else now
            step.outcome = outcome_words(state, sentence)
            step.settled = None
            if instead is not None:
                step.step = sealed(instead)
                step.instances = instances_of(instead)
            if state == "done":
                lay(session, step)
            if refusals:
                row.refusals = sealed(joined(refusals_of(row.refusals), refusals))
            return True

        return self._while_held(self._transfer_of(step_id), fence, now, work)

    def pause(
        self,
        transfer_id: int,
        fence: int,
        *,
        state: Literal["queued", "checking", "waiting"],
        sentence: str | None,
        not_before: datetime,
        now: datetime,
    ) -> bool:
        def work(_session: Session, row: TransferRow) -> bool:
            row.state, row.sentence, row.not_before = state, sentence, not_before
            return True

        return self._while_held(transfer_id, fence, now, work)

    def finish(self, transfer_id: int, fence: int, *, state: TransferState, sentence: str, now: datetime) -> bool:
        if state not in ENDED:
            raise ValueError(f"A transfer does not end as {state}.")

        def work(session: Session, row: TransferRow) -> bool:
            _close(row, queries.steps_of(session, [row.id]), state, sentence, now)
            return True

        return self._while_held(transfer_id, fence, now, work)

    def ask_cancel(self, user_id: int, transfer_id: int, now: datetime) -> TransferRecord | None:
        if not queries.is_number(transfer_id):
            return None
        with self._database.transaction(durable=True) as session:
            row = session.get(TransferRow, transfer_id, with_for_update=True)
            if row is None or row.user_id != user_id:
                return None
            if row.state in ENDED:
                raise Conflict(_ENDED)
            if not row.cancelling:
                steps = queries.steps_of(session, [row.id])
                row.cancelling = True
                if row.state != "running" and _owes_a_lock(steps):
                    row.not_before = now  # A worker sets it right, then ends it.
                elif row.state != "running" and not any(each.state == "running" for each in steps):
                    row.fence += 1
                    _close(row, steps, "cancelled", _cancelled(steps), now)
                _touch(row, now)
            session.flush()
            return queries.whole(session, row)

    def effects(self, user_id: int, membership: MembershipRef) -> list[Effect]:
        with self._database.reading() as session:
            return queries.effects(session, user_id, membership)

    def effects_mark(self, user_id: int, membership: MembershipRef) -> tuple[int, int]:
        with self._database.reading() as session:
            return queries.effects_mark(session, user_id, membership)

    def settle(self, verdicts: dict[int, Settled], now: datetime) -> None:
        if not verdicts:
            return
        with self._database.transaction(durable=True) as session:
            # Everybody locks a transfer before the account's mark, and several transfers in one order.
            rows = queries.locked(session, queries.transfers_of(session, sorted(verdicts)))
            for step in queries.laid(session, sorted(verdicts)):
                settled = verdicts[step.id]
                if settled != step.settled:
                    lift(session, step, settled)
                    step.outcome = outcome_words(step.state, step.sentence, settled)
                    _touch(rows[step.transfer_id], now)

    def done(self, user_id: int, membership: MembershipRef, since: datetime, until: datetime) -> list[Effect]:
        with self._database.reading() as session:
            return queries.done(session, user_id, membership, since, until)

    def moved_at(self, user_id: int, membership: MembershipRef, since: datetime) -> dict[str, datetime]:
        with self._database.reading() as session:
            return queries.moved_at(session, user_id, membership, since)

    def writes(self, user_id: int, *, query: str = "", limit: int = 100, before: int | None = None) -> list[WriteRecord]:
        with self._database.reading() as session:
            return queries.writes(session, user_id, query, limit, before)

    def _transfer_of(self, step_id: int) -> int | None:
        with self._database.reading() as session:
            return session.scalar(select(TransferStepRow.transfer_id).where(TransferStepRow.id == step_id))

    def _while_held(
        self, transfer_id: int | None, fence: int, now: datetime, work: Callable[[Session, TransferRow], bool]
    ) -> bool:
        """Does ``work`` while the row is locked. False, and nothing changed, when ``fence`` is an old one, the transfer has
        ended, or ``work`` says so before it changes anything."""
        if transfer_id is None:
            return False
        with self._database.transaction(durable=True) as session:
            row = session.get(TransferRow, transfer_id, with_for_update=True)
            if row is None or row.fence != fence or row.state in ENDED or not work(session, row):
                return False
            _touch(row, now)
            return True


def _known(session: Session, user_id: int, membership: MembershipRef, key: str, asked: AnyWish) -> TransferRow | None:
    """The transfer that this key made. Raises Conflict when it was asked for something else."""
    known = session.scalar(select(TransferRow).where(TransferRow.user_id == user_id, TransferRow.key == key))
    if known is None:
        return None
    if (known.asked, known.membership_type, known.membership_id) != (_digest(asked), membership.type, membership.id):
        raise Conflict(_OTHER_WISH)
    return known


def _digest(wish: AnyWish) -> str:
    return hashlib.sha256(sealed(wish).encode()).hexdigest()


def _older(session: Session, row: TransferRow, transfer_id: int) -> TransferRow:
    older = session.get(TransferRow, transfer_id, with_for_update=True)
    if older is None or older.user_id != row.user_id:
        raise NotFound
    return older


def _add_steps(session: Session, row: TransferRow, plan: Plan, names: Mapping[str, str], *, first: int) -> list[TransferStepRow]:
    steps = [
        TransferStepRow(
            transfer_id=row.id,
            user_id=row.user_id,
            membership_type=row.membership_type,
            membership_id=row.membership_id,
            n=n,
            round=row.round,
            why=step.why,
            step=sealed(step),
            instances=instances_of(step),
            state="planned",
            laid=False,
            source_name=names.get(step.source, ""),
            target_name=names.get(step.target, ""),
            words=words_of(step, names, row.title, row.asked_by),
            outcome="",
        )
        for n, step in enumerate(plan.steps, first)
    ]
    session.add_all(steps)
    return steps


def _touch(row: TransferRow, now: datetime) -> None:
    row.revision += 1
    row.changed = now


def _close(row: TransferRow, steps: Iterable[TransferStepRow], state: str, sentence: str, now: datetime) -> None:
    row.state, row.sentence, row.finished = state, sentence, now
    _skip(steps)
    for step in steps:
        if step.state == "running":
            step.state, step.ended, step.outcome = "unconfirmed", now, outcome_words("unconfirmed", step.sentence)


def _owes_a_lock(steps: Sequence[TransferStepRow]) -> bool:
    """Whether something was moved that may have lost its lock on the way."""
    return any(each.state == "done" for each in steps) and any(
        each.state == "planned" and each.why == _LOCK_AGAIN for each in steps
    )


def _skip(steps: Iterable[TransferStepRow]) -> None:
    for step in steps:
        if step.state == "planned":
            step.state, step.outcome = "skipped", outcome_words("skipped", None)


def _cancelled(steps: Sequence[TransferStepRow]) -> str:
    done = sum(each.state == "done" for each in steps)
    if not done:
        return "Cancelled before anything was moved."
    return f"Cancelled after {done} {'step' if done == 1 else 'steps'}. What was done stays as it is; undo takes it back."
