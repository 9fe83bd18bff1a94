"""Xûr's calendar, and whether what is shown is what he has brought."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultraider.domain.snapshot import ItemComponents
from vaultraider.domain.vendors import AllVendors, CostData, SaleData, Vendor
from vaultraider.domain.xur import SETTLING, STRANGE_GEAR_OFFERS, XUR, Stock, judge, stock_of, visit_at


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "is_due", "weekend", "next_arrival"),
    [
        ("2026-11-27 08:59:59", False, "2026-11-20", "2026-11-27"),
        ("2026-11-27 09:00:00", False, "2026-11-20", "2026-11-27"),
        ("2026-11-27 16:59:59", False, "2026-11-20", "2026-11-27"),
        ("2026-11-27 17:00:00", True, "2026-11-27", "2026-12-04"),
        ("2026-11-29 00:00:00", True, "2026-11-27", "2026-12-04"),
        ("2026-12-01 16:59:59", True, "2026-11-27", "2026-12-04"),
        ("2026-12-01 17:00:00", False, "2026-11-27", "2026-12-04"),
        # America puts its clocks forward on 8 March 2026 and back on 1 November, Europe on 29 March and 25 October.
        ("2026-03-06 17:00:00", True, "2026-03-06", "2026-03-13"),
        ("2026-03-10 16:59:59", True, "2026-03-06", "2026-03-13"),
        ("2026-03-10 17:00:00", False, "2026-03-06", "2026-03-13"),
        ("2026-03-13 16:00:00", False, "2026-03-06", "2026-03-13"),
        ("2026-03-27 17:00:00", True, "2026-03-27", "2026-04-03"),
        ("2026-03-31 16:00:00", True, "2026-03-27", "2026-04-03"),
        ("2026-10-23 16:59:59", False, "2026-10-16", "2026-10-23"),
        ("2026-10-27 17:00:00", False, "2026-10-23", "2026-10-30"),
        ("2026-10-30 17:00:00", True, "2026-10-30", "2026-11-06"),
        ("2026-11-03 16:59:59", True, "2026-10-30", "2026-11-06"),
        ("2026-11-03 17:00:00", False, "2026-10-30", "2026-11-06"),
        # Over the end of a year, and in the month of a leap day.
        ("2027-01-01 16:59:59", False, "2026-12-25", "2027-01-01"),
        ("2027-01-01 17:00:00", True, "2027-01-01", "2027-01-08"),
        ("2028-02-29 16:59:59", True, "2028-02-25", "2028-03-03"),
        # Before the first Friday that is counted from.
        ("2016-01-01 17:00:00", True, "2016-01-01", "2016-01-08"),
    ],
)
def test_calendar(now: str, is_due: bool, weekend: str, next_arrival: str) -> None:
    visit = visit_at(at(now))
    assert (visit.is_due, visit.weekend, visit.next_arrival.date()) == (
        is_due,
        date.fromisoformat(weekend),
        date.fromisoformat(next_arrival),
    )


@given(second=st.integers(0, 40 * 365 * 86_400), hours=st.integers(-12, 14))
def test_every_moment_is_of_one_week(second: int, hours: int) -> None:
    moment = at("2017-09-01 00:00:00") + timedelta(seconds=second)
    visit = visit_at(moment)
    assert visit.since <= moment < visit.next_arrival
    assert visit.is_due is (moment < visit.until)
    assert (visit.since.weekday(), visit.until.weekday()) == (4, 1)
    assert {visit.since.hour, visit.until.hour, visit.next_arrival.hour} == {17}
    assert visit.next_arrival - visit.since == timedelta(days=7)
    assert visit_at(moment.astimezone(timezone(timedelta(hours=hours)))) == visit, "the same moment, told elsewhere"


THIS, LAST = Stock(frozenset({(XUR, 1), (XUR, 2)})), Stock(frozenset({(XUR, 1), (XUR, 3)}))
ARRIVAL = at("2026-11-27 17:00:00")


@pytest.mark.parametrize(
    ("minutes", "is_listed", "stock", "last", "fits", "verdict"),
    [
        (0, True, THIS, LAST, True, "here"),
        (0, True, THIS, LAST, None, "here"),
        (0, True, LAST, LAST, True, "last-weeks"),
        (9, True, LAST, LAST, True, "last-weeks"),
        (3000, True, LAST, LAST, True, "last-weeks"),
        (0, True, THIS, None, True, "too-early"),
        (9, True, THIS, Stock(), None, "too-early"),
        (10, True, THIS, None, True, "here"),
        (0, False, LAST, LAST, True, "missing"),
        (500, None, THIS, LAST, True, "missing"),
        (500, True, Stock(), LAST, None, "missing"),
        (500, True, THIS, LAST, False, "doubtful"),
        (-1, True, THIS, LAST, True, "away"),
        (4 * 24 * 60, True, THIS, LAST, True, "away"),
        (4 * 24 * 60 - 1, True, THIS, LAST, True, "here"),
    ],
)
def test_verdicts(
    minutes: int, is_listed: bool | None, stock: Stock, last: Stock | None, fits: bool | None, verdict: str
) -> None:
    assert timedelta(minutes=10) == SETTLING
    now = ARRIVAL + timedelta(minutes=minutes)
    assert judge(now, is_listed=is_listed, stock=stock, last=last, fits=fits) == verdict


@pytest.mark.parametrize(
    ("minutes", "stock", "verdict"),
    [(0, THIS, "too-early"), (9, THIS, "too-early"), (10, THIS, "here"), (10, LAST, "last-weeks")],
)
def test_what_he_had_two_weekends_ago_says_little_of_the_last(minutes: int, stock: Stock, verdict: str) -> None:
    now = ARRIVAL + timedelta(minutes=minutes)
    assert judge(now, is_listed=True, stock=stock, last=LAST, missed=True) == verdict


def test_one_counter_with_its_old_wares_is_enough_to_wait() -> None:
    last = Stock(frozenset({(XUR, 1), (STRANGE_GEAR_OFFERS, 7), (STRANGE_GEAR_OFFERS, 8)}))
    half = Stock(frozenset({(XUR, 2), (STRANGE_GEAR_OFFERS, 7), (STRANGE_GEAR_OFFERS, 8)}))
    whole = Stock(frozenset({(XUR, 2), (STRANGE_GEAR_OFFERS, 7), (STRANGE_GEAR_OFFERS, 9)}))
    only_one = Stock(frozenset({(XUR, 2)}))
    assert judge(ARRIVAL, is_listed=True, stock=half, last=last) == "last-weeks"
    assert judge(ARRIVAL, is_listed=True, stock=whole, last=last) == "here"
    assert judge(ARRIVAL, is_listed=True, stock=only_one, last=last) == "here"


def test_what_tells_weekends_apart() -> None:
    """Gear for a price: not rewards, not engrams, not what a purchase or an empty purse changes."""
    coin = [CostData(item_hash=9, quantity=41)]
    sales = (
        SaleData(vendor_item_index=0, item_hash=1, costs=coin, sale_status=0),
        SaleData(vendor_item_index=1, item_hash=2, costs=coin),
        SaleData(vendor_item_index=2, item_hash=3),
        SaleData(vendor_item_index=3, item_hash=4, costs=coin),
    )
    vendor = Vendor(hash=XUR, is_here=True, next_refresh=None, sales=sales, components=ItemComponents())
    assert stock_of([vendor], frozenset({1, 2, 3})) == Stock(frozenset({(XUR, 1), (XUR, 2)}))
    assert stock_of([], frozenset({1})) == Stock()


def test_an_answer_that_does_not_tell_who_is_there_is_no_absence() -> None:
    untold = AllVendors(raw=b"", read=ARRIVAL, state="private", vendors={})
    told = AllVendors(raw=b"", read=ARRIVAL, state="present", vendors={})
    assert (untold.is_here(XUR), told.is_here(XUR)) == (None, False)
