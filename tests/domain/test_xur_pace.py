"""When to look for Xûr next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultraider.domain.xur import Verdict, visit_at
from vaultraider.domain.xur_pace import next_look

ARRIVAL = datetime(2026, 11, 27, 17, tzinfo=UTC)
DAY = 86_400


@pytest.mark.parametrize(
    ("after", "verdict", "complete", "shortest", "longest"),
    [
        (0, None, False, 30, 60),
        (600, "too-early", True, 30, 60),
        (600, "last-weeks", True, 30, 60),
        (1800, "missing", True, 240, 360),
        (4 * 3600, "doubtful", True, 1440, 2160),
        (2 * DAY, "missing", True, 5760, 8640),
        (2 * DAY, None, False, 5760, 8640),
        (600, "here", True, 960, 1440),
        (DAY, "here", True, 8640, 12960),
        (DAY, "here", False, 720, 1080),
    ],
)
def test_pace(after: int, verdict: Verdict | None, complete: bool, shortest: int, longest: int) -> None:
    now = ARRIVAL + timedelta(seconds=after)
    for chance in (0.0, 0.3, 1.0):
        pause = next_look(now, verdict, complete=complete, chance=chance) - now
        assert timedelta(seconds=shortest) <= pause <= timedelta(seconds=longest)


@given(
    seconds=st.integers(0, 20 * 7 * DAY),
    verdict=st.sampled_from(["here", "away", "missing", "last-weeks", "too-early", "doubtful", None]),
    chance=st.floats(0, 1),
    complete=st.booleans(),
)
def test_never_while_he_is_away(seconds: int, verdict: Verdict | None, chance: float, complete: bool) -> None:
    now = ARRIVAL + timedelta(seconds=seconds)
    then = next_look(now, verdict, complete=complete, chance=chance)
    assert then > now
    assert visit_at(then).is_due
    assert then - visit_at(now).next_arrival <= timedelta(seconds=40)


def test_two_servers_look_at_different_times() -> None:
    away = ARRIVAL - timedelta(days=1)
    assert len({next_look(away, None, complete=True, chance=n / 10) for n in range(10)}) == 10
