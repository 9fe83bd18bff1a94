"""From Bungie's server to a checked, unzipped file on our disk.

    fetch     the zip, piece by piece, with a limit of size and of time; as long as the server said it would be
    unzip     piece by piece, with a limit: what the zip claims is not believed
    verify    MD5 as the file's name says, SQLite's own check, written to the disk

Memory stays flat whatever the sizes. A path answers 404 right after a deployment, and Bungie's edge remembers that for a
day (Bungie-net/api #826): fetching again with another query string asks the origin.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import msgspec

from vaultraider.domain.errors import BungieGarbled, ManifestRefused, NotFound
from vaultraider.manifest.build import open_readonly
from vaultraider.manifest.folder import sync_file
from vaultraider.ports import Clock, ManifestSource, Progress

_PIECE = 1 << 20
_LARGE_PIECE = 8 << 20


class Limits(msgspec.Struct, frozen=True):
    """Bungie's file was 28 MB zipped and some 150 MB unzipped in 2025."""

    zipped: int = 400 << 20
    unzipped: int = 3 << 30
    seconds: float = 1800.0


class BrokenFile(ManifestRefused):
    """What came is not the file that was meant: fetching it again may help."""


def busters() -> Iterator[str | None]:
    """Query strings to try, one after the other: none, one that others may have asked before us, one that nobody has."""
    yield None
    yield "1"
    yield secrets.token_hex(6)


class Download:
    """Fetches one content file."""

    def __init__(self, source: ManifestSource, clock: Clock, limits: Limits) -> None:
        self._source = source
        self._clock = clock
        self._limits = limits

    def fetch(self, path: str, target: Path, buster: str | None, progress: Progress) -> int:
        """Writes the zip to ``target``; how many bytes. Raises BrokenFile, BungieUnavailable, OSError."""
        until = self._clock.now() + timedelta(seconds=self._limits.seconds)
        got = 0
        try:
            with self._source.content(path, cache_buster=buster) as stream, target.open("wb") as file:
                expected = stream.length
                for piece in stream.chunks():
                    got += len(piece)
                    if got > self._limits.zipped:
                        raise ManifestRefused("too-large", "The new definitions are larger than they can be.")
                    if self._clock.now() > until:
                        raise ManifestRefused("too-slow", "The new definitions came too slowly.")
                    file.write(piece)
                    share = min(1.0, got / expected) if expected else 0.0
                    progress("download", 2 + 48 * share, _fetched(got, expected))
        except NotFound as error:
            raise BrokenFile("not-found", "Bungie.net names new definitions that are not there yet.") from error
        except ManifestRefused:
            raise
        except BungieGarbled as error:
            raise BrokenFile("garbled", "Something else than the new definitions came from Bungie.net.") from error
        if expected is not None and got != expected:
            raise BrokenFile("truncated", f"The new definitions broke off after {_size(got)} of {_size(expected)}.")
        return got

    def unzip(self, archive: Path, target: Path, progress: Progress) -> int:
        """Writes the one file of the zip to ``target``; how many bytes. Raises BrokenFile, OSError."""
        try:
            with zipfile.ZipFile(archive) as opened:
                members = [member for member in opened.infolist() if not member.is_dir()]
                if len(members) != 1:
                    raise BrokenFile("bad-zip", "The new definitions hold other files than they should.")
                return self._inflate(opened, members[0], target, progress)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
            # RuntimeError: it wants a password; NotImplementedError: a compression that we do not know.
            raise BrokenFile("bad-zip", "The new definitions cannot be unpacked.") from error

    def _inflate(self, opened: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, progress: Progress) -> int:
        if member.file_size > self._limits.unzipped:
            raise ManifestRefused("too-large", "The new definitions unpack to more than they can be.")
        written = 0
        with opened.open(member) as packed, target.open("wb") as file:
            # zipfile stops at the size that the archive claims, checked above, and compares the CRC at the end.
            while piece := packed.read(_PIECE):
                file.write(piece)
                written += len(piece)
                progress("unzip", 50 + 10 * written / max(1, member.file_size), "Unpacking the definitions.")
        if written != member.file_size:
            raise BrokenFile("truncated", "The new definitions broke off while they were unpacked.")
        return written


def verify(original: Path, checksum: str | None) -> None:
    """Raises BrokenFile unless the file is a whole SQLite database with this MD5; then it is safely on the disk."""
    if checksum is not None and _md5(original) != checksum:
        raise BrokenFile("wrong-checksum", "The new definitions are not what their name says.")
    try:
        with closing(open_readonly(original)) as connection:
            answers = connection.execute("PRAGMA quick_check(1)").fetchall()
    except sqlite3.DatabaseError as error:
        raise BrokenFile("damaged", "The new definitions cannot be read.") from error
    if answers != [(b"ok",)]:
        raise BrokenFile("damaged", "The new definitions are damaged.")
    sync_file(original)


def _md5(path: Path) -> str:
    """In a few large pieces: while it runs, another thread builds, and each piece is a change of hands between the two."""
    digest = hashlib.md5(usedforsecurity=False)
    buffer = memoryview(bytearray(_LARGE_PIECE))
    with path.open("rb", buffering=0) as file:
        while count := file.readinto(buffer):
            digest.update(buffer[:count])
    return digest.hexdigest()


def _fetched(got: int, expected: int | None) -> str:
    whole = f" of {_size(expected)}" if expected else ""
    return f"Fetching the game's definitions from Bungie.net: {_size(got)}{whole}."


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB"
