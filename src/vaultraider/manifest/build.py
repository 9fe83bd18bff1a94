"""Condenses Bungie's file into ours: one pass over the tables that the product uses, row by row.

A row that does not fit its Struct is mended (the fields that do not fit are left out) or, when it is not even an object,
left out and counted. The new file is complete when ``build`` returns; until then nobody knows it.
"""

from __future__ import annotations

import logging
import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from vaultraider.domain.definitions import BucketDefinition
from vaultraider.domain.errors import ManifestRefused
from vaultraider.manifest.folder import sync_file
from vaultraider.manifest.rows import Shape, salvage
from vaultraider.manifest.small_rows import accepted_buckets
from vaultraider.manifest.tables import (
    ITEMS,
    REQUIRED,
    TABLES,
    VAULT_BUCKET,
    VAULT_VENDOR,
    Table,
    item_shaper,
    signed,
    source_name,
    unsigned,
)
from vaultraider.ports import Progress

logger = logging.getLogger(__name__)

BLOCK = 32
"""Rows that are stored together: written one by one they take half as long again."""
UNREADABLE = (msgspec.DecodeError, TypeError, RecursionError)
"""What a row can be: no JSON or another shape; no text at all; nested without end."""
_SLICE = 125 * BLOCK
"""Rows between two progress reports."""
_ITEMS_WEIGHT = 0.8
"""Of the whole work, for the progress."""
_NAMED_IN_LOG = 20


class BuildReport(msgspec.Struct, frozen=True):
    """Rows by table: those in Bungie's file, those that could not be read, those that were kept in part."""

    rows: dict[str, int]
    left_out: dict[str, int]
    mended: dict[str, int]


def build(original: Path, target: Path, progress: Progress) -> BuildReport:
    """Raises ManifestRefused when a table is missing or empty, or a row that must be there is not; sqlite3.Error when the
    file is damaged."""
    with closing(open_readonly(original)) as source, closing(_create(target)) as store:
        present = tables_in(source)
        for name in REQUIRED:
            if name not in present:
                raise ManifestRefused("table-missing", f"The new definitions have no {name} table.")
        report = _Builder(source, store, progress).run([table for table in TABLES if table.name in present])
        store.execute("COMMIT")
    sync_file(target)
    return report


def open_readonly(path: Path) -> sqlite3.Connection:
    """A file that nobody changes any more: no locks, no journal, any number of readers and threads."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    connection.text_factory = bytes
    return connection


def tables_in(connection: sqlite3.Connection) -> frozenset[str]:
    """Short names of the definition tables in one of Bungie's files."""
    names = (name.decode() for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))
    prefix, suffix = source_name("|").split("|")
    return frozenset(
        name.removeprefix(prefix).removesuffix(suffix) for name in names if name.startswith(prefix) and name.endswith(suffix)
    )


def _create(target: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(target, isolation_level=None)
    # No journal and no waiting: a crash leaves an unfinished file that nobody points at.
    connection.execute("PRAGMA page_size = 16384")
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    connection.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value BLOB)")
    return connection


class _Builder:
    def __init__(self, source: sqlite3.Connection, store: sqlite3.Connection, progress: Progress) -> None:
        self._source = source
        self._store = store
        self._progress = progress
        self._encode = msgspec.msgpack.Encoder().encode
        self._decoders = {table.name: msgspec.json.Decoder(table.raw) for table in TABLES}
        self._rows: dict[str, int] = {}
        self._left_out: dict[str, int] = {}
        self._mended: dict[str, int] = {}
        self._share = 0.0
        self._small: dict[str, dict[int, Any]] = {
            "ItemTierType": {},
            "DamageType": {},
            "Season": {},
            "Collectible": {},
            "SandboxPerk": {},
            "InventoryBucket": {},
        }
        """Rows that other parts of the building need."""

    def run(self, tables: list[Table]) -> BuildReport:
        for table in tables:
            self._copy(table)
            if table.required and not self._rows[table.name]:
                raise ManifestRefused("table-empty", f"The {table.name} table of the new definitions is empty.")
        vault_buckets = self._vault_buckets()
        self._store.execute("INSERT INTO about VALUES (?, ?)", ("vault_buckets", msgspec.msgpack.encode(sorted(vault_buckets))))
        return BuildReport(self._rows, self._left_out, self._mended)

    def _copy(self, table: Table) -> None:
        small = self._small
        shape: Shape = table.shape or item_shaper(
            small["ItemTierType"], small["DamageType"], small["Collectible"], small["Season"], small["SandboxPerk"]
        )
        if not table.kept:
            deque(self._blocks(table, shape), maxlen=0)
            return
        self._store.execute(f"CREATE TABLE {table.name} (id INTEGER PRIMARY KEY, rows BLOB NOT NULL)")
        self._store.executemany(f"INSERT INTO {table.name} VALUES (?, ?)", self._blocks(table, shape))  # noqa: S608 - our own names

    def _blocks(self, table: Table, shape: Shape) -> Iterator[tuple[int, bytes]]:
        """The first id of each block, and the block: its ids and its rows."""
        cursor = self._source.execute(f"SELECT id, json FROM {table.source} ORDER BY id")  # noqa: S608 - our own names
        count, begun, weight = 0, self._share, _ITEMS_WEIGHT if table is ITEMS else (1 - _ITEMS_WEIGHT) / (len(TABLES) - 1)
        while chunk := cursor.fetchmany(BLOCK):
            definitions = self._shaped(table, shape, chunk)
            if definitions:
                yield next(iter(definitions)), self._encoded(table, definitions)
            count += len(chunk)
            if not count % _SLICE:
                # Ids are hashes, spread evenly over their 32 bits: the last one tells how far we are.
                self._share = begun + weight * (chunk[-1][0] + 2**31) / 2**32
                self._progress("build", 60 + 38 * self._share, "Condensing the definitions.")
        self._rows[table.name] = count
        self._share = begun + weight

    def _shaped(self, table: Table, shape: Shape, chunk: list[tuple[int, Any]]) -> dict[int, Any]:
        decode = self._decoders[table.name].decode
        definitions: dict[int, Any] = {}
        for id, row in chunk:
            try:
                definition = shape(id & 0xFFFF_FFFF, decode(row))
            except UNREADABLE:
                definition = self._mend(table, shape, id, row)
            if definition is not None:
                definitions[id] = definition
        if table.name in self._small:
            self._small[table.name] |= {definition.hash: definition for definition in definitions.values()}
        return definitions

    def _encoded(self, table: Table, definitions: dict[int, Any]) -> bytes:
        try:
            return self._encode((list(definitions), list(definitions.values())))
        except OverflowError:  # A number past 64 bits, somewhere.
            storable = {id: definition for id, definition in definitions.items() if self._storable(definition)}
            for id in definitions.keys() - storable.keys():
                self._count_loss(self._left_out, table, id)
            return self._encode((list(storable), list(storable.values())))

    def _storable(self, definition: object) -> bool:
        try:
            self._encode(definition)
        except OverflowError:
            return False
        return True

    def _mend(self, table: Table, shape: Shape, id: int, row: object) -> Any:
        """The definition of what can be saved of a row; counted, and named in the log."""
        raw = salvage(row, table.raw) if isinstance(row, bytes) else None
        definition = None if raw is None else shape(unsigned(id), raw)
        self._count_loss(self._left_out if definition is None else self._mended, table, id)
        return definition

    def _count_loss(self, counts: dict[str, int], table: Table, id: int) -> None:
        counts[table.name] = counts.get(table.name, 0) + 1
        if counts[table.name] <= _NAMED_IN_LOG:
            fate = "was left out" if counts is self._left_out else "was kept in part"
            logger.warning("A row of %s cannot be read and %s: %d.", table.name, fate, unsigned(id))

    def _vault_buckets(self) -> frozenset[int]:
        """What the vault takes. A vendor row without its list (real ones exist) leaves what the buckets say themselves."""
        vendor = self._source.execute(
            f"SELECT json FROM {source_name('Vendor')} WHERE id = ?",  # noqa: S608 - our own names
            (signed(VAULT_VENDOR),),
        ).fetchone()
        if vendor is None or VAULT_BUCKET not in self._small["InventoryBucket"]:
            raise ManifestRefused("spot-check", "The new definitions do not know the vault.")
        buckets: dict[int, BucketDefinition] = self._small["InventoryBucket"]
        accepted = accepted_buckets(vendor[0])
        return accepted or frozenset(hash for hash, bucket in buckets.items() if bucket.transferable)
