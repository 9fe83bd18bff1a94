"""A piece of background work as the API tells it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from vaultraider.api._resource import services
from vaultraider.ports import JobRecord


class Run(msgspec.Struct, kw_only=True):
    """``name``: the job's; ``title``: its words. ``asked_by``: "schedule", "command line" or a person's name. ``seconds``: how
    long it took, or takes already. ``sentence``: what it does or what came of it; ``reason``: why it failed, waits or was
    cancelled. ``attempts``: how often it was begun."""

    id: str
    name: str
    title: str
    asked_by: str
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    asked: datetime
    attempts: int
    started: datetime | UnsetType = UNSET
    finished: datetime | UnsetType = UNSET
    seconds: float | UnsetType = UNSET
    step: str | UnsetType = UNSET
    percent: float | UnsetType = UNSET
    sentence: str | UnsetType = UNSET
    result: dict[str, Any] | UnsetType = UNSET
    reason: str | UnsetType = UNSET


def told_runs(records: Iterable[JobRecord]) -> list[Run]:
    names = {f"user {person.id}": person.name for person in services().accounts.users.all()}
    now = services().clock.now()
    return [_told(record, names, now) for record in records]


def told_run(record: JobRecord) -> Run:
    return told_runs([record])[0]


def _told(record: JobRecord, names: dict[str, str], now: datetime) -> Run:
    kind = services().jobs.kinds().get(record.kind)
    running = record.state == "running"
    begun = None if record.state == "queued" else record.started  # a queued one may have been begun before
    came_of_it = (record.result or {}).get("sentence")
    return Run(
        id=str(record.id),
        name=record.kind,
        title=kind.title if kind else record.kind,
        asked_by=names.get(record.asked_by, record.asked_by),
        state=record.state,
        asked=record.asked,
        attempts=record.attempts,
        started=begun or UNSET,
        finished=record.finished or UNSET,
        seconds=UNSET if begun is None else round(((record.finished or now) - begun).total_seconds(), 1),
        step=(record.step if running else None) or UNSET,
        percent=record.percent if running and record.percent is not None else UNSET,
        sentence=(record.sentence if running else came_of_it) or UNSET,
        result=UNSET if record.result is None else record.result,
        reason=record.reason or UNSET,
    )
