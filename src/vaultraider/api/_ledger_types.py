"""Ledgers as they are told outside. Amounts are whole numbers of the ledger's unit; times are in UTC."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from vaultraider.api._times import stamp
from vaultraider.domain.ledger_lines import WrongLine
from vaultraider.domain.ledgers import FIRST_YEAR, LARGEST_AMOUNT, LAST_YEAR, Entry, Kind, Source, Sums
from vaultraider.services.ledgers import ShownLedger, ShownYear, TakenIn

Year = Annotated[int, msgspec.Meta(ge=FIRST_YEAR, le=LAST_YEAR)]
Amount = Annotated[int, msgspec.Meta(ge=-LARGEST_AMOUNT, le=LARGEST_AMOUNT)]
Text = Annotated[str, msgspec.Meta(max_length=1000)]
"""Far more than is kept: how much that is, the sentence of the refusal says."""


class Ledger(msgspec.Struct, kw_only=True):
    """``id``: 1 is Glimmer, then each currency as it was first seen; it never changes. ``kind`` "currency": kept from what Bungie
    shows; "own": by the person. ``hash`` and ``icon``: of a currency. ``balance``: now. ``since``: of the first known balance, or
    the first entry."""

    id: int
    name: str
    unit: str
    kind: Kind
    balance: int
    hash: int | UnsetType = UNSET
    icon: str | UnsetType = UNSET
    since: str | UnsetType = UNSET


class LedgerList(msgspec.Struct):
    ledgers: list[Ledger]


class NewLedger(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """``unit``: what is counted."""

    name: Text
    unit: Text = ""


class ChangedLedger(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    name: Text | UnsetType = UNSET
    unit: Text | UnsetType = UNSET


class LedgerQuarter(msgspec.Struct):
    """``spent`` is a positive number. ``entries``: how many."""

    quarter: int
    earned: int
    spent: int
    entries: int


class LedgerMonth(msgspec.Struct):
    month: int
    earned: int
    spent: int
    entries: int


class LedgerWeek(msgspec.Struct):
    """``from``: its Monday, 00:00 UTC. Of the weeks at the turn of the year only the days of this year are counted."""

    begins: str = msgspec.field(name="from")
    earned: int
    spent: int
    entries: int


class LedgerYear(msgspec.Struct, kw_only=True):
    """``opening`` + all that was earned - all that was spent = ``closing``; quarters, months and weeks each add up to the same.

    ``years``: those that can be asked for. ``balance``: [time, balance], holding until the next one; with many changes the last
    of each day. A currency's first known balance is its opening: nobody earned it.
    """

    ledger: Ledger
    year: int
    years: list[int]
    quarters: list[LedgerQuarter]
    months: list[LedgerMonth]
    weeks: list[LedgerWeek]
    balance: list[tuple[str, int]]
    opening: int
    closing: int


class LedgerEntry(msgspec.Struct, kw_only=True):
    """``balance``: after it. ``since``: nobody looked; it happened between this and ``at``. ``source`` "history": observed."""

    id: str
    at: str
    amount: int
    balance: int
    source: Source
    note: str | UnsetType = UNSET
    since: str | UnsetType = UNSET


class LedgerEntries(msgspec.Struct):
    """Newest first. ``next``: the ``cursor`` of the page after this one."""

    entries: list[LedgerEntry]
    next: str | UnsetType = UNSET


class NewLedgerEntry(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """``at``: 2026-11-15T20:00:00Z, or a date. ``amount``: what came in; what went out has a minus."""

    at: Text
    amount: Amount
    note: Text = ""


class ChangedLedgerEntry(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    at: Text | UnsetType = UNSET
    amount: Amount | UnsetType = UNSET
    note: Text | UnsetType = UNSET


class ImportedEntries(msgspec.Struct):
    """All or nothing: with ``errors`` nothing was added. ``skipped``: what was there already."""

    added: int
    skipped: int
    errors: list[WrongLine]


class LedgerQuery(msgspec.Struct):
    """``year``: in UTC, by default this one."""

    year: Year | None = None


class BookQuery(msgspec.Struct):
    """``year``: in UTC, by default all."""

    year: Year | None = None


class EntriesQuery(msgspec.Struct):
    """``cursor``: the ``next`` of the page before. ``year``: by default all."""

    year: Year | None = None
    cursor: Annotated[str, msgspec.Meta(pattern=r"^([0-9]{1,12}[.][0-9]{1,18})?(?!\n)$")] = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=500)] = 100


class LedgerImportQuery(msgspec.Struct):
    """``check``: only says what would come of it."""

    check: bool = False


def told(ledger: ShownLedger) -> Ledger:
    return Ledger(
        id=ledger.number,
        name=ledger.name,
        unit=ledger.unit,
        kind=ledger.kind,
        balance=ledger.balance,
        hash=ledger.hash or UNSET,
        icon=ledger.icon or UNSET,
        since=stamp(ledger.since) if ledger.since is not None else UNSET,
    )


def told_year(shown: ShownYear) -> LedgerYear:
    book = shown.book
    return LedgerYear(
        ledger=told(shown.ledger),
        year=shown.year,
        years=shown.years,
        quarters=[LedgerQuarter(n, *_sums(each)) for n, each in enumerate(book.quarters, 1)],
        months=[LedgerMonth(n, *_sums(each)) for n, each in enumerate(book.months, 1)],
        weeks=[LedgerWeek(stamp(monday), *_sums(each)) for monday, each in book.weeks],
        balance=[(stamp(at), balance) for at, balance in book.line],
        opening=book.opening,
        closing=book.closing,
    )


def told_entry(entry: Entry) -> LedgerEntry:
    return LedgerEntry(
        id=entry.id,
        at=stamp(entry.at),
        amount=entry.amount,
        balance=entry.balance,
        source=entry.source,
        note=entry.note or UNSET,
        since=stamp(entry.since) if entry.since is not None else UNSET,
    )


def told_import(taken: TakenIn) -> ImportedEntries:
    return ImportedEntries(taken.added, taken.skipped, taken.errors)


def _sums(sums: Sums) -> tuple[int, int, int]:
    return sums.earned, sums.spent, sums.entries
