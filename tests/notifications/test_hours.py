"""Quiet hours and the digest's hour on the clocks of the world, on the days when those are changed, too."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultraider.domain.notifications.hours import QuietHours, next_digest, quiet_until, zone_of

BERLIN, NEW_YORK, LORD_HOWE, KOLKATA = (
    ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")
)
NIGHT = QuietHours(time(23), time(8))
NOON = QuietHours(time(12), time(13, 30))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "quiet", "zone", "ends"),
    [
        # Over midnight, in winter: Berlin is an hour ahead.
        ("2026-11-18 21:59", NIGHT, BERLIN, None),
        ("2026-11-18 22:00", NIGHT, BERLIN, "2026-11-19 07:00"),
        ("2026-11-19 06:59", NIGHT, BERLIN, "2026-11-19 07:00"),
        ("2026-11-19 07:00", NIGHT, BERLIN, None),
        # Within a day.
        ("2026-11-18 10:59", NOON, BERLIN, None),
        ("2026-11-18 11:00", NOON, BERLIN, "2026-11-18 12:30"),
        ("2026-11-18 12:30", NOON, BERLIN, None),
        # West of Greenwich, and half an hour off.
        ("2026-11-19 04:00", NIGHT, NEW_YORK, "2026-11-19 13:00"),
        ("2026-11-18 17:30", NIGHT, KOLKATA, "2026-11-19 02:30"),
        # The night is an hour shorter: 2 o'clock becomes 3 on 29 March.
        ("2026-03-28 22:00", NIGHT, BERLIN, "2026-03-29 06:00"),
        # The night is an hour longer: 3 o'clock becomes 2 on 25 October.
        ("2026-10-24 21:00", NIGHT, BERLIN, "2026-10-25 07:00"),
        # They end in the hour that there is twice: at its second time.
        ("2026-10-25 00:10", QuietHours(time(23), time(2, 30)), BERLIN, "2026-10-25 01:30"),
        ("2026-10-25 01:29", QuietHours(time(23), time(2, 30)), BERLIN, "2026-10-25 01:30"),
        ("2026-10-25 01:30", QuietHours(time(23), time(2, 30)), BERLIN, None),
        # They begin in it: at its first time.
        ("2026-10-25 00:30", QuietHours(time(2, 30), time(8)), BERLIN, "2026-10-25 07:00"),
        # They end in the hour that there is not.
        ("2026-03-29 00:30", QuietHours(time(23), time(2, 30)), BERLIN, "2026-03-29 01:30"),
        # Where the clock is changed by half an hour.
        ("2026-04-04 14:00", QuietHours(time(0), time(1, 45)), LORD_HOWE, "2026-04-04 15:15"),
    ],
)
def test_quiet_until(now: str, quiet: QuietHours, zone: ZoneInfo, ends: str | None) -> None:
    assert quiet_until(utc(now), quiet, zone) == (None if ends is None else utc(ends))


@pytest.mark.parametrize(
    ("now", "at", "zone", "comes"),
    [
        ("2026-11-18 06:59", time(8), BERLIN, "2026-11-18 07:00"),
        ("2026-11-18 07:00", time(8), BERLIN, "2026-11-19 07:00"),
        ("2026-03-28 08:00", time(8), BERLIN, "2026-03-29 06:00"),
        ("2026-10-24 08:00", time(8), BERLIN, "2026-10-25 07:00"),
        # In the hour that there is twice it comes once.
        ("2026-10-25 00:00", time(2, 30), BERLIN, "2026-10-25 00:30"),
        ("2026-10-25 00:30", time(2, 30), BERLIN, "2026-10-26 01:30"),
        # In the hour that there is not it comes all the same.
        ("2026-03-29 00:00", time(2, 30), BERLIN, "2026-03-29 01:30"),
        ("2026-11-18 23:00", time(8), NEW_YORK, "2026-11-19 13:00"),
    ],
)
def test_next_digest(now: str, at: time, zone: ZoneInfo, comes: str) -> None:
    assert next_digest(utc(now), at, zone) == utc(comes)


TIMES = st.times().map(lambda moment: moment.replace(second=0, microsecond=0, tzinfo=None))
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
ZONES = st.sampled_from([BERLIN, NEW_YORK, LORD_HOWE, KOLKATA])


@given(now=MOMENTS, start=TIMES, until=TIMES, zone=ZONES)
def test_quiet_hours_end_within_a_day_and_do_not_begin_again_at_once(
    now: datetime, start: time, until: time, zone: ZoneInfo
) -> None:
    if start == until:
        return
    quiet = QuietHours(start, until)
    ends = quiet_until(now, quiet, zone)
    if ends is not None:
        assert now < ends <= now + timedelta(hours=25)
        # Unless the next night begins within the hour that is left out or doubled.
        gap = (datetime.combine(now, start) - datetime.combine(now, until)).total_seconds() % 86400
        assert gap <= 3600 or quiet_until(ends, quiet, zone) is None


@given(now=MOMENTS, at=TIMES, zone=ZONES)
def test_the_digest_comes_within_a_day(now: datetime, at: time, zone: ZoneInfo) -> None:
    assert now < next_digest(now, at, zone) <= now + timedelta(hours=25)


@pytest.mark.parametrize(
    "name", ["", "Atlantis", "../../etc/passwd", "Europe", "Europe/Berlin\x00", "x" * 5000, "/etc/localtime"]
)
def test_names_of_no_zone(name: str) -> None:
    assert zone_of(name) is None
