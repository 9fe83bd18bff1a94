"""Everything that is kept, in one file and back again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

import msgspec

Told = Callable[[str, float | None, str | None], None]
"""Progress: step, percent, sentence."""


class BackupAbout(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup says of itself. ``revision``: of its tables; ``rows``: how many each table has in it."""

    made: datetime
    why: str
    program: str
    revision: str
    secrets: bool
    database: str
    rows: dict[str, int]
    left_out: dict[str, int]
    """Rows that could not be without their secret, by table."""


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """What a restored backup brought. ``keys``: the encryption keys in it; ``shortened``: texts that were longer than this
    database takes."""

    about: BackupAbout
    keys: tuple[str, ...] = ()
    shortened: int = 0


class BackupArchive(Protocol):
    """The tables of the database and a stream of bytes. A stream is read from its beginning, and never trusted."""

    def write(self, out: BinaryIO, *, why: str, made: datetime, keys: Sequence[str] | None, told: Told) -> BackupAbout:
        """Writes all tables as they are at one moment, whatever is written meanwhile. With ``keys`` also what is secret.

        Raises what the database or ``out`` raises.
        """

    def verify(self, file: Path) -> BackupAbout:
        """Reads it whole. Raises BackupBroken."""

    def restore(self, file: Path, told: Told) -> Restored:
        """Fills the empty database with it and brings the tables to the newest revision; all or nothing.

        Raises BackupBroken, BackupTooNew, DatabaseNotEmpty, StorageFull.
        """
