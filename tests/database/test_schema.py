"""The tables and their revisions agree, on both databases, from nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from vaultraider.database import schema
from vaultraider.database.engine import Database


@pytest.fixture
def empty(database_url: str) -> Iterator[Database]:
    """A database without a single table."""
    database = Database(database_url)
    if database.engine.dialect.name == "postgresql":
        with database.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    yield database
    database.close()


def test_an_empty_database_becomes_what_the_models_say(empty: Database) -> None:
    assert schema.revision(empty) is None
    assert schema.upgrade(empty)
    assert schema.revision(empty) == schema.head()
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata()) == []


def test_doing_it_again_does_nothing(empty: Database) -> None:
    schema.upgrade(empty)
    assert not schema.upgrade(empty)


def test_processes_that_start_at_once_agree(empty: Database) -> None:
    start = threading.Barrier(4)
    done: list[bool] = []

    def one() -> None:
        mine = Database(empty.engine.url.render_as_string(hide_password=False))
        try:
            start.wait()
            done.append(schema.upgrade(mine))
        finally:
            mine.close()

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False, False, False, True]


def test_a_database_of_a_newer_program_is_left_alone(empty: Database) -> None:
    schema.upgrade(empty)
    with empty.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(schema.SchemaTooNew):
        schema.upgrade(empty)
    assert schema.revision(empty) == "9999"


def test_a_failed_upgrade_leaves_nothing_behind(empty: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with empty.engine.begin() as connection:
        connection.execute(text("CREATE TABLE jobs (id INTEGER)"))  # in the way
    with pytest.raises(Exception, match="jobs"):
        schema.upgrade(empty)
    assert set(inspect(empty.engine).get_table_names()) <= {"jobs"}
