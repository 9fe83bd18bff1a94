"""What running work sees of itself."""

from __future__ import annotations

import threading
from datetime import datetime

from vaultraider.domain.errors import Conflict
from vaultraider.ports import Clock, JobRecord, JobStore, Lease, Progress

REPORT = 0.25
"""Seconds between progress rows of one step; quicker reports are skipped."""


class JobInterrupted(Exception):
    """The worker stops: the row goes back to the queue. Let it pass."""


class JobLost(Exception):
    """The row was cancelled or somebody else has it now: stop, and write nothing more. Let it pass."""


class JobHandle:
    """What running work sees of itself: its arguments, and how to tell how far it is."""

    def __init__(self, record: JobRecord, store: JobStore, clock: Clock, stopping: threading.Event, lease: Lease | None) -> None:
        self.id = record.id
        self.arguments = record.arguments
        self.asked_by = record.asked_by
        self.attempt = record.attempts
        self._fence = record.fence
        self._store = store
        self._clock = clock
        self._stopping = stopping
        self._lease = lease
        self._last: tuple[str, datetime] | None = None
        self._lost = threading.Event()
        self._followers: list[Progress] = []

    def follow(self, follower: Progress) -> None:
        """From now on ``follower`` hears every report, too: whoever does the work here and waits for it."""
        self._followers.append(follower)

    def report(self, step: str, percent: float | None = None, sentence: str | None = None) -> None:
        """Tells where the work is. Call it often: it is also where the work hears that it should stop.

        Raises JobInterrupted or JobLost.
        """
        self.check()
        self._write(step, percent, sentence)
        for follower in self._followers:
            follower(step, percent, sentence)

    def _write(self, step: str, percent: float | None, sentence: str | None) -> None:
        now = self._clock.now()
        soon = self._last is not None and self._last[0] == step and (now - self._last[1]).total_seconds() < REPORT
        if soon and percent != 100:
            return
        self._last = (step, now)
        if not self._store.report(self.id, self._fence, step=step, percent=percent, sentence=sentence, now=now):
            self._lost.set()
            raise JobLost

    def is_away(self, error: Exception) -> bool:
        """Whether this says that the database cannot be reached just now: let it pass, and the work begins anew later."""
        return self._store.is_away(error)

    def check(self) -> None:
        """Raises JobInterrupted or JobLost when the work should stop."""
        if self._lost.is_set():
            raise JobLost
        if self._stopping.is_set():
            raise JobInterrupted

    def beat(self) -> bool:
        """One sign of life, for the row and for the lease. False: the work is lost."""
        try:
            if self._lease is not None:
                self._lease.renew()
            held = self._store.beat(self.id, self._fence, self._clock.now())
        except Conflict:
            held = False
        if not held:
            self._lost.set()
        return held
