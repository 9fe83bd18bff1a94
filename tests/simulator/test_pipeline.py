"""The order in which a request is judged, and how each refusal looks."""

from __future__ import annotations

from typing import Any

import pytest
from tests.simulator.conftest import AGENT, KEYED, Browser
from tests.simulator.controls import Controls

from vaultraider.simulator import Simulator

SETTINGS = "/Platform/Settings/"
ME = "/Platform/User/GetMembershipsForCurrentUser/"


def code_of(answer: Any) -> int:
    return int(answer.json()["ErrorCode"])


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"X-API-Key": ""}, 500, 2102),
        ({"X-API-Key": "nobody's"}, 500, 2101),
        ({"Origin": "https://app.example"}, 500, 2107),
        ({"Authorization": "Bearer neverGiven=="}, 500, 99),
    ],
    ids=["no key", "wrong key", "origin", "unknown bearer"],
)
def test_refusals_before_the_route(browser: Browser, headers: dict[str, str], status: int, code: int) -> None:
    answer = browser.http.get(SETTINGS, headers=KEYED | headers)
    assert (answer.status_code, code_of(answer)) == (status, code)
    assert "Response" not in answer.json()


@pytest.mark.parametrize(
    ("host", "status"),
    [("evil.example", 421), ("127.0.0.1.evil.example", 421), ("[", 421), ("localhost", 200), ("127.0.0.1", 200), ("[::1]", 200)],
)
def test_a_server_for_this_machine_answers_to_its_names_alone(browser: Browser, host: str, status: int) -> None:
    assert browser.http.get(SETTINGS, headers=KEYED | {"Host": host}).status_code == status


def test_without_a_user_agent_cloudflare_blocks(browser: Browser, simulator_control: Controls) -> None:
    answer = browser.http.get(SETTINGS, headers=KEYED | {"User-Agent": ""})
    assert answer.status_code == 403
    assert answer.headers["Content-Type"].startswith("text/html")
    simulator_control.forgive()


@pytest.mark.parametrize("bearer", ["Bearer a%2Fb%3D%3D", "Bearer", "bearer x", "Bearer two words"])
def test_a_malformed_bearer_meets_the_web_server(browser: Browser, bearer: str) -> None:
    answer = browser.http.get(SETTINGS, headers=KEYED | {"Authorization": bearer})
    assert answer.status_code == 401
    assert answer.headers["Content-Type"].startswith("text/html")


def test_order_key_before_origin_before_bearer_before_route(browser: Browser, simulator_control: Controls) -> None:
    """Everything is wrong at once; putting it right one by one shows what is looked at first."""
    wrong = AGENT | {"X-API-Key": "wrong", "Origin": "https://a.example", "Authorization": "Bearer old=="}
    path = "/Platform/Nothing/"
    simulator_control.fault("system_disabled", count=None)
    seen = []
    for better in ({}, {"X-API-Key": KEYED["X-API-Key"]}, {"Origin": None}, {"Authorization": None}):
        wrong = {name: value for name, value in (wrong | better).items() if value is not None}
        seen.append(code_of(browser.http.get(path, headers=wrong)))
    simulator_control.clear_faults()
    seen.append(code_of(browser.http.get(path, headers=wrong)))
    assert seen == [2101, 2107, 99, 5, 21]
    simulator_control.forgive()


def test_the_slash_rule_redirects(browser: Browser) -> None:
    answer = browser.http.get("/Platform/Settings?x=1", headers=KEYED)
    assert (answer.status_code, answer.headers["Location"]) == (301, "/Platform/Settings/?x=1")


def test_paths_are_case_insensitive(browser: Browser) -> None:
    assert code_of(browser.get("/platform/settings/")) == 1


@pytest.mark.parametrize("path", ["/Platform/Nothing/", "/nothing", "/common/destiny2_content/sqlite/en/none.content"])
def test_an_unknown_path_is_a_problem(browser: Browser, simulator: Simulator, simulator_control: Controls, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 404
    assert [entry.problem for entry in simulator.box.journal.problems()] == ["unknown path"]
    simulator_control.forgive()


def test_reads_about_oneself_need_a_sign_in_and_its_scope(browser: Browser, simulator_control: Controls) -> None:
    assert code_of(browser.get(ME)) == 99
    assert code_of(browser.get(ME, "Marrow")) == 1


def test_too_many_requests_from_one_address(browser: Browser, simulator_control: Controls) -> None:
    simulator_control.knobs(ip_limit=5)
    codes = [code_of(browser.get(SETTINGS)) for _ in range(7)]
    assert codes == [1, 1, 1, 1, 1, 51, 51]
    refused = browser.get(SETTINGS)
    assert (refused.status_code, refused.json()["ThrottleSeconds"]) == (429, 10)
    assert refused.json()["MessageData"] == {"MaximumRequestsPerSecond": "25"}
    simulator_control.advance(10.1)
    assert code_of(browser.get(SETTINGS)) == 1


KNOBS: list[tuple[dict[str, Any], str, int, bool]] = [
    ({"status_99": "500json"}, ME, 500, True),
    ({"status_99": "401json"}, ME, 401, True),
    ({"status_99": "401html"}, ME, 401, False),
    ({"status_5": "503json"}, SETTINGS, 503, True),
    ({"status_5": "503html"}, SETTINGS, 503, False),
    ({"status_51": 429}, SETTINGS, 429, True),
    ({"status_51": 500}, SETTINGS, 500, True),
    ({"status_51": 200}, SETTINGS, 200, True),
]


@pytest.mark.parametrize(("knob", "path", "status", "is_json"), KNOBS, ids=[str(row[0]) for row in KNOBS])
def test_status_knobs(
    browser: Browser, simulator_control: Controls, knob: dict[str, Any], path: str, status: int, is_json: bool
) -> None:
    simulator_control.knobs(**knob)
    if "status_5" in knob:
        simulator_control.fault("system_disabled")
    if "status_51" in knob:
        simulator_control.fault("throttle_ip")
    answer = browser.get(path)
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("application/json" if is_json else "text/html")


def test_answers_are_compressed_for_who_asks(browser: Browser) -> None:
    plain = browser.get("/Platform/Destiny2/Manifest/")
    packed = browser.http.get("/Platform/Destiny2/Manifest/", headers=KEYED | {"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) < len(plain.content)
    assert packed.json() == plain.json()


def test_a_bug_of_the_simulator_is_a_problem(browser: Browser, simulator: Simulator, simulator_control: Controls) -> None:
    simulator.box.world.systems_off = None  # type: ignore[assignment]
    assert code_of(browser.get(SETTINGS)) == 3
    assert "the simulator broke" in simulator.box.journal.problems()[0].problem
    simulator_control.forgive()
