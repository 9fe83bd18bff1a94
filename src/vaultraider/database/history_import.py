"""One account's memory in again, from plain rows (``history_lines``).

It fills an account that nobody sees, piece by piece, so that nobody waits long for the database; then it takes the place of the
one that is there, at one stroke, and the old one goes. Who dies on the way leaves nothing but an account that nobody sees: the
next import, or the night, sweeps it away. What comes in is somebody's file: nothing in it is believed before it was looked at.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import and_, delete, insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from vaultraider.database import history_events, history_figures
from vaultraider.database.engine import Database
from vaultraider.database.history_lines import AccountLine, EventLine, FigureLine, GapLine, Line, ObservationLine, TallyLine
from vaultraider.database.history_rows import (
    SHOWN,
    FigureRow,
    GapRow,
    HistoryAccountRow,
    HistoryEventRow,
    KeyframeRow,
    ObservationRow,
    SeriesRow,
    TallyRow,
    ThingRow,
)
from vaultraider.database.users import lock_person
from vaultraider.domain.errors import Conflict, InvalidInput, NotFound, StorageFull
from vaultraider.domain.history.events import Event
from vaultraider.ports.history import HistoryAccount

logger = logging.getLogger(__name__)

AT_ONCE = 500
"""Rows in memory, and in a transaction, at a time."""
FIELD = "rows"
LONGEST_DETAILS = 50_000
"""Bytes that an event tells of before and after; what is told of a loadout is one or two thousand."""
FIRST_YEAR, LAST_YEAR = 2000, 2199
"""What every database and every zone can tell."""
_TABLES = (FigureRow, SeriesRow, TallyRow, GapRow, HistoryEventRow, ThingRow, KeyframeRow, ObservationRow)
"""Those that hang on others first."""
_NOBODYS = -1
"""Until the account has its number."""
_Account = HistoryAccountRow


def restore(database: Database, account: HistoryAccount, rows: Iterator[dict[str, Any]], now: datetime) -> int:
    sweep(database, _same(account))
    with database.transaction() as session:
        fresh = _begin(session, account, now)
    try:
        filler = _Filler(fresh)
        while piece := list(islice(rows, AT_ONCE)):
            with database.transaction() as session:
                _still_there(session, fresh)
                filler.add(session, piece)
        with database.transaction() as session:
            _take_place(session, account, _still_there(session, fresh), filler)
    except BaseException:
        _tidy(database, _Account.id == fresh)
        raise
    _tidy(database, _same(account))
    return filler.rows


def _tidy(database: Database, which: Any) -> None:
    """What came of the import stands by now: a disk that is full, or a database that is away, must not tell otherwise."""
    try:
        sweep(database, which)
    except (SQLAlchemyError, StorageFull) as error:
        logger.warning("What an import left behind stays until the night (%s).", type(error).__name__)


def sweep(database: Database, *which: Any) -> int:
    """Drops accounts that nobody sees, table by table; how many. ``seen`` of one that fills is when that began."""
    with database.reading() as session:
        found = session.scalars(select(_Account.id).where(_Account.aside != SHOWN, *which)).all()
    for id in found:
        for table in _TABLES:
            with database.transaction() as session:
                session.execute(delete(table).where(table.account_id == id))
        with database.transaction() as session:
            session.execute(delete(_Account).where(_Account.id == id))
    return len(found)


def _same(account: HistoryAccount) -> Any:
    whose = account.membership
    return and_(_Account.user_id == account.user_id, _Account.membership_type == whose.type, _Account.membership_id == whose.id)


def _begin(session: Session, account: HistoryAccount, now: datetime) -> int:
    if not lock_person(session, account.user_id):
        raise NotFound("There is no such person any more.")
    fresh = _Account(
        user_id=account.user_id,
        membership_type=account.membership.type,
        membership_id=account.membership.id,
        first=now,
        seen=now,
        aside=_NOBODYS,
    )
    session.add(fresh)
    session.flush()
    fresh.aside = fresh.id
    return fresh.id


def _still_there(session: Session, id: int) -> HistoryAccountRow:
    found = session.get(_Account, id, with_for_update=True)
    if found is None:
        raise Conflict("Another import of this account has begun, or its owner was deleted. This one ended; nothing was changed.")
    return found


def _take_place(session: Session, account: HistoryAccount, fresh: HistoryAccountRow, filler: _Filler) -> None:
    filler.end(fresh)
    session.execute(update(_Account).where(_same(account), _Account.aside == SHOWN).values(aside=_Account.id))
    fresh.aside = SHOWN


class _Filler:
    """Puts rows into an account that has none, each piece in a transaction of its caller's. ``rows``: how many came."""

    def __init__(self, account_id: int) -> None:
        self._id = account_id
        self._account: AccountLine | None = None
        self._last: ObservationLine | None = None
        self._first: ObservationLine | None = None
        self.rows = 0

    def add(self, session: Session, piece: list[dict[str, Any]]) -> None:
        rows = [self._read(each) for each in piece]
        try:
            self._write(session, rows)
        except IntegrityError:
            raise InvalidInput(FIELD, f"Up to row {self.rows} something is there twice.") from None

    def _write(self, session: Session, rows: list[Line]) -> None:
        seen = [row for row in rows if isinstance(row, ObservationLine)]
        for row in seen:
            self._follow(row)
        self._insert(
            session, ObservationRow, [{"seq": row.seq, "at": row.at, "since": row.since, "delta": row.delta} for row in seen]
        )
        whole = [{"seq": row.seq, "body": row.keyframe} for row in seen if row.keyframe is not None]
        self._insert(session, KeyframeRow, whole)
        self._events(session, [row for row in rows if isinstance(row, EventLine)])
        self._figures(session, [row for row in rows if isinstance(row, FigureLine)])
        self._insert(session, TallyRow, [msgspec.structs.asdict(row) for row in rows if isinstance(row, TallyLine)])
        self._insert(session, GapRow, [msgspec.structs.asdict(row) for row in rows if isinstance(row, GapLine)])

    def end(self, fresh: HistoryAccountRow) -> None:
        account, first, last = self._account, self._first, self._last
        if account is None or first is None or last is None:
            raise InvalidInput(FIELD, "This file has no history in it.")
        if account.seq != last.seq or account.first != first.at or account.seen < last.at:
            raise InvalidInput(FIELD, "This file does not end where it says so: a part of it is missing.")
        fresh.seq, fresh.first, fresh.seen = account.seq, account.first, account.seen

    def _read(self, row: dict[str, Any]) -> Line:
        self.rows += 1
        try:
            found: Line = msgspec.convert(row, Line)
        except msgspec.ValidationError as error:
            raise self._wrong(str(error)) from None
        if not all(FIRST_YEAR <= each.year <= LAST_YEAR for each in msgspec.structs.astuple(found) if isinstance(each, date)):
            raise self._wrong("its time is none of a memory")
        if isinstance(found, AccountLine):
            if self._account is not None:
                raise self._wrong("there is a second account")
            self._account = found
        return found

    def _follow(self, row: ObservationLine) -> None:
        last = self._last
        if last is None and row.keyframe is None:
            raise self._wrong("the first observation has no keyframe")
        if last is not None and (row.seq != last.seq + 1 or row.at < last.at):
            raise self._wrong("the observations do not follow each other")
        self._first, self._last = self._first or row, row

    def _events(self, session: Session, rows: list[EventLine]) -> None:
        last = self._last
        first = self._first
        for row in rows:
            if last is None or first is None or not first.seq <= row.seq <= last.seq:
                raise self._wrong("an event belongs to no observation")
            if len(msgspec.json.encode((row.before, row.after))) > LONGEST_DETAILS:
                raise self._wrong("an event tells more than any does")
        when = datetime.min.replace(tzinfo=UTC)  # An event's time stands with its observation and is not written.
        events = [Event(at=when, since=when, **msgspec.structs.asdict(row)) for row in rows]
        if len({(event.seq, event.n) for event in events}) != len(events):
            raise self._wrong("an event is there twice")
        history_events.add(session, self._id, events)

    def _figures(self, session: Session, rows: list[FigureLine]) -> None:
        numbers = history_figures.series_of(session, self._id, dict.fromkeys(row.series for row in rows))
        self._insert(
            session,
            FigureRow,
            [{"series_id": numbers[row.series], "at": int(row.at.timestamp()), "value": row.value} for row in rows],
        )

    def _insert(self, session: Session, table: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            session.execute(insert(table), [{"account_id": self._id, **row} for row in rows])

    def _wrong(self, why: str) -> InvalidInput:
        return InvalidInput(FIELD, f"Row {self.rows} cannot be read: {why}.")
