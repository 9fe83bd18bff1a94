"""Reading the journal. Every function works in the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from vaultraider.database.transfer_records import effect_of, folded, record_of, write_record
from vaultraider.database.transfer_rows import EffectMarkRow, TransferRow, TransferStepRow
from vaultraider.ports import Effect, MembershipRef, TransferRecord, WriteRecord

OPEN = ("queued", "running", "checking", "waiting")
SENT = ("running", "done", "refused", "unconfirmed")
LONGEST_CALL = timedelta(days=1)
"""From when a step was begun until its end was known: where the answer was lost, Bungie's profile tells, once there is one."""
MOST_DONE = 2000
"""Steps at once: after a long absence the newest are enough."""
MOST_WORDS = 12
"""Of a search; what comes after is not looked at."""
_WISHED = ("wished", "transit")
_AT_ONCE = 500
"""Numbers in one statement."""


def whole(session: Session, row: TransferRow) -> TransferRecord:
    return record_of(row, steps_of(session, [row.id]))


def is_number(number: int) -> bool:
    """Whether it can be a number of ours: those come from addresses, and databases choke on longer ones."""
    return 0 < number < 2**31


def one(session: Session, user_id: int, transfer_id: int) -> TransferRecord | None:
    if not is_number(transfer_id):
        return None
    row = session.get(TransferRow, transfer_id)
    return whole(session, row) if row is not None and row.user_id == user_id else None


def latest(session: Session, user_id: int, limit: int, before: int | None) -> list[TransferRecord]:
    mine = select(TransferRow).where(TransferRow.user_id == user_id).order_by(TransferRow.id.desc())
    if before is not None:
        before = min(max(before, 0), 2**31 - 1)
        return _records(session, session.scalars(mine.where(TransferRow.id < before).limit(limit)))
    rows = {row.id: row for row in session.scalars(mine.limit(limit))}
    unsettled = select(TransferStepRow.transfer_id).where(
        TransferStepRow.user_id == user_id, TransferStepRow.laid.is_(True), TransferStepRow.settled.is_(None)
    )
    # Two questions, each with an index of its own: a database asked for either reads everything.
    for busy in (TransferRow.state.in_(OPEN), TransferRow.id.in_(unsettled)):
        found = session.scalars(select(TransferRow).where(TransferRow.user_id == user_id, busy))
        rows.update({row.id: row for row in found})
    return _records(session, (rows[number] for number in sorted(rows, reverse=True)))


def revisions(session: Session, user_id: int, since: datetime) -> dict[int, int]:
    mine = select(TransferRow.id, TransferRow.revision).where(TransferRow.user_id == user_id)
    # Two questions, each with an index of its own: a database asked for either reads everything.
    query = mine.where(TransferRow.state.in_(OPEN)).union(mine.where(TransferRow.changed > since))
    return {row.id: row.revision for row in session.execute(query)}


def open_of(session: Session, user_id: int, membership: MembershipRef) -> list[TransferRecord]:
    query = select(TransferRow).where(
        TransferRow.user_id == user_id,
        TransferRow.membership_type == membership.type,
        TransferRow.membership_id == membership.id,
        TransferRow.state.in_(OPEN),
    )
    # Sorted here: asked to sort, SQLite walks through every transfer there ever was instead of the few that are open.
    return _records(session, sorted(session.scalars(query), key=lambda row: row.id))


def accounts_at_work(session: Session) -> list[tuple[int, MembershipRef]]:
    unended = select(TransferRow.user_id, TransferRow.membership_type, TransferRow.membership_id).where(
        TransferRow.state.in_(OPEN)
    )
    unsettled = select(TransferStepRow.user_id, TransferStepRow.membership_type, TransferStepRow.membership_id).where(
        TransferStepRow.laid.is_(True), TransferStepRow.settled.is_(None)
    )
    rows = session.execute(unended.union(unsettled)).all()
    return sorted((row.user_id, MembershipRef(row.membership_type, row.membership_id)) for row in rows)


def steps_of(session: Session, transfers: Sequence[int]) -> list[TransferStepRow]:
    """Those of each transfer by their position."""
    found: list[TransferStepRow] = []
    for start in range(0, len(transfers), _AT_ONCE):
        numbers = transfers[start : start + _AT_ONCE]
        query = select(TransferStepRow).where(TransferStepRow.transfer_id.in_(numbers)).order_by(TransferStepRow.n)
        found.extend(session.scalars(query.execution_options(populate_existing=True)))
    return found


def effects(session: Session, user_id: int, membership: MembershipRef) -> list[Effect]:
    query = (
        select(TransferStepRow)
        .where(*_of_account(user_id, membership), TransferStepRow.laid.is_(True))
        .order_by(TransferStepRow.done_order)
    )
    found = (effect_of(row) for row in session.scalars(query))
    return [effect for effect in found if effect is not None]


def effects_mark(session: Session, user_id: int, membership: MembershipRef) -> tuple[int, int]:
    row = session.get(EffectMarkRow, (user_id, membership.type, membership.id))
    return (row.mark, row.laid) if row is not None else (0, 0)


def transfers_of(session: Session, steps: Sequence[int]) -> list[int]:
    """Numbers of the transfers of these steps, ascending."""
    found: set[int] = set()
    for start in range(0, len(steps), _AT_ONCE):
        numbers = steps[start : start + _AT_ONCE]
        found.update(session.scalars(select(TransferStepRow.transfer_id).where(TransferStepRow.id.in_(numbers))))
    return sorted(found)


def locked(session: Session, transfers: Sequence[int]) -> dict[int, TransferRow]:
    found = (session.get(TransferRow, number, with_for_update=True) for number in transfers)
    return {row.id: row for row in found if row is not None}


def laid(session: Session, steps: Sequence[int]) -> list[TransferStepRow]:
    """Those of the steps that still lie over a profile."""
    found: list[TransferStepRow] = []
    for start in range(0, len(steps), _AT_ONCE):
        numbers = steps[start : start + _AT_ONCE]
        query = select(TransferStepRow).where(TransferStepRow.id.in_(numbers), TransferStepRow.laid.is_(True))
        found.extend(session.scalars(query.execution_options(populate_existing=True)))
    return found


def done(session: Session, user_id: int, membership: MembershipRef, since: datetime, until: datetime) -> list[Effect]:
    query = (
        select(TransferStepRow)
        .where(
            *_of_account(user_id, membership),
            TransferStepRow.begun >= since - LONGEST_CALL,
            TransferStepRow.begun <= until,
            TransferStepRow.ended >= since,
            TransferStepRow.ended <= until,
            TransferStepRow.state == "done",
        )
        .order_by(TransferStepRow.begun.desc(), TransferStepRow.id.desc())
        .limit(MOST_DONE)
    )
    found = [effect_of(row) for row in session.scalars(query)]
    return [effect for effect in reversed(found) if effect is not None]


def moved_at(session: Session, user_id: int, membership: MembershipRef, since: datetime) -> dict[str, datetime]:
    query = (
        select(TransferStepRow.instances, func.max(TransferStepRow.ended).label("ended"))
        .join(TransferRow, TransferRow.id == TransferStepRow.transfer_id)
        .where(
            *_of_account(user_id, membership),
            TransferStepRow.begun >= since,
            TransferStepRow.state == "done",
            TransferStepRow.why.in_(_WISHED),
            TransferStepRow.instances != "",
            TransferRow.asked_by.not_like("rule %"),
        )
        .group_by(TransferStepRow.instances)
    )
    moved: dict[str, datetime] = {}
    for instances, ended in session.execute(query):
        if ended is not None:
            for instance in instances.split():
                moved[instance] = max(moved.get(instance) or ended, ended)
    return moved


def writes(session: Session, user_id: int, query: str, limit: int, before: int | None) -> list[WriteRecord]:
    """Newest first by when each was sent; ``before`` is the id of the last one of the page before."""
    wanted = select(TransferStepRow, TransferRow.title, TransferRow.asked_by).join(
        TransferRow, TransferRow.id == TransferStepRow.transfer_id
    )
    wanted = wanted.where(
        TransferStepRow.user_id == user_id, TransferStepRow.begun.is_not(None), TransferStepRow.state.in_(SENT), *_said(query)
    )
    if before is not None:
        last = session.get(TransferStepRow, before) if is_number(before) else None
        if last is None or last.user_id != user_id or last.begun is None:
            return []
        earlier = and_(TransferStepRow.begun == last.begun, TransferStepRow.id < last.id)
        wanted = wanted.where(or_(TransferStepRow.begun < last.begun, earlier))
    wanted = wanted.order_by(TransferStepRow.begun.desc(), TransferStepRow.id.desc()).limit(limit)
    return [write_record(row, title, asked_by) for row, title, asked_by in session.execute(wanted)]


def _records(session: Session, rows: Iterable[TransferRow]) -> list[TransferRecord]:
    found = list(rows)
    steps: dict[int, list[TransferStepRow]] = defaultdict(list)
    for step in steps_of(session, [row.id for row in found]):
        steps[step.transfer_id].append(step)
    return [record_of(row, steps[row.id]) for row in found]


def _of_account(user_id: int, membership: MembershipRef) -> tuple[ColumnElement[bool], ...]:
    return (
        TransferStepRow.user_id == user_id,
        TransferStepRow.membership_type == membership.type,
        TransferStepRow.membership_id == membership.id,
    )


def _said(query: str) -> list[ColumnElement[bool]]:
    """Each word must occur somewhere."""
    return [
        or_(TransferStepRow.words.contains(word, autoescape=True), TransferStepRow.outcome.contains(word, autoescape=True))
        for word in folded(query).split()[:MOST_WORDS]
    ]
