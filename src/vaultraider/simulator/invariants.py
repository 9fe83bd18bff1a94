"""What must always be true of the world: checked after each write, and whenever a test asks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from vaultraider.simulator.game import Game
from vaultraider.simulator.world import Account, World


def broken(world: World, game: Game, known_missing: frozenset[int] = frozenset()) -> list[str]:
    """Every broken rule as a sentence; empty when all is well. ``known_missing``: hashes that the manifest may lack."""
    seen: Counter[str] = Counter(one.id for account in world.accounts for one in account.items if one.id)
    found = [f"instance {id} exists {count} times" for id, count in seen.items() if count > 1]
    return found + [
        f"{account.display_name}: {sentence}"
        for account in world.accounts
        for sentence in broken_in(account, game, known_missing)
        if not sentence.startswith("instance ")
    ]


def broken_in(account: Account, game: Game, known_missing: frozenset[int] = frozenset()) -> list[str]:
    """The same for one account: a write touches no other. Some two milliseconds for 1,400 items."""
    held: defaultdict[tuple[str, int], int] = defaultdict(int)
    worn: defaultdict[tuple[str, int], int] = defaultdict(int)
    slots: set[tuple[str, int]] = set()
    labels: defaultdict[tuple[str, str], int] = defaultdict(int)
    ids: set[str] = set()
    found: list[str] = []
    for one in account.items:
        place = (one.owner, one.bucket)
        kind = game.kind(one.hash)
        held[place] += 1
        if one.id:
            if one.id in ids:
                found.append(f"instance {one.id} exists more than once")
            ids.add(one.id)
        if not 1 <= one.quantity <= kind.max_stack:
            found.append(f"a stack of {one.quantity} of {one.hash}")
        if kind.equippable and one.owner and one.bucket == kind.bucket:
            slots.add(place)
        if one.equipped:
            worn[place] += 1
            if game.bucket(one.bucket).is_vault:
                found.append(f"{one.id} is worn in the vault")
            if kind.label:
                labels[one.owner, kind.label] += 1
        if not game.is_known(one.hash) and one.hash not in known_missing:
            found.append(f"nobody knows the hash {one.hash}")
    found += [f"{owner} wears {count} of {label}" for (owner, label), count in labels.items() if count > 1]
    return [*found, *_overfull(account, game, held), *_undressed(slots | worn.keys(), worn)]


def _overfull(account: Account, game: Game, held: dict[tuple[str, int], int]) -> Iterator[str]:
    owners = {"", *(one.id for one in account.characters)}
    for (owner, bucket), count in held.items():
        capacity = game.bucket(bucket).capacity
        if capacity is not None and count > capacity:
            yield f"bucket {bucket} of {owner or 'the account'} holds {count} of {capacity}"
        if owner not in owners:
            yield f"items belong to {owner}, who does not exist"


def _undressed(slots: set[tuple[str, int]], worn: dict[tuple[str, int], int]) -> Iterator[str]:
    for owner, bucket in slots:
        count = worn.get((owner, bucket), 0)
        if count != 1:
            yield f"{owner} wears {count or 'nothing'}{' items' if count else ''} in bucket {bucket}"


def totals(account: Account) -> dict[int, int]:
    """How many of each hash the account has, wherever they lie: no transfer changes it."""
    found: defaultdict[int, int] = defaultdict(int)
    for one in account.items:
        found[one.hash] += one.quantity
    return dict(found)
