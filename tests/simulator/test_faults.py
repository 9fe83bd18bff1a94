"""Each fault does what its name says, as often as it was told, to whom it was meant for."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from tests.simulator.conftest import Browser
from tests.simulator.controls import Controls

from vaultraider.simulator import Simulator
from vaultraider.simulator.answers import PAGES
from vaultraider.simulator.faults import CATALOGUE, FaultError

SETTINGS = "/Platform/Settings/"


@pytest.mark.parametrize("action", sorted(PAGES))
def test_pages_instead_of_json(browser: Browser, simulator_control: Controls, action: str) -> None:
    simulator_control.fault(action)
    answer = browser.get(SETTINGS)
    assert answer.headers["Content-Type"].startswith("text/html")
    number = action.rpartition("_")[2]
    assert str(answer.status_code) == number
    assert browser.get(SETTINGS).json()["ErrorCode"] == 1


@pytest.mark.parametrize(
    ("action", "params", "status", "code", "seconds"),
    [
        ("system_disabled", {}, 503, 5, 0),
        ("throttle_ip", {}, 429, 51, 10),
        ("throttle_ip", {"seconds": 0}, 429, 51, 0),
        ("throttle_user", {}, 500, 36, 0),
        ("throttle_game", {}, 503, 1672, 0),
        ("error", {"code": 1618}, 500, 1618, 0),
        ("error", {"code": 1653}, 404, 1653, 0),
        ("error", {"code": 54, "http": 200, "throttle_seconds": 3}, 200, 54, 3),
    ],
)
def test_codes(
    browser: Browser, simulator_control: Controls, action: str, params: dict[str, Any], status: int, code: int, seconds: int
) -> None:
    simulator_control.fault(action, **params)
    answer = browser.get(SETTINGS)
    body = answer.json()
    assert (answer.status_code, body["ErrorCode"], body["ThrottleSeconds"]) == (status, code, seconds)
    if (action, seconds) == ("throttle_ip", 0):
        assert body["MessageData"] == {}


@pytest.mark.parametrize(
    ("action", "params", "status", "wanted"),
    [
        ("refresh_500", {}, 500, None),
        ("refresh_400_unknown", {}, 400, {"error": "server_error", "error_description": "SomethingNobodyHasSeen"}),
        (
            "token_error",
            {"error": "invalid_grant", "description": "x"},
            400,
            {"error": "invalid_grant", "error_description": "x"},
        ),
        ("system_disabled", {}, 400, {"error": "server_error", "error_description": "SystemDisabled"}),
    ],
)
def test_token_endpoint(
    browser: Browser, simulator_control: Controls, action: str, params: dict[str, Any], status: int, wanted: Any
) -> None:
    refresh = simulator_control.tokens()["refresh_token"]
    simulator_control.fault(action, **params)
    answer = browser.token(grant_type="refresh_token", refresh_token=refresh)
    assert answer.status_code == status
    if wanted:
        assert answer.json() == wanted
    assert browser.token(grant_type="refresh_token", refresh_token=refresh).status_code == 200


def test_the_token_endpoint_may_answer_with_an_envelope(browser: Browser, simulator_control: Controls) -> None:
    simulator_control.fault("token_error", envelope=2124)
    answer = browser.token(grant_type="refresh_token", refresh_token="any")
    assert (answer.status_code, answer.json()["ErrorCode"]) == (400, 2124)


@pytest.mark.parametrize("action", ["reset", "hang"])
def test_no_answer_at_all(browser: Browser, simulator_control: Controls, action: str) -> None:
    simulator_control.fault(action, seconds=0.05)
    with pytest.raises(httpx2.TransportError):
        browser.get(SETTINGS)
    assert browser.get(SETTINGS).status_code == 200


def test_a_hanging_request_is_let_go_when_the_simulator_stops() -> None:
    with Simulator() as simulator:
        Controls(simulator).fault("hang", seconds=60)
        with pytest.raises(httpx2.TimeoutException):
            httpx2.get(simulator.url + SETTINGS, timeout=0.2, headers={"User-Agent": "x"})
    assert not simulator.box.faults.rules


def test_a_body_cut_off(browser: Browser, simulator_control: Controls) -> None:
    simulator_control.fault("truncate", bytes=20)
    with pytest.raises(httpx2.RemoteProtocolError):
        browser.get(SETTINGS)


def test_a_slow_body_arrives_whole(browser: Browser, simulator_control: Controls) -> None:
    whole = browser.get(SETTINGS).content
    simulator_control.fault("slow_body", piece=500, seconds=0.001)
    assert browser.get(SETTINGS).content == whole


def test_latency_on_the_virtual_clock(browser: Browser, simulator: Simulator, simulator_control: Controls) -> None:
    simulator.box.clock.freeze()
    before = simulator.box.clock.now()
    simulator_control.fault("latency", seconds=30, on="virtual")
    assert browser.get(SETTINGS).status_code == 200
    assert simulator.box.clock.now() == before + 30


def test_an_unreadable_bearer(browser: Browser, simulator_control: Controls) -> None:
    simulator_control.fault("mangle_bearer", count=None)
    assert browser.get(SETTINGS, "Marrow").status_code == 401
    assert browser.get(SETTINGS).status_code == 200


@pytest.mark.parametrize(
    ("match", "count", "expected"),
    [
        ({}, 2, "xx..."),
        ({"nth": 3}, None, "..x.."),
        ({"every": 2}, None, ".x.x."),
        ({"path": "(?i)globalalerts"}, None, "....."),
        ({"method": "POST"}, None, "....."),
        ({"user": "17429800"}, None, "....."),
        ({"probability": 0.0}, None, "....."),
        ({"after": "2999-01-01T00:00:00Z"}, None, "....."),
        ({"path": "Settings"}, None, "xxxxx"),
        ({"body": {"state": "true"}}, None, "....."),
    ],
)
def test_matching(browser: Browser, simulator_control: Controls, match: dict[str, Any], count: int | None, expected: str) -> None:
    simulator_control.fault("html_503", count=count, match=match)
    seen = "".join("x" if browser.get(SETTINGS).status_code == 503 else "." for _ in range(5))
    assert seen == expected


def test_a_fault_for_one_person_only(browser: Browser, simulator_control: Controls) -> None:
    simulator_control.fault("html_503", count=None, match={"user": "17429800"})
    assert browser.get(SETTINGS, "Marrow").status_code == 503
    assert browser.get(SETTINGS, "Hoarder").status_code == 200


def test_chance_is_the_same_for_the_same_seed(browser: Browser, simulator: Simulator, simulator_control: Controls) -> None:
    def evening() -> str:
        simulator.reset(seed=5)
        simulator_control.fault("html_503", count=None, match={"probability": 0.5})
        return "".join("x" if browser.get(SETTINGS).status_code == 503 else "." for _ in range(20))

    first = evening()
    assert first == evening()
    assert {"x", "."} == set(first)


def test_unknown_faults_are_refused(simulator_control: Controls) -> None:
    with pytest.raises(FaultError):
        simulator_control.fault("gremlins")
    with pytest.raises(FaultError):
        simulator_control.fault("error", match={"path": "("})


def test_every_fault_has_words() -> None:
    assert all(text for text in CATALOGUE.values())


def test_the_flaky_evening_strikes_and_passes(browser: Browser, simulator_control: Controls) -> None:
    simulator_control.scenario("flaky-evening")
    kinds = set()
    for _ in range(120):
        try:
            answer = browser.get(SETTINGS)
            kinds.add(answer.status_code)
        except httpx2.TransportError as error:
            kinds.add(type(error).__name__)
    assert len(kinds) >= 4
    simulator_control.clear_faults()
    assert browser.get(SETTINGS).status_code == 200
