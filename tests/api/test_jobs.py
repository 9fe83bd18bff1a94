"""Background work as the server's owner sees it, and begins it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.people import MARROW, Browser, House, build_house

from vaultraider.domain.errors import BungieMaintenance
from vaultraider.jobs._job import Daily, Every, Job, JobHandle
from vaultraider.jobs._registry import introduce, perform


def greet(_services: object, handle: JobHandle) -> dict[str, Any]:
    handle.report("shake", 40, "Shaking hands.")
    return {"hands": 2, "sentence": "Shook two hands."}


def refuse(_services: object, _handle: JobHandle) -> None:
    raise BungieMaintenance


JOBS = {
    "greet": Job(title="Greet", run=greet, schedule=Every(300)),
    "tidy": Job(title="Tidy at night", run=greet, schedule=Daily(3, 5)),
    "refuse": Job(title="Refuse", run=refuse, attempts=2),
    "carry": Job(title="Carry", run=greet, by_hand=False),
}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = build_house(tmp_path)
    introduce(house.services, JOBS)
    yield house
    house.services.close()


@pytest.fixture
def marrow(house: House) -> Browser:
    return house.signed_in(MARROW)


def listed(marrow: Browser) -> dict[str, Any]:
    return {each["name"]: each for each in marrow.get("/api/v1/jobs").json["jobs"]}


def runs(marrow: Browser, **query: Any) -> list[dict[str, Any]]:
    return marrow.get("/api/v1/jobs/runs", query_string=query).json["runs"]  # type: ignore[no-any-return]


def test_what_there_is_and_when_it_comes(house: House, marrow: Browser) -> None:
    assert listed(marrow) == {
        "greet": {"name": "greet", "title": "Greet", "by_hand": True, "schedule": "every 5 minutes"},
        "tidy": {"name": "tidy", "title": "Tidy at night", "by_hand": True, "schedule": "every day at 03:05 UTC"},
        "refuse": {"name": "refuse", "title": "Refuse", "by_hand": True},
        "carry": {"name": "carry", "title": "Carry", "by_hand": False},
    }
    house.services.jobs.tick([("greet", Every(300)), ("tidy", Daily(3, 5))])
    told = listed(marrow)
    assert told["greet"]["next"] == "2026-11-17T17:05:00Z"
    assert told["tidy"]["next"] == "2026-11-18T03:05:00Z"


def test_a_run_from_asking_to_its_end(house: House, marrow: Browser) -> None:
    asked = marrow.send("POST", "/api/v1/jobs/greet")
    assert asked.status_code == 202
    assert asked.json == {
        "id": "1",
        "name": "greet",
        "title": "Greet",
        "asked_by": "Marrow#4417",
        "state": "queued",
        "asked": "2026-11-17T17:00:00Z",
        "attempts": 0,
    }
    assert listed(marrow)["greet"]["running"]["state"] == "queued"
    again = marrow.send("POST", "/api/v1/jobs/greet")
    assert again.json["id"] == "1", "what waits is not queued twice"

    seen: list[dict[str, Any]] = []

    def slow(services: object, handle: JobHandle) -> dict[str, Any]:
        result = greet(services, handle)
        house.clock.pass_time(2.5)
        seen.append(listed(marrow)["greet"]["running"])
        return result

    perform(house.services, {"greet": Job(title="Greet", run=slow)}, 1)
    running = {key: seen[0][key] for key in ("state", "step", "percent", "sentence", "seconds", "attempts", "started")}
    assert running == {
        "state": "running",
        "step": "shake",
        "percent": 40.0,
        "sentence": "Shaking hands.",
        "seconds": 2.5,
        "attempts": 1,
        "started": "2026-11-17T17:00:00Z",
    }
    last = listed(marrow)["greet"]["last"]
    assert last == {
        "id": "1",
        "name": "greet",
        "title": "Greet",
        "asked_by": "Marrow#4417",
        "state": "done",
        "asked": "2026-11-17T17:00:00Z",
        "attempts": 1,
        "started": "2026-11-17T17:00:00Z",
        "finished": "2026-11-17T17:00:02.500000Z",
        "seconds": 2.5,
        "sentence": "Shook two hands.",
        "result": {"hands": 2, "sentence": "Shook two hands."},
    }
    assert "running" not in listed(marrow)["greet"]
    assert runs(marrow) == [last]


def test_a_failure_says_why_and_what_waits_says_until(house: House, marrow: Browser) -> None:
    job = int(marrow.send("POST", "/api/v1/jobs/refuse").json["id"])
    perform(house.services, JOBS, job)
    waiting = runs(marrow)[0]
    assert (waiting["state"], waiting["reason"], waiting["attempts"]) == ("queued", BungieMaintenance().sentence, 1)
    assert "running" not in listed(marrow)["refuse"], "it rests for half a minute"
    house.clock.pass_time(30)
    perform(house.services, JOBS, job)
    failed = listed(marrow)["refuse"]["last"]
    assert (failed["state"], failed["reason"], failed["attempts"]) == ("failed", BungieMaintenance().sentence, 2)


def test_runs_are_newest_first_of_one_job_or_of_all(house: House, marrow: Browser) -> None:
    jobs = house.services.jobs
    for number in range(3):
        jobs.ask("greet", {"n": number}, asked_by="schedule")
    jobs.ask("tidy", asked_by="command line")
    jobs.ask("of another program", asked_by="user 99")
    assert [(each["name"], each["asked_by"]) for each in runs(marrow, limit=3)] == [
        ("of another program", "user 99"),
        ("tidy", "command line"),
        ("greet", "schedule"),
    ]
    assert [each["id"] for each in runs(marrow, name="greet")] == ["3", "2", "1"]
    assert runs(marrow, name="nothing") == []


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", f"name={'x' * 65}"])
def test_a_wrong_question(marrow: Browser, query: str) -> None:
    assert marrow.get(f"/api/v1/jobs/runs?{query}").status_code == 400


@pytest.mark.parametrize(
    ("name", "status"),
    [("carry", 409), ("nothing", 404), ("x" * 300, 404), ("%00", 404), ("%E2%80%AEteerg", 404), ("runs", 404)],
)
def test_what_cannot_be_begun(house: House, marrow: Browser, name: str, status: int) -> None:
    assert marrow.send("POST", f"/api/v1/jobs/{name}").status_code == status
    assert house.services.jobs.latest() == []


def test_a_loop_that_has_run_wild_is_slowed(house: House, marrow: Browser) -> None:
    codes = [marrow.send("POST", "/api/v1/jobs/greet").status_code for _ in range(35)]
    assert codes[:30] == [202] * 30
    assert codes[-1] == 429
    assert len(house.services.jobs.latest()) == 1
