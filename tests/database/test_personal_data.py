"""Deleting a person takes every row of theirs, in every table there is or will be, and nobody else's."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Column, Table, func, insert, select

from vaultraider.database import schema
from vaultraider.database.engine import Database, UtcDateTime
from vaultraider.database.personal_data import KINDS, MARK, PersonalDataRepository, personal_tables
from vaultraider.database.users import UserRepository

NOW = datetime(2026, 11, 17, tzinfo=UTC)
ABOUT_SOMEBODY = re.compile(r"(^|_)(user|person|owner|bungie|membership|account)(_id|$)|_by$|^player")
MARROW, ILSE = "17429800", "17429802"


def test_every_foreign_key_to_a_person_is_marked() -> None:
    for table in schema.metadata().sorted_tables:
        for column in table.columns:
            if any(key.target_fullname == "users.id" for key in column.foreign_keys):
                assert column.info.get(MARK) == "user", f"{column} points at a person: mark it info={{'person': 'user'}}"


def test_every_table_that_names_people_is_purged() -> None:
    """A new table must say which of its columns is about whom, or call its columns by names that are about nobody."""
    for table in schema.metadata().sorted_tables:
        if table not in personal_tables():
            suspects = [column.name for column in table.columns if ABOUT_SOMEBODY.search(column.name)]
            assert not suspects, f"{table.name} has {suspects}, but 'Delete my data' would leave them: see personal_data.py"


def test_the_marks_are_known_ones() -> None:
    marks = {column.info[MARK] for table in personal_tables() for column in table.columns if MARK in column.info}
    assert marks <= set(KINDS)


@pytest.fixture
def people(database: Database) -> dict[str, int]:
    users = UserRepository(database)
    return {who: users.welcome(who, who, admin=False, now=NOW).id for who in (MARROW, ILSE)}


def row_about(table: Table, user_id: int, bungie_id: str) -> dict[str, Any]:
    """Some row of this table that is about this person."""
    about = {"user": user_id, "bungie": bungie_id, "membership": f"46{bungie_id}", "actor": f"user {user_id}", "history": user_id}
    return {
        column.name: about[column.info[MARK]] if MARK in column.info else filler(column, user_id)
        for column in table.columns
        if not (column.primary_key and column.autoincrement is True) and not _numbers_itself(column)
    }


def filler(column: Column[Any], user_id: int) -> Any:
    if isinstance(column.type, UtcDateTime):
        return NOW
    kind = column.type.python_type
    if column.name == "id" and kind is str:
        return f"46{MARROW if user_id == 1 else ILSE}"
    values = {str: f"x{user_id}", bytes: b"x", int: user_id, float: 1.0, bool: False, date: NOW.date()}
    return values[kind]


def _numbers_itself(column: Column[Any]) -> bool:
    alone = column.primary_key and len(column.table.primary_key) == 1
    return alone and column.type.python_type is int and MARK not in column.info and column.autoincrement is not False


def count(database: Database, table: Table) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_purge_takes_every_row_of_one_person_and_none_of_another(database: Database, people: dict[str, int]) -> None:
    for who, number in people.items():
        with database.transaction() as session:
            for table in personal_tables():
                if table.name != "users":
                    session.execute(insert(table).values(row_about(table, number, who)))
    deleted = PersonalDataRepository(database).purge(people[MARROW], MARROW)
    assert set(deleted) == {table.name for table in personal_tables()}
    for table in personal_tables():
        assert (table.name, deleted[table.name], count(database, table)) == (table.name, 1, 1)
    users = UserRepository(database)
    assert (users.get(people[MARROW]), users.get(people[ILSE]) is not None) == (None, True)


def test_a_persons_number_is_never_given_again(database: Database, people: dict[str, int]) -> None:
    """What is still in some process's memory about a deleted person must not meet the next one."""
    PersonalDataRepository(database).purge(people[ILSE], ILSE)
    assert UserRepository(database).welcome(ILSE, "Ilse", admin=False, now=NOW).id > people[ILSE]
