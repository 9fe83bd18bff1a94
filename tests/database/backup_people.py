"""Rows for every table there is, whatever its columns: what a backup has to carry."""

from __future__ import annotations

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
    MetaData,
    Numeric,
    Table,
    insert,
    select,
)

from vaultraider.database.engine import Database

NOW = datetime(2026, 11, 17, 17, 0, 0, 123456, tzinfo=UTC)
STRANGE = 'Îlse \u202e<b>"x"</b> 🦉\n\ttab'


def fill(connection: Connection, tables: list[Table], rows: int = 3) -> None:
    """``rows`` rows into each of the tables, parents first; each points at its namesake in the tables it hangs on."""
    for table in tables:
        connection.execute(insert(table), [row_of(table, number) for number in range(1, rows + 1)])


def row_of(table: Table, number: int) -> dict[str, Any]:
    return {column.name: value_of(column, number) for column in table.columns}


def value_of(column: Column[Any], number: int) -> Any:
    if column.nullable and not column.primary_key and number == 1:
        return None
    for key in column.foreign_keys:
        return value_of(key.column, number)
    match column.type:
        case DateTime():
            aware = NOW.replace(microsecond=number)
            return aware if getattr(column.type, "timezone", True) and _server(column) else aware.replace(tzinfo=None)
        case Date():
            return date(2026, 11, 16 + number)
        case LargeBinary():
            return bytes(range(number, 256)) * 3
        case Boolean():
            return number % 2 == 0
        case Integer():
            return number
        case Float() | Numeric():
            return number / 7
        case _:
            return f"{number} {STRANGE}"[: getattr(column.type, "length", None) or 1000]


def _server(column: Column[Any]) -> bool:
    """Whether the column was found on a server that keeps zones: SQLite's times are naive."""
    return "postgresql" in type(column.type).__module__


def found(database: Database) -> list[Table]:
    """The tables as the database has them, parents first."""
    meta = MetaData()
    with database.engine.connect() as connection:
        meta.reflect(connection)
    return [table for table in meta.sorted_tables if table.name != "alembic_version"]


def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, times in UTC: the same from either database."""
    with database.engine.connect() as connection:
        return {
            table.name: sorted(
                (tuple(_plain(value) for value in row) for row in connection.execute(select(*_by_name(table)))), key=repr
            )
            for table in found(database)
        }


def _by_name(table: Table) -> list[Column[Any]]:
    return sorted(table.columns, key=lambda column: column.name)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return bytes(value) if isinstance(value, memoryview) else value
