"""What is said of the board's inputs by several at once, in both databases."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from vaultraider.database.board import BoardInputRepository, BoardInputRow
from vaultraider.database.engine import Database
from vaultraider.domain.board_levels import Level

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HIGH = Level(above=3.0, hysteresis=0.1)


def test_two_who_say_something_of_an_input_for_the_first_time(database: Database) -> None:
    store = BoardInputRepository(database)
    with ThreadPoolExecutor(1) as pool:
        with database.transaction() as session:
            session.add(BoardInputRow(channel=0, name="Boiler"))
            session.flush()
            other = pool.submit(store.save, 0, level=HIGH, now=NOW)
            time.sleep(0.3)  # until it waits for us, as a rule; the outcome is the same without
        said = other.result()
    assert (said.name, said.level) == ("Boiler", HIGH)
    assert store.all() == {0: said}


def test_what_is_left_out_stays(database: Database) -> None:
    store = BoardInputRepository(database)
    store.save(0, name="Boiler", level=HIGH, now=NOW)
    assert store.save(0, name="Kettle", now=NOW).level == HIGH
    said = store.save(0, level=None, now=NOW)
    assert (said.name, said.level, said.revision) == ("Kettle", None, 3)
