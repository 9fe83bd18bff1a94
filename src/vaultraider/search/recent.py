"""In which order searches that were used before are offered: what is used often and of late comes first."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, TypeVar

HALF_LIFE_DAYS = 14
_DAY = 86_400


class UsedSearch(Protocol):
    """``name``: "" where it has none. ``last``: when it was used last, with a time zone."""

    @property
    def query(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def saved(self) -> bool: ...
    @property
    def uses(self) -> int: ...
    @property
    def last(self) -> datetime: ...


S = TypeVar("S", bound=UsedSearch)


def frecency(uses: int, last: datetime, now: datetime) -> float:
    """From 0 to 1. After some ten uses more count no more; two weeks without one halve it. As Destiny Item Manager counts."""
    days = max(0, (now - last).total_seconds() / _DAY)
    often = 1.9 / (1 + math.exp(-0.5 * (max(0, uses) - 0.4))) - 0.9
    late = 2 ** (-days / HALF_LIFE_DAYS)
    return often * late


def in_order(searches: Iterable[S], now: datetime) -> list[S]:
    """Saved ones first."""
    return sorted(searches, key=lambda search: (not search.saved, -frecency(search.uses, search.last, now)))


def offered(searches: Iterable[S], typed: str, now: datetime) -> list[S]:
    """Those with ``typed`` in their text or name, and not just that; all where nothing is typed."""
    sought = typed.strip().lower()
    if not sought:
        return in_order(searches, now)
    held = (search for search in searches if sought in search.query or sought in search.name.lower())
    return in_order((search for search in held if search.query != typed), now)
