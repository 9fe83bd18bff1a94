"""Tags and notes on both databases: versions, two at once, room for more, what is carried over; searches and loadouts."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from vaultraider.database import annotation_writing, imported_loadouts, searches
from vaultraider.database.annotations import AnnotationRepository
from vaultraider.database.engine import Database
from vaultraider.database.imported_loadouts import ImportedLoadoutRepository
from vaultraider.database.searches import SearchRepository
from vaultraider.database.users import UserRepository
from vaultraider.domain.annotations import NOTHING, Annotation, Tag
from vaultraider.ports import MembershipRef
from vaultraider.ports.annotations import Change
from vaultraider.ports.imported_loadouts import ImportedLoadout, TakenLoadouts
from vaultraider.ports.searches import KeptSearch

NOW = datetime(2026, 11, 17, 17, tzinfo=UTC)
ACCOUNT, OTHER = MembershipRef(3, "4611686018467000101"), MembershipRef(1, "4611686018467000101")
KEEP, JUNK = Annotation("keep"), Annotation("junk", "#old")


@pytest.fixture
def marrow(database: Database) -> int:
    return UserRepository(database).welcome("17429800", "Marrow#4417", admin=True, now=NOW).id


@pytest.fixture
def ilse(database: Database) -> int:
    return UserRepository(database).welcome("17429802", "Ilse#0077", admin=False, now=NOW).id


@pytest.fixture
def store(database: Database) -> AnnotationRepository:
    return AnnotationRepository(database)


def say(store: AnnotationRepository, user: int, said: Annotation, *keys: str, account: MembershipRef = ACCOUNT) -> Change:
    change = store.change(user, account, dict.fromkeys(keys, 0), lambda key, before: said, "you", NOW)
    assert isinstance(change, Change)
    return change


def said(store: AnnotationRepository, user: int, account: MembershipRef = ACCOUNT) -> dict[str, Annotation]:
    return {key: each.said for key, each in store.of(user, account).items()}


def test_a_change_and_its_versions(store: AnnotationRepository, marrow: int) -> None:
    assert (store.mark(marrow, ACCOUNT), store.of(marrow, ACCOUNT)) == (0, {})
    assert say(store, marrow, KEEP, "1", "2").number == 1
    assert say(store, marrow, JUNK, "2", "3").number == 2
    assert say(store, marrow, JUNK, "3").number == 0
    assert said(store, marrow) == {"1": KEEP, "2": JUNK, "3": JUNK}
    change = store.get_change(marrow, ACCOUNT, 2)
    assert change is not None and [(each.key, each.before, each.after) for each in change.versions] == [
        ("2", KEEP, JUNK),
        ("3", NOTHING, JUNK),
    ]
    assert [each.said for each in store.versions(marrow, ACCOUNT, "2")] == [JUNK, KEEP]
    assert store.mark(marrow, ACCOUNT) == 2


def test_accounts_and_people_are_apart(store: AnnotationRepository, marrow: int, ilse: int) -> None:
    say(store, marrow, KEEP, "1")
    say(store, marrow, JUNK, "1", account=OTHER)
    assert (said(store, marrow), said(store, marrow, OTHER), said(store, ilse)) == ({"1": KEEP}, {"1": JUNK}, {})
    assert (store.get_change(ilse, ACCOUNT, 1), store.versions(ilse, ACCOUNT, "1")) == (None, [])
    store.save_tag(marrow, Tag("raid", "Raid"), NOW)
    assert (store.tags(ilse), store.drop_tag(ilse, "raid", NOW)) == ([], None)


def test_what_an_edit_raises_changes_nothing(store: AnnotationRepository, marrow: int) -> None:
    def edit(key: str, before: Annotation) -> Annotation:
        if key == "2":
            raise ValueError
        return KEEP

    with pytest.raises(ValueError):
        store.change(marrow, ACCOUNT, {"1": 0, "2": 0}, edit, "you", NOW)
    assert (said(store, marrow), store.mark(marrow, ACCOUNT)) == ({}, 0)


def test_of_two_at_once_neither_is_lost(store: AnnotationRepository, marrow: int) -> None:
    at_once = threading.Barrier(8)

    def add(number: int) -> None:
        at_once.wait(10)
        store.change(
            marrow, ACCOUNT, {"1": 0}, lambda key, before: Annotation("", f"{before.notes} #{number}".strip()), "you", NOW
        )

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(8)))
    assert set(said(store, marrow)["1"].notes.split()) == {f"#{number}" for number in range(8)}
    assert len(store.versions(marrow, ACCOUNT, "1")) == 8


def test_a_deleted_person_says_nothing(store: AnnotationRepository) -> None:
    assert store.change(99, ACCOUNT, {"1": 0}, lambda key, before: KEEP, "you", NOW) == "gone"
    assert (store.save_tag(99, Tag("a", "A"), NOW), store.drop_tag(99, "a", NOW)) == ("gone", None)


def test_only_so_many_versions_are_kept(store: AnnotationRepository, marrow: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotation_writing, "MOST_VERSIONS", 3)
    for number in range(6):
        say(store, marrow, Annotation("", f"note {number}"), "1")
        say(store, marrow, Annotation("", f"other {number}"), "2") if number < 2 else None
    assert [each.said.notes for each in store.versions(marrow, ACCOUNT, "1")] == ["note 5", "note 4", "note 3"]
    assert len(store.versions(marrow, ACCOUNT, "2")) == 2


def test_an_account_keeps_only_so_many_versions(
    store: AnnotationRepository, marrow: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotation_writing, "MOST_VERSIONS_OF_ALL", 7)
    monkeypatch.setattr(annotation_writing, "COUNT_EVERY", 1)
    for number in range(5):
        say(store, marrow, Annotation("", f"note {number}"), "1", "2", f"gone {number}")
    assert [each.said.notes for each in store.versions(marrow, ACCOUNT, "1")] == ["note 4", "note 3"]
    assert [number for number in range(1, 6) if store.get_change(marrow, ACCOUNT, number)] == [4, 5]
    say(store, marrow, KEEP, *[str(number) for number in range(9)])
    assert [number for number in range(1, 7) if store.get_change(marrow, ACCOUNT, number)] == [6]
    assert len(store.of(marrow, ACCOUNT)) == 9 + 5


def test_what_is_away_makes_room(store: AnnotationRepository, marrow: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotation_writing, "MOST_ITEMS", 3)
    say(store, marrow, KEEP, "1", "2", "3")
    assert store.change(marrow, ACCOUNT, {"4": 0}, lambda key, before: KEEP, "you", NOW) == "full"
    store.settle(marrow, ACCOUNT, NOW, moved={}, gone={"1"}, back=())
    store.settle(marrow, ACCOUNT, NOW + timedelta(days=1), moved={}, gone={"2"}, back=())
    say(store, marrow, KEEP, "4")
    assert (set(said(store, marrow)), set(store.away(marrow, ACCOUNT))) == ({"3", "4"}, {"2"})
    assert len(store.versions(marrow, ACCOUNT, "1")) == 1


def test_no_room_is_made_of_what_is_changed(store: AnnotationRepository, marrow: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotation_writing, "MOST_ITEMS", 3)
    say(store, marrow, KEEP, "1", "2", "3")
    store.settle(marrow, ACCOUNT, NOW, moved={}, gone={"1"}, back=())
    store.settle(marrow, ACCOUNT, NOW + timedelta(days=1), moved={}, gone={"2"}, back=())
    say(store, marrow, JUNK, "1", "4")
    assert (said(store, marrow), store.away(marrow, ACCOUNT)) == ({"1": JUNK, "3": KEEP, "4": JUNK}, {})
    store.settle(marrow, ACCOUNT, NOW, moved={}, gone={"1"}, back=())
    assert store.change(marrow, ACCOUNT, {"1": 0, "5": 0}, lambda key, before: KEEP, "you", NOW) == "full"


def test_what_somebody_speaks_of_is_there(store: AnnotationRepository, marrow: int) -> None:
    say(store, marrow, KEEP, "1")
    store.settle(marrow, ACCOUNT, NOW, moved={}, gone={"1"}, back=())
    mark = store.mark(marrow, ACCOUNT)
    assert say(store, marrow, KEEP, "1").number == 0
    assert (said(store, marrow), store.mark(marrow, ACCOUNT) > mark) == ({"1": KEEP}, True)


def test_carrying_over(store: AnnotationRepository, marrow: int) -> None:
    say(store, marrow, KEEP, "1", "2")
    say(store, marrow, NOTHING, "2")
    store.settle(marrow, ACCOUNT, NOW, moved={"1": "2"}, gone=(), back=())  # "2" has a version in the same change
    assert said(store, marrow) == {"2": KEEP}
    assert len(store.versions(marrow, ACCOUNT, "2")) == 2


def test_dropping_a_tag(store: AnnotationRepository, marrow: int, ilse: int) -> None:
    for user in (marrow, ilse):
        store.save_tag(user, Tag("raid", "Raid"), NOW)
    say(store, ilse, Annotation("raid"), "9")
    say(store, marrow, Annotation("raid", "#a"), "1", "2")
    say(store, marrow, Annotation("raid"), "1", account=OTHER)
    store.settle(marrow, ACCOUNT, NOW, moved={}, gone={"2"}, back=())
    assert store.drop_tag(marrow, "raid", NOW) == 2
    assert (said(store, marrow), said(store, marrow, OTHER), store.tags(marrow)) == ({"1": Annotation("", "#a")}, {}, [])
    assert store.away(marrow, ACCOUNT)["2"].said == Annotation("", "#a")
    assert store.versions(marrow, ACCOUNT, "1")[0].said == Annotation("", "#a")
    assert (said(store, ilse), store.tags(ilse)) == ({"9": Annotation("raid")}, [Tag("raid", "Raid")])


def test_many_items_at_once(store: AnnotationRepository, marrow: int) -> None:
    keys = [str(number) for number in range(3000)]
    assert len(say(store, marrow, JUNK, *keys).versions) == 3000
    assert len(say(store, marrow, NOTHING, *keys).versions) == 3000
    assert said(store, marrow) == {}


def test_searches(database: Database, marrow: int, monkeypatch: pytest.MonkeyPatch) -> None:
    store = SearchRepository(database)
    monkeypatch.setattr(searches, "MOST_SAVED", 2)
    monkeypatch.setattr(searches, "MOST_RECENT", 2)
    for number, query in enumerate(("a", "b", "c", "b")):
        store.used(marrow, query, NOW + timedelta(minutes=number))
    assert {(each.query, each.uses) for each in store.of(marrow)} == {("c", 1), ("b", 2)}
    assert isinstance(store.save(marrow, "x" * 2048, NOW, saved=True), KeptSearch)
    assert isinstance(store.save(marrow, "c", NOW, name="C", saved=True), KeptSearch)
    assert store.save(marrow, "d", NOW, saved=True) == "full"
    more = [KeptSearch(query=query, saved=query == "e", last=NOW - timedelta(days=1)) for query in ("b", "e", "f", "f")]
    assert (store.take_in(marrow, more, check=True), store.take_in(marrow, more)) == (1, 1)
    assert {each.query for each in store.of(marrow)} == {"b", "c", "f", "x" * 2048}
    assert (store.drop(marrow, "f"), store.drop(marrow, "f"), store.used(99, "a", NOW)) == (True, False, None)


def test_imported_loadouts(database: Database, marrow: int, monkeypatch: pytest.MonkeyPatch) -> None:
    store = ImportedLoadoutRepository(database)
    monkeypatch.setattr(imported_loadouts, "MOST_LOADOUTS", 2)
    three = [ImportedLoadout(id, "46", b"{}") for id in ("a", "b", "c")]
    assert (store.keep(marrow, three, NOW, check=True), store.of(marrow)) == (TakenLoadouts(2, 1), [])
    assert (store.keep(marrow, three, NOW), [each.id for each in store.of(marrow)]) == (TakenLoadouts(2, 1), ["a", "b"])
    assert store.keep(marrow, [ImportedLoadout("a", "46", b"[]"), three[1]], NOW) == TakenLoadouts(1)
    assert [each.entry for each in store.of(marrow)] == [b"[]", b"{}"]
    assert store.keep(99, three, NOW) == TakenLoadouts()


def test_imported_loadouts_together_are_no_larger_than_may_be(
    database: Database, marrow: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ImportedLoadoutRepository(database)
    monkeypatch.setattr(imported_loadouts, "MOST_BYTES", 10)
    a, b, c = (ImportedLoadout(id, "46", b"12345") for id in "abc")
    assert store.keep(marrow, [a, b, c], NOW) == TakenLoadouts(2, 1)
    longer, shorter = ImportedLoadout("a", "46", b"123456"), ImportedLoadout("b", "46", b"1234")
    assert store.keep(marrow, [longer, shorter], NOW) == TakenLoadouts(1, 1)
    assert store.keep(marrow, [longer], NOW) == TakenLoadouts(1)
    assert [each.entry for each in store.of(marrow)] == [b"123456", b"1234"]
