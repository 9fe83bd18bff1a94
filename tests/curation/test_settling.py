"""What is said of copies that go away, come back, or have another id since they were shaped anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.clocks import HandClock
from tests.curation.labels import copies, refresh, said, say
from tests.domain import accounts as a
from tests.wired import WiredBrowser, WiredHouse

from vaultraider.database import schema
from vaultraider.database.annotations import AnnotationRepository
from vaultraider.database.engine import Database
from vaultraider.database.users import UserRepository
from vaultraider.domain.annotations import NOTHING, Annotation
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.definitions import ObjectiveDefinition
from vaultraider.domain.people import User
from vaultraider.domain.sockets import CRAFTING_TIME_STYLE
from vaultraider.ports import MembershipRef
from vaultraider.ports.annotations import By
from vaultraider.services.annotations import HeldAnnotations, Settling

NOW = datetime(2026, 11, 17, 17, tzinfo=UTC)
ACCOUNT = MembershipRef(3, a.MEMBERSHIP)
SHAPED, LATER = 1_700_000_000, 1_700_000_999
KEEP = Annotation("keep", "#pve")
CRAFTED = 8


class Bench:
    """The listener over a real database, and what Bungie says next."""

    def __init__(self, database: Database) -> None:
        clock = HandClock(NOW)
        definitions = a.definitions()
        definitions.rows["Objective"][77] = ObjectiveDefinition(77, ui_style=CRAFTING_TIME_STYLE)
        self.user: User = UserRepository(database).welcome("17429800", "Marrow#4417", admin=True, now=NOW)
        self.store = AnnotationRepository(database)
        self.held = HeldAnnotations(self.store, clock)
        self.settling = Settling(store=self.store, held=self.held, catalogue=lambda: Catalogue(definitions), clock=clock)

    def say(self, crafted: int, *numbers: int, said: Annotation = KEEP, by: By = "you") -> None:
        keys = {a.instance_id(number): crafted for number in numbers}
        self.store.change(self.user.id, ACCOUNT, keys, lambda key, before: said, by, NOW)
        self.held.changed(self.user.id)

    def said(self) -> dict[str, Annotation]:
        return dict(self.held.of(self.user.id, ACCOUNT))

    def see(self, body: dict[str, Any]) -> None:
        self.settling.accepted(self.user, ACCOUNT, None, a.snapshot(body))

    def versions(self, number: int) -> int:
        return len(self.store.versions(self.user.id, ACCOUNT, a.instance_id(number)))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    database = Database(f"sqlite:///{(tmp_path / 'test.sqlite3').as_posix()}")
    schema.metadata().create_all(database.engine)
    yield Bench(database)
    database.close()


def without(*numbers: int) -> dict[str, Any]:
    body = a.account()
    gone = {a.instance_id(number) for number in numbers}
    items = body["profileInventory"]["data"]["items"]
    body["profileInventory"]["data"]["items"] = [each for each in items if each.get("itemInstanceId") not in gone]
    return body


def shaped(body: dict[str, Any], number: int, at: int) -> dict[str, Any]:
    """With one more crafted rifle."""
    body["profileInventory"]["data"]["items"].append(a.thing(a.RIFLE, number, state=CRAFTED))
    objectives = {"objectivesPerPlug": {"202": [{"objectiveHash": 77, "progress": at}]}}
    body["itemComponents"]["plugObjectives"]["data"][a.instance_id(number)] = objectives
    return body


def test_what_is_gone_is_put_away_and_comes_back(bench: Bench) -> None:
    bench.say(0, 1, 2)
    bench.see(without(1))
    assert bench.said() == {a.instance_id(2): KEEP}
    assert bench.versions(1) == 1
    bench.see(a.account())
    assert bench.said() == {a.instance_id(1): KEEP, a.instance_id(2): KEEP}


@pytest.mark.parametrize("lacking", ["profileInventory", "characterInventories", "characterEquipment"])
def test_half_an_answer_says_of_nothing_that_it_is_gone(bench: Bench, lacking: str) -> None:
    bench.say(0, 1)
    body = without(1)
    del body[lacking]
    bench.see(body)
    assert bench.said() == {a.instance_id(1): KEEP}


def test_a_weapon_that_was_shaped_anew_keeps_what_was_said(bench: Bench) -> None:
    bench.say(SHAPED, 1)
    bench.see(shaped(without(1), 91, SHAPED))
    assert bench.said() == {a.instance_id(91): KEEP}
    assert (bench.versions(91), bench.versions(1)) == (1, 0)
    bench.see(shaped(without(1), 92, SHAPED))  # and again
    assert bench.said() == {a.instance_id(92): KEEP}


def test_it_is_found_also_when_the_new_one_comes_later(bench: Bench) -> None:
    bench.say(SHAPED, 1)
    bench.see(without(1))
    assert bench.said() == {}
    bench.see(shaped(without(1), 91, SHAPED))
    assert bench.said() == {a.instance_id(91): KEEP}


def test_another_weapon_gets_nothing(bench: Bench) -> None:
    bench.say(SHAPED, 1)
    bench.see(shaped(without(1), 91, LATER))
    assert bench.said() == {}


def test_of_two_shaped_in_one_second_nobody_can_tell(bench: Bench) -> None:
    bench.say(SHAPED, 1)
    bench.see(shaped(shaped(without(1), 91, SHAPED), 92, SHAPED))
    assert bench.said() == {}


def test_what_is_said_of_the_new_one_already_stays(bench: Bench) -> None:
    bench.say(SHAPED, 1)
    bench.say(0, 91)
    bench.see(shaped(without(1), 91, SHAPED))
    assert bench.said() == {a.instance_id(91): KEEP}
    assert bench.versions(1) == 1


@pytest.mark.parametrize("by", ["import", "undo"])
def test_when_it_was_shaped_is_learnt_while_it_is_there(bench: Bench, by: By) -> None:
    bench.say(0, 1, by=by)
    bench.see(shaped(without(1), 1, SHAPED))
    bench.see(shaped(without(1), 91, SHAPED))
    assert bench.said() == {a.instance_id(91): KEEP}


def test_what_was_taken_back_of_the_new_one_does_not_come_back_from_the_old_one(bench: Bench) -> None:
    bench.say(SHAPED, 1, 91, by="import")
    bench.see(shaped(without(1), 91, SHAPED))
    bench.say(SHAPED, 91, said=NOTHING)
    bench.see(shaped(without(1), 91, SHAPED))
    assert bench.said() == {}
    assert bench.versions(1) == 1


def test_nothing_is_written_where_nothing_is_new(bench: Bench) -> None:
    bench.say(0, 1)
    body = shaped(without(1), 1, SHAPED)
    bench.see(body)
    mark = bench.store.mark(bench.user.id, ACCOUNT)
    bench.see(body)
    assert bench.store.mark(bench.user.id, ACCOUNT) == mark


def test_dismantled_in_the_game(house: WiredHouse, marrow: WiredBrowser) -> None:
    one, two = copies(marrow, 2)
    change = say(marrow, [one, two], tag="junk")["change"]
    account = house.controls.account()
    thing = next(each for each in account.items if each.id == one)
    account.items.remove(thing)
    refresh(house, marrow)
    assert said(marrow) == {two: {"tag": "junk"}}
    found = marrow.get("/api/v1/annotations/versions", query_string={"item": one})
    assert [each["tag"] for each in found.json["versions"]] == ["junk"]
    account = house.controls.account()
    account.items.append(thing)
    refresh(house, marrow)
    assert said(marrow) == {one: {"tag": "junk"}, two: {"tag": "junk"}}
    account.items.remove(thing)
    refresh(house, marrow)
    undone = marrow.send("POST", "/api/v1/annotations/undo", {"change": change})
    assert (undone.status_code, said(marrow)) == (200, {})
