"""The shared budget in the database: threads, processes, both databases."""

from __future__ import annotations

import multiprocessing
import random
from concurrent.futures import ProcessPoolExecutor

import pytest
from sqlalchemy import func, select
from tests.clocks import CrowdClock, HandClock
from tests.domain.test_pace import most_in_any

from vaultraider.clock import SystemClock
from vaultraider.database.engine import Database
from vaultraider.database.throttle import DatabaseThrottle, PaceRow

CEILING = 250
WINDOW = 10.0


def test_two_stores_share_one_budget(database: Database) -> None:
    clock = HandClock()
    one, other = DatabaseThrottle(database, clock), DatabaseThrottle(database, clock)
    assert [store.take() for store in (one, other) * 25] == [0.0] * 50
    assert one.take() > 0


def test_a_pause_holds_for_everybody_and_ends(database: Database) -> None:
    clock = HandClock()
    one, other = DatabaseThrottle(database, clock), DatabaseThrottle(database, clock)
    assert one.slow_down(10) == pytest.approx(10)
    assert other.paused() == pytest.approx(10)
    assert other.take(patience=5) == pytest.approx(10)
    clock.pass_time(10)
    assert other.paused() == 0
    assert other.take() == 0
    other.succeeded()
    assert one.take() == 0
    assert one.take() == 0


def test_a_turn_is_one_persons_own(database: Database) -> None:
    throttle = DatabaseThrottle(database, HandClock())
    assert throttle.take_turn("SetTrackedState 17", 1) == 0
    assert throttle.take_turn("SetTrackedState 17", 1) == pytest.approx(1)
    assert throttle.take_turn("SetTrackedState 18", 1) == 0
    assert throttle.take_turn("SetTrackedState 17", 0) == 0


def test_turns_of_yesterday_are_forgotten(database: Database) -> None:
    clock = HandClock()
    throttle = DatabaseThrottle(database, clock)
    for person in range(5):
        throttle.take_turn(f"EquipItem {person}", 0.1)
    clock.pass_time(2 * 86400)
    throttle.take_turn("EquipItem today", 0.1)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(PaceRow)) == 1


def test_success_without_trouble_writes_nothing(database: Database) -> None:
    throttle = DatabaseThrottle(database, HandClock())
    throttle.take()
    database.close()
    throttle.succeeded()  # With nothing to halve there is nothing to write; a closed pool would open a new connection.
    assert database.engine.pool.checkedin() == 0  # type: ignore[attr-defined]


def test_many_threads_never_pass_the_ceiling(database: Database) -> None:
    clock = CrowdClock()
    throttle = DatabaseThrottle(database, clock)
    starts: list[float] = []

    def caller(seed: int) -> None:
        mood = random.Random(seed)
        for _ in range(25):
            clock.sleep(throttle.take())
            starts.append(clock.now().timestamp())
            if mood.random() < 0.1:
                clock.sleep(mood.uniform(0, 4))

    clock.run([lambda seed=seed: caller(seed) for seed in range(16)])
    assert len(starts) == 400
    assert most_in_any(WINDOW, starts) <= 201


def _take_places(url: str, times: int) -> list[float]:
    database, clock = Database(url), SystemClock()
    throttle = DatabaseThrottle(database, clock)
    try:
        return [clock.now().timestamp() + throttle.take() for _ in range(times)]
    finally:
        database.close()


@pytest.mark.processes
def test_processes_share_the_budget(database: Database, database_url: str) -> None:
    with ProcessPoolExecutor(4, mp_context=multiprocessing.get_context("spawn")) as pool:
        answers = [pool.submit(_take_places, database_url, 80) for _ in range(4)]
        starts = sorted(start for answer in answers for start in answer.result(60))
    assert len(starts) == 320
    # Four processes without a common row would start 200 at once; here 50 may, and the rest follow at 15 a second.
    assert most_in_any(WINDOW, starts) <= CEILING
    assert starts[-1] - starts[0] > (320 - 50) / 15 - 1
