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
from vaultraider.services.jobs import Daily, Every, JobHandle, Schedule
from vaultraider.settings import Settings

__all__ = ["Daily", "Every", "Job", "JobHandle", "Services", "Settings"]


@dataclass(frozen=True, kw_only=True)
class Job:
    """One kind of background work.

    ``title``: what it does, in words for its owner. ``schedule``: when it is done by itself, or how the settings say so.
    ``exclusive``: what nobody else may hold meanwhile, or how to name that from the arguments; what has a schedule never
    overlaps itself, whatever stands here. ``attempts``: how often to try when Bungie cannot answer. ``by_hand``: a person may
    begin it; False for what needs arguments.
    """

    title: str
    run: Callable[[Services, JobHandle], Mapping[str, Any] | None]
    schedule: Schedule | Callable[[Settings], Schedule | None] | None = None
    exclusive: str | Callable[[Mapping[str, Any]], str] | None = None
    attempts: int = 1
    by_hand: bool = True

    def scheduled(self, settings: Settings) -> Schedule | None:
        return self.schedule(settings) if callable(self.schedule) else self.schedule


@dataclass(frozen=True)
class BoundJob:
    """A job with the services it runs on: ``services.jobs.Work``."""

    name: str
    job: Job
    services: Services

    @property
    def attempts(self) -> int:
        return self.job.attempts

    @property
    def title(self) -> str:
        return self.job.title

    def needs_alone(self, arguments: Mapping[str, Any]) -> str | None:
        alone = self.job.exclusive(arguments) if callable(self.job.exclusive) else self.job.exclusive
        # A person may ask in the very moment in which its turn runs, and so may a second beat.
        return alone or (self.name if self.job.schedule is not None else None)

    def perform(self, handle: JobHandle) -> Mapping[str, Any] | None:
        return self.job.run(self.services, handle)
