"""Looks every few minutes for new definitions, and once when the server starts."""

from __future__ import annotations

from typing import Any

import msgspec

from vaultraider.domain.errors import Conflict
from vaultraider.jobs._job import Every, Job, JobHandle, Services, Settings


def run(services: Services, handle: JobHandle) -> dict[str, Any]:
    insist = handle.arguments.get("insist") is True
    try:
        outcome = services.manifest.update(handle.report, insist=insist)
    except Conflict as error:  # Somebody does it on the command line.
        return {"result": "busy", "sentence": error.sentence}
    result: dict[str, Any] = msgspec.to_builtins(outcome)
    return result


def schedule(settings: Settings) -> Every:
    """A tenth more or less, so that the servers of the world do not all ask at once."""
    return Every(settings.manifest_seconds, jitter=settings.manifest_seconds / 10, at_start=True)


JOB = Job(
    title="Update the game's definitions",
    run=run,
    schedule=schedule,
    exclusive="manifest-update",
)
