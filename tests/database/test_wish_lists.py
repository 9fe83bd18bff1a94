"""Wish lists on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from vaultraider.database.engine import Database
from vaultraider.database.personal_data import PersonalDataRepository
from vaultraider.database.users import UserRepository
from vaultraider.database.wish_lists import WishListRepository
from vaultraider.domain.wish_lists.limits import MOST_BYTES_OF_ALL, MOST_LISTS, MOST_ROLLS_OF_ALL
from vaultraider.ports.wish_lists import Facts, ListMark, NewList, WishListRecord

NOW = datetime(2026, 11, 17, 17, tzinfo=UTC)
DAY = timedelta(days=1)
BY_ADDRESS = NewList(kind="url", url="https://lists.example/a.txt")


@pytest.fixture
def marrow(database: Database) -> int:
    return UserRepository(database).welcome("17429800", "Marrow#4417", admin=True, now=NOW).id


@pytest.fixture
def ilse(database: Database, marrow: int) -> int:
    return UserRepository(database).welcome("17429802", "Ilse#77", admin=False, now=NOW).id


@pytest.fixture
def lists(database: Database) -> WishListRepository:
    return WishListRepository(database)


def facts(digest: str, size: int = 10) -> Facts:
    return Facts(digest=digest, size=size, title="T", rolls=2, trash=1)


def added(lists: WishListRepository, user: int, new: NewList, text: bytes = b"text", digest: str = "d") -> WishListRecord:
    record = lists.add(user, new, NOW, text, facts(digest))
    assert isinstance(record, WishListRecord)
    return record


def test_what_is_added_is_there_and_nobody_else_s(lists: WishListRepository, marrow: int, ilse: int) -> None:
    upload = added(lists, marrow, NewList(kind="upload", name="Mine"), b"\x00\xff" * 1000)
    assert lists.of(marrow) == [upload]
    assert lists.get(marrow, upload.id) == upload
    assert lists.text(marrow, upload.id) == b"\x00\xff" * 1000
    assert (upload.name, upload.facts, upload.on, upload.next) == ("Mine", facts("d"), True, None)
    assert lists.marks(marrow) == (ListMark(upload.id, "d", "Mine"),)
    assert (lists.of(ilse), lists.get(ilse, upload.id), lists.text(ilse, upload.id), lists.marks(ilse)) == ([], None, None, ())
    assert lists.change(ilse, upload.id, name="x", on=None, place=None) is None
    assert lists.remove(ilse, upload.id) is False
    assert lists.replace(ilse, upload.id, b"x", facts("x"), instead_of="d") == "gone"
    lists.failed(ilse, upload.id, NOW, NOW, "No.")
    assert lists.of(marrow) == [upload]


def test_an_address_is_due_until_it_was_heard(lists: WishListRepository, marrow: int) -> None:
    record = lists.add(marrow, BY_ADDRESS, NOW)
    assert isinstance(record, WishListRecord)
    assert (record.facts, lists.marks(marrow), lists.text(marrow, record.id)) == (Facts(), (), None)
    assert lists.due(NOW) == [(marrow, record.id)]
    assert lists.due(NOW - DAY) == []
    assert lists.fetched(marrow, record.id, NOW, NOW + DAY, "tag", "stamp", b"text", facts("one")) is None
    heard = lists.get(marrow, record.id)
    assert heard is not None
    assert (heard.etag, heard.modified, heard.read, heard.next, heard.facts) == ("tag", "stamp", NOW, NOW + DAY, facts("one"))
    assert (lists.due(NOW), lists.due(NOW + DAY)) == ([], [(marrow, record.id)])
    lists.change(marrow, record.id, name=None, on=False, place=None)
    assert (lists.due(NOW + DAY), lists.marks(marrow)) == ([], ())


def test_a_failure_leaves_what_is_there_and_a_success_forgets_it(lists: WishListRepository, marrow: int) -> None:
    record = lists.add(marrow, BY_ADDRESS, NOW)
    assert isinstance(record, WishListRecord)
    lists.fetched(marrow, record.id, NOW, NOW + DAY, "", "", b"text", facts("one"))
    for times in (1, 2):
        lists.failed(marrow, record.id, NOW + DAY, NOW + 2 * DAY, "It is away.")
        failed = lists.get(marrow, record.id)
        assert failed is not None
        assert (failed.failed, failed.failure, failed.failures, failed.next) == (NOW + DAY, "It is away.", times, NOW + 2 * DAY)
        assert (failed.facts, failed.read, lists.text(marrow, record.id)) == (facts("one"), NOW, b"text")
    lists.fetched(marrow, record.id, NOW + 2 * DAY, NOW + 3 * DAY, "", "", None, None)
    again = lists.get(marrow, record.id)
    assert again is not None
    assert (again.failed, again.failure, again.failures, again.facts) == (None, "", 0, facts("one"))


def test_order(lists: WishListRepository, marrow: int) -> None:
    a, b, c = (added(lists, marrow, NewList(kind="upload", name=name), digest=name).id for name in "abc")
    own = added(lists, marrow, NewList(kind="own"), digest="o").id

    def order() -> list[int]:
        return [each.id for each in lists.of(marrow)]

    assert order() == [own, a, b, c]
    lists.change(marrow, c, name=None, on=None, place=1)
    assert order() == [own, c, a, b]
    lists.change(marrow, own, name=None, on=None, place=99)
    assert order() == [c, a, b, own]
    assert lists.remove(marrow, a)
    assert order() == [c, b, own]
    lists.change(marrow, own, name=None, on=None, place=1)
    assert order() == [c, own, b]
    assert [mark.digest for mark in lists.marks(marrow)] == ["c", "o", "b"]


def test_limits(lists: WishListRepository, marrow: int) -> None:
    first = lists.add(marrow, BY_ADDRESS, NOW)
    assert isinstance(first, WishListRecord)
    assert lists.add(marrow, BY_ADDRESS, NOW) == "same"
    half = facts("half", MOST_BYTES_OF_ALL // 2)
    assert isinstance(lists.add(marrow, NewList(kind="upload"), NOW, b"", half), WishListRecord)
    assert lists.add(marrow, NewList(kind="upload"), NOW, b"", facts("more", MOST_BYTES_OF_ALL // 2 + 1)) == "large"
    assert lists.fetched(marrow, first.id, NOW, NOW, "", "", b"", facts("more", MOST_BYTES_OF_ALL // 2 + 1)) == "large"
    rolls = Facts(digest="rolls", rolls=MOST_ROLLS_OF_ALL - 10, trash=8)
    assert lists.add(marrow, NewList(kind="upload"), NOW, b"", rolls) == "large"
    assert lists.fetched(marrow, first.id, NOW, NOW, "", "", b"", rolls) == "large"
    for number in range(MOST_LISTS - 2):
        assert isinstance(lists.add(marrow, NewList(kind="url", url=f"https://lists.example/{number}"), NOW), WishListRecord)
    assert lists.add(marrow, NewList(kind="upload"), NOW, b"", facts("x")) == "full"
    assert lists.add(4242, BY_ADDRESS, NOW) == "gone"


def test_a_text_is_replaced_only_by_who_knows_it(lists: WishListRepository, marrow: int) -> None:
    own = added(lists, marrow, NewList(kind="own"), b"one", "one")
    assert lists.own(marrow) == own
    assert lists.add(marrow, NewList(kind="own"), NOW, b"", facts("x")) == "same"
    assert lists.replace(marrow, own.id, b"two", facts("two"), instead_of="one") is None
    assert lists.replace(marrow, own.id, b"three", facts("three"), instead_of="one") == "gone"
    assert lists.text(marrow, own.id) == b"two"


def test_of_many_at_once_one_makes_the_own_list_and_none_is_lost(lists: WishListRepository, marrow: int) -> None:
    with ThreadPoolExecutor(6) as pool:
        own = [pool.submit(lists.add, marrow, NewList(kind="own"), NOW, b"", facts("o")) for _ in range(6)]
        urls = [pool.submit(lists.add, marrow, NewList(kind="url", url=f"https://lists.example/{n}"), NOW) for n in range(6)]
        outcomes = [done.result() for done in own]
        assert all(isinstance(done.result(), WishListRecord) for done in urls)
    assert sum(isinstance(outcome, WishListRecord) for outcome in outcomes) == 1
    assert len({each.id for each in lists.of(marrow)}) == 7


def test_a_number_is_never_given_twice(lists: WishListRepository, marrow: int) -> None:
    first = added(lists, marrow, NewList(kind="upload"))
    assert lists.remove(marrow, first.id)
    assert added(lists, marrow, NewList(kind="upload")).id > first.id


def test_a_deleted_person_takes_theirs_along(database: Database, lists: WishListRepository, marrow: int, ilse: int) -> None:
    mine, theirs = (added(lists, user, NewList(kind="upload")) for user in (marrow, ilse))
    PersonalDataRepository(database).purge(marrow, "17429800")
    assert (lists.of(marrow), lists.text(marrow, mine.id)) == ([], None)
    assert lists.of(ilse) == [theirs]
