"""Which of Bungie's tables become which of ours.

One line a table: its name without the words "Destiny...Definition", the Struct its rows are read with, the function that
makes a definition of one, and whether a manifest without it is refused.
"""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from vaultraider.domain import definitions
from vaultraider.domain.definitions import (
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
from vaultraider.manifest import small_rows
from vaultraider.manifest.items import ItemShaper, RawItem
from vaultraider.manifest.rows import Shape

VAULT_VENDOR = 1037843411
"""The vault is a vendor that accepts items: what it accepts is what can be stored."""
VAULT_BUCKET = 138197802


class Table(msgspec.Struct, frozen=True):
    """``shape`` is None for the items, which need what other tables say (see ``ItemShaper``). ``kept``: it becomes a table of
    ours; if not, only the items lean on it."""

    name: str
    raw: type[Any]
    shape: Shape | None
    stored: type[Definition]
    required: bool = True
    kept: bool = True

    @property
    def source(self) -> str:
        """The table's name in Bungie's file."""
        return source_name(self.name)


def source_name(name: str) -> str:
    return f"Destiny{name}Definition"


def _named(name: str, *, required: bool = True) -> Table:
    return Table(name, small_rows.RawNamed, small_rows.named, NamedDefinition, required)


ITEMS = Table("InventoryItem", RawItem, None, ItemDefinition)
TABLES: tuple[Table, ...] = (
    _named("ItemTierType"),
    _named("DamageType"),
    _named("Season", required=False),
    Table("Collectible", small_rows.RawCollectible, small_rows.collectible, CollectibleDefinition, required=False),
    Table("SandboxPerk", small_rows.RawSandboxPerk, small_rows.sandbox_perk, NamedDefinition, required=False, kept=False),
    ITEMS,
    Table("InventoryBucket", small_rows.RawBucket, small_rows.bucket, BucketDefinition),
    Table("Stat", small_rows.RawStat, small_rows.stat, StatDefinition),
    Table("StatGroup", small_rows.RawStatGroup, small_rows.stat_group, StatGroupDefinition),
    Table("PlugSet", small_rows.RawPlugSet, small_rows.plug_set, PlugSetDefinition),
    Table("SocketType", small_rows.RawSocketType, small_rows.socket_type, SocketTypeDefinition),
    Table("Objective", small_rows.RawObjective, small_rows.objective, ObjectiveDefinition),
    _named("Class"),
    _named("Race"),
    _named("Gender"),
    _named("SocketCategory"),
    _named("EnergyType", required=False),
    _named("PowerCap", required=False),
    _named("EquipableItemSet", required=False),
    Table("Record", small_rows.RawRecord, small_rows.record, NamedDefinition, required=False),
)
"""In the order of building: what the items need comes before them."""

REQUIRED = (*(table.name for table in TABLES if table.required), "Vendor")
NAMED = frozenset(table.name for table in TABLES if table.stored is NamedDefinition and table.kept)


def item_shaper(
    tiers: dict[int, NamedDefinition],
    damage_types: dict[int, NamedDefinition],
    collectibles: dict[int, CollectibleDefinition] | None = None,
    seasons: dict[int, NamedDefinition] | None = None,
    perks: dict[int, NamedDefinition] | None = None,
) -> ItemShaper:
    """By hash, what the rows of the items lean on."""
    return ItemShaper(
        {hash: row.name for hash, row in tiers.items()},
        {hash: row.value for hash, row in damage_types.items()},
        {row.item: hash for hash, row in (collectibles or {}).items() if row.item},
        {hash: row.value for hash, row in (seasons or {}).items()},
        {hash: (row.name, row.description) for hash, row in (perks or {}).items()},
    )


def _fingerprint() -> str:
    """Of every stored Struct's fields, their order and types: rows are arrays, so a moved field is another format."""
    structs = [kind for kind in vars(definitions).values() if isinstance(kind, type) and issubclass(kind, msgspec.Struct)]
    fields = [[kind.__name__, [(field.name, str(field.type)) for field in msgspec.structs.fields(kind)]] for kind in structs]
    return hashlib.sha256(msgspec.json.encode([REVISION, fields])).hexdigest()[:10]


REVISION = 4
"""Grows when the same fields come to hold something else."""
FORMAT = _fingerprint()
"""Tells stores of other programs' versions apart: their rows have other fields."""


def signed(hash: int) -> int:
    """A hash as the files' ``id``: the same 32 bits, read as a signed number."""
    return hash - 0x1_0000_0000 if hash >= 0x8000_0000 else hash


def unsigned(id: int) -> int:
    return id & 0xFFFF_FFFF
