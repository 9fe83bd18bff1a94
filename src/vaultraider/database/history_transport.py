"""One account's memory out as plain rows, and back in.

Each row says in ``row`` what it is: ``account`` (first), ``observation`` with its ``event``s after it, ``figure``, ``tally``,
``gap``.
What comes in is somebody's file: nothing in it is believed before it was looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import groupby, islice
from typing import Annotated, Any, TypeAlias

import msgspec
from sqlalchemy import Connection, delete, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from vaultraider.database import history_events, history_figures
from vaultraider.database.history_rows import (
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
from vaultraider.domain.errors import InvalidInput, NotFound
from vaultraider.domain.history.events import By, Event, EventKind
from vaultraider.domain.profile_parts import Kind, Tier
from vaultraider.ports.history import HistoryAccount

AT_ONCE = 500
"""Rows in memory at a time."""
FIELD = "rows"
_Number: TypeAlias = Annotated[int, msgspec.Meta(ge=-(2**63) + 1, le=2**63 - 1)]
_Seq: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=500_000_000)]
"""No account comes near it, and it can go on counting for as long again."""
_Id: TypeAlias = Annotated[str, msgspec.Meta(max_length=32)]
_Name: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
_Time: TypeAlias = Annotated[datetime, msgspec.Meta(tz=True)]
_Counted: TypeAlias = Annotated[
    str, msgspec.Meta(pattern=r"^(moved|changed|(in|out):[a-z]{1,16}|moves:[0-9]{1,10}:[0-9A-Za-z]{0,32})(?!\n)$")
]
"""As ``domain.history.tallies`` counts."""
LONGEST_DETAILS = 50_000
"""Bytes that an event tells of before and after; what is told of a loadout is one or two thousand."""
FIRST_YEAR, LAST_YEAR = 2000, 2199
"""What every database and every zone can tell."""
_TABLES = (FigureRow, SeriesRow, TallyRow, GapRow, HistoryEventRow, ThingRow, KeyframeRow, ObservationRow)
"""Those that hang on others first."""


class _Account(msgspec.Struct, tag_field="row", tag="account"):
    seq: _Seq
    first: _Time
    seen: _Time


class _Observation(msgspec.Struct, tag_field="row", tag="observation", omit_defaults=True):
    seq: _Seq
    at: _Time
    since: _Time
    delta: bytes
    keyframe: bytes | None = None


class _Event(msgspec.Struct, tag_field="row", tag="event", omit_defaults=True, kw_only=True):
    """As ``Event``; when it happened stands with its observation."""

    seq: _Seq
    n: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
    kind: EventKind
    item: _Id = ""
    hash: _Number = 0
    name: Annotated[str, msgspec.Meta(max_length=1000)] = ""
    tier: Tier = "unknown"
    item_kind: Kind = "unknown"
    character: _Id = ""
    quantity: _Number = 1
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    by: By = "game"
    transfer: _Id = ""


class _Figure(msgspec.Struct, tag_field="row", tag="figure"):
    series: _Name
    at: _Time
    value: _Number


class _Tally(msgspec.Struct, tag_field="row", tag="tally"):
    day: date
    what: _Counted
    count: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class _Gap(msgspec.Struct, tag_field="row", tag="gap"):
    since: _Time
    until: _Time


_Row: TypeAlias = _Account | _Observation | _Event | _Figure | _Tally | _Gap


# -- out ------------------------------------------------------------------------------------------------------------------


def export(connection: Connection, account_id: int) -> Iterator[dict[str, Any]]:
    session = Session(connection)
    account = session.get(HistoryAccountRow, account_id)
    if account is None or not account.seq:
        return
    yield msgspec.to_builtins(_Account(account.seq, account.first, account.seen))
    first = session.scalar(select(func.min(ObservationRow.seq)).where(ObservationRow.account_id == account_id)) or 0
    for seq in range(first, account.seq + 1, AT_ONCE):
        yield from map(msgspec.to_builtins, _observed(session, account_id, seq, seq + AT_ONCE))
        session.expunge_all()
    named = SeriesRow.id == FigureRow.series_id
    for row in _streamed(
        session, select(FigureRow.at, SeriesRow.name, FigureRow.value).join(SeriesRow, named), FigureRow, account_id
    ):
        yield msgspec.to_builtins(_Figure(row.name, datetime.fromtimestamp(row.at, UTC), row.value))
    for row in _streamed(session, select(TallyRow.day, TallyRow.what, TallyRow.count), TallyRow, account_id):
        yield msgspec.to_builtins(_Tally(*row))
    for row in _streamed(session, select(GapRow.since, GapRow.until), GapRow, account_id):
        yield msgspec.to_builtins(_Gap(*row))


def _observed(session: Session, account_id: int, since: int, until: int) -> Iterator[_Observation | _Event]:
    seen = select(ObservationRow).where(
        ObservationRow.account_id == account_id, ObservationRow.seq >= since, ObservationRow.seq < until
    )
    keyframes = select(KeyframeRow).where(KeyframeRow.account_id == account_id, KeyframeRow.seq >= since, KeyframeRow.seq < until)
    whole = {row.seq: row.body for row in session.scalars(keyframes)}
    events = history_events.between(session, account_id, since, until)
    by_seq = {seq: list(found) for seq, found in groupby(events, key=lambda event: event.seq)}
    for row in session.scalars(seen.order_by(ObservationRow.seq)):
        yield _Observation(row.seq, row.at, row.since, row.delta, whole.get(row.seq))
        for event in by_seq.get(row.seq, ()):
            yield _Event(**{name: getattr(event, name) for name in _Event.__struct_fields__})


def _streamed(session: Session, query: Any, table: Any, account_id: int) -> Iterator[Any]:
    query = query.where(table.account_id == account_id).order_by(*table.__table__.primary_key.columns)
    yield from session.execute(query.execution_options(yield_per=AT_ONCE))


# -- in -------------------------------------------------------------------------------------------------------------------


def restore(session: Session, account: HistoryAccount, rows: Iterator[dict[str, Any]]) -> int:
    if not lock_person(session, account.user_id):
        raise NotFound("There is no such person any more.")
    _drop(session, account.id)
    fresh = HistoryAccountRow(
        user_id=account.user_id,
        membership_type=account.membership.type,
        membership_id=account.membership.id,
        first=account.first,
        seen=account.seen,
    )
    session.add(fresh)
    session.flush()
    filler = _Filler(session, fresh.id)
    while piece := list(islice(rows, AT_ONCE)):
        filler.add(piece)
    filler.end(fresh)
    return filler.rows


def _drop(session: Session, account_id: int) -> None:
    for table in _TABLES:
        session.execute(delete(table).where(table.account_id == account_id))
    session.execute(delete(HistoryAccountRow).where(HistoryAccountRow.id == account_id))


class _Filler:
    """Puts rows into an account that has none, piece by piece. ``rows``: how many came."""

    def __init__(self, session: Session, account_id: int) -> None:
        self._session = session
        self._id = account_id
        self._account: _Account | None = None
        self._last: _Observation | None = None
        self._first: _Observation | None = None
        self.rows = 0

    def add(self, piece: list[dict[str, Any]]) -> None:
        rows = [self._read(each) for each in piece]
        try:
            self._write(rows)
        except IntegrityError:
            raise InvalidInput(FIELD, f"Up to row {self.rows} something is there twice.") from None

    def _write(self, rows: list[_Row]) -> None:
        seen = [row for row in rows if isinstance(row, _Observation)]
        for row in seen:
            self._follow(row)
        self._insert(ObservationRow, [{"seq": row.seq, "at": row.at, "since": row.since, "delta": row.delta} for row in seen])
        whole = [{"seq": row.seq, "body": row.keyframe} for row in seen if row.keyframe is not None]
        self._insert(KeyframeRow, whole)
        self._events([row for row in rows if isinstance(row, _Event)])
        self._figures([row for row in rows if isinstance(row, _Figure)])
        self._insert(TallyRow, [msgspec.structs.asdict(row) for row in rows if isinstance(row, _Tally)])
        self._insert(GapRow, [msgspec.structs.asdict(row) for row in rows if isinstance(row, _Gap)])

    def end(self, fresh: HistoryAccountRow) -> None:
        account, first, last = self._account, self._first, self._last
        if account is None or first is None or last is None:
            raise InvalidInput(FIELD, "This file has no history in it.")
        if account.seq != last.seq or account.first != first.at or account.seen < last.at:
            raise InvalidInput(FIELD, "This file does not end where it says so: a part of it is missing.")
        fresh.seq, fresh.first, fresh.seen = account.seq, account.first, account.seen

    def _read(self, row: dict[str, Any]) -> _Row:
        self.rows += 1
        try:
            found: _Row = msgspec.convert(row, _Row)
        except msgspec.ValidationError as error:
            raise self._wrong(str(error)) from None
        if not all(FIRST_YEAR <= each.year <= LAST_YEAR for each in msgspec.structs.astuple(found) if isinstance(each, date)):
            raise self._wrong("its time is none of a memory")
        if isinstance(found, _Account):
            if self._account is not None:
                raise self._wrong("there is a second account")
            self._account = found
        return found

    def _follow(self, row: _Observation) -> None:
        last = self._last
        if last is None and row.keyframe is None:
            raise self._wrong("the first observation has no keyframe")
        if last is not None and (row.seq != last.seq + 1 or row.at < last.at):
            raise self._wrong("the observations do not follow each other")
        self._first, self._last = self._first or row, row

    def _events(self, rows: list[_Event]) -> None:
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
        history_events.add(self._session, self._id, events)

    def _figures(self, rows: list[_Figure]) -> None:
        numbers = history_figures.series_of(self._session, self._id, dict.fromkeys(row.series for row in rows))
        self._insert(
            FigureRow,
            [{"series_id": numbers[row.series], "at": int(row.at.timestamp()), "value": row.value} for row in rows],
        )

    def _insert(self, table: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._session.execute(insert(table), [{"account_id": self._id, **row} for row in rows])

    def _wrong(self, why: str) -> InvalidInput:
        return InvalidInput(FIELD, f"Row {self.rows} cannot be read: {why}.")
