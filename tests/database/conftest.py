"""Databases to test on: SQLite always, PostgreSQL where there is one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests import postgresql

from vaultraider.database import schema
from vaultraider.database.engine import Database


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    given = os.environ.get(postgresql.URL)
    if given:
        yield given
        return
    binaries = postgresql.programs()
    if binaries is None:
        pytest.skip(f"No PostgreSQL here: neither its programs nor an address in {postgresql.URL}")
    pytest.importorskip("psycopg")
    with postgresql.server(binaries) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database; its tables are made by the ``database`` fixture."""
    if request.param == "sqlite":
        return f"sqlite:///{(tmp_path / 'test.sqlite3').as_posix()}"
    return request.getfixturevalue("postgresql_url")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    schema.metadata().drop_all(database.engine)
    schema.metadata().create_all(database.engine)
    yield database
    database.close()
