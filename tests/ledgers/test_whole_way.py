"""From Bungie's answer to the book: a whole house before the simulator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.clocks import START
from tests.ledgers.purse import GLIMMER
from tests.past.days import HOUR, Days
from tests.simulator.controls import Controls
from tests.wired import WiredHouse, build_wired

PERSON = "Two-memberships"
OWNED = 183_402


@pytest.fixture
def wired(tmp_path: Path, simulator_control: Controls) -> Iterator[WiredHouse]:
    house = build_wired(tmp_path / "data", simulator_control, start=START)
    assert house.update_definitions().state == "done"
    yield house
    house.services.close()


@pytest.fixture
def days(wired: WiredHouse) -> Days:
    days = Days(wired, wired.signed_in(PERSON), PERSON)
    days.change(lambda account: account.currencies.update({GLIMMER: OWNED}))
    assert days.browser.get("/api/v1/profile").status_code == 200
    return days


def earn(days: Days, amount: int) -> None:
    days.change(lambda account: account.currencies.update({GLIMMER: account.currencies[GLIMMER] + amount}))


def glimmer(days: Days, path: str = "") -> Any:
    answer = days.browser.get(f"/api/v1/ledgers/1{path}")
    assert answer.status_code == 200, answer.text
    return answer.json


def test_what_is_earned_in_the_game_is_in_the_book(wired: WiredHouse, days: Days) -> None:
    earn(days, 1450)
    earned = days.look()
    earn(days, -450)
    days.look()
    shown = glimmer(days)
    assert (shown["ledger"]["name"], shown["ledger"]["balance"]) == ("Glimmer", OWNED + 1000)
    assert shown["ledger"]["icon"].startswith(f"/icons/items/{GLIMMER}?v=")
    assert (shown["opening"], shown["closing"]) == (OWNED, OWNED + 1000)
    assert shown["quarters"][3] == {"quarter": 4, "earned": 1450, "spent": 450, "entries": 2}
    newest, first = glimmer(days, "/entries")["entries"]
    assert (newest["amount"], newest["balance"]) == (-450, OWNED + 1000)
    assert (first["at"], "since" in first) == (earned.strftime("%Y-%m-%dT%H:%M:%SZ"), False)
    names = [each["name"] for each in days.browser.get("/api/v1/ledgers").json["ledgers"]]
    assert (names[0], sorted(names)) == ("Glimmer", ["Bright Dust", "Glimmer", "Silver"])

    # Bungie is down, and the books are open.
    wired.controls.fault("error", count=None, code=5)
    answer = days.browser.get("/api_1_0/finance/1/2026")
    assert answer.json == {"items": {"q1_earnings": 0, "q2_earnings": 0, "q3_earnings": 0, "q4_earnings": 1450}}


def test_currencies_that_do_not_come_were_not_spent(wired: WiredHouse, days: Days) -> None:
    wired.controls.fault("drop_component", count=None, match={"path": "/Profile/"}, component="profileCurrencies")
    for _ in range(4):
        days.look()
    assert glimmer(days, "/entries") == {"entries": []}
    wired.controls.clear_faults()
    earn(days, 5)
    days.look()
    assert [each["amount"] for each in glimmer(days, "/entries")["entries"]] == [5]


def test_what_nobody_saw_happen_says_so(days: Days) -> None:
    before = days.house.clock.now()
    earn(days, 7)
    days.look(5 * HOUR)
    (entry,) = glimmer(days, "/entries")["entries"]
    assert (entry["amount"], entry["since"]) == (7, before.strftime("%Y-%m-%dT%H:%M:%SZ"))


def test_what_is_spent_to_the_last_leaves_bungies_list(days: Days) -> None:
    days.change(lambda account: account.currencies.pop(GLIMMER))
    days.look()
    shown = glimmer(days)
    assert (shown["ledger"]["balance"], shown["quarters"][3]["spent"]) == (0, OWNED)
