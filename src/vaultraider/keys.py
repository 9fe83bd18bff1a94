"""The encryption keys of a data folder: one Fernet key a line in ``encryption.key``, newest first, readable by its owner only.

Losing the file loses nothing but the sign-ins: everybody signs in with Bungie once more.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

from cryptography.fernet import Fernet

from vaultraider.settings import Settings, SettingsError

KEY_FILE = "encryption.key"


def prepare_data_dir(folder: Path) -> None:
    """Makes the data folder, closed to other people of this machine. An existing folder is left as its owner made it.

    Raises SettingsError when it cannot be made or written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"The data folder {folder} cannot be made: {error.strerror}.") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise SettingsError(f"The data folder {folder} cannot be written. Choose another with --data-dir.")


def encryption_keys(settings: Settings) -> list[str]:
    """The keys, newest first: from the settings, else from the key file, which is made when there is none.

    Raises SettingsError when a key is not a Fernet key.
    """
    keys = list(settings.encryption_keys) or read_or_make(settings.data_dir / KEY_FILE)
    check_keys(keys)
    return keys


def check_keys(keys: Iterable[str]) -> None:
    """Raises SettingsError when one is not a Fernet key."""
    for key in keys:
        try:
            Fernet(key)
        except ValueError as error:
            raise SettingsError("An encryption key is not a Fernet key (32 bytes in URL-safe base64).") from error


def read_or_make(file: Path) -> list[str]:
    """The keys of ``file``; two processes that start at once agree on one."""
    for _ in range(2):
        if file.exists():
            return [line.strip() for line in file.read_text(encoding="ascii").splitlines() if line.strip()]
        write_private(file, Fernet.generate_key().decode() + "\n", replace=False)
    raise SettingsError(f"The key file {file} cannot be made.")


def add_key(file: Path) -> list[str]:
    """Puts a new key in front and returns them all; old ones stay, so that what they sealed can be opened."""
    keys = [Fernet.generate_key().decode(), *read_or_make(file)]
    write_private(file, "\n".join(keys) + "\n")
    return keys


def keep_too(file: Path, keys: Iterable[str]) -> None:
    """Adds keys behind those that are there: what they sealed can be opened, and nothing is sealed with them any more.

    Raises SettingsError when one is not a Fernet key.
    """
    there = read_or_make(file)
    more = [key for key in dict.fromkeys(keys) if key not in there]
    check_keys(more)
    if more:
        write_private(file, "\n".join([*there, *more]) + "\n")


def keep_newest(file: Path) -> None:
    """Forgets the old keys, once nothing is sealed with them any more."""
    write_private(file, read_or_make(file)[0] + "\n")


def write_private(file: Path, text: str, *, replace: bool = True) -> None:
    """Writes a file that only its owner may read, whole or not at all. Without ``replace`` an existing one is left alone."""
    beside = file.with_name(f".{file.name}.{uuid4().hex}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    try:
        if replace:
            beside.replace(file)
        else:
            _place_new(beside, file)
    finally:
        beside.unlink(missing_ok=True)


def _place_new(beside: Path, file: Path) -> None:
    """Gives ``beside`` its name unless somebody was quicker. A hard link is the one way that is whole and never overwrites."""
    try:
        file.hardlink_to(beside)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        if not file.exists():
            beside.replace(file)


def open_to_others(file: Path) -> bool:
    """Whether group or others may read the file. Windows keeps its own lists of rights, which this cannot see."""
    return os.name == "posix" and bool(file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
