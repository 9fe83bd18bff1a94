"""The order in which searches of before are offered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from vaultraider.search.recent import frecency, in_order, offered

NOW = datetime(2026, 11, 17, tzinfo=UTC)


class Search(msgspec.Struct, frozen=True):
    query: str
    uses: int = 1
    days: float = 0
    saved: bool = False
    name: str = ""

    @property
    def last(self) -> datetime:
        return NOW - timedelta(days=self.days)


def test_two_weeks_halve_it() -> None:
    today, later = frecency(5, NOW, NOW), frecency(5, NOW - timedelta(days=14), NOW)
    assert later == pytest.approx(today / 2)


def test_more_uses_count_more_and_more_than_ten_hardly() -> None:
    counted = [frecency(uses, NOW, NOW) for uses in (0, 1, 2, 5, 9, 15, 100)]
    assert counted == sorted(counted)
    assert counted[-1] - counted[-2] < 0.01
    assert counted[0] < 0.2 < 0.99 < counted[-1] <= 1


@pytest.mark.parametrize(
    ("searches", "order"),
    [
        ([Search("a"), Search("b", uses=9)], "ba"),
        ([Search("a", uses=9, days=90), Search("b")], "ba"),
        ([Search("a", uses=9), Search("b", days=365, saved=True)], "ba"),
        ([Search("a", days=1), Search("b", days=0, uses=1)], "ba"),
        ([Search("a"), Search("b")], "ab"),
    ],
)
def test_the_order(searches: list[Search], order: str) -> None:
    assert "".join(each.query for each in in_order(searches, NOW)) == order


def test_those_that_hold_what_is_typed() -> None:
    searches = [Search("is:bow"), Search("is:bow is:exotic", uses=5), Search("tag:junk", name="Bows to drop")]
    assert [each.query for each in offered(searches, "bow", NOW)] == ["is:bow is:exotic", "is:bow", "tag:junk"]
    assert [each.query for each in offered(searches, "is:bow", NOW)] == ["is:bow is:exotic"]
    assert [each.query for each in offered(searches, " ", NOW)] == ["is:bow is:exotic", "is:bow", "tag:junk"]
    assert [each.query for each in offered(iter(searches), "", NOW)] == ["is:bow is:exotic", "is:bow", "tag:junk"]


def test_a_clock_set_back_or_ages_without_use_break_nothing() -> None:
    searches = [Search("later", days=-500_000), Search("never", uses=-9999, days=500_000)]
    assert [each.query for each in in_order(searches, NOW)] == ["later", "never"]
