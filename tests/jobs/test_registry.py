"""Jobs are found by looking into their folder."""

from __future__ import annotations

from pathlib import Path

import pytest

import vaultraider.jobs
from vaultraider.jobs import _registry
from vaultraider.jobs._job import Every, Job
from vaultraider.settings import Settings


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
