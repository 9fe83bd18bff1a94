"""Ledgers: the book of each currency, and those that a person keeps themselves."""

from __future__ import annotations

from flask import Blueprint, Response, request
from msgspec import UNSET, UnsetType

from vaultraider.api._csv import MEDIA_TYPE, Table, csv_answer
from vaultraider.api._ledger_types import (
    BookQuery,
    ChangedLedger,
    ChangedLedgerEntry,
    EntriesQuery,
    ImportedEntries,
    Ledger,
    LedgerEntries,
    LedgerEntry,
    LedgerImportQuery,
    LedgerList,
    LedgerQuery,
    LedgerYear,
    NewLedger,
    NewLedgerEntry,
    told,
    told_entry,
    told_import,
    told_year,
)
from vaultraider.api._pace import paced
from vaultraider.api._resource import current_user, route, services
from vaultraider.domain.errors import Conflict, InvalidInput, NotFound, TooFast
from vaultraider.domain.ledger_lines import guarded, read_time

blueprint = Blueprint("ledgers", __name__)

NUMBER = "<int(max=2147483647):id>"
CHANGES = "120 per minute"
IMPORTS = "20 per minute"
CSV_TYPES = frozenset({MEDIA_TYPE, "text/plain", "application/csv", "application/vnd.ms-excel"})
"""What browsers call such a file: some systems know it only as a spreadsheet's."""
HEADING = ("at", "amount", "balance", "note", "source", "since")


@route(blueprint, "GET", "/ledgers", summary="The person's ledgers")
def ledgers() -> LedgerList:
    """By id. Currencies as the chosen account has them."""
    return LedgerList([told(each) for each in services().ledgers.all(current_user())])


@route(blueprint, "POST", "/ledgers", summary="Opens a ledger", status=201, errors=(Conflict, TooFast))
@paced(CHANGES)
def open_ledger(body: NewLedger) -> Ledger:
    """One of the person's own: they enter or import what is in it."""
    return told(services().ledgers.open(current_user(), body.name, body.unit))


@route(blueprint, "GET", f"/ledgers/{NUMBER}", summary="One year of a ledger", errors=(NotFound,))
def ledger_year(id: int, query: LedgerQuery) -> LedgerYear:
    return told_year(services().ledgers.year(current_user(), id, query.year))


@route(blueprint, "PATCH", f"/ledgers/{NUMBER}", summary="Renames a ledger", errors=(NotFound, Conflict, TooFast))
@paced(CHANGES)
def change_ledger(id: int, body: ChangedLedger) -> Ledger:
    """409 for a currency's."""
    return told(services().ledgers.rename(current_user(), id, name=_or_none(body.name), unit=_or_none(body.unit)))


@route(blueprint, "DELETE", f"/ledgers/{NUMBER}", summary="Deletes a ledger", errors=(NotFound, Conflict, TooFast))
@paced(CHANGES)
def delete_ledger(id: int) -> None:
    """With all its entries; its id is never given again. 409 for a currency's."""
    services().ledgers.remove(current_user(), id)


@route(blueprint, "GET", f"/ledgers/{NUMBER}/entries", summary="What came in and went out", errors=(NotFound,))
def ledger_entries(id: int, query: EntriesQuery) -> LedgerEntries:
    """Newest first."""
    page, more = services().ledgers.page(current_user(), id, year=query.year, cursor=query.cursor, limit=query.limit)
    return LedgerEntries([told_entry(each) for each in page], more or UNSET)


@route(
    blueprint, "POST", f"/ledgers/{NUMBER}/entries", summary="Enters an amount", status=201, errors=(NotFound, Conflict, TooFast)
)
@paced(CHANGES)
def add_ledger_entry(id: int, body: NewLedgerEntry) -> LedgerEntry:
    """Into one of the person's own; 409 for a currency's."""
    return told_entry(services().ledgers.add(current_user(), id, read_time(body.at), body.amount, body.note))


@route(
    blueprint,
    "PATCH",
    f"/ledgers/{NUMBER}/entries/<entry>",
    summary="Changes an entry",
    errors=(NotFound, Conflict, TooFast),
)
@paced(CHANGES)
def change_ledger_entry(id: int, entry: str, body: ChangedLedgerEntry) -> LedgerEntry:
    changed = services().ledgers.change(
        current_user(),
        id,
        entry,
        at=read_time(body.at) if isinstance(body.at, str) else None,
        amount=body.amount if isinstance(body.amount, int) else None,
        note=_or_none(body.note),
    )
    return told_entry(changed)


@route(
    blueprint,
    "DELETE",
    f"/ledgers/{NUMBER}/entries/<entry>",
    summary="Deletes an entry",
    errors=(NotFound, Conflict, TooFast),
)
@paced(CHANGES)
def delete_ledger_entry(id: int, entry: str) -> None:
    services().ledgers.drop(current_user(), id, entry)


@route(
    blueprint,
    "GET",
    f"/ledgers/{NUMBER}/entries.csv",
    summary="What came in and went out, as a table",
    answer=str,
    media_type=MEDIA_TYPE,
    errors=(NotFound,),
)
def ledger_table(id: int, query: BookQuery) -> Response:
    """Oldest first. It can be imported into a ledger again."""
    found = services().ledgers.entries(current_user(), id, query.year)
    rows = ((each.at, each.amount, each.balance, guarded(each.note), each.source, each.since) for each in found)
    return csv_answer(f"vault-raider-ledger-{id}-{query.year or 'all'}", Table(HEADING, rows))


@route(
    blueprint,
    "POST",
    f"/ledgers/{NUMBER}/import",
    summary="Enters a table",
    takes=MEDIA_TYPE,
    instead="Import it in parts, each with the line that names the columns.",
    errors=(NotFound, Conflict, TooFast),
)
@paced(IMPORTS)
def import_ledger_entries(id: int, query: LedgerImportQuery) -> ImportedEntries:
    """The body is CSV (``Content-Type: text/csv``), at most 1 MB and 20,000 lines; its first line names the columns ``at``,
    ``amount`` and perhaps ``note``. All lines or none: with ``errors`` nothing was added. What is there already is skipped."""
    if request.mimetype not in CSV_TYPES:
        raise InvalidInput("Content-Type", "Send the table itself, with the header Content-Type: text/csv.")
    return told_import(services().ledgers.take_in(current_user(), id, request.get_data(cache=False), check=query.check))


def _or_none(given: str | UnsetType) -> str | None:
    return given if isinstance(given, str) else None
