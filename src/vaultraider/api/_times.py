"""Times as the API says and reads them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from vaultraider.domain.errors import InvalidInput

TIME = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?(Z|[+ -][0-9]{2}:[0-9]{2}))?(?!\n)$"
"""What is read: a date, or a time with its zone. The plus of a zone may have become a space on its way through an address."""
_TIME = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(T(?P<minute>[0-9]{2}:[0-9]{2})(:(?P<second>[0-9]{2})([.](?P<fraction>[0-9]{1,6}))?)?"
    r"(Z|(?P<sign>[+ -])(?P<hours>[0-9]{2}):(?P<minutes>[0-9]{2})))?"
)
_DAY = timedelta(days=1)
_LATEST = datetime.max.replace(tzinfo=UTC)


def stamp(moment: datetime) -> str:
    """To the second, in UTC: "2026-11-17T17:00:00Z"."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def first_of(text: str, field: str) -> datetime:
    """The first moment that ``text`` means: of a date its midnight in UTC. Raises InvalidInput, naming ``field``."""
    return _span(text, field)[0]


def last_of(text: str, field: str) -> datetime:
    """The last moment that ``text`` means: of a date the end of its day in UTC, of 20:00:05 the end of that second, so that a
    time which ``stamp`` gave finds what happened in its second. Raises InvalidInput, naming ``field``."""
    begin, length = _span(text, field)
    return begin + (length - timedelta.resolution) if begin <= _LATEST - length else _LATEST


def asked_moment(text: str, field: str, now: datetime) -> datetime:
    """The past moment that ``text`` means: its last one, or now where that is yet to come. Raises InvalidInput for what cannot be
    read and for what lies in the future altogether."""
    if first_of(text, field) > now:
        raise InvalidInput(field, "That moment is yet to come. Choose one in the past.")
    return min(last_of(text, field), now)


def _span(text: str, field: str) -> tuple[datetime, timedelta]:
    """Where it begins, and for how long it goes on."""
    found = _TIME.fullmatch(text)
    if found is None:
        raise _unreadable(field)
    try:
        day = date.fromisoformat(found["date"])
        if found["minute"] is None:
            return datetime.combine(day, time(tzinfo=UTC)), _DAY
        second, fraction = found["second"], found["fraction"]
        clock = time.fromisoformat(f"{found['minute']}:{second or '00'}.{(fraction or '').ljust(6, '0')}")
        begin = (datetime.combine(day, clock) - _offset(found)).replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise _unreadable(field) from error
    if second is None:
        return begin, timedelta(minutes=1)
    return begin, timedelta(seconds=1) if fraction is None else timedelta(microseconds=10 ** (6 - len(fraction)))


def _offset(found: re.Match[str]) -> timedelta:
    if found["hours"] is None:
        return timedelta(0)
    ahead = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"]))
    timezone(ahead)  # no zone is a day or more away from UTC
    return -ahead if found["sign"] == "-" else ahead


def _unreadable(field: str) -> InvalidInput:
    return InvalidInput(field, f"{field} is no time. Write 2026-11-15T20:00:00Z, or a date: 2026-11-15.")
