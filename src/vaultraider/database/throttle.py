"""The pace of our calls to Bungie, in one row that every process reads and writes under a lock."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import Double, String, delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from vaultraider.database.engine import Base, Database
from vaultraider.domain import pace as arithmetic
from vaultraider.domain.pace import Pace
from vaultraider.ports import Clock

_SHARED = "bungie"
_TURN = "turn:"
_KEEP_TURNS = timedelta(days=1).total_seconds()
_T = TypeVar("_T")


class PaceRow(Base):
    """One queue. Times are seconds since the epoch."""

    __tablename__ = "paces"

    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    seen: Mapped[float] = mapped_column(Double, default=0.0)
    due: Mapped[float] = mapped_column(Double, default=0.0)
    next_start: Mapped[float] = mapped_column(Double, default=0.0)
    pause_until: Mapped[float] = mapped_column(Double, default=0.0)
    throttled: Mapped[int] = mapped_column(default=0)


class DatabaseThrottle:
    """Fits the port ``ThrottleStore``. Hosts that share a database must keep their clocks within a few seconds."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._throttled = 0
        """As last seen, so that a success after plain sailing costs no transaction."""

    def take(self, *, patience: float = math.inf) -> float:
        return self._change(_SHARED, lambda pace, now: arithmetic.take(pace, now, patience=patience))

    def take_turn(self, key: str, interval: float, *, patience: float = math.inf) -> float:
        if interval <= 0:
            return 0.0

        def turn(pace: Pace, now: float) -> tuple[Pace, float]:
            return arithmetic.take(pace, now, patience=patience, rate=1 / interval, burst=1)

        return self._change(_TURN + key, turn)

    def paused(self) -> float:
        with self._database.reading() as session:
            row = session.get(PaceRow, _SHARED)
            return arithmetic.paused(_read(row), self._now()) if row else 0.0

    def room(self) -> int:
        """How many places of the bucket are free; 0 while not even one call could start now. Nothing is taken."""
        with self._database.reading() as session:
            row = session.get(PaceRow, _SHARED)
            return arithmetic.room(_read(row) if row else Pace(), self._now())

    def slow_down(self, seconds: float | None) -> float:
        return self._change(_SHARED, lambda pace, now: arithmetic.slow_down(pace, now, seconds))

    def succeeded(self) -> None:
        if self._throttled:
            self._change(_SHARED, lambda pace, now: (arithmetic.succeeded(pace, now), None))

    def _change(self, name: str, step: Callable[[Pace, float], tuple[Pace, _T]]) -> _T:
        with self._database.transaction() as session:
            row = self._locked(session, name)
            # The time is read under the lock, else a process that waited for it would see the queue run backwards.
            after, told = step(_read(row), self._now())
            _write(row, after)
        if name == _SHARED:
            self._throttled = after.throttled
        return told

    def _locked(self, session: Session, name: str) -> PaceRow:
        row = session.get(PaceRow, name, with_for_update=True)
        if row is not None:
            return row
        try:
            with session.begin_nested():
                session.add(PaceRow(name=name))
        except IntegrityError:
            pass  # Another process wrote it first.
        if name.startswith(_TURN):
            session.execute(
                delete(PaceRow).where(PaceRow.name.startswith(_TURN), PaceRow.seen.between(1, self._now() - _KEEP_TURNS))
            )
        return session.get_one(PaceRow, name, with_for_update=True)

    def _now(self) -> float:
        return self._clock.now().timestamp()


def _read(row: PaceRow) -> Pace:
    return Pace(seen=row.seen, due=row.due, next_start=row.next_start, pause_until=row.pause_until, throttled=row.throttled)


def _write(row: PaceRow, pace: Pace) -> None:
    row.seen = pace.seen
    row.due = pace.due
    row.next_start = pace.next_start
    row.pause_until = pace.pause_until
    row.throttled = pace.throttled
