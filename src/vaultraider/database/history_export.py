"""One account's memory out, as plain rows (``history_lines``), read in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from vaultraider.database import history_events
from vaultraider.database.history_lines import AccountLine, EventLine, FigureLine, GapLine, ObservationLine, TallyLine
from vaultraider.database.history_rows import (
    FigureRow,
    GapRow,
    HistoryAccountRow,
    KeyframeRow,
    ObservationRow,
    SeriesRow,
    TallyRow,
)

AT_ONCE = 500
"""Rows in memory at a time."""


def export(connection: Connection, account_id: int) -> Iterator[dict[str, Any]]:
    session = Session(connection)
    account = session.get(HistoryAccountRow, account_id)
    if account is None or not account.seq:
        return
    yield msgspec.to_builtins(AccountLine(account.seq, account.first, account.seen))
    first = session.scalar(select(func.min(ObservationRow.seq)).where(ObservationRow.account_id == account_id)) or 0
    for seq in range(first, account.seq + 1, AT_ONCE):
        yield from map(msgspec.to_builtins, _observed(session, account_id, seq, seq + AT_ONCE))
        session.expunge_all()
    named = SeriesRow.id == FigureRow.series_id
    for row in _streamed(
        session, select(FigureRow.at, SeriesRow.name, FigureRow.value).join(SeriesRow, named), FigureRow, account_id
    ):
        yield msgspec.to_builtins(FigureLine(row.name, datetime.fromtimestamp(row.at, UTC), row.value))
    for row in _streamed(session, select(TallyRow.day, TallyRow.what, TallyRow.count), TallyRow, account_id):
        yield msgspec.to_builtins(TallyLine(*row))
    for row in _streamed(session, select(GapRow.since, GapRow.until), GapRow, account_id):
        yield msgspec.to_builtins(GapLine(*row))


def _observed(session: Session, account_id: int, since: int, until: int) -> Iterator[ObservationLine | EventLine]:
    seen = select(ObservationRow).where(
        ObservationRow.account_id == account_id, ObservationRow.seq >= since, ObservationRow.seq < until
    )
    keyframes = select(KeyframeRow).where(KeyframeRow.account_id == account_id, KeyframeRow.seq >= since, KeyframeRow.seq < until)
    whole = {row.seq: row.body for row in session.scalars(keyframes)}
    events = history_events.between(session, account_id, since, until)
    by_seq = {seq: list(found) for seq, found in groupby(events, key=lambda event: event.seq)}
    for row in session.scalars(seen.order_by(ObservationRow.seq)):
        yield ObservationLine(row.seq, row.at, row.since, row.delta, whole.get(row.seq))
        for event in by_seq.get(row.seq, ()):
            yield EventLine(**{name: getattr(event, name) for name in EventLine.__struct_fields__})


def _streamed(session: Session, query: Any, table: Any, account_id: int) -> Iterator[Any]:
    query = query.where(table.account_id == account_id).order_by(*table.__table__.primary_key.columns)
    yield from session.execute(query.execution_options(yield_per=AT_ONCE))
