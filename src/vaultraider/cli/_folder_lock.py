"""Makes sure that one data folder has one `vaultraider up` at most: it takes back at once whatever work the last one left."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from vaultraider.settings import SettingsError

LOCK_FILE = "in-use.lock"


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Holds the folder. The system lets go of it when the process ends, however it ends.

    Raises SettingsError when another process holds it.
    """
    with (folder / LOCK_FILE).open("a+b") as file:
        try:
            _lock(file)
        except OSError:
            raise SettingsError(
                f"Another Vault Raider runs on {folder}. Stop it, or give this one a folder of its own with --data-dir."
            ) from None
        try:
            yield
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
