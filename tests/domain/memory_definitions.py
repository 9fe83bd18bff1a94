"""Definitions in memory, made by hand for a test."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from vaultraider.domain.definitions import (
    PATTERN_TOAST,
    BucketDefinition,
    CollectibleDefinition,
    ItemDefinition,
    NamedDefinition,
    ObjectiveDefinition,
    PlugSetDefinition,
    SocketTypeDefinition,
    StatDefinition,
    StatGroupDefinition,
)


class MemoryDefinitions:
    """``rows`` is {table name: {hash: definition}}."""

    def __init__(self, rows: dict[str, dict[int, Any]], *, key: str = "en-test", vault: Iterable[int] = ()) -> None:
        self.rows = rows
        self.version = "test"
        self.key = key
        self.language = "en"
        self.vault_buckets = frozenset(vault)
        self.preloaded: list[int] = []

    @property
    def patterns(self) -> dict[str, int]:
        rows: dict[int, NamedDefinition] = self.rows.get("Record", {})
        return {row.name: hash for hash, row in rows.items() if row.value == PATTERN_TOAST}

    def preload(self, items: Iterable[int]) -> None:
        self.preloaded.extend(items)

    def _row(self, table: str, hash: int) -> Any:
        return self.rows.get(table, {}).get(hash)

    def item(self, hash: int) -> ItemDefinition | None:
        return self._row("InventoryItem", hash)

    def bucket(self, hash: int) -> BucketDefinition | None:
        return self._row("InventoryBucket", hash)

    def buckets(self) -> list[BucketDefinition]:
        return list(self.rows.get("InventoryBucket", {}).values())

    def stat(self, hash: int) -> StatDefinition | None:
        return self._row("Stat", hash)

    def stat_group(self, hash: int) -> StatGroupDefinition | None:
        return self._row("StatGroup", hash)

    def plug_set(self, hash: int) -> PlugSetDefinition | None:
        return self._row("PlugSet", hash)

    def socket_type(self, hash: int) -> SocketTypeDefinition | None:
        return self._row("SocketType", hash)

    def objective(self, hash: int) -> ObjectiveDefinition | None:
        return self._row("Objective", hash)

    def collectible(self, hash: int) -> CollectibleDefinition | None:
        return self._row("Collectible", hash)

    def named(self, table: str, hash: int) -> NamedDefinition | None:
        return self._row(table, hash)

    def full(self, table: str, hash: int) -> dict[str, object] | None:
        row = self._row(table, hash)
        return msgspec.to_builtins(row) if row is not None else None
