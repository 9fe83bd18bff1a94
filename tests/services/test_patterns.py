"""Patterns beside the vault: asked for seldom, and missed by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.clocks import START
from tests.simulator.controls import Controls
from tests.wired import WiredBrowser, WiredHouse, build_wired

from vaultraider.bungie._wire import Limits
from vaultraider.domain.snapshot import Pattern
from vaultraider.simulator import Simulator
from vaultraider.simulator.demo.patterns import NEEDED

ASKED = r"components=900$"
A_WHILE, AN_HOUR = 120.0, 3600.0


@pytest.fixture
def house(simulator_server: Simulator, definitions: Path, tmp_path: Path) -> Iterator[WiredHouse]:
    Controls(simulator_server).first_day()
    house = build_wired(tmp_path, Controls(simulator_server), start=START, definitions=definitions)
    yield house
    house.services.close()


@pytest.fixture
def browser(house: WiredHouse) -> WiredBrowser:
    """Has looked once."""
    browser = house.signed_in()
    assert browser.get("/api/v1/profile").status_code == 200
    return browser


def asked(house: WiredHouse) -> int:
    return sum(entry.query == "components=900" for entry in house.controls.journal())


def look(house: WiredHouse, after: float) -> None:
    house.pass_time(after)
    assert house.services.inventory.refresh(house.user(), forced=True).changed


def known(house: WiredHouse) -> dict[int, Pattern]:
    snapshot = house.services.inventory.snapshot_of(house.user())
    assert snapshot is not None
    return snapshot.body.patterns


def started(house: WiredHouse) -> int:
    """A pattern that is not there yet."""
    return next(record for record, done in house.controls.account().patterns.items() if done < NEEDED)


def extract(house: WiredHouse, record: int) -> None:
    """The last one that was needed."""
    house.controls.account().patterns[record] = NEEDED
    house.controls.box.world.changed()


def found(house: WiredHouse, query: str) -> int:
    return house.services.searching.search(house.user(), query).count


def test_they_come_with_the_first_look(house: WiredHouse, browser: WiredBrowser) -> None:
    truth = house.controls.account().patterns
    assert known(house) == {record: Pattern(done, NEEDED, done >= NEEDED) for record, done in truth.items()}
    assert {pattern.unlocked for pattern in known(house).values()} == {True, False}
    assert found(house, "is:patternunlocked") > 0
    assert found(house, "is:crafted -is:patternunlocked") == found(house, "is:patternunlocked -is:craftable") == 0


def test_they_are_asked_for_once_an_hour(house: WiredHouse, browser: WiredBrowser) -> None:
    record = started(house)
    before = found(house, "is:patternunlocked")
    extract(house, record)
    for _ in range(4):
        look(house, A_WHILE)
    assert asked(house) == 1
    assert not known(house)[record].unlocked
    look(house, AN_HOUR)
    assert asked(house) == 2
    assert known(house)[record].unlocked
    assert found(house, "is:patternunlocked") > before


def test_sooner_where_one_was_extracted(house: WiredHouse, browser: WiredBrowser) -> None:
    lit = next(item for item in house.controls.account().items if item.highlighted)
    look(house, 6 * 60)
    assert asked(house) == 1
    lit.highlighted = False
    house.controls.box.world.changed()
    look(house, A_WHILE)
    assert asked(house) == 2
    look(house, A_WHILE)
    assert asked(house) == 2


FAULTS: list[tuple[str, dict[str, Any]]] = [
    ("error", {"code": 5, "http": 503}),
    ("error", {"code": 1601}),
    ("drop_component", {"component": "profileRecords"}),
    ("privacy_without_data", {"component": "profileRecords"}),
    ("disabled_component", {"component": "profileRecords"}),
    ("truncate", {}),
    ("reset", {}),
    ("hang", {}),
]


@pytest.mark.parametrize(("action", "params"), FAULTS, ids=[f"{action} {params.get('code', '')}" for action, params in FAULTS])
def test_what_goes_wrong_with_them_costs_nothing_else(
    house: WiredHouse, browser: WiredBrowser, action: str, params: dict[str, Any]
) -> None:
    before = known(house)
    if action == "hang":
        house.hurry(Limits(connect=2, read=3, total=4))
    fault = house.controls.fault(action, count=None, match={"path": ASKED}, **params)
    extract(house, started(house))
    look(house, AN_HOUR)
    assert fault.fired
    assert known(house) == before
    tried = fault.fired
    look(house, A_WHILE)
    assert fault.fired == tried, "not again with each read"
    assert "incomplete" not in browser.get("/api/v1/profile").json
    house.controls.clear_faults()
    look(house, AN_HOUR)
    assert known(house) != before


def test_who_never_had_an_answer_has_all_else(house: WiredHouse) -> None:
    house.controls.fault("privacy_without_data", count=None, match={"path": ASKED}, component="profileRecords")
    browser = house.signed_in()
    items = browser.get("/api/v1/profile").json["items"]
    assert len(items) > 1000
    assert known(house) == {}
    assert found(house, "is:patternunlocked") == 0
    assert all("pattern" not in browser.get(f"/api/v1/items/{item['id']}").json for item in items[:20])


def test_nothing_is_asked_while_no_patterns_are_known_of(house: WiredHouse, tmp_path: Path) -> None:
    """Without definitions nobody knows which triumphs count."""
    house = build_wired(tmp_path / "bare", house.controls, start=START)
    house.signed_in().get("/api/v1/profile")
    assert asked(house) == 0
    house.services.manifest.update(lambda step, percent=None, sentence=None: None)
    look(house, A_WHILE)
    assert asked(house) == 1
    assert known(house)
    house.services.close()


def test_only_patterns_are_kept_and_they_outlive_a_restart(house: WiredHouse, browser: WiredBrowser) -> None:
    title = next(character.title for character in house.controls.account().characters if character.title)
    assert title not in known(house)
    again = build_wired(house.settings.data_dir, house.controls)
    snapshot = again.services.inventory.snapshot_of(house.user())
    assert snapshot is not None
    assert snapshot.body.patterns == known(house)
    again.services.close()


def test_the_sheet_of_a_weapon_says_how_far_it_is(house: WiredHouse, browser: WiredBrowser) -> None:
    user, services = house.user(), house.services
    (ready, *_), (under_way, *_) = (
        services.searching.search(user, query).ids for query in ("is:patternunlocked", "is:craftable -is:patternunlocked")
    )
    told = browser.get(f"/api/v1/items/{ready}").json["pattern"]
    assert told == {"done": NEEDED, "needed": NEEDED, "unlocked": True}
    told = browser.get(f"/api/v1/items/{under_way}").json["pattern"]
    assert (told["needed"], told["unlocked"], told["done"] < NEEDED) == (NEEDED, False, True)
    plain = services.searching.search(user, "is:weapon -is:craftable").ids[0]
    assert "pattern" not in browser.get(f"/api/v1/items/{plain}").json
