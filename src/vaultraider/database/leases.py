"""Exclusive work: one row a name. A holder that dies loses it when the time is up; ``fence`` tells old holders from new."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import String, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from vaultraider.database.engine import Base, Database
from vaultraider.domain.errors import Conflict
from vaultraider.ports import Clock

_FIRST_LOOK = 0.02
_SELDOM_LOOK = 0.5


class LeaseRow(Base):
    """Never deleted: the fence must go on growing."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    fence: Mapped[int] = mapped_column(default=0)
    holder: Mapped[str | None] = mapped_column(String(32), default=None)
    expires: Mapped[datetime | None] = mapped_column(default=None)


class HeldLease:
    """Fits the port ``Lease``."""

    def __init__(self, leases: DatabaseLeases, name: str, holder: str, seconds: float, fence: int) -> None:
        self._leases = leases
        self._name = name
        self._holder = holder
        self._seconds = seconds
        self._fence = fence

    @property
    def fence(self) -> int:
        return self._fence

    def renew(self) -> None:
        """The full time from now. Raises Conflict when somebody else took it meanwhile."""
        if not self._leases._prolong(self._name, self._holder, self._seconds):
            raise Conflict("This took too long, and somebody else has begun it anew. Wait for them to finish.")


class DatabaseLeases:
    """Fits the port ``Leases``."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    @contextmanager
    def hold(self, name: str, *, seconds: float, wait: float = 0.0) -> Iterator[HeldLease]:
        holder = uuid4().hex
        fence = self._wait_for(name, holder, seconds, wait)
        try:
            yield HeldLease(self, name, holder, seconds, fence)
        finally:
            self._release(name, holder)

    def _wait_for(self, name: str, holder: str, seconds: float, wait: float) -> int:
        until = self._clock.now() + timedelta(seconds=wait)
        pause = _FIRST_LOOK
        while True:
            fence = self._take(name, holder, seconds)
            if fence is not None:
                return fence
            left = (until - self._clock.now()).total_seconds()
            if left <= 0:
                raise Conflict
            self._clock.sleep(min(pause, left))
            pause = min(pause * 1.5, _SELDOM_LOOK)

    def _take(self, name: str, holder: str, seconds: float) -> int | None:
        """The new fence, or None when somebody has it."""
        with self._database.transaction() as session:
            row = session.get(LeaseRow, name, with_for_update=True)
            if row is None:
                try:
                    with session.begin_nested():
                        session.add(LeaseRow(name=name))
                except IntegrityError:
                    pass  # Another process wrote it first.
                row = session.get_one(LeaseRow, name, with_for_update=True)
            now = self._clock.now()
            if row.holder is not None and row.expires is not None and row.expires > now:
                return None
            row.fence += 1
            row.holder = holder
            row.expires = now + timedelta(seconds=seconds)
            return row.fence

    def _prolong(self, name: str, holder: str, seconds: float) -> bool:
        """Whether it was still ours. Late is fine as long as nobody took it: nobody else has worked meanwhile."""
        with self._database.transaction() as session:
            row = session.get(LeaseRow, name, with_for_update=True)
            if row is None or row.holder != holder:
                return False
            row.expires = self._clock.now() + timedelta(seconds=seconds)
            return True

    def _release(self, name: str, holder: str) -> None:
        with self._database.transaction() as session:
            session.execute(
                update(LeaseRow).where(LeaseRow.name == name, LeaseRow.holder == holder).values(holder=None, expires=None)
            )
