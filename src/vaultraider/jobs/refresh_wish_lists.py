"""Asks for wish lists at their addresses: those whose day is over, or one that somebody waits for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vaultraider.jobs._job import Every, Job, JobHandle, Services, Settings


def run(services: Services, handle: JobHandle) -> dict[str, Any]:
    given = handle.arguments
    if "list" in given:
        return {"result": services.wish_lists.reading.one(int(given["user"]), int(given["list"]))}
    return dict(services.wish_lists.reading.due(handle.check))


def one_list(arguments: Mapping[str, Any]) -> str:
    """One is not asked for twice at once; the turn of all of them is a work of its own."""
    return f"wish-list-{arguments['list']}" if "list" in arguments else "wish-lists"


def schedule(_settings: Settings) -> Every:
    """Each list is due once a day; one that failed is due sooner."""
    return Every(1800, jitter=300, at_start=True)


JOB = Job(title="Read wish lists anew", run=run, schedule=schedule, exclusive=one_list)
