"""Keeping work going: what is due is asked for, what waits is rung for, what a dead worker left is given back."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from vaultraider.ports import Bell, Clock, JobRecord, JobStore
from vaultraider.services.jobs.endings import Endings
from vaultraider.services.jobs.running import ABANDONED, STALE
from vaultraider.services.jobs.schedules import Schedule

logger = logging.getLogger(__name__)

SWEEP = 15.0
"""Seconds between sweeps: how long a lost ring delays work at most. Longer than a few heartbeats, see ``_silent_still``."""
RINGS = 200
"""How many waiting rows a sweep rings for; the rest will have been begun or be rung for by the next ones."""
KEPT = timedelta(days=30)
"""How long ended work is remembered."""
OFTEN, KEPT_ROUTINE = timedelta(hours=1), timedelta(days=1)
"""What comes more often than each hour, and went well, is remembered for a day: it would be thousands of rows a day."""


class Upkeep:
    """``ask`` queues one piece of work of a kind, for the schedule."""

    def __init__(
        self, store: JobStore, bell: Bell, clock: Clock, endings: Endings, ask: Callable[[str], object], *, holder: str
    ) -> None:
        self._store = store
        self._bell = bell
        self._clock = clock
        self._endings = endings
        self._ask = ask
        self._holder = holder
        self._next_sweep: datetime | None = None
        self._seen_silent: dict[int, datetime | None] = {}
        self._next_due: dict[str, datetime] = {}
        self._looked: datetime | None = None
        self._often: frozenset[str] = frozenset()

    def sweep(self, *, starting: bool = False, patient: bool = False) -> None:
        """See ``JobService.sweep``."""
        now = self._clock.now()
        holder = self._holder if starting else None
        silent = self._store.stale(before=now - timedelta(seconds=STALE), holder=holder)
        for lost in self._silent_still(silent, holder) if patient else silent:
            logger.warning("Work %s (%s) was left behind by its worker.", lost.id, lost.kind)
            if lost.attempts >= ABANDONED:
                self._endings.fail(lost, "The worker stopped in the middle of this, again and again.")
            else:
                self._endings.give_back(lost, after=0.0, reason="The worker stopped in the middle of this.", begun=True)
        for job_id in self._store.due(self._clock.now(), limit=RINGS):  # later than what was just given back
            self._bell.ring(job_id)
        self._store.forget(now - KEPT)
        if self._often:
            self._store.forget_routine(self._often, now - KEPT_ROUTINE)
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

    def tick(self, schedules: Iterable[tuple[str, Schedule]]) -> float:
        """See ``JobService.tick``."""
        now, schedules = self._clock.now(), list(schedules)
        turned_back = self._looked is not None and now < self._looked
        self._looked = now
        self._often = frozenset(kind for kind, schedule in schedules if _gap(schedule, now) < OFTEN)
        if self._next_sweep is None or self._next_sweep <= now or turned_back:
            self.sweep(patient=True)
        for kind, schedule in schedules:
            if turned_back or self._next_due.get(kind, now) <= now:
                self._turn(kind, schedule, now)
        soonest = min([*self._next_due.values(), now + timedelta(seconds=SWEEP)])
        return max(0.0, (soonest - now).total_seconds())

    def _turn(self, kind: str, schedule: Schedule, now: datetime) -> None:
        starting = schedule.at_start and kind not in self._next_due
        following = schedule.following(now)
        due = self._store.take_due(kind, now=now, first=following, following=following)
        self._next_due[kind] = due or following
        if (due is None or starting) and not self._busy(kind):
            self._ask(kind)

    def _busy(self, kind: str) -> bool:
        """A turn is skipped while the last one is still running."""
        return any(each.state == "running" for each in self._store.latest(kind=kind, limit=5))


def _gap(schedule: Schedule, now: datetime) -> timedelta:
    """Between two turns."""
    turn = schedule.following(now)
    return schedule.following(turn) - turn
