"""Sign-in as bungie-net's wiki and issues describe it: the page, codes, tokens, rotation, and every refusal."""

from __future__ import annotations

import base64
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from tests.simulator.conftest import AGENT, KEYED, Browser
from tests.simulator.controls import Controls

from vaultraider.simulator import Simulator

AUTHORIZE = "/en/OAuth/Authorize"
GOOD = {"client_id": "31337", "response_type": "code", "state": "st4te &é"}
DAY = 86400


def decide(browser: Browser, **form: str) -> dict[str, list[str]]:
    answer = browser.http.post(AUTHORIZE, data=GOOD | {"person": "17429800", "decision": "approve"} | form, headers=AGENT)
    assert answer.status_code == 302
    where = urlsplit(answer.headers["Location"])
    assert f"{where.scheme}://{where.netloc}{where.path}" == "http://127.0.0.1:8321/callback/bungie"
    return parse_qs(where.query)


def test_the_page_is_labelled_and_names_everybody(browser: Browser) -> None:
    page = browser.http.get(AUTHORIZE, params=GOOD, headers=AGENT)
    assert page.status_code == 200
    assert "Simulator." in page.text
    for name in ("Marrow#4417", "Newcomer#0092", "Private#1303", "Two-memberships#2002", "Hoarder#1000"):
        assert name in page.text
    assert 'value="st4te &amp;é"' in page.text
    assert "script" not in page.text.lower().replace("default-src", "")


def test_a_hostile_state_stays_text(browser: Browser) -> None:
    page = browser.http.get(AUTHORIZE, params=GOOD | {"state": '"><script>alert(1)</script>'}, headers=AGENT)
    assert "<script>" not in page.text


@pytest.mark.parametrize(
    "wrong",
    [{"client_id": "1"}, {"response_type": "token"}, {"scope": "ReadBasicUserProfile"}],
    ids=["unknown client", "response type", "scope given"],
)
def test_the_page_refuses_wrong_parameters(browser: Browser, wrong: dict[str, str]) -> None:
    page = browser.http.get(AUTHORIZE, params=GOOD | wrong, headers=AGENT)
    assert page.status_code == 400
    assert "Authorization query string parameters are not valid." in page.text


def test_approving_gives_a_code_and_the_state_back(browser: Browser) -> None:
    back = decide(browser)
    assert back["state"] == ["st4te &é"]
    tokens = browser.token(grant_type="authorization_code", code=back["code"][0]).json()
    assert tokens["token_type"] == "Bearer"
    assert tokens["membership_id"] == "17429800"
    assert (tokens["expires_in"], tokens["refresh_expires_in"]) == (3600, 7_776_000)
    assert len(tokens["access_token"]) >= 360


def test_denying(browser: Browser) -> None:
    assert decide(browser, decision="deny") == {"error": ["access_denied"], "state": ["st4te &é"]}


def test_answers_for_testers(browser: Browser, simulator_control: Controls) -> None:
    assert decide(browser, answer="wrong_state")["state"] != ["st4te &é"]
    stale = decide(browser, answer="old_code")["code"][0]
    assert browser.token(grant_type="authorization_code", code=stale).json()["error_description"] == "AuthorizationCodeStale"


def test_auto_approve_until_reauth(browser: Browser) -> None:
    browser.sim("POST", "auto_approve", {"person": "Hoarder"})
    straight = browser.http.get(AUTHORIZE, params=GOOD, headers=AGENT)
    assert straight.status_code == 302
    assert "code=" in straight.headers["Location"]
    assert browser.http.get(AUTHORIZE, params=GOOD | {"reauth": "true"}, headers=AGENT).status_code == 200


def test_only_https_goes_back_unless_allowed() -> None:
    with Simulator(allow_http_callback=False) as strict:
        page = httpx2.get(strict.url + AUTHORIZE, params=GOOD, headers=AGENT)
    assert page.status_code == 400
    assert "not https" in page.text


def test_basic_credentials_work_too(browser: Browser, simulator_control: Controls) -> None:
    basic = base64.b64encode(b"31337:demo-client-secret").decode()
    form = {"grant_type": "authorization_code", "code": simulator_control.code()}
    headers = AGENT | {"Authorization": f"Basic {basic}"}
    assert browser.http.post("/platform/app/oauth/token/", data=form, headers=headers).status_code == 200


def test_a_public_client_gets_no_refresh_token(simulator_control: Controls) -> None:
    assert "refresh_token" not in simulator_control.tokens(client_id="31338")


@pytest.mark.parametrize(
    ("form", "description"),
    [
        ({"grant_type": "authorization_code", "code": "never given"}, "AuthorizationCodeInvalid"),
        ({"grant_type": "refresh_token", "refresh_token": "never given"}, "ProvidedTokenNotValidRefreshToken"),
        ({"grant_type": "password"}, "InvalidParameters"),
        ({"client_secret": "wrong", "grant_type": "refresh_token"}, "ApplicationTokenKeyIdDoesNotExist"),
    ],
)
def test_refusals(browser: Browser, form: dict[str, str], description: str) -> None:
    answer = browser.token(**form)
    assert answer.status_code == 400
    assert answer.json()["error_description"] == description


def test_a_code_works_once_and_not_for_long(browser: Browser, simulator_control: Controls) -> None:
    used, old = simulator_control.code(), simulator_control.code()
    assert browser.token(grant_type="authorization_code", code=used).status_code == 200
    again = browser.token(grant_type="authorization_code", code=used)
    assert again.json() == {"error": "server_error", "error_description": "AuthorizationCodeInvalid"}
    simulator_control.advance(61)
    assert browser.token(grant_type="authorization_code", code=old).json()["error_description"] == "AuthorizationCodeStale"


def test_another_redirect_uri_fails_at_the_token_step(browser: Browser) -> None:
    code = decide(browser, redirect_uri="https://elsewhere.example/")["code"][0]
    answer = browser.token(grant_type="authorization_code", code=code)
    assert answer.json()["error_description"] == "redirect_uri does not match application configuration."


@pytest.mark.parametrize(
    ("knob", "waited", "status"),
    [("strict", 0, 400), ("grace:30", 29, 200), ("grace:30", 31, 400), ("lenient", 4000, 200)],
)
def test_a_used_refresh_token(browser: Browser, simulator_control: Controls, knob: str, waited: float, status: int) -> None:
    simulator_control.knobs(refresh_reuse=knob)
    refresh = simulator_control.tokens()["refresh_token"]
    first = browser.token(grant_type="refresh_token", refresh_token=refresh)
    assert first.status_code == 200
    assert first.json()["refresh_token"] != refresh
    simulator_control.advance(waited)
    second = browser.token(grant_type="refresh_token", refresh_token=refresh)
    assert second.status_code == status
    if status == 400:
        assert second.json()["error_description"] == "TokenPreviouslyRevoked"


@pytest.mark.parametrize(("days", "description"), [(91, "RefreshTokenExpired"), (366, "AuthorizationRecordExpired")])
def test_tokens_age(browser: Browser, simulator_control: Controls, days: int, description: str) -> None:
    refresh = simulator_control.tokens()["refresh_token"]
    simulator_control.advance(days * DAY)
    assert browser.token(grant_type="refresh_token", refresh_token=refresh).json()["error_description"] == description


def test_the_record_dies_after_a_year_however_often_it_is_refreshed(browser: Browser, simulator_control: Controls) -> None:
    refresh = simulator_control.tokens()["refresh_token"]
    for _ in range(6):
        simulator_control.advance(60 * DAY)
        refresh = browser.token(grant_type="refresh_token", refresh_token=refresh).json()["refresh_token"]
    simulator_control.advance(10 * DAY)
    assert (
        browser.token(grant_type="refresh_token", refresh_token=refresh).json()["error_description"]
        == "AuthorizationRecordExpired"
    )


@pytest.mark.parametrize(
    ("moment", "description"),
    [
        ("revoke_grant", "AuthorizationRecordRevoked"),
        ("expire_record", "AuthorizationRecordExpired"),
        ("invalidate_all", "Decryption key ID in token envelope is unknown"),
    ],
)
def test_moments_that_end_a_sign_in(browser: Browser, simulator_control: Controls, moment: str, description: str) -> None:
    refresh = simulator_control.tokens()["refresh_token"]
    simulator_control.happen(moment)
    assert browser.token(grant_type="refresh_token", refresh_token=refresh).json()["error_description"] == description


def test_a_revoked_grant_still_reads_but_sees_nothing_private(browser: Browser, simulator_control: Controls) -> None:
    headers = browser.headers("Marrow")
    simulator_control.happen("revoke_grant", person="Marrow", delay=1800)
    account = simulator_control.account()
    path = f"/Platform/Destiny2/3/Profile/{account.id}/?components=100,102"
    assert "data" in browser.http.get(path, headers=headers).json()["Response"]["profileInventory"]
    simulator_control.advance(1801)
    assert browser.http.get(path, headers=headers).json()["Response"]["profileInventory"] == {"privacy": 2}


def test_a_token_refreshed_by_another_application_reads_public_data_only(browser: Browser, simulator_control: Controls) -> None:
    refresh = simulator_control.tokens()["refresh_token"]
    answer = browser.token(
        grant_type="refresh_token", refresh_token=refresh, client_id="31339", client_secret="another-client-secret"
    )
    headers = KEYED | {"Authorization": f"Bearer {answer.json()['access_token']}"}
    account = simulator_control.account()
    found = browser.http.get(f"/Platform/Destiny2/3/Profile/{account.id}/?components=102", headers=headers)
    assert found.json()["Response"]["profileInventory"] == {"privacy": 2}


def test_maintenance_is_a_400(browser: Browser, simulator_control: Controls) -> None:
    simulator_control.scenario("tuesday-maintenance")
    answer = browser.token(grant_type="refresh_token", refresh_token="any")
    assert (answer.status_code, answer.json()) == (400, {"error": "server_error", "error_description": "SystemDisabled"})


def test_sign_ins_outlive_a_restart(tmp_path_factory: pytest.TempPathFactory) -> None:
    state = tmp_path_factory.mktemp("state") / "simulator.json"
    with Simulator(state=state) as first:
        tokens = Controls(first).tokens()
    assert tokens["access_token"] in state.read_text()
    with Simulator(state=state) as second:
        headers = KEYED | {"Authorization": f"Bearer {tokens['access_token']}"}
        found = httpx2.get(second.url + "/Platform/User/GetMembershipsForCurrentUser/", headers=headers)
        assert found.json()["Response"]["bungieNetUser"]["uniqueName"] == "Marrow#4417"
        new = Controls(second).tokens()["access_token"]
        assert new != tokens["access_token"]
    state.write_text("{ broken")
    with Simulator(state=state) as third:
        assert not third.box.credentials.issued.grants
