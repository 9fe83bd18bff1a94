"""Who runs on a data folder: one `vaultraider up` at most, and any number of workers, each with a place of its own.

Whoever holds a place takes back at once whatever work was left by the last one that had it, so it must be alone there.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from vaultraider.settings import SettingsError

LOCK_FILE = "in-use.lock"
PLACES = 256
"""Workers on one data folder."""


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Holds the folder. The system lets go of it when the process ends, however it ends.

    Raises SettingsError when another process holds it.
    """
    with _held(folder / LOCK_FILE) as alone:
        if not alone:
            raise SettingsError(
                f"Another Vault Raider runs on {folder}. Stop it, or give this one a folder of its own with --data-dir."
            )
        yield


@contextmanager
def place_in(folder: Path, kind: str) -> Iterator[int]:
    """The first place, from 1, that no other process of this ``kind`` has; a restarted one comes to its old place again.

    Raises SettingsError when there are ``PLACES`` of them.
    """
    for number in range(1, PLACES + 1):
        with _held(folder / f"{kind}-{number}.lock") as alone:
            if alone:
                yield number
                return
    raise SettingsError(f"{PLACES} processes of this kind run on {folder} already: give this one another with --data-dir.")


@contextmanager
def _held(path: Path) -> Iterator[bool]:
    """Whether we have the file alone while the block runs."""
    with path.open("a+b") as file:
        try:
            _lock(file)
        except OSError:
            yield False
            return
        try:
            yield True
        finally:
            with contextlib.suppress(OSError):
                _unlock(file)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _unlock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
