"""What must always be true of the world: checked after each change from outside, and whenever a test asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.world import VAULT, Account, World

Definition = dict[str, Any]
CAPACITY = {bucket.hash: bucket.capacity for bucket in s.BUCKETS}
CHARACTER_BUCKETS = frozenset(bucket.hash for bucket in s.BUCKETS if bucket.scope == 0)
LABELS = ("exotic_weapon", "exotic_armor")


def broken(world: World, definition: Callable[[int], Definition | None], known_missing: frozenset[int]) -> list[str]:
    """Every broken rule as a sentence; empty when all is well."""
    seen: Counter[str] = Counter(one.id for account in world.accounts for one in account.items if one.id)
    found = [f"instance {id} exists {count} times" for id, count in seen.items() if count > 1]
    return found + [
        f"{account.display_name}: {sentence}"
        for account in world.accounts
        for sentence in _of_account(account, definition, known_missing)
    ]


def _of_account(account: Account, definition: Callable[[int], Definition | None], known_missing: frozenset[int]) -> Iterator[str]:
    held: Counter[tuple[str, int]] = Counter((one.owner, one.bucket) for one in account.items)
    for (owner, bucket), count in held.items():
        capacity = CAPACITY.get(bucket)
        if capacity is not None and count > capacity:
            yield f"bucket {bucket} of {owner or 'the account'} holds {count} of {capacity}"
        if owner and account.character(owner) is None:
            yield f"items belong to {owner}, who does not exist"
    worn: Counter[tuple[str, int]] = Counter((one.owner, one.bucket) for one in account.items if one.equipped)
    for (owner, bucket), count in worn.items():
        if count > 1:
            yield f"{owner} wears {count} items in bucket {bucket}"
    for character in account.characters:
        for bucket in (*s.WEAPON_SLOTS, *s.ARMOR_SLOTS):
            if held[character.id, bucket] and not worn[character.id, bucket]:
                yield f"{character.id} wears nothing in bucket {bucket}"
    labels: Counter[tuple[str, str]] = Counter()
    for one in account.items:
        row = definition(one.hash)
        if row is None:
            if one.hash not in known_missing:
                yield f"nobody knows the hash {one.hash}"
            continue
        if one.quantity < 1 or one.quantity > row.get("inventory", {}).get("maxStackSize", one.quantity):
            yield f"a stack of {one.quantity} of {one.hash}"
        if one.equipped and one.bucket == VAULT:
            yield f"{one.id} is worn in the vault"
        label = row.get("equippingBlock", {}).get("uniqueLabel", "")
        if one.equipped and label in LABELS:
            labels[one.owner, label] += 1
    for (owner, label), count in labels.items():
        if count > 1:
            yield f"{owner} wears {count} of {label}"
