"""When an account is read next, as arithmetic: no clock, no storage.

played lately             each minute: Bungie itself caches for 30 to 60 s
a page is open            each two minutes, played or not: what it shows may be changed from elsewhere
neither                   ever more seldom, a quarter of the time since it was played: half an hour at most
a read failed             30, 60, 120 .. 600 s, or as Bungie told; an open page waits for a minute at most
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import msgspec

from vaultraider.domain.characters import read_characters
from vaultraider.domain.snapshot import ProfileSnapshot, parse_stamp

PLAYING = timedelta(seconds=60)
LOOKED_AT = timedelta(seconds=120)
SELDOM = timedelta(minutes=30)
STRETCH = 4
"""Quiet for so many times as long as the pause that follows: who comes back after an hour is noticed within a quarter of one."""
PLAYED_LATELY = timedelta(minutes=10)
ATTENTION = timedelta(seconds=150)
"""An open page asks each minute at least: one that missed two is closed, or nobody sees it."""
FIRST_BACK_OFF = 30.0
LONGEST_BACK_OFF = 600.0
LONGEST_TOLD = 3600.0
"""Bungie says "almost always 10" seconds; a number beyond this is not believed."""
PAGE_BACK_OFF = timedelta(seconds=60)
OFFSET = 0.1
"""By how much of a long pause accounts are set apart, so that those which fell into step do not stay in it."""
FARTHEST = timedelta(seconds=LONGEST_TOLD + 2 * LONGEST_BACK_OFF)
"""Nothing is put off for longer: what is due later than this was written before the clock was turned back."""
CLOCKS = timedelta(seconds=5)
"""Clocks of machines that share a database may be apart by so much."""
OVERDUE = timedelta(minutes=5)
"""Who has waited for so long no longer stands back for others."""
LEFT_FREE = 25
"""Places of the shared budget (bursts of 50) that reading leaves free, so that what people move never queues behind it."""


class Habits(msgspec.Struct, frozen=True, kw_only=True):
    """What an account's pace depends on. ``played``: when it was last seen to be played; ``looked``: when an open page last
    asked; ``failures``: how many reads failed in a row."""

    played: datetime | None = None
    looked: datetime | None = None
    failures: int = 0


def is_playing(habits: Habits, now: datetime) -> bool:
    return _within(habits.played, now, PLAYED_LATELY)


def is_looked_at(habits: Habits, now: datetime) -> bool:
    return _within(habits.looked, now, ATTENTION)


def interval(habits: Habits, now: datetime, *, name: str = "") -> timedelta:
    """From one read to the next. ``name``: the account's, which sets it apart from others with the same habits."""
    looked_at = is_looked_at(habits, now)
    if is_playing(habits, now):
        pause = PLAYING
    elif looked_at:
        pause = LOOKED_AT
    else:
        pause = _stretched(habits.played, now) * (1 - OFFSET * _fraction(name))
    after_failure = back_off(habits.failures)
    return max(pause, min(after_failure, PAGE_BACK_OFF) if looked_at else after_failure)


def back_off(failures: int, told: float | None = None) -> timedelta:
    """How long nothing is asked after so many failures in a row; ``told``: seconds, as Bungie said."""
    if failures <= 0:
        return timedelta(0)
    doubled = min(LONGEST_BACK_OFF, FIRST_BACK_OFF * 2.0 ** min(failures - 1, 32))
    return timedelta(seconds=max(doubled, min(told or 0.0, LONGEST_TOLD)))


def is_due(due: datetime, now: datetime) -> bool:
    """Also what is due absurdly late: the clock was turned back since that was written."""
    return due <= now or due > now + FARTHEST


def left_free(due: datetime, now: datetime) -> int:
    """How many places of the shared budget must be free for a read that was due then: none when it has waited long."""
    return 1 if now - due >= OVERDUE else LEFT_FREE


def last_played(after: ProfileSnapshot, before: ProfileSnapshot | None) -> datetime | None:
    """When an account was last played, as far as two reads tell; None when they do not. Never later than the second read.

    It is played now while Bungie sends what the fireteam does; else the characters say when they were last played. Those
    stamps stand still during a long session, while the minutes played grow: then it was after the first read. A stamp that
    lies far ahead means nothing.
    """
    transitory = after.body.profile_transitory_data
    if transitory is not None and transitory.data is not None:
        return after.read
    stamps = [parse_stamp(each.date_last_played) for each in read_characters(after)]
    found = [each for each in stamps if each is not None and each - after.read < PLAYED_LATELY]
    if before is not None and _minutes(after) > _minutes(before) > 0:
        found.append(before.read)
    return min(max(found), after.read) if found else None


def _within(moment: datetime | None, now: datetime, span: timedelta) -> bool:
    """Whether it was that lately. What lies in the future tells nothing: the clock was turned back since."""
    return moment is not None and -CLOCKS <= now - moment < span


def _stretched(played: datetime | None, now: datetime) -> timedelta:
    if played is None:
        return SELDOM
    if played > now + CLOCKS:  # Our clock was turned back: the next look tells.
        return LOOKED_AT
    return min(SELDOM, max(LOOKED_AT, (now - played) / STRETCH))


def _fraction(name: str) -> float:
    """0 to 1, the same for the same name everywhere; 0 without a name."""
    if not name:
        return 0.0
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "big") / 2**32


def _minutes(snapshot: ProfileSnapshot) -> int:
    texts = [each.minutes_played_total for each in read_characters(snapshot)]
    return sum(int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 12)
