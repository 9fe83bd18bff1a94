"""Slots: which there are, how they group, and where an item lies.

The bucket tells the vault from the pocket, never ``location``: account-wide consumables carry ``location`` 2 (vault) while
they lie in their pocket. No bucket is ever dropped: one that we do not know goes to the group "other".
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import UNSET

from vaultraider.domain import hashes
from vaultraider.domain.definitions import BucketDefinition, Definitions
from vaultraider.domain.profile_parts import Bucket, Group, Place

VAULT_STORE = "vault"
ACCOUNT_STORE = "account"

KNOWN: dict[int, tuple[Group, str]] = {
    hashes.KINETIC: ("weapons", "Kinetic weapons"),
    hashes.ENERGY: ("weapons", "Energy weapons"),
    hashes.POWER: ("weapons", "Power weapons"),
    hashes.HELMET: ("armor", "Helmet"),
    hashes.GAUNTLETS: ("armor", "Gauntlets"),
    hashes.CHEST: ("armor", "Chest armour"),
    hashes.LEGS: ("armor", "Leg armour"),
    hashes.CLASS_ITEM: ("armor", "Class item"),
    hashes.SUBCLASS: ("general", "Subclass"),
    hashes.GHOST: ("general", "Ghost"),
    hashes.ARTIFACT: ("general", "Artifact"),
    hashes.VEHICLE: ("general", "Vehicle"),
    hashes.SHIP: ("general", "Ships"),
    hashes.EMBLEM: ("general", "Emblems"),
    hashes.EMOTE: ("general", "Emotes"),
    hashes.FINISHER: ("general", "Finishers"),
    hashes.CLAN_BANNER: ("general", "Clan banners"),
    hashes.CONSUMABLES: ("inventory", "Consumables"),
    hashes.MODIFICATIONS: ("inventory", "Modifications"),
    hashes.MATERIALS: ("inventory", "Materials"),
    hashes.ENGRAMS: ("inventory", "Engrams"),
    hashes.QUESTS: ("inventory", "Quests"),
    hashes.POSTMASTER: ("postmaster", "Postmaster"),
    hashes.SPECIAL_ORDERS: ("postmaster", "Special orders"),
    hashes.MESSAGES: ("postmaster", "Messages"),
}
"""In display order; the name is used only where the manifest has none."""

ALWAYS_SHOWN = (*hashes.GEAR_BUCKETS, hashes.GHOST, hashes.VEHICLE, hashes.SHIP, hashes.CONSUMABLES, hashes.MODIFICATIONS)
"""So that the page keeps its rows when one of them is empty."""

_POSITION = {hash: position for position, hash in enumerate(KNOWN)}
_UNKNOWN_POSITION = len(_POSITION)
POSTMASTER_LOCATION = 4


def place_of(bucket: int, location: int, holder: str, equipped: bool) -> tuple[str, Place]:
    """Store and place of an item. ``bucket`` is where it is now; ``holder`` a character's id, or "" for the account's list."""
    if bucket in hashes.POSTMASTER_BUCKETS or location == POSTMASTER_LOCATION:
        return holder or ACCOUNT_STORE, "postmaster"
    if holder:
        return holder, "equipped" if equipped else "inventory"
    if bucket == hashes.VAULT:
        return VAULT_STORE, "vault"
    return ACCOUNT_STORE, "inventory"


def describe_buckets(used: Iterable[int], definitions: Definitions, vaulted: frozenset[int]) -> list[Bucket]:
    """The slots to show: those that always are, and every one that an item is in, in display order."""
    wanted = set(ALWAYS_SHOWN).union(used)
    order: dict[int, tuple[int, int, int]] = {}
    found: list[Bucket] = []
    for hash in wanted:
        row = definitions.bucket(hash)
        order[hash] = (_POSITION.get(hash, _UNKNOWN_POSITION), row.order if row else 0, hash)
        found.append(_describe(hash, row, vaulted))
    return sorted(found, key=lambda bucket: order[bucket.hash])


def _describe(hash: int, row: BucketDefinition | None, vaulted: frozenset[int]) -> Bucket:
    group, name = KNOWN.get(hash, ("other", "Without a slot" if hash in (0, hashes.VAULT) else f"Bucket {hash}"))
    known_by_name = row is not None and row.name and hash != hashes.VAULT
    return Bucket(
        hash=hash,
        name=row.name if row is not None and known_by_name else name,
        group=group,
        capacity=row.capacity if row is not None and row.capacity > 0 and hash != hashes.VAULT else UNSET,
        account=True if row is not None and row.scope == 1 else UNSET,
        vault=True if hash in vaulted else UNSET,
    )


def capacity_of(hash: int, definitions: Definitions) -> int:
    """How many slots, from the definitions; 0 where they do not say."""
    row = definitions.bucket(hash)
    return row.capacity if row else 0


def vault_accepts(definitions: Definitions) -> frozenset[int]:
    """Buckets whose items the vault takes: the vault vendor's list, or, where the manifest lacks it, the buckets' own word."""
    listed = definitions.vault_buckets
    return listed or frozenset(row.hash for row in definitions.buckets() if row.transferable)
