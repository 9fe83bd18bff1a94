"""Background work, and what may be done by one at a time."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Literal, Protocol

import msgspec


class Leases(Protocol):
    """Exclusive work, held in the database, so that it holds between processes. ``fence`` grows with each new holder."""

    def hold(self, name: str, *, seconds: float, wait: float = 0.0) -> AbstractContextManager[Lease]:
        """Takes the lease or raises Conflict after ``wait`` seconds. Released at exit; expires by itself after a crash."""


class Lease(Protocol):
    @property
    def fence(self) -> int: ...

    def renew(self) -> None:
        """Raises Conflict when it was lost."""


class Bell(Protocol):
    """Tells a worker that a job waits. Losing a ring loses nothing: the jobs table is the truth."""

    def ring(self, job_id: int, *, after: float = 0.0) -> None:
        """Rings in ``after`` seconds. Never raises: a broker that is away is a lost ring."""


class JobRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of work as the jobs table tells it. Times are aware, in UTC."""

    id: int
    kind: str
    """The job's name: its file in ``jobs/``."""
    arguments: dict[str, Any]
    asked_by: str
    """"schedule", "command line" or "user <id>"."""
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    attempts: int
    """How often it was begun."""
    fence: int
    """Grows with each change of hands; a worker that lost the work writes with an old one and is refused."""
    exclusive: str | None
    """What it needs alone; known once it has been begun."""
    step: str | None
    percent: float | None
    """0 to 100."""
    sentence: str | None
    result: dict[str, Any] | None
    reason: str | None
    """Why it failed, waits or was cancelled: one sentence for a person."""
    holder: str | None
    """Which worker has it."""
    asked: datetime
    not_before: datetime
    started: datetime | None
    heartbeat: datetime | None
    finished: datetime | None


class JobStore(Protocol):
    """The jobs table. Each method is one transaction; those that take a ``fence`` return False when the work was lost."""

    def add(self, kind: str, arguments: dict[str, Any], *, asked_by: str, now: datetime, not_before: datetime) -> JobRecord:
        """Writes a queued row; when the same work (kind and arguments) is queued for as early or earlier, returns that row."""

    def get(self, job_id: int) -> JobRecord | None: ...
    def latest(self, *, kind: str | None = None, limit: int = 50) -> list[JobRecord]:
        """Newest first."""

    def claim(self, job_id: int, *, holder: str, exclusive: str | None, now: datetime) -> JobRecord | None:
        """Takes a queued row that is due; None when there is nothing to take."""

    def beat(self, job_id: int, fence: int, now: datetime) -> bool: ...
    def report(
        self, job_id: int, fence: int, *, step: str, percent: float | None, sentence: str | None, now: datetime
    ) -> bool: ...
    def finish(
        self,
        job_id: int,
        fence: int,
        *,
        state: Literal["done", "failed"],
        result: dict[str, Any] | None,
        reason: str | None,
        now: datetime,
    ) -> bool: ...
    def give_back(self, job_id: int, fence: int, *, not_before: datetime, reason: str, begun: bool) -> bool:
        """Queues it again; without ``begun`` the attempt is not counted."""

    def cancel(self, job_id: int, *, reason: str, now: datetime) -> bool:
        """Whether it was still queued or running. A running worker notices at its next report."""

    def stale(self, *, before: datetime, holder: str | None = None) -> list[JobRecord]:
        """Running rows without a heartbeat since ``before``, and every running row of ``holder``."""

    def due(self, now: datetime, *, limit: int = 1000) -> list[int]:
        """Queued rows that may start, oldest first."""

    def waiting_for(self, exclusive: str) -> list[int]:
        """Queued rows that were turned away because somebody held ``exclusive``."""

    def take_due(self, schedule: str, *, now: datetime, first: datetime, following: datetime) -> datetime | None:
        """Whether it is this caller's turn to do what ``schedule`` names: None when it is, else when it is due.

        A schedule seen for the first time is due at ``first``. Taking a turn sets the next to ``following``, and so does one
        that lies far beyond it: the clock was turned back since.
        """

    def turns(self) -> dict[str, datetime]:
        """When each schedule is due, by its name."""

    def forget(self, before: datetime) -> int:
        """Deletes what ended before; how many rows."""

    def forget_routine(self, kinds: Collection[str], before: datetime) -> int:
        """Deletes what a schedule asked for before, if it went well; how many rows."""

    def is_away(self, error: Exception) -> bool:
        """Whether this says that the table cannot be reached just now, whoever raised it."""
