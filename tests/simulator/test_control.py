"""The control room: who may enter, and what can be done there."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from tests.simulator.conftest import AGENT, KEYED, Browser
from tests.simulator.controls import Controls

from vaultraider.simulator import Simulator
from vaultraider.simulator.knobs import CHOICES
from vaultraider.simulator.moments import MOMENTS
from vaultraider.simulator.scenarios import SCENARIOS


def test_it_is_closed_unless_asked_for() -> None:
    with Simulator(control=False) as simulator:
        assert httpx2.get(f"{simulator.url}/__sim/clock").status_code == 404
        page = httpx2.get(
            f"{simulator.url}/en/OAuth/Authorize", params={"client_id": "31337", "response_type": "code"}, headers=AGENT
        )
        assert "For testers" not in page.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"X-Forwarded-For": "203.0.113.9"},
        {"Forwarded": "for=203.0.113.9"},
        {"X-Real-IP": "203.0.113.9"},
    ],
    ids=[
        "another name for this machine",
        "a page elsewhere",
        "a page from nowhere",
        "no origin at all",
        "a picture in a page elsewhere",
        "somebody before a proxy",
        "somebody before a newer proxy",
        "somebody before a simple proxy",
    ],
)
def test_it_is_closed_to_pages_of_others(simulator: Simulator, headers: dict[str, str]) -> None:
    assert httpx2.get(f"{simulator.url}/__sim/clock", headers=headers).status_code == 404


def test_the_overview_names_everything(browser: Browser) -> None:
    found = browser.sim("GET", "").json()
    assert set(found["scenarios"]) == set(SCENARIOS)
    assert all(found["scenarios"].values())
    assert {"latency", "commit"} & set(found["faults"]) == {"latency"}
    assert [person["name"] for person in found["people"]][:2] == ["Marrow#4417", "Newcomer#0092"]


def test_the_clock(browser: Browser) -> None:
    assert browser.sim("POST", "clock", {"set": "2030-01-01T00:00:00Z", "freeze": True}).json()["frozen"] is True
    assert browser.sim("POST", "clock", {"advance": 90}).json()["now"][:19] == "2030-01-01T00:01:30"
    assert browser.sim("POST", "clock", {"run": True}).json()["frozen"] is False
    assert browser.sim("POST", "clock", {"set": "yesterday"}).status_code == 400


def test_faults_come_and_go(browser: Browser) -> None:
    id = browser.sim("POST", "faults", {"action": "html_503", "match": {"path": "Settings"}, "count": None}).json()["id"]
    assert [rule["id"] for rule in browser.sim("GET", "faults").json()] == [id]
    assert browser.get("/Platform/Settings/").status_code == 503
    assert browser.sim("DELETE", f"faults/{id}").json() == {"removed": True}
    assert browser.sim("DELETE", f"faults/{id}").json() == {"removed": False}
    assert browser.get("/Platform/Settings/").status_code == 200


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("faults", {"action": "gremlins"}),
        ("faults", {"action": "error", "match": {"colour": "red"}}),
        ("faults", {"action": "error", "match": {"path": "("}}),
        ("knobs", {"status_99": "teapot"}),
        ("knobs", {"volume": 11}),
        ("moments/external_mutation", {"deed": "sing"}),
        ("moments/external_mutation", {"account": "Nobody"}),
        ("moments/revoke_grant", {"person": "Nobody"}),
        ("moments/nothing", {}),
        ("scenario/picnic", {}),
        ("code", {"person": "Nobody"}),
        ("code", {"person": "Marrow", "client_id": "1"}),
    ],
)
def test_mistakes_are_told(browser: Browser, path: str, body: Any) -> None:
    answer = browser.sim("POST", path, body)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_moment_may_come_through_the_faults_door(browser: Browser) -> None:
    assert browser.sim("POST", "faults", {"action": "bump"}).json()["done"]["number"] == 1


@pytest.mark.parametrize("moment", sorted(MOMENTS))
def test_every_moment_happens(browser: Browser, moment: str) -> None:
    assert browser.sim("POST", f"moments/{moment}", {}).status_code == 200
    assert browser.sim("GET", "invariants").json()["ok"]


@pytest.mark.parametrize("scenario", sorted(SCENARIOS))
def test_every_scenario_plays(browser: Browser, scenario: str) -> None:
    assert browser.sim("POST", f"scenario/{scenario}").json() == {"scenario": scenario}
    assert browser.sim("GET", "invariants").json()["ok"]


def test_scenarios_do_what_they_say(browser: Browser, simulator: Simulator, simulator_control: Controls) -> None:
    simulator_control.scenario("vault-full")
    assert len(simulator_control.account().vault()) == 1000
    simulator_control.scenario("xur-weekend")
    assert browser.sim("GET", "clock").json()["now"][11:16] == "12:00"
    simulator_control.scenario("tuesday-maintenance")
    assert browser.get("/Platform/Destiny2/Manifest/").json()["ErrorCode"] == 5
    assert browser.get("/Platform/Settings/").json()["Response"]["systems"]["Destiny2"]["enabled"] is False
    assert browser.get("/Platform/GlobalAlerts/").json()["Response"][0]["AlertLevel"] == 3


def test_signing_in_without_the_page(browser: Browser) -> None:
    code = browser.sim("POST", "code", {"person": "Hoarder"}).json()["code"]
    assert browser.token(grant_type="authorization_code", code=code).json()["membership_id"] == "17429804"
    token = browser.sim("POST", "tokens", {"person": "Marrow"}).json()["access_token"]
    assert browser.get("/Platform/User/GetMembershipsForCurrentUser/", Authorization=f"Bearer {token}").status_code == 200


def test_the_journal_keeps_no_secrets(browser: Browser) -> None:
    tokens = browser.sim("POST", "tokens", {"person": "Marrow"}).json()
    browser.get("/Platform/Settings/", Authorization=f"Bearer {tokens['access_token']}")
    browser.token(grant_type="refresh_token", refresh_token=tokens["refresh_token"])
    journal = browser.sim("GET", "journal").text
    for secret in (tokens["access_token"], tokens["refresh_token"], "demo-client-secret"):
        assert secret not in journal
    last = browser.sim("GET", "journal?since=1").json()["entries"]
    assert [entry["n"] for entry in last] == [2]
    assert last[0]["body"]["grant_type"] == "refresh_token"


def test_a_snapshot_brings_everything_back(browser: Browser, simulator: Simulator, simulator_control: Controls) -> None:
    simulator.box.clock.freeze()
    headers = browser.headers("Marrow")
    path = "/Platform/Destiny2/3/Profile/4611686018467000101/?components=100,102,201,205,305"
    simulator_control.knobs(status_99="401json")
    before = browser.http.get(path, headers=headers).content
    kept = browser.http.get("/__sim/snapshot").content
    simulator_control.happen("external_mutation", deed="delete", count=50)
    simulator_control.happen("bump")
    simulator_control.fault("html_503", count=None)
    assert browser.http.get(path, headers=headers).content != before
    assert browser.http.put("/__sim/snapshot", content=kept).status_code == 200
    assert browser.http.get(path, headers=headers).content == before
    assert browser.http.get("/__sim/snapshot").content == kept
    assert browser.http.put("/__sim/snapshot", content=b"{}").status_code == 400


def test_the_truth_by_any_name(browser: Browser) -> None:
    found = [browser.sim("GET", f"world/{who}").json() for who in ("Marrow", "Marrow%234417", "17429800", "4611686018467000101")]
    assert all(one == found[0] for one in found)
    assert found[0]["vault_used"] == 904
    assert {item["place"] for item in found[0]["items"]} == {"vault", "equipped", "inventory", "postmaster"}
    assert found[0]["characters"][0]["nickname"] == "Brannoch"
    assert browser.sim("GET", "world/Nobody").status_code == 400


def test_reset(browser: Browser, simulator_control: Controls) -> None:
    simulator_control.happen("external_mutation", deed="delete", count=5)
    assert browser.sim("POST", "reset", {"seed": 4}).json() == {"seed": 4, "revision": 1}
    assert browser.sim("GET", "world/Marrow").json()["vault_used"] == 904


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in CHOICES.items() for value in values])
def test_every_knob_turns(browser: Browser, name: str, value: Any) -> None:
    assert browser.sim("POST", "knobs", {name: value}).json()[name] == value


def test_knobs_at_the_start() -> None:
    with Simulator(knobs={"status_5": "503html", "cache_ttl": 60}) as simulator:
        Controls(simulator).fault("system_disabled")
        answer = httpx2.get(f"{simulator.url}/Platform/Settings/", headers=KEYED)
    assert answer.headers["Content-Type"].startswith("text/html")
