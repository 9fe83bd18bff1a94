"""What a file in this folder defines: ``JOB``, one kind of background work, with its schedule beside it.

A job is a few lines that call one service::

    def run(services: Services, handle: JobHandle) -> Mapping[str, Any] | None:
        return services.manifest.update(handle.report)

    JOB = Job(title="Update the game's definitions", run=run, schedule=Every(300, jitter=30, at_start=True), exclusive="manifest")

It may be run twice for the same row (a worker can die after the work and before the row says so), so it must not matter.
What it returns is kept in the row: small, plain, and without secrets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from vaultraider.bootstrap import Services
from vaultraider.services.jobs import Every, JobHandle

__all__ = ["Every", "Job", "JobHandle", "Services"]


@dataclass(frozen=True, kw_only=True)
class Job:
    """One kind of background work.

    ``title``: what it does, in words for its owner. ``exclusive``: what nobody else may hold meanwhile, or how to name that
    from the arguments. ``attempts``: how often to try when Bungie cannot answer.
    """

    title: str
    run: Callable[[Services, JobHandle], Mapping[str, Any] | None]
    schedule: Every | None = None
    exclusive: str | Callable[[Mapping[str, Any]], str] | None = None
    attempts: int = 1


@dataclass(frozen=True)
class BoundJob:
    """A job with the services it runs on: ``services.jobs.Work``."""

    job: Job
    services: Services

    @property
    def attempts(self) -> int:
        return self.job.attempts

    @property
    def title(self) -> str:
        return self.job.title

    def needs_alone(self, arguments: Mapping[str, Any]) -> str | None:
        return self.job.exclusive(arguments) if callable(self.job.exclusive) else self.job.exclusive

    def perform(self, handle: JobHandle) -> Mapping[str, Any] | None:
        return self.job.run(self.services, handle)
