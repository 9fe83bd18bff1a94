"""Ledgers on both databases: numbers that are never given twice, also of two at once, and sums."""

from __future__ import annotations

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from vaultraider.database import ledgers as database_of_ledgers
from vaultraider.database.engine import Database
from vaultraider.database.ledgers import LedgerRepository
from vaultraider.database.users import UserRepository
from vaultraider.ports.ledgers import LedgerRecord, NewEntry, Total

NOW = datetime(2026, 11, 17, 17, tzinfo=UTC)
GLIMMER, SILVER, DUST = 3159615086, 3147280338, 2817410917


@pytest.fixture
def marrow(database: Database) -> int:
    return UserRepository(database).welcome("17429800", "Marrow#4417", admin=True, now=NOW).id


@pytest.fixture
def ledgers(database: Database) -> LedgerRepository:
    return LedgerRepository(database)


def numbers(ledgers: LedgerRepository, user: int) -> dict[int, int]:
    return {each.number: each.hash for each in ledgers.of(user)}


def test_numbers_go_on_where_they_ended(ledgers: LedgerRepository, marrow: int) -> None:
    ledgers.open_currencies(marrow, [(GLIMMER, "Glimmer"), (SILVER, "Silver")], NOW)
    own = ledgers.open_own(marrow, "Clears", "", NOW)
    assert own == LedgerRecord(number=3, kind="own", hash=0, name="Clears", unit="")
    assert ledgers.remove(marrow, 3, NOW)
    ledgers.open_currencies(marrow, [(SILVER, "Silver"), (DUST, "Bright Dust"), (DUST, "Bright Dust")], NOW)
    assert numbers(ledgers, marrow) == {1: GLIMMER, 2: SILVER, 4: DUST}
    assert ledgers.get(marrow, 3) is None
    assert (ledgers.remove(marrow, 3, NOW), ledgers.remove(marrow, 1, NOW)) == (False, False)
    assert ledgers.rename(marrow, 1, name="Mine", unit=None) == "gone"


def test_of_two_at_once_each_currency_gets_one_number(ledgers: LedgerRepository, marrow: int) -> None:
    with ThreadPoolExecutor(6) as pool:
        for done in [
            pool.submit(ledgers.open_currencies, marrow, [(hash, "x") for hash in (GLIMMER, 7 + n % 3)], NOW) for n in range(12)
        ]:
            done.result()
    assert sorted(numbers(ledgers, marrow)) == [1, 2, 3, 4]
    assert sorted(numbers(ledgers, marrow).values()) == [7, 8, 9, GLIMMER]


def test_of_two_imports_at_once_one_adds(ledgers: LedgerRepository, marrow: int, monkeypatch: pytest.MonkeyPatch) -> None:
    ledgers.open_own(marrow, "Clears", "", NOW)
    file = [NewEntry(at=NOW + timedelta(seconds=n), amount=n + 1) for n in range(30)]
    both, compare = threading.Barrier(2), database_of_ledgers._not_there

    def compare_when_both_are_here(*given: Any) -> list[NewEntry]:
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(0.5)  # never, as the second waits for the first
        return compare(*given)

    monkeypatch.setattr(database_of_ledgers, "_not_there", compare_when_both_are_here)
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(lambda _: ledgers.take_in(marrow, 1, file, check=False), range(2)))
    assert sorted(outcomes) == [(0, 30), (30, 0)]
    assert ledgers.totals(marrow) == {1: Total(465, NOW, NOW + timedelta(seconds=29))}


def test_entries_of_a_stretch_and_what_was_before(ledgers: LedgerRepository, marrow: int) -> None:
    ledgers.open_own(marrow, "Clears", "", NOW)
    for hours, amount in ((0, 10**9), (1, -3), (1, 4), (2, 5)):
        ledgers.add(marrow, 1, NewEntry(at=NOW + timedelta(hours=hours), amount=amount))
    one, two = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
    assert [each.amount for each in ledgers.entries(marrow, 1, one, two)] == [-3, 4]
    assert [each.amount for each in ledgers.entries(marrow, 1, None, None)] == [10**9, -3, 4, 5]
    assert (ledgers.sum_before(marrow, 1, NOW), ledgers.sum_before(marrow, 1, two)) == (0, 10**9 + 1)


def test_a_person_who_was_deleted_gets_nothing_more(ledgers: LedgerRepository, marrow: int) -> None:
    ledgers.open_currencies(marrow + 1, [(GLIMMER, "Glimmer")], NOW)
    assert ledgers.of(marrow + 1) == []
    assert ledgers.open_own(marrow + 1, "Clears", "", NOW) == "gone"
    assert ledgers.add(marrow, 9, NewEntry(at=NOW, amount=1)) == "gone"
    assert ledgers.take_in(marrow, 9, [], check=False) == "gone"
