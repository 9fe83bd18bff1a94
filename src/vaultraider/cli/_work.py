"""A piece of background work, done here and now by a command: in the jobs table like any other, so that it is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from vaultraider.domain.errors import Conflict

if TYPE_CHECKING:
    from vaultraider.bootstrap import Services
    from vaultraider.jobs._job import BoundJob, Job
    from vaultraider.ports import JobRecord, Progress
    from vaultraider.services.jobs import JobHandle

LOOK = 0.5
"""Seconds between two looks at work that a worker took before us."""


def do_here(
    services: Services, jobs: Mapping[str, Job], name: str, arguments: Mapping[str, Any] | None = None, *, progress: Progress
) -> JobRecord:
    """Asks for the work and does it, or follows the worker that was quicker; its row when it has ended.

    Raises Conflict when the same work is being done by somebody else; it is not left in the queue then.
    """
    from vaultraider.jobs._job import BoundJob

    asked = services.jobs.ask(name, arguments, asked_by="command line")

    def find(kind: str) -> _Shown | None:
        return _Shown(BoundJob(kind, jobs[kind], services), progress) if kind in jobs else None

    try:
        record = services.jobs.run(asked.id, find) or _followed(services, asked.id, progress)
    except KeyboardInterrupt:
        services.jobs.cancel(asked.id, by="Ctrl-C")
        raise
    if record.finished is None and record.attempts == 0:
        services.jobs.cancel(asked.id, by="the command line, as somebody else is at it")
        raise Conflict
    return record


def _followed(services: Services, job_id: int, progress: Progress) -> JobRecord:
    while True:
        record = services.jobs.get(job_id)
        if record.state != "running":
            return record
        progress(record.step or "wait", record.percent, record.sentence or "A worker does it.")
        services.clock.sleep(LOOK)


class _Shown:
    """``services.jobs.Work`` that tells its progress here as well."""

    def __init__(self, bound: BoundJob, progress: Progress) -> None:
        self._bound = bound
        self._progress = progress
        self.attempts = 1  # a person waits: they try again themselves
        self.title = bound.title

    def needs_alone(self, arguments: Mapping[str, Any]) -> str | None:
        return self._bound.needs_alone(arguments)

    def perform(self, handle: JobHandle) -> Mapping[str, Any] | None:
        handle.follow(self._progress)
        return self._bound.perform(handle)
