"""Profiles: components, privacy, wrong addresses, the servers' caches and their stamps."""

from __future__ import annotations

from typing import Any

import pytest
from tests.simulator.conftest import Browser
from tests.simulator.controls import Controls

from vaultraider.simulator import Simulator
from vaultraider.simulator.world import VAULT

SETS = {"instance": "instances", "stats": "stats", "sockets": "sockets", "reusablePlugs": "reusablePlugs"}
RECOMMENDED = "100,102,103,200,201,205,206,300,304,305,307,1000"


def response(answer: Any) -> dict[str, Any]:
    body = answer.json()
    assert body["ErrorCode"] == 1, body
    found: dict[str, Any] = body["Response"]
    return found


def test_only_what_was_asked_for(browser: Browser) -> None:
    found = response(browser.profile("200,ProfileCurrencies"))
    assert set(found) == {
        "responseMintedTimestamp",
        "secondaryComponentsMintedTimestamp",
        "characters",
        "profileCurrencies",
        "itemComponents",
    }
    assert found["itemComponents"] == {}


@pytest.mark.parametrize(
    ("path", "http", "code"),
    [
        ("/Platform/Destiny2/3/Profile/4611686018467000101/", 400, 18),
        ("/Platform/Destiny2/3/Profile/4611686018467000101/?components=", 400, 18),
        ("/Platform/Destiny2/3/Profile/4611686018467000101/?components=nonsense", 400, 7),
        ("/Platform/Destiny2/2/Profile/4611686018467000101/?components=100", 400, 18),
        ("/Platform/Destiny2/3/Profile/17429800/?components=100", 400, 18),
        ("/Platform/Destiny2/3/Profile/4611686018467999999/?components=100", 500, 1601),
        ("/Platform/Destiny2/2/Profile/4611686018467000114/?components=100", 500, 1601),
        ("/Platform/Destiny2/3/Profile/abc/?components=100", 400, 7),
        ("/Platform/Destiny2/3/Profile/4611686018467000101/Item/1/?components=307", 500, 1623),
        ("/Platform/Destiny2/254/Profile/1/LinkedProfiles/", 500, 1601),
        ("/Platform/Destiny2/254/Profile/Marrow/LinkedProfiles/", 500, 1601),
        ("/Platform/Destiny2/Manifest/DestinyClassDefinition/1/", 404, 21),
    ],
)
def test_wrong_addresses(browser: Browser, path: str, http: int, code: int) -> None:
    answer = browser.get(path, "Marrow")
    assert (answer.status_code, answer.json()["ErrorCode"]) == (http, code)


def test_a_bungie_id_gets_a_hint(browser: Browser) -> None:
    told = browser.get("/Platform/Destiny2/3/Profile/17429800/?components=100").json()["MessageData"]
    assert told == {
        "membershipType": "TigerSteam",
        "membershipInfo.membershipType": "BungieNext",
        "membershipId": "17429800",
    }


@pytest.mark.parametrize("viewer", ["nobody", "Hoarder"])
def test_others_do_not_see_what_is_private(browser: Browser, viewer: str) -> None:
    found = response(browser.profile(RECOMMENDED, viewer=viewer))
    for key in ("profileInventory", "profileCurrencies", "characterInventories", "characterLoadouts", "profileTransitoryData"):
        assert found[key] == {"privacy": 2}, key
    worn = {item["itemInstanceId"] for one in found["characterEquipment"]["data"].values() for item in one["items"]}
    assert set(found["itemComponents"]["instances"]["data"]) == worn


def test_own_private_things_come_with_data_and_privacy_2(browser: Browser) -> None:
    found = response(browser.profile(RECOMMENDED))
    assert found["profileInventory"]["privacy"] == 2
    assert len(found["profileInventory"]["data"]["items"]) > 900


def test_a_public_inventory_is_seen(browser: Browser, simulator_control: Controls) -> None:
    simulator_control.account().inventory_public = True
    assert response(browser.profile("102", viewer="nobody"))["profileInventory"]["privacy"] == 1


def test_a_private_player_hides_progress_and_links(browser: Browser) -> None:
    assert response(browser.profile("202", "Private", "nobody"))["characterProgressions"] == {"privacy": 2}
    linked = "/Platform/Destiny2/254/Profile/17429802/LinkedProfiles/"
    assert response(browser.get(linked))["profiles"] == []
    assert len(response(browser.get(linked + "?getAllMemberships=true"))["profiles"]) == 1
    assert len(response(browser.get(linked, "Private"))["profiles"]) == 1


def test_cross_save(browser: Browser) -> None:
    me = response(browser.get("/Platform/User/GetMembershipsForCurrentUser/", "Two-memberships"))
    assert me["primaryMembershipId"] == "4611686018467000104"
    by_type = {card["membershipType"]: card for card in me["destinyMemberships"]}
    assert by_type[2]["applicableMembershipTypes"] == []
    assert by_type[3]["applicableMembershipTypes"] == [3, 2]
    assert {card["crossSaveOverride"] for card in by_type.values()} == {3}
    linked = response(browser.get("/Platform/Destiny2/254/Profile/17429803/LinkedProfiles/?getAllMemberships=true"))
    assert [profile["membershipType"] for profile in linked["profiles"]] == [3]
    assert linked["profiles"][0]["isCrossSavePrimary"] is True
    assert linked["profiles"][0]["isOverridden"] is False
    assert [(bad["errorCode"], bad["infoCard"]["membershipType"]) for bad in linked["profilesWithErrors"]] == [(1601, 2)]


def test_without_cross_save_there_is_no_primary(browser: Browser) -> None:
    assert "primaryMembershipId" not in response(browser.get("/Platform/User/GetMembershipsForCurrentUser/", "Marrow"))


def test_in_maintenance_linked_profiles_look_fine_but_are_not(browser: Browser, simulator_control: Controls) -> None:
    simulator_control.fault("linked_profiles_all_errored")
    linked = response(browser.get("/Platform/Destiny2/254/Profile/17429800/LinkedProfiles/"))
    assert linked["profiles"] == []
    assert len(linked["profilesWithErrors"]) == 1


def test_get_item_says_what_the_profile_says(browser: Browser, simulator_control: Controls) -> None:
    account = simulator_control.account()
    profile = response(browser.profile("102,201,205,300,301,302,304,305,309,310"))
    sets = profile["itemComponents"]
    for item in [one for one in account.items if one.id and one.choices][::101]:
        path = f"/Platform/Destiny2/3/Profile/{account.id}/Item/{item.id}/?components=300,301,302,304,305,307,309,310"
        alone = response(browser.get(path, "Marrow"))
        assert alone.get("characterId", "") == item.owner
        assert alone["item"]["data"]["itemInstanceId"] == item.id
        for one, many in (
            ("instance", "instances"),
            ("stats", "stats"),
            ("sockets", "sockets"),
            ("reusablePlugs", "reusablePlugs"),
        ):
            assert alone[one].get("data") == sets[many]["data"].get(item.id)


def test_the_item_of_somebody_else_is_not_found(browser: Browser, simulator_control: Controls) -> None:
    stranger = simulator_control.account("Hoarder").vault()[0].id
    mine = simulator_control.account()
    path = f"/Platform/Destiny2/3/Profile/{mine.id}/Item/{stranger}/?components=307"
    assert browser.get(path, "Marrow").json()["ErrorCode"] == 1623
    vaulted = mine.vault()[100].id
    path = f"/Platform/Destiny2/3/Profile/{mine.id}/Item/{vaulted}/?components=307"
    assert browser.get(path, "Hoarder").json()["ErrorCode"] == 1623


@pytest.mark.parametrize("ttl", [30, 60, 120])
def test_a_server_keeps_what_it_minted(browser: Browser, simulator: Simulator, simulator_control: Controls, ttl: int) -> None:
    simulator.box.clock.freeze()
    simulator_control.knobs(cache_ttl=ttl)
    first = browser.profile("102").content
    simulator_control.happen("external_mutation", count=5, bust=False)
    simulator_control.advance(ttl - 1)
    assert browser.profile("102").content == first
    simulator_control.advance(2)
    assert browser.profile("102").content != first


def test_a_change_that_busts_the_cache_is_seen_at_once_with_a_newer_stamp(
    browser: Browser, simulator: Simulator, simulator_control: Controls
) -> None:
    simulator.box.clock.freeze()
    before = response(browser.profile("102"))
    simulator_control.happen("external_mutation", count=5)
    after = response(browser.profile("102"))
    assert after["responseMintedTimestamp"] > before["responseMintedTimestamp"]
    assert after["profileInventory"] != before["profileInventory"]


def test_servers_disagree(browser: Browser, simulator: Simulator, simulator_control: Controls) -> None:
    simulator.box.clock.freeze()
    simulator_control.happen("stale_profile", nodes=2, ttl=3600)
    stamps = []
    browser.profile("102")
    for _ in range(6):
        simulator_control.happen("external_mutation", bust=False)
        simulator_control.advance(1)
        stamps.append(response(browser.profile("102"))["responseMintedTimestamp"])
    assert len(set(stamps)) == 2
    assert stamps[::2] == [stamps[0]] * 3
    assert stamps[1::2] == [stamps[1]] * 3
    assert stamps[0] != stamps[1]


def test_time_travel(browser: Browser, simulator: Simulator, simulator_control: Controls) -> None:
    simulator.box.clock.freeze()
    old = response(browser.profile("102"))
    simulator_control.happen("external_mutation")
    new = response(browser.profile("102"))
    simulator_control.fault("time_travel")
    assert response(browser.profile("102")) == old
    assert response(browser.profile("102")) == new


def test_time_travel_without_a_past_invents_an_older_stamp(browser: Browser, simulator_control: Controls) -> None:
    simulator_control.fault("time_travel")
    old = response(browser.profile("102"))
    new = response(browser.profile("102"))
    assert old["responseMintedTimestamp"] < new["responseMintedTimestamp"]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("drop_component", None),
        ("privacy_without_data", {"privacy": 2}),
        ("disabled_component", {"privacy": 0, "disabled": True}),
        ("empty_items", {"data": {"items": []}, "privacy": 2}),
    ],
)
def test_faults_inside(browser: Browser, simulator_control: Controls, fault: str, expected: Any) -> None:
    simulator_control.fault(fault, component="profileInventory")
    assert response(browser.profile("102"))["profileInventory" if expected else "itemComponents"] == (expected or {})
    assert len(response(browser.profile("102"))["profileInventory"]["data"]["items"]) > 900


@pytest.mark.parametrize(("deed", "change"), [("touch", 0), ("delete", -3), ("find", 0), ("move", 3), ("equip", 0)])
def test_the_player_plays(browser: Browser, simulator_control: Controls, deed: str, change: int) -> None:
    before = len(simulator_control.account().vault())
    done = simulator_control.happen("external_mutation", deed=deed, count=3)
    assert 1 <= len(done["items"]) <= 3
    assert len(simulator_control.account().vault()) - before == change
    assert browser.sim("GET", "invariants").json()["ok"]


def test_a_full_postmaster_loses_its_oldest(simulator_control: Controls) -> None:
    account = simulator_control.account()
    oldest = next(one for one in account.items if one.bucket == 215593132)
    simulator_control.happen("external_mutation", deed="find", count=6)
    waiting = [one for one in account.items if one.bucket == 215593132 and one.owner == oldest.owner]
    assert len(waiting) == 21
    assert oldest not in waiting


def test_playing_shows_in_the_transitory_part_only(browser: Browser, simulator_control: Controls) -> None:
    assert "data" in response(browser.profile("1000"))["profileTransitoryData"]
    simulator_control.happen("where", where="offline")
    assert response(browser.profile("1000"))["profileTransitoryData"] == {"privacy": 2}


def test_the_vault_lies_in_the_profile_inventory(browser: Browser, simulator_control: Controls) -> None:
    items = response(browser.profile("102"))["profileInventory"]["data"]["items"]
    vaulted = [item for item in items if item["bucketHash"] == VAULT]
    assert len(vaulted) == len(simulator_control.account().vault())
    assert {item["location"] for item in items if item["bucketHash"] == 1469714392} == {2}
