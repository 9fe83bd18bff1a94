"""Where definitions lie on the disk.

    manifest/
      active-en.json                       which version is active, by language; replaced in one step
      en-28da9f.../                        one folder a version
        about.json                         what it is, for people and for repairs
        original.sqlite3                   Bungie's file, unzipped
        definitions-<format>.sqlite3       ours, condensed; <format> is that of this program's rows
      incoming-<random>/                   work in progress, and what a crash leaves of it

A version's folder is never changed once it is active, so that readers need no locks. Windows cannot delete a file that
somebody has open: what cannot be removed is tried again at the next update.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from vaultraider.domain.errors import StorageFull
from vaultraider.manifest.tables import FORMAT
from vaultraider.ports import InstalledManifest

FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""No space left, a quota, or a file larger than allowed: for us all the same."""

_INCOMING = "incoming-"
_KEY = re.compile(r"[a-z0-9-]{1,64}")


class Pointer(msgspec.Struct, frozen=True):
    key: str
    previous: str = ""
    """The last good one before, kept for a roll-back."""


class ManifestFolder:
    """Paths and the few steps that must be safe against a crash."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def pointer_path(self, language: str) -> Path:
        return self.root / f"active-{language}.json"

    def version(self, key: str) -> Path:
        return self.root / key

    def original(self, key: str) -> Path:
        return self.version(key) / "original.sqlite3"

    def definitions(self, key: str) -> Path:
        return self.version(key) / f"definitions-{FORMAT}.sqlite3"

    def pointer(self, language: str) -> Pointer | None:
        """The active version, or None when there is none or the file cannot be read."""
        try:
            found = msgspec.json.decode(self.pointer_path(language).read_bytes(), type=Pointer)
        except (FileNotFoundError, msgspec.DecodeError):
            return None
        return found if _KEY.fullmatch(found.key) else None

    def about(self, key: str) -> InstalledManifest | None:
        try:
            return msgspec.json.decode((self.version(key) / "about.json").read_bytes(), type=InstalledManifest)
        except (OSError, msgspec.DecodeError):
            return None

    def known(self, key: str) -> bool:
        """Whether this can be a key at all: it may come from an address."""
        return _KEY.fullmatch(key) is not None

    def sizes(self) -> dict[str, int]:
        """Bytes by key; under "" those of work in progress."""
        found: dict[str, int] = {}
        for path in self.root.iterdir() if self.root.is_dir() else ():
            if path.is_dir():
                key = path.name if (path / "about.json").exists() else ""
                found[key] = found.get(key, 0) + sum(_size(file) for file in path.iterdir())
        return found

    @contextmanager
    def incoming(self) -> Iterator[Path]:
        """A folder for work in progress; gone afterwards, whatever happened. A full disk becomes StorageFull."""
        with storage_errors():
            self.root.mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=_INCOMING, dir=self.root))
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    def place(self, incoming: Path, key: str) -> None:
        """Gives a finished folder its name. One that is there already is replaced: it was not active, or not whole."""
        sync_folder(incoming)
        target = self.version(key)
        if target.exists():
            shutil.rmtree(target)
        incoming.replace(target)
        sync_folder(self.root)

    def switch(self, language: str, key: str) -> None:
        """Makes a version active: from here on everybody who asks gets it."""
        before = self.pointer(language)
        previous = before.previous if before and before.key == key else before.key if before else ""
        write_file(self.pointer_path(language), msgspec.json.encode(Pointer(key, previous)))

    def collect(self) -> None:
        """Removes what is neither active nor the last good one before. Call it only while nobody installs."""
        if not self.root.is_dir():
            return
        pointers = [self.pointer(path.stem.removeprefix("active-")) for path in self.root.glob("active-*.json")]
        if any(pointer is None for pointer in pointers):
            return  # A pointer that cannot be read is no reason to delete what it may point at.
        kept = {key for pointer in pointers if pointer for key in (pointer.key, pointer.previous)}
        for path in self.root.iterdir():
            if path.is_dir() and path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)
            elif path.suffix == ".tmp":
                with contextlib.suppress(OSError):
                    path.unlink()


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:  # removed meanwhile
        return 0


def write_file(path: Path, content: bytes) -> None:
    """Writes a whole file in one step: after a crash there is the old one or the new one."""
    draft = path.with_name(path.name + ".tmp")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Waits until a file's content is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Waits until names are on the disk. Windows has no such call, and needs none."""
    if os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turns a full disk, told by the system or by SQLite, into StorageFull."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise StorageFull from error
        raise
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE):
            raise StorageFull from error
        raise
