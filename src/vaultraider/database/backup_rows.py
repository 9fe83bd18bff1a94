"""The rows of a backup between the two databases: what one keeps as text, the other keeps as a time."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    func,
    insert,
    select,
    text,
)

from vaultraider.domain.errors import BackupBroken

AT_ONCE = 500
LARGEST = 4 * 2**20
"""Rows, and bytes of text in them, that are held before they go into a table."""

_Value = Callable[[Any], Any]


def packed(row: Sequence[Any]) -> list[Any]:
    """A row as it is written: times aware, in UTC. Bytes become base64 when they are encoded."""
    return [_aware(each) if isinstance(each, datetime) else each for each in row]


def _aware(time: datetime) -> datetime:
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


class Filler:
    """Puts rows into one table, some at a time. Raises BackupBroken for what cannot stand in its column."""

    def __init__(self, connection: Connection, table: Table, columns: Sequence[str]) -> None:
        self._connection = connection
        self._insert = insert(table)
        self._columns = columns
        self._read = [_reader(table.columns[name]) for name in columns]
        self._longest = [_longest(connection, table.columns[name]) for name in columns]
        self._rows: list[dict[str, Any]] = []
        self._bytes = 0
        self._shortened = 0

    def add(self, values: Sequence[Any]) -> None:
        if len(values) != len(self._columns):
            raise BackupBroken
        try:
            row = [None if value is None else read(value) for value, read in zip(values, self._read, strict=True)]
        except (TypeError, ValueError, OverflowError, binascii.Error) as error:
            raise BackupBroken from error
        for place, longest in enumerate(self._longest):
            value = row[place]
            if longest is not None and isinstance(value, str):
                row[place] = self._fit(value, longest)
        self._rows.append(dict(zip(self._columns, row, strict=True)))
        self._bytes += sum(len(each) for each in row if isinstance(each, str | bytes))
        if len(self._rows) >= AT_ONCE or self._bytes >= LARGEST:
            self._send()

    def flush(self) -> int:
        """Puts in what is left; how many texts were shortened."""
        if self._rows:
            self._send()
        return self._shortened

    def _send(self) -> None:
        self._connection.execute(self._insert, self._rows)
        self._rows, self._bytes = [], 0

    def _fit(self, value: str, longest: int) -> str:
        fitting = value.replace("\0", "")[:longest]
        self._shortened += len(fitting) < len(value)
        return fitting


def _reader(column: Column[Any]) -> _Value:
    """From what JSON has to what the column takes. It raises ValueError or TypeError."""
    match column.type:
        case DateTime():
            return _naive if not getattr(column.type, "timezone", False) else _time
        case Date():
            return lambda value: date.fromisoformat(_of(str, value))
        case LargeBinary():
            return lambda value: base64.b64decode(value, validate=True)
        case Boolean():
            return lambda value: _of(bool, bool(value) if value in (0, 1) else value)
        case Integer():
            return lambda value: _of(int, value)
        case Float():
            return lambda value: float(_of(int | float, value))
        case _:
            return lambda value: _of(str, value)


def _of(kind: Any, value: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError
    return value


def _time(value: Any) -> datetime:
    return _aware(datetime.fromisoformat(_of(str, value)))


def _naive(value: Any) -> datetime:
    return _time(value).replace(tzinfo=None)


def _longest(connection: Connection, column: Column[Any]) -> int | None:
    """PostgreSQL takes a text's length at its word, and no zero characters in it; SQLite does neither."""
    if connection.dialect.name == "sqlite" or not isinstance(column.type, String):
        return None
    return column.type.length or 2**31


# -- numbers that are given ------------------------------------------------------------------------------------------------


def last_number(connection: Connection, table: Table) -> int | None:
    """The last number that the table gave, where it remembers: those of deleted rows are not given again."""
    column = _numbered(table)
    if column is None:
        return None
    if connection.dialect.name == "sqlite":
        if not connection.scalar(text("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'")):
            return None
        seen = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        last: int | None = connection.scalar(seen, {"name": table.name})
        return last
    sequence = _sequence(connection, table, column)
    if sequence is None:
        return None
    value, called = connection.execute(text(f"SELECT last_value, is_called FROM {sequence}")).one()  # noqa: S608 - its own name
    return int(value) if called else 0


def set_last_number(connection: Connection, table: Table, last: int | None) -> None:
    """The next number is higher than every one in the table and than ``last``."""
    column = _numbered(table)
    if column is None:
        return
    highest = max(connection.scalar(select(func.max(column))) or 0, last or 0)
    if connection.dialect.name == "sqlite":
        if last is not None and connection.scalar(text("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'")):
            given = {"name": table.name, "last": highest}
            if not connection.execute(text("UPDATE sqlite_sequence SET seq = :last WHERE name = :name"), given).rowcount:
                # Only tables that remember their numbers have a row of their own; another's would only lie there.
                connection.execute(
                    text(
                        "INSERT INTO sqlite_sequence (name, seq) SELECT :name, :last FROM sqlite_master"
                        " WHERE type = 'table' AND name = :name AND upper(sql) LIKE '%AUTOINCREMENT%'"
                    ),
                    given,
                )
        return
    sequence = _sequence(connection, table, column)
    if sequence is not None and highest:
        connection.execute(text("SELECT setval(CAST(:sequence AS regclass), :last)"), {"sequence": sequence, "last": highest})


def _numbered(table: Table) -> Column[Any] | None:
    """The one column by which the table numbers its rows itself."""
    keys = list(table.primary_key.columns)
    return keys[0] if len(keys) == 1 and isinstance(keys[0].type, Integer) else None


def _sequence(connection: Connection, table: Table, column: Column[Any]) -> str | None:
    quoted = connection.dialect.identifier_preparer.format_table(table)
    asked = {"table": quoted, "column": column.name}
    found: str | None = connection.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), asked)
    return found
