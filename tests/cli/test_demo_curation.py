"""What the demo's first person has said already: it shows something of everything, and is made once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.clocks import START
from tests.simulator.controls import Controls
from tests.wired import WiredHouse, build_wired

from vaultraider.cli._demo_curation import MARK, SEARCHES, Curated
from vaultraider.cli.demo import welcome_owner
from vaultraider.domain.annotations import TAGS
from vaultraider.simulator import Simulator


@pytest.fixture
def demo(simulator_server: Simulator, definitions: Path, tmp_path: Path) -> Iterator[WiredHouse]:
    Controls(simulator_server).first_day()
    house = build_wired(tmp_path, Controls(simulator_server), start=START, definitions=definitions)
    yield house
    house.services.close()


@pytest.fixture
def first_start(simulator_server: Simulator, tmp_path: Path) -> Iterator[WiredHouse]:
    """Its definitions are still on their way."""
    Controls(simulator_server).first_day()
    house = build_wired(tmp_path, Controls(simulator_server), start=START)
    yield house
    house.services.close()


def begin(house: WiredHouse) -> None:
    """As each start of the demo does."""
    owner = welcome_owner(house.services, house.controls.simulator)
    house.services.inventory.listen(Curated(house.services, owner, house.settings.data_dir))


def seen(house: WiredHouse, person: str = "Marrow") -> Any:
    answer = house.signed_in(person).get("/api/v1/profile")
    assert answer.status_code == 200, answer.text
    return answer.json


def test_the_first_look_shows_something_of_everything(demo: WiredHouse) -> None:
    begin(demo)
    profile = seen(demo)
    said = profile["annotations"].values()
    tags = Counter(each["tag"] for each in said)
    assert tags.keys() == set(TAGS)
    assert min(tags.values()) >= 9
    notes = [each["notes"] for each in said if "notes" in each]
    assert len(notes) >= 10
    assert sum("#" in each for each in notes) >= 8
    thumbs = Counter(each["wanted"] for each in profile["verdicts"].values())
    assert thumbs[True] >= 20
    assert thumbs[False] >= 4
    equipped = {item["id"] for item in profile["items"] if item["place"] == "equipped"}
    assert equipped & profile["verdicts"].keys()
    assert equipped & profile["annotations"].keys()
    places = Counter(item["place"] for item in profile["items"] if item["id"] in profile["annotations"])
    assert places["vault"] > 30


def test_searches_and_lists_find_something(demo: WiredHouse) -> None:
    begin(demo)
    seen(demo)
    user, services = demo.user(), demo.services
    kept = services.searches.all(user)
    assert {each.name for each in kept if each.saved} == {name for name, _ in SEARCHES}
    assert all(services.searching.search(user, each.query).count for each in kept)
    lists = services.wish_lists.all(user)
    assert [each.kind for each in lists] == ["own", "upload"]
    assert all(each.facts.rolls > 5 and not each.facts.wrong_lines for each in lists)


def test_it_is_made_once_and_what_a_visitor_changed_stays(demo: WiredHouse) -> None:
    begin(demo)
    tagged = list(seen(demo)["annotations"])
    user, services = demo.user(), demo.services
    services.annotations.say(user, tagged, tag="", notes="")
    for each in services.searches.all(user):
        services.searches.drop(user, each.query)
    demo.pass_time(120)
    begin(demo)
    assert services.inventory.refresh(user, forced=True).changed
    again = seen(demo)
    assert "annotations" not in again
    assert services.searches.all(user) == []


def test_without_definitions_it_waits_for_them(first_start: WiredHouse) -> None:
    begin(first_start)
    assert first_start.signed_in().get("/api/v1/profile").status_code == 503
    assert not (first_start.settings.data_dir / MARK).exists()
    first_start.services.manifest.update(lambda step, percent=None, sentence=None: None)
    first_start.pass_time(120)
    first_start.services.inventory.refresh(first_start.user(), forced=True)
    assert (first_start.settings.data_dir / MARK).exists()
    assert len(seen(first_start)["annotations"]) > 50


def test_nobody_elses_account_is_touched(demo: WiredHouse) -> None:
    begin(demo)
    assert "annotations" not in seen(demo, "Hoarder")
    assert not (demo.settings.data_dir / MARK).exists()
