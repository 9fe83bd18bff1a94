"""The arithmetic of the shared budget."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultraider.domain.pace import BURST, Pace, back_off, paused, room, slow_down, succeeded, take

NOW = 1_800_000_000.0


def most_in_any(window: float, starts: list[float]) -> int:
    """How many starts the fullest window of that length holds."""
    starts = sorted(starts)
    most, first = 0, 0
    for last, start in enumerate(starts):
        while starts[first] <= start - window:
            first += 1
        most = max(most, last - first + 1)
    return most


def test_fifty_start_at_once_then_fifteen_a_second() -> None:
    pace, waits = Pace(), []
    for _ in range(80):
        pace, wait = take(pace, NOW)
        waits.append(wait)
    assert waits[:50] == [0.0] * 50
    assert waits[50] == pytest.approx(1 / 15, abs=1e-5)
    assert waits[79] == pytest.approx(2.0, abs=1e-5)


@given(st.lists(st.floats(0, 3), max_size=400))
def test_no_ten_seconds_hold_more_than_200_starts(gaps: list[float]) -> None:
    pace, now, starts = Pace(), NOW, []
    for gap in [*gaps, *([0.0] * 300)]:
        now += gap
        pace, wait = take(pace, now)
        starts.append(now + wait)
    assert most_in_any(10, starts) <= 201  # One more for rounding at the window's edge.
    assert starts == sorted(starts)


@given(st.lists(st.tuples(st.floats(0, 3), st.floats(0, 5)), max_size=300))
def test_a_place_is_taken_only_within_patience(asked: list[tuple[float, float]]) -> None:
    pace, now = Pace(), NOW
    for gap, patience in asked:
        now += gap
        before = pace
        pace, wait = take(pace, now, patience=patience)
        if wait > patience:
            assert pace == Pace(**{**{f: getattr(before, f) for f in before.__struct_fields__}, "seen": pace.seen})


def test_back_off_is_as_recorded(shared_dir: Path) -> None:
    recorded = json.loads((shared_dir / "vectors" / "http-client.json").read_bytes())["throttleBackoff"]["table"]
    assert [back_off(row["timesThrottled"]) * 1000 for row in recorded] == [row["waitMs"] for row in recorded]


def test_each_throttling_after_a_pause_doubles_the_next() -> None:
    pace, now, pauses = Pace(), NOW, []
    for _ in range(11):
        pace, pause = slow_down(pace, now, None)
        pauses.append(pause)
        pace, wait = take(pace, now)
        assert wait == pytest.approx(pause)
        now += pause
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


def test_what_bungie_tells_is_kept_to() -> None:
    pace, pause = slow_down(Pace(), NOW, 10)
    assert pause == 10
    assert take(pace, NOW + 4)[1] == pytest.approx(6)
    assert slow_down(Pace(), NOW, 1e9)[1] == 3600


@pytest.mark.parametrize("told", [None, 0, -5])
def test_zero_or_nothing_told_means_our_own_back_off(told: float | None) -> None:
    assert slow_down(Pace(), NOW, told)[1] == 1


def test_calls_under_way_do_not_lengthen_the_back_off() -> None:
    pace, _ = slow_down(Pace(), NOW, None)
    for _ in range(10):
        pace, pause = slow_down(pace, NOW + 0.5, None)
        assert pause == pytest.approx(0.5)
    assert pace.throttled == 1
    assert slow_down(pace, NOW + 0.5, 10)[1] == pytest.approx(10)


def test_after_throttling_calls_go_one_at_a_time_until_one_succeeds() -> None:
    pace, _ = slow_down(Pace(), NOW, None)
    pace, first = take(pace, NOW + 1)
    pace, second = take(pace, NOW + 1)
    assert (first, second) == (0, 1)
    pace = succeeded(pace, NOW + 1)
    assert pace.throttled == 0
    assert take(pace, NOW + 1)[1] == 0


def test_success_halves() -> None:
    pace, counts = Pace(throttled=11), []
    for _ in range(5):
        pace = succeeded(pace, NOW)
        counts.append(pace.throttled)
    assert counts == [5, 2, 1, 0, 0]


def test_a_pause_is_told() -> None:
    pace, _ = slow_down(Pace(), NOW, 10)
    assert paused(pace, NOW + 4) == pytest.approx(6)
    assert paused(pace, NOW + 11) == 0


def test_a_clock_set_back_an_hour_takes_the_queue_along() -> None:
    pace = Pace()
    for _ in range(65):
        pace, wait = take(pace, NOW)
    assert wait == pytest.approx(1, abs=1e-3)
    pace, wait = take(pace, NOW - 3600)
    assert wait == pytest.approx(1 + 1 / 15, abs=1e-3)


def test_another_host_slightly_behind_frees_no_place() -> None:
    pace = Pace()
    for _ in range(50):
        pace, _ = take(pace, NOW)
    _, wait = take(pace, NOW - 2)
    assert wait == pytest.approx(1 / 15, abs=1e-3)


@given(st.integers(0, 120), st.floats(0, 20))
def test_the_room_is_what_could_start_now(taken: int, later: float) -> None:
    pace = Pace()
    for _ in range(taken):
        pace, _ = take(pace, NOW)
    free = room(pace, NOW + later)
    assert 0 <= free <= BURST
    for _ in range(free):
        pace, wait = take(pace, NOW + later)
        assert wait < 1e-5
    assert room(pace, NOW + later) == 0


def test_there_is_no_room_in_a_pause_nor_before_the_next_single_call() -> None:
    pace, pause = slow_down(Pace(), NOW, 10)
    assert [room(pace, NOW + pause - 1), room(pace, NOW + pause)] == [0, BURST]
    pace, _ = take(pace, NOW + pause)
    assert [room(pace, NOW + pause + 0.9), room(pace, NOW + pause + 1.1)] == [0, BURST]
