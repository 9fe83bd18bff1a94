"""Finds the jobs: every file of this folder without an underscore. The file's name is the job's."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping

import vaultraider.jobs
from vaultraider.bootstrap import Services
from vaultraider.jobs._job import BoundJob, Job
from vaultraider.ports import JobRecord
from vaultraider.services.jobs import Every


def find_jobs() -> dict[str, Job]:
    """All jobs by name. Raises TypeError for a file that defines none."""
    found: dict[str, Job] = {}
    for module in sorted(pkgutil.iter_modules(vaultraider.jobs.__path__), key=lambda each: each.name):
        if module.name.startswith("_"):
            continue
        job = getattr(importlib.import_module(f"{vaultraider.jobs.__name__}.{module.name}"), "JOB", None)
        if not isinstance(job, Job):
            raise TypeError(f"jobs/{module.name}.py defines no JOB.")
        found[module.name] = job
    return found


def schedules(jobs: Mapping[str, Job]) -> list[tuple[str, Every]]:
    return [(name, job.schedule) for name, job in jobs.items() if job.schedule is not None]


def perform(services: Services, jobs: Mapping[str, Job], job_id: int) -> JobRecord | None:
    """Does one piece of work of the jobs table: what Celery's only task calls."""

    def find(kind: str) -> BoundJob | None:
        job = jobs.get(kind)
        return None if job is None else BoundJob(job, services)

    return services.jobs.run(job_id, find)
