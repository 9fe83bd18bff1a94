"""Looks each minute, and once at the start, for transfers that nobody carries out: a message was lost, a worker died."""

from __future__ import annotations

from typing import Any

from vaultraider.jobs._job import Every, Job, JobHandle, Services


def run(services: Services, handle: JobHandle) -> dict[str, Any]:
    handle.check()
    return {"accounts": services.transfers.resume()}


JOB = Job(title="Resume transfers", run=run, schedule=Every(60, jitter=5, at_start=True))
