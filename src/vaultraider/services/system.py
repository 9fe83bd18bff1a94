"""How the server itself does: its memory, its disk, what it is made of. For those who run it."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal, Protocol

import msgspec
from msgspec import UNSET, UnsetType

import vaultraider
from vaultraider.ports import Clock, DatabaseFigures, JobRecord, Machine
from vaultraider.services.backups import BackupsReport

MEASURED_EVERY = timedelta(minutes=1)
"""How long the sizes of folders are good: there may be ten thousand pictures in one."""
BACKUP_JOB = "back_up"
"""The job that makes backups (its file in ``jobs/``)."""

Mode = Literal["demo", "one machine", "many machines"]


class Stored(msgspec.Struct, frozen=True):
    """``name``: for people."""

    name: str
    bytes: int


class BackupFigures(msgspec.Struct, frozen=True, kw_only=True):
    """``last``, ``bytes``: of the newest. ``kept``: which are kept, in words. ``trouble``: why the last try came to nothing."""

    count: int
    kept: str
    total_bytes: int
    last: datetime | UnsetType = UNSET
    bytes: int | UnsetType = UNSET
    next: datetime | UnsetType = UNSET
    trouble: str | UnsetType = UNSET


class SystemReport(msgspec.Struct, frozen=True, kw_only=True):
    """``uptime_seconds``, ``memory_bytes``: of the process that answers. ``broker``: what tells workers of new work."""

    version: str
    uptime_seconds: int
    mode: Mode
    database: Literal["sqlite", "postgresql"]
    broker: Literal["embedded", "redis"]
    storage: list[Stored]
    memory_bytes: int | UnsetType = UNSET
    disk_free_bytes: int | UnsetType = UNSET
    backups: BackupFigures | UnsetType = UNSET


class Backups(Protocol):
    def report(self, trouble: str | None = None) -> BackupsReport: ...


class Work(Protocol):
    def latest(self, *, kind: str | None = None, limit: int = 50) -> list[JobRecord]: ...
    def next_turns(self) -> dict[str, datetime]: ...


class SystemService:
    """``folders``: those of the data folder that are told of, by their names for people."""

    def __init__(
        self,
        *,
        machine: Machine,
        database: DatabaseFigures,
        backups: Backups,
        jobs: Work,
        clock: Clock,
        mode: Mode,
        broker: Literal["embedded", "redis"],
        folders: Mapping[str, str],
    ) -> None:
        self._machine = machine
        self._database = database
        self._backups = backups
        self._jobs = jobs
        self._clock = clock
        self._mode: Mode = mode
        self._broker: Literal["embedded", "redis"] = broker
        self._folders = folders
        self._begun = clock.now()
        self._measured: tuple[datetime, list[Stored]] | None = None
        self._measuring = threading.Lock()

    def report(self) -> SystemReport:
        backups = self._backed_up()
        memory, free, size = self._machine.memory_bytes(), self._machine.disk_free_bytes(), self._database.size()
        return SystemReport(
            version=vaultraider.__version__,
            uptime_seconds=round((self._clock.now() - self._begun).total_seconds()),
            mode=self._mode,
            database=self._database.kind,
            broker=self._broker,
            storage=[
                *([] if size is None else [Stored("Database", size)]),
                *self._folders_now(),
                Stored("Backups", backups.total_bytes),
            ],
            memory_bytes=UNSET if memory is None else memory,
            disk_free_bytes=UNSET if free is None else free,
            backups=backups,
        )

    def _folders_now(self) -> list[Stored]:
        with self._measuring:
            now = self._clock.now()
            if self._measured is None or now - self._measured[0] >= MEASURED_EVERY:
                sizes = [Stored(name, self._machine.folder_bytes(folder)) for name, folder in self._folders.items()]
                self._measured = (now, sizes)
            return self._measured[1]

    def _backed_up(self) -> BackupFigures:
        ended = next((each for each in self._jobs.latest(kind=BACKUP_JOB, limit=5) if each.finished), None)
        report = self._backups.report(ended.reason if ended is not None and ended.state == "failed" else None)
        return BackupFigures(
            count=report.count,
            kept=report.kept,
            total_bytes=report.total_bytes,
            last=report.last or UNSET,
            bytes=UNSET if report.bytes is None else report.bytes,
            next=self._jobs.next_turns().get(BACKUP_JOB, UNSET),
            trouble=report.trouble or UNSET,
        )
