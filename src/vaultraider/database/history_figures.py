"""What charts count: series of figures to the second, and tallies by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from vaultraider.database.history_rows import FigureRow, SeriesRow, TallyRow
from vaultraider.ports.history import Figure

_Figure, _Series, _Tally = FigureRow, SeriesRow, TallyRow


def add(session: Session, account_id: int, at: datetime, figures: Mapping[str, int]) -> None:
    """Of two in one second the later holds."""
    if not figures:
        return
    numbers = series_of(session, account_id, figures)
    moment = int(at.timestamp())
    rows = [
        {"account_id": account_id, "series_id": numbers[name], "at": moment, "value": value} for name, value in figures.items()
    ]
    added = _inserting(session, _Figure)
    session.execute(added.on_conflict_do_update(index_elements=_key(_Figure), set_={"value": added.excluded.value}), rows)


def count(session: Session, account_id: int, day: date, tallies: Mapping[str, int]) -> None:
    """Added to what the day has."""
    if not tallies:
        return
    rows = [{"account_id": account_id, "day": day, "what": what, "count": number} for what, number in tallies.items()]
    added = _inserting(session, _Tally)
    more = {"count": _Tally.count + added.excluded.count}
    session.execute(added.on_conflict_do_update(index_elements=_key(_Tally), set_=more), rows)


def read(
    session: Session, account_id: int, prefix: str, since: datetime | None, until: datetime | None, every: int
) -> dict[str, list[Figure]]:
    query = select(_Series.id, _Series.name).where(
        _Series.account_id == account_id, _Series.name.startswith(prefix, autoescape=True)
    )
    names = {row.id: row.name for row in session.execute(query.order_by(_Series.name))}
    found = {id: _held(session, account_id, id, since) for id in names}
    for id, at, value in session.execute(_within(account_id, list(names), since, until, every)):
        figures = found[id]
        moment = datetime.fromtimestamp(at, UTC)
        if figures and figures[-1].at == moment:
            figures.pop()
        figures.append(Figure(moment, value))
    return {names[id]: figures for id, figures in found.items() if figures}


def beginnings(session: Session, account_id: int, prefix: str) -> dict[str, datetime]:
    # One step into the key for each series, however many values it has.
    first = select(func.min(_Figure.at)).where(_Figure.account_id == account_id, _Figure.series_id == _Series.id)
    query = select(_Series.name, first.scalar_subquery().label("first")).where(
        _Series.account_id == account_id, _Series.name.startswith(prefix, autoescape=True)
    )
    found = session.execute(query.order_by(_Series.name))
    return {row.name: datetime.fromtimestamp(row.first, UTC) for row in found if row.first is not None}


def tallies(
    session: Session, account_id: int, prefix: str, since: date | None, until: date | None
) -> list[tuple[date, str, int]]:
    query = select(_Tally.day, _Tally.what, _Tally.count).where(*_days(session, account_id, prefix, since, until))
    return [(day, what, number) for day, what, number in session.execute(query.order_by(_Tally.day, _Tally.what))]


def summed(
    session: Session, account_id: int, prefix: str, since: date | None, until: date | None, limit: int
) -> tuple[list[tuple[str, int]], int]:
    times = func.sum(_Tally.count)
    query = select(_Tally.what, times, func.sum(times).over()).where(*_days(session, account_id, prefix, since, until))
    rows = session.execute(query.group_by(_Tally.what).order_by(times.desc(), _Tally.what).limit(limit)).all()
    return [(what, int(number)) for what, number, _ in rows], int(rows[0][2]) if rows else 0


def forget_before(session: Session, account_id: int, moment: datetime) -> None:
    """But for the value that each series had then."""
    for id in session.scalars(select(_Series.id).where(_Series.account_id == account_id)).all():
        mine = and_(_Figure.account_id == account_id, _Figure.series_id == id)
        held = session.scalar(select(func.max(_Figure.at)).where(mine, _Figure.at <= int(moment.timestamp())))
        if held is not None:
            session.execute(delete(_Figure).where(mine, _Figure.at < held))


def series_of(session: Session, account_id: int, names: Mapping[str, object]) -> dict[str, int]:
    """Their numbers; those that are new are written down. The account's row is locked by whoever calls this."""
    query = select(_Series.name, _Series.id).where(_Series.account_id == account_id, _Series.name.in_(names))
    known = {row.name: row.id for row in session.execute(query)}
    for name in names:
        if name not in known:
            row = _Series(account_id=account_id, name=name)
            session.add(row)
            session.flush()
            known[name] = row.id
    return known


def _held(session: Session, account_id: int, series_id: int, since: datetime | None) -> list[Figure]:
    """The value that a series had at ``since``."""
    if since is None:
        return []
    query = select(_Figure.value).where(
        _Figure.account_id == account_id, _Figure.series_id == series_id, _Figure.at < int(since.timestamp())
    )
    value = session.scalar(query.order_by(_Figure.at.desc()).limit(1))
    return [] if value is None else [Figure(since, value)]


def _within(account_id: int, series: Sequence[int], since: datetime | None, until: datetime | None, every: int) -> Any:
    wanted = [_Figure.account_id == account_id, _Figure.series_id.in_(series)]
    if since is not None:
        wanted.append(_Figure.at >= int(since.timestamp()))
    if until is not None:
        wanted.append(_Figure.at <= int(until.timestamp()))
    if every <= 0:
        return select(_Figure.series_id, _Figure.at, _Figure.value).where(*wanted).order_by(_Figure.series_id, _Figure.at)
    piece = _Figure.at - _Figure.at % every
    # The rows lie in this order already: whether the next one is of another piece is seen in passing.
    following = func.lead(piece).over(partition_by=_Figure.series_id, order_by=_Figure.at).label("following")
    rows = select(_Figure.series_id, _Figure.at, _Figure.value, piece.label("piece"), following).where(*wanted).subquery()
    lasts = or_(rows.c.following.is_(None), rows.c.following != rows.c.piece)
    return select(rows.c.series_id, rows.c.at, rows.c.value).where(lasts).order_by(rows.c.series_id, rows.c.at)


def _days(session: Session, account_id: int, prefix: str, since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    wanted = [_Tally.account_id == account_id, _Tally.what.startswith(prefix, autoescape=True)]
    if prefix and session.get_bind().dialect.name == "sqlite":
        # It orders texts by their signs, so that those with one beginning lie together; elsewhere that depends on a collation.
        wanted += [_Tally.what >= prefix, _Tally.what < prefix[:-1] + chr(ord(prefix[-1]) + 1)]
    if since is not None:
        wanted.append(_Tally.day >= since)
    if until is not None:
        wanted.append(_Tally.day <= until)
    return wanted


def _inserting(session: Session, table: type[FigureRow] | type[TallyRow]) -> Any:
    """Both databases can say what happens to a row that is there already; each has its own word for it."""
    return sqlite.insert(table) if session.get_bind().dialect.name == "sqlite" else postgresql.insert(table)


def _key(table: type[FigureRow] | type[TallyRow]) -> list[str]:
    return [column.name for column in table.__table__.primary_key]
