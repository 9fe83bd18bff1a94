"""Looks each minute whether it is time to look for Xûr; asks Bungie often in his first minutes, then rarely, and never else."""

from __future__ import annotations

from typing import Any

from vaultraider.domain.errors import DefinitionsMissing
from vaultraider.jobs._job import Every, Job, JobHandle, Services


def run(services: Services, handle: JobHandle) -> dict[str, Any]:
    try:
        return services.xur.watch(handle.check)
    except DefinitionsMissing as error:  # The first start: the next turn finds them.
        return {"result": "waiting", "sentence": error.sentence}


JOB = Job(title="Watch for Xûr", run=run, schedule=Every(60, jitter=15, at_start=True), exclusive="xur")
