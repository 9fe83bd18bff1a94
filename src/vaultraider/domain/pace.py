"""How fast we may call Bungie, as arithmetic: no clock, no storage.

Bungie refuses more than 250 requests in 10 s from one address (Bungie-net/api #218), and all our users share one. We keep to
15 a second with bursts of 50: at most 200 in any 10 s, so that late starters have room below the ceiling.

    take         a place in the queue     (generic cell rate algorithm: one number remembers the whole bucket)
    slow_down    Bungie throttled us      pause as told, else 1, 2, 4 .. 300 s by how often in a row
    room         how many places are free
    succeeded    an answer came           the count is halved; while it is above 0, calls go one at a time, that far apart

Times are seconds since the epoch, intervals seconds.
"""

from __future__ import annotations

import math

import msgspec

CALLS_PER_SECOND = 15.0
BURST = 50
LONGEST_BACK_OFF = 300.0
LONGEST_PAUSE = 3600.0
"""Bungie says "almost always 10"; a number beyond this is not believed."""
CLOCK_TOLERANCE = 5.0
"""A clock that is behind by less is taken for another host's, by more for one that was set back."""


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """Where the queue stands."""

    seen: float = 0.0
    """The latest time anybody asked at."""
    due: float = 0.0
    """When the bucket is full again."""
    next_start: float = 0.0
    """While we were throttled lately: when the next single call may start."""
    pause_until: float = 0.0
    throttled: int = 0
    """How often in a row Bungie throttled us, halved by each success."""


def back_off(throttled: int) -> float:
    """Seconds to wait before a call after being throttled so often: 0, 1, 2, 4 .. 300."""
    return min(LONGEST_BACK_OFF, 2.0 ** min(throttled, 32) * 0.5) if throttled > 0 else 0.0


def take(
    pace: Pace, now: float, *, patience: float = math.inf, rate: float = CALLS_PER_SECOND, burst: int = BURST
) -> tuple[Pace, float]:
    """Takes a place. Gives the new pace and the wait; when the wait is longer than ``patience``, no place is taken."""
    pace, now = _look(pace, now)
    interval = 1.0 / rate
    start = max(now, pace.due - (burst - 1) * interval, pace.next_start, pace.pause_until)
    wait = start - now
    if wait > patience:
        return pace, wait
    return (
        msgspec.structs.replace(
            pace,
            due=max(pace.due, start) + interval,
            next_start=start + back_off(pace.throttled) if pace.throttled else 0.0,
        ),
        wait,
    )


def paused(pace: Pace, now: float) -> float:
    """How long nobody may start anything."""
    pace, now = _look(pace, now)
    return max(0.0, pace.pause_until - now)


def room(pace: Pace, now: float, *, rate: float = CALLS_PER_SECOND, burst: int = BURST) -> int:
    """How many places of the bucket are free; 0 while not even one call could start now."""
    pace, now = _look(pace, now)
    if now < max(pace.pause_until, pace.next_start):
        return 0
    return max(0, burst - math.ceil(max(0.0, pace.due - now) * rate - 1e-6))


def slow_down(pace: Pace, now: float, told: float | None) -> tuple[Pace, float]:
    """Bungie throttled us. Gives the new pace and how long the pause is.

    An answer that comes during a pause belongs to a call that left before it. It says nothing new, and does not lengthen the
    back-off: else ten calls under way at once would cost five minutes.
    """
    pace, now = _look(pace, now)
    told = min(told, LONGEST_PAUSE) if told and told > 0 else None
    if now < pace.pause_until:
        until = max(pace.pause_until, now + (told or 0.0))
        return msgspec.structs.replace(pace, pause_until=until), until - now
    throttled = pace.throttled + 1
    until = now + (told or back_off(throttled))
    return msgspec.structs.replace(pace, throttled=throttled, pause_until=until), until - now


def succeeded(pace: Pace, now: float) -> Pace:
    """An answer came that was no throttling."""
    pace, now = _look(pace, now)
    throttled = pace.throttled // 2
    next_start = min(pace.next_start, now + back_off(throttled)) if throttled else 0.0
    return msgspec.structs.replace(pace, throttled=throttled, next_start=next_start)


def _look(pace: Pace, now: float) -> tuple[Pace, float]:
    """Time as the queue sees it: it never runs backwards, and a clock that was set back takes the queue along."""
    if now >= pace.seen:
        return msgspec.structs.replace(pace, seen=now), now
    if now >= pace.seen - CLOCK_TOLERANCE:
        return pace, pace.seen
    shift = now - pace.seen
    moved = Pace(
        seen=now,
        due=pace.due + shift,
        next_start=pace.next_start + shift,
        pause_until=pace.pause_until + shift,
        throttled=pace.throttled,
    )
    return moved, now
