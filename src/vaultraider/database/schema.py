"""The tables and their history: which revision a database is at, and bringing it to the newest."""

from __future__ import annotations

import importlib
import logging
import pkgutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text

import vaultraider.database
from vaultraider.database.engine import Base, Database, is_away
from vaultraider.domain.errors import VaultRaiderError

logger = logging.getLogger(__name__)

MIGRATIONS = Path(__file__).parent / "migrations"
_NOT_TABLES = {"migrations", "schema", "new_revision"}
VERSIONS = "alembic_version"
"""The table that says at which revision the others are."""
_LOCK = 0x7661756C74
"""PostgreSQL's number of the lock under which one process migrates and the others wait."""
PATIENCE = 60
"""How often a database server that is away is looked for: after a power cut it may come up later than we do."""
LOOK = 1.0
"""Seconds between two looks."""
Before = Callable[[str, str], None]
"""What is done before tables change, told their revision and the one to come."""


class SchemaTooNew(VaultRaiderError):
    """The database has been used by a newer program."""

    code = "schema-too-new"
    default = "This database was used by a newer Vault Raider. Update the program, or restore a backup made before."


def metadata() -> MetaData:
    """Every table of this folder, whoever has imported what."""
    for module in pkgutil.iter_modules(vaultraider.database.__path__):
        if module.name not in _NOT_TABLES:
            importlib.import_module(f"{vaultraider.database.__name__}.{module.name}")
    return Base.metadata


def upgrade(database: Database, before: Before | None = None) -> bool:
    """Brings the tables to the newest revision, in one transaction; whether anything had to be done.

    ``before`` is called when tables that hold something are about to change; what it raises stops that.
    Processes that start at once agree: one does it, the others wait. Raises SchemaTooNew.
    """
    newest = head()
    with changing(database) as connection:
        at = revision_of(connection)
        if at == newest or newest is None:
            return False
        if at is not None and not is_known(at):
            raise SchemaTooNew
        if at is not None and before is not None:
            before(at, newest)
        bring_to(connection, newest)
        return True


@contextmanager
def changing(database: Database) -> Iterator[Connection]:
    """One transaction that changes tables: nobody else's does so meanwhile, they wait."""
    with database.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        # SQLite changes a table by making it anew, and with foreign keys on would take the rows that hang on the old one for
        # lost. Inside of a transaction it would not listen; ``bring_to`` looks whether all of them still fit.
        raw = connection.connection.driver_connection
        try:
            if sqlite and raw is not None:
                raw.execute("PRAGMA foreign_keys=OFF")
            with connection.begin():  # on SQLite this takes the write lock at once
                if not sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                yield connection
        finally:
            if sqlite and raw is not None:
                raw.execute("PRAGMA foreign_keys=ON")


def bring_to(connection: Connection, revision: str) -> None:
    """Changes the tables, inside of ``changing``. Raises RuntimeError when a row points at one that is not there."""
    command.upgrade(config(connection), revision)
    check_foreign_keys(connection)


def check_foreign_keys(connection: Connection) -> None:
    """On SQLite, where ``changing`` switched them off. Raises RuntimeError."""
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if lost is not None:
            raise RuntimeError(f"A row of {lost[0]} points at a row of {lost[2]} that is not there.")


def upgrade_when_there(database: Database, stopped: threading.Event | None = None, before: Before | None = None) -> bool:
    """``upgrade``, for a process that stays: it waits a while for a database server that is away.

    Raises what kept us out when it does not come, or when ``stopped`` is set meanwhile.
    """
    stopped = stopped or threading.Event()
    for left in reversed(range(PATIENCE)):
        try:
            return upgrade(database, before)
        except Exception as error:
            if not left or not is_away(error) or stopped.is_set():
                raise
            if left == PATIENCE - 1:
                logger.warning("The database does not answer yet; we wait for it.")
        stopped.wait(LOOK)
    return False


def revision(database: Database) -> str | None:
    """The revision a database is at; None for an empty one."""
    with database.engine.connect() as connection:
        return revision_of(connection)


def head() -> str | None:
    """The newest revision this program knows."""
    return ScriptDirectory.from_config(config()).get_current_head()


def is_known(revision: str) -> bool:
    """Whether this program knows the revision: if not, a newer one wrote it."""
    return revision in {each.revision for each in ScriptDirectory.from_config(config()).walk_revisions()}


def config(connection: Connection | None = None) -> Config:
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    made.attributes["connection"] = connection
    return made


def revision_of(connection: Connection) -> str | None:
    """The revision of the database behind a connection; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()
