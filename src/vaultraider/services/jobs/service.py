"""One door to background work; see the top of this package."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from vaultraider.domain.errors import Conflict, NotFound
from vaultraider.ports import Bell, Clock, JobRecord, JobStore, Leases
from vaultraider.services.jobs.catalogue import JobKind
from vaultraider.services.jobs.endings import Endings
from vaultraider.services.jobs.running import HEARTBEAT, Finder, Runner
from vaultraider.services.jobs.schedules import Schedule
from vaultraider.services.jobs.upkeep import Upkeep


class JobService:
    """One a process; safe between threads."""

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
        interrupting = threading.Event()
        endings = Endings(store, clock, interrupting)
        self._runner = Runner(store, bell, clock, leases, endings, interrupting, holder=holder, heartbeat=heartbeat)
        self._upkeep = Upkeep(store, bell, clock, endings, lambda kind: self.ask(kind, asked_by="schedule"), holder=holder)
        self._kinds: dict[str, JobKind] = {}

    # -- asking ---------------------------------------------------------------------------------------------------------

    def introduce(self, kinds: Iterable[JobKind]) -> None:
        """Tells what kinds of work there are: this floor cannot look into ``jobs/`` itself."""
        self._kinds = {kind.name: kind for kind in kinds}

    def kinds(self) -> dict[str, JobKind]:
        """By name; empty in a process that nobody told."""
        return dict(self._kinds)

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

    def ask_by_hand(self, kind: str, *, asked_by: str) -> JobRecord:
        """Queues what a person may begin. Raises NotFound for an unknown kind, Conflict for one that needs arguments."""
        known = self._kinds.get(kind)
        if known is None:
            raise NotFound("There is no work of this name.")
        if not known.by_hand:
            raise Conflict("This work is begun by what needs it; nobody begins it by hand.")
        return self.ask(kind, asked_by=asked_by)

    def get(self, job_id: int) -> JobRecord:
        """Raises NotFound."""
        record = self._store.get(job_id)
        if record is None:
            raise NotFound(f"There is no work with the number {job_id}.")
        return record

    def latest(self, *, kind: str | None = None, limit: int = 50) -> list[JobRecord]:
        """Newest first."""
        return self._store.latest(kind=kind, limit=limit)

    def newest(self, kinds: Iterable[str]) -> dict[str, tuple[JobRecord | None, JobRecord | None]]:
        """Of each kind what runs (or, when nothing does, waits to be begun now), and the newest that has ended."""
        return {kind: self._newest(kind) for kind in kinds}

    def _newest(self, kind: str) -> tuple[JobRecord | None, JobRecord | None]:
        records = self._store.latest(kind=kind, limit=20)
        now = self._clock.now()
        running = [each for each in records if each.state == "running"]
        waiting = [each for each in records if each.state == "queued" and each.not_before <= now]
        return next(iter(running + waiting), None), next((each for each in records if each.finished), None)

    def next_turns(self) -> dict[str, datetime]:
        """When each schedule is due, by the name of its job."""
        return self._store.turns()

    def cancel(self, job_id: int, *, by: str) -> None:
        """Takes work back. Running work stops at its next report. Raises Conflict when it has ended already."""
        if not self._store.cancel(job_id, reason=f"Cancelled by {by}.", now=self._clock.now()):
            raise Conflict("This has ended already.")

    # -- running --------------------------------------------------------------------------------------------------------

    def run(self, job_id: int, find: Finder) -> JobRecord | None:
        """Does one piece of work; None when there is nothing to do: taken, done, cancelled or not due.

        ``find`` gives the work of a kind. No failure of the work leaves this method; it is written into the row.
        """
        return self._runner.run(job_id, find)

    def stop(self, *, finish: float = 10.0, interrupt: float = 5.0) -> bool:
        """Begins nothing more and lets running work end; whether all of it did by itself.

        It has ``finish`` seconds as it likes, then ``interrupt`` seconds to stop at its next report. What still runs then goes
        back to the queue, and nothing that it writes later is accepted.
        """
        return self._runner.stop(finish=finish, interrupt=interrupt)

    # -- keeping it going -----------------------------------------------------------------------------------------------

    def sweep(self, *, starting: bool = False, patient: bool = False) -> None:
        """Gives back what stands still, rings for what is due, forgets what is old.

        ``starting``: no worker of this name runs yet, so what it held is lost for certain.
        ``patient``: of other workers' rows only those that were silent at the last sweep already.
        """
        self._upkeep.sweep(starting=starting, patient=patient)

    def tick(self, schedules: Iterable[tuple[str, Schedule]]) -> float:
        """Asks for scheduled work that is due; returns in how many seconds to look again."""
        return self._upkeep.tick(schedules)
