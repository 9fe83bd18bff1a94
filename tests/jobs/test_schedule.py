"""Schedules: each turn once, whoever looks; missed turns do not pile up."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.clocks import START
from tests.jobs.conftest import Office

from vaultraider.services.jobs import SWEEP, Daily, Every, JobService, Schedule

MANIFEST = [("update_manifest", Every(300))]


def _run_all(office: Office, service: JobService) -> None:
    for record in service.latest():
        if record.state == "queued":
            claimed = office.store.claim(record.id, holder="x", exclusive=None, now=office.clock.now())
            assert claimed is not None
            office.store.finish(claimed.id, claimed.fence, state="done", result=None, reason=None, now=office.clock.now())


def test_a_turn_comes_when_it_is_due_and_once(office: Office) -> None:
    service = office.service()
    assert service.tick(MANIFEST) == SWEEP
    assert service.latest() == []
    office.clock.pass_time(299)
    service.tick(MANIFEST)
    assert service.latest() == []
    office.clock.pass_time(1)
    service.tick(MANIFEST)
    service.tick(MANIFEST)
    assert [(each.kind, each.asked_by) for each in service.latest()] == [("update_manifest", "schedule")]


def test_at_start_means_at_once_and_again_after_a_restart(office: Office) -> None:
    schedule = [("update_manifest", Every(300, at_start=True))]
    for rows in (1, 2):
        service = office.service()
        service.tick(schedule)
        service.tick(schedule)
        assert len(service.latest()) == rows
        _run_all(office, service)


def test_missed_turns_are_one_turn(office: Office) -> None:
    service = office.service()
    service.tick(MANIFEST)
    office.clock.pass_time(24 * 3600)  # the machine slept
    service.tick(MANIFEST)
    assert len(service.latest()) == 1
    _run_all(office, service)
    office.clock.pass_time(299)
    service.tick(MANIFEST)
    assert len(service.latest()) == 1


def test_a_turn_is_skipped_while_the_last_one_runs_or_waits(office: Office) -> None:
    service = office.service()
    service.tick(MANIFEST)
    office.clock.pass_time(300)
    service.tick(MANIFEST)
    office.clock.pass_time(300)
    service.tick(MANIFEST)
    assert len(service.latest()) == 1, "one waits already"
    claimed = office.store.claim(1, holder="x", exclusive=None, now=office.clock.now())
    assert claimed is not None
    for _ in range(20):
        office.clock.pass_time(20)
        office.store.beat(1, claimed.fence, office.clock.now())
        service.tick(MANIFEST)
    assert len(service.latest()) == 1, "one runs already"


def test_several_beats_take_each_turn_once(office: Office) -> None:
    beats = [office.service(f"beat {number}") for number in range(4)]
    for beat in beats:
        beat.tick(MANIFEST)
    for turn in range(1, 4):
        office.clock.pass_time(300)
        start = threading.Barrier(len(beats))

        def look(beat: JobService, start: threading.Barrier = start) -> None:
            start.wait()
            beat.tick(MANIFEST)

        threads = [threading.Thread(target=look, args=(beat,)) for beat in beats]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(beats[0].latest()) == turn
        _run_all(office, beats[0])


def test_the_sweep_comes_each_quarter_of_a_minute(office: Office) -> None:
    service = office.service()
    job = service.ask("try", asked_by="me").id
    office.bell.rings.clear()
    for seconds in (0, 10, 5, 14, 1):
        office.clock.pass_time(seconds)
        service.tick([])
    assert office.bell.rings == [(job, 0.0)] * 3


@given(st.floats(1, 1e6), st.floats(0, 1))
def test_jitter_stays_within_its_bounds(seconds: float, share: float) -> None:
    following = Every(seconds, jitter=seconds * share).following(START)
    slack = timedelta(seconds=seconds * share, microseconds=1)
    assert abs(following - START - timedelta(seconds=seconds)) <= slack


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (Every(15), "every 15 seconds"),
        (Every(60), "every minute"),
        (Every(90), "every 90 seconds"),
        (Every(300, jitter=30), "every 5 minutes"),
        (Every(3600), "every hour"),
        (Every(7200), "every 2 hours"),
        (Every(86400), "every day"),
        (Daily(3), "every day at 03:00 UTC"),
        (Daily(17, 5, jitter=600), "every day at 17:05 UTC"),
    ],
)
def test_a_schedule_in_words(schedule: Every | Daily, words: str) -> None:
    assert schedule.words == words


@pytest.mark.parametrize(
    ("now", "hours"),
    [("2026-11-17T02:59:59+00:00", 1 / 3600), ("2026-11-17T03:00:00+00:00", 24), ("2026-11-17T17:00:00+00:00", 10)],
)
def test_a_daily_turn_is_the_next_one(now: str, hours: float) -> None:
    at = datetime.fromisoformat(now)
    assert Daily(3).following(at) - at == timedelta(hours=hours)
    for _ in range(20):
        assert timedelta(0) <= Daily(3, jitter=600).following(at) - Daily(3).following(at) <= timedelta(minutes=10)


def test_a_daily_turn_missed_is_one_turn_and_the_next_is_at_its_hour(office: Office) -> None:
    """The machine was off for a week: one backup when it is back, and the next one in the night."""
    service, schedule = office.service(), [("back_up", Daily(3, 30))]
    service.tick(schedule)
    assert service.next_turns() == {"back_up": START.replace(hour=3, minute=30) + timedelta(days=1)}
    office.clock.pass_time(7 * 86400)
    service.tick(schedule)
    assert len(service.latest()) == 1
    _run_all(office, service)
    assert service.next_turns() == {"back_up": START.replace(hour=3, minute=30) + timedelta(days=8)}
    office.clock.pass_time(10.4 * 3600)
    service.tick(schedule)
    assert len(service.latest()) == 1
    office.clock.pass_time(0.1 * 3600)
    service.tick(schedule)
    assert len(service.latest()) == 2


def test_what_comes_each_minute_is_remembered_for_a_day_and_the_rest_for_longer(office: Office) -> None:
    """Five such jobs would be two hundred thousand rows in a month, in each backup, and between everything that looks."""
    schedules: list[tuple[str, Schedule]] = [("watch", Every(60, jitter=5)), ("back_up", Daily(3, 30))]
    service = office.service()
    for _ in range(4 * 24 * 6):
        office.clock.pass_time(600)
        service.tick(schedules)
        if len(service.latest()) == 40:
            broken = service.ask("watch", asked_by="schedule")
            claimed = office.store.claim(broken.id, holder="x", exclusive=None, now=office.clock.now())
            assert claimed is not None
            office.store.finish(claimed.id, claimed.fence, state="failed", result=None, reason="No.", now=office.clock.now())
            service.ask("watch", {"by": "hand"}, asked_by="user 1")
        _run_all(office, service)
    kept = service.latest(limit=1000)
    assert 140 <= len([each for each in kept if (each.kind, each.state, each.asked_by) == ("watch", "done", "schedule")]) <= 146
    assert [each.kind for each in kept if each.state == "failed"] == ["watch"]
    assert len([each for each in kept if each.asked_by == "user 1"]) == 1
    assert len([each for each in kept if each.kind == "back_up"]) == 4


@pytest.mark.parametrize("restarts", [False, True])
def test_a_clock_that_is_turned_back_stops_nothing(office: Office, restarts: bool) -> None:
    """Somebody set it a year ahead for an hour. What was due then is not waited for."""
    service = office.service()
    office.clock.pass_time(365 * 86400)
    service.tick(MANIFEST)
    office.clock.pass_time(-365 * 86400)
    if restarts:
        service = office.service()
    for _ in range(3):
        service.tick(MANIFEST)
        office.clock.pass_time(300)
    assert len(service.latest()) == 1
    _run_all(office, service)
    service.tick(MANIFEST)
    assert len(service.latest()) == 2
