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
KEPT = 9
"""Files held in memory: three editions in three languages."""
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
    _names: dict[tuple[str, ...], str] = {}
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

    def _key(self, edition: Edition, language: str) -> tuple[str, ...]:
        return str(edition.number), edition.flaw, str(self.extra_items), language

    def _database(self, edition: Edition, language: str) -> Database:
        key = self._key(edition, language)
        if key not in self._databases:
            data = sqlite_file(self.tables(edition, language))
            _make_room(self._databases)
            self._databases[key] = Database(content_name(data), data)
            self._names[key] = self._databases[key].name
        return self._databases[key]

    def name(self, edition: Edition, language: str) -> str:
        with self._lock:
            known = self._names.get(self._key(edition, language))
            return known or self._database(edition, language).name

    def zipped(self, edition: Edition, language: str) -> bytes:
        with self._lock:
            name = self._names.get(self._key(edition, language), "")
            if name not in self._zips:
                database = self._database(edition, language)
                name = database.name
                _make_room(self._zips)
                self._zips[name] = zip_file(name, database.data)
            return self._zips[name]

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


def _make_room(kept: dict[Any, Any]) -> None:
    """The oldest goes when there are many: a long test makes dozens of editions."""
    while len(kept) >= KEPT:
        kept.pop(next(iter(kept)))


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
