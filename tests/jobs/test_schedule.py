"""Schedules: each turn once, whoever looks; missed turns do not pile up."""

from __future__ import annotations

import threading
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.clocks import START
from tests.jobs.conftest import Office

from vaultraider.services.jobs import SWEEP, Every, JobService

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
