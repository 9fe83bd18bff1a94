"""What the game's definitions say of buckets and items: how much fits where, what may be moved, worn, locked. Nothing is assumed.

A ``Game`` is made of any look-up of definitions (the demo's, a captured manifest's, a test's own), so that the rules of
transfer_rules.py, equip_rules.py and lock_rules.py can be asked without a server.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

Row = dict[str, Any]
Lookup = Callable[[str, int], Row | None]
"""Table ("DestinyInventoryItemDefinition") and hash to definition, or None."""

ITEM_TABLE = "DestinyInventoryItemDefinition"
BUCKET_TABLE = "DestinyInventoryBucketDefinition"
VENDOR_TABLE = "DestinyVendorDefinition"
VAULT_VENDOR = 1037843411
"""The vault is a vendor to the game: its ``acceptedItems`` say which bucket's items it takes (Bungie-net/api #912)."""
GENERAL = 138197802
"""Where the vault's items lie. Only for definitions that leave the vendor's list out."""
ANY_CLASS = 3
LOCKABLE_TYPES = frozenset({2, 3, 21, 22, 24})
"""itemType: armour, weapon, ship, vehicle, ghost. No definition says "lockable"; these are what profiles show so."""
TRACKABLE_TYPES = frozenset({12, 26})
"""itemType: quest step, bounty."""
LOCATION_VAULT, LOCATION_POSTMASTER = 2, 4
ACCOUNT_SCOPE = 1
CATEGORY_EQUIPPABLE = 3
UNLIMITED = 2**31 - 1


class Bucket(msgspec.Struct, frozen=True, kw_only=True):
    """``capacity`` None: unlimited, as nobody knows better. It counts what is worn, too."""

    hash: int
    capacity: int | None = None
    account: bool = False
    """One pocket for all characters."""
    location: int = 1
    fifo: bool = False
    """What is too much pushes the oldest out."""
    transferable: bool = False
    worn: bool = False
    """It is a slot of what a character wears."""

    @property
    def is_vault(self) -> bool:
        return self.location == LOCATION_VAULT

    @property
    def is_postmaster(self) -> bool:
        return self.location == LOCATION_POSTMASTER


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """What all copies of an item have in common. ``bucket``: where it belongs when a character has it."""

    hash: int
    bucket: int = 0
    name: str = ""
    max_stack: int = 1
    unique: str = ""
    """``stackUniqueLabel``: one stack of this label in one inventory."""
    movable: bool = True
    equippable: bool = False
    class_type: int = ANY_CLASS
    label: str = ""
    """``equippingBlock.uniqueLabel``: one worn item of this label on one character."""
    lockable: bool = False
    trackable: bool = False
    side_effects: bool = False
    """Pulling it out of the postmaster does more than move it."""


class Game:
    """Definitions, read once each. ``secret``: definitions that the game has and its manifest lacks."""

    def __init__(self, lookup: Lookup, secret: Callable[[int], Row | None] | None = None) -> None:
        self._lookup = lookup
        self._secret = secret
        self._buckets: dict[int, Bucket] = {}
        self._kinds: dict[int, Kind] = {}
        self._known: dict[int, bool] = {}
        self._vaults: dict[int, int] | None = None

    def bucket(self, hash: int) -> Bucket:
        found = self._buckets.get(hash)
        if found is None:
            found = self._buckets[hash] = _bucket(hash, self._lookup(BUCKET_TABLE, hash))
        return found

    def kind(self, hash: int) -> Kind:
        """A hash that nobody can explain belongs nowhere (bucket 0), moves, and has stacks without limit."""
        found = self._kinds.get(hash)
        if found is None:
            row = self._lookup(ITEM_TABLE, hash) or (self._secret(hash) if self._secret else None)
            found = self._kinds[hash] = self._kind(hash, row) if row else Kind(hash=hash, max_stack=UNLIMITED)
        return found

    def is_known(self, hash: int) -> bool:
        """Whether the manifest that everybody can read has it."""
        found = self._known.get(hash)
        if found is None:
            found = self._known[hash] = self._lookup(ITEM_TABLE, hash) is not None
        return found

    def vault_of(self, bucket: int) -> int:
        """The bucket of the vault that takes what belongs in ``bucket``, or 0 where the vault takes none of it."""
        if self._vaults is None:
            row = self._lookup(VENDOR_TABLE, VAULT_VENDOR) or {}
            rows = row.get("acceptedItems") or ()
            self._vaults = {one["acceptedInventoryBucketHash"]: one["destinationInventoryBucketHash"] for one in rows}
        if self._vaults:
            return self._vaults.get(bucket, 0)
        return GENERAL if self.bucket(bucket).transferable else 0

    def _kind(self, hash: int, row: Row) -> Kind:
        """Excerpts of real manifests leave much out: then the bucket tells what is worn, and stacks have no limit."""
        inventory = row.get("inventory", {})
        bucket = int(inventory.get("bucketTypeHash", 0))
        return Kind(
            hash=hash,
            bucket=bucket,
            name=row.get("displayProperties", {}).get("name", ""),
            max_stack=max(1, int(inventory.get("maxStackSize", UNLIMITED))),
            unique=inventory.get("stackUniqueLabel", ""),
            movable=not row.get("nonTransferrable", False),
            equippable=bool(row.get("equippable", self.bucket(bucket).worn)),
            class_type=int(row.get("classType", ANY_CLASS)),
            label=row.get("equippingBlock", {}).get("uniqueLabel", ""),
            lockable=row.get("itemType") in LOCKABLE_TYPES,
            trackable=row.get("itemType") in TRACKABLE_TYPES,
            side_effects=bool(row.get("doesPostmasterPullHaveSideEffects", False)),
        )


def _bucket(hash: int, row: Row | None) -> Bucket:
    if row is None:
        return Bucket(hash=hash)
    return Bucket(
        hash=hash,
        capacity=int(row["itemCount"]) if "itemCount" in row else None,
        account=row.get("scope") == ACCOUNT_SCOPE,
        location=int(row.get("location", 1)),
        fifo=bool(row.get("fifo")),
        transferable=bool(row.get("hasTransferDestination")),
        worn=row.get("category") == CATEGORY_EQUIPPABLE,
    )
