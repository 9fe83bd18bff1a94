"""Nobody starts before its place: many threads, late sleepers, a pause in the middle."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from tests.bungie.stub import MemoryThrottle
from tests.clocks import CrowdClock, HandClock
from tests.domain.test_pace import most_in_any

from vaultraider.bungie._throttle import PATIENCE, Gate
from vaultraider.bungie.actions import TRANSFER
from vaultraider.database.engine import Base, Database
from vaultraider.database.throttle import DatabaseThrottle
from vaultraider.domain.errors import BungieThrottled


@pytest.mark.parametrize("seed", range(3))
def test_a_crowd_never_passes_the_ceiling(tmp_path: Path, seed: int) -> None:
    """Many threads, two processes' worth of gates, machines that wake them late, and Bungie throttling now and then."""
    clock = CrowdClock()
    database = Database(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    Base.metadata.create_all(database.engine)
    gates = [Gate(DatabaseThrottle(database, clock), clock, patience=1e6) for _ in range(2)]
    starts: list[float] = []
    pauses: list[tuple[float, float]] = []

    def caller(number: int) -> None:
        mood = random.Random(seed * 100 + number)
        gate = gates[number % 2]
        for _ in range(14):
            gate.enter()
            now = clock.now().timestamp()
            starts.append(now)
            if mood.random() < 0.02:
                pauses.append((now, now + gate.throttled(mood.choice([None, 5.0]))))
            else:
                gate.succeeded()
            clock.sleep(mood.choice([0.001, 0.05, 0.3]))

    clock.run([lambda number=number: caller(number) for number in range(20)])
    assert len(starts) == 20 * 14
    assert most_in_any(10, starts) <= 250
    for began, ended in pauses:
        assert not [start for start in starts if began + 1e-3 < start < ended - 1e-3]
    database.close()


def test_who_wakes_late_takes_a_new_place() -> None:
    """A laptop that slept wakes all its threads at once: their old places must not count."""

    class Lid(HandClock):
        def sleep(self, seconds: float) -> None:
            super().sleep(seconds + (60 if not self.naps else 0))

    clock = Lid()
    store = MemoryThrottle(clock)
    for _ in range(50):
        store.take()
    taken: list[float] = []
    take = store.take
    store.take = lambda *, patience=0.0: taken.append(take(patience=patience)) or taken[-1]  # type: ignore[method-assign]
    Gate(store, clock).enter()
    assert taken[0] > 0
    assert len(taken) == 2


def test_a_write_that_wakes_too_late_is_not_sent() -> None:
    """Somebody may have taken its sender for dead, and its work over. A read does no harm."""

    class Lid(HandClock):
        def sleep(self, seconds: float) -> None:
            super().sleep(seconds + (60 if not self.naps else 0))

    for endpoint in (TRANSFER, None):
        clock = Lid()
        store = MemoryThrottle(clock)
        for _ in range(50):
            store.take()
        if endpoint is None:
            Gate(store, clock).enter()
            continue
        with pytest.raises(BungieThrottled) as raised:
            Gate(store, clock).enter(endpoint, "17")
        assert raised.value.untouched


def test_a_pause_that_began_meanwhile_holds_for_those_who_wait_already() -> None:
    clock = HandClock()
    store = MemoryThrottle(clock)
    for _ in range(50):
        store.take()
    wake = clock.sleep

    def throttled_meanwhile(seconds: float) -> None:
        if not clock.naps:
            store.slow_down(5)
        wake(seconds)

    clock.sleep = throttled_meanwhile  # type: ignore[method-assign]
    began = clock.now()
    Gate(store, clock).enter()
    assert (clock.now() - began).total_seconds() == pytest.approx(5, abs=0.01)


def test_impatience_is_told_with_how_long_it_will_be() -> None:
    clock = HandClock()
    store = MemoryThrottle(clock)
    store.slow_down(PATIENCE + 5)
    with pytest.raises(BungieThrottled) as caught:
        Gate(store, clock).enter()
    assert caught.value.retry_after == pytest.approx(PATIENCE + 5)
    assert clock.naps == []
    Gate(store, clock, patience=100).enter()
    assert sum(clock.naps) == pytest.approx(PATIENCE + 5)
