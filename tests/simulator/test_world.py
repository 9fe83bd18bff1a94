"""The demo world holds what a page must be able to show, obeys the rules, and is the same for the same seed."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import httpx2
import pytest
from tests.simulator.conftest import KEYED
from tests.simulator.controls import Controls

from vaultraider.simulator import Simulator
from vaultraider.simulator.component_numbers import KNOWN
from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.demo.cast import demo_world
from vaultraider.simulator.demo.tables import catalogue, tables
from vaultraider.simulator.game import Game
from vaultraider.simulator.invariants import broken
from vaultraider.simulator.live_stats import interpolate
from vaultraider.simulator.sources import DemoSource
from vaultraider.simulator.world import VAULT, Account, Item, World

NOW = 1_795_000_000.0
ITEMS = catalogue().book.tables["DestinyInventoryItemDefinition"]


@pytest.fixture(scope="module")
def world() -> World:
    return demo_world(1, NOW)


@pytest.fixture(scope="module")
def marrow(world: World) -> Account:
    found = world.find_account("Marrow#4417")
    assert found is not None
    return found


@pytest.mark.parametrize("seed", [1, 2, 77])
def test_the_rules_hold(seed: int) -> None:
    source = DemoSource()
    assert broken(demo_world(seed, NOW), Game(source.lookup), source.missing()) == []


def test_the_rules_notice(world: World) -> None:
    source = DemoSource()

    def after(change: Any) -> list[str]:
        fresh = demo_world(1, NOW)
        change(fresh.accounts[0])
        return broken(fresh, Game(source.lookup), source.missing())

    def double(account: Account) -> None:
        account.items.append(account.items[0])

    def overfill(account: Account) -> None:
        account.items += [Item(hash=one.hash, id=f"9{one.id}", bucket=VAULT) for one in account.vault()]

    def undress(account: Account) -> None:
        next(one for one in account.items if one.equipped).equipped = False

    def two_exotics(account: Account) -> None:
        me = account.characters[0].id
        for slot in s.WEAPON_SLOTS:
            mine = [one for one in account.items if one.owner == me and one.bucket == slot]
            for one in mine:
                one.equipped = ITEMS[one.hash]["inventory"]["tierType"] == 6

    def fat_stack(account: Account) -> None:
        next(one for one in account.items if not one.id).quantity = 10**6

    def stranger(account: Account) -> None:
        account.items.append(Item(hash=5, id="5", bucket=VAULT))

    for change in (double, overfill, undress, two_exotics, fat_stack, stranger):
        assert after(change), change.__name__


def test_the_fireteam(marrow: Account) -> None:
    assert [(one.nickname, one.class_type) for one in marrow.characters] == [("Brannoch", 0), ("Ilse Varr", 1), ("Odalys", 2)]
    assert len(marrow.vault()) == 904
    for character in marrow.characters:
        held = Counter(one.bucket for one in marrow.items if one.owner == character.id)
        assert {held[slot] for slot in (*s.WEAPON_SLOTS, *s.ARMOR_SLOTS)} == {10}
    waiting = [
        sum(1 for one in marrow.items if one.owner == each.id and one.bucket == s.POSTMASTER) for each in marrow.characters
    ]
    assert waiting == [17, 3, 0]


def test_the_others(world: World) -> None:
    def account(who: str) -> Account:
        found = world.find_account(who)
        assert found is not None
        return found

    assert account("Newcomer").characters == []
    assert account("Newcomer").items == []
    assert len(account("Hoarder").vault()) == 1000
    assert [one.type for one in world.accounts_of("17429803")] == [3, 2]


def test_every_kind_of_thing_is_owned(marrow: Account) -> None:
    rows = [ITEMS[one.hash] for one in marrow.items if one.hash in ITEMS]
    assert {row["itemType"] for row in rows} >= {2, 3, 8, 9, 10, 12, 14, 16, 17, 19, 21, 22, 23, 24, 25, 26, 28, 29, 7, 20, 0}
    assert {row["inventory"]["tierType"] for row in rows} >= {2, 3, 4, 5, 6}
    assert {row["itemSubType"] for row in rows if row["itemType"] == 3} == {
        *(6, 7, 8, 9, 10, 11, 12, 13, 14, 17, 18, 22, 23, 24, 25, 31, 33)
    }
    assert {row["defaultDamageType"] for row in rows if row["itemType"] == 3} == {1, 2, 3, 4, 6, 7}
    assert {row["equippingBlock"]["ammoType"] for row in rows if row["itemType"] == 3} == {1, 2, 3}
    assert {row["classType"] for row in rows if row["itemType"] == 2} >= {0, 1, 2}
    held = {one.bucket for one in marrow.items}
    assert held >= {s.GENERAL, s.CONSUMABLES, s.MODIFICATIONS, s.QUESTS, s.ENGRAMS, s.POSTMASTER, s.SPECIAL_ORDERS, s.MESSAGES}
    assert held >= {s.SUBCLASS, s.EMBLEMS, s.FINISHERS, s.ARTIFACTS, s.EMOTES, s.CLAN_BANNERS, s.NAMELESS}


def test_the_odd_things_are_owned(marrow: Account) -> None:
    vault = marrow.vault()
    names = [ITEMS[one.hash]["displayProperties"]["name"] for one in vault if one.hash in ITEMS]
    assert "" in names
    assert any(len(name) > 100 for name in names)
    assert any("<script>" in name for name in names)
    assert any(re.search("[\u0590-\u06ff]", name) for name in names)
    assert any(re.search("[\u3040-\u9fff]", name) for name in names)
    assert sum(1 for one in vault if one.hash not in ITEMS) == 3
    assert sum(1 for one in vault if one.hash in ITEMS and ITEMS[one.hash]["redacted"]) == 2
    for flag in ("locked", "masterwork", "crafted"):
        assert any(getattr(one, flag) for one in vault), flag
    assert any(one.tracked for one in marrow.items)
    assert {one.gear_tier for one in vault} >= {0, 1, 2, 3, 4, 5}
    stacks = Counter(one.hash for one in marrow.items if not one.id)
    assert max(stacks.values()) >= 3
    assert any(len(plugs) == 3 for one in vault for plugs in one.choices.values())
    assert {"exotic_weapon", "exotic_armor"} <= {
        ITEMS[one.hash].get("equippingBlock", {}).get("uniqueLabel") for one in vault if one.hash in ITEMS
    }


def test_every_copy_has_its_whole_definition(marrow: Account) -> None:
    known = catalogue().book.tables
    for one in marrow.items:
        row = ITEMS.get(one.hash)
        if row is None or row["redacted"] or row["itemType"] not in (2, 3) or row["itemSubType"] == 19:
            continue
        entries = row["sockets"]["socketEntries"]
        assert len(one.plugs) == len(entries) >= 8
        assert row["stats"]["statGroupHash"] in known["DestinyStatGroupDefinition"]
        for place, plug in enumerate(one.plugs):
            assert not plug or plug in ITEMS
            assert entries[place]["socketTypeHash"] in known["DestinySocketTypeDefinition"]
            for key in ("randomizedPlugSetHash", "reusablePlugSetHash"):
                assert key not in entries[place] or entries[place][key] in known["DestinyPlugSetDefinition"]
        for place, offered in one.choices.items():
            assert one.plugs[place] in offered


def test_plugs_fit_their_sockets(marrow: Account) -> None:
    known = catalogue().book.tables["DestinySocketTypeDefinition"]
    for one in marrow.items:
        entries = ITEMS.get(one.hash, {}).get("sockets", {}).get("socketEntries", [])
        for plug, entry in zip(one.plugs, entries, strict=False):
            allowed = {row["categoryHash"] for row in known[entry["socketTypeHash"]]["plugWhitelist"]}
            if plug and not ITEMS[plug]["plug"]["isDummyPlug"]:
                assert ITEMS[plug]["plug"]["plugCategoryHash"] in allowed, (ITEMS[one.hash]["displayProperties"], plug)


def test_hashes_use_all_of_32_bits() -> None:
    assert any(hash >= 2**31 for hash in ITEMS)
    assert any(hash < 2**31 for hash in ITEMS)
    assert len(ITEMS) >= 600


def test_the_structure_is_bungies() -> None:
    buckets = catalogue().book.tables["DestinyInventoryBucketDefinition"]
    assert {hash: buckets[hash]["itemCount"] for hash in (138197802, 215593132, 1469714392, 1498876634)} == {
        138197802: 1000,
        215593132: 21,
        1469714392: 50,
        1498876634: 10,
    }
    vendor = catalogue().book.tables["DestinyVendorDefinition"][1037843411]
    assert {row["acceptedInventoryBucketHash"] for row in vendor["acceptedItems"]} == set(s.VAULTABLE)
    assert 2190858386 in catalogue().book.tables["DestinyVendorDefinition"]


def test_texts_are_translated_but_names_are_not() -> None:
    german = tables("de")
    row = next(row for row in german["DestinyInventoryItemDefinition"].values() if row["displayProperties"]["name"] == "Halyard")
    assert row["itemTypeAndTierDisplayName"] == "Automatikgewehr (Legendär)"
    assert ITEMS[row["hash"]]["itemTypeAndTierDisplayName"] == "Legendary Auto Rifle"


@pytest.mark.parametrize(("value", "shown"), [(0, 10), (25, 20), (50, 30), (75, 65), (100, 100), (140, 100)])
def test_interpolation(value: int, shown: int) -> None:
    points = [{"value": 0, "weight": 10}, {"value": 50, "weight": 30}, {"value": 100, "weight": 100}]
    assert interpolate(value, {"maximumValue": 100, "displayInterpolation": points}) == shown


def test_same_seed_same_clock_same_requests_same_bytes() -> None:
    """Byte for byte, over sign-in, profiles, changes and the manifest."""

    def evening(seed: int) -> list[bytes]:
        components = ",".join(str(number) for number in sorted(KNOWN))
        with Simulator(seed=seed, clock="2026-11-22T15:00:00Z") as simulator:
            controls = Controls(simulator)
            tokens = controls.tokens()
            headers = KEYED | {"Authorization": f"Bearer {tokens['access_token']}"}
            bodies = [str(tokens).encode()]
            for path in (
                "User/GetMembershipsForCurrentUser/",
                "Destiny2/254/Profile/17429800/LinkedProfiles/",
                f"Destiny2/3/Profile/4611686018467000101/?components={components}",
                "Destiny2/Manifest/",
                "Settings/",
                "Nothing/",
            ):
                bodies.append(httpx2.get(f"{simulator.url}/Platform/{path}", headers=headers, timeout=30).content)
                controls.happen("external_mutation", deed="find", count=2)
                controls.advance(31)
            return bodies

    first = evening(1)
    assert first == evening(1)
    assert first != evening(2)
