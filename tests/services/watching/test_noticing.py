"""What is noticed in what was read: places nearly full, and items that no definitions know."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from tests.services.watching.night import Night

from vaultraider.database.jobs import JobRow
from vaultraider.domain.fullness import Alarm
from vaultraider.domain.notifications import Message
from vaultraider.ports import Teller
from vaultraider.services.watching import listeners
from vaultraider.services.watching.listeners import FullPlaces
from vaultraider.simulator.world import POSTMASTER, Item

MINUTE, HOUR = 60.0, 3600.0
MARROW = "Marrow#4417"


def fill(night: Night, count: int) -> None:
    """Marrow's Titan has so many items at the postmaster."""
    account = night.house.controls.account("Marrow")
    titan = next(each for each in account.characters if each.nickname == "Brannoch")
    here = [each for each in account.items if each.bucket == POSTMASTER and each.owner == titan.id]
    for each in here[count:]:
        account.items.remove(each)
    pattern = next(each for each in account.items if not each.id and each.hash)
    account.items += [
        Item(hash=pattern.hash, bucket=POSTMASTER, owner=titan.id, quantity=number + 1) for number in range(count - len(here))
    ]
    night.changed("Marrow")


def read(night: Night) -> None:
    night.house.pass_time(MINUTE)
    night.services.inventory.refresh(night.user(MARROW), forced=True)


def postmaster(night: Night) -> list[Any]:
    return night.told(MARROW, "postmaster-nearly-full")


def test_a_postmaster_is_told_once_until_it_has_clearly_gone_down(night: Night) -> None:
    night.sign_in("Marrow")
    counts = []
    for level in (15, 16, 17, 14, 16, 21, 13, 16, 12, 15, 16, 20):
        fill(night, level)
        read(night)
        counts.append(len(postmaster(night)))
    assert counts == [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2]
    assert postmaster(night)[-1].title == "Postmaster of your Titan: 16 of 21"
    assert postmaster(night)[-1].link.startswith("/characters/")


def test_a_full_vault_is_told_and_guardians_by_their_names(night: Night) -> None:
    browser = night.sign_in("Marrow")
    fill(night, 3)
    characters = browser.get("/api/v1/profile").json["characters"]
    titan = next(each["id"] for each in characters if each["class"] == "titan")
    browser.send("PATCH", f"/api/v1/characters/{titan}", {"nickname": "Brannoch <b>"})
    fill(night, 18)
    read(night)
    assert postmaster(night)[0].title == "Postmaster of Brannoch <b>: 18 of 21"
    night.sign_in("Hoarder")
    night.begin()
    night.pass_by(10)
    told = night.told("Hoarder#1000", "vault-nearly-full")
    assert [each.title for each in told] == ["Vault nearly full: 1000 of 1000"]


def test_two_processes_and_a_restart_tell_it_once(night: Night) -> None:
    night.sign_in("Marrow")
    fill(night, 18)
    night.begin()
    night.pass_by(3 * MINUTE)
    again = night.another_process()
    night.pass_by(5 * MINUTE, night.services, again)
    again.close()
    assert len(postmaster(night)) == 1


def test_a_part_that_did_not_come_changes_nothing(night: Night) -> None:
    night.sign_in("Marrow")
    fill(night, 18)
    read(night)
    night.house.controls.fault("drop_component", count=2, match={"path": "/Profile/"}, component="characterInventories")
    for _ in range(3):
        read(night)
    assert len(postmaster(night)) == 1


class Dying:
    """Tells, and dies before anybody can write down that it did."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller

    def tell(self, user_id: int, message: Message) -> bool:
        self._teller.tell(user_id, message)
        raise RuntimeError("The power went off.")

    def tell_everybody(self, message: Message) -> int:
        raise NotImplementedError


def test_what_died_between_telling_and_noting_it_tells_under_the_same_key(night: Night) -> None:
    night.sign_in("Marrow")
    full = next(each for each in night.services.inventory._reading.listeners if isinstance(each, FullPlaces))
    whole, full._teller = full._teller, Dying(night.services.notifications)
    fill(night, 18)
    read(night)
    full._teller = whole
    store, membership = night.services.watching._store, night.row(MARROW).membership
    assert [each.told for each in store.alarms(night.user(MARROW).id, membership).values()] == [False]
    read(night)
    assert [each.told for each in store.alarms(night.user(MARROW).id, membership).values()] == [True]
    assert len(postmaster(night)) == 1


def test_alarms_survive_in_the_table(night: Night) -> None:
    night.sign_in("Marrow")
    read(night)
    store, row = night.services.watching._store, night.row(MARROW)
    alarms = {"vault": Alarm(night.now(), told=True), "postmaster-1": Alarm(night.now() - timedelta(days=1))}
    store.save_alarms(row.user.id, row.membership, alarms)
    assert store.alarms(row.user.id, row.membership) == alarms


# -- items that no definitions know -----------------------------------------------------------------------------------------


def checks(night: Night) -> int:
    """How many early looks for definitions were asked for. Each is done at once."""
    query = select(JobRow).where(JobRow.kind == listeners.UPDATE_JOB, JobRow.asked_by == "unknown items")
    with night.services.database.transaction() as session:
        rows = list(session.scalars(query))
        for row in rows:
            row.state = "done"
    return len(rows)


def own(night: Night, hash: int, who: str = "Private") -> None:
    account = night.house.controls.account(who)
    account.items.append(Item(hash=hash, bucket=POSTMASTER, owner=account.characters[0].id))
    night.changed(who)


@pytest.fixture
def quiet(night: Night) -> Night:
    """What the small account owns is known; its first look is over."""
    night.sign_in()
    night.services.inventory.refresh(night.user())
    night.house.pass_time(HOUR / 2)
    assert checks(night) <= 1
    return night


def look_again(night: Night, seconds: float = MINUTE) -> None:
    night.house.pass_time(seconds)
    night.services.inventory.refresh(night.user(), forced=True)


def test_an_unknown_item_asks_once_for_newer_definitions(quiet: Night) -> None:
    before = checks(quiet)
    own(quiet, 3999999901)
    look_again(quiet)
    assert checks(quiet) == before + 1
    for _ in range(4):
        look_again(quiet, 6 * MINUTE)
    assert checks(quiet) == before + 1


def test_early_checks_are_five_minutes_apart_and_none_is_lost(quiet: Night) -> None:
    before = checks(quiet)
    own(quiet, 3999999902)
    look_again(quiet)
    own(quiet, 3999999903)
    for expected in (1, 1, 1, 1, 2, 2, 2):
        look_again(quiet, 70)
        assert checks(quiet) == before + expected


def test_not_again_after_a_restart_nor_in_another_process_but_with_other_definitions(quiet: Night) -> None:
    before = checks(quiet)
    own(quiet, 3999999904)
    look_again(quiet)
    assert checks(quiet) == before + 1
    again = quiet.another_process()
    quiet.house.pass_time(HOUR / 4)
    again.inventory.refresh(quiet.user(), forced=True)
    assert checks(quiet) == before + 1
    quiet.house.controls.happen("bump")
    quiet.house.update_definitions()
    quiet.house.pass_time(MINUTE)
    again.inventory.refresh(quiet.user(), forced=True)
    look_again(quiet)
    again.close()
    assert checks(quiet) == before + 2


def test_without_definitions_nothing_is_noticed_and_reading_goes_on(night: Night) -> None:
    night.sign_in()
    shelf = night.services.settings.data_dir / "manifest"
    shelf.rename(shelf.with_name("gone"))
    assert night.services.inventory.refresh(night.user()).changed
    assert checks(night) == 0
