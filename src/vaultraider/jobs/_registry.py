"""Finds the jobs: every file of this folder without an underscore. The file's name is the job's."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping

import vaultraider.jobs
from vaultraider.bootstrap import Services
from vaultraider.jobs._job import BoundJob, Job
from vaultraider.ports import JobRecord
from vaultraider.services.jobs import JobKind, Schedule
from vaultraider.settings import Settings


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


def schedules(jobs: Mapping[str, Job], settings: Settings) -> list[tuple[str, Schedule]]:
    found = ((name, job.scheduled(settings)) for name, job in jobs.items())
    return [(name, schedule) for name, schedule in found if schedule is not None]


def introduce(services: Services, jobs: Mapping[str, Job] | None = None) -> None:
    """Tells the services what work there is, so that it can be shown and begun: they cannot look up to this floor."""
    services.jobs.introduce(
        JobKind(name=name, title=job.title, schedule=job.scheduled(services.settings), by_hand=job.by_hand)
        for name, job in (find_jobs() if jobs is None else jobs).items()
    )


def perform(services: Services, jobs: Mapping[str, Job], job_id: int) -> JobRecord | None:
    """Does one piece of work of the jobs table: what Celery's only task calls."""

    def find(kind: str) -> BoundJob | None:
        job = jobs.get(kind)
        return None if job is None else BoundJob(kind, job, services)

    return services.jobs.run(job_id, find)
