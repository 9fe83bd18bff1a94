"""Doing one piece of work: claimed, alone where it must be, with a beating heart, and written down however it ends."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import Any, Protocol

from vaultraider.domain.errors import BungieUnavailable, Conflict, VaultRaiderError
from vaultraider.ports import Bell, Clock, JobRecord, JobStore, Lease, Leases
from vaultraider.services.jobs.endings import Endings
from vaultraider.services.jobs.handle import JobHandle, JobInterrupted, JobLost

logger = logging.getLogger(__name__)

HEARTBEAT = 5.0
"""Seconds between signs of life."""
STALE = 30.0
"""Seconds without a sign of life after which work is taken from its worker: several heartbeats, as one slow disk is no death."""
TAKEN = 2.0
"""Seconds before work that needs something alone looks again whether it is free."""
FIRST_PAUSE = 30.0
"""Seconds before work that Bungie could not answer is tried again; each further pause is twice as long."""
ABANDONED = 3
"""How often a worker may die over the same row before we stop trying: the row may be what kills it."""
STOPPED = "The worker stopped; this goes on when it is back."


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


Finder = Callable[[str], Work | None]
"""Gives the work of a kind, or None when this program knows none."""


class Runner:
    """What one process does itself. Safe between threads; ``holder`` is its name in the rows."""

    def __init__(
        self,
        store: JobStore,
        bell: Bell,
        clock: Clock,
        leases: Leases,
        endings: Endings,
        interrupting: threading.Event,
        *,
        holder: str,
        heartbeat: float,
    ) -> None:
        self.heartbeat = heartbeat
        self._store = store
        self._bell = bell
        self._clock = clock
        self._leases = leases
        self._endings = endings
        self._interrupting = interrupting
        self._holder = holder
        self._running: set[int] = set()
        self._idle = threading.Condition()
        self._closing = threading.Event()

    def run(self, job_id: int, find: Finder) -> JobRecord | None:
        """See ``JobService.run``."""
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

    def _run(self, job_id: int, find: Finder) -> JobRecord | None:
        waiting = self._store.get(job_id)
        if waiting is None or waiting.state != "queued":
            return None
        work = find(waiting.kind)
        alone = work.needs_alone(waiting.arguments) if work else None
        record = self._store.claim(job_id, holder=self._holder, exclusive=alone, now=self._clock.now())
        if record is None:
            return None
        if work is None:
            self._endings.fail(record, f'This version of Vault Raider knows no work named "{record.kind}".')
            return self._store.get(job_id)
        try:
            with ExitStack() as held:
                lease = held.enter_context(self._lease(alone))
                handle = held.enter_context(self._alive(record, lease))
                self._perform(record, work, handle)
        except _Taken:
            self._endings.give_back(record, after=TAKEN, reason="Waits until the same work has ended.", begun=False)
            self._bell.ring(record.id, after=TAKEN)
        else:
            self._ring_waiting(alone)
        return self._store.get(job_id)

    def _perform(self, record: JobRecord, work: Work, handle: JobHandle) -> None:
        try:
            result = work.perform(handle)
        except JobInterrupted:
            self._endings.give_back(record, after=0.0, reason=STOPPED, begun=False)
        except JobLost:
            logger.info("Work %s (%s) was cancelled or taken over.", record.id, record.kind)
        except BungieUnavailable as error:
            self._retry(record, work, error)
        except VaultRaiderError as error:
            logger.warning("%s (work %s) failed: %s", work.title, record.id, error.sentence)
            self._endings.fail(record, error.sentence)
        except (Exception, SystemExit) as error:  # some library's exit would end the thread, and leave the row as if it ran
            if isinstance(error, Exception) and self._store.is_away(error):
                self._begin_anew(record, work)
                return
            logger.exception("%s (work %s) failed.", work.title, record.id)
            self._endings.fail(record, f"Something went wrong. The log tells more; look for work {record.id}.")
        else:
            self._endings.done(record, result)

    def _begin_anew(self, record: JobRecord, work: Work) -> None:
        """Every job may be run twice, so what lost its database in the middle may begin again."""
        logger.warning("%s (work %s) lost its database in the middle.", work.title, record.id)
        if record.attempts >= max(work.attempts, ABANDONED):
            self._endings.fail(record, "The database went away in the middle of this, again and again.")
        else:
            self._endings.give_back(record, after=TAKEN, reason="The database went away in the middle of this.", begun=True)
            self._bell.ring(record.id, after=TAKEN)

    def _retry(self, record: JobRecord, work: Work, error: BungieUnavailable) -> None:
        if record.attempts >= work.attempts:
            logger.warning("%s (work %s) failed: %s", work.title, record.id, error.sentence)
            self._endings.fail(record, error.sentence)
            return
        wait = max(FIRST_PAUSE * 2 ** (record.attempts - 1), error.retry_after or 0.0)
        self._endings.give_back(record, after=wait, reason=error.sentence, begun=True)
        self._bell.ring(record.id, after=wait)

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
            while not ended.wait(self.heartbeat):
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

    def stop(self, *, finish: float, interrupt: float) -> bool:
        """See ``JobService.stop``."""
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
                self._endings.give_back(record, after=0.0, reason=STOPPED, begun=False)
        return False

    def _wait_idle(self, seconds: float) -> bool:
        with self._idle:
            return self._idle.wait_for(lambda: not self._running, timeout=seconds)


class _Taken(Exception):
    """Somebody else holds what this work needs alone."""
