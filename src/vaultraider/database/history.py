"""The memory on disk: ``ports.history.HistoryStore``. Each method but ``restore`` is one transaction.

An observation is written whole or not at all, and only after the one that its writer knew: the account's row says which that is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Update, and_, delete, func, insert, select, update
from sqlalchemy.orm import Session

from vaultraider.database import history_events, history_export, history_figures, history_import
from vaultraider.database.engine import Database
from vaultraider.database.history_rows import (
    SHOWN,
    GapRow,
    HistoryAccountRow,
    HistoryEventRow,
    KeyframeRow,
    ObservationRow,
    TallyRow,
    ThingRow,
)
from vaultraider.database.users import lock_person
from vaultraider.domain.errors import NotFound
from vaultraider.domain.history.events import Event, EventKind
from vaultraider.ports import MembershipRef
from vaultraider.ports.history import EventQuery, Figure, Gap, HistoryAccount, NewObservation, Replay

_Account, _Seen, _Key = HistoryAccountRow, ObservationRow, KeyframeRow


class HistoryRepository:
    """Fits ``ports.history.HistoryStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def account(self, user_id: int, membership: MembershipRef) -> HistoryAccount | None:
        with self._database.reading() as session:
            row = session.scalar(select(_Account).where(_whose(user_id, membership)))
            return _account(row) if row is not None else None

    def accounts(self) -> list[HistoryAccount]:
        with self._database.reading() as session:
            return [
                _account(row) for row in session.scalars(select(_Account).where(_Account.aside == SHOWN).order_by(_Account.id))
            ]

    def open(self, user_id: int, membership: MembershipRef, at: datetime) -> HistoryAccount:
        with self._database.transaction() as session:
            if not lock_person(session, user_id):
                raise NotFound("There is no such person any more.")
            row = session.scalar(select(_Account).where(_whose(user_id, membership)))
            if row is None:
                row = _Account(
                    user_id=user_id,
                    membership_type=membership.type,
                    membership_id=membership.id,
                    seq=0,
                    first=at,
                    seen=at,
                )
                session.add(row)
                session.flush()
            return _account(row)

    def append(self, account: HistoryAccount, seen: NewObservation) -> bool:
        with self._database.transaction() as session:
            if not lock_person(session, account.user_id):
                return False
            if not _take_turn(session, account.id, seen):
                return False
            key = {"account_id": account.id, "seq": seen.seq}
            session.execute(insert(_Seen), [key | {"at": seen.at, "since": seen.since, "delta": seen.delta}])
            if seen.keyframe is not None:
                session.execute(insert(_Key), [key | {"body": seen.keyframe}])
            history_events.add(session, account.id, seen.events)
            history_figures.add(session, account.id, seen.at, seen.figures)
            history_figures.count(session, account.id, seen.at.astimezone(UTC).date(), seen.tallies)
            return True

    def touch(self, account: HistoryAccount, seen: datetime) -> None:
        with self._database.transaction() as session:
            still = and_(_Account.id == account.id, _Account.seq == account.seq, _Account.seen < seen)
            session.execute(update(_Account).where(still).values(seen=seen))

    def note_gap(self, account: HistoryAccount, gap: Gap) -> None:
        with self._database.transaction() as session:
            if lock_person(session, account.user_id) and session.get(_Account, account.id) is not None:
                session.merge(GapRow(account_id=account.id, since=gap.since, until=gap.until))

    def gaps(self, account_id: int, since: datetime | None, until: datetime | None) -> list[Gap]:
        query = select(GapRow.since, GapRow.until).where(GapRow.account_id == account_id)
        if since is not None:
            query = query.where(GapRow.until >= since)
        if until is not None:
            query = query.where(GapRow.since <= until)
        with self._database.reading() as session:
            return [Gap(row.since, row.until) for row in session.execute(query.order_by(GapRow.since))]

    def replay(self, account_id: int, at: datetime | None) -> Replay | None:
        with self._database.reading() as session:
            target = _seen_at(session, account_id, at)
            if target is None:
                return None
            seq, began = target
            keyframe = session.scalar(
                select(_Key).where(_Key.account_id == account_id, _Key.seq <= seq).order_by(_Key.seq.desc()).limit(1)
            )
            if keyframe is None:
                return None
            way = and_(_Seen.account_id == account_id, _Seen.seq > keyframe.seq, _Seen.seq <= seq)
            return Replay(
                seq=seq,
                at=began,
                keyframe_at=_time_of(session, account_id, keyframe.seq) or began,
                keyframe=keyframe.body,
                deltas=session.scalars(select(_Seen.delta).where(way).order_by(_Seen.seq)).all(),
                until=_time_of(session, account_id, seq + 1),
            )

    def events(self, account_id: int, query: EventQuery) -> list[Event]:
        with self._database.reading() as session:
            return history_events.find(session, account_id, query)

    def count(self, account_id: int, query: EventQuery) -> dict[EventKind, int]:
        with self._database.reading() as session:
            return history_events.count(session, account_id, query)

    def found(self, account_id: int, items: Sequence[str]) -> dict[str, datetime]:
        with self._database.reading() as session:
            return history_events.found(session, account_id, items)

    def figures(
        self, account_id: int, prefix: str, since: datetime | None, until: datetime | None, *, every: int = 0
    ) -> dict[str, list[Figure]]:
        with self._database.reading() as session:
            return history_figures.read(session, account_id, prefix, since, until, every)

    def beginnings(self, account_id: int, prefix: str) -> dict[str, datetime]:
        with self._database.reading() as session:
            return history_figures.beginnings(session, account_id, prefix)

    def tallies(self, account_id: int, prefix: str, since: date | None, until: date | None) -> list[tuple[date, str, int]]:
        with self._database.reading() as session:
            return history_figures.tallies(session, account_id, prefix, since, until)

    def summed(
        self, account_id: int, prefix: str, since: date | None, until: date | None, limit: int
    ) -> tuple[list[tuple[str, int]], int]:
        with self._database.reading() as session:
            return history_figures.summed(session, account_id, prefix, since, until, limit)

    def forget_before(self, account_id: int, moment: datetime) -> int:
        with self._database.transaction() as session:
            account = session.get(_Account, account_id, with_for_update=True)
            cut = _keyframe_before(session, account_id, moment)
            if account is None or cut is None:
                return 0
            gone = session.execute(delete(_Seen).where(_Seen.account_id == account_id, _Seen.seq < cut))
            session.execute(delete(_Key).where(_Key.account_id == account_id, _Key.seq < cut))
            session.execute(delete(HistoryEventRow).where(HistoryEventRow.account_id == account_id, HistoryEventRow.seq < cut))
            named = select(HistoryEventRow.thing_id).where(HistoryEventRow.account_id == account_id)
            session.execute(delete(ThingRow).where(ThingRow.account_id == account_id, ThingRow.id.not_in(named)))
            first = _time_of(session, account_id, cut) or account.first
            _forget_counted(session, account_id, first)
            account.first = first
            return cast("CursorResult[Any]", gone).rowcount

    def export(self, account_id: int) -> Iterator[dict[str, Any]]:
        with self._database.moment() as connection:
            yield from history_export.export(connection, account_id)

    def restore(self, account: HistoryAccount, rows: Iterator[dict[str, Any]], *, now: datetime) -> int:
        return history_import.restore(self._database, account, rows, now)

    def sweep(self, before: datetime) -> int:
        return history_import.sweep(self._database, _Account.seen < before)


def _account(row: HistoryAccountRow) -> HistoryAccount:
    return HistoryAccount(
        id=row.id,
        user_id=row.user_id,
        membership=MembershipRef(row.membership_type, row.membership_id),
        seq=row.seq,
        first=row.first,
        seen=row.seen,
    )


def _whose(user_id: int, membership: MembershipRef) -> Any:
    return and_(
        _Account.user_id == user_id,
        _Account.membership_type == membership.type,
        _Account.membership_id == membership.id,
        _Account.aside == SHOWN,
    )


def _take_turn(session: Session, account_id: int, seen: NewObservation) -> bool:
    """Whether this is the next one. Until the end of the transaction nobody else can say so."""
    values: dict[str, object] = {"seq": seen.seq}
    if seen.whole:
        values["seen"] = seen.at
    if seen.seq == 1:
        values["first"] = seen.at
    before = and_(_Account.id == account_id, _Account.seq == seen.seq - 1, _Account.aside == SHOWN)
    turn = update(_Account).where(before).values(values)
    return _count(session, turn) == 1


def _count(session: Session, statement: Update) -> int:
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def _seen_at(session: Session, account_id: int, at: datetime | None) -> tuple[int, datetime] | None:
    """The observation that held then (the newest: None), and when it was first seen."""
    query = select(_Seen.seq, _Seen.at).where(_Seen.account_id == account_id)
    if at is not None:
        query = query.where(_Seen.at <= at)
    found = session.execute(query.order_by(_Seen.at.desc(), _Seen.seq.desc()).limit(1)).first()
    return (found.seq, found.at) if found is not None else None


def _time_of(session: Session, account_id: int, seq: int) -> datetime | None:
    return session.scalar(select(_Seen.at).where(_Seen.account_id == account_id, _Seen.seq == seq))


def _keyframe_before(session: Session, account_id: int, moment: datetime) -> int | None:
    held = _seen_at(session, account_id, moment)
    if held is None:
        return None
    return session.scalar(select(func.max(_Key.seq)).where(_Key.account_id == account_id, _Key.seq <= held[0]))


def _forget_counted(session: Session, account_id: int, first: datetime) -> None:
    """Figures keep the value that held; a day of which a part is kept stays whole."""
    history_figures.forget_before(session, account_id, first)
    session.execute(delete(TallyRow).where(TallyRow.account_id == account_id, TallyRow.day < first.date()))
    session.execute(delete(GapRow).where(GapRow.account_id == account_id, GapRow.until < first))
