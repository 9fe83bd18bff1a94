"""The worker itself: Celery, its threads and the beat, over memory and over Redis."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests import redis_server

import vaultraider.worker as worker_module
from vaultraider.bootstrap import Services, build_services
from vaultraider.database.schema import upgrade
from vaultraider.jobs._job import Every, Job, JobHandle
from vaultraider.settings import Settings
from vaultraider.worker import CALM_ACKNOWLEDGEMENT, Worker


@pytest.fixture(params=["memory", "redis"])
def broker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "memory":
        yield ""
        return
    with redis_server.server(tmp_path) as redis:
        yield redis.url


@pytest.fixture
def services(tmp_path: Path, broker: str) -> Iterator[Services]:
    services = build_services(Settings(data_dir=tmp_path / "data", redis_url=broker), holder="test")
    upgrade(services.database)
    yield services
    services.close()


def eventually(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not true():
        assert time.monotonic() < until, "it did not come true"
        time.sleep(0.01)


def test_it_runs_what_is_asked_for_and_what_is_scheduled(services: Services) -> None:

    def nest(services: Services, _handle: JobHandle) -> dict[str, int]:
        return {"asked": services.jobs.ask("greet", {"name": "x"}, asked_by="nest").id}

    jobs = {
        "greet": Job(title="Greet", run=lambda _services, handle: {"hello": handle.arguments["name"]}),
        "tick": Job(title="Tick", run=lambda _services, _handle: None, schedule=Every(3600, at_start=True)),
        "nest": Job(title="Ask for more", run=nest),
    }
    waiting = services.jobs.ask("greet", {"name": "from before the start"}, asked_by="me").id
    worker = Worker(services, jobs=jobs)
    worker.start()
    try:
        assert worker.wait_ready(20)
        asked = services.jobs.ask("greet", {"name": "Marrow"}, asked_by="me").id
        nested_in = services.jobs.ask("nest", asked_by="me").id
        eventually(lambda: all(services.jobs.get(job).state == "done" for job in (waiting, asked, nested_in)))
        assert services.jobs.get(asked).result == {"hello": "Marrow"}
        nested = (services.jobs.get(nested_in).result or {})["asked"]
        eventually(lambda: services.jobs.get(nested).state == "done")
        eventually(lambda: [each.state for each in services.jobs.latest(kind="tick")] == ["done"])
    finally:
        assert worker.stop()


def test_stopping_it_sends_long_work_back(services: Services) -> None:
    begun = threading.Event()

    def endless(_services: Services, handle: JobHandle) -> None:
        while True:
            handle.report("on and on")
            begun.set()
            time.sleep(0.01)

    worker = Worker(services, jobs={"endless": Job(title="Endless", run=endless, exclusive="x")})
    worker.start()
    job = services.jobs.ask("endless", asked_by="me").id
    assert begun.wait(20)
    assert worker.stop(finish=0.05, interrupt=10)
    assert services.jobs.get(job).state == "queued"
    assert not [thread for thread in threading.enumerate() if thread.name in ("worker", "beat")]


def test_work_asked_for_while_the_broker_is_away_is_done_when_it_is_back(tmp_path: Path) -> None:
    with redis_server.server(tmp_path) as redis:
        services = build_services(Settings(data_dir=tmp_path / "data", redis_url=redis.url), holder="test")
        upgrade(services.database)
        worker = Worker(services, jobs={"greet": Job(title="Greet", run=lambda _services, _handle: None)})
        worker.start()
        try:
            assert worker.wait_ready(20)
            redis.stop()
            job = services.jobs.ask("greet", asked_by="me").id
            assert services.jobs.get(job).state == "queued"
            redis.start()
            until = time.monotonic() + 60
            while services.jobs.get(job).state != "done":
                assert time.monotonic() < until
                time.sleep(0.25)
                services.jobs.sweep()  # what the beat does each minute
        finally:
            worker.stop()
            services.close()


@pytest.mark.parametrize("death", [RuntimeError("It fell over."), SystemExit("It gave up.")], ids=["error", "exit"])
@pytest.mark.parametrize("part", ["WorkController", "BeatService"])
@pytest.mark.parametrize("broker", ["memory"], indirect=True)
def test_a_part_that_dies_is_started_again(
    services: Services, monkeypatch: pytest.MonkeyPatch, part: str, death: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    starts: list[str] = []
    begin = getattr(worker_module, part).start

    def die_once(self: object, *more: object, **named: object) -> None:
        starts.append(part)
        if len(starts) == 1:
            raise death
        begin(self, *more, **named)

    monkeypatch.setattr(getattr(worker_module, part), "start", die_once)
    monkeypatch.setattr(worker_module, "RESTART", 0.01)
    jobs = {
        "greet": Job(title="Greet", run=lambda _services, _handle: None),
        "tick": Job(title="Tick", run=lambda _services, _handle: None, schedule=Every(3600, at_start=True)),
    }
    worker = Worker(services, jobs=jobs)
    worker.start()
    try:
        assert worker.wait_ready(20)
        job = services.jobs.ask("greet", asked_by="me").id
        eventually(lambda: services.jobs.get(job).state == "done")
        eventually(lambda: [each.state for each in services.jobs.latest(kind="tick")] == ["done"])
        assert len(starts) == 2
        assert any("died" in record.getMessage() for record in caplog.records)
    finally:
        assert worker.stop()


def test_a_broker_that_goes_away_before_it_is_answered_is_one_calm_line(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("celery.worker.request")
    logger.addFilter(CALM_ACKNOWLEDGEMENT)
    try:
        raise ConnectionError("gone")
    except ConnectionError as error:
        logger.critical("Couldn't ack %r, reason:%r", "02d845ce", error, exc_info=True)
        logger.critical("Something else %r", "02d845ce")
    calm, other = caplog.records
    assert (calm.levelname, calm.exc_info) == ("WARNING", None)
    assert "harms nothing" in calm.getMessage()
    assert (other.levelname, other.getMessage()) == ("CRITICAL", "Something else '02d845ce'")


@pytest.mark.parametrize("broker", ["memory"], indirect=True)
def test_work_that_would_end_its_worker_ends_itself_only(services: Services) -> None:
    def give_up(_services: Services, _handle: JobHandle) -> None:
        raise SystemExit("It gave up.")

    worker = Worker(
        services,
        threads=1,
        jobs={
            "give_up": Job(title="Give up", run=give_up),
            "greet": Job(title="Greet", run=lambda _services, _handle: None),
        },
    )
    worker.start()
    try:
        assert worker.wait_ready(20)
        lost = services.jobs.ask("give_up", asked_by="me").id
        job = services.jobs.ask("greet", asked_by="me").id
        eventually(lambda: services.jobs.get(job).state == "done")
        eventually(lambda: services.jobs.get(lost).state == "failed")
        assert services.jobs.get(lost).reason
    finally:
        assert worker.stop()
