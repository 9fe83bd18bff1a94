"""A few invented weapons with columns of perks, and what lists are told of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.domain import accounts
from tests.domain.memory_definitions import MemoryDefinitions

from vaultraider.domain import hashes
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.definitions import BucketDefinition, ItemDefinition, PlugInfo, SocketCategoryEntry, SocketEntry
from vaultraider.domain.profile import Profile, assemble_profile

LANTERN, HARROW, SPARK, BOAT = 5001, 5002, 5003, 5004
"""Two hand cannons, a sword, a ship."""
CANNONS, SWORDS = 6, 54
BORE, CHAMBER, SMALL_MAG, LARGE_MAG, ECHO, ECHO_PLUS, EMBER, EMBER_PLUS = range(7001, 7009)
FRAME, STEADY_MOD, MASTERWORK, FOREIGN, SHINE, LOADER, GREAT_LOADER = range(7009, 7016)
PERKS, MODS = 4241085061, 2685412949


def _perk(hash: int, name: str, category: str, *, tier: int = 2, categories: tuple[int, ...] = (610365472, 59)) -> ItemDefinition:
    kind = "Enhanced Trait" if tier == 3 else "Trait"
    return ItemDefinition(hash, name, type_name=kind, tier_type=tier, plug=PlugInfo(9, category), categories=categories)


def _gun(hash: int, name: str, bucket: int, *categories: int) -> ItemDefinition:
    return ItemDefinition(
        hash,
        name,
        bucket=bucket,
        item_type=3,
        categories=(1, *categories),
        sockets=(SocketEntry(),) * 7,
        socket_categories=(SocketCategoryEntry(3956125808, (0,)), SocketCategoryEntry(PERKS, (1, 2, 3, 4)),
                           SocketCategoryEntry(MODS, (5, 6))),
    )  # fmt: skip


ITEMS = (
    _gun(LANTERN, "Low Lantern", hashes.KINETIC, CANNONS),
    _gun(HARROW, "Late Harrow", hashes.ENERGY, CANNONS),
    _gun(SPARK, "Cold Spark", hashes.POWER, SWORDS),
    ItemDefinition(BOAT, "Slow Boat", bucket=hashes.SHIP, sockets=(SocketEntry(),)),
    _perk(FRAME, "Plain Frame", "intrinsics", categories=(2237038328,)),
    _perk(BORE, "Smooth Bore", "barrels"),
    _perk(CHAMBER, "Rough Chamber", "barrels"),
    _perk(SMALL_MAG, "Small Magazine", "magazines"),
    _perk(LARGE_MAG, "Large Magazine", "magazines"),
    _perk(ECHO, "Echo", "frames"),
    _perk(ECHO_PLUS, "Echo", "frames", tier=3),
    _perk(EMBER, "Ember", "frames"),
    _perk(EMBER_PLUS, "Ember Enhanced", "frames", tier=3),
    _perk(FOREIGN, "Echo", "build_perk", tier=3),
    _perk(LOADER, "Quick Loader", "build_perk"),
    _perk(GREAT_LOADER, "Enhanced Quick Loader", "build_perk", tier=3),
    _perk(STEADY_MOD, "Steady", "v400.weapon.mod_guns"),
    _perk(MASTERWORK, "Masterwork", "v400.plugs.weapons.masterworks.stat.range"),
    _perk(SHINE, "Shine", "shader"),
)
ROLL = (FRAME, BORE, SMALL_MAG, ECHO, EMBER, STEADY_MOD, MASTERWORK)


def definitions(*without: int) -> MemoryDefinitions:
    buckets = [
        BucketDefinition(hash, "A slot") for hash in (hashes.KINETIC, hashes.ENERGY, hashes.POWER, hashes.SHIP, hashes.VAULT)
    ]
    return MemoryDefinitions(
        {
            "InventoryItem": {item.hash: item for item in ITEMS if item.hash not in without},
            "InventoryBucket": {bucket.hash: bucket for bucket in buckets},
        },
        vault={hashes.KINETIC, hashes.ENERGY, hashes.POWER},
    )


def owned(
    *copies: tuple[int, Sequence[int | None]],
    choices: Mapping[int, Mapping[int, Sequence[int]]] | None = None,
    catalogue: Catalogue | None = None,
) -> Profile:
    """Copies by item and plugs, numbered from 1. ``choices``: by number and socket what else they can have."""
    body: dict[str, Any] = {
        "profileInventory": {"data": {"items": [accounts.thing(hash, n) for n, (hash, _) in enumerate(copies, 1)]}, "privacy": 2},
        "itemComponents": {
            "sockets": {"data": {accounts.instance_id(n): accounts.sockets(*plugs) for n, (_, plugs) in enumerate(copies, 1)}},
            "reusablePlugs": {
                "data": {
                    accounts.instance_id(n): {
                        "plugs": {
                            str(socket): [{"plugItemHash": plug, "canInsert": True, "enabled": True} for plug in plugs]
                            for socket, plugs in sockets.items()
                        }
                    }
                    for n, sockets in (choices or {}).items()
                }
            },
        },
    }
    return assemble_profile(accounts.snapshot(accounts.account() | body), catalogue or Catalogue(definitions()))


def number(id: str) -> int:
    """Of a copy, by its id."""
    return int(id) - int(accounts.instance_id(0))
