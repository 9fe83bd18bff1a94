"""Reads the accounts that are due. It asks for itself again when the next one will be; the schedule is for what got lost."""

from __future__ import annotations

from typing import Any

from vaultraider.jobs._job import Every, Job, JobHandle, Services


def run(services: Services, handle: JobHandle) -> dict[str, Any]:
    looked = services.watching.look(handle.check)
    return {"read": looked.read, "failed": looked.failed, "next": round(looked.wait.total_seconds())}


JOB = Job(title="Read the accounts that are due", run=run, schedule=Every(300, jitter=30, at_start=True))
