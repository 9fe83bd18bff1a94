"""The ``jobs`` table: the truth about every piece of background work, and the ``job_schedules`` that say what is due when.

queued ──claim──> running ──finish──> done | failed
   ^                 │
   └──give_back──────┘        queued | running ──cancel──> cancelled

``fence`` grows each time a row changes hands. A worker writes only while it holds the newest one, so that a worker which
was thought dead, and comes back, changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Literal, cast

import msgspec
from sqlalchemy import CursorResult, Delete, Float, Index, Integer, String, Text, Update, delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from vaultraider.database.engine import Base, Database, is_away
from vaultraider.ports import JobRecord

SLACK = timedelta(minutes=1)
"""Between clocks of several machines."""
State = Literal["queued", "running", "done", "failed", "cancelled"]


class JobRow(Base):
    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_state_not_before", "state", "not_before"),
        Index("ix_jobs_kind_asked", "kind", "asked"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(64))
    arguments: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[str] = mapped_column(String(64), info={"person": "actor"})
    state: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    fence: Mapped[int] = mapped_column(Integer, default=0)
    exclusive: Mapped[str | None] = mapped_column(String(128))
    step: Mapped[str | None] = mapped_column(String(64))
    percent: Mapped[float | None] = mapped_column(Float)
    sentence: Mapped[str | None] = mapped_column(Text)
    result: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    holder: Mapped[str | None] = mapped_column(String(255))
    asked: Mapped[datetime]
    not_before: Mapped[datetime]
    started: Mapped[datetime | None]
    heartbeat: Mapped[datetime | None]
    finished: Mapped[datetime | None]


class JobScheduleRow(Base):
    __tablename__ = "job_schedules"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    due: Mapped[datetime]


class Jobs:
    """``ports.JobStore`` over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, kind: str, arguments: dict[str, Any], *, asked_by: str, now: datetime, not_before: datetime) -> JobRecord:
        sealed = msgspec.json.encode(arguments, order="deterministic").decode()
        with self._database.transaction() as session:
            twin = session.scalars(
                select(JobRow)
                .where(JobRow.state == "queued", JobRow.kind == kind, JobRow.arguments == sealed)
                .where(JobRow.not_before <= not_before)
                .order_by(JobRow.id)
                .limit(1)
            ).first()
            if twin is not None:
                return _record(twin)
            row = JobRow(kind=kind, arguments=sealed, asked_by=asked_by, state="queued", asked=now, not_before=not_before)
            session.add(row)
            session.flush()
            return _record(row)

    def get(self, job_id: int) -> JobRecord | None:
        with self._database.reading() as session:
            row = session.get(JobRow, job_id)
            return _record(row) if row else None

    def latest(self, *, kind: str | None = None, limit: int = 50) -> list[JobRecord]:
        query = select(JobRow).order_by(JobRow.id.desc()).limit(limit)
        if kind is not None:
            query = query.where(JobRow.kind == kind)
        return self._records(query)

    def claim(self, job_id: int, *, holder: str, exclusive: str | None, now: datetime) -> JobRecord | None:
        with self._database.transaction() as session:
            taken = _changed(
                session,
                update(JobRow)
                .where(JobRow.id == job_id, JobRow.state == "queued", JobRow.not_before <= now)
                .values(
                    state="running",
                    attempts=JobRow.attempts + 1,
                    fence=JobRow.fence + 1,
                    exclusive=exclusive,
                    holder=holder,
                    started=now,
                    heartbeat=now,
                    reason=None,
                ),
            )
            row = session.get(JobRow, job_id) if taken else None
            return _record(row) if row else None

    def beat(self, job_id: int, fence: int, now: datetime) -> bool:
        return self._while_held(job_id, fence, heartbeat=now)

    def report(self, job_id: int, fence: int, *, step: str, percent: float | None, sentence: str | None, now: datetime) -> bool:
        return self._while_held(job_id, fence, step=step, percent=percent, sentence=sentence, heartbeat=now)

    def finish(
        self,
        job_id: int,
        fence: int,
        *,
        state: Literal["done", "failed"],
        result: dict[str, Any] | None,
        reason: str | None,
        now: datetime,
    ) -> bool:
        sealed = None if result is None else msgspec.json.encode(result).decode()
        return self._while_held(job_id, fence, state=state, result=sealed, reason=reason, finished=now)

    def give_back(self, job_id: int, fence: int, *, not_before: datetime, reason: str, begun: bool) -> bool:
        attempts = JobRow.attempts if begun else JobRow.attempts - 1
        return self._while_held(
            job_id,
            fence,
            state="queued",
            fence=fence + 1,
            attempts=attempts,
            not_before=not_before,
            reason=reason,
            holder=None,
            heartbeat=None,
        )

    def cancel(self, job_id: int, *, reason: str, now: datetime) -> bool:
        with self._database.transaction() as session:
            return _changed(
                session,
                update(JobRow)
                .where(JobRow.id == job_id, JobRow.state.in_(("queued", "running")))
                .values(state="cancelled", fence=JobRow.fence + 1, reason=reason, finished=now),
            )

    def stale(self, *, before: datetime, holder: str | None = None) -> list[JobRecord]:
        lost = or_(JobRow.heartbeat.is_(None), JobRow.heartbeat < before, JobRow.holder == holder)
        return self._records(select(JobRow).where(JobRow.state == "running", lost).order_by(JobRow.id))

    def due(self, now: datetime, *, limit: int = 1000) -> list[int]:
        query = select(JobRow.id).where(JobRow.state == "queued", JobRow.not_before <= now).order_by(JobRow.id).limit(limit)
        with self._database.reading() as session:
            return list(session.scalars(query))

    def waiting_for(self, exclusive: str) -> list[int]:
        query = select(JobRow.id).where(JobRow.state == "queued", JobRow.exclusive == exclusive).order_by(JobRow.id)
        with self._database.reading() as session:
            return list(session.scalars(query))

    def take_due(self, schedule: str, *, now: datetime, first: datetime, following: datetime) -> datetime | None:
        try:
            with self._database.transaction() as session:
                row = session.get(JobScheduleRow, schedule)
                if row is None:
                    row = JobScheduleRow(name=schedule, due=first)
                    session.add(row)
                    session.flush()
                if row.due - now > 2 * (following - now) + SLACK:
                    row.due = following
                # Another beat may look at the same row: only one finds the old time still there.
                mine = row.due <= now and _changed(
                    session,
                    update(JobScheduleRow)
                    .where(JobScheduleRow.name == schedule, JobScheduleRow.due == row.due)
                    .values(due=following)
                    .execution_options(synchronize_session=False),
                )
                return None if mine else max(row.due, now)
        except IntegrityError:  # another beat met this schedule first
            return first

    def turns(self) -> dict[str, datetime]:
        with self._database.reading() as session:
            return {row.name: row.due for row in session.scalars(select(JobScheduleRow))}

    def forget(self, before: datetime) -> int:
        with self._database.transaction() as session:
            return _count(session, delete(JobRow).where(JobRow.finished.is_not(None), JobRow.finished < before))

    def forget_routine(self, kinds: Collection[str], before: datetime) -> int:
        routine = delete(JobRow).where(JobRow.kind.in_(kinds), JobRow.asked < before, JobRow.asked_by == "schedule")
        with self._database.transaction() as session:
            return _count(session, routine.where(JobRow.state == "done", JobRow.finished < before))

    def is_away(self, error: Exception) -> bool:
        return is_away(error)

    def _records(self, query: Any) -> list[JobRecord]:
        with self._database.reading() as session:
            return [_record(row) for row in session.scalars(query)]

    def _while_held(self, job_id: int, held: int, /, **values: Any) -> bool:
        with self._database.transaction() as session:
            return _changed(
                session,
                update(JobRow).where(JobRow.id == job_id, JobRow.state == "running", JobRow.fence == held).values(**values),
            )


def _changed(session: Session, statement: Update) -> bool:
    return _count(session, statement) > 0


def _count(session: Session, statement: Update | Delete) -> int:
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def _record(row: JobRow) -> JobRecord:
    return JobRecord(
        id=row.id,
        kind=row.kind,
        arguments=msgspec.json.decode(row.arguments),
        asked_by=row.asked_by,
        state=cast("State", row.state),
        attempts=row.attempts or 0,
        fence=row.fence or 0,
        exclusive=row.exclusive,
        step=row.step,
        percent=row.percent,
        sentence=row.sentence,
        result=None if row.result is None else msgspec.json.decode(row.result),
        reason=row.reason,
        holder=row.holder,
        asked=row.asked,
        not_before=row.not_before,
        started=row.started,
        heartbeat=row.heartbeat,
        finished=row.finished,
    )
