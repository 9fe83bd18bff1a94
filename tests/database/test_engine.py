"""How the database is opened."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from vaultraider.database.engine import Database
from vaultraider.keys import open_to_others


@pytest.fixture
def usual_rights() -> Iterator[None]:
    """What most systems give a new file: everybody may read it."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps its own lists of rights")
@pytest.mark.usefixtures("usual_rights")
def test_a_new_database_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    """A data folder that was there before us may be open to others, and whole vaults lie in the database."""
    database = Database(f"sqlite:///{(tmp_path / 'new.sqlite3').as_posix()}")
    with database.transaction() as session:
        session.execute(text("CREATE TABLE things (name TEXT)"))
        beside = sorted(each.name for each in tmp_path.iterdir())
        assert beside == ["new.sqlite3", "new.sqlite3-shm", "new.sqlite3-wal"]
        assert [each.name for each in tmp_path.iterdir() if open_to_others(each)] == []
    database.close()


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps its own lists of rights")
def test_a_database_keeps_the_rights_that_its_owner_gave(tmp_path: Path) -> None:
    file = tmp_path / "old.sqlite3"
    file.touch(mode=0o640)
    file.chmod(0o640)
    Database(f"sqlite:///{file.as_posix()}").close()
    assert file.stat().st_mode & 0o777 == 0o640


def test_what_must_outlast_a_power_cut_waits_for_the_disk(tmp_path: Path) -> None:
    """SQLite's word for it is 2 (FULL); 1 (NORMAL) leaves the moment to the system. A connection does not keep it for others."""
    database = Database(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    seen = []
    for durable in (False, True, False):
        with database.transaction(durable=durable) as session:
            seen.append(session.scalar(text("PRAGMA synchronous")))
    assert seen == [1, 2, 1]
    database.close()
