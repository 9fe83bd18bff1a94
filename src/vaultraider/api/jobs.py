"""Background work, for those who run the server: what there is, when it comes next, how it went, and to begin it now."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import UNSET, UnsetType

from vaultraider.api._pace import paced
from vaultraider.api._resource import current_user, route, services
from vaultraider.api._runs import Run, told_run, told_runs
from vaultraider.domain.errors import Conflict, NotFound, TooFast

blueprint = Blueprint("jobs", __name__)

BY_HAND = "30 per minute"


class Job(msgspec.Struct, kw_only=True):
    """``schedule`` in words; absent for work that is begun by what needs it. ``by_hand``: it can be begun here."""

    name: str
    title: str
    by_hand: bool
    schedule: str | UnsetType = UNSET
    next: datetime | UnsetType = UNSET
    running: Run | UnsetType = UNSET
    last: Run | UnsetType = UNSET
    """The newest that ended."""


class JobList(msgspec.Struct):
    jobs: list[Job]


class RunList(msgspec.Struct):
    """Newest first."""

    runs: list[Run]


class RunQuery(msgspec.Struct):
    """``name``: of one job only."""

    name: Annotated[str, msgspec.Meta(max_length=64)] = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 50


@route(blueprint, "GET", "/jobs", summary="What the server does in the background", admin=True)
def list_jobs() -> JobList:
    found = services().jobs.kinds()
    turns = services().jobs.next_turns()
    newest = services().jobs.newest(found)
    told = {run.id: run for run in told_runs(record for pair in newest.values() for record in pair if record)}
    jobs = []
    for name, kind in found.items():
        running, last = newest[name]
        jobs.append(
            Job(
                name=name,
                title=kind.title,
                by_hand=kind.by_hand,
                schedule=kind.schedule.words if kind.schedule else UNSET,
                next=turns.get(name, UNSET) if kind.schedule else UNSET,
                running=told[str(running.id)] if running else UNSET,
                last=told[str(last.id)] if last else UNSET,
            )
        )
    return JobList(jobs)


@route(blueprint, "GET", "/jobs/runs", summary="Each piece of work of the last 30 days", admin=True)
def list_runs(query: RunQuery) -> RunList:
    """Of what comes every few minutes, and went well, those of the last day."""
    return RunList(told_runs(services().jobs.latest(kind=query.name or None, limit=query.limit)))


@route(
    blueprint,
    "POST",
    "/jobs/<name>",
    summary="Begins work now",
    admin=True,
    status=202,
    errors=(NotFound, Conflict, TooFast),
)
@paced(BY_HAND)
def run_now(name: str) -> Run:
    """Work that already waits is not queued twice."""
    return told_run(services().jobs.ask_by_hand(name, asked_by=f"user {current_user().id}"))
