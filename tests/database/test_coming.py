"""When items came, asked of the memory on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.clocks import START

from vaultraider.database.engine import Database
from vaultraider.database.history import HistoryRepository
from vaultraider.database.users import UserRepository
from vaultraider.domain.history.events import Event, EventKind
from vaultraider.ports import MembershipRef
from vaultraider.ports.history import HistoryAccount, NewObservation

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MARROW, TERN = MembershipRef(3, "4611686018429000001"), MembershipRef(2, "4611686018429000002")
ASKED = ["new", "old", "late", "theirs", "never", "'; drop", ""]


class Memory:
    """One account's. Events are told as "item kind", in their order."""

    def __init__(self, store: HistoryRepository, account: HistoryAccount) -> None:
        self.store = store
        self.id = account.id
        self._account = account
        self._seq = 0

    def saw(self, after: timedelta, *events: tuple[str, EventKind]) -> None:
        self._seq += 1
        at = START + after
        told = [
            Event(seq=self._seq, n=n, at=at, since=at, kind=kind, item=item, hash=7, name="Sable Verdict")
            for n, (item, kind) in enumerate(events)
        ]
        keyframe = b"k" if self._seq == 1 else None
        assert self.store.append(
            self._account, NewObservation(seq=self._seq, at=at, since=at, delta=b"d", keyframe=keyframe, events=told)
        )

    def found(self, *items: str) -> dict[str, timedelta]:
        return {item: at - START for item, at in self.store.found(self.id, items or ASKED).items()}


@pytest.fixture
def store(database: Database) -> HistoryRepository:
    for bungie_id, name in (("17429800", "Marrow"), ("17429802", "Tern")):
        UserRepository(database).welcome(bungie_id, name, admin=False, now=START)
    return HistoryRepository(database)


def test_the_first_event_tells(store: HistoryRepository) -> None:
    """What was there before, and went and came again, has no such day."""
    marrow, tern = Memory(store, store.open(1, MARROW, START)), Memory(store, store.open(2, TERN, START))
    marrow.saw(timedelta(0), ("new", "acquired"), ("old", "moved"))
    marrow.saw(HOUR, ("old", "acquired"), ("new", "lost"), ("late", "locked"), ("late", "acquired"), ("", "acquired"))
    marrow.saw(DAY, ("new", "acquired"), ("gone", "acquired"))
    tern.saw(HOUR, ("new", "acquired"), ("theirs", "acquired"))
    assert marrow.found() == {"new": timedelta(0), "late": HOUR, "": HOUR}
    assert tern.found() == {"new": HOUR, "theirs": HOUR}
    assert store.found(marrow.id, []) == {}


def test_more_items_than_one_query_asks_about(store: HistoryRepository) -> None:
    marrow = Memory(store, store.open(1, MARROW, START))
    marrow.saw(DAY, ("first", "acquired"), ("last", "acquired"))
    assert marrow.found("first", *[f"nobody {number}" for number in range(4500)], "last") == {"first": DAY, "last": DAY}
