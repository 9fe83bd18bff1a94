"""The definitions of one version in one language, read from its file: ``domain.definitions.Definitions``.

Rows are decoded when first asked for and kept; the dictionaries below make a repeated look-up one call into C. They are
bounded: a whole manifest decoded takes some 50 MB, a player's vault a fraction of that.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from vaultraider.domain.definitions import (
    PATTERN_TOAST,
    BucketDefinition,
    CollectibleDefinition,
    Definition,
    ItemDefinition,
    NamedDefinition,
    ObjectiveDefinition,
    PlugSetDefinition,
    SocketTypeDefinition,
    StatDefinition,
    StatGroupDefinition,
)
from vaultraider.manifest.build import UNREADABLE, open_readonly
from vaultraider.manifest.tables import NAMED, signed, source_name
from vaultraider.ports import InstalledManifest

D = TypeVar("D", bound=Definition)

ITEMS_KEPT = 12_000
"""Decoded items held in memory, by each process and version."""
OTHERS_KEPT = 3_000
_TABLE_NAME = re.compile(r"[A-Za-z0-9]{1,60}")


_Block = tuple[list[int], list[msgspec.Raw]]
"""Ids in their order, and the rows that go with them, not decoded yet."""
_split: Callable[[bytes], _Block] = msgspec.msgpack.Decoder(_Block).decode


class _Rows(dict[int, D | None], Generic[D]):
    """A table's decoded rows by hash; one that is missing is read, and None when there is no such row.

    The oldest eighth is forgotten when it is full: no bookkeeping on the way in, where the speed matters.
    """

    def __init__(self, connection: sqlite3.Connection, lock: threading.Lock, table: str, kind: type[D], kept: int) -> None:
        super().__init__()
        self._connection = connection
        self._lock = lock
        self._decode: Callable[[msgspec.Raw], D] = msgspec.msgpack.Decoder(kind).decode
        self._kept = kept
        self._one = f"SELECT rows FROM {table} WHERE id = ?"  # noqa: S608 - our own names
        self._firsts = [id for (id,) in connection.execute(f"SELECT id FROM {table} ORDER BY id")]  # noqa: S608
        """The first id of each block."""

    def __missing__(self, hash: int) -> D | None:
        with self._lock:
            row = next(self._read([hash]), None)
            self._make_room(1)
            self[hash] = row
        return row

    def preload(self, hashes: Iterable[int]) -> None:
        with self._lock:
            wanted = [hash for hash in set(hashes) if hash not in self][: self._kept]
            self._make_room(len(wanted))
            found: dict[int, D | None] = {row.hash: row for row in self._read(wanted)}
            self.update((hash, found.get(hash)) for hash in wanted)

    def all(self) -> list[D]:
        with self._lock:
            return [self._decode(row) for first in self._firsts for row in self._block(first)[1]]

    def _read(self, hashes: Iterable[int]) -> Iterator[D]:
        """The rows that there are, each block read once."""
        ids = sorted(signed(hash) for hash in hashes if 0 <= hash <= 0xFFFF_FFFF)
        for place, wanted in groupby(ids, key=lambda id: bisect_right(self._firsts, id) - 1):
            if place < 0:
                continue
            present, rows = self._block(self._firsts[place])
            for id in wanted:
                index = bisect_left(present, id)
                if index < len(present) and present[index] == id:
                    yield self._decode(rows[index])

    def _block(self, first: int) -> _Block:
        (block,) = self._connection.execute(self._one, (first,)).fetchone()
        return _split(block)

    def _make_room(self, count: int) -> None:
        if len(self) + count > self._kept:
            for hash in list(islice(self, max(count, self._kept // 8))):
                del self[hash]


class StoredDefinitions:
    """See the top of this file. Safe between threads; opening it keeps its two files readable even when they are removed."""

    def __init__(self, definitions: Path, original: Path, about: InstalledManifest) -> None:
        """Raises sqlite3.Error when a file is missing or damaged."""
        self._about = about
        self._lock = threading.Lock()
        self._connection = open_readonly(definitions)
        self._tables = frozenset(
            name.decode() for (name,) in self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        )
        (buckets,) = self._connection.execute("SELECT value FROM about WHERE name = 'vault_buckets'").fetchone()
        self._vault_buckets = frozenset(msgspec.msgpack.decode(buckets, type=list[int]))
        self._original = open_readonly(original)
        self._original.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        self._original_lock = threading.Lock()

        items = self._rows("InventoryItem", ItemDefinition, ITEMS_KEPT)
        buckets_rows = self._rows("InventoryBucket", BucketDefinition)
        self._all_buckets = buckets_rows.all()
        self._named = {name: self._rows(name, NamedDefinition) for name in NAMED if name in self._tables}
        records = self._named["Record"].all() if "Record" in self._named else []
        self._patterns = {row.name: row.hash for row in records if row.value == PATTERN_TOAST}
        # Bound once, so that a look-up is one call into C: the profile makes thousands of them.
        self.item: Callable[[int], ItemDefinition | None] = items.__getitem__
        self.bucket: Callable[[int], BucketDefinition | None] = buckets_rows.__getitem__
        self.stat: Callable[[int], StatDefinition | None] = self._rows("Stat", StatDefinition).__getitem__
        self.stat_group: Callable[[int], StatGroupDefinition | None] = self._rows("StatGroup", StatGroupDefinition).__getitem__
        self.plug_set: Callable[[int], PlugSetDefinition | None] = self._rows("PlugSet", PlugSetDefinition).__getitem__
        self.socket_type: Callable[[int], SocketTypeDefinition | None] = self._rows(
            "SocketType", SocketTypeDefinition
        ).__getitem__
        self.objective: Callable[[int], ObjectiveDefinition | None] = self._rows("Objective", ObjectiveDefinition).__getitem__
        # Manifests of the first years have no collections.
        self._collectibles = self._rows("Collectible", CollectibleDefinition) if "Collectible" in self._tables else None
        self.preload: Callable[[Iterable[int]], None] = items.preload

    def _rows(self, table: str, kind: type[D], kept: int = OTHERS_KEPT) -> _Rows[D]:
        return _Rows(self._connection, self._lock, table, kind, kept)

    @property
    def version(self) -> str:
        return self._about.ref.version

    @property
    def key(self) -> str:
        return self._about.ref.key

    @property
    def language(self) -> str:
        return self._about.ref.language

    @property
    def vault_buckets(self) -> frozenset[int]:
        return self._vault_buckets

    @property
    def patterns(self) -> Mapping[str, int]:
        return self._patterns

    def buckets(self) -> list[BucketDefinition]:
        return list(self._all_buckets)

    def named(self, table: str, hash: int) -> NamedDefinition | None:
        rows = self._named.get(table)
        return None if rows is None else rows[hash]

    def collectible(self, hash: int) -> CollectibleDefinition | None:
        return None if self._collectibles is None else self._collectibles[hash]

    def full(self, table: str, hash: int) -> dict[str, Any] | None:
        name = source_name(table)
        if not _TABLE_NAME.fullmatch(table) or not 0 <= hash <= 0xFFFF_FFFF:
            return None
        try:
            with self._original_lock:
                found = self._original.execute(f"SELECT json FROM {name} WHERE id = ?", (signed(hash),)).fetchone()  # noqa: S608
        except sqlite3.DatabaseError:
            return None  # No such table in this version.
        try:
            row = msgspec.json.decode(found[0]) if found else None
        except UNREADABLE:
            return None
        return row if isinstance(row, dict) else None
