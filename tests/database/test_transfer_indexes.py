"""A journal is kept for ever: what every page asks of it must not read all of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, text
from tests.database.journal import STEAM, Journal

from vaultraider.database import schema
from vaultraider.database.engine import Database

HOUR = timedelta(hours=1)
ASKED_OFTEN: dict[str, Callable[[Journal], object]] = {
    "effects_mark": lambda journal: journal.store.effects_mark(journal.marrow, STEAM),
    "effects": lambda journal: journal.store.effects(journal.marrow, STEAM),
    "open_of": lambda journal: journal.store.open_of(journal.marrow, STEAM),
    "revisions": lambda journal: journal.store.revisions(journal.marrow, journal.now - HOUR),
    "accounts_at_work": lambda journal: journal.store.accounts_at_work(),
    "latest": lambda journal: journal.store.latest(journal.marrow),
    "an older page": lambda journal: journal.store.latest(journal.marrow, before=3),
    "moved_at": lambda journal: journal.store.moved_at(journal.marrow, STEAM, journal.now - HOUR),
    "writes": lambda journal: journal.store.writes(journal.marrow),
    "a key": lambda journal: journal.ask(key="k"),
}


@pytest.mark.parametrize("name", ASKED_OFTEN)
def test_no_table_is_read_from_end_to_end(name: str, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{(tmp_path / 'test.sqlite3').as_posix()}")
    schema.metadata().create_all(database.engine)
    journal = Journal(database)
    journal.done()
    journal.ask()
    seen: list[tuple[str, object]] = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def watch(_c: object, _cursor: object, statement: str, parameters: object, _context: object, _many: bool) -> None:
        seen.append((statement, parameters))

    ASKED_OFTEN[name](journal)
    asked = [(statement, parameters) for statement, parameters in seen if statement.lstrip().startswith("SELECT")]
    assert asked
    with database.engine.connect() as connection:
        for statement, parameters in asked:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]  # as it was sent
            scans = [row[3] for row in plan if row[3].startswith("SCAN") and "transfer" in row[3]]
            assert not scans, (statement, scans)
        assert connection.execute(text("SELECT count(*) FROM transfers")).scalar_one() >= 2
    database.close()
