"""Backups: made each night, before tables change, and when somebody asks; read back at once, and thinned out afterwards.

A file gets its name only after all of it was read again and found whole: whatever lies in the folder under such a name was good.
Nothing older is deleted before a newer one is.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import msgspec

from vaultraider.domain.backups import BackupFile, Keeping, name_of, read_name, to_delete
from vaultraider.domain.errors import BackupBroken, BackupFailed, StorageFull, VaultRaiderError
from vaultraider.ports import BackupAbout, BackupArchive, Clock, Restored, Told

logger = logging.getLogger(__name__)

FREE = 100_000_000
"""Bytes that a backup leaves free: the database needs them more."""
AGAIN = timedelta(minutes=10)
"""A program that cannot change its tables is started again and again: it makes one backup each so often."""
LEFT_OVER = timedelta(days=1)
"""How old an unfinished file is before it is taken for one that somebody died over."""
PART = ".part"


class MadeBackup(msgspec.Struct, frozen=True, kw_only=True):
    file: Path
    bytes: int
    about: BackupAbout


class BackupsReport(msgspec.Struct, frozen=True, kw_only=True):
    """``last``, ``bytes``: of the newest, where there is one. ``trouble``: why the last try came to nothing."""

    folder: str
    count: int
    total_bytes: int
    kept: str
    last: datetime | None = None
    bytes: int | None = None
    why: str | None = None
    trouble: str | None = None


class BackupService:
    """See the top of this file. ``folder`` is made when the first backup is.

    ``keys``: those that seal what is secret, for backups that are to have everything. ``wanted_before_migration``: whether tables
    may change only after a backup.
    """

    def __init__(
        self,
        archive: BackupArchive,
        clock: Clock,
        *,
        folder: Path,
        keys: Sequence[str] = (),
        keeping: Keeping | None = None,
        wanted_before_migration: bool = True,
    ) -> None:
        self._archive = archive
        self._clock = clock
        self._folder = folder
        self._keys = tuple(keys)
        self._keeping = keeping or Keeping()
        self._wanted = wanted_before_migration

    # -- making ---------------------------------------------------------------------------------------------------------

    def make(self, why: str, told: Told, *, secrets: bool = False, file: Path | None = None) -> MadeBackup:
        """One backup, into the folder, or into ``file``, which must not be there yet. Raises BackupFailed.

        ``why``: "nightly", "asked" or "before-<revision>".
        """
        now = self._clock.now()
        target = file or self._new_name(now, why, secrets)
        if file is not None and file.exists():
            raise BackupFailed(f"There is a file at {file} already, and it is left as it is. Give another name.")
        beside = target.with_name(f".{target.name}.{uuid4().hex[:8]}{PART}")
        try:
            self._check_room(target.parent)
            about = self._write(beside, why, now, secrets, told)
            told("reading", 95, "Reading it back")
            if self._archive.verify(beside) != about:
                raise BackupBroken
            beside.rename(target)
        except BackupBroken as error:
            raise BackupFailed(
                "The backup was written, but could not be read back as it should be; it was thrown away. Is the disk failing? "
                "Earlier backups are still there."
            ) from error
        except OSError as error:
            raise BackupFailed(_why_not(error, target.parent)) from error
        finally:
            beside.unlink(missing_ok=True)
        if file is None:
            self._thin_out(now)
        return MadeBackup(file=target, bytes=target.stat().st_size, about=about)

    def before_migration(self, at: str, newest: str) -> None:
        """Called when the tables are about to change. Raises BackupFailed, which stops that; the settings can forgo it."""
        if not self._wanted:
            return
        why = f"before-{newest}"
        now = self._clock.now()
        if any(each.why == why and now - each.made < AGAIN for each in self.files()):
            return
        try:
            made = self.make(why, _quiet)
        except VaultRaiderError as error:
            raise BackupFailed(
                f"The tables have to change for this version (from {at} to {newest}), and the backup before that could not be "
                f"made: {error.sentence} Nothing was changed. To go on without a backup, set backup_before_migration = false."
            ) from error
        logger.info("The tables are about to change; a backup lies at %s.", made.file)

    # -- looking --------------------------------------------------------------------------------------------------------

    def files(self) -> list[BackupFile]:
        """What lies in the folder, newest first."""
        found = []
        try:
            for entry in os.scandir(self._folder):
                each = read_name(entry.name, entry.stat().st_size) if entry.is_file(follow_symlinks=False) else None
                if each is not None:
                    found.append(each)
        except OSError:  # there is no such folder yet, or it cannot be read: making one will say why
            return []
        return sorted(found, key=lambda each: (each.made, each.name), reverse=True)

    def report(self, trouble: str | None = None) -> BackupsReport:
        """For the owner. ``trouble``: what the last piece of work that made one said, where it failed."""
        files = self.files()
        newest = files[0] if files else None
        return BackupsReport(
            folder=str(self._folder),
            count=len(files),
            total_bytes=sum(each.bytes for each in files),
            kept=self._keeping.words,
            last=newest.made if newest else None,
            bytes=newest.bytes if newest else None,
            why=newest.why if newest else None,
            trouble=trouble,
        )

    # -- going back -----------------------------------------------------------------------------------------------------

    def restore(self, file: Path, told: Told) -> Restored:
        """Fills the empty database. Raises BackupBroken, BackupTooNew, DatabaseNotEmpty, StorageFull, BackupFailed."""
        try:
            return self._archive.restore(file, told)
        except OSError as error:
            raise BackupFailed(f"{file} cannot be read: {error.strerror or error}. Nothing was changed.") from error

    # -------------------------------------------------------------------------------------------------------------------

    def _new_name(self, now: datetime, why: str, secrets: bool) -> Path:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise BackupFailed(_why_not(error, self._folder)) from error
        number = 1
        while (target := self._folder / name_of(now, why, secrets=secrets, number=number)).exists():
            number += 1
        return target

    def _check_room(self, folder: Path) -> None:
        files = self.files()
        needed = FREE + (files[0].bytes if files else 0)
        free = shutil.disk_usage(folder).free
        if free < needed:
            raise BackupFailed(
                f"Only {free / 1e6:.0f} MB are free at {folder}, and a backup should leave {FREE / 1e6:.0f} MB beside it. "
                "Free some space; earlier backups are still there."
            )

    def _write(self, file: Path, why: str, now: datetime, secrets: bool, told: Told) -> BackupAbout:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(opened, "wb") as out:
            about = self._archive.write(out, why=why, made=now, keys=self._keys if secrets else None, told=told)
            out.flush()
            os.fsync(out.fileno())
        return about

    def _thin_out(self, now: datetime) -> None:
        """Never a reason for a backup to fail: what cannot be deleted now is deleted tomorrow."""
        for each in to_delete(self.files(), self._keeping, now):
            try:
                (self._folder / each.name).unlink(missing_ok=True)
            except OSError as error:
                logger.warning("The old backup %s could not be deleted: %s", each.name, error.strerror)
        for left in self._folder.glob(f".vaultraider-*{PART}"):
            try:
                if now.timestamp() - left.stat().st_mtime > LEFT_OVER.total_seconds():
                    left.unlink(missing_ok=True)
            except OSError as error:
                logger.warning("What was left of a backup could not be deleted: %s", error.strerror)


def _why_not(error: OSError, folder: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"{StorageFull.default.split(';', maxsplit=1)[0]} at {folder}; earlier backups are still there."
    return f"The backup cannot be written into {folder}: {error.strerror or error}. Earlier ones are still there."


def _quiet(_step: str, _percent: float | None = None, _sentence: str | None = None) -> None:
    """Progress that nobody looks at."""
