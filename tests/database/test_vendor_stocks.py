"""Xûr's record, on both databases."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime

import pytest

from vaultraider.database.engine import Database
from vaultraider.database.personal_data import PersonalDataRepository
from vaultraider.database.users import UserRepository
from vaultraider.database.vendor_stocks import VendorStocks
from vaultraider.ports import KeptStock, MembershipRef, Seer, VisitMark, XurWatch

NOW = datetime(2026, 11, 27, 17, 1, tzinfo=UTC)
FIRST, SECOND, THIRD = date(2026, 11, 13), date(2026, 11, 20), date(2026, 11, 27)
ACCOUNT = MembershipRef(3, "4611686018400000000")


def stock(weekend: date, seer: Seer = "titan", wares: int = 2) -> KeptStock:
    counters = {2190858386: '{"sales":{"data":{"0":{"itemHash":1}}},"name":"Xûr"}'.encode(), 3751514131: b"{}"}
    return KeptStock(weekend=weekend, seer=seer, read=NOW, counters=counters, wares=wares)


@pytest.fixture
def record(database: Database) -> VendorStocks:
    return VendorStocks(database)


def test_what_was_kept_comes_back(record: VendorStocks) -> None:
    record.save(stock(SECOND))
    record.save(stock(SECOND, "hunter", 5))
    assert sorted(record.stocks(SECOND), key=lambda one: one.seer) == [stock(SECOND, "hunter", 5), stock(SECOND)]
    record.save(stock(SECOND, wares=9))
    assert [one.wares for one in record.stocks(SECOND) if one.seer == "titan"] == [9], "replaced"
    assert record.stocks(FIRST) == []


def test_visits_newest_first(record: VendorStocks) -> None:
    for weekend in (FIRST, THIRD, SECOND):
        record.save(stock(weekend))
        record.save(stock(weekend, "warlock", 3))
    assert record.visits() == [VisitMark(THIRD, 3), VisitMark(SECOND, 3), VisitMark(FIRST, 3)]


def test_the_last_weekend_that_the_same_eyes_saw(record: VendorStocks) -> None:
    record.save(stock(FIRST))
    record.save(stock(SECOND, "hunter"))
    assert record.last_before(THIRD, "titan") == stock(FIRST)
    assert record.last_before(THIRD, "hunter") == stock(SECOND, "hunter")
    assert record.last_before(SECOND, "hunter") is None
    assert record.last_before(THIRD, "public") is None


def test_the_watch(record: VendorStocks) -> None:
    assert record.watch() == XurWatch()
    watch = XurWatch(weekend=THIRD, verdict="last-weeks", looked=NOW, next_look=NOW)
    record.save_watch(watch)
    assert record.watch() == watch


def test_a_person_and_their_end(record: VendorStocks, database: Database) -> None:
    users = UserRepository(database)
    one = users.welcome("1", "Marrow", admin=True, now=NOW)
    other = users.welcome("2", "Tern", admin=False, now=NOW)
    for user in (one, other):
        record.save_view(user.id, ACCOUNT, stock(THIRD))
        record.mark_told(user.id, SECOND)
    record.mark_told(one.id, THIRD)
    assert record.view(one.id, ACCOUNT, "titan") == stock(THIRD)
    assert record.view(one.id, ACCOUNT, "hunter") is None
    assert (record.told(SECOND), record.told(THIRD)) == ({other.id}, {one.id})
    PersonalDataRepository(database).purge(one.id, "1")
    assert record.view(one.id, ACCOUNT, "titan") is None
    assert record.told(THIRD) == frozenset()
    record.save_view(one.id, ACCOUNT, stock(THIRD))
    record.mark_told(one.id, THIRD)
    assert record.view(one.id, ACCOUNT, "titan") is None, "nothing is written of who is gone"
    assert record.told(THIRD) == frozenset()
    assert record.view(other.id, ACCOUNT, "titan") == stock(THIRD)


def test_two_save_the_same_at_once(record: VendorStocks) -> None:
    failures: list[BaseException] = []

    def save() -> None:
        try:
            for _ in range(5):
                record.save(stock(THIRD))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=save) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert record.stocks(THIRD) == [stock(THIRD)]
