"""Work is asked for, done once, told about, and never lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.jobs.conftest import Office, Task

from vaultraider.domain.errors import BungieMaintenance, BungieThrottled, Conflict, NotFound, OperatorMistake
from vaultraider.services.jobs import ABANDONED, STALE, SWEEP, JobHandle, JobInterrupted, endings, upkeep


def only(task: Task) -> Callable[[str], Task | None]:
    return lambda kind: task if kind == "try" else None


DONE = only(Task(lambda handle: {"attempt": handle.attempt}))


def test_the_row_is_written_before_the_bell_rings(office: Office) -> None:
    seen: list[str] = []
    office.bell.on_ring = lambda job_id: seen.append(office.row(job_id).state)
    asked = office.service().ask("try", {"n": 1}, asked_by="user 7")
    assert seen == ["queued"]
    assert (asked.kind, asked.arguments, asked.asked_by, asked.attempts) == ("try", {"n": 1}, "user 7", 0)


def test_work_runs_once_and_says_how_it_ended(office: Office) -> None:
    service = office.service()
    job = service.ask("try", asked_by="me").id
    office.clock.pass_time(3)
    ended = service.run(job, DONE)
    assert ended is not None
    assert (ended.state, ended.result, ended.attempts, ended.holder) == ("done", {"attempt": 1}, 1, "one")
    assert ended.finished == ended.started == office.clock.now()
    assert service.run(job, DONE) is None


def test_one_row_between_many_workers_runs_once(office: Office) -> None:
    job = office.service().ask("try", asked_by="me").id
    runs: list[int] = []
    start = threading.Barrier(6)

    def one(number: int) -> None:
        start.wait()
        office.service(f"worker {number}").run(job, only(Task(lambda handle: runs.append(handle.id))))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert runs == [job]


@pytest.mark.parametrize(
    ("second", "rows"),
    [
        ({"arguments": {"n": 1}}, 1),
        ({"arguments": {"n": 2}}, 2),
        ({"arguments": {"n": 1}, "after": 60.0}, 1),
    ],
)
def test_the_same_work_is_not_queued_twice(office: Office, second: dict[str, object], rows: int) -> None:
    service = office.service()
    service.ask("try", {"n": 1}, asked_by="me")
    service.ask("try", asked_by="me", **second)  # type: ignore[arg-type]
    assert len(service.latest()) == rows


def test_work_for_later_does_not_swallow_work_for_now(office: Office) -> None:
    service = office.service()
    later = service.ask("try", asked_by="me", after=600).id
    now = service.ask("try", asked_by="me").id
    assert now != later
    assert service.run(later, DONE) is None
    ended = service.run(now, DONE)
    assert ended is not None and ended.state == "done"


def _raise(error: Exception) -> Task:
    def do(_handle: JobHandle) -> None:
        raise error

    return Task(do)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OperatorMistake("The API key is wrong."), "The API key is wrong."),
        (BungieMaintenance(), BungieMaintenance.default),
        (RuntimeError("secret text"), "Something went wrong. The log tells more; look for work 1."),
    ],
)
def test_a_failure_is_a_sentence_in_the_row(office: Office, error: Exception, reason: str) -> None:
    service = office.service()
    ended = service.run(service.ask("try", asked_by="me").id, only(_raise(error)))
    assert ended is not None
    assert (ended.state, ended.reason) == ("failed", reason)


def test_unknown_work_fails_and_says_so(office: Office) -> None:
    service = office.service()
    ended = service.run(service.ask("gone", asked_by="me").id, DONE)
    assert ended is not None
    assert (ended.state, ended.reason) == ("failed", 'This version of Vault Raider knows no work named "gone".')


def test_work_that_may_be_tried_again_waits_longer_each_time(office: Office) -> None:
    service = office.service()
    task = _raise(BungieThrottled(retry_after=45))
    task.attempts = 3
    job = service.ask("try", asked_by="me").id
    waits = []
    for _ in range(2):
        ended = service.run(job, only(task))
        assert ended is not None and ended.state == "queued"
        waits.append((ended.not_before - office.clock.now()).total_seconds())
        assert service.run(job, only(task)) is None, "it is not due yet"
        office.clock.pass_time(waits[-1])
    last = service.run(job, only(task))
    assert waits == [45, 60]
    assert last is not None and (last.state, last.attempts, last.reason) == ("failed", 3, BungieThrottled.default)


def test_progress_is_told_step_by_step_and_not_too_often(office: Office) -> None:
    service = office.service()
    seen: list[tuple[str | None, float | None, str | None]] = []

    def do(handle: JobHandle) -> None:
        for step, percent, wait in [("fetch", 0, 0), ("fetch", 1, 0.1), ("fetch", 2, 0.3), ("build", 3, 0), ("build", 100, 0)]:
            office.clock.pass_time(wait)
            handle.report(step, percent, f"{step} {percent}")
            row = office.row(handle.id)
            seen.append((row.step, row.percent, row.sentence))

    service.run(service.ask("try", asked_by="me").id, only(Task(do)))
    assert [percent for _, percent, _ in seen] == [0, 0, 2, 3, 100]
    assert seen[-1] == ("build", 100, "build 100")


# -- alone ------------------------------------------------------------------------------------------------------------------


def test_exclusive_work_never_overlaps(office: Office) -> None:
    first, second = office.service("one"), office.service("two")
    jobs = [first.ask("try", {"n": n}, asked_by="me").id for n in range(2)]
    started, go_on = threading.Event(), threading.Event()

    def slow(_handle: JobHandle) -> None:
        started.set()
        go_on.wait(10)

    thread = threading.Thread(target=first.run, args=(jobs[0], only(Task(slow, alone="manifest"))))
    thread.start()
    started.wait(10)
    turned_away = second.run(jobs[1], only(Task(slow, alone="manifest")))
    assert turned_away is not None
    assert (turned_away.state, turned_away.attempts) == ("queued", 0)
    assert turned_away.not_before > office.clock.now()
    office.bell.rings.clear()
    go_on.set()
    thread.join()
    assert [job for job, _ in office.bell.rings] == [jobs[1]], "whoever was turned away is called when the place is free"
    office.clock.pass_time(10)
    ended = second.run(jobs[1], only(Task(slow, alone="manifest")))
    assert ended is not None and ended.state == "done"


def test_work_on_different_things_runs_side_by_side(office: Office) -> None:
    service = office.service()
    inner = service.ask("try", {"account": 2}, asked_by="me").id
    states: list[str] = []

    def outer(_handle: JobHandle) -> None:
        ended = service.run(inner, only(Task(lambda _handle: None, alone="account 2")))
        assert ended is not None
        states.append(ended.state)

    service.run(service.ask("try", {"account": 1}, asked_by="me").id, only(Task(outer, alone="account 1")))
    assert states == ["done"]


def test_a_conflict_of_the_work_itself_is_a_failure_not_a_wait(office: Office) -> None:
    service = office.service()
    task = _raise(Conflict("Somebody moves this item."))
    task.alone = "account 1"
    ended = service.run(service.ask("try", asked_by="me").id, only(task))
    assert ended is not None
    assert (ended.state, ended.reason) == ("failed", "Somebody moves this item.")


# -- lost and found ---------------------------------------------------------------------------------------------------------


def test_a_crash_between_row_and_bell_loses_nothing(office: Office) -> None:
    def crash(_job_id: int) -> None:
        raise SystemExit

    office.bell.on_ring = crash
    with pytest.raises(SystemExit):
        office.service().ask("try", asked_by="me")
    office.bell.on_ring = lambda _job_id: None
    office.bell.rings.clear()
    restarted = office.service()
    restarted.sweep(starting=True)
    assert office.bell.rings == [(1, 0.0)]
    ended = restarted.run(1, DONE)
    assert ended is not None and ended.state == "done"


def _die_in_the_middle(office: Office, job: int, holder: str = "one") -> int:
    """What a killed worker leaves behind: a claimed row and no more signs of life. Its fence."""
    claimed = office.store.claim(job, holder=holder, exclusive=None, now=office.clock.now())
    assert claimed is not None
    return claimed.fence


def test_work_of_a_dead_worker_goes_back_and_the_dead_one_changes_nothing(office: Office) -> None:
    service = office.service("two")
    job = service.ask("try", asked_by="me").id
    fence = _die_in_the_middle(office, job)
    service.sweep()
    assert office.row(job).state == "running", "it may just be slow"
    office.clock.pass_time(STALE + 1)
    service.sweep()
    assert office.row(job).state == "queued"
    accepted: list[bool] = []

    def work_while_the_dead_one_wakes_up(_handle: JobHandle) -> None:
        now = office.clock.now()
        accepted.append(office.store.beat(job, fence, now))
        accepted.append(office.store.report(job, fence, step="fetch", percent=1, sentence=None, now=now))
        accepted.append(office.store.finish(job, fence, state="failed", result=None, reason="I was first", now=now))
        accepted.append(office.store.give_back(job, fence, not_before=now, reason="", begun=True))

    ended = service.run(job, only(Task(work_while_the_dead_one_wakes_up)))
    assert accepted == [False] * 4
    assert ended is not None and (ended.state, ended.attempts, ended.step) == ("done", 2, None)


def test_at_its_start_a_worker_takes_back_its_own_at_once_and_nobody_elses(office: Office) -> None:
    service = office.service("one")
    mine, theirs = (service.ask("try", {"n": n}, asked_by="me").id for n in range(2))
    _die_in_the_middle(office, mine, "one")
    _die_in_the_middle(office, theirs, "two")
    service.sweep(starting=True)
    assert [office.row(job).state for job in (mine, theirs)] == ["queued", "running"]


def test_work_that_kills_its_worker_each_time_is_given_up(office: Office) -> None:
    service = office.service()
    job = service.ask("try", asked_by="me").id
    for _ in range(ABANDONED):
        assert office.row(job).state == "queued"
        _die_in_the_middle(office, job)
        office.clock.pass_time(STALE + 1)
        service.sweep()
    assert office.row(job).state == "failed"
    assert office.row(job).reason == "The worker stopped in the middle of this, again and again."


def test_a_beating_heart_keeps_the_work(office: Office) -> None:
    office.heartbeat = 0.01
    service = office.service()
    job = service.ask("try", asked_by="me").id

    def long(handle: JobHandle) -> None:
        for _ in range(4):
            office.clock.pass_time(STALE - 1)
            fresh = threading.Event()
            for _ in range(500):
                if office.row(job).heartbeat == office.clock.now():
                    fresh.set()
                    break
                fresh.wait(0.01)
            assert fresh.is_set()
            office.service("two").sweep()
            handle.check()

    ended = service.run(job, only(Task(long, alone="manifest")))
    assert ended is not None and (ended.state, ended.attempts) == ("done", 1)


def test_queued_work_can_be_cancelled(office: Office) -> None:
    service = office.service()
    job = service.ask("try", asked_by="me").id
    service.cancel(job, by="Marrow")
    assert service.run(job, DONE) is None
    assert (office.row(job).state, office.row(job).reason) == ("cancelled", "Cancelled by Marrow.")
    with pytest.raises(Conflict):
        service.cancel(job, by="Marrow")
    with pytest.raises(NotFound):
        service.get(99)


def test_running_work_hears_of_its_cancelling_at_its_next_report(office: Office) -> None:
    service = office.service()
    passed: list[str] = []

    def do(handle: JobHandle) -> None:
        handle.report("one")
        service.cancel(handle.id, by="Marrow")
        handle.report("two")
        passed.append("two")

    ended = service.run(service.ask("try", asked_by="me").id, only(Task(do)))
    assert ended is not None and ended.state == "cancelled"
    assert passed == []


def test_old_work_is_forgotten(office: Office) -> None:
    service = office.service()
    service.run(service.ask("try", asked_by="me").id, DONE)
    waiting = service.ask("try", asked_by="me").id
    office.clock.pass_time(31 * 24 * 3600)
    service.sweep()
    assert [each.id for each in service.latest()] == [waiting]


# -- a database that is away ------------------------------------------------------------------------------------------------


class Away(Exception):
    """What this store raises while it is away."""


class ComesAndGoes:
    """The jobs table behind a bad line: the next ``lost`` writes of how work ended do not get through."""

    def __init__(self, office: Office, lost: int) -> None:
        self._store = office.store
        self.lost = lost

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def _through(self) -> None:
        if self.lost:
            self.lost -= 1
            raise Away

    def finish(self, *given: object, **named: object) -> object:
        self._through()
        return self._store.finish(*given, **named)  # type: ignore[arg-type]

    def give_back(self, *given: object, **named: object) -> object:
        self._through()
        return self._store.give_back(*given, **named)  # type: ignore[arg-type]

    def is_away(self, error: Exception) -> bool:
        return isinstance(error, Away)


@pytest.fixture
def away(office: Office, monkeypatch: pytest.MonkeyPatch) -> ComesAndGoes:
    monkeypatch.setattr(endings, "AWAY", 0.0)
    monkeypatch.setattr(endings, "OFFERS", 10)
    office.store = ComesAndGoes(office, 9)  # type: ignore[assignment]
    return office.store  # type: ignore[return-value]


@pytest.mark.usefixtures("away")
def test_what_was_done_is_told_to_a_database_that_comes_back(office: Office) -> None:
    service = office.service()
    runs: list[int] = []
    ended = service.run(service.ask("try", asked_by="me").id, only(Task(lambda handle: runs.append(handle.id))))
    assert ended is not None and (ended.state, runs) == ("done", [ended.id])


def test_a_database_that_stays_away_is_no_silence(office: Office, away: ComesAndGoes) -> None:
    away.lost = 10
    service = office.service()
    with pytest.raises(Away):
        service.run(service.ask("try", asked_by="me").id, DONE)
    assert office.row(1).state == "running", "its heart no longer beats, so it is done once more"


def test_work_that_lost_its_database_begins_anew_and_not_for_ever(office: Office, away: ComesAndGoes) -> None:
    service = office.service()
    job = service.ask("try", asked_by="me").id
    states = []
    for _ in range(ABANDONED):
        away.lost = 3
        ended = service.run(job, only(_raise(Away())))
        assert ended is not None
        states.append(ended.state)
        office.clock.pass_time(10)
    assert states == ["queued"] * (ABANDONED - 1) + ["failed"]
    assert (job, 2.0) in office.bell.rings, "it need not wait for a sweep"


def test_a_heart_that_could_not_beat_for_a_while_is_not_a_dead_one(office: Office) -> None:
    beat, job = office.service("beat"), office.service().ask("try", asked_by="me").id
    fence = _die_in_the_middle(office, job)
    beat.tick([])
    office.clock.pass_time(3600)  # the machine slept, or nobody reached the database
    beat.tick([])
    assert office.row(job).state == "running"
    office.store.beat(job, fence, office.clock.now() - timedelta(seconds=STALE + 10))  # a machine whose clock is behind
    office.clock.pass_time(SWEEP)
    beat.tick([])
    assert office.row(job).state == "running", "it has beaten since"
    office.clock.pass_time(SWEEP)
    beat.tick([])
    assert office.row(job).state == "queued", "twice the same old sign"


def test_a_sweep_rings_for_no_more_than_is_good_for_the_broker(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "RINGS", 3)
    service = office.service()
    for n in range(5):
        service.ask("try", {"n": n}, asked_by="me")
    office.bell.rings.clear()
    service.sweep()
    assert [job for job, _ in office.bell.rings] == [1, 2, 3]


# -- stopping ---------------------------------------------------------------------------------------------------------------


def _running(office: Office, do: Callable[[JobHandle], None]) -> tuple[threading.Thread, int, Callable[..., bool]]:
    service = office.service()
    job = service.ask("try", asked_by="me").id
    begun = threading.Event()

    def work(handle: JobHandle) -> None:
        begun.set()
        do(handle)

    thread = threading.Thread(target=service.run, args=(job, only(Task(work))), daemon=True)
    thread.start()
    assert begun.wait(10)
    return thread, job, service.stop


def test_stopping_lets_running_work_finish(office: Office) -> None:
    go_on = threading.Event()
    thread, job, stop = _running(office, lambda _handle: assert_true(go_on.wait(10)))
    threading.Timer(0.05, go_on.set).start()
    assert stop(finish=10, interrupt=0)
    thread.join(10)
    assert office.row(job).state == "done"


def test_stopping_sends_work_that_takes_long_back_to_the_queue(office: Office) -> None:
    def endless(handle: JobHandle) -> None:
        while True:
            handle.report("on and on")
            threading.Event().wait(0.01)

    thread, job, stop = _running(office, endless)
    assert stop(finish=0.05, interrupt=10)
    thread.join(10)
    assert (office.row(job).state, office.row(job).attempts) == ("queued", 0)


def test_stopping_takes_the_row_from_work_that_hears_nothing(office: Office) -> None:
    go_on = threading.Event()
    thread, job, stop = _running(office, lambda _handle: assert_true(go_on.wait(10)))
    assert not stop(finish=0.02, interrupt=0.02)
    assert office.row(job).state == "queued"
    go_on.set()
    thread.join(10)
    assert office.row(job).state == "queued", "what it says afterwards counts for nothing"


def test_nothing_begins_once_stopping_has_begun(office: Office) -> None:
    service = office.service()
    job = service.ask("try", asked_by="me").id
    service.stop()
    assert service.run(job, DONE) is None
    assert office.row(job).state == "queued"


def test_interruption_is_no_failure(office: Office) -> None:
    service = office.service()
    ended = service.run(service.ask("try", asked_by="me").id, only(_raise(JobInterrupted())))
    assert ended is not None and (ended.state, ended.attempts) == ("queued", 0)


def assert_true(value: bool) -> None:
    assert value
