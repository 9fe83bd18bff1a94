"""Exclusive work between threads and processes, on both databases."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from tests.clocks import CrowdClock, HandClock

from vaultraider.clock import SystemClock
from vaultraider.database.engine import Database
from vaultraider.database.leases import DatabaseLeases
from vaultraider.domain.errors import Conflict


def test_a_second_holder_is_told_that_somebody_is_at_it(database: Database) -> None:
    leases = DatabaseLeases(database, HandClock())
    with leases.hold("manifest", seconds=60), pytest.raises(Conflict), leases.hold("manifest", seconds=60):
        pytest.fail("Two held it.")


def test_names_do_not_disturb_each_other(database: Database) -> None:
    leases = DatabaseLeases(database, HandClock())
    with leases.hold("refresh:1", seconds=60), leases.hold("refresh:2", seconds=60):
        pass


def test_the_fence_grows_with_each_holder(database: Database) -> None:
    leases = DatabaseLeases(database, HandClock())
    fences = []
    for _ in range(3):
        with leases.hold("manifest", seconds=60) as lease:
            fences.append(lease.fence)
    assert fences == sorted(set(fences))


def test_a_failure_inside_gives_it_back(database: Database) -> None:
    leases = DatabaseLeases(database, HandClock())
    with pytest.raises(ZeroDivisionError), leases.hold("manifest", seconds=60):
        raise ZeroDivisionError
    with leases.hold("manifest", seconds=60):
        pass


def test_a_dead_holder_loses_it_in_time(database: Database) -> None:
    clock = HandClock()
    dead = DatabaseLeases(database, clock)
    lease = dead.hold("manifest", seconds=60)
    old = lease.__enter__()
    clock.pass_time(59)
    with pytest.raises(Conflict), dead.hold("manifest", seconds=60):
        pass
    clock.pass_time(2)
    with dead.hold("manifest", seconds=60) as new:
        assert new.fence > old.fence
        with pytest.raises(Conflict):
            old.renew()
        lease.__exit__(None, None, None)  # The old one ends late: it must not release what is not its own.
        with pytest.raises(Conflict), dead.hold("manifest", seconds=60):
            pass


def test_renewing_prolongs(database: Database) -> None:
    clock = HandClock()
    leases = DatabaseLeases(database, clock)
    with leases.hold("manifest", seconds=60) as lease:
        for _ in range(5):
            clock.pass_time(50)
            lease.renew()
        with pytest.raises(Conflict), leases.hold("manifest", seconds=1):
            pass


def test_renewing_late_is_fine_while_nobody_took_it(database: Database) -> None:
    clock = HandClock()
    with DatabaseLeases(database, clock).hold("manifest", seconds=60) as lease:
        clock.pass_time(300)
        lease.renew()


def test_waiting_ends_with_the_holders_time(database: Database) -> None:
    clock = HandClock()
    leases = DatabaseLeases(database, clock)
    with leases.hold("manifest", seconds=5):
        began = clock.now()
        with leases.hold("manifest", seconds=60, wait=20):
            assert 5 <= (clock.now() - began).total_seconds() < 6


def test_waiting_in_vain_ends_too(database: Database) -> None:
    clock = HandClock()
    leases = DatabaseLeases(database, clock)
    with leases.hold("manifest", seconds=60):
        began = clock.now()
        with pytest.raises(Conflict), leases.hold("manifest", seconds=60, wait=3):
            pass
        assert (clock.now() - began).total_seconds() == pytest.approx(3, abs=0.01)


def test_threads_take_turns(database: Database) -> None:
    clock = CrowdClock()
    leases = DatabaseLeases(database, clock)
    inside: list[int] = []
    fences: list[int] = []

    def worker(number: int) -> None:
        for _ in range(3):
            with leases.hold("refresh:17", seconds=30, wait=600) as lease:
                inside.append(number)
                assert inside == [number]
                fences.append(lease.fence)
                clock.sleep(0.3)
                inside.remove(number)

    clock.run([lambda number=number: worker(number) for number in range(6)])
    assert fences == sorted(set(fences)) and len(fences) == 18


def _count_up(url: str, file: Path, times: int) -> list[int]:
    database = Database(url)
    leases = DatabaseLeases(database, SystemClock())
    fences = []
    try:
        for _ in range(times):
            with leases.hold("counter", seconds=30, wait=60) as lease:
                count = int(file.read_text())
                fences.append(lease.fence)
                file.write_text(str(count + 1))
        return fences
    finally:
        database.close()


@pytest.mark.processes
def test_processes_take_turns(database: Database, database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "count"
    file.write_text("0")
    with ProcessPoolExecutor(4, mp_context=multiprocessing.get_context("spawn")) as pool:
        answers = [pool.submit(_count_up, database_url, file, 10) for _ in range(4)]
        fences = [fence for answer in answers for fence in answer.result(120)]
    assert file.read_text() == "40"
    assert sorted(fences) == list(range(1, 41))
