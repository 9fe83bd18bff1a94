"""The post office over SQLite; where rows race, over PostgreSQL, too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.database.conftest import database, database_url, postgresql_url  # noqa: F401 - fixtures
from tests.notifications.post_office import PostOffice

from vaultraider.database import schema
from vaultraider.database.engine import Database


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PostOffice]:
    tables = Database(f"sqlite:///{(tmp_path / 'post.sqlite3').as_posix()}")
    schema.metadata().create_all(tables.engine)
    yield PostOffice(tables)
    tables.close()
