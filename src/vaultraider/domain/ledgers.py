"""The book of a currency: what came in, what went out, what there was; by quarter, month and week of a year in UTC.

A book begins with an opening balance, which nobody earned. From there on every change is an entry, and in every span of time

    opening + earned - spent == closing
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Literal

import msgspec

from vaultraider.domain.errors import InvalidInput

GLIMMER = 3159615086
"""DestinyInventoryItemDefinition."""
FIRST = 1
"""The number of the first ledger, which is Glimmer's with everybody."""
FIRST_YEAR, LAST_YEAR = 2000, 2199
LARGEST_AMOUNT = 10**9
"""Of one entry, either way. A full ledger of them stays below 2**53, up to which every program counts exactly."""
MOST_ENTRIES = 50_000
"""In one ledger of a person's own."""
MOST_LEDGERS = 50
"""Of a person's own."""
NAME, UNIT, NOTE = 60, 20, 200
"""Characters at most."""
MOST_POINTS = 400
"""Of a balance line: with more changes than that in a year it has the last of each day."""
_JOINERS = frozenset("\u200c\u200d")
"""Of the invisible characters only these two belong into text: they shape scripts and emoji."""
FUTURE = timedelta(days=1)
"""How far ahead of our clock an entry may lie: somebody's day begins before ours."""

Kind = Literal["currency", "own"]
Source = Literal["history", "typed", "import"]


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One change. ``at``: in UTC. ``n``: its number where somebody entered it, 0 where it was observed. ``balance``: after it.
    ``since``: it was not seen happen, but lies after this time and not after ``at``.
    """

    at: datetime
    amount: int
    balance: int
    n: int = 0
    note: str = ""
    source: Source = "history"
    since: datetime | None = None

    @property
    def id(self) -> str:
        """Unique in its ledger."""
        return str(self.n) if self.n else f"h{int(self.at.timestamp())}"

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands among the others; grows with time."""
        return int(self.at.timestamp()), self.n


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a book, oldest first. ``opening``: the balance that it began with. ``begins``: since when that was known,
    within the stretch; None where nothing is known of it."""

    opening: int = 0
    begins: datetime | None = None
    entries: Sequence[Entry] = ()

    @property
    def closing(self) -> int:
        return self.entries[-1].balance if self.entries else self.opening


class Sums(msgspec.Struct, frozen=True):
    """``spent`` is positive, too. ``entries``: how many."""

    earned: int = 0
    spent: int = 0
    entries: int = 0


class YearBook(msgspec.Struct, frozen=True, kw_only=True):
    """One year. ``weeks``: by their Monday, all that touch the year; of the first and last only what falls into it, so that
    weeks, months and quarters all add up to the same. ``line``: the balance at some times, holding until the next one."""

    opening: int
    closing: int
    quarters: Sequence[Sums]
    months: Sequence[Sums]
    weeks: Sequence[tuple[datetime, Sums]]
    line: Sequence[tuple[datetime, int]]


def year_span(year: int) -> tuple[datetime, datetime]:
    """Its first moment, and that of the next one."""
    return datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)


def checked_year(text: str) -> int:
    """Raises InvalidInput, naming ``year``."""
    if not (len(text) == 4 and text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR):
        raise InvalidInput("year", f"This is no year of a ledger. Give one from {FIRST_YEAR} to {LAST_YEAR}, such as 2026.")
    return int(text)


def observed(values: Sequence[tuple[datetime, int]], unseen: Iterable[tuple[datetime, datetime]] = ()) -> list[Entry]:
    """The entries between observed balances, which come oldest first. ``unseen``: stretches in which nobody looked."""
    found = []
    gaps = sorted(unseen)
    for (_, before), (at, after) in pairwise(values):
        while gaps and gaps[0][1] < at:
            gaps.pop(0)
        since = gaps[0][0] if gaps and gaps[0][0] < at else None
        if after != before:
            found.append(Entry(at=at, amount=after - before, balance=after, since=since))
    return found


def year_book(year: int, span: Span, now: datetime) -> YearBook:
    """``span``: all of that year, and nothing else. What is yet to come is not drawn."""
    start, end = year_span(year)
    mondays = weeks_of(year)
    quarters, months, weeks = ([[0, 0, 0] for _ in range(count)] for count in (4, 12, len(mondays)))
    for day, sums in _by_day(span.entries).items():
        at = datetime.fromordinal(day).replace(tzinfo=UTC)
        for period in (quarters[(at.month - 1) // 3], months[at.month - 1], weeks[(at - mondays[0]).days // 7]):
            for place, more in enumerate(sums):
                period[place] += more
    return YearBook(
        opening=span.opening,
        closing=span.closing,
        quarters=[Sums(*each) for each in quarters],
        months=[Sums(*each) for each in months],
        weeks=list(zip(mondays, (Sums(*each) for each in weeks), strict=True)),
        line=_line(span, max(start, span.begins), min(now, end)) if span.begins is not None else [],
    )


def _by_day(entries: Sequence[Entry]) -> dict[int, list[int]]:
    """Earned, spent and how many, by the day's number: of days there are far fewer than of entries."""
    days: dict[int, list[int]] = {}
    for entry in entries:
        sums = days.setdefault(entry.at.toordinal(), [0, 0, 0])
        sums[0 if entry.amount > 0 else 1] += abs(entry.amount)
        sums[2] += 1
    return days


def weeks_of(year: int) -> list[datetime]:
    """The Mondays of the weeks that touch the year."""
    start, end = year_span(year)
    monday = start - timedelta(days=start.weekday())
    return [monday + timedelta(weeks=n) for n in range(54) if monday + timedelta(weeks=n) < end]


def _line(span: Span, begin: datetime, end: datetime) -> list[tuple[datetime, int]]:
    changes = [(entry.at, entry.balance) for entry in span.entries]
    if len(changes) > MOST_POINTS:
        # Of each day the last one: a later one takes its place.
        changes = list({at.toordinal(): (at, balance) for at, balance in changes}.values())
    points = [(begin, span.opening), *changes]
    if end > points[-1][0]:
        points.append((end, span.closing))
    return points


def years_of(first: datetime | None, last: datetime | None, now: datetime) -> list[int]:
    """Those that can be looked at, this one included."""
    known = [each.astimezone(UTC).year for each in (first, last, now) if each is not None]
    return list(range(min(known), max(known) + 1))


def checked_amount(amount: int) -> int:
    """Raises InvalidInput, naming ``amount``."""
    if amount == 0:
        raise InvalidInput("amount", "An amount of 0 changes nothing. Give what came in, or with a minus what went out.")
    if abs(amount) > LARGEST_AMOUNT:
        raise InvalidInput("amount", f"An amount is {LARGEST_AMOUNT:,} at most.")
    return amount


def checked_time(at: datetime, now: datetime) -> datetime:
    """To the second, in UTC. Raises InvalidInput, naming ``at``."""
    if at > now + FUTURE:
        raise InvalidInput("at", "This time is yet to come. Enter what has happened.")
    if at.year < FIRST_YEAR:
        raise InvalidInput("at", f"A ledger goes back to {FIRST_YEAR} at most.")
    return at.astimezone(UTC).replace(microsecond=0)


def plain(text: str, most: int, field: str) -> str:
    """On one line and without what cannot be seen. Raises InvalidInput, naming ``field``, when it is too long."""
    words = " ".join("".join(" " if sign.isspace() else sign for sign in text if not _is_hidden(sign)).split())
    if len(words) > most:
        raise InvalidInput(field, f"This has {len(words)} characters; {most} are possible.")
    return words


def checked_name(text: str) -> str:
    """Raises InvalidInput, naming ``name``."""
    name = plain(text, NAME, "name")
    if not name:
        raise InvalidInput("name", "Give the ledger a name.")
    return name


def _is_hidden(sign: str) -> bool:
    """Control and format characters: those that turn the direction of the text are a way to deceive."""
    return unicodedata.category(sign)[0] == "C" and sign not in _JOINERS and not sign.isspace()
