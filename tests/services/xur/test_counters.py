"""What is read of the manifest's own file is read once for each version of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.services.xur.weekends import SATURDAY, Weekends

from vaultraider.domain.xur import COUNTERS
from vaultraider.manifest.store import StoredDefinitions
from vaultraider.ports import KeptStock
from vaultraider.services.xur.counters import KEPT, CurrentCounters


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What was read of it."""
    found: list[tuple[str, int]] = []
    original = StoredDefinitions.full

    def full(self: StoredDefinitions, table: str, hash: int) -> dict[str, object] | None:
        found.append((table, hash))
        return original(self, table, hash)

    monkeypatch.setattr(StoredDefinitions, "full", full)
    return found


def test_once_for_each_version(weekends: Weekends, read: list[tuple[str, int]]) -> None:
    weekends.watch(SATURDAY)
    for _ in range(3):
        weekends.shown(weekends.marrow)
    assert sorted(read.count(("Vendor", hash)) for hash in COUNTERS) == [1, 2], "one of them also for where he stands"
    weekends.house.controls.happen("bump")
    weekends.house.pass_time(600)
    assert weekends.house.update_definitions().state == "done"
    weekends.shown(weekends.marrow)
    assert sorted(read.count(("Vendor", hash)) for hash in COUNTERS) == [2, 4]


def test_not_every_weekend_stays_in_memory(weekends: Weekends) -> None:
    counters = CurrentCounters(weekends.house.services.definitions).get()
    read = datetime(2026, 11, 27, 17, tzinfo=UTC)
    stocks = [KeptStock(weekend=date(2026, 1, day), seer="titan", read=read, counters={}, wares=0) for day in range(1, KEPT + 10)]
    first = counters.wares(stocks[0])
    assert counters.wares(stocks[0]) is first
    for stock in stocks:
        counters.wares(stock)
    assert counters.wares(stocks[0]) is not first
