"""A small office for background work: a database on disk, a clock that is turned by hand, a bell that notes its rings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.clocks import HandClock

from vaultraider.database.engine import Base, Database
from vaultraider.database.jobs import Jobs
from vaultraider.database.leases import DatabaseLeases
from vaultraider.ports import JobRecord
from vaultraider.services.jobs import JobHandle, JobService


class NotedBell:
    """Rings nobody, and notes for whom it rang and how much later it should."""

    def __init__(self) -> None:
        self.rings: list[tuple[int, float]] = []
        self.on_ring: Callable[[int], None] = lambda _job_id: None

    def ring(self, job_id: int, *, after: float = 0.0) -> None:
        self.rings.append((job_id, after))
        self.on_ring(job_id)


@dataclass
class Task:
    """``services.jobs.Work`` made of one function."""

    do: Callable[[JobHandle], Mapping[str, Any] | None]
    alone: str | None = None
    attempts: int = 1
    title: str = "Try something"

    def needs_alone(self, arguments: Mapping[str, Any]) -> str | None:
        return self.alone

    def perform(self, handle: JobHandle) -> Mapping[str, Any] | None:
        return self.do(handle)


@dataclass
class Office:
    database: Database
    clock: HandClock
    bell: NotedBell = field(default_factory=NotedBell)
    heartbeat: float = 60.0

    def __post_init__(self) -> None:
        self.store = Jobs(self.database)
        self.leases = DatabaseLeases(self.database, self.clock)

    def service(self, holder: str = "one", **options: Any) -> JobService:
        return JobService(
            self.store, self.bell, self.clock, self.leases, holder=holder, **{"heartbeat": self.heartbeat} | options
        )

    def row(self, job_id: int) -> JobRecord:
        record = self.store.get(job_id)
        assert record is not None
        return record


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    database = Database(f"sqlite:///{(tmp_path / 'jobs.sqlite3').as_posix()}")
    Base.metadata.create_all(database.engine)
    yield Office(database, HandClock())
    database.close()
