"""Jobs are found by looking into their folder."""

from __future__ import annotations

from pathlib import Path

import pytest

import vaultraider.jobs
from vaultraider.jobs import _registry
from vaultraider.jobs._job import BoundJob, Daily, Every, Job
from vaultraider.settings import Settings


def _nothing(_services: object, _handle: object) -> None:
    """Work that is none."""


def test_each_file_is_a_job_that_describes_itself() -> None:
    jobs = _registry.find_jobs()
    assert "update_manifest" in jobs
    for name, job in jobs.items():
        assert isinstance(job, Job)
        assert job.title and not job.title.endswith("."), name
        assert job.attempts >= 1
        schedule = job.scheduled(Settings())
        if isinstance(schedule, Every):
            assert 0 <= schedule.jitter < schedule.seconds
        assert schedule is None or job.by_hand, "what the schedule begins needs no arguments"


def test_a_dropped_in_file_is_found_and_a_wrong_one_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vaultraider.jobs, "__path__", [*vaultraider.jobs.__path__, str(tmp_path)])
    (tmp_path / "feed_the_cat.py").write_text(
        "from vaultraider.jobs._job import Job\nJOB = Job(title='Feed the cat', run=lambda services, handle: None)\n"
    )
    (tmp_path / "_plumbing.py").write_text("raise RuntimeError('plumbing is not a job')\n")
    assert _registry.find_jobs()["feed_the_cat"].title == "Feed the cat"
    (tmp_path / "nothing.py").write_text("")
    with pytest.raises(TypeError, match=r"nothing\.py defines no JOB"):
        _registry.find_jobs()


@pytest.mark.parametrize(
    ("job", "alone"),
    [
        (Job(title="T", run=_nothing), None),
        (Job(title="T", run=_nothing, exclusive="x"), "x"),
        (Job(title="T", run=_nothing, schedule=Every(60)), "tidy"),
        (Job(title="T", run=_nothing, schedule=Every(60), exclusive="x"), "x"),
        (Job(title="T", run=_nothing, schedule=lambda settings: Every(settings.manifest_seconds)), "tidy"),
        (Job(title="T", run=_nothing, exclusive=lambda given: f"x-{given['user']}"), "x-3"),
    ],
)
def test_what_has_a_schedule_never_overlaps_itself(job: Job, alone: str | None) -> None:
    assert BoundJob("tidy", job, None).needs_alone({"user": 3}) == alone  # type: ignore[arg-type]


def test_a_schedule_may_follow_the_settings() -> None:
    jobs = {
        "often": Job(title="T", run=_nothing, schedule=lambda settings: Every(settings.manifest_seconds)),
        "never": Job(title="T", run=_nothing, schedule=lambda _settings: None),
        "asked": Job(title="T", run=_nothing),
        "fixed": Job(title="T", run=_nothing, schedule=Daily(3)),
    }
    assert _registry.schedules(jobs, Settings(manifest_seconds=900)) == [("often", Every(900)), ("fixed", Daily(3))]


def test_the_definitions_are_looked_for_every_five_minutes_with_some_jitter() -> None:
    jobs = {"update_manifest": _registry.find_jobs()["update_manifest"]}
    assert _registry.schedules(jobs, Settings()) == [("update_manifest", Every(300, jitter=30, at_start=True))]
    assert _registry.schedules(jobs, Settings(manifest_seconds=60)) == [("update_manifest", Every(60, jitter=6, at_start=True))]
