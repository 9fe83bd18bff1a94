"""Looks each minute, and once at the start, for messages that nobody sends: a ring was lost, a worker died, an hour has come."""

from __future__ import annotations

from typing import Any

from vaultraider.jobs._job import Every, Job, JobHandle, Services


def run(services: Services, handle: JobHandle) -> dict[str, Any]:
    handle.check()
    return {"channels": services.notifications.resume()}


JOB = Job(title="Resume notifications", run=run, schedule=Every(60, jitter=5, at_start=True))
