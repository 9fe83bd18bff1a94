"""Signing in and staying signed in, over HTTP, at a Bungie that behaves as badly as the real one."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tests.simulator.controls import Controls
from tests.wired import WiredHouse, build_wired

from vaultraider.domain.errors import (
    BungieError,
    BungieMaintenance,
    BungieRefusal,
    BungieThrottled,
    BungieUnavailable,
    OperatorMistake,
    SignInEnded,
)

TOKEN = {"path": "(?i)oauth/token"}
HOUR = 3600


@pytest.fixture
def house(tmp_path: Path, simulator_control: Controls) -> Iterator[WiredHouse]:
    house = build_wired(tmp_path, simulator_control)
    yield house
    house.services.close()


def token(house: WiredHouse) -> str:
    return house.services.accounts.credentials.access_token(house.user())


def test_through_the_consent_page_and_back(house: WiredHouse) -> None:
    browser = house.browser()
    answer = browser.sign_in("Marrow", next="/settings")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/settings")
    said = browser.get("/api/v1/session").json
    assert (said["user"]["name"], said["user"]["sign_in"], said["demo"]) == ("Marrow#4417", "ok", True)
    assert [(each["name"], each["selected"]) for each in browser.get("/api/v1/accounts").json["accounts"]] == [
        ("Marrow#4417", True)
    ]


def test_saying_no_on_the_consent_page(house: WiredHouse) -> None:
    browser = house.browser()
    back = browser.go_to_bungie("Marrow", decision="deny")
    assert back["error"] == "access_denied"
    assert "did not give Vault Raider the permission" in browser.come_back(**back).text
    assert browser.who() is None


def test_a_code_that_was_too_long_on_the_way(house: WiredHouse) -> None:
    browser = house.browser()
    back = browser.go_to_bungie("Marrow")
    house.controls.advance(61)
    assert "took too long" in browser.come_back(**back).text


@pytest.mark.parametrize(
    ("person", "names"),
    [
        ("Newcomer", [(["Steam"], True)]),
        ("Two-memberships", [(["Steam", "PlayStation"], True)]),
        ("צפרית طائر 燕", [(["Steam"], True), (["Xbox"], False)]),
    ],
)
def test_the_accounts_of_the_cast(house: WiredHouse, person: str, names: list[tuple[list[str], bool]]) -> None:
    listed = house.signed_in(person).get("/api/v1/accounts").json["accounts"]
    assert sorted((sorted(each["platforms"]), each["selected"]) for each in listed) == sorted(
        (sorted(platforms), chosen) for platforms, chosen in names
    )


# --- a failed refresh: every row of what may be seen


STAYS = [
    ("no answer", "reset", {}, BungieUnavailable),
    ("HTML 500", "refresh_500", {}, BungieUnavailable),
    ("HTML 503", "html_503", {}, BungieUnavailable),
    ("maintenance", "system_disabled", {}, BungieMaintenance),
    ("maintenance in words", "token_error", {"description": "SystemDisabled"}, BungieMaintenance),
    ("maintenance in an envelope", "token_error", {"envelope": 5}, BungieMaintenance),
    ("slow down", "throttle_ip", {"seconds": 5}, BungieThrottled),
    ("an unknown 400", "refresh_400_unknown", {}, BungieRefusal),
    ("wrong client", "token_error", {"error": "invalid_client", "description": "x", "http": 401}, OperatorMistake),
    ("wrong address", "token_error", {"description": "redirect_uri does not match application configuration."}, OperatorMistake),
]


@pytest.mark.parametrize(("action", "params", "kind"), [row[1:] for row in STAYS], ids=[row[0] for row in STAYS])
def test_nobody_is_signed_out_by(house: WiredHouse, action: str, params: dict[str, Any], kind: type[BungieError]) -> None:
    browser = house.signed_in()
    house.pass_time(HOUR)
    house.controls.fault(action, match=TOKEN, **params)
    with pytest.raises(kind):
        token(house)
    assert browser.get("/api/v1/session").json["user"]["sign_in"] == "ok"
    house.controls.clear_faults()
    house.pass_time(300)
    assert token(house)
    assert browser.get("/api/v1/session").json["user"]["sign_in"] == "ok"


@pytest.mark.parametrize(("reuse", "state"), [("strict", "ended"), ("lenient", "ok")])
def test_a_new_pair_that_was_lost_on_the_way(house: WiredHouse, reuse: str, state: str) -> None:
    """Bungie has used the old token up and we never saw the new one: only Bungie can be kind here, and we are clear about it."""
    browser = house.signed_in()
    house.controls.knobs(refresh_reuse=reuse)
    house.pass_time(HOUR)
    house.controls.fault("truncate", match=TOKEN, bytes=20)
    with pytest.raises(BungieUnavailable):
        token(house)
    house.pass_time(300)
    if state == "ok":
        assert token(house)
    else:
        with pytest.raises(SignInEnded):
            token(house)
    assert browser.get("/api/v1/session").json["user"]["sign_in"] == state


ENDS = [
    "AuthorizationCodeInvalid",
    "AuthorizationRecordRevoked",
    "AuthorizationRecordExpired",
    "AuthorizationRecordInvalid",
    "AuthorizationRecordInactiveApiKey",
    "RefreshTokenExpired",
    "ProvidedTokenNotValidRefreshToken",
    "TokenPreviouslyRevoked",
    "Decryption key ID in token envelope is unknown",
]


@pytest.mark.parametrize(
    "params",
    [
        *[{"description": description} for description in ENDS],
        {"error": "invalid_grant", "description": "x"},
        {"description": "Whatever", "http": 401},
        {"description": "Whatever", "http": 403},
    ],
    ids=str,
)
def test_the_sign_in_has_ended_with(house: WiredHouse, params: dict[str, Any]) -> None:
    browser = house.signed_in()
    house.pass_time(HOUR)
    house.controls.fault("token_error", match=TOKEN, **params)
    with pytest.raises(SignInEnded):
        token(house)
    assert browser.get("/api/v1/session").json["user"]["sign_in"] == "ended"
    asked = house.asked("refresh_token")
    with pytest.raises(SignInEnded):
        token(house)
    assert house.asked("refresh_token") == asked
    browser.sign_in("Marrow")
    assert browser.get("/api/v1/session").json["user"]["sign_in"] == "ok"


def test_an_unknown_400_ends_it_after_many_over_an_hour(house: WiredHouse) -> None:
    house.signed_in()
    house.pass_time(HOUR)
    house.controls.fault("refresh_400_unknown", match=TOKEN, count=None)
    kinds = []
    for _ in range(6):
        with pytest.raises((BungieRefusal, SignInEnded)) as told:
            token(house)
        kinds.append(told.type)
        house.pass_time(1000)
    assert kinds == [BungieRefusal] * 4 + [SignInEnded] * 2


@pytest.mark.parametrize("moment", ["revoke_grant", "expire_record", "invalidate_all"])
def test_a_permission_that_died_at_bungie(house: WiredHouse, moment: str) -> None:
    house.signed_in()
    house.controls.happen(moment)
    house.pass_time(2 * HOUR)
    with pytest.raises(SignInEnded):
        token(house)


@pytest.mark.parametrize("reuse", ["strict", "grace", "lenient"])
def test_however_bungie_takes_used_refresh_tokens(house: WiredHouse, reuse: str) -> None:
    house.controls.knobs(refresh_reuse=reuse)
    house.signed_in()
    for _ in range(3):
        house.pass_time(HOUR)
        assert token(house)
    assert house.asked("refresh_token") == 3


# --- a call with a token that is not taken


@pytest.mark.parametrize("code", [22, 99, 2111, 2115, 2123, 2124])
@pytest.mark.parametrize("http", [500, 401])
def test_a_refused_call_costs_one_refresh_and_is_made_again(house: WiredHouse, code: int, http: int) -> None:
    house.signed_in()
    house.controls.fault("error", match={"path": "LinkedProfiles"}, code=code, http=http)
    assert len(house.services.accounts.destiny.refresh(house.user())) == 1
    assert house.asked("refresh_token") == 1


def test_an_html_401_too(house: WiredHouse) -> None:
    house.signed_in()
    house.controls.fault("mangle_bearer", match={"path": "LinkedProfiles"})
    assert len(house.services.accounts.destiny.refresh(house.user())) == 1
    assert house.asked("refresh_token") == 1


@pytest.mark.parametrize("status", ["500json", "401json", "401html"])
def test_an_access_token_that_ended_early(house: WiredHouse, status: str) -> None:
    house.controls.knobs(status_99=status)
    house.signed_in()
    house.controls.happen("expire_access")
    assert len(house.services.accounts.destiny.refresh(house.user())) == 1


def test_refused_again_it_gives_up(house: WiredHouse) -> None:
    browser = house.signed_in()
    before = house.asked("LinkedProfiles")
    house.controls.fault("error", match={"path": "LinkedProfiles"}, count=None, code=99)
    with pytest.raises(SignInEnded):
        house.services.accounts.destiny.refresh(house.user())
    assert house.asked("LinkedProfiles") - before == 2
    assert browser.get("/api/v1/session").json["user"]["sign_in"] == "ok"


# --- maintenance


def test_maintenance_signs_nobody_out_and_hides_no_account(house: WiredHouse) -> None:
    browser = house.signed_in("Two-memberships")
    before = browser.get("/api/v1/accounts").json
    house.controls.scenario("tuesday-maintenance")
    for _ in range(3):
        house.pass_time(7 * HOUR)
        assert browser.get("/api/v1/accounts").json == before
        assert browser.get("/api/v1/session").json["user"]["sign_in"] == "ok"
    page = house.browser()
    house.controls.clear_faults()
    house.controls.happen("systems", off=["token"])
    answer = page.sign_in("Marrow")
    assert (answer.status_code, "maintenance" in answer.text) == (503, True)


def test_profiles_that_flip_into_errors_stay_listed(house: WiredHouse) -> None:
    browser = house.signed_in("Two-memberships")
    before = [each["id"] for each in browser.get("/api/v1/accounts").json["accounts"]]
    house.pass_time(7 * HOUR)
    house.controls.fault("linked_profiles_all_errored", count=None)
    assert [each["id"] for each in browser.get("/api/v1/accounts").json["accounts"]] == before
    house.controls.clear_faults()
    house.pass_time(61)
    assert "problem" not in str(browser.get("/api/v1/accounts").json)


# --- at once


def test_eight_threads_refresh_once(house: WiredHouse) -> None:
    house.signed_in()
    house.pass_time(HOUR)
    house.clock.sleep = lambda seconds: threading.Event().wait(0.01)  # type: ignore[method-assign]
    with ThreadPoolExecutor(8) as pool:
        found = {done.result() for done in [pool.submit(token, house) for _ in range(8)]}
    assert len(found) == 1
    assert house.asked("refresh_token") == 1


PROCESS = """
import sys
from pathlib import Path
from tests.wired import settings_for
from vaultraider.bootstrap import build_services
services = build_services(settings_for(Path(sys.argv[1]), sys.argv[2]))
user = services.accounts.users.all()[0]
print("ready", flush=True)
sys.stdin.readline()
print(services.accounts.credentials.access_token(user)[-12:], flush=True)
services.close()
"""


@pytest.mark.processes
def test_two_processes_refresh_once(tmp_path: Path, simulator_control: Controls) -> None:
    """On one database, with Bungie slow to answer and strict about used tokens."""
    simulator_control.knobs(access_ttl=30)  # less than our margin: it must be refreshed at once
    house = build_wired(tmp_path, simulator_control)
    house.signed_in()
    simulator_control.knobs(access_ttl=3600)
    simulator_control.fault("latency", match=TOKEN, seconds=0.5)
    command = [sys.executable, "-c", PROCESS, str(tmp_path), simulator_control.simulator.url]
    root = Path(__file__).parents[2]
    started = [subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    try:
        for process in started:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in started:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        found = {process.communicate(timeout=60)[0] for process in started}
    finally:
        for process in started:
            process.kill()
            process.wait()
    assert len(found) == 1
    assert found != {""}
    assert house.asked("refresh_token") == 1
    assert house.user().sign_in == "ok"
    house.services.close()


# --- two people


def test_two_people_at_once_get_their_own_vaults(house: WiredHouse) -> None:
    """The original kept one session for all visitors, so that the second saw the first one's vault."""
    house.services.manifest.update(lambda *report, **more: None)
    browsers = {person: house.signed_in(person) for person in ("Marrow", "Hoarder")}
    accounts = {person: house.controls.account(person).id for person in browsers}
    alone = {person: browser.get("/api/v1/profile").json for person, browser in browsers.items()}
    items = {person: {item["id"] for item in answer["items"]} for person, answer in alone.items()}
    assert all(len(each) > 100 for each in items.values())
    instances = {person: {each for each in found if each.isdigit()} for person, found in items.items()}
    assert not instances["Marrow"] & instances["Hoarder"]

    def look(person: str) -> None:
        fresh = WiredHouse.browser(house)
        fresh.client.set_cookie("vaultraider_session", str(browsers[person].cookie))
        answer = fresh.get("/api/v1/profile").json
        assert answer["account"]["id"] == accounts[person]
        assert {item["id"] for item in answer["items"]} == items[person]
        other = next(each for each in instances if each != person)
        stranger = next(iter(instances[other]))
        assert fresh.get(f"/api/v1/items/{stranger}").status_code == 404

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(look, person) for _ in range(4) for person in browsers]:
            done.result()


def test_no_secret_comes_into_the_log_of_a_whole_evening(house: WiredHouse, caplog: pytest.LogCaptureFixture) -> None:
    browser = house.browser()
    back = browser.go_to_bungie("Marrow")  # the test's own client logs what it does
    caplog.clear()
    caplog.set_level("DEBUG")
    browser.come_back(**back)
    secrets = [back["code"], back["state"], str(browser.cookie), "demo-client-secret", token(house)]
    for action in ("reset", "refresh_500", "refresh_400_unknown", "system_disabled"):
        house.pass_time(HOUR)
        house.controls.fault(action, match=TOKEN)
        with pytest.raises(BungieError):
            token(house)
        house.pass_time(300)
        secrets.append(token(house))
    kept = house.services.accounts.credentials._tokens.load(house.user().id)
    assert kept is not None
    secrets.append(str(kept.pair.refresh_token))
    browser.get("/api/v1/accounts")
    said = caplog.text
    assert "sign" in said.lower()
    for secret in secrets:
        assert secret not in said
    stored = b"".join(file.read_bytes() for file in house.settings.data_dir.iterdir() if "sqlite3" in file.name)
    for secret in secrets:
        assert secret.encode() not in stored
