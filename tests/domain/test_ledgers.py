"""The sums of a book: they add up, whatever is in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultraider.domain.errors import InvalidInput
from vaultraider.domain.ledgers import (
    MOST_POINTS,
    Entry,
    Span,
    Sums,
    checked_year,
    observed,
    plain,
    weeks_of,
    year_book,
    years_of,
)

YEAR = 2026
START, END = datetime(YEAR, 1, 1, tzinfo=UTC), datetime(YEAR + 1, 1, 1, tzinfo=UTC)
SECONDS = int((END - START).total_seconds())

moments = st.integers(0, SECONDS - 1).map(lambda seconds: START + timedelta(seconds=seconds))
balances = st.integers(-(2**63), 2**63 - 1)


@st.composite
def books(draw: st.DrawFn) -> Span:
    """A year of some currency."""
    times = sorted(draw(st.sets(moments, max_size=60)))
    values = [(at, draw(balances)) for at in times]
    opening = draw(balances)
    begins = draw(st.sampled_from([START, *times[:1]]))
    return Span(opening=opening, begins=begins, entries=observed([(begins, opening), *values]))


def total(sums: list[Sums]) -> tuple[int, int, int]:
    return sum(each.earned for each in sums), sum(each.spent for each in sums), sum(each.entries for each in sums)


@settings(max_examples=60, deadline=None)
@given(books())
def test_every_way_to_cut_a_year_adds_up_to_the_same(span: Span) -> None:
    book = year_book(YEAR, span, END)
    assert (len(book.quarters), len(book.months)) == (4, 12)
    earned, spent, count = total(list(book.quarters))
    assert total(list(book.months)) == (earned, spent, count)
    assert total([each for _, each in book.weeks]) == (earned, spent, count)
    assert book.opening + earned - spent == book.closing
    assert count == len(span.entries)
    assert all(each.earned >= 0 and each.spent >= 0 for each in book.months)


@settings(max_examples=60, deadline=None)
@given(books())
def test_the_line_goes_from_the_first_balance_to_the_last(span: Span) -> None:
    book = year_book(YEAR, span, END)
    times = [at for at, _ in book.line]
    assert times == sorted(times)
    assert book.line[0] == (span.begins, span.opening)
    assert book.line[-1] == (END, book.closing)


def test_a_line_with_many_changes_has_the_last_of_each_day() -> None:
    values = [(START + timedelta(minutes=20 * n), n) for n in range(1, 5000)]
    line = year_book(YEAR, Span(begins=START, entries=observed([(START, 0), *values])), END).line
    assert len(line) <= MOST_POINTS
    assert line[1] == (START + timedelta(hours=23, minutes=40), 71)
    assert line[-2:] == [(START + timedelta(minutes=20 * 4999), 4999), (END, 4999)]


def test_nothing_is_drawn_of_what_is_yet_to_come() -> None:
    entry = Entry(at=START + timedelta(days=3), amount=5, balance=5)
    span = Span(begins=entry.at, entries=[entry])
    assert year_book(YEAR, span, START + timedelta(days=9)).line[-1] == (START + timedelta(days=9), 5)
    # A clock that was set back: what is known stays.
    assert year_book(YEAR, span, START).line == [(entry.at, 0), (entry.at, 5)]


@pytest.mark.parametrize("year", range(2000, 2200))
def test_weeks_cover_the_year(year: int) -> None:
    mondays = weeks_of(year)
    assert all(each.weekday() == 0 for each in mondays)
    assert mondays[0] <= datetime(year, 1, 1, tzinfo=UTC) < mondays[1]
    assert mondays[-1] <= datetime(year, 12, 31, tzinfo=UTC) < mondays[-1] + timedelta(weeks=1)
    assert len(mondays) in (53, 54)


def test_a_balance_that_stays_is_no_entry() -> None:
    at = [START + timedelta(hours=hour) for hour in range(4)]
    assert [(each.at, each.amount) for each in observed([(at[0], 5), (at[1], 5), (at[2], 3), (at[3], 3)])] == [(at[2], -2)]


def test_only_what_changed_in_a_gap_was_not_seen_happen() -> None:
    at = [START + timedelta(hours=hour) for hour in range(6)]
    # A gap ends a little after the second in which its end was noted.
    late = timedelta(milliseconds=400)
    found = observed([(time, n) for n, time in enumerate(at)], [(at[3], at[4] + late), (at[0], at[1] + late)])
    assert [each.since for each in found] == [at[0], None, None, at[3], None]


def test_years_that_can_be_looked_at() -> None:
    def on(year: int) -> datetime:
        return datetime(year, 6, 1, tzinfo=UTC)

    assert years_of(None, None, on(2026)) == [2026]
    assert years_of(on(2024), on(2025), on(2026)) == [2024, 2025, 2026]
    assert years_of(on(2026), on(2027), on(2026)) == [2026, 2027]


@pytest.mark.parametrize("text", ["", "26", "1999", "2200", "02026", "２０２６", "2026 ", "2026\n", "+2026", "2e3"])
def test_what_is_no_year(text: str) -> None:
    with pytest.raises(InvalidInput):
        checked_year(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=150))
def test_plain_text_is_plain(text: str) -> None:
    words = plain(text, 200, "note")
    assert words == plain(words, 200, "note")
    assert words.isprintable() or any(sign in words for sign in "\u200c\u200d") or not words.isascii()
    assert not any(sign in words for sign in "\r\n\t\0\u202e\u2066\u2028")
