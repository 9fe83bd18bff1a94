"""Clocks that jump, accounts that go, names that are long: a transfer ends all the same, and tells how."""

from __future__ import annotations

from typing import Any

import pytest
from tests.clocks import HandClock
from tests.transfers.house import ACTIONS, MovingHouse

from vaultraider.domain.transfers.wishes import Collect
from vaultraider.ports import TransferStore

WRITES = {"path": ACTIONS}


@pytest.mark.parametrize("hours", [1, 30])
def test_our_clock_is_turned_back_while_an_answer_is_unclear(
    house: MovingHouse, hours: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies in the future was written by another clock: nobody waits until it gets there, and nobody runs in circles."""
    [id, *_] = house.pick("vault")
    house.controls.fault("reset", count=1, match=WRITES)
    record = house.move(id, "Brannoch")
    house.work()
    assert house.get(record).state == "checking"
    HandClock.pass_time(house.wired.clock, -3600 * hours)
    takes = counted(house.transfers._store, "take", monkeypatch, at_most=100)
    for _ in range(60):
        house.resume()
        house.work()
        house.pass_time(10)
        if house.get(record).ended:
            break
    assert (house.get(record).state, house.place(id)) == ("done", "Brannoch")
    assert len(takes) < 30


def test_our_clock_is_turned_back_after_a_stale_view(house: MovingHouse) -> None:
    [id, *_] = house.pick("vault")
    house.controls.fault("error", code=1648, count=1, match=WRITES)
    record = house.move(id, "Brannoch")
    house.work()
    assert not house.get(record).ended
    HandClock.pass_time(house.wired.clock, -3600)
    for _ in range(60):
        house.resume()
        house.work()
        house.pass_time(10)
    assert (house.get(record).state, house.place(id)) == ("done", "Brannoch")


def test_the_account_is_no_longer_theirs(house: MovingHouse) -> None:
    """Bungie joined it with another one, or the person with somebody else: what is unclear ends, and is told."""
    [id, *_] = house.pick("Ilse Varr")
    done, *_ = house.pick("vault")
    house.run(house.move(done, "Brannoch"))
    house.controls.fault("commit_then_fail", code=1618, match=WRITES | {"body": {"itemId": id}})
    record = house.move(id, "vault")
    house.work()
    assert house.get(record).state == "checking"
    users = house.wired.services.accounts.users
    users.save_accounts(house.user.id, [each for each in users.accounts(house.user.id) if each.id != house.account.id])
    ended = house.run(record)
    assert (ended.state, [each.code for each in ended.refusals]) == ("failed", ["unconfirmed"])
    for _ in range(5):
        house.pass_time(120)
        house.resume()
        house.work()
    assert house.transfers._store.accounts_at_work() == [], "nothing can be learnt of it any more"


def test_long_names_fit(house: MovingHouse) -> None:
    """PostgreSQL refuses what is longer than its column; SQLite takes everything."""
    names = [each.nickname for each in house.account.characters]
    for number, character in enumerate(house.account.characters):
        house.wired.services.inventory.rename(house.user, character.id, f"{number} of the long-named {names[number]}"[:24])
    house.ask(Collect(characters=tuple(each.id for each in house.account.characters), to="vault"))
    house.work()
    jobs = house.wired.services.jobs.latest(kind="carry_out_transfers", limit=20)
    assert any(each.step for each in jobs)
    assert all(len(each.step or "") <= 64 for each in jobs), [each.step for each in jobs]


def counted(store: TransferStore, name: str, monkeypatch: pytest.MonkeyPatch, *, at_most: int) -> list[Any]:
    """Each call of it from now on."""
    real, calls = getattr(store, name), []

    def call(*given: Any, **named: Any) -> Any:
        calls.append(given)
        assert len(calls) <= at_most, "in circles"
        return real(*given, **named)

    monkeypatch.setattr(store, name, call)
    return calls
