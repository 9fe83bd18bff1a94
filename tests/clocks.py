"""Clocks for tests: time passes when somebody sleeps, and takes none."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 17, 17, 0, tzinfo=UTC)


class HandClock:
    """One hand turns it: ``sleep`` and ``pass_time`` move it on at once. ``naps`` holds what was slept."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start
        self._lock = threading.Lock()
        self.naps: list[float] = []

    def now(self) -> datetime:
        with self._lock:
            return self._now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.naps.append(seconds)
            self._now += timedelta(seconds=seconds)

    def pass_time(self, seconds: float) -> None:
        with self._lock:
            self._now += timedelta(seconds=seconds)


class CrowdClock:
    """Time for many threads: it stands still while any of them works, and jumps to the next waking when all sleep."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start
        self._changed = threading.Condition()
        self._awake = 0
        self._wakings: list[datetime] = []

    def now(self) -> datetime:
        with self._changed:
            return self._now

    def sleep(self, seconds: float) -> None:
        with self._changed:
            waking = self._now + timedelta(seconds=seconds)
            self._wakings.append(waking)
            self._awake -= 1
            self._jump_if_all_sleep()
            self._changed.wait_for(lambda: self._now >= waking)
            self._wakings.remove(waking)
            self._awake += 1

    def run(self, work: list[Callable[[], None]]) -> None:
        """Runs each in its own thread until all are done. Raises the first failure."""
        failures: list[BaseException] = []
        self._awake = len(work)

        def one(task: Callable[[], None]) -> None:
            try:
                task()
            except BaseException as error:
                failures.append(error)
            finally:
                with self._changed:
                    self._awake -= 1
                    self._jump_if_all_sleep()

        threads = [threading.Thread(target=one, args=(task,), daemon=True) for task in work]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
        if failures:
            raise failures[0]
        assert not any(thread.is_alive() for thread in threads)

    def _jump_if_all_sleep(self) -> None:
        # Those who were woken but have not run yet count as awake: their waking lies in the past.
        if self._awake == 0 and self._wakings and min(self._wakings) > self._now:
            self._now = min(self._wakings)
        self._changed.notify_all()


class FastClock:
    """Real time, ``rate`` times as fast, the same in every process that is given the same beginning: for tests with real
    processes whose waits are minutes."""

    def __init__(self, began: float, start: datetime, rate: float) -> None:
        """``began``: ``time.time()`` at the moment ``start``."""
        self.began = began
        self.start = start
        self.rate = rate

    def now(self) -> datetime:
        return self.start + timedelta(seconds=(time.time() - self.began) * self.rate)

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds / self.rate)
