"""Faults of the program that this one descends from, by the letters under which they are known, and which it must not have."""

from __future__ import annotations

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.faults.witness import KNOWN, STRANGER
from tests.wired import WiredHouse

from vaultraider.jobs._registry import find_jobs, schedules
from vaultraider.settings import SettingsError, load_settings
from vaultraider.simulator.world import VAULT, Item


def profile(house: WiredHouse, person: str) -> dict[str, Any]:
    answer = house.signed_in(person).get("/api/v1/profile")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def test_a_the_state_that_comes_back_is_compared_with_the_one_that_was_sent(house: WiredHouse) -> None:
    """It compared the session's state with itself, so that every return was let in."""
    victim, attacker = house.browser(), house.browser()
    victim.begin()
    theirs = attacker.go_to_bungie(KNOWN)
    for back in (theirs, {"code": theirs["code"]}, {"code": theirs["code"], "state": ""}, {**theirs, "state": "x" * 43}):
        answer = victim.come_back(**back)
        assert answer.status_code == 403
        assert "was not started here" in answer.text
        assert victim.who() is None
    assert house.asked("authorization_code") == 0
    assert attacker.come_back(**theirs).status_code == 303
    assert attacker.come_back(**theirs).status_code == 403, "once only"


def test_b_two_visitors_at_once_see_their_own_vaults(house: WiredHouse) -> None:
    """It kept one session with Bungie for everybody."""
    browsers = {person: house.signed_in(person) for person in (KNOWN, STRANGER)}
    cookies = {person: str(browser.cookie) for person, browser in browsers.items()}
    owned = {person: {item.id for item in house.controls.account(person).items if item.id} for person in browsers}

    def look(person: str) -> None:
        browser = house.browser(cookies[person])
        assert browser.send("POST", "/api/v1/profile/refresh?forced=true").status_code == 200
        shown = browser.get("/api/v1/profile").json["items"]
        assert {item["id"] for item in shown if not item["id"].startswith("s-")} == owned[person]

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(look, person) for _ in range(4) for person in browsers]:
            done.result()


def test_c_a_vault_has_no_size_that_we_know_better(house: WiredHouse) -> None:
    """It made a list of 288 and broke at the next item."""
    account = house.controls.account("Hoarder")
    pattern = next(item for item in account.vault() if item.id)
    for _ in range(77):  # More than the definitions say fit: so it was after Bungie made vaults smaller.
        account.items.append(Item(hash=pattern.hash, id=house.controls.box.world.new_instance(), bucket=VAULT))
    house.controls.box.world.changed()
    said = profile(house, "Hoarder")
    assert said["vault"] == {"used": 1077, "capacity": 1000}
    assert sum(item["place"] == "vault" for item in said["items"]) == 1077


def test_c_what_a_tile_shows_is_there_under_its_name(house: WiredHouse) -> None:
    """A key with a blank at its end, and a tier that nobody had set."""
    said = profile(house, KNOWN)
    assert not [name for item in said["items"] for name in item if name != name.strip()]
    for item in said["items"]:
        facts = said["definitions"][str(item["hash"])]
        assert facts["tier"] in ("exotic", "legendary", "rare", "uncommon", "common", "unknown")
        assert facts["name"] and facts["kind"] and facts["icon"].startswith("/icons/")


def test_d_classified_unknown_and_misplaced_items_are_shown(house: WiredHouse) -> None:
    """It put classified items into a category that no page showed, and dropped buckets that it did not know."""
    nowhere = 4_000_000_007
    account = house.controls.account()
    for hash in (nowhere, next(item.hash for item in account.vault() if item.id)):
        account.items.append(
            Item(hash=hash, id=house.controls.box.world.new_instance(), bucket=nowhere, owner=account.characters[0].id)
        )
    house.controls.box.world.changed()
    said = profile(house, "Marrow")
    groups = {bucket["hash"]: bucket["group"] for bucket in said["buckets"]}
    assert Counter(bucket["hash"] for bucket in said["buckets"]).most_common(1)[0][1] == 1
    assert {item["id"] for item in said["items"] if not item["id"].startswith("s-")} == {i.id for i in account.items if i.id}
    assert all(item["bucket"] in groups for item in said["items"]), "by equality: a part of a name is no category"
    facts = said["definitions"]
    odd = [
        item for item in said["items"] if facts[str(item["hash"])].get("classified") or facts[str(item["hash"])].get("missing")
    ]
    assert {name for item in odd for name in ("classified", "missing") if facts[str(item["hash"])].get(name)} == {
        "classified",
        "missing",
    }
    assert groups[nowhere] == "other"
    assert any(item["hash"] == nowhere and item["bucket"] == nowhere for item in odd)


def test_e_the_schedule_names_each_work_once_and_it_runs_once(house: WiredHouse) -> None:
    """It registered its task twice, in two ways."""
    jobs = find_jobs()
    assert Counter(name for name, _ in schedules(jobs, house.settings)).get("update_manifest") == 1
    assert not house.services.bell.app.conf.beat_schedule
    for _ in range(3):
        house.services.jobs.tick(schedules(jobs, house.settings))
    waiting = [each for each in house.services.jobs.latest(kind="update_manifest") if each.state == "queued"]
    assert len(waiting) == 1


def test_e_a_person_and_the_schedule_do_not_run_into_each_other(house: WiredHouse) -> None:
    """Nothing kept the two from writing over each other."""
    house.controls.happen("bump")
    with house.services.leases.hold("manifest-update", seconds=60):
        done = house.update_definitions()
    assert done.result == {"result": "busy", "sentence": "This is being done already. Wait for it to finish."}
    assert house.asked("world_sql_content") == 0
    house.pass_time(300)
    again = house.update_definitions()
    assert again.result is not None and again.result["result"] == "installed"


@pytest.mark.parametrize("url", ["redis", "localhost:6379", "http://localhost:6379"])
def test_e_an_address_of_redis_that_cannot_be_one_is_told_at_the_start(url: str) -> None:
    """Its instructions set the address without a sign between name and value, and nothing noticed."""
    with pytest.raises(SettingsError, match="redis_url"):
        load_settings(environ={"VAULTRAIDER_REDIS_URL": url}, read_file=False)


def test_f_no_at_bungie_and_a_return_from_nowhere_are_met_kindly(house: WiredHouse) -> None:
    """It broke with a KeyError where there was no state, and left an error of Bungie's unread."""
    browser = house.browser()
    assert browser.come_back(code="x", state="y").status_code == 403
    assert browser.come_back().status_code == 403
    assert browser.come_back(error="access_denied").status_code == 403
    answer = browser.come_back(**browser.go_to_bungie(KNOWN, decision="deny"))
    assert answer.status_code == 200
    assert "did not give Vault Raider the permission" in answer.text
    assert "Sign in with Bungie" in answer.text


def test_g_nobody_updates_the_definitions_by_looking_at_an_address(house: WiredHouse) -> None:
    """A GET did it, for anybody who was signed in."""
    house.controls.happen("bump")
    browser = house.signed_in(KNOWN)
    before = (browser.get("/api/v1/status").json["manifest"]["key"], house.asked("world_sql_content"))
    for rule in house.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not rule.arguments:
            browser.get(rule.rule)
        if re.search("(?i)update", rule.rule):
            assert "GET" not in (rule.methods or ()) or rule.endpoint == "shell.update_manifest", "a page with a button"
    assert browser.get("/updateManifest").status_code == 200
    assert browser.client.post("/updateManifest").status_code == 403, "not without the page's token"
    assert not [each for each in house.services.jobs.latest(kind="update_manifest") if each.asked_by.startswith("user")]
    assert (browser.get("/api/v1/status").json["manifest"]["key"], house.asked("world_sql_content")) == before
    house.controls.forgive()


@pytest.mark.parametrize("minutes", [30, 60])
def test_h_a_sign_in_lasts_as_long_as_bungie_says(minutes: int, house: WiredHouse) -> None:
    """One page said 30 minutes and the next an hour; it is what the answer says."""
    house.controls.knobs(access_ttl=minutes * 60)
    browser = house.signed_in(KNOWN)
    browser.get("/api/v1/profile")
    for passed, refreshes in ((minutes - 2, 0), (1.5, 1)):
        house.pass_time(passed * 60)
        assert browser.send("POST", "/api/v1/profile/refresh?forced=true").status_code == 200
        assert house.asked("refresh_token") == refreshes


def test_h_every_time_that_is_told_has_its_zone(house: WiredHouse) -> None:
    """It took the server's own time, without a word of where that is."""
    browser = house.signed_in(KNOWN)
    paths = ("/api/v1/profile", "/api/v1/status", "/api/v1/accounts", "/api/v1/session")
    told = [
        text for path in paths for text in re.findall(r'"(\d{4}-\d\d-\d\d[T ][^"]*)"', browser.get(path).get_data(as_text=True))
    ]
    assert len(told) > 5
    for text in told:
        assert datetime.fromisoformat(text).utcoffset() == timedelta(0), text
