"""Xûr: when he comes and goes, and whether what Bungie shows is what he has brought this time.

He comes with Friday's reset and goes with Tuesday's, 17:00 UTC in summer and winter. Bungie's own dates are no help: his next
refresh is given as Friday 09:00, the hour of a reset long gone, and new dates come minutes before new stock
(Bungie-net/api #1401). So the clock says when he is due, and his stock whether he has come.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import msgspec

from vaultraider.domain.vendors import Vendor

XUR = 2190858386
STRANGE_GEAR_OFFERS = 3751514131
"""His second counter: it comes and goes with him."""
COUNTERS = (XUR, STRANGE_GEAR_OFFERS)

WEEK, STAY = timedelta(days=7), timedelta(days=4)
SETTLING = timedelta(minutes=10)
"""How long after his arrival the old stock may still be shown; five minutes is usual."""
_A_FRIDAY = datetime(2017, 9, 15, 17, tzinfo=UTC)

Verdict = Literal["here", "away", "missing", "last-weeks", "too-early", "doubtful"]


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """Where a moment stands in his calendar. ``since`` and ``until`` are of the visit that is, or else of the last one."""

    is_due: bool
    since: datetime
    until: datetime
    next_arrival: datetime

    @property
    def weekend(self) -> date:
        """Its Friday: what names a visit, for all times and places."""
        return self.since.date()


def visit_at(now: datetime) -> Visit:
    """``now`` is aware. At the very second of the reset he is there, or gone."""
    since = _A_FRIDAY + (now - _A_FRIDAY) // WEEK * WEEK
    return Visit(is_due=now < since + STAY, since=since, until=since + STAY, next_arrival=since + WEEK)


class Stock(msgspec.Struct, frozen=True):
    """What he has, as far as it tells one weekend from another: gear for a price, as (vendor, item hash).

    Rewards of rank come and go with the player, and engrams are the same each week.
    """

    gear: frozenset[tuple[int, int]] = frozenset()


def stock_of(counters: Iterable[Vendor], gear: frozenset[int]) -> Stock:
    """``gear``: which of the hashes are weapons and armour.

    Compare only what one class saw, as some armour is for that alone, and only by the same definitions: keep the answers, and
    make both stocks anew.
    """
    return Stock(
        frozenset(
            (counter.hash, sale.item_hash)
            for counter in counters
            for sale in counter.sales
            if sale.costs and sale.item_hash in gear
        )
    )


def judge(
    now: datetime,
    *,
    is_listed: bool | None,
    stock: Stock,
    last: Stock | None,
    fits: bool | None = None,
    missed: bool = False,
) -> Verdict:
    """Whether his wares may be shown as this weekend's, and told.

    ``is_listed``: whether Bungie has him among the vendors, None where its answer does not tell. ``last``: what the same class
    saw on the last weekend before this one that we know of; ``missed``: there were others since, of which we know nothing.
    ``fits``: see ``fits_definition``.

    - "here": he is, with new stock;
    - "away": he is not due;
    - "missing": he is due, and Bungie does not show him, or shows nothing that he sells;
    - "last-weeks": he is due, with what he had the last time. However long that lasts, it is not told as new;
    - "too-early": he is due, and nobody knows what he had the last time: wait until ``SETTLING`` is over;
    - "doubtful": what he is said to sell is not his by the manifest.
    """
    visit = visit_at(now)
    if not visit.is_due:
        return "away"
    if not is_listed or not stock.gear:
        return "missing"
    if fits is False:
        return "doubtful"
    if last is not None and last.gear and _is_the_same(stock, last):
        return "last-weeks"
    if (last is None or not last.gear or missed) and now < visit.since + SETTLING:
        return "too-early"
    return "here"


def _is_the_same(stock: Stock, last: Stock) -> bool:
    """At each counter that both saw: while one of them still has its old wares, the new ones are not all there."""
    counters = {vendor for vendor, _ in stock.gear} & {vendor for vendor, _ in last.gear}
    return any(_at(stock, counter) == _at(last, counter) for counter in counters)


def _at(stock: Stock, counter: int) -> frozenset[int]:
    return frozenset(hash for vendor, hash in stock.gear if vendor == counter)
