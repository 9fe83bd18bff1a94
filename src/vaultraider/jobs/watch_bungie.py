"""Looks each minute whether Bungie is in maintenance, for all processes and people."""

from __future__ import annotations

from typing import Any

from vaultraider.jobs._job import Every, Job, JobHandle, Services


def run(services: Services, handle: JobHandle) -> dict[str, Any]:
    handle.check()
    return {"maintenance": services.maintenance.look().down}


JOB = Job(title="Watch for Bungie's maintenance", run=run, schedule=Every(60, jitter=5))
