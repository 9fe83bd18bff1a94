"""A person's quiet hours and the hour of the digest, in the person's own time zone.

Both are times of the wall's clock there. Where a day has an hour twice or not at all (daylight saving), quiet hours are rather
longer than shorter, and the digest comes once.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

DAY = timedelta(days=1)


class QuietHours(msgspec.Struct, frozen=True):
    """From one time of the day until another; over midnight where ``until`` is the earlier one."""

    start: time
    until: time


def zone_of(name: str) -> ZoneInfo | None:
    """None for a name that this machine's list of time zones lacks."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not in the list, no name at all, a folder of the list
        return None


def quiet_until(now: datetime, quiet: QuietHours, zone: ZoneInfo) -> datetime | None:
    """When the quiet hours that ``now`` lies in end; None when it lies in none. Aware times, the answer in UTC."""
    today = now.astimezone(zone).date()
    over_midnight = timedelta(days=1 if quiet.until <= quiet.start else 0)
    for day in (today - DAY, today, today + DAY):
        begins = _moment(datetime.combine(day, quiet.start), zone)
        ends = _moment(datetime.combine(day + over_midnight, quiet.until), zone, last=True)
        if begins <= now < ends:
            return ends
    return None


def next_digest(now: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The next time that the clock there shows ``at``, in UTC."""
    today = now.astimezone(zone).date()
    coming = (_moment(datetime.combine(today + timedelta(days=days), at), zone) for days in range(-1, 3))
    return next(moment for moment in coming if moment > now)


def _moment(wall: datetime, zone: ZoneInfo, *, last: bool = False) -> datetime:
    """When the clock shows ``wall``; of two such moments the first, or the ``last``. A time that is left out counts as the one
    that the clock would show without the change."""
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return max(first, second) if last else first
