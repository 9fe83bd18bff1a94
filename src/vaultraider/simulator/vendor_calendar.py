"""When traders change what they sell, by the simulator's clock. Resets are at 17:00 UTC and know no summer time."""

from __future__ import annotations

from typing import NamedTuple

from vaultraider.simulator.clock import iso
from vaultraider.simulator.demo.traders import Rhythm

HOUR, DAY = 3600, 86_400
WEEK = 7 * DAY
RESET = 17 * HOUR
TUESDAY, FRIDAY = 5 * DAY + RESET, DAY + RESET
"""The first ones of 1970, which began on a Thursday."""
WEEKEND = 4 * DAY
"""From Friday's reset to Tuesday's."""
RELIC = 8 * HOUR
"""Xûr's next date is Friday 09:00, the reset of Destiny's first years, eight hours before he comes (a capture of 2026)."""
NEVER = "9999-12-31T23:59:59.999Z"


class Period(NamedTuple):
    """Between two refreshes. ``number`` grows by one with each; times are seconds since 1970."""

    number: int
    start: float
    end: float
    next_date: str
    """``nextRefreshDate``."""


def period(rhythm: Rhythm, now: float) -> Period:
    """The one that ``now`` lies in. A weekend's lasts until the next Friday, also when he has gone."""
    if rhythm == "never":
        return Period(0, 0.0, float("inf"), NEVER)
    first, length = {"weekend": (FRIDAY, WEEK), "weekly": (TUESDAY, WEEK), "daily": (RESET, DAY)}[rhythm]
    number = int((now - first) // length)
    start = float(first + number * length)
    end = start + length
    return Period(number, start, end, iso(end - RELIC if rhythm == "weekend" else end))


def is_open(rhythm: Rhythm, now: float) -> bool:
    """Whether such a trader is there at all."""
    return rhythm != "weekend" or now < period(rhythm, now).start + WEEKEND
