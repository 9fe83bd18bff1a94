"""Background work: asked for, run once, told about while it runs, and never lost.

ask      write the row, commit, ring the bell
run      claim the row (nobody else can), take its lease if it is exclusive, keep its heart beating, call the job,
         write down how it ended
sweep    ring again for what is due, give back what stands still because its worker is gone
tick     ask for what the schedules say, sweep once a minute

Every part may be repeated or lost, and two processes may do the same at once: the row decides.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from vaultraider.domain.errors import BungieUnavailable, Conflict, NotFound, VaultRaiderError
from vaultraider.ports import Bell, Clock, JobRecord, JobStore, Lease, Leases

logger = logging.getLogger(__name__)

HEARTBEAT = 5.0
"""Seconds between signs of life."""
STALE = 30.0
"""Seconds without a sign of life after which work is taken from its worker: several heartbeats, as one slow disk is no death."""
SWEEP = 15.0
"""Seconds between sweeps: how long a lost ring delays work at most. Longer than a few heartbeats, see ``_silent_still``."""
RINGS = 200
"""How many waiting rows a sweep rings for; the rest will have been begun or be rung for by the next ones."""
AWAY = 1.0
"""Seconds before what the database could not take is offered to it again ..."""
OFFERS = 300
"""... and how often."""
REPORT = 0.25
"""Seconds between progress rows of one step; quicker reports are skipped."""
TAKEN = 2.0
"""Seconds before work that needs something alone looks again whether it is free."""
ABANDONED = 3
"""How often a worker may die over the same row before we stop trying: the row may be what kills it."""
KEPT = timedelta(days=30)
"""How long ended work is remembered."""


class JobInterrupted(Exception):
    """The worker stops: the row goes back to the queue. Let it pass."""


class JobLost(Exception):
    """The row was cancelled or somebody else has it now: stop, and write nothing more. Let it pass."""


@dataclass(frozen=True)
class Every:
    """A schedule: every so many ``seconds``, give or take ``jitter`` of them, so that servers do not all ask at once.

    Turns missed while nothing ran are one turn, not many. ``at_start``: one more turn whenever a scheduler starts.
    """

    seconds: float
    jitter: float = 0.0
    at_start: bool = False

    def following(self, now: datetime) -> datetime:
        return now + timedelta(seconds=self.seconds + random.uniform(-self.jitter, self.jitter))  # noqa: S311 - no secret


class Work(Protocol):
    """A job bound to its services: what ``run`` needs to know of it."""

    @property
    def attempts(self) -> int:
        """How often to try when Bungie cannot answer."""

    @property
    def title(self) -> str: ...
    def needs_alone(self, arguments: Mapping[str, Any]) -> str | None:
        """What nobody else may hold meanwhile."""

    def perform(self, handle: JobHandle) -> Mapping[str, Any] | None: ...


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

    def report(self, step: str, percent: float | None = None, sentence: str | None = None) -> None:
        """Tells where the work is. Call it often: it is also where the work hears that it should stop.

        Raises JobInterrupted or JobLost.
        """
        self.check()
        now = self._clock.now()
        soon = self._last is not None and self._last[0] == step and (now - self._last[1]).total_seconds() < REPORT
        if soon and percent != 100:
            return
        self._last = (step, now)
        if not self._store.report(self.id, self._fence, step=step, percent=percent, sentence=sentence, now=now):
            self._lost.set()
            raise JobLost

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


class JobService:
    """See the top of this file. One a process; safe between threads."""

    def __init__(
        self,
        store: JobStore,
        bell: Bell,
        clock: Clock,
        leases: Leases,
        *,
        holder: str,
        heartbeat: float = HEARTBEAT,
    ) -> None:
        self._store = store
        self._bell = bell
        self._clock = clock
        self._leases = leases
        self._holder = holder
        self._heartbeat = heartbeat
        self._running: set[int] = set()
        self._idle = threading.Condition()
        self._closing = threading.Event()
        self._interrupting = threading.Event()
        self._next_sweep: datetime | None = None
        self._seen_silent: dict[int, datetime | None] = {}
        self._next_due: dict[str, datetime] = {}

    # -- asking ---------------------------------------------------------------------------------------------------------

    def ask(
        self,
        kind: str,
        arguments: Mapping[str, Any] | None = None,
        *,
        asked_by: str,
        after: float = 0.0,
    ) -> JobRecord:
        """Queues work, to begin in ``after`` seconds or later. The same work already queued by then is not queued twice."""
        now = self._clock.now()
        record = self._store.add(
            kind, dict(arguments or {}), asked_by=asked_by, now=now, not_before=now + timedelta(seconds=after)
        )
        self._bell.ring(record.id, after=after)
        return record

    def get(self, job_id: int) -> JobRecord:
        """Raises NotFound."""
        record = self._store.get(job_id)
        if record is None:
            raise NotFound(f"There is no work with the number {job_id}.")
        return record

    def latest(self, *, kind: str | None = None, limit: int = 50) -> list[JobRecord]:
        """Newest first."""
        return self._store.latest(kind=kind, limit=limit)

    def cancel(self, job_id: int, *, by: str) -> None:
        """Takes work back. Running work stops at its next report. Raises Conflict when it has ended already."""
        if not self._store.cancel(job_id, reason=f"Cancelled by {by}.", now=self._clock.now()):
            raise Conflict("This has ended already.")

    # -- running --------------------------------------------------------------------------------------------------------

    def run(self, job_id: int, find: Callable[[str], Work | None]) -> JobRecord | None:
        """Does one piece of work; None when there is nothing to do: taken, done, cancelled or not due.

        ``find`` gives the work of a kind. No failure of the work leaves this method; it is written into the row.
        """
        with self._idle:
            if self._closing.is_set() or job_id in self._running:
                return None
            self._running.add(job_id)
        try:
            return self._run(job_id, find)
        finally:
            with self._idle:
                self._running.discard(job_id)
                self._idle.notify_all()

    def _run(self, job_id: int, find: Callable[[str], Work | None]) -> JobRecord | None:
        waiting = self._store.get(job_id)
        if waiting is None or waiting.state != "queued":
            return None
        work = find(waiting.kind)
        alone = work.needs_alone(waiting.arguments) if work else None
        record = self._store.claim(job_id, holder=self._holder, exclusive=alone, now=self._clock.now())
        if record is None:
            return None
        if work is None:
            self._fail(record, f'This version of Vault Raider knows no work named "{record.kind}".')
            return self._store.get(job_id)
        try:
            with ExitStack() as held:
                lease = held.enter_context(self._lease(alone))
                handle = held.enter_context(self._alive(record, lease))
                self._perform(record, work, handle)
        except _Taken:
            self._give_back(record, after=TAKEN, reason="Waits until the same work has ended.", begun=False)
            self._bell.ring(record.id, after=TAKEN)
        else:
            self._ring_waiting(alone)
        return self._store.get(job_id)

    def _perform(self, record: JobRecord, work: Work, handle: JobHandle) -> None:
        try:
            result = work.perform(handle)
        except JobInterrupted:
            self._give_back(record, after=0.0, reason="The worker stopped; this goes on when it is back.", begun=False)
        except JobLost:
            logger.info("Work %s (%s) was cancelled or taken over.", record.id, record.kind)
        except BungieUnavailable as error:
            self._retry(record, work, error)
        except VaultRaiderError as error:
            logger.warning("%s (work %s) failed: %s", work.title, record.id, error.sentence)
            self._fail(record, error.sentence)
        except Exception as error:
            if self._store.is_away(error):
                self._begin_anew(record, work)
                return
            logger.exception("%s (work %s) failed.", work.title, record.id)
            self._fail(record, f"Something went wrong. The log tells more; look for work {record.id}.")
        else:
            told = None if result is None else dict(result)
            now = self._clock.now()
            self._insist(lambda: self._store.finish(record.id, record.fence, state="done", result=told, reason=None, now=now))

    def _begin_anew(self, record: JobRecord, work: Work) -> None:
        """Every job may be run twice, so what lost its database in the middle may begin again."""
        logger.warning("%s (work %s) lost its database in the middle.", work.title, record.id)
        if record.attempts >= max(work.attempts, ABANDONED):
            self._fail(record, "The database went away in the middle of this, again and again.")
        else:
            self._give_back(record, after=TAKEN, reason="The database went away in the middle of this.", begun=True)
            self._bell.ring(record.id, after=TAKEN)

    def _insist(self, write: Callable[[], bool]) -> None:
        """Tells the row how the work ended, also when the database comes back later: else it would be done once more.

        While we stop there is no time for that.
        """
        for left in reversed(range(OFFERS)):
            try:
                write()
                return
            except Exception as error:
                if not left or self._interrupting.is_set() or not self._store.is_away(error):
                    raise
                if left == OFFERS - 1:
                    logger.warning("The database is away; how some work ended is told to it when it is back.")
            self._interrupting.wait(AWAY)

    def _retry(self, record: JobRecord, work: Work, error: BungieUnavailable) -> None:
        if record.attempts >= work.attempts:
            logger.warning("%s (work %s) failed: %s", work.title, record.id, error.sentence)
            self._fail(record, error.sentence)
            return
        wait = max(30.0 * 2 ** (record.attempts - 1), error.retry_after or 0.0)
        self._give_back(record, after=wait, reason=error.sentence, begun=True)
        self._bell.ring(record.id, after=wait)

    def _fail(self, record: JobRecord, reason: str) -> None:
        now = self._clock.now()
        self._insist(lambda: self._store.finish(record.id, record.fence, state="failed", result=None, reason=reason, now=now))

    def _give_back(self, record: JobRecord, *, after: float, reason: str, begun: bool) -> None:
        then = self._clock.now() + timedelta(seconds=after)
        self._insist(lambda: self._store.give_back(record.id, record.fence, not_before=then, reason=reason, begun=begun))

    def _lease(self, alone: str | None) -> AbstractContextManager[Lease | None]:
        return nullcontext() if alone is None else self._taken_or_lease(alone)

    @contextmanager
    def _taken_or_lease(self, alone: str) -> Iterator[Lease]:
        with ExitStack() as held:
            try:
                lease = held.enter_context(self._leases.hold(f"job:{alone}", seconds=STALE))
            except Conflict as error:
                raise _Taken from error
            yield lease

    @contextmanager
    def _alive(self, record: JobRecord, lease: Lease | None) -> Iterator[JobHandle]:
        """Keeps the row's heart beating, from a thread of its own, while the block runs."""
        handle = JobHandle(record, self._store, self._clock, self._interrupting, lease)
        ended = threading.Event()

        def beat() -> None:
            while not ended.wait(self._heartbeat):
                try:
                    if not handle.beat():
                        return
                except Exception as error:  # the database may be away for a moment; the next beat tells
                    unknown = None if self._store.is_away(error) else error
                    logger.warning("No sign of life could be written for work %s.", record.id, exc_info=unknown)

        thread = threading.Thread(target=beat, name=f"heartbeat-{record.id}", daemon=True)
        thread.start()
        try:
            yield handle
        finally:
            ended.set()
            thread.join()

    def _ring_waiting(self, alone: str | None) -> None:
        """Whoever was turned away because of us need not wait for the sweep."""
        for job_id in self._store.waiting_for(alone) if alone else ():
            self._bell.ring(job_id, after=TAKEN)

    # -- keeping it going -----------------------------------------------------------------------------------------------

    def sweep(self, *, starting: bool = False, patient: bool = False) -> None:
        """Gives back what stands still, rings for what is due, forgets what is old.

        ``starting``: no worker of this name runs yet, so what it held is lost for certain.
        ``patient``: of other workers' rows only those that were silent at the last sweep already.
        """
        now = self._clock.now()
        holder = self._holder if starting else None
        silent = self._store.stale(before=now - timedelta(seconds=STALE), holder=holder)
        for lost in self._silent_still(silent, holder) if patient else silent:
            logger.warning("Work %s (%s) was left behind by its worker.", lost.id, lost.kind)
            if lost.attempts >= ABANDONED:
                self._fail(lost, "The worker stopped in the middle of this, again and again.")
            else:
                self._give_back(lost, after=0.0, reason="The worker stopped in the middle of this.", begun=True)
        for job_id in self._store.due(self._clock.now(), limit=RINGS):  # later than what was just given back
            self._bell.ring(job_id)
        self._store.forget(now - KEPT)
        self._next_sweep = now + timedelta(seconds=SWEEP)

    def _silent_still(self, silent: list[JobRecord], holder: str | None) -> list[JobRecord]:
        """Those whose heart has not beaten since the last look.

        Nobody could write a sign of life while the database was away or the machine slept, and a machine whose clock is behind
        always seems to be late: a row is given back when it was seen twice, some heartbeats apart, with the same old sign.
        """
        before = self._seen_silent
        self._seen_silent = {each.id: each.heartbeat for each in silent}
        return [
            each
            for each in silent
            if (holder is not None and each.holder == holder) or (each.id in before and before[each.id] == each.heartbeat)
        ]

    def tick(self, schedules: Iterable[tuple[str, Every]]) -> float:
        """Asks for scheduled work that is due; returns in how many seconds to look again."""
        now = self._clock.now()
        if self._next_sweep is None or self._next_sweep <= now:
            self.sweep(patient=True)
        for kind, every in schedules:
            if self._next_due.get(kind, now) <= now:
                self._turn(kind, every, now)
        soonest = min([*self._next_due.values(), now + timedelta(seconds=SWEEP)])
        return max(0.0, (soonest - now).total_seconds())

    def _turn(self, kind: str, every: Every, now: datetime) -> None:
        starting = every.at_start and kind not in self._next_due
        following = every.following(now)
        due = self._store.take_due(kind, now=now, first=following, following=following)
        self._next_due[kind] = due or following
        if (due is None or starting) and not self._busy(kind):
            self.ask(kind, asked_by="schedule")

    def _busy(self, kind: str) -> bool:
        """A turn is skipped while the last one is still running."""
        return any(each.state == "running" for each in self._store.latest(kind=kind, limit=5))

    # -- ending ---------------------------------------------------------------------------------------------------------

    def stop(self, *, finish: float = 10.0, interrupt: float = 5.0) -> bool:
        """Begins nothing more and lets running work end; whether all of it did by itself.

        It has ``finish`` seconds as it likes, then ``interrupt`` seconds to stop at its next report. What still runs then goes
        back to the queue, and nothing that it writes later is accepted.
        """
        self._closing.set()
        if self._wait_idle(finish):
            return True
        self._interrupting.set()
        if self._wait_idle(interrupt):
            return True
        with self._idle:
            stuck = list(self._running)
        for job_id in stuck:
            record = self._store.get(job_id)
            if record is not None and record.state == "running" and record.holder == self._holder:
                self._give_back(record, after=0.0, reason="The worker stopped; this goes on when it is back.", begun=False)
        return False

    def _wait_idle(self, seconds: float) -> bool:
        with self._idle:
            return self._idle.wait_for(lambda: not self._running, timeout=seconds)


class _Taken(Exception):
    """Somebody else holds what this work needs alone."""
