"""A memory only ever grows: what is asked of it most must not walk over all of an account's events."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event
from tests.clocks import START

from vaultraider.database import schema
from vaultraider.database.engine import Database
from vaultraider.database.history import HistoryRepository
from vaultraider.database.users import UserRepository
from vaultraider.domain.history.events import Event
from vaultraider.ports import MembershipRef
from vaultraider.ports.history import EventQuery, NewObservation

ITEM, HASH = "6917529000000000001", 2907129556
WALKS = ("SEARCH history_events USING PRIMARY KEY (account_id=?)", "SCAN history_events")
"""All of one account's events, or all of everybody's."""
BY_KIND = "SEARCH history_events USING INDEX ix_history_events_kind (account_id=?)"
"""Worse: each of them is looked up by itself."""

Asked = Callable[[HistoryRepository, int], object]
FOUND_AT_ONCE: dict[str, Asked] = {
    "the life of an item": lambda store, id: store.events(id, EventQuery(item=ITEM)),
    "the life of a thing": lambda store, id: store.events(id, EventQuery(hash=HASH)),
    "an older page": lambda store, id: store.events(id, EventQuery(before=(1, 1))),
    "how much of an item": lambda store, id: store.count(id, EventQuery(item=ITEM)),
    "how much of a thing": lambda store, id: store.count(id, EventQuery(hash=HASH)),
}
COUNTED: dict[str, Asked] = {
    "of a guardian": lambda store, id: store.count(id, EventQuery(character="1")),
    "of a word": lambda store, id: store.count(id, EventQuery(words="sable")),
    "of ours": lambda store, id: store.count(id, EventQuery(by="you")),
}


@pytest.fixture
def database(tmp_path: Path) -> Database:
    database = Database(f"sqlite:///{(tmp_path / 'test.sqlite3').as_posix()}")
    schema.metadata().create_all(database.engine)
    UserRepository(database).welcome("17429800", "Marrow", admin=False, now=START)
    return database


def plans_of(database: Database, asked: Asked) -> list[str]:
    store = HistoryRepository(database)
    account = store.open(1, MembershipRef(3, "4611686018429000001"), START)
    told = Event(seq=1, n=0, at=START, since=START, kind="locked", item=ITEM, hash=HASH, name="Sable Verdict")
    store.append(account, NewObservation(seq=1, at=START, since=START, delta=b"", keyframe=b"k", events=[told]))
    seen: list[tuple[str, object]] = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def watch(_c: object, _cursor: object, statement: str, parameters: object, _context: object, _many: bool) -> None:
        seen.append((statement, parameters))

    assert asked(store, account.id)
    with database.engine.connect() as connection:
        return [
            row[3]
            for statement, parameters in list(seen)
            if statement.lstrip().startswith("SELECT")
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]  # as it was sent
        ]


@pytest.mark.parametrize("name", FOUND_AT_ONCE)
def test_only_what_was_asked_for_is_read(name: str, database: Database) -> None:
    plans = plans_of(database, FOUND_AT_ONCE[name])
    assert any("history_events" in each for each in plans)
    assert not {*WALKS, BY_KIND} & set(plans)
    database.close()


@pytest.mark.parametrize("name", COUNTED)
def test_a_count_never_looks_each_event_up(name: str, database: Database) -> None:
    counted = COUNTED[name]
    plans = plans_of(database, lambda store, id: [counted(store, id)])
    assert any("history_events" in each for each in plans)
    assert BY_KIND not in plans
    database.close()
