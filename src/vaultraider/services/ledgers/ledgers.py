"""A person's ledgers. Currencies are read from the memory of the account that they look at; everything else they enter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar

import msgspec

from vaultraider.domain.definitions import Definitions
from vaultraider.domain.errors import Conflict, DefinitionsMissing, InvalidInput, NotFound
from vaultraider.domain.history.figures import CURRENCY
from vaultraider.domain.ledger_lines import WrongLine, read_lines
from vaultraider.domain.ledgers import (
    FIRST_YEAR,
    FUTURE,
    GLIMMER,
    LAST_YEAR,
    MOST_ENTRIES,
    MOST_LEDGERS,
    NOTE,
    UNIT,
    Entry,
    YearBook,
    checked_amount,
    checked_name,
    checked_time,
    checked_year,
    plain,
    year_book,
    year_span,
    years_of,
)
from vaultraider.domain.people import User
from vaultraider.ports import Clock, DefinitionsSource, MembershipRef
from vaultraider.ports.history import HistoryAccount, HistoryStore
from vaultraider.ports.ledgers import KeptEntry, LedgerRecord, LedgerStore, NewEntry, Refused
from vaultraider.services.ledgers.books import Book, CurrencyBook, OwnBook, entered, newest_before
from vaultraider.services.ledgers.showing import ShownLedger, currency_of, facts_of, fallback_name, show_currency, show_own

Done = TypeVar("Done", LedgerRecord, KeptEntry, tuple[int, int])

MOST_CURRENCIES = 500
"""Of one person: the game has some thirty."""
NO_LEDGER = "There is no such ledger. It was deleted, or the address is wrong."
NO_ENTRY = "There is no such entry in this ledger. It may have been deleted meanwhile."
FROM_HISTORY = "This ledger is kept from what Bungie shows; nothing in it can be changed by hand. Open one of your own for that."
FULL = f"A ledger holds {MOST_ENTRIES:,} entries, and this one would have more. Open another one."
_SECOND = timedelta(seconds=1)
_CURSOR = re.compile(r"([0-9]{1,12})\.([0-9]{1,18})")
_EARLIEST, _LATEST = (int(year_span(year)[0].timestamp()) for year in (FIRST_YEAR, LAST_YEAR))


class Accounts(Protocol):
    def known(self, user: User) -> MembershipRef | None: ...


class ShownYear(msgspec.Struct, frozen=True, kw_only=True):
    ledger: ShownLedger
    year: int
    years: list[int]
    book: YearBook


class TakenIn(msgspec.Struct, frozen=True, kw_only=True):
    """``skipped``: what was there already. With ``errors`` nothing was added."""

    added: int
    skipped: int
    errors: list[WrongLine]


class Ledgers:
    """Every method looks only at the given person's; anybody else's is NotFound. Nothing here asks Bungie."""

    def __init__(
        self, *, store: LedgerStore, history: HistoryStore, accounts: Accounts, definitions: DefinitionsSource, clock: Clock
    ) -> None:
        self._store = store
        self._history = history
        self._accounts = accounts
        self._definitions = definitions
        self._clock = clock

    def all(self, user: User) -> list[ShownLedger]:
        """By number. Currencies that were seen since the last look have theirs from now on."""
        self._open_currencies(user)
        return self._shown(user, self._store.of(user.id))

    def get(self, user: User, number: int) -> ShownLedger:
        return self._shown(user, [self._record(user, number)])[0]

    def year(self, user: User, number: int, year: int | None) -> ShownYear:
        """None: this year."""
        record, now = self._record(user, number), self._clock.now()
        shown = self._shown(user, [record])[0]
        wanted = now.year if year is None else year
        span = self._book(user, record).span(*year_span(wanted))
        years = years_of(shown.since, shown.last, now)
        return ShownYear(ledger=shown, year=wanted, years=years, book=year_book(wanted, span, now))

    def earnings(self, user: User, ledger: str, year: str) -> tuple[int, int, int, int]:
        """What came in, by quarter. Both as they stand in an address: raises NotFound, InvalidInput."""
        if not (ledger.isascii() and ledger.isdigit() and len(ledger) < 10):
            raise NotFound(NO_LEDGER)
        record, wanted = self._record(user, int(ledger)), checked_year(year)
        book = year_book(wanted, self._book(user, record).span(*year_span(wanted)), self._clock.now())
        first, second, third, fourth = (each.earned for each in book.quarters)
        return first, second, third, fourth

    def entries(self, user: User, number: int, year: int | None = None) -> list[Entry]:
        """Oldest first; None: all."""
        since, until = year_span(year) if year is not None else (None, None)
        return list(self._book(user, self._record(user, number)).span(since, until).entries)

    def page(self, user: User, number: int, *, year: int | None, cursor: str, limit: int) -> tuple[list[Entry], str]:
        """Newest first, those after ``cursor``; and the cursor of the next page, "" when this is the last."""
        book = self._book(user, self._record(user, number))
        since, until = year_span(year) if year is not None else (None, self._clock.now() + 2 * FUTURE)
        place = _place(cursor) if cursor else None
        if place is not None:
            until = min(until, datetime.fromtimestamp(place[0], UTC) + _SECOND)
        found = newest_before(book, since, until, place, limit + 1)
        page = found[-limit:][::-1]
        return page, "{}.{}".format(*page[-1].place) if len(found) > limit else ""

    def open(self, user: User, name: str, unit: str) -> ShownLedger:
        """One of the person's own. Raises InvalidInput, Conflict."""
        self._open_currencies(user)  # what was seen before has its number before
        opened = self._store.open_own(user.id, checked_name(name), plain(unit, UNIT, "unit"), self._clock.now())
        if opened == "full":
            raise Conflict(f"You have {MOST_LEDGERS} ledgers of your own. Delete one first.")
        return self._shown(user, [_done(opened)])[0]

    def rename(self, user: User, number: int, *, name: str | None, unit: str | None) -> ShownLedger:
        """None leaves it as it is. Raises NotFound, InvalidInput; Conflict for a currency's."""
        self._own(user, number)
        name = None if name is None else checked_name(name)
        unit = None if unit is None else plain(unit, UNIT, "unit")
        return self._shown(user, [_done(self._store.rename(user.id, number, name=name, unit=unit))])[0]

    def remove(self, user: User, number: int) -> None:
        """With all its entries. Raises NotFound; Conflict for a currency's."""
        self._own(user, number)
        if not self._store.remove(user.id, number, self._clock.now()):
            raise NotFound(NO_LEDGER)

    def add(self, user: User, number: int, at: datetime, amount: int, note: str) -> Entry:
        """Raises NotFound, InvalidInput; Conflict for a currency's, and for one that is full."""
        self._own(user, number)
        added = self._store.add(user.id, number, self._checked(at, amount, note))
        return self._entry(user, number, _done(added))

    def change(self, user: User, number: int, entry: str, *, at: datetime | None, amount: int | None, note: str | None) -> Entry:
        """None leaves it as it is."""
        self._own(user, number)
        kept = self._store.entry(user.id, number, _row_of(entry))
        if kept is None:
            raise NotFound(NO_ENTRY)
        checked = self._checked(
            kept.at if at is None else at, kept.amount if amount is None else amount, kept.note if note is None else note
        )
        changed = self._store.change(user.id, number, kept.id, checked)
        if changed is None:
            raise NotFound(NO_ENTRY)
        return self._entry(user, number, changed)

    def drop(self, user: User, number: int, entry: str) -> None:
        self._own(user, number)
        if not self._store.drop(user.id, number, _row_of(entry)):
            raise NotFound(NO_ENTRY)

    def take_in(self, user: User, number: int, file: bytes, *, check: bool) -> TakenIn:
        """All lines of a CSV file or none. ``check``: only says what would come of it."""
        self._own(user, number)
        entries, errors = read_lines(file, self._clock.now())
        if errors:
            return TakenIn(added=0, skipped=0, errors=errors)
        new = [NewEntry(at=each.at, amount=each.amount, note=each.note) for each in entries]
        added, skipped = _done(self._store.take_in(user.id, number, new, check=check))
        return TakenIn(added=added, skipped=skipped, errors=[])

    def _account(self, user: User) -> HistoryAccount | None:
        membership = self._accounts.known(user)
        return self._history.account(user.id, membership) if membership is not None else None

    def _open_currencies(self, user: User) -> None:
        """Those that were seen since the last time get their numbers."""
        there = {record.hash for record in self._store.of(user.id)}
        seen = self._begun(self._account(user))
        wanted = [GLIMMER, *sorted(seen, key=lambda hash: (seen[hash], hash))][:MOST_CURRENCIES]
        new = [hash for hash in dict.fromkeys(wanted) if hash not in there]
        if new:
            definitions = self._today()
            named = [(hash, facts_of(hash, definitions)[0] or fallback_name(hash)) for hash in new]
            self._store.open_currencies(user.id, named, self._clock.now())

    def _begun(self, account: HistoryAccount | None, prefix: str = CURRENCY) -> dict[int, datetime]:
        """Since when each currency is known."""
        found = self._history.beginnings(account.id, prefix) if account is not None else {}
        return {hash: at for series, at in found.items() if (hash := currency_of(series))}

    def _balances(self, account: HistoryAccount | None, prefix: str) -> dict[int, int]:
        found = self._history.figures(account.id, prefix, self._clock.now(), None) if account is not None else {}
        return {currency_of(series): figures[-1].value for series, figures in found.items()}

    def _today(self) -> Definitions | None:
        try:
            return self._definitions.current()
        except DefinitionsMissing:
            return None

    def _record(self, user: User, number: int) -> LedgerRecord:
        found = self._store.get(user.id, number)
        if found is None:
            self._open_currencies(user)
            found = self._store.get(user.id, number)
        if found is None:
            raise NotFound(NO_LEDGER)
        return found

    def _own(self, user: User, number: int) -> LedgerRecord:
        record = self._record(user, number)
        if record.kind != "own":
            raise Conflict(FROM_HISTORY)
        return record

    def _book(self, user: User, record: LedgerRecord) -> Book:
        if record.kind == "own":
            return OwnBook(self._store, user.id, record.number)
        return CurrencyBook(self._history, self._account(user), record.hash)

    def _shown(self, user: User, records: Sequence[LedgerRecord]) -> list[ShownLedger]:
        totals = self._store.totals(user.id)
        account, definitions = self._account(user), self._today()
        wanted = f"{CURRENCY}{records[0].hash}" if len(records) == 1 else CURRENCY
        balances, begun = self._balances(account, wanted), self._begun(account, wanted)
        return [
            show_own(each, totals.get(each.number)) if each.kind == "own" else show_currency(each, definitions, balances, begun)
            for each in records
        ]

    def _checked(self, at: datetime, amount: int, note: str) -> NewEntry:
        return NewEntry(at=checked_time(at, self._clock.now()), amount=checked_amount(amount), note=plain(note, NOTE, "note"))

    def _entry(self, user: User, number: int, kept: KeptEntry) -> Entry:
        """With its balance: the entries of the same second stand in the order in which they were made."""
        before = self._store.sum_before(user.id, number, kept.at)
        same = self._store.entries(user.id, number, kept.at, kept.at + _SECOND)
        found = next((each for each in entered(before, same) if each.n == kept.id), None)
        if found is None:
            raise NotFound(NO_ENTRY)
        return found


def _done(outcome: Done | Refused) -> Done:
    if outcome == "gone":
        raise NotFound(NO_LEDGER)
    if outcome == "full":
        raise Conflict(FULL)
    if outcome == "same name":
        raise Conflict("You have a ledger of that name already. Give this one another name.")
    return outcome


def _row_of(entry: str) -> int:
    """The row's number in an entry's id; NotFound for what was observed, or is none."""
    if not (entry.isascii() and entry.isdigit() and len(entry) < 19):
        raise NotFound(NO_ENTRY)
    return int(entry)


def _place(cursor: str) -> tuple[int, int]:
    found = _CURSOR.fullmatch(cursor)
    if found is None or not _EARLIEST <= int(found[1]) <= _LATEST:
        raise InvalidInput("cursor", "This is no cursor of a list of entries. Take the one that the page before gave.")
    return int(found[1]), int(found[2])
