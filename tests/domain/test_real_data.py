"""A real account with a real manifest: 991 items in, 991 accounted for."""

from __future__ import annotations

import json
from collections import Counter

import brotli
import msgspec
import pytest
from tests.domain.accounts import READ

from vaultraider.api._profile_types import AccountRef, ProfileAnswer
from vaultraider.domain import hashes
from vaultraider.domain.answer import encode_answer
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.details import describe_item
from vaultraider.domain.profile import Profile, assemble_profile
from vaultraider.domain.snapshot import read_snapshot
from vaultraider.manifest.store import StoredDefinitions

pytestmark = pytest.mark.real_data


class Head(msgspec.Struct):
    account: AccountRef
    read: str = "2021-05-28T08:00:00Z"


@pytest.fixture(scope="module")
def profile(real_profile: bytes, real_manifest: StoredDefinitions) -> Profile:
    return assemble_profile(read_snapshot(real_profile, READ), Catalogue(real_manifest))


@pytest.fixture(scope="module")
def answer(profile: Profile) -> bytes:
    return encode_answer(profile, Head(AccountRef(type=2, id="4611686018400000001", name="Somebody")))


def test_every_item_is_accounted_for(profile: Profile, answer: bytes) -> None:
    said = json.loads(answer)
    assert len(said["items"]) == len({item["id"] for item in said["items"]}) == 991
    groups = {bucket["hash"]: bucket["group"] for bucket in said["buckets"]}
    fates = Counter(
        "unknown" if said["definitions"][str(item["hash"])].get("missing") else groups[item["bucket"]] for item in said["items"]
    )
    assert sum(fates.values()) == 991
    assert fates["unknown"] == 31, "named as unknown"
    assert fates["weapons"] + fates["armor"] > 450
    assert all(said["definitions"][str(item["hash"])]["name"] for item in said["items"])


def test_every_instance_is_there(profile: Profile) -> None:
    assert sum(entry.data.item_instance_id != "" for entry in profile.entries) == 855
    assert sum(entry.sockets is not None for entry in profile.entries) == 720


def test_where_they_are(profile: Profile) -> None:
    places = Counter(entry.item.place for entry in profile.entries)
    assert places["equipped"] == 50
    assert places["vault"] == profile.vault.used == 467
    assert places["postmaster"] == sum(character.postmaster.used for character in profile.characters) == 19
    assert profile.vault.capacity == 1300, "what this manifest says, whatever we expect"


def test_nothing_account_wide_is_taken_for_the_vault(profile: Profile) -> None:
    """88 consumables and mods carry ``location`` 2 and lie in their pockets."""
    pockets = [entry for entry in profile.entries if entry.data.bucket_hash in (hashes.CONSUMABLES, hashes.MODIFICATIONS)]
    assert len(pockets) == 88
    assert {entry.item.store for entry in pockets} == {"account"}


def test_the_answer_is_what_the_types_say(answer: bytes) -> None:
    said = msgspec.json.decode(answer, type=ProfileAnswer)
    assert msgspec.json.decode(msgspec.json.encode(said)) == msgspec.json.decode(answer)
    named = {str(item.hash) for item in said.items} | {str(currency.hash) for currency in said.currencies}
    assert named == set(said.definitions)
    plugs = {str(plug) for item in said.items for plug in (item.plugs if isinstance(item.plugs, tuple) else ())}
    assert plugs == set(said.plugs)
    stats = {str(stat.hash) for item in said.items for stat in (item.stats if isinstance(item.stats, tuple) else ())}
    assert stats <= set(said.stats)


def test_the_answer_is_small(answer: bytes) -> None:
    assert len(brotli.compress(answer, quality=5)) <= 60_000


def test_characters(profile: Profile) -> None:
    assert [character.guardian for character in profile.characters] == ["hunter", "titan", "warlock"]
    first = profile.characters[0]
    assert (first.title, first.race, first.current) == ("Forerunner", "Awoken", True)
    assert first.max_power is not None
    assert 1300 < float(str(first.max_power)) < 1320


def test_every_sheet_can_be_made(profile: Profile) -> None:
    for entry in profile.entries:
        sheet = describe_item(profile, entry)
        assert sheet.name
        assert sheet.transferability.can_move == (not isinstance(sheet.stuck, str))
        assert all(any(plug.plugged for plug in socket.plugs) for socket in sheet.sockets)


def test_stats_of_real_weapons_are_plausible(profile: Profile) -> None:
    """The definitions at hand are whole for some of the items only: those are worked out, the others show none."""
    with_stats = [entry for entry in profile.entries if isinstance(entry.item.stats, tuple)]
    assert len(with_stats) >= 70
    for entry in with_stats:
        assert all(-100 <= stat.value <= 1500 for stat in entry.item.stats if not isinstance(entry.item.stats, msgspec.UnsetType))
