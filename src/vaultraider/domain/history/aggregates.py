"""From figures, tallies and sightings to what a chart draws. Pure; times are aware, in UTC."""

from __future__ import annotations

import statistics
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, Literal, NamedTuple

import msgspec

Range = Literal["1d", "7d", "30d", "90d", "365d", "all"]
RANGES: dict[Range, timedelta | None] = {
    "1d": timedelta(days=1),
    "7d": timedelta(days=7),
    "30d": timedelta(days=30),
    "90d": timedelta(days=90),
    "365d": timedelta(days=365),
    "all": None,
}
DAY, WEEK, HOUR = timedelta(days=1), timedelta(weeks=1), timedelta(hours=1)

Point = tuple[datetime, int]
"""From this time on the value holds, until the next point."""

MOST_POINTS = 320
"""Of one line: about one for each pixel that it is drawn on."""

LOOKED_BACK = timedelta(days=28)
"""What a forecast is made from. Four weeks: every weekday counts alike."""
ENOUGH = timedelta(days=3)
LOOKED_AHEAD = timedelta(days=180)

SHOWN_TIERS = ("exotic", "legendary", "rare")
OTHER = "other"

EDGES = (0, 1, 3, 6, 12, 24, 48, 96, 168)
"""In hours: where the buckets of the times between drops begin."""


class Span(NamedTuple):
    """What a chart shows."""

    begin: datetime
    end: datetime


class Ways(NamedTuple):
    """Items by rarity that came (or went)."""

    exotic: int = 0
    legendary: int = 0
    rare: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        return sum(self)


class Week(NamedTuple):
    """``begin``: a Monday."""

    begin: datetime
    came: Ways
    went: Ways


class Bucket(msgspec.Struct, frozen=True):
    """``begin`` <= hours < ``end``; None: no end."""

    begin: int
    end: int | None
    count: int


class Intervals(msgspec.Struct, frozen=True):
    """Between drops, in hours; None where there are too few to say."""

    count: int
    median: float | None
    mean: float | None
    longest: float | None
    since_last: float | None
    buckets: list[Bucket]


def span_of(wanted: Range, now: datetime, first: datetime | None) -> Span:
    """``first``: where the memory begins, None where there is none."""
    length = RANGES[wanted]
    if length is not None:
        return Span(now - length, now)
    # An axis needs a length: who came just now sees an hour.
    return Span(min(first or now, now - HOUR), now)


def within(points: Iterable[tuple[datetime, Any]], span: Span) -> list[Point]:
    """The line inside the span: it begins with the value that held at its beginning, where one did."""
    found: list[Point] = []
    for at, value in points:
        if at > span.end:
            break
        if at <= span.begin:
            found = [(span.begin, value)]
        else:
            found.append((at, value))
    return found


def thinned(points: Sequence[Point], span: Span, at_most: int = MOST_POINTS) -> list[Point]:
    """The same line with fewer points: of each stretch of the span the highest, the lowest and the last, where they were.

    Peaks stay: a vault that was full for an hour shows it. A line that is short enough stays as it is.
    """
    if len(points) <= at_most:
        return list(points)
    width = (span.end - span.begin) / max(at_most // 3, 1)
    found: list[Point] = []
    at = 0
    while at < len(points):
        end = span.begin + width * ((points[at][0] - span.begin) // width + 1)
        past = bisect_left(points, end, lo=at + 1, key=_when)
        stretch = range(at, past)
        kept = {max(stretch, key=lambda n: points[n][1]), min(stretch, key=lambda n: points[n][1]), past - 1}
        found += [points[n] for n in sorted(kept)]
        at = past
    return found


def _when(point: Point) -> datetime:
    return point[0]


def held(points: Sequence[Point], begin: datetime, end: datetime) -> list[tuple[timedelta, int]]:
    """How long which value held between the two, in order."""
    edges = [*points, (end, 0)]
    pieces = ((max(here[0], begin), min(there[0], end), here[1]) for here, there in pairwise(edges))
    return [(until - since, value) for since, until, value in pieces if until > since]


def full_about(points: Sequence[Point], capacity: int, now: datetime) -> datetime | None:
    """When a place is full if it goes on as in the last four weeks; None where it does not rise, is full, or is far from it.

    A straight line through the values, each counted for as long as it held: a busy evening weighs no more than a quiet one.
    """
    if not points or capacity <= 0 or points[-1][1] >= capacity:
        return None
    begin = max(points[0][0], now - LOOKED_BACK)
    if now - begin < ENOUGH:
        return None
    slope = _slope(points, begin, now)
    if slope <= 0:
        return None
    days = (capacity - points[-1][1]) / slope
    return now + DAY * days if days <= LOOKED_AHEAD / DAY else None


def _slope(points: Sequence[Point], begin: datetime, end: datetime) -> float:
    """Per day, by least squares over the whole line: each piece counts with its length, about its own middle."""
    pieces: list[tuple[float, float, int]] = []
    passed = 0.0
    for length, value in held(points, begin, end):
        days = length / DAY
        pieces.append((passed + days / 2, days, value))
        passed += days
    if passed <= 0:
        return 0.0
    middle = passed / 2
    mean = sum(days * value for _, days, value in pieces) / passed
    together = sum(days * (at - middle) * (value - mean) for at, days, value in pieces)
    return together / (passed**3 / 12)


def monday(moment: datetime) -> datetime:
    """When the week of this moment began, in UTC."""
    day = moment.astimezone(UTC).date()
    return midnight(day - timedelta(days=day.weekday()))


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def weeks(tallies: Iterable[tuple[date, str, int]], span: Span) -> list[Week]:
    """Every week that the span touches, also those in which nothing came or went."""
    begin = monday(span.begin)
    count = (monday(span.end) - begin) // WEEK + 1
    sums: list[dict[str, list[int]]] = [{"in": [0, 0, 0, 0], "out": [0, 0, 0, 0]} for _ in range(count)]
    for day, key, number in tallies:
        at = (day - begin.date()).days // 7
        way, _, tier = key.partition(":")
        if 0 <= at < count and way in sums[at]:
            sums[at][way][_column(tier)] += number
    return [Week(begin + WEEK * n, Ways(*found["in"]), Ways(*found["out"])) for n, found in enumerate(sums)]


def _column(tier: str) -> int:
    return SHOWN_TIERS.index(tier) if tier in SHOWN_TIERS else len(SHOWN_TIERS)


def intervals(times: Sequence[datetime], now: datetime) -> Intervals:
    """Of times in order, each once: what came together counts as one."""
    between = [(later - earlier) / HOUR for earlier, later in pairwise(times)]
    return Intervals(
        count=len(times),
        median=statistics.median(between) if between else None,
        mean=statistics.fmean(between) if between else None,
        longest=max(between, default=None),
        since_last=max((now - times[-1]) / HOUR, 0.0) if times else None,
        buckets=_buckets(between),
    )


def _buckets(between: Iterable[float]) -> list[Bucket]:
    ordered = sorted(between)
    places = [bisect_left(ordered, edge) for edge in EDGES] + [len(ordered)]
    ends = [*EDGES[1:], None]
    return [Bucket(begin, end, there - here) for begin, end, (here, there) in zip(EDGES, ends, pairwise(places), strict=True)]
