"""The jobs table on both databases: what must hold when several processes do the same at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

from tests.clocks import START

from vaultraider.database.engine import Database
from vaultraider.database.jobs import Jobs
from vaultraider.ports import JobRecord

LATER = START + timedelta(seconds=300)


def at_once(count: int, one: Callable[[int], object]) -> list[object]:
    """What ``one(0)`` to ``one(count - 1)`` return, all begun together."""
    start = threading.Barrier(count)
    answers: list[object] = [None] * count

    def run(number: int) -> None:
        start.wait()
        answers[number] = one(number)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def add(jobs: Jobs, kind: str = "try", **arguments: object) -> JobRecord:
    return jobs.add(kind, arguments, asked_by="test", now=START, not_before=START)


def test_a_row_comes_back_as_it_was_written(database: Database) -> None:
    jobs = Jobs(database)
    made = add(jobs, name="Ilse „Varr“", numbers=[1, 2.5, None], deep={"ok": True})
    assert jobs.get(made.id) == made
    assert made.arguments == {"name": "Ilse „Varr“", "numbers": [1, 2.5, None], "deep": {"ok": True}}
    assert (made.state, made.attempts, made.asked, made.not_before) == ("queued", 0, START, START)
    assert jobs.get(made.id + 1) is None


def test_the_order_of_arguments_makes_no_other_work(database: Database) -> None:
    jobs = Jobs(database)
    assert add(jobs, a=1, b=2).id == add(jobs, b=2, a=1).id


def test_one_of_many_claims_wins(database: Database) -> None:
    jobs = Jobs(database)
    for _ in range(5):
        job = add(jobs).id
        claims = at_once(6, lambda number, job=job: jobs.claim(job, holder=str(number), exclusive=None, now=START))
        assert sum(claim is not None for claim in claims) == 1


def test_one_of_many_beats_takes_the_turn(database: Database) -> None:
    jobs = Jobs(database)
    now = START
    assert [jobs.take_due("x", now=now, first=LATER, following=LATER)] == [LATER]
    for _ in range(5):
        now += timedelta(seconds=300)
        following = now + timedelta(seconds=300)
        turns = at_once(6, lambda _, now=now, following=following: jobs.take_due("x", now=now, first=now, following=following))
        assert turns.count(None) == 1


def test_a_schedule_that_everybody_meets_for_the_first_time(database: Database) -> None:
    jobs = Jobs(database)
    turns = at_once(6, lambda _: jobs.take_due("new", now=START, first=LATER, following=LATER))
    assert turns == [LATER] * 6


def test_only_the_newest_fence_writes(database: Database) -> None:
    jobs = Jobs(database)
    job = add(jobs).id
    first = jobs.claim(job, holder="one", exclusive="manifest", now=START)
    assert first is not None and first.fence == 1 and first.exclusive == "manifest"
    assert jobs.give_back(job, first.fence, not_before=START, reason="Stopped.", begun=False)
    assert jobs.waiting_for("manifest") == [job]
    second = jobs.claim(job, holder="two", exclusive=None, now=START)
    assert second is not None and second.fence > first.fence and second.attempts == 1
    assert not jobs.beat(job, first.fence, LATER)
    assert not jobs.finish(job, first.fence, state="done", result=None, reason=None, now=LATER)
    assert jobs.beat(job, second.fence, LATER)
    assert jobs.finish(job, second.fence, state="done", result={"rows": 3}, reason=None, now=LATER)
    ended = jobs.get(job)
    assert ended is not None and (ended.state, ended.result, ended.heartbeat, ended.finished) == (
        "done",
        {"rows": 3},
        LATER,
        LATER,
    )
    assert not jobs.cancel(job, reason="Too late.", now=LATER)


def test_what_is_due_what_is_stale_what_is_old(database: Database) -> None:
    jobs = Jobs(database)
    first, second = add(jobs, n=1).id, add(jobs, n=2).id
    jobs.add("try", {"n": 3}, asked_by="test", now=START, not_before=LATER)
    assert jobs.due(START) == [first, second]
    jobs.claim(first, holder="one", exclusive=None, now=START)
    assert [each.id for each in jobs.stale(before=START)] == []
    assert [each.id for each in jobs.stale(before=START, holder="one")] == [first]
    assert [each.id for each in jobs.stale(before=LATER)] == [first]
    assert jobs.cancel(second, reason="Cancelled by a test.", now=START)
    assert jobs.forget(START) == 0
    assert jobs.forget(LATER) == 1
    assert [each.arguments["n"] for each in jobs.latest(kind="try")] == [3, 1]
