"""The database: one declarative base, one engine per process.

SQLite runs in WAL mode and every transaction begins with BEGIN IMMEDIATE: pysqlite's own deferred transactions lose
updates when two threads read, change and write the same row.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.types import TypeDecorator

from vaultraider.domain.errors import StorageFull, StorageReadOnly

_READ_ONLY = "vaultraider_read_only"
_DURABLE = "vaultraider_durable"
_CONNECTING = 5
"""Seconds that a server may take to answer a new connection: psycopg by itself would wait for minutes."""
_AWAY = ("08", "57P", "53300", "40001", "40P01", "55P03")
"""PostgreSQL's codes, or how they begin, for "no connection", "shutting down or starting", "too many connections", and for what
gave way to somebody else's transaction."""
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR)
"""SQLite's codes for a file that another program keeps to itself, or that cannot be read just now."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, stored in UTC; naive times are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A naive datetime was given to the database; use an aware one in UTC.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table; its repository stands beside it in the same file."""

    type_annotation_map = {datetime: UtcDateTime}
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Database:
    """An engine and its sessions. Repositories take one of these."""

    def __init__(self, url: str) -> None:
        self.engine = _make_engine(url)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        self._durable = sessionmaker(self.engine.execution_options(**{_DURABLE: True}), expire_on_commit=False)
        self._readers = sessionmaker(self.engine.execution_options(**{_READ_ONLY: True}), expire_on_commit=False)

    @contextmanager
    def transaction(self, *, durable: bool = False) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back on any exception. Raises StorageFull when the disk is full,
        StorageReadOnly when nothing can be written at all.

        ``durable``: once committed, it survives a power cut too. Without it SQLite may lose the last moments then (never a part
        of a transaction), which is right for all that can be read or done again, and several times as fast.
        """
        try:
            with (self._durable if durable else self._sessions).begin() as session:
                yield session
        except OperationalError as error:
            if is_full(error):
                raise StorageFull from error
            if _sqlite_code(error) == sqlite3.SQLITE_READONLY:
                raise StorageReadOnly from error
            raise

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent look without the write lock: never waits for a writer. Nothing written here is kept."""
        with self._readers() as session:
            yield session

    @contextmanager
    def moment(self) -> Iterator[Connection]:
        """Everything as it is at one moment, for as long as it takes to read it all; writers are not kept waiting."""
        options: dict[str, Any] = {_READ_ONLY: True}  # in SQLite's WAL that is one moment already
        if self.engine.dialect.name != "sqlite":
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    def answers(self) -> bool:
        """Whether it can be reached."""
        try:
            with self.reading() as session:
                session.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    def close(self) -> None:
        self.engine.dispose()


def is_away(error: BaseException) -> bool:
    """Whether this says that the database cannot be reached, or is kept by somebody else, just now: to try again later is right,
    nothing else is wrong."""
    if isinstance(error, PoolTimeout) or (isinstance(error, DBAPIError) and error.connection_invalidated):
        return True
    if not isinstance(error, OperationalError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return _sqlite_code(error) in _BUSY and not is_full(error)
    code = getattr(error.orig, "sqlstate", "")
    # None: it was not the server that spoke, psycopg itself did not get through to it.
    return code is None or code.startswith(_AWAY)


def _make_private(file: Path) -> None:
    """Makes a new database file that only its owner may read; SQLite gives its -wal and -shm the same rights. One that exists
    stays as it is."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(OSError):  # what is wrong SQLite tells better
        os.close(os.open(file, os.O_RDONLY | os.O_CREAT, 0o600))


def is_full(error: OperationalError) -> bool:
    """Whether this says that the disk is full. SQLite's own codes, and PostgreSQL's class "disk full"."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE) or getattr(error.orig, "sqlstate", None) == "53100"


def _sqlite_code(error: OperationalError) -> int:
    """Which of SQLite's sorts of trouble this is, without its finer distinctions; 0 for another database's."""
    return (getattr(error.orig, "sqlite_errorcode", None) or 0) & 0xFF


def _make_engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if not parsed.drivername.startswith("sqlite"):
        parsed = parsed if "connect_timeout" in parsed.query else parsed.update_query_dict({"connect_timeout": str(_CONNECTING)})
        return create_engine(parsed, pool_pre_ping=True, hide_parameters=True)
    if parsed.database and parsed.database != ":memory:" and not parsed.database.startswith("file:"):
        _make_private(Path(parsed.database))
    # hide_parameters: what is written must not come out in the text of an exception.
    engine = create_engine(parsed, hide_parameters=True, connect_args={"timeout": 30, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        options = connection.get_execution_options()
        if options.get(_READ_ONLY):
            connection.exec_driver_sql("BEGIN")
            return
        # It holds until it is set again, so whoever has the connection next says what he wants.
        connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if options.get(_DURABLE) else 'NORMAL'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
