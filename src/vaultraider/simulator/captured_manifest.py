"""A real manifest file: the zip goes out as it lies there, the rest is read from it when asked for."""

from __future__ import annotations

import re
import sqlite3
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from vaultraider.simulator.content import Edition
from vaultraider.simulator.demo.hashes import signed

NAME = re.compile(r"world_sql_content_([0-9a-f]{32})\.content")


class ManifestFileError(ValueError):
    """The file is no manifest; the message says what is wrong with it."""


class CapturedContent:
    """Fits content.Content with the one edition and language there is."""

    languages = ("en",)
    fixed = True

    def __init__(self, file: Path) -> None:
        """Raises ManifestFileError."""
        match = NAME.fullmatch(file.name)
        if match is None:
            raise ManifestFileError(f"{file.name} does not have a manifest's name (world_sql_content_<md5>.content).")
        if not zipfile.is_zipfile(file):
            raise ManifestFileError(f"{file.name} is not a zip.")
        self.file = file
        self.version = f"captured.{match.group(1)[:8]}"
        self._data: bytes | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._database: sqlite3.Connection | None = None
        self._lock = threading.Lock()

    def name(self, edition: Edition, language: str) -> str:
        return self.file.name

    def zipped(self, edition: Edition, language: str) -> bytes:
        if self._data is None:
            self._data = self.file.read_bytes()
        return self._data

    def table_names(self, edition: Edition, language: str) -> list[str]:
        with self._lock:
            rows = self._open().execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            return [str(name) for (name,) in rows]

    def table(self, edition: Edition, language: str, name: str) -> bytes | None:
        if name not in self.table_names(edition, language):
            return None
        with self._lock:
            return b"{" + b",".join(self._rows(name)) + b"}"

    def aggregate(self, edition: Edition, language: str) -> bytes:
        names = self.table_names(edition, language)
        with self._lock:
            parts = (msgspec.json.encode(name) + b":{" + b",".join(self._rows(name)) + b"}" for name in names)
            return b"{" + b",".join(parts) + b"}"

    def _rows(self, name: str) -> Iterator[bytes]:
        for id, text in self._open().execute(f'SELECT id, json FROM "{name}"'):  # noqa: S608 - a name of sqlite_master
            raw = text if isinstance(text, bytes) else str(text).encode()
            yield b'"%d":%s' % (int(id) & 0xFFFFFFFF, raw.rstrip(b"\0"))

    def definition(self, edition: Edition, language: str, table: str, hash: int) -> dict[str, Any] | None:
        return self.row(table, hash)

    def row(self, table: str, hash: int) -> dict[str, Any] | None:
        if not re.fullmatch(r"Destiny\w+Definition", table):
            return None
        with self._lock:
            try:
                query = f'SELECT json FROM "{table}" WHERE id = ?'  # noqa: S608 - matched against the pattern above
                found = self._open().execute(query, (signed(hash),)).fetchone()
            except sqlite3.OperationalError:
                return None
        if found is None:
            return None
        decoded: dict[str, Any] = msgspec.json.decode(found[0])
        return decoded

    def _open(self) -> sqlite3.Connection:
        """Unzips at first need, into a folder that goes away with the process."""
        if self._database is None:
            self._folder = tempfile.TemporaryDirectory(prefix="simulator-", ignore_cleanup_errors=True)
            with zipfile.ZipFile(self.file) as archive:
                inside = archive.extract(archive.namelist()[0], self._folder.name)
            self._database = sqlite3.connect(inside, check_same_thread=False)
        return self._database
