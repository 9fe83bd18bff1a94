"""From what was counted to what a chart draws."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultraider.domain.history.aggregates import (
    RANGES,
    Point,
    Range,
    Span,
    Ways,
    full_about,
    intervals,
    monday,
    span_of,
    thinned,
    weeks,
    within,
)

NOW = datetime(2026, 11, 17, 17, 0, tzinfo=UTC)
"""A Tuesday."""
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MONTH = Span(NOW - 30 * DAY, NOW)


def rising(days: int, per_day: int, start: int = 500) -> list[Point]:
    return [(NOW - (days - n) * DAY, start + per_day * n) for n in range(days + 1)]


@pytest.mark.parametrize("wanted", [each for each in RANGES if each != "all"])
def test_a_range_ends_now(wanted: Range) -> None:
    assert span_of(wanted, NOW, None) == (NOW - timedelta(days=int(wanted.removesuffix("d"))), NOW)


def test_all_begins_with_the_memory_and_is_never_without_length() -> None:
    assert span_of("all", NOW, NOW - 400 * DAY) == (NOW - 400 * DAY, NOW)
    assert span_of("all", NOW, NOW).begin < NOW
    assert span_of("all", NOW, None).begin < NOW


WITHIN: list[tuple[list[int], list[tuple[int, int]]]] = [
    ([], []),
    ([-40], [(-30, 0)]),
    ([-40, -35], [(-30, 1)]),
    ([-40, -10], [(-30, 0), (-10, 1)]),
    ([-10], [(-10, 0)]),
    ([-30], [(-30, 0)]),
    ([-10, 1], [(-10, 0)]),
]


@pytest.mark.parametrize(("days", "shown"), WITHIN)
def test_a_line_begins_with_what_held(days: list[int], shown: list[tuple[int, int]]) -> None:
    points = [(NOW + day * DAY, n) for n, day in enumerate(days)]
    assert within(points, MONTH) == [(NOW + day * DAY, value) for day, value in shown]


def test_a_short_line_is_drawn_as_it_is() -> None:
    points = rising(30, 3)
    assert thinned(points, MONTH) == points


@given(st.lists(st.tuples(st.integers(0, 30 * 24 * 60), st.integers(0, 1000)), max_size=600))
def test_a_thinned_line_keeps_its_ends_and_its_peaks(found: list[tuple[int, int]]) -> None:
    by_time = {MONTH.begin + timedelta(minutes=minute): value for minute, value in found}
    points = sorted(by_time.items())
    kept = thinned(points, MONTH, at_most=60)
    assert len(kept) <= 60 + 3
    assert kept == sorted(set(kept) & set(points))
    if points:
        values = [value for _, value in points]
        assert kept[-1] == points[-1]
        assert {max(values), min(values)} <= {value for _, value in kept}


def test_an_hour_at_the_limit_is_seen_in_a_month() -> None:
    points = [(MONTH.begin + n * HOUR, 600 + n % 2) for n in range(700)]
    points[300], points[500] = (points[300][0], 700), (points[500][0], 20)
    kept = thinned(points, MONTH, at_most=60)
    assert {points[300], points[500]} <= set(kept)


FORECASTS: list[tuple[str, list[Point], int, int | None]] = [
    ("nothing is known", [], 700, None),
    ("one point", [(NOW - HOUR, 690)], 700, None),
    ("too short to say", [(NOW - 2 * DAY, 600), (NOW - DAY, 650)], 700, None),
    ("level", rising(30, 0), 700, None),
    ("falling", rising(30, -2), 700, None),
    ("full already", [*rising(30, 3), (NOW, 700)], 700, None),
    ("no capacity", rising(30, 3), 0, None),
    ("too far away", rising(30, 1, 100), 1000, None),
    ("a straight line", rising(28, 5), 700, 12),
    ("only the last four weeks count", [(NOW - 200 * DAY, 10), *rising(28, 5)], 700, 12),
]


@pytest.mark.parametrize(("case", "points", "capacity", "days"), FORECASTS, ids=[case[0] for case in FORECASTS])
def test_when_the_vault_is_full(case: str, points: list[Point], capacity: int, days: int | None) -> None:
    found = full_about(points, capacity, NOW)
    if days is None:
        assert found is None
    else:
        assert found is not None
        assert abs(found - (NOW + days * DAY)) < 0.5 * DAY


def test_a_busy_evening_weighs_no_more_than_a_quiet_one() -> None:
    quiet = rising(28, 5)
    busy = sorted([*quiet, *((NOW - 3 * DAY + n * timedelta(seconds=1), 625 + n % 2) for n in range(1, 500))])
    plain, crowded = full_about(quiet, 700, NOW), full_about(busy, 700, NOW)
    assert plain is not None
    assert crowded is not None
    assert abs(plain - crowded) < DAY


@pytest.mark.parametrize(
    ("moment", "begin"),
    [
        (datetime(2026, 11, 16, tzinfo=UTC), date(2026, 11, 16)),
        (datetime(2026, 11, 15, 23, 59, 59, tzinfo=UTC), date(2026, 11, 9)),
        (datetime(2026, 1, 1, tzinfo=UTC), date(2025, 12, 29)),
        (datetime(2026, 11, 16, 1, tzinfo=UTC).astimezone(tz=None), date(2026, 11, 16)),
    ],
)
def test_weeks_begin_on_monday_in_utc(moment: datetime, begin: date) -> None:
    assert monday(moment).date() == begin


def test_weeks_are_whole_and_none_is_left_out() -> None:
    span = span_of("30d", NOW, None)
    tallies = [
        (date(2026, 10, 11), "in:exotic", 99),  # the Sunday before the first week
        (date(2026, 10, 12), "in:exotic", 1),
        (date(2026, 10, 18), "in:legendary", 4),
        (date(2026, 11, 17), "in:legendary", 2),
        (date(2026, 11, 17), "in:uncommon", 3),
        (date(2026, 11, 17), "in:unknown", 4),
        (date(2026, 11, 17), "out:rare", 5),
        (date(2026, 11, 17), "moved", 50),
    ]
    found = weeks(tallies, span)
    assert [week.begin.date().isoformat() for week in found] == [
        "2026-10-12", "2026-10-19", "2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16",
    ]  # fmt: skip
    assert (found[0].came, found[0].went) == (Ways(exotic=1, legendary=4), Ways())
    assert found[1].came.total == 0
    assert (found[-1].came, found[-1].went) == (Ways(legendary=2, other=7), Ways(rare=5))


def test_the_times_between_drops() -> None:
    times = [NOW - hours * HOUR for hours in (300, 100, 99.5, 50, 49, 2)]
    found = intervals(times, NOW)
    assert (found.count, found.median, found.mean, found.longest, found.since_last) == (6, 47, 59.6, 200, 2)
    assert [(each.begin, each.end, each.count) for each in found.buckets if each.count] == [
        (0, 1, 1), (1, 3, 1), (24, 48, 1), (48, 96, 1), (168, None, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("times", [[], [NOW - HOUR]])
def test_too_few_drops_say_nothing(times: list[datetime]) -> None:
    found = intervals(times, NOW)
    assert (found.count, found.median, found.mean, found.longest) == (len(times), None, None, None)
    assert found.since_last == (1 if times else None)
    assert sum(each.count for each in found.buckets) == 0
