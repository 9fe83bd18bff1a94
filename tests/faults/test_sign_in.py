"""Rows of the fault table that are a story: refusals that repeat, a pair lost on the way, two workers at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.faults.table import HOUR, TOKEN
from tests.faults.witness import KNOWN, STRANGER, Witness
from tests.wired import WiredHouse, build_wired

from vaultraider.simulator.knobs import CHOICES


def test_an_odd_refusal_ends_the_sign_in_after_five_over_an_hour(house: WiredHouse, witness: Witness) -> None:
    witness.wait(HOUR)
    house.controls.fault("refresh_400_unknown", count=None, match={"path": TOKEN})
    codes = []
    for _ in range(5):
        codes.append(witness.refresh().json["code"])
        house.pass_time(1000)
    assert codes == ["bungie-refusal"] * 4 + ["sign-in-ended"]
    witness.is_signed_in(witness.known, "ended")
    witness.sees_the_last_good_state()
    asked = house.asked("refresh_token")
    house.controls.clear_faults()
    witness.says(witness.refresh(), "sign-in-ended")
    assert house.asked("refresh_token") == asked
    witness.known.sign_in(KNOWN)
    witness.recovers()


def test_five_odd_refusals_in_a_bad_minute_end_nothing(house: WiredHouse, witness: Witness) -> None:
    """An outage once answered every refresh with a bare 400."""
    witness.wait(HOUR)
    house.controls.fault("refresh_400_unknown", count=None, match={"path": TOKEN})
    for _ in range(8):
        witness.says(witness.refresh(), "bungie-refusal")
        house.pass_time(130)
    witness.is_signed_in(witness.known)
    house.controls.clear_faults()
    witness.recovers()


@pytest.mark.parametrize("reuse", CHOICES["refresh_reuse"])
def test_a_new_pair_that_was_lost_on_the_way(reuse: str, house: WiredHouse, witness: Witness) -> None:
    """Bungie has used the old token up and we never saw the new one: only Bungie can be kind here, and we say what to do."""
    house.controls.knobs(refresh_reuse=reuse)
    witness.wait(HOUR)
    house.controls.fault("truncate", match={"path": TOKEN}, bytes=20)
    witness.says(witness.refresh(), "bungie-garbled")
    witness.bungie_is("unreachable")
    witness.is_signed_in(witness.known)
    house.pass_time(6)
    again = witness.refresh()
    if reuse == "strict":
        witness.says(again, "sign-in-ended", "Sign in with Bungie again")
        witness.is_signed_in(witness.known, "ended")
        witness.sees_the_last_good_state()
        witness.known.sign_in(KNOWN)
    else:
        assert again.status_code == 200, again.text
    witness.recovers()


def test_two_workers_refresh_at_once(house: WiredHouse, witness: Witness) -> None:
    """Two processes on one database, Bungie slow and strict about used tokens: one refresh, and both go on."""
    house.pass_time(7 * HOUR)  # The list of accounts is due to be read again, too.
    other = build_wired(house.settings.data_dir, house.controls, start=house.clock.now())
    elsewhere = other.browser(witness.known.cookie)
    for each in (house, other):  # Time stands still while they wait for each other.
        each.clock.sleep = lambda seconds: threading.Event().wait(0.01)  # type: ignore[method-assign]
    token = {"X-CSRFToken": witness.known.csrf()}
    house.controls.fault("latency", count=1, match={"path": TOKEN}, seconds=0.3)
    with ThreadPoolExecutor(2) as pool:
        here = pool.submit(witness.known.client.post, "/api/v1/profile/refresh?forced=true", headers=token)
        there = pool.submit(elsewhere.get, "/api/v1/accounts")
    assert [here.result().status_code, there.result().status_code] == [200, 200], here.result().text
    assert house.asked("refresh_token") == 1
    assert house.asked("LinkedProfiles") == 1
    witness.is_signed_in(witness.known)
    assert elsewhere.get("/api/v1/session").json["user"]["sign_in"] == "ok"
    assert witness.shown() == elsewhere.get("/api/v1/profile").json
    other.services.close()
    witness.recovers()


def test_a_key_that_was_lost_costs_a_sign_in(house: WiredHouse, witness: Witness) -> None:
    """Tokens of a lost key cannot be opened: the person signs in again, and nothing else is lost."""
    folder = house.settings.data_dir
    house.services.close()
    (key,) = [file for file in folder.iterdir() if "key" in file.name]
    key.unlink()
    later = build_wired(folder, house.controls, start=house.clock.now())
    browser = later.browser(witness.known.cookie)
    later.pass_time(60)
    assert browser.get("/api/v1/session").json["signed_in"]
    witness.says(browser.send("POST", "/api/v1/profile/refresh?forced=true"), "sign-in-ended")
    assert browser.get("/api/v1/profile").data == witness.good
    browser.sign_in(KNOWN)
    assert browser.send("POST", "/api/v1/profile/refresh?forced=true").status_code == 200
    assert browser.get("/api/v1/session").json["user"]["sign_in"] == "ok"
    later.services.close()


def test_profiles_that_flip_into_errors_hide_no_account(house: WiredHouse, witness: Witness) -> None:
    """In maintenance GetLinkedProfiles succeeds, with every profile among the failed ones."""
    before = [each["id"] for each in witness.known.get("/api/v1/accounts").json["accounts"]]
    house.controls.fault("linked_profiles_all_errored", count=None)
    witness.wait(7 * HOUR)
    listed = witness.known.get("/api/v1/accounts").json["accounts"]
    assert [each["id"] for each in listed] == before
    assert all(each["problem"].endswith(".") for each in listed)
    assert witness.shown()["account"]["id"] in before
    house.controls.clear_faults()
    witness.recovers()
    assert "problem" not in str(witness.known.get("/api/v1/accounts").json)


def test_one_persons_trouble_is_nobody_elses(house: WiredHouse, witness: Witness) -> None:
    person = next(each.id for each in house.controls.box.world.people if each.full_name.startswith(KNOWN))
    house.controls.fault("html_503", count=None, match={"path": "/Profile/", "user": person})
    witness.wait(60)
    witness.says(witness.refresh(), "bungie-unavailable")
    witness.is_the_truth(witness.shown(witness.stranger), STRANGER)
    house.controls.clear_faults()
    witness.recovers()


@pytest.mark.parametrize(
    ("path", "action", "status", "words"),
    [
        (TOKEN, "system_disabled", 503, "down for maintenance"),
        (TOKEN, "html_503", 503, "cannot answer just now"),
        (TOKEN, "reset", 503, "cannot be read"),
        (TOKEN, "throttle_ip", 503, "slow down"),
        (TOKEN, "refresh_400_unknown", 200, "did not accept the sign-in"),
        ("GetMembershipsForCurrentUser", "html_503", 503, "cannot answer just now"),
        ("GetMembershipsForCurrentUser", "truncate", 503, "cannot be read"),
    ],
)
def test_signing_in_while_bungie_is_ill(
    path: str, action: str, status: int, words: str, house: WiredHouse, witness: Witness
) -> None:
    """A page says so, nobody is half signed in, and beginning again is enough. Who is signed in notices nothing."""
    house.controls.fault(action, count=None, match={"path": path})
    browser = house.browser()
    back = browser.go_to_bungie("Newcomer")
    answer = browser.come_back(**back)
    assert (answer.status_code, words in answer.text) == (status, True), answer.text
    for secret in (back["code"], back["state"], "demo-client-secret", "Traceback", house.settings.bungie_www):
        assert secret not in answer.text
    assert browser.who() is None
    assert "Newcomer" not in str(house.services.accounts.users.all())
    witness.is_signed_in(witness.known)
    witness.sees_the_last_good_state()
    house.controls.clear_faults()
    house.pass_time(60)
    assert browser.sign_in("Newcomer").status_code == 303
    assert browser.get("/api/v1/profile").status_code == 200
