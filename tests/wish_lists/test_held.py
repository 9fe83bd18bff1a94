"""How many wish lists stay in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.clocks import START, HandClock
from tests.search.cast import profile, weapon

from vaultraider.database import schema
from vaultraider.database.engine import Database
from vaultraider.database.users import UserRepository
from vaultraider.database.wish_lists import WishListRepository
from vaultraider.domain.wish_lists import parse_list
from vaultraider.ports.wish_lists import NewList, WishListRecord
from vaultraider.services.wish_lists.facts import facts_of
from vaultraider.services.wish_lists.held import HeldWishes


def text_of(first: int, rolls: int) -> bytes:
    return "\n".join(f"dimwishlist:item={first + number}&perks=1" for number in range(rolls)).encode()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{(tmp_path / 'held.sqlite3').as_posix()}")
    schema.metadata().create_all(database.engine)
    yield database
    database.close()


class House:
    def __init__(self, database: Database, rolls_kept: int) -> None:
        self.store = WishListRepository(database)
        self.people = UserRepository(database)
        self.held = HeldWishes(self.store, HandClock(), rolls_kept=rolls_kept)
        self.vault = profile([weapon("Ada")])

    def with_list(self, name: str, text: bytes) -> int:
        person = self.people.welcome(name, name, admin=False, now=START).id
        added = self.store.add(person, NewList(kind="upload"), START, text, facts_of(text, parse_list(text.decode())))
        assert isinstance(added, WishListRecord)
        return person

    def said_to(self, person: int) -> frozenset[int]:
        return self.held.view(person, self.vault).wishable

    def in_memory(self, people: list[int]) -> list[int]:
        return [person for person in people if person in self.held]


def test_whoever_was_not_looked_at_longest_makes_room(database: Database) -> None:
    house = House(database, rolls_kept=25)
    people = [house.with_list(str(number), text_of(1 + 100 * number, 10)) for number in range(3)]
    assert [len(house.said_to(person)) for person in (*people[:2], people[0], people[2])] == [10, 10, 10, 10]
    assert house.in_memory(people) == [people[0], people[2]]
    assert len(house.said_to(people[1])) == 10


def test_a_list_that_several_have_counts_once(database: Database) -> None:
    house = House(database, rolls_kept=25)
    people = [house.with_list(str(number), text_of(1, 10)) for number in range(6)]
    for person in people:
        house.said_to(person)
    assert house.in_memory(people) == people


def test_whoever_has_more_than_stays_is_told_all_of_it(database: Database) -> None:
    house = House(database, rolls_kept=25)
    assert len(house.said_to(house.with_list("Marrow", text_of(1, 60)))) == 60
