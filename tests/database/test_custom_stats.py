"""Totals of people's own in the database: each person's apart, no word twice for one class, however many write at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from vaultraider.database.custom_stats import CustomStatRepository
from vaultraider.database.engine import Database
from vaultraider.database.users import UserRepository
from vaultraider.domain.custom_stats import MOST_STATS, CustomStat, Guardian

NOW = datetime(2026, 11, 17, 17, tzinfo=UTC)
NOBODY = 4711


def stat(keyword: str, guardian: Guardian = "any", id: int = 0) -> CustomStat:
    return CustomStat(id=id, label=keyword.upper(), keyword=keyword, guardian=guardian, weights=(2, 0, 0, 2, 1, 0))


@pytest.fixture
def stats(database: Database) -> CustomStatRepository:
    return CustomStatRepository(database)


@pytest.fixture
def marrow(database: Database) -> int:
    return UserRepository(database).welcome("17429800", "Marrow#4417", admin=True, now=NOW).id


@pytest.fixture
def ilse(database: Database) -> int:
    return UserRepository(database).welcome("17429802", "Ilse#0077", admin=False, now=NOW).id


def test_each_persons_are_apart(stats: CustomStatRepository, marrow: int, ilse: int) -> None:
    mine = stats.save(marrow, stat("duty"))
    assert isinstance(mine, CustomStat)
    assert stats.of(marrow) == (mine,)
    assert stats.of(ilse) == ()
    assert stats.save(ilse, stat("duty", id=mine.id)) == "unknown"
    assert not stats.drop(ilse, mine.id)
    assert isinstance(stats.save(ilse, stat("duty")), CustomStat)
    assert stats.drop(marrow, mine.id)
    assert stats.of(marrow) == ()
    assert len(stats.of(ilse)) == 1


def test_what_is_refused(stats: CustomStatRepository, marrow: int) -> None:
    assert stats.save(NOBODY, stat("duty")) == "gone"
    assert stats.take_in(NOBODY, [stat("duty")]) == 0
    stats.save(marrow, stat("duty", "titan"))
    assert stats.save(marrow, stat("duty")) == "clash"
    for number in range(MOST_STATS - 1):
        stats.save(marrow, stat(f"s{number}"))
    assert stats.save(marrow, stat("more")) == "full"
    assert stats.take_in(marrow, [stat("more")]) == 0
    assert len(stats.of(marrow)) == MOST_STATS


def test_of_two_that_write_at_once_one_is_refused(stats: CustomStatRepository, marrow: int) -> None:
    wanted: list[Guardian] = ["any", "titan", "any", "titan"]
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda guardian: stats.save(marrow, stat("duty", guardian)), wanted))
    kept = stats.of(marrow)
    assert [each for each in outcomes if isinstance(each, CustomStat)] == list(kept)
    assert len(kept) == 1


def test_an_import_is_looked_at_first(stats: CustomStatRepository, marrow: int) -> None:
    before = stats.save(marrow, stat("duty", "titan"))
    coming = [
        stat("wall"),
        stat("wall"),
        stat("wall", "hunter"),
        stat("duty", "any"),
        CustomStat(label="Duty, too", keyword="duty", guardian="titan", weights=(1, 1, 0, 0, 0, 0)),
    ]
    assert stats.take_in(marrow, coming, check=True) == 2
    assert stats.of(marrow) == (before,)
    assert stats.take_in(marrow, coming) == 2
    assert [(each.keyword, each.guardian, each.label) for each in stats.of(marrow)] == [
        ("duty", "titan", "Duty, too"),
        ("wall", "any", "WALL"),
    ]
