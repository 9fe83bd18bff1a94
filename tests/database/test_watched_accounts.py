"""Who is watched, whose turn it is, and pauses that all share: on both databases."""

from __future__ import annotations

import threading
from datetime import timedelta

import msgspec
import pytest
from tests.clocks import START

from vaultraider.database.engine import Database
from vaultraider.database.users import UserRepository
from vaultraider.database.watch_pauses import UnknownHashRepository, WatchPauseRepository
from vaultraider.database.watched_accounts import WatchedAccountRepository
from vaultraider.domain.people import DestinyAccount
from vaultraider.ports import MembershipRef, Pause, WatchedAccount

MINUTE = timedelta(minutes=1)
ONE, TWO = MembershipRef(3, "1"), MembershipRef(3, "2")


@pytest.fixture
def store(database: Database) -> WatchedAccountRepository:
    users = UserRepository(database)
    for number, ref in enumerate((ONE, TWO), 1):
        user = users.welcome(str(number), f"Guest {number}", admin=False, now=START)
        users.save_accounts(user.id, [DestinyAccount(type=ref.type, id=ref.id, name=user.name)])
    return WatchedAccountRepository(database)


def first(store: WatchedAccountRepository) -> WatchedAccount:
    found = store.most_overdue(START + MINUTE)
    assert found is not None
    return found


def test_new_accounts_are_spread_and_added_once(store: WatchedAccountRepository) -> None:
    assert store.enrol(START, apart=2) == 2
    assert store.enrol(START, apart=2) == 0
    assert [store.of(number)[0].due - START for number in (1, 2)] == [timedelta(0), timedelta(seconds=2)]
    assert store.soonest(START) == START
    assert store.most_overdue(START - MINUTE) is None


def test_a_turn_is_taken_once_by_however_many(store: WatchedAccountRepository) -> None:
    store.enrol(START, apart=0)
    account, start = first(store), threading.Barrier(4)
    taken: list[WatchedAccount] = []

    def take() -> None:
        start.wait()
        mine = store.claim(account, now=START, until=START + MINUTE)
        if mine is not None:
            taken.append(mine)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [each.turn for each in taken] == [1]


def test_what_is_being_read_is_nobody_elses_until_its_time_is_up(store: WatchedAccountRepository) -> None:
    store.enrol(START, apart=0)
    mine = store.claim(first(store), now=START, until=START + MINUTE)
    assert mine is not None
    fresh = store.get(1, ONE)
    assert fresh is not None
    assert store.claim(fresh, now=START, until=START + MINUTE) is None
    assert first(store).user.id in (1, 2)
    assert [each.user.id for each in [store.most_overdue(START)] if each] == [2]
    over = store.claim(fresh, now=START + MINUTE, until=START + 2 * MINUTE)
    assert over is not None
    assert not store.settle(mine, due=START, failures=3, trouble="late")
    assert store.settle(over, due=START + MINUTE, failures=0, trouble="")


def test_a_turn_of_a_clock_that_was_turned_back_holds_nobody_up(store: WatchedAccountRepository) -> None:
    store.enrol(START, apart=0)
    ahead = START + timedelta(days=3)
    mine = store.claim(first(store), now=ahead, until=ahead + MINUTE)
    assert mine is not None
    assert store.claim(mine, now=START, until=START + MINUTE) is not None
    store.settle(msgspec.structs.replace(mine, turn=2), due=ahead, failures=0, trouble="")
    found = store.most_overdue(START - MINUTE)
    assert found is not None
    assert found.user.id == 1


def test_a_page_only_ever_brings_the_next_read_nearer(store: WatchedAccountRepository) -> None:
    store.enrol(START, apart=0)
    store.attend(1, ONE, now=START, due=START + MINUTE)
    assert store.of(1)[0].due == START
    store.attend(1, ONE, now=START, due=START - MINUTE)
    assert (store.of(1)[0].due, store.of(1)[0].habits.looked) == (START - MINUTE, START)
    store.attend(9, ONE, now=START, due=START)


def test_nothing_is_written_of_somebody_who_is_not_there(store: WatchedAccountRepository) -> None:
    store.played(99, ONE, START, read=START)
    store.save_alarms(99, ONE, {})
    store.end(99)
    assert store.of(99) == []
    assert store.alarms(99, ONE) == {}


def test_a_lapse_ends_and_a_sign_in_begins_again(store: WatchedAccountRepository, database: Database) -> None:
    users = UserRepository(database)
    store.enrol(START, apart=0)
    assert store.lapsed() == []
    users.mark_sign_in(1, "ended")
    assert [(each.user.id, each.signed_in) for each in store.lapsed()] == [(1, START)]
    assert [each.user.id for each in [store.most_overdue(START)] if each] == [2]
    store.end(1)
    assert store.lapsed() == []
    users.welcome("1", "Guest 1", admin=False, now=START + MINUTE)
    store.enrol(START + 2 * MINUTE, apart=0)
    assert (store.of(1)[0].ended, store.of(1)[0].due) == (False, START + 2 * MINUTE)
    users.mark_sign_in(1, "ended")
    assert [each.signed_in for each in store.lapsed()] == [START + MINUTE]


def test_a_pause_is_changed_by_one_at_a_time(database: Database) -> None:
    pauses = WatchPauseRepository(database)
    nothing = pauses.load("bungie")
    one = Pause(failures=1, until=START, for_pages=START, code="bungie-maintenance", sentence="Down.")
    assert nothing == Pause()
    assert pauses.swap("bungie", nothing, one)
    assert not pauses.swap("bungie", nothing, Pause(failures=9))
    assert pauses.load("bungie") == one
    assert pauses.swap("bungie", one, Pause())
    assert not pauses.swap("bungie", one, Pause(failures=2))
    assert pauses.swap("bungie", Pause(), one)
    assert pauses.load("other") == Pause()


def test_unknown_hashes_are_remembered_for_one_version(database: Database) -> None:
    unknown = UnknownHashRepository(database)
    unknown.remember("en-1", [1, 4294967295], START)
    unknown.remember("en-1", [1, 2], START)
    assert unknown.known("en-1") == {1, 2, 4294967295}
    unknown.remember("en-2", [3], START)
    assert (unknown.known("en-1"), unknown.known("en-2")) == (frozenset(), {3})
