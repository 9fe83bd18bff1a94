"""When an account is read next: a table of habits, and what holds for all of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.clocks import START
from tests.domain import accounts as a

from vaultraider.domain.snapshot import ProfileSnapshot, read_snapshot
from vaultraider.domain.watch_pace import (
    FARTHEST,
    LONGEST_TOLD,
    OFFSET,
    PLAYING,
    SELDOM,
    Habits,
    back_off,
    interval,
    is_due,
    last_played,
    left_free,
)

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0


def ago(seconds: float | None) -> datetime | None:
    return None if seconds is None else START - timedelta(seconds=seconds)


def habits(played: float | None = None, looked: float | None = None, failures: int = 0) -> Habits:
    return Habits(played=ago(played), looked=ago(looked), failures=failures)


@pytest.mark.parametrize(
    ("known", "seconds"),
    [
        (habits(played=0), 60),
        (habits(played=9 * MINUTE), 60),
        (habits(played=9 * MINUTE, looked=10), 60),
        (habits(played=10 * MINUTE), 150),
        (habits(played=10 * MINUTE, looked=10), 120),
        (habits(played=HOUR), 15 * MINUTE),
        (habits(played=DAY), 30 * MINUTE),
        (habits(played=400 * DAY), 30 * MINUTE),
        (habits(), 30 * MINUTE),
        (habits(looked=149), 120),
        (habits(looked=150), 30 * MINUTE),
        # A clock that was turned back: what lies ahead tells nothing yet.
        (habits(played=-HOUR), 2 * MINUTE),
        (habits(looked=-HOUR), 30 * MINUTE),
        (habits(played=-3), 60),
        # Failures.
        (habits(played=0, failures=1), 60),
        (habits(played=0, failures=2), 60),
        (habits(played=0, failures=3), 120),
        (habits(played=0, failures=99), 600),
        (habits(played=0, looked=5, failures=99), 60),
        (habits(looked=5, failures=99), 120),
        (habits(failures=99), 30 * MINUTE),
    ],
)
def test_the_pace(known: Habits, seconds: float) -> None:
    assert interval(known, START).total_seconds() == seconds


def test_accounts_with_the_same_habits_are_set_apart() -> None:
    pauses = {interval(habits(), START, name=f"3-{number}").total_seconds() for number in range(20)}
    assert len(pauses) == 20
    assert all((1 - OFFSET) * SELDOM.total_seconds() <= pause <= SELDOM.total_seconds() for pause in pauses)


@pytest.mark.parametrize(
    ("failures", "told", "seconds"),
    [(0, None, 0), (1, None, 30), (2, None, 60), (5, None, 480), (6, None, 600), (10**9, None, 600), (1, 10, 30), (1, 90, 90),
     (1, 1e9, LONGEST_TOLD), (3, -5, 120)],
)  # fmt: skip
def test_backing_off(failures: int, told: float | None, seconds: float) -> None:
    assert back_off(failures, told).total_seconds() == seconds


seconds = st.none() | st.floats(-2 * DAY, 400 * DAY)


@given(seconds, seconds, st.integers(0, 200), st.text(max_size=8))
def test_nobody_is_read_more_often_than_a_player_nor_forgotten(
    played: float | None, looked: float | None, failures: int, name: str
) -> None:
    pause = interval(habits(played, looked, failures), START, name=name)
    assert PLAYING <= pause <= SELDOM


@given(st.floats(0, 400 * DAY), st.floats(0, 400 * DAY), st.integers(0, 50), st.text(max_size=8))
def test_the_longer_it_is_quiet_the_more_seldom(one: float, other: float, failures: int, name: str) -> None:
    sooner, later = sorted((one, other))
    assert interval(habits(sooner, None, failures), START, name=name) <= interval(habits(later, None, failures), START, name=name)


@given(seconds, st.integers(0, 50))
def test_a_page_never_makes_it_slower(played: float | None, failures: int) -> None:
    assert interval(habits(played, 0, failures), START) <= interval(habits(played, None, failures), START)


@given(st.integers(0, 100), st.none() | st.floats(-1e9, 1e9))
def test_backing_off_grows_and_ends(failures: int, told: float | None) -> None:
    assert timedelta(0) <= back_off(failures) <= back_off(failures + 1) <= back_off(failures + 1, told) < FARTHEST


@given(st.floats(-400 * DAY, 400 * DAY))
def test_what_is_due_absurdly_late_is_due(ahead: float) -> None:
    due = START + timedelta(seconds=ahead)
    assert is_due(due, START) is (due <= START or due - START > FARTHEST)


@pytest.mark.parametrize(("overdue", "places"), [(0, 25), (299, 25), (300, 1), (-60, 25)])
def test_who_waited_long_stands_back_no_more(overdue: float, places: int) -> None:
    assert left_free(START - timedelta(seconds=overdue), START) == places


def read(
    *, last: str = "2026-11-17T09:00:00Z", minutes: int = 100, transitory: bool = False, at: datetime = START
) -> ProfileSnapshot:
    body = a.account("2026-11-17T16:59:00Z")
    for character in body["characters"]["data"].values():
        character["dateLastPlayed"] = last
        character["minutesPlayedTotal"] = str(minutes)
    body["profileTransitoryData"] = {"privacy": 2} | ({"data": {"partyMembers": []}} if transitory else {})
    return read_snapshot(a.encode(body), at)


@pytest.mark.parametrize(
    ("after", "before", "expected"),
    [
        ({"transitory": True}, None, START),
        ({}, None, datetime.fromisoformat("2026-11-17T09:00:00Z")),
        ({"last": "2026-11-17T17:05:00Z"}, None, START),
        ({"last": "2026-11-18T09:00:00Z"}, None, None),
        ({"last": "0001-01-01T00:00:00Z"}, None, None),
        ({"last": "soon"}, None, None),
        ({"minutes": 101}, {"at": START - timedelta(minutes=5)}, START - timedelta(minutes=5)),
        ({"minutes": 100}, {"at": START - timedelta(minutes=5)}, datetime.fromisoformat("2026-11-17T09:00:00Z")),
        ({"minutes": 101}, {"minutes": 0, "at": START - timedelta(minutes=5)}, datetime.fromisoformat("2026-11-17T09:00:00Z")),
    ],
    ids=[
        "in the game",
        "by its stamp",
        "a stamp ahead",
        "one far ahead",
        "no stamp",
        "no time",
        "minutes grew",
        "they did not",
        "none known before",
    ],
)
def test_when_it_was_last_played(after: dict[str, Any], before: dict[str, Any] | None, expected: datetime | None) -> None:
    assert last_played(read(**after), read(**before) if before is not None else None) == expected


def test_nobody_played_without_characters() -> None:
    body = a.account("2026-11-17T16:59:00Z")
    body["characters"] = {"data": {}, "privacy": 1}
    del body["profileTransitoryData"]
    assert last_played(read_snapshot(a.encode(body), START), None) is None


def test_who_is_in_the_game_has_the_pace_of_players() -> None:
    known = Habits(played=last_played(read(transitory=True), None))
    assert interval(known, START + timedelta(minutes=1)) == PLAYING
