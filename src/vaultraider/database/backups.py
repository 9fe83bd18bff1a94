"""All tables out into a stream and back in: fits ``ports.BackupArchive``, from and to either database.

Tables are taken as they are found, so that a new one is in every backup from its first day. Those of an older program come back
at their own revision and are then brought to the newest, just as a database is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, MetaData, Table, func, inspect, literal, select, text
from sqlalchemy.exc import DataError, IntegrityError, OperationalError

import vaultraider
from vaultraider.database import schema, secrets
from vaultraider.database.backup_rows import Filler, last_number, packed, set_last_number
from vaultraider.database.backup_settling import settle
from vaultraider.database.backup_stream import FORMAT, BackupReader, BackupWriter, Header, Keys, TableStart
from vaultraider.database.engine import Database, is_full
from vaultraider.domain.errors import BackupBroken, BackupTooNew, DatabaseNotEmpty, StorageFull
from vaultraider.ports import BackupAbout, Restored, Told

logger = logging.getLogger(__name__)

AT_ONCE = 20
"""Rows in memory at a time, going out: a profile is some hundred kilobytes."""


class DatabaseBackups:
    """Fits ``ports.BackupArchive``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, out: BinaryIO, *, why: str, made: datetime, keys: Sequence[str] | None, told: Told) -> BackupAbout:
        with self._database.moment() as connection:
            revision = schema.revision_of(connection)
            if revision is None:
                raise ValueError("There are no tables to make a backup of.")
            header = Header(
                backup=FORMAT,
                program=vaultraider.__version__,
                revision=revision,
                made=made,
                why=why,
                secrets=keys is not None,
                database=connection.dialect.name,
            )
            writer = BackupWriter(out, header)
            left_out = _write_tables(connection, writer, revision, secret_too=keys is not None, told=told)
            if keys is not None:
                writer.keys(keys)
            writer.end(left_out)
        return _about(header, dict(writer.rows), left_out)

    def verify(self, file: Path) -> BackupAbout:
        with BackupReader(file) as reader:
            for _ in reader.lines():
                pass
            return _whole(reader)

    def restore(self, file: Path, told: Told) -> Restored:
        told("reading", 0, "Reading the backup")
        about = self.verify(file)
        if not schema.is_known(about.revision):
            raise BackupTooNew
        try:
            with schema.changing(self._database) as connection:
                _make_room(connection)
                schema.bring_to(connection, about.revision)
                told("filling", 10, "Filling the tables")
                with BackupReader(file) as reader:
                    keys, shortened = _fill(connection, reader, _progress(told, about))
                    if _whole(reader) != about:  # somebody exchanged the file between the two readings
                        raise BackupBroken
                schema.check_foreign_keys(connection)
                told("tables", 90, "Bringing the tables to this program's form")
                schema.bring_to(connection, schema.head() or about.revision)
                settle(connection, secrets=about.secrets)
        except (IntegrityError, DataError, RuntimeError, OverflowError) as error:  # the last: too large a number
            logger.warning("The rows of the backup do not fit into the tables: %s", type(error).__name__)
            raise BackupBroken from error
        except OperationalError as error:
            if is_full(error):
                raise StorageFull from error
            raise
        return Restored(about=about, keys=keys, shortened=shortened)


def _about(header: Header, rows: dict[str, int], left_out: dict[str, int]) -> BackupAbout:
    return BackupAbout(
        made=header.made,
        why=header.why,
        program=header.program,
        revision=header.revision,
        secrets=header.secrets,
        database=header.database,
        rows=rows,
        left_out=left_out,
    )


def _whole(reader: BackupReader) -> BackupAbout:
    if reader.totals is None:
        raise BackupBroken
    return _about(reader.header, reader.totals.rows, reader.totals.left_out)


# -- out ------------------------------------------------------------------------------------------------------------------


def _write_tables(connection: Connection, writer: BackupWriter, revision: str, *, secret_too: bool, told: Told) -> dict[str, int]:
    tables = found_tables(connection, revision)
    gone = frozenset[str]() if secret_too else secrets.without_rows(tables)
    left_out = {}
    for number, table in enumerate(tables):
        told("writing", 100.0 * number / len(tables), f"Writing {table.name}")
        empty = {} if secret_too else secrets.emptied(table, gone)
        last = last_number(connection, table)
        # What was found in a database has names of a kind of their own.
        writer.table(TableStart(table=str(table.name), columns=[str(each.name) for each in table.columns], last=last))
        there = connection.scalar(select(func.count()).select_from(table)) or 0
        if table.name in gone:
            left_out[str(table.name)] = there
            continue
        for row in _rows(connection, table, empty):
            writer.row(row)
        if writer.rows[table.name] != there:
            raise RuntimeError(f"{table.name} has {there} rows, and {writer.rows[table.name]} were read.")
    return left_out


def _rows(connection: Connection, table: Table, empty: dict[str, bytes | str | None]) -> Iterator[Sequence[object]]:
    """``empty``: what stands in some columns instead of what is there, which is not even read."""
    columns = [literal(empty[each.name], each.type).label(each.name) if each.name in empty else each for each in table.columns]
    query = select(*columns).order_by(*table.primary_key.columns)
    for row in connection.execute(query.execution_options(yield_per=AT_ONCE)):
        yield packed(row)


def found_tables(connection: Connection, revision: str) -> list[Table]:
    """Our tables as this database has them, parents first. Whatever else lies beside them is not ours to carry."""
    ours = set(schema.metadata().tables) if revision == schema.head() else _names_at(revision)
    found = MetaData()
    found.reflect(connection, only=sorted(ours & set(inspect(connection).get_table_names())))
    return found.sorted_tables


def _names_at(revision: str) -> set[str]:
    """The tables of an older program: made in memory, and looked at."""
    database = Database("sqlite://")
    try:
        with schema.changing(database) as connection:
            schema.bring_to(connection, revision)
            return set(inspect(connection).get_table_names()) - {schema.VERSIONS}
    finally:
        database.close()


# -- in -------------------------------------------------------------------------------------------------------------------


def _make_room(connection: Connection) -> None:
    """Takes away tables in which nobody is: those of a server that was only started. Raises DatabaseNotEmpty."""
    there = set(inspect(connection).get_table_names())
    revision = schema.revision_of(connection)
    if revision is None:
        if there & set(schema.metadata().tables):
            raise DatabaseNotEmpty
        return
    if not schema.is_known(revision):
        raise DatabaseNotEmpty
    tables = found_tables(connection, revision)
    if any(table.name == "users" and connection.scalar(select(func.count()).select_from(table)) for table in tables):
        raise DatabaseNotEmpty
    for table in reversed(tables):
        table.drop(connection)
    connection.execute(text(f"DROP TABLE {schema.VERSIONS}"))


def _fill(connection: Connection, reader: BackupReader, count: Callable[[], None]) -> tuple[tuple[str, ...], int]:
    """The encryption keys that came along, and how many texts had to be shortened."""
    found = MetaData()
    found.reflect(connection)
    filler: Filler | None = None
    keys: tuple[str, ...] = ()
    shortened = 0
    lasts: dict[str, int | None] = {}
    for line in reader.lines():
        if isinstance(line, Keys):
            keys = (*keys, *line.keys)
        elif isinstance(line, TableStart):
            shortened += filler.flush() if filler else 0
            table = found.tables.get(line.table)
            if table is None or table.name == schema.VERSIONS or not set(line.columns) <= set(table.columns.keys()):
                raise BackupBroken
            filler = Filler(connection, table, line.columns)
            lasts[line.table] = line.last
        elif filler is None:
            raise BackupBroken
        else:
            filler.add(line)
            count()
    shortened += filler.flush() if filler else 0
    for name, last in lasts.items():
        set_last_number(connection, found.tables[name], last)
    return keys, shortened


def _progress(told: Told, about: BackupAbout) -> Callable[[], None]:
    """Told at each hundredth of the rows."""
    total = max(sum(about.rows.values()), 1)
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        if done % max(total // 80, 1) == 0:
            told("filling", 10 + 80.0 * done / total, "Filling the tables")

    return count
