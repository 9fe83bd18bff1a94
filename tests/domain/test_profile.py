"""A snapshot joined with definitions: every item in its place, nothing dropped, nothing invented."""

from __future__ import annotations

from typing import Any

import pytest
from tests.domain import accounts as a
from tests.domain.accounts import HUNTER, TITAN

from vaultraider.domain import hashes
from vaultraider.domain.buckets import KNOWN, place_of
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.profile import Profile, assemble_profile, hashes_named
from vaultraider.domain.profile_parts import Item


@pytest.fixture
def profile() -> Profile:
    return assemble_profile(a.snapshot(), Catalogue(a.definitions()), nicknames={TITAN: "Brannoch"}, clan="Night Watch")


def item(profile: Profile, number: int) -> Item:
    entry = profile.find(a.instance_id(number))
    assert entry is not None
    return entry.item


PLACES = [
    (1, "vault", "vault", hashes.KINETIC),
    (3, "vault", "vault", hashes.VAULT),
    (5, TITAN, "inventory", hashes.KINETIC),
    (8, TITAN, "inventory", 777),
    (10, TITAN, "equipped", hashes.HELMET),
    (11, HUNTER, "equipped", hashes.KINETIC),
]


@pytest.mark.parametrize(("number", "store", "place", "bucket"), PLACES)
def test_where_items_are(profile: Profile, number: int, store: str, place: str, bucket: int) -> None:
    found = item(profile, number)
    assert (found.store, found.place, found.bucket) == (store, place, bucket)


def test_the_bucket_tells_the_pocket_from_the_vault() -> None:
    """Account-wide consumables say ``location`` 2, vault, and lie in their pocket."""
    assert place_of(hashes.CONSUMABLES, 2, "", False) == ("account", "inventory")
    assert place_of(hashes.VAULT, 2, "", False) == ("vault", "vault")
    assert place_of(hashes.SPECIAL_ORDERS, 4, "", False) == ("account", "postmaster")
    assert place_of(hashes.POSTMASTER, 4, TITAN, False) == (TITAN, "postmaster")
    assert place_of(hashes.MESSAGES, 4, TITAN, False) == (TITAN, "postmaster")


def test_everything_that_came_is_there(profile: Profile) -> None:
    body = a.account()
    came = len(body["profileInventory"]["data"]["items"])
    for part in ("characterInventories", "characterEquipment"):
        came += sum(len(listed["items"]) for listed in body[part]["data"].values())
    assert len(profile.entries) == came == 17
    assert len({entry.item.id for entry in profile.entries}) == came
    shown = {bucket.hash for bucket in profile.buckets}
    assert {entry.item.bucket for entry in profile.entries} <= shown


def test_unknown_buckets_go_to_other(profile: Profile) -> None:
    groups = {bucket.hash: (bucket.group, bucket.name) for bucket in profile.buckets}
    assert groups[777] == ("other", "Tea chest")
    assert groups[hashes.VAULT] == ("other", "Without a slot")
    assert groups[hashes.KINETIC][0] == "weapons"


def test_buckets_come_in_display_order_with_their_facts(profile: Profile) -> None:
    assert [bucket.group for bucket in profile.buckets] == sorted(
        (bucket.group for bucket in profile.buckets),
        key=["weapons", "armor", "general", "inventory", "postmaster", "other"].index,
    )
    facts = {bucket.hash: (bucket.capacity, bucket.account, bucket.vault) for bucket in profile.buckets}
    assert facts[hashes.KINETIC][0] == 10
    assert facts[hashes.KINETIC][2] is True
    assert facts[hashes.CONSUMABLES] == (50, True, True)


ORIGIN_CATEGORIES = {
    "Primary Weapons": hashes.KINETIC, "Special Weapons": hashes.ENERGY, "Heavy Weapons": hashes.POWER, "Ghost": hashes.GHOST,
    "Helmet": hashes.HELMET, "Gauntlets": hashes.GAUNTLETS, "Chest Armor": hashes.CHEST, "Leg Armor": hashes.LEGS,
    "Class Armor": hashes.CLASS_ITEM, "Artifacts": hashes.ARTIFACT, "Vehicle": hashes.VEHICLE, "Sparrow Horn": hashes.VEHICLE,
    "Ships": hashes.SHIP, "Shaders": hashes.MODIFICATIONS, "Emblems": hashes.EMBLEM, "Emotes": hashes.EMOTE,
    "Weapon Bundles": hashes.CONSUMABLES, "Materials": hashes.CONSUMABLES, "Consumables": hashes.CONSUMABLES,
    "Ornaments": hashes.MODIFICATIONS,
}  # fmt: skip
"""The twenty categories of Destiny's first vault pages, and the bucket that holds such things today."""


def test_none_of_the_twenty_categories_is_lost() -> None:
    assert len(ORIGIN_CATEGORIES) == 20
    assert all(KNOWN[bucket][0] != "other" for bucket in ORIGIN_CATEGORIES.values())


def test_facts_of_a_copy(profile: Profile) -> None:
    rifle = item(profile, 1)
    assert (rifle.power, rifle.element, rifle.state) == (530, "kinetic", 5)
    assert (rifle.locked, rifle.masterwork) == (True, True)
    assert item(profile, 5).gear_tier == 3
    assert item(profile, 10).energy == 10
    assert item(profile, 4).power == 542, "a hidden item's power is in level and quality"


STUCK = [(1, None), (5, None), (10, "equipped"), (7, "no-vault-slot"), (12, "not-transferrable"), (3, None), (8, None)]


@pytest.mark.parametrize(("number", "reason"), STUCK)
def test_what_cannot_move_says_why(profile: Profile, number: int, reason: str | None) -> None:
    found = item(profile, number).stuck
    assert (found if isinstance(found, str) else None) == reason


def test_the_postmaster_gives_all_but_traps(profile: Profile) -> None:
    found = {entry.item.hash: entry.item.stuck for entry in profile.entries if entry.item.place == "postmaster"}
    assert found[a.TRAP] == "pull-side-effects"
    assert not isinstance(found[a.CORE], str)


def test_stats_count_what_is_plugged_and_enabled(profile: Profile) -> None:
    def shown(number: int) -> Any:
        stats = item(profile, number).stats
        return {stat.hash: (stat.value, stat.base) for stat in stats} if isinstance(stats, tuple) else None

    assert shown(1) == {a.RANGE: (60, 40), hashes.MAGAZINE: (15, 15)}, "barrel and masterwork; the shader changes nothing"
    assert shown(5) == {a.RANGE: (50, 40), hashes.MAGAZINE: (15, 15)}, "the masterwork is not enabled"
    assert shown(10) == dict.fromkeys(hashes.ARMOR_STAT_HASHES, (10, 10)) | {hashes.TOTAL: (60, 60)}
    assert shown(11) is None, "one plug is unknown: no number rather than a wrong one"


def test_visible_plugs_in_socket_order(profile: Profile) -> None:
    assert item(profile, 1).plugs == (a.BARREL, a.MAGWORK, a.SHADER)
    assert not isinstance(item(profile, 10).plugs, tuple)


def test_stacks_are_numbered_fullest_first(profile: Profile) -> None:
    stacks = {entry.item.id: entry.item.quantity for entry in profile.entries if entry.item.hash == a.CORE}
    assert stacks == {
        f"s-{a.CORE}-vault-0": 999,
        f"s-{a.CORE}-account-0": 999,
        f"s-{a.CORE}-account-1": 12,
        f"s-{a.CORE}-{TITAN}-0": 5,
    }


def test_an_instance_that_came_twice_is_there_once() -> None:
    """Bungie's servers cache apart: while it moves, an item can be told in two places."""
    body = a.account()
    body["profileInventory"]["data"]["items"].append(a.thing(a.RIFLE, 5))
    profile = assemble_profile(a.snapshot(body), Catalogue(a.definitions()))
    assert [entry.item.store for entry in profile.entries if entry.item.id == a.instance_id(5)] == [TITAN]


def test_characters(profile: Profile) -> None:
    titan, hunter = profile.characters
    assert (titan.id, titan.guardian, titan.class_name, titan.race, titan.gender) == (
        TITAN,
        "titan",
        "Titaness",
        "Exo",
        "Body Type 2",
    )
    assert (titan.nickname, titan.title, titan.clan, titan.color) == ("Brannoch", "Wardress", "Night Watch", "#ff0010")
    assert (titan.current, titan.playing, hunter.current) == (True, False, False)
    assert (titan.light, titan.minutes_played, titan.stats) == (540, 1234, ((hashes.HEALTH, 88),))
    assert (titan.postmaster.used, titan.postmaster.capacity) == (2, 21)
    assert titan.emblem == f"/icons/emblems/{a.EMBLEM}?v=en-test"
    assert titan.max_power_items == (a.instance_id(4), a.instance_id(10))
    assert (titan.max_power, titan.drop_power) == (526.0, 526.0)


def test_who_plays_is_told_by_transitory_data() -> None:
    body = a.account()
    body["profileTransitoryData"] = {"data": {"partyMembers": []}, "privacy": 2}
    characters = assemble_profile(a.snapshot(body), Catalogue(a.definitions())).characters
    assert [character.playing for character in characters] == [True, False]


def test_the_vault_counts_slots(profile: Profile) -> None:
    assert (profile.vault.used, profile.vault.capacity) == (5, 1000)


def test_currencies(profile: Profile) -> None:
    assert [(currency.hash, currency.quantity) for currency in profile.currencies] == [(a.CORE, 250)]


def test_hashes_named_are_all_items_and_plugs() -> None:
    assert {a.RIFLE, a.UNKNOWN, a.BARREL, a.SHADER, a.HELM} <= hashes_named(a.snapshot())


def test_a_new_player_has_nothing_and_nothing_breaks() -> None:
    body = {"profile": a.account()["profile"] | {"data": {"characterIds": []}}}
    profile = assemble_profile(a.snapshot(body), Catalogue(a.definitions()))
    assert (profile.entries, profile.characters, profile.vault.used) == ([], [], 0)
