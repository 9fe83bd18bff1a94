"""Manifest files as Bungie makes them: a zip of SQLite named by the md5 of the unzipped file, and JSON by table or whole."""

from __future__ import annotations

import hashlib
import io
import sqlite3
import threading
import zipfile
from typing import Any, NamedTuple, Protocol

import msgspec

from vaultraider.simulator.demo.hashes import signed
from vaultraider.simulator.demo.tables import tables
from vaultraider.simulator.demo.words import LANGUAGES

Tables = dict[str, dict[int, dict[str, Any]]]
HISTORICAL = "DestinyHistoricalStatsDefinition"
_HISTORICAL_ROWS = (("weaponKills", "Weapon kills"), ("deaths", "Deaths"), ("secondsPlayed", "Seconds played"))
_ZIP_DATE = (2026, 1, 1, 0, 0, 0)


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """One state of the manifest. ``version`` may stay the same while ``number`` grows: a silent edit."""

    number: int = 0
    version: str
    flaw: str = ""
    """ "empty:DestinyXDefinition" or "missing:DestinyXDefinition"."""


class Content(Protocol):
    """Where the files of an edition come from."""

    @property
    def languages(self) -> tuple[str, ...]: ...

    @property
    def fixed(self) -> bool:
        """There is one edition and no way to make another."""

    def name(self, edition: Edition, language: str) -> str:
        """File name of the SQLite, "world_sql_content_<md5>.content"."""

    def zipped(self, edition: Edition, language: str) -> bytes: ...

    def table_names(self, edition: Edition, language: str) -> list[str]: ...

    def table(self, edition: Edition, language: str, name: str) -> bytes | None:
        """JSON of one table, keys as unsigned decimal strings."""

    def aggregate(self, edition: Edition, language: str) -> bytes: ...

    def definition(self, edition: Edition, language: str, table: str, hash: int) -> dict[str, Any] | None: ...


class Database(NamedTuple):
    """A built SQLite file and its name."""

    name: str
    data: bytes


class DemoContent:
    """Built from the demo's tables at first need and kept, for every simulator of this process."""

    languages = LANGUAGES
    fixed = False
    _lock = threading.Lock()
    _databases: dict[tuple[str, ...], Database] = {}
    _zips: dict[str, bytes] = {}

    def __init__(self, extra_items: int = 0) -> None:
        self.extra_items = extra_items

    def tables(self, edition: Edition, language: str) -> Tables:
        found = tables(language, edition.number, self.extra_items)
        kind, _, table = edition.flaw.partition(":")
        if kind == "empty":
            found[table] = {}
        elif kind == "missing":
            found.pop(table, None)
        return found

    def _database(self, edition: Edition, language: str) -> Database:
        key = (str(edition.number), edition.flaw, str(self.extra_items), language)
        with self._lock:
            if key not in self._databases:
                data = sqlite_file(self.tables(edition, language))
                self._databases[key] = Database(content_name(data), data)
            return self._databases[key]

    def name(self, edition: Edition, language: str) -> str:
        return self._database(edition, language).name

    def zipped(self, edition: Edition, language: str) -> bytes:
        database = self._database(edition, language)
        with self._lock:
            if database.name not in self._zips:
                self._zips[database.name] = zip_file(database.name, database.data)
            return self._zips[database.name]

    def table_names(self, edition: Edition, language: str) -> list[str]:
        return sorted({*self.tables(edition, language), HISTORICAL})

    def table(self, edition: Edition, language: str, name: str) -> bytes | None:
        if name == HISTORICAL:
            return msgspec.json.encode(historical())
        rows = self.tables(edition, language).get(name)
        return None if rows is None else msgspec.json.encode({str(hash): row for hash, row in rows.items()})

    def aggregate(self, edition: Edition, language: str) -> bytes:
        whole: dict[str, Any] = {
            name: {str(hash): row for hash, row in rows.items()} for name, rows in self.tables(edition, language).items()
        }
        return msgspec.json.encode(whole | {HISTORICAL: historical()})

    def definition(self, edition: Edition, language: str, table: str, hash: int) -> dict[str, Any] | None:
        return self.tables(edition, language).get(table, {}).get(hash)


def historical() -> dict[str, dict[str, Any]]:
    return {
        key: {"statId": key, "statName": name, "group": 1, "category": 1, "unitType": 1, "mergeMethod": 0}
        for key, name in _HISTORICAL_ROWS
    }


def sqlite_file(content: Tables) -> bytes:
    """The same rows give the same bytes. ``id`` is the hash as a signed 32-bit number."""
    database = sqlite3.connect(":memory:")
    try:
        database.execute("PRAGMA page_size = 4096")
        for name in sorted(content):
            database.execute(f'CREATE TABLE "{name}" (id INTEGER PRIMARY KEY NOT NULL, json BLOB)')
            rows = ((signed(hash), msgspec.json.encode(row).decode()) for hash, row in sorted(content[name].items()))
            database.executemany(f'INSERT INTO "{name}" VALUES (?, ?)', rows)  # noqa: S608 - our own table names
        database.execute(f"CREATE TABLE {HISTORICAL} (key TEXT PRIMARY KEY NOT NULL, json BLOB)")
        rows_by_key = [(key, msgspec.json.encode(row).decode()) for key, row in historical().items()]
        database.executemany(f"INSERT INTO {HISTORICAL} VALUES (?, ?)", rows_by_key)  # noqa: S608
        database.commit()
        return database.serialize()
    finally:
        database.close()


def content_name(data: bytes) -> str:
    return f"world_sql_content_{hashlib.md5(data, usedforsecurity=False).hexdigest()}.content"


def zip_file(name: str, data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        archive.writestr(zipfile.ZipInfo(name, _ZIP_DATE), data, zipfile.ZIP_DEFLATED, 3)
    return packed.getvalue()
