"""What is in memory of tags and notes: one object until something changes, whoever changed it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.clocks import HandClock

from vaultraider.database import schema
from vaultraider.database.annotations import AnnotationRepository
from vaultraider.database.engine import Database
from vaultraider.database.users import UserRepository
from vaultraider.domain.annotations import Annotation
from vaultraider.domain.people import User
from vaultraider.ports import MembershipRef
from vaultraider.services.annotations import HeldAnnotations

NOW = datetime(2026, 11, 17, 17, tzinfo=UTC)
ACCOUNT = MembershipRef(3, "46")
KEEP, JUNK = Annotation("keep"), Annotation("junk")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{(tmp_path / 'test.sqlite3').as_posix()}")
    schema.metadata().create_all(database.engine)
    yield database
    database.close()


@pytest.fixture
def marrow(database: Database) -> User:
    return UserRepository(database).welcome("17429800", "Marrow#4417", admin=True, now=NOW)


def say(database: Database, user: User, said: Annotation) -> None:
    AnnotationRepository(database).change(user.id, ACCOUNT, {"1": 0}, lambda key, before: said, "you", NOW)


def test_one_object_until_something_changes(database: Database, marrow: User) -> None:
    held = HeldAnnotations(AnnotationRepository(database), HandClock(NOW))
    nothing = held.of(marrow.id, ACCOUNT)
    assert held.of(marrow.id, ACCOUNT) is nothing
    say(database, marrow, KEEP)
    held.changed(marrow.id)
    kept = held.of(marrow.id, ACCOUNT)
    assert (nothing, kept) == ({}, {"1": KEEP})
    say(database, marrow, KEEP)  # says nothing new
    held.changed(marrow.id)
    assert held.of(marrow.id, ACCOUNT) is kept


def test_another_process_is_half_a_second_behind(database: Database, marrow: User) -> None:
    clock = HandClock(NOW)
    held = HeldAnnotations(AnnotationRepository(database), clock)
    assert held.of(marrow.id, ACCOUNT) == {}
    say(database, marrow, KEEP)
    assert held.of(marrow.id, ACCOUNT) == {}
    clock.pass_time(0.5)
    assert held.of(marrow.id, ACCOUNT) == {"1": KEEP}
    say(database, marrow, JUNK)
    clock.pass_time(-3600)  # somebody turned the clock back
    assert held.of(marrow.id, ACCOUNT) == {"1": JUNK}


def test_those_not_asked_for_longest_make_room(database: Database, marrow: User) -> None:
    held = HeldAnnotations(AnnotationRepository(database), HandClock(NOW), kept=1)
    say(database, marrow, KEEP)
    first = held.of(marrow.id, ACCOUNT)
    assert held.of(99, ACCOUNT) == {}
    again = held.of(marrow.id, ACCOUNT)
    assert again == first and again is not first
    held.forget(marrow)
    assert held.of(marrow.id, ACCOUNT) is not again


def test_no_reader_brings_back_what_is_older(database: Database, marrow: User) -> None:
    held = HeldAnnotations(AnnotationRepository(database), HandClock(NOW))
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            held.of(marrow.id, ACCOUNT)

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(look) for _ in range(2)]
        try:
            for number in range(30):
                say(database, marrow, Annotation("", str(number)))
                held.changed(marrow.id)
                assert held.of(marrow.id, ACCOUNT)["1"].notes == str(number)
        finally:
            stop.set()
    assert all(each.exception() is None for each in readers)
