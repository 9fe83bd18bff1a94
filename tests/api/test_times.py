"""Times as the API reads them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from vaultraider.api._times import TIME, asked_moment, first_of, last_of, stamp
from vaultraider.domain.errors import InvalidInput

NOW = datetime(2026, 11, 22, 14, 32, 7, 250000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-11-15", "2026-11-15T00:00:00.000000", "2026-11-15T23:59:59.999999"),
        ("2024-02-29", "2024-02-29T00:00:00.000000", "2024-02-29T23:59:59.999999"),
        ("2026-11-15T20:00Z", "2026-11-15T20:00:00.000000", "2026-11-15T20:00:59.999999"),
        ("2026-11-15T20:00:05Z", "2026-11-15T20:00:05.000000", "2026-11-15T20:00:05.999999"),
        ("2026-11-15T20:00:05.250Z", "2026-11-15T20:00:05.250000", "2026-11-15T20:00:05.250999"),
        ("2026-11-15T20:00:05.123456Z", "2026-11-15T20:00:05.123456", "2026-11-15T20:00:05.123456"),
        ("2026-11-15T20:00:05+05:30", "2026-11-15T14:30:05.000000", "2026-11-15T14:30:05.999999"),
        ("2026-11-15T20:00:05 05:30", "2026-11-15T14:30:05.000000", "2026-11-15T14:30:05.999999"),
        ("2026-11-15T20:00:05-08:00", "2026-11-16T04:00:05.000000", "2026-11-16T04:00:05.999999"),
        ("9999-12-31", "9999-12-31T00:00:00.000000", "9999-12-31T23:59:59.999999"),
        ("0001-01-01", "0001-01-01T00:00:00.000000", "0001-01-01T23:59:59.999999"),
    ],
)
def test_what_is_meant(text: str, first: str, last: str) -> None:
    assert [moment.isoformat(timespec="microseconds")[:-6] for moment in (first_of(text, "at"), last_of(text, "at"))] == [
        first,
        last,
    ]
    assert re.search(TIME, text)


@pytest.mark.parametrize(
    "text",
    [
        "", "now", "2026", "2026-11", "2026-13-01", "2026-02-29", "2026-11-15T20:00", "2026-11-15T20:00:00",
        "2026-11-15T24:00:00Z", "2026-11-15T20:60Z", "2026-11-15 20:00Z", "20261115", "2026-W46-7",
        "2026-11-15T20:00:00.1234567Z", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "２０２６-11-15",
        "2026-11-15\n", "0000-01-01", "-2026-11-15", "2026-11-15T20:00:00+25:00",
    ],
)  # fmt: skip
def test_what_is_no_time(text: str) -> None:
    for read in (first_of, last_of):
        with pytest.raises(InvalidInput) as caught:
            read(text, "since")
        assert caught.value.field == "since"


def test_a_past_moment_is_asked_for() -> None:
    assert asked_moment("2026-11-15", "at", NOW) == datetime(2026, 11, 15, 23, 59, 59, 999999, tzinfo=UTC)
    assert asked_moment("2026-11-22", "at", NOW) == NOW, "of today what there is"
    assert asked_moment(stamp(NOW), "at", NOW) == NOW
    for text in ("2026-11-23", "2026-11-22T14:32:08Z"):
        with pytest.raises(InvalidInput, match="yet to come"):
            asked_moment(text, "at", NOW)


def test_a_stamp_finds_what_happened_in_its_second() -> None:
    for micro in (0, 1, 499_999, 999_999):
        moment = NOW.replace(microsecond=micro) - timedelta(hours=1)
        assert last_of(stamp(moment), "at") >= moment
