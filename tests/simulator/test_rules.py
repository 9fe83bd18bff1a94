"""The rules without a server: definitions of a test's own, capacities and labels from them, and chance over long evenings."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultraider.simulator.answers import ApiError
from vaultraider.simulator.deeds import DEEDS, play
from vaultraider.simulator.demo.cast import demo_world
from vaultraider.simulator.equip_rules import equip_item, equip_items
from vaultraider.simulator.game import BUCKET_TABLE, ITEM_TABLE, VENDOR_TABLE, Game
from vaultraider.simulator.invariants import broken, broken_in, totals
from vaultraider.simulator.lock_rules import set_lock_state, set_tracked_state
from vaultraider.simulator.player import PlayerError
from vaultraider.simulator.requests import (
    EquipManyRequest,
    ItemRequest,
    PullRequest,
    StateRequest,
    TransferRequest,
)
from vaultraider.simulator.sources import DemoSource
from vaultraider.simulator.transfer_rules import pull_from_postmaster, transfer_item
from vaultraider.simulator.world import VAULT, Account, Character, Item, World

HAND, POCKET, BADGE = 1, 2, 3
SWORD, COIN, PIN, ODD = 11, 12, 13, 14


def definitions(**capacity: int) -> dict[str, dict[int, dict[str, Any]]]:
    """A small game of its own: hands, a shared pocket, badges that the vault does not take, a vault."""
    room = {"hand": 3, "pocket": 2, "badge": 2, "vault": 4} | capacity
    return {
        BUCKET_TABLE: {
            HAND: {"itemCount": room["hand"], "scope": 0, "location": 1, "category": 3, "hasTransferDestination": True},
            POCKET: {"itemCount": room["pocket"], "scope": 1, "location": 0, "hasTransferDestination": True},
            BADGE: {"itemCount": room["badge"], "scope": 0, "location": 1, "hasTransferDestination": False},
            VAULT: {"itemCount": room["vault"], "scope": 1, "location": 2},
        },
        ITEM_TABLE: {
            SWORD: {"inventory": {"bucketTypeHash": HAND, "maxStackSize": 1}, "equippable": True},
            COIN: {"inventory": {"bucketTypeHash": POCKET, "maxStackSize": 10}},
            PIN: {"inventory": {"bucketTypeHash": BADGE, "maxStackSize": 1}},
        },
        VENDOR_TABLE: {},
    }


def small(tables: dict[str, dict[int, dict[str, Any]]], items: list[Item]) -> tuple[World, Account, Game]:
    character = Character(
        id="1", nickname="A", class_type=0, race_type=0, gender_type=0, emblem=0, last_played="", minutes_total=0
    )
    account = Account(type=3, id="9", display_name="A", person="8", characters=[character], items=items)
    return World(accounts=[account]), account, Game(lambda table, hash: tables[table].get(hash))


def swords(count: int, bucket: int = HAND, owner: str = "1") -> list[Item]:
    return [
        Item(hash=SWORD, id=f"7{place}{bucket}", bucket=bucket, owner=owner, equipped=bucket == HAND and place == 0)
        for place in range(count)
    ]


def send(item: Item, *, vault: bool, quantity: int = 1) -> TransferRequest:
    return TransferRequest(
        item_reference_hash=item.hash,
        item_id=int(item.id or 0),
        stack_size=quantity,
        transfer_to_vault=vault,
        character_id=1,
        membership_type=3,
    )


@pytest.mark.parametrize(("room", "code"), [(3, 1642), (4, 1), (10, 1)])
def test_capacities_come_from_definitions(room: int, code: int) -> None:
    stored = swords(1, VAULT, "")[0]
    world, account, game = small(definitions(hand=room), [*swords(3), stored])
    try:
        moved = transfer_item(world, account, game, send(stored, vault=False))
        found = 1
        assert (moved.source.bucket, moved.target, moved.item) == (VAULT, ("1", HAND), stored)
    except ApiError as refusal:
        found = refusal.number
    assert found == code
    assert world.revision == (2 if code == 1 else 1)


def test_the_vault_takes_what_its_vendor_says() -> None:
    """The vendor's list, where there is one; else what the buckets say."""
    tables = definitions()
    pin = Item(hash=PIN, id="5", bucket=BADGE, owner="1")
    world, account, game = small(tables, [pin])
    with pytest.raises(ApiError) as refusal:
        transfer_item(world, account, game, send(pin, vault=True))
    assert refusal.value.number == 1627
    tables[VENDOR_TABLE][1037843411] = {
        "acceptedItems": [{"acceptedInventoryBucketHash": BADGE, "destinationInventoryBucketHash": VAULT}]
    }
    world, account, game = small(tables, [pin])
    transfer_item(world, account, game, send(pin, vault=True))
    assert pin.bucket == VAULT


@pytest.mark.parametrize(
    ("pocket", "stored", "sent", "code", "left"),
    [
        ([10, 10], [5], 5, 1642, [10, 10]),
        ([10, 6], [5], 4, 1, [10, 10]),
        ([10, 6], [5], 5, 1642, [6, 10]),
        ([10], [5], 5, 1, [5, 10]),
        ([], [10, 10, 1], 21, 1642, []),
        ([], [10, 10, 1], 20, 1, [10, 10]),
        ([3], [10, 10], 17, 1, [10, 10]),
        ([3], [10, 10], 18, 1642, [3]),
        ([], [7], 8, 1623, []),
        ([], [7], 0, 18, []),
    ],
)
def test_stacks(pocket: list[int], stored: list[int], sent: int, code: int, left: list[int]) -> None:
    items = [Item(hash=COIN, quantity=quantity, bucket=POCKET) for quantity in pocket]
    items += [Item(hash=COIN, quantity=quantity, bucket=VAULT) for quantity in stored]
    world, account, game = small(definitions(), items)
    before = totals(account)
    try:
        transfer_item(world, account, game, send(Item(hash=COIN, bucket=VAULT), vault=False, quantity=sent))
        found = 1
    except ApiError as refusal:
        found = refusal.number
    assert (found, sorted(one.quantity for one in account.items if one.bucket == POCKET)) == (code, left)
    assert totals(account) == before
    assert broken(world, game) == []


def test_a_hash_without_definition_moves_out_but_not_back() -> None:
    """Where it belongs is known as long as it lies there."""
    odd = Item(hash=ODD, id="7", bucket=HAND, owner="1")
    world, account, game = small(definitions(), [*swords(1), odd])
    transfer_item(world, account, game, send(odd, vault=True))
    with pytest.raises(ApiError) as refusal:
        transfer_item(world, account, game, send(odd, vault=False))
    assert refusal.value.number == 1627
    assert broken_in(account, game) == [f"nobody knows the hash {ODD}"]


Spot = tuple[Game, World, Account, random.Random]


def _some(account: Account, dice: random.Random, chance: float = 0.6) -> tuple[Item, int]:
    """An item, and mostly a character that has to do with it."""
    item = dice.choice(account.items)
    ids = [one.id for one in account.characters]
    return item, int(item.owner if item.owner and dice.random() < chance else dice.choice([*ids, "1"]))


def _transfer(game: Game, world: World, account: Account, dice: random.Random) -> None:
    item, character = _some(account, dice)
    transfer_item(
        world,
        account,
        game,
        TransferRequest(
            item_reference_hash=item.hash,
            item_id=int(item.id or 0),
            stack_size=dice.choice([1, 1, item.quantity, 3 * item.quantity, -1, 0]),
            transfer_to_vault=(item.bucket != VAULT) is (dice.random() < 0.9),
            character_id=character,
        ),
    )


def _pull(game: Game, world: World, account: Account, dice: random.Random) -> None:
    waiting = [one for one in account.items if game.bucket(one.bucket).is_postmaster]
    item = dice.choice(waiting or account.items)
    request = PullRequest(
        item_reference_hash=item.hash, item_id=int(item.id or 0), stack_size=item.quantity, character_id=int(item.owner or 1)
    )
    pull_from_postmaster(world, account, game, request)


def _equip(game: Game, world: World, account: Account, dice: random.Random) -> None:
    item, character = _some(account, dice, 0.95)
    equip_item(world, account, game, ItemRequest(item_id=int(item.id or 0), character_id=character))


def _equip_many(game: Game, world: World, account: Account, dice: random.Random) -> None:
    who = dice.choice(account.characters)
    mine = [int(one.id) for one in account.items if one.owner == who.id and one.id]
    request = EquipManyRequest(item_ids=dice.sample(mine, min(12, len(mine))), character_id=int(who.id))
    equip_items(world, account, game, request)


def _flag(game: Game, world: World, account: Account, dice: random.Random) -> None:
    item, character = _some(account, dice)
    request = StateRequest(item_id=int(item.id or 0), character_id=character, state=dice.random() < 0.5)
    dice.choice([set_lock_state, set_tracked_state])(world, account, game, request)


def _play(game: Game, world: World, account: Account, dice: random.Random) -> None:
    deed = dice.choice([one for one in DEEDS if one not in ("delete", "use", "find", "fill", "fill_postmaster")])
    play(world, account, game, deed, {"count": dice.randint(1, 4), "character": dice.choice(account.characters).id})


@given(seed=st.integers(0, 10_000), who=st.sampled_from(["Marrow", "Hoarder", "Private"]))
@settings(max_examples=12, deadline=None)
def test_no_evening_breaks_a_rule(seed: int, who: str) -> None:
    """Whatever is asked in whatever order: refused and unchanged, or done and whole."""
    source, dice = DemoSource(), random.Random(seed)
    game, world = source.game, demo_world(seed % 3, 1_795_000_000.0)
    account = world.find_account(who)
    assert account is not None
    before, done = totals(account), 0
    for _ in range(120):
        revision = world.revision
        try:
            dice.choice([_transfer, _transfer, _pull, _equip, _equip_many, _flag, _play])(game, world, account, dice)
        except (ApiError, PlayerError):
            assert world.revision == revision
        done += world.revision - revision
        assert broken_in(account, game, source.missing()) == []
        assert totals(account) == before
    assert done > 10
    assert broken(world, game, source.missing()) == []
