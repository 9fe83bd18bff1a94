"""Two sorts of book that are read alike: a currency's, from what was observed, and one that a person keeps."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from vaultraider.domain.history.figures import CURRENCY
from vaultraider.domain.ledgers import Entry, Span, observed
from vaultraider.ports.history import HistoryAccount, HistoryStore
from vaultraider.ports.ledgers import KeptEntry, LedgerStore

_SECOND = timedelta(seconds=1)
"""Figures are kept to the second."""
FIRST_REACH = timedelta(days=14)


class Book(Protocol):
    def first(self) -> datetime | None:
        """When its first value was seen, or its first entry made."""

    def span(self, since: datetime | None, until: datetime | None) -> Span:
        """From ``since`` up to, not with, ``until``."""


class CurrencyBook:
    """``account``: whose memory; None where there is none yet."""

    def __init__(self, history: HistoryStore, account: HistoryAccount | None, hash: int) -> None:
        self._history = history
        self._account = account
        self._series = f"{CURRENCY}{hash}"

    def first(self) -> datetime | None:
        begun = self._history.beginnings(self._account.id, self._series) if self._account is not None else {}
        return begun.get(self._series)

    def span(self, since: datetime | None, until: datetime | None) -> Span:
        if self._account is None:
            return Span()
        # One second earlier: a change in the first second of the stretch is told as the change that it is.
        before = since - _SECOND if since is not None else None
        last = until - _SECOND if until is not None else None
        found = self._history.figures(self._account.id, self._series, before, last).get(self._series)
        if not found:
            return Span()
        gaps = self._history.gaps(self._account.id, since, until)
        return Span(
            opening=found[0].value,
            begins=found[0].at if since is None else max(found[0].at, since),
            entries=observed([(each.at, each.value) for each in found], [(gap.since, gap.until) for gap in gaps]),
        )


class OwnBook:
    """It begins with nothing, at its first entry."""

    def __init__(self, store: LedgerStore, user_id: int, number: int) -> None:
        self._store = store
        self._user_id = user_id
        self._number = number

    def first(self) -> datetime | None:
        total = self._store.totals(self._user_id).get(self._number)
        return total.first if total is not None else None

    def span(self, since: datetime | None, until: datetime | None) -> Span:
        opening = self._store.sum_before(self._user_id, self._number, since) if since is not None else 0
        entries = entered(opening, self._store.entries(self._user_id, self._number, since, until))
        # A sum of 0 may be that of entries that cancel out: then the line begins a little late, and with the right balance.
        begins = since if opening else (entries[0].at if entries else None)
        return Span(opening=opening, begins=begins, entries=entries)


def entered(opening: int, kept: Sequence[KeptEntry]) -> list[Entry]:
    """With the balance after each."""
    balance, found = opening, []
    for each in kept:
        balance += each.amount
        found.append(Entry(at=each.at, amount=each.amount, balance=balance, n=each.id, note=each.note, source=each.source))
    return found


def newest_before(book: Book, since: datetime | None, until: datetime, place: tuple[int, int] | None, count: int) -> list[Entry]:
    """The newest ``count`` entries of this stretch, oldest first: those that stand before ``place``, where it is given.

    It looks back ever further, as most pages of a long book lie at its end.
    """
    first = book.first()
    if first is None:
        return []
    lowest = first if since is None else max(first, since)
    reach = FIRST_REACH
    while True:
        begin = max(lowest, until - reach)
        found = book.span(begin, until).entries
        if place is not None:
            found = found[: bisect.bisect_left(found, place, key=lambda each: each.place)]
        if len(found) >= count or begin == lowest:
            return list(found[-count:])
        reach *= 4
