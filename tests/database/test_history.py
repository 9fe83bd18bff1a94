"""The memory on disk, on both databases: whole or not at all, one after the other, and found again by what one asks for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import Mock

import msgspec
import pytest
from tests.clocks import START

from vaultraider.database.engine import Database
from vaultraider.database.history import HistoryRepository
from vaultraider.database.history_rows import SHOWN, HistoryAccountRow
from vaultraider.database.personal_data import PersonalDataRepository
from vaultraider.database.users import UserRepository
from vaultraider.domain.errors import Conflict, InvalidInput, NotFound, StorageFull
from vaultraider.domain.history.events import Event
from vaultraider.ports import MembershipRef
from vaultraider.ports.history import EventQuery, Figure, Gap, HistoryAccount, NewObservation

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MARROW, TERN = MembershipRef(3, "4611686018429000001"), MembershipRef(2, "4611686018429000002")
DAWN = START.replace(hour=0)
NOW = START + 7 * DAY


@pytest.fixture
def store(database: Database) -> HistoryRepository:
    users = UserRepository(database)
    for bungie_id, name in (("17429800", "Marrow"), ("17429802", "Tern")):
        users.welcome(bungie_id, name, admin=False, now=START)
    return HistoryRepository(database)


@pytest.fixture
def marrow(store: HistoryRepository) -> HistoryAccount:
    return store.open(1, MARROW, START)


def seen(seq: int, after: timedelta = timedelta(0), **more: Any) -> NewObservation:
    at = START + after
    given: dict[str, Any] = {"seq": seq, "at": at, "since": at - MINUTE, "delta": b"d%d" % seq} | more
    if seq == 1:
        given.setdefault("keyframe", b"k1")
    return NewObservation(**given)


def happened(seq: int, n: int = 0, kind: Any = "moved", **more: Any) -> Event:
    named = {"item": f"69175290{n}", "hash": 100 + n, "name": "Sable Verdict", "tier": "exotic", "item_kind": "hand_cannon"}
    return Event(**({"seq": seq, "n": n, "at": START, "since": START, "kind": kind} | named | more))


def fresh(store: HistoryRepository) -> HistoryAccount:
    found = store.account(1, MARROW)
    assert found is not None
    return found


# -- one after the other --------------------------------------------------------------------------------------------------


def test_an_account_is_opened_once(store: HistoryRepository, marrow: HistoryAccount) -> None:
    assert store.account(2, MARROW) is None
    assert (marrow.seq, marrow.first, marrow.seen) == (0, START, START)
    assert store.open(1, MARROW, START + DAY) == marrow
    assert store.open(2, MARROW, START).id != marrow.id
    assert [each.user_id for each in store.accounts()] == [1, 2]
    with pytest.raises(NotFound):
        store.open(99, MARROW, START)


def test_only_the_next_one_is_taken(store: HistoryRepository, marrow: HistoryAccount) -> None:
    assert not store.append(marrow, seen(2))
    assert store.append(marrow, seen(1, MINUTE))
    assert not store.append(marrow, seen(1, HOUR, events=[happened(1)], tallies={"moved": 1}, figures={"vault": 3}))
    assert store.append(marrow, seen(2, HOUR))
    now = fresh(store)
    assert (now.seq, now.first, now.seen) == (2, START + MINUTE, START + HOUR)
    assert store.events(marrow.id, EventQuery()) == []
    assert store.tallies(marrow.id, "", None, None) == []
    assert store.figures(marrow.id, "", None, None) == {}


def test_of_many_who_saw_the_same_one_writes(store: HistoryRepository, marrow: HistoryAccount) -> None:
    start, done = threading.Barrier(4), []

    def write() -> None:
        start.wait()
        done.append(store.append(marrow, seen(1, events=[happened(1)], tallies={"moved": 1}, figures={"vault": 1})))

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(done) == [False, False, False, True]
    assert store.tallies(marrow.id, "", None, None) == [(START.date(), "moved", 1)]


def test_an_observation_is_whole_or_not_there(store: HistoryRepository, marrow: HistoryAccount) -> None:
    twice = [happened(1, 1), happened(1, 1)]
    with pytest.raises(Exception, match=r"(?i)unique"):
        store.append(marrow, seen(1, events=twice, figures={"vault": 1}))
    assert fresh(store).seq == 0
    assert store.replay(marrow.id, None) is None
    assert store.append(marrow, seen(1))


def test_seen_again_unchanged(store: HistoryRepository, marrow: HistoryAccount) -> None:
    store.append(marrow, seen(1))
    now = fresh(store)
    store.touch(now, START + HOUR)
    store.touch(now, START + MINUTE)  # later heard of, earlier seen
    assert fresh(store).seen == START + HOUR
    store.append(now, seen(2, 2 * HOUR, whole=False))
    assert fresh(store).seen == START + HOUR
    store.touch(now, START + DAY)  # about a state that is not the newest any more
    assert fresh(store).seen == START + HOUR


def test_nothing_is_written_of_somebody_who_was_deleted(
    store: HistoryRepository, marrow: HistoryAccount, database: Database
) -> None:
    store.append(marrow, seen(1, events=[happened(1)], figures={"vault": 1}, tallies={"moved": 1}))
    store.note_gap(marrow, Gap(START, START + HOUR))
    tern = store.open(2, TERN, START)
    store.append(tern, seen(1, events=[happened(1)], figures={"vault": 2}))
    deleted = PersonalDataRepository(database).purge(1, "17429800")
    assert {name: rows for name, rows in deleted.items() if name.startswith("history_")} == {
        "history_accounts": 1,
        "history_observations": 1,
        "history_keyframes": 1,
        "history_things": 1,
        "history_events": 1,
        "history_gaps": 1,
        "history_series": 1,
        "history_figures": 1,
        "history_tallies": 1,
    }
    assert not store.append(marrow, seen(2))
    store.touch(marrow, START + DAY)
    store.note_gap(marrow, Gap(START, START + HOUR))
    assert store.gaps(marrow.id, None, None) == []
    assert len(store.events(tern.id, EventQuery())) == 1


# -- what was -------------------------------------------------------------------------------------------------------------


def test_a_past_state_is_a_keyframe_and_what_came_after(store: HistoryRepository, marrow: HistoryAccount) -> None:
    assert store.replay(marrow.id, None) is None
    for seq in range(1, 7):
        store.append(marrow, seen(seq, seq * HOUR, **({"keyframe": b"k4"} if seq == 4 else {})))
    before = store.replay(marrow.id, START + HOUR - MINUTE)
    assert before is None
    way = store.replay(marrow.id, START + 3 * HOUR + MINUTE)
    assert way is not None
    assert (way.seq, way.at, way.until) == (3, START + 3 * HOUR, START + 4 * HOUR)
    assert (way.keyframe, list(way.deltas), way.keyframe_at) == (b"k1", [b"d2", b"d3"], START + HOUR)
    way = store.replay(marrow.id, START + 4 * HOUR)
    assert way is not None
    assert (way.seq, way.keyframe, list(way.deltas)) == (4, b"k4", [])
    newest = store.replay(marrow.id, None)
    assert newest is not None
    assert (newest.seq, newest.until, list(newest.deltas)) == (6, None, [b"d5", b"d6"])
    assert newest == store.replay(marrow.id, START + DAY)


def test_of_two_at_one_time_the_later_holds(store: HistoryRepository, marrow: HistoryAccount) -> None:
    for seq in (1, 2, 3):
        store.append(marrow, seen(seq, HOUR))
    way = store.replay(marrow.id, START + HOUR)
    assert way is not None
    assert way.seq == 3


def test_gaps_are_told_where_they_touch(store: HistoryRepository, marrow: HistoryAccount) -> None:
    first, second = Gap(START, START + HOUR), Gap(START + 3 * HOUR, START + 4 * HOUR)
    for gap in (second, first, first):
        store.note_gap(marrow, gap)
    store.note_gap(marrow, Gap(first.since, first.until + MINUTE))  # whoever noted it had died before it went on
    first = Gap(first.since, first.until + MINUTE)
    assert store.gaps(marrow.id, None, None) == [first, second]
    assert store.gaps(marrow.id, START + 2 * HOUR, None) == [second]
    assert store.gaps(marrow.id, START + MINUTE, START + 2 * MINUTE) == [first]
    assert store.gaps(marrow.id, START + 5 * HOUR, None) == []


# -- events ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def eventful(store: HistoryRepository, marrow: HistoryAccount) -> HistoryRepository:
    """Six events in three observations, an hour apart; and one of somebody else."""
    store.append(marrow, seen(1))
    store.append(
        marrow,
        seen(
            2,
            HOUR,
            events=[
                happened(2, 0, "acquired", item="11", hash=1, name="Sable Verdict", character="c1", after={"store": "c1"}),
                happened(2, 1, "acquired", item="12", hash=2, name="Éclat 100%", character="c2"),
            ],
        ),
    )
    store.append(
        marrow,
        seen(
            3,
            2 * HOUR,
            events=[
                happened(3, 0, "moved", item="11", hash=1, name="Sable Verdict", by="you", transfer="7"),
                happened(3, 1, "currency", item="", hash=3, name="Glimmer", tier="common", item_kind="consumable", quantity=250),
            ],
        ),
    )
    store.append(marrow, seen(4, 3 * HOUR, events=[happened(4, 0, "lost", item="11", hash=1, name="Sable Verdict II")]))
    tern = store.open(2, TERN, START)
    store.append(tern, seen(1, 2 * HOUR, events=[happened(1, 0, "acquired", item="11", hash=1, name="Sable Verdict")]))
    return store


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["4-0", "3-1", "3-0", "2-1", "2-0"]),
        ({"limit": 2}, ["4-0", "3-1"]),
        ({"limit": 2, "before": (3, 1)}, ["3-0", "2-1"]),
        ({"before": (2, 0)}, []),
        ({"item": "11"}, ["4-0", "3-0", "2-0"]),
        ({"hash": 1}, ["4-0", "3-0", "2-0"]),
        ({"hash": 3}, ["3-1"]),
        ({"kinds": ["acquired", "lost"]}, ["4-0", "2-1", "2-0"]),
        ({"by": "you"}, ["3-0"]),
        ({"character": "c2"}, ["2-1"]),
        ({"words": "VERDICT"}, ["4-0", "3-0", "2-0"]),
        ({"words": "verdict ii"}, ["4-0"]),
        ({"words": "eclat"}, ["2-1"]),
        ({"words": "0%"}, ["2-1"]),
        ({"words": "%"}, ["2-1"]),
        ({"words": "_"}, []),
        ({"words": "nothing like it"}, []),
        ({"since": START + 2 * HOUR}, ["4-0", "3-1", "3-0"]),
        ({"until": START + 2 * HOUR}, ["2-1", "2-0"]),
        ({"since": START + HOUR + MINUTE, "until": START + 3 * HOUR}, ["3-1", "3-0"]),
        ({"since": START + DAY}, []),
        ({"item": "11", "kinds": ["moved"], "by": "you", "words": "sable", "hash": 1}, ["3-0"]),
        ({"item": "99"}, []),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_one_asks_for(eventful: HistoryRepository, query: dict[str, Any], found: list[str]) -> None:
    given = query | ({"kinds": frozenset(query["kinds"])} if "kinds" in query else {})
    assert [event.id for event in eventful.events(1, EventQuery(**given))] == found


def test_an_event_comes_back_as_it_was(eventful: HistoryRepository) -> None:
    moved = eventful.events(1, EventQuery(by="you"))[0]
    wanted = happened(3, 0, "moved", item="11", hash=1, name="Sable Verdict", by="you", transfer="7")
    # When it was seen stands with its observation.
    assert moved == msgspec.structs.replace(wanted, at=START + 2 * HOUR, since=START + 2 * HOUR - MINUTE)
    found = eventful.events(1, EventQuery(item="11", kinds=frozenset({"acquired"})))[0]
    assert (found.before, found.after) == ({}, {"store": "c1"})


def test_counts_by_kind(eventful: HistoryRepository) -> None:
    assert eventful.count(1, EventQuery()) == {"acquired": 2, "moved": 1, "currency": 1, "lost": 1}
    narrow = EventQuery(item="11", kinds=frozenset({"moved"}), limit=1, before=(3, 0))
    assert eventful.count(1, narrow) == {"acquired": 1, "moved": 1, "lost": 1}
    assert eventful.count(1, EventQuery(words="éclat")) == {"acquired": 1}


HOSTILE = [
    "<script>alert(1)</script>",
    "zero\x00inside",
    "\u202eright to left",
    "'; DROP TABLE history_events; --",
    "x" * 5000,
    "\U0001f480 \ud83d".encode("utf-8", "replace").decode(),
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:24])
def test_hostile_words_are_words(store: HistoryRepository, marrow: HistoryAccount, text: str) -> None:
    event = happened(1, 0, "acquired", name=text, item=text, character=text, before={text: text}, hash=2**70, quantity=-(2**70))
    assert store.append(marrow, seen(1, events=[event]))
    found = store.events(marrow.id, EventQuery(words=text[:50]))
    assert [each.before for each in found] == [{text: text}]
    assert len(found[0].item) <= 32


# -- what charts count ----------------------------------------------------------------------------------------------------


@pytest.fixture
def counted(store: HistoryRepository, marrow: HistoryAccount) -> HistoryRepository:
    store.append(marrow, seen(1, figures={"vault": 10, "currency:1": 500}))
    store.append(marrow, seen(2, HOUR, figures={"vault": 12}))
    store.append(marrow, seen(3, HOUR + 5 * MINUTE, figures={"vault": 11, "power:c1": 2**53}))
    store.append(marrow, seen(4, 3 * HOUR, figures={"currency:1": -(2**62)}))
    tern = store.open(2, TERN, START)
    store.append(tern, seen(1, HOUR, figures={"vault": 99}))
    return store


def at(*hours: float) -> list[datetime]:
    return [START + hour * HOUR for hour in hours]


def values(found: dict[str, list[Figure]]) -> dict[str, list[tuple[float, int]]]:
    return {name: [((each.at - START) / HOUR, each.value) for each in figures] for name, figures in found.items()}


@pytest.mark.parametrize(
    ("prefix", "since", "until", "every", "found"),
    [
        ("vault", None, None, 0, {"vault": [(0, 10), (1, 12), (13 / 12, 11)]}),
        ("", None, START, 0, {"currency:1": [(0, 500)], "vault": [(0, 10)]}),
        ("vault", START + HOUR / 2, START + HOUR, 0, {"vault": [(0.5, 10), (1, 12)]}),
        ("vault", START + HOUR, None, 0, {"vault": [(1, 12), (13 / 12, 11)]}),
        ("vault", START + DAY, None, 0, {"vault": [(24, 11)]}),
        ("vault", None, None, 3600, {"vault": [(0, 10), (13 / 12, 11)]}),
        ("currency:", START + HOUR, None, 3600, {"currency:1": [(1, 500), (3, -(2**62))]}),
        ("power:", None, None, 0, {"power:c1": [(13 / 12, 2**53)]}),
        ("power:", None, START, 0, {}),
        ("%", None, None, 0, {}),
    ],
)
def test_figures_of_a_time(
    counted: HistoryRepository, prefix: str, since: datetime | None, until: datetime | None, every: int, found: Any
) -> None:
    assert values(counted.figures(1, prefix, since, until, every=every)) == found


def test_of_two_figures_in_one_second_the_later_holds(store: HistoryRepository, marrow: HistoryAccount) -> None:
    store.append(marrow, seen(1, figures={"vault": 1}))
    store.append(marrow, seen(2, timedelta(milliseconds=300), figures={"vault": 2}))
    assert values(store.figures(marrow.id, "", None, None)) == {"vault": [(0, 2)]}


def test_tallies_add_up_by_day(store: HistoryRepository, marrow: HistoryAccount) -> None:
    store.append(marrow, seen(1, tallies={"in:exotic": 1, "moved": 4}))
    store.append(marrow, seen(2, HOUR, tallies={"in:exotic": 2}))
    late = DAWN + DAY - HOUR  # a day later by a clock east of UTC
    store.append(marrow, NewObservation(seq=3, at=late.astimezone(), since=late, delta=b"", tallies={"moved": 1}))
    store.append(marrow, seen(4, DAY, tallies={"out:rare": 3}))
    today, tomorrow = START.date(), START.date() + DAY
    assert store.tallies(marrow.id, "", None, None) == [(today, "in:exotic", 3), (today, "moved", 5), (tomorrow, "out:rare", 3)]
    assert store.tallies(marrow.id, "in:", tomorrow, None) == []
    assert store.tallies(marrow.id, "", today, today) == [(today, "in:exotic", 3), (today, "moved", 5)]
    assert store.tallies(marrow.id, "", date(2027, 1, 1), None) == []


def test_the_keys_with_the_most(store: HistoryRepository, marrow: HistoryAccount) -> None:
    store.append(marrow, seen(1, tallies={"moves:1": 2, "moves:2": 3, "moves:#7": 1, "moved": 6}))
    store.append(marrow, seen(2, DAY, tallies={"moves:1": 2, "moves:3": 3}))
    theirs = store.open(2, TERN, START)
    store.append(theirs, seen(1, tallies={"moves:9": 99}))
    today, tomorrow = START.date(), START.date() + DAY
    assert store.summed(marrow.id, "moves:", None, None, 3) == ([("moves:1", 4), ("moves:2", 3), ("moves:3", 3)], 11)
    assert store.summed(marrow.id, "moves:", tomorrow, tomorrow, 9) == ([("moves:3", 3), ("moves:1", 2)], 5)
    assert store.summed(marrow.id, "moves:", None, today, 1) == ([("moves:2", 3)], 6)
    assert store.summed(marrow.id, "%", None, None, 9) == ([], 0)


# -- forgetting -----------------------------------------------------------------------------------------------------------


def test_what_is_older_is_forgotten_as_far_as_the_rest_needs_it_not(store: HistoryRepository, marrow: HistoryAccount) -> None:
    for seq in range(1, 8):
        more: dict[str, Any] = {"keyframe": b"k%d" % seq} if seq in (3, 6) else {}
        more |= {"events": [happened(seq, hash=seq)], "figures": {"vault": seq}, "tallies": {"moved": 1}}
        store.append(marrow, seen(seq, seq * DAY, **more))
        store.note_gap(marrow, Gap(START + seq * DAY - HOUR, START + seq * DAY))
    store.append(marrow, seen(8, 8 * DAY, figures={"power:c1": 5}))
    assert store.forget_before(marrow.id, START) == 0
    kept = store.replay(marrow.id, START + 5 * DAY)
    assert store.forget_before(marrow.id, START + 5 * DAY) == 2
    assert store.replay(marrow.id, START + 5 * DAY) == kept
    assert store.replay(marrow.id, START + 2 * DAY) is None
    assert fresh(store).first == START + 3 * DAY
    assert [event.seq for event in store.events(marrow.id, EventQuery())] == [7, 6, 5, 4, 3]
    assert [value for _, value in values(store.figures(marrow.id, "vault", None, None))["vault"]] == [3, 4, 5, 6, 7]
    assert len(store.tallies(marrow.id, "", None, None)) == 5
    assert [gap.until for gap in store.gaps(marrow.id, None, None)] == [START + day * DAY for day in range(3, 8)]
    assert store.forget_before(marrow.id, START + 30 * DAY) == 3
    assert values(store.figures(marrow.id, "", START + 9 * DAY, None)) == {"power:c1": [(216, 5)], "vault": [(216, 7)]}
    assert store.append(fresh(store), seen(9, 9 * DAY))


# -- out and in -----------------------------------------------------------------------------------------------------------


def everything(store: HistoryRepository, account: HistoryAccount) -> dict[str, Any]:
    known = store.account(account.user_id, account.membership)
    assert known is not None
    times = [START + hour * HOUR / 2 for hour in range(12)]
    return {
        "account": (known.seq, known.first, known.seen),
        "events": store.events(known.id, EventQuery(limit=1000)),
        "states": [store.replay(known.id, moment) for moment in times],
        "figures": store.figures(known.id, "", None, None),
        "tallies": store.tallies(known.id, "", None, None),
        "gaps": store.gaps(known.id, None, None),
    }


@pytest.fixture
def full(eventful: HistoryRepository) -> HistoryRepository:
    account = fresh(eventful)
    eventful.append(
        account,
        seen(5, 4 * HOUR, keyframe=b"\x00k5\xff", figures={"vault": 7, "power:c1": 2010_500}, tallies={"moved": 1, "in:rare": 2}),
    )
    eventful.append(fresh(eventful), seen(6, 5 * HOUR, figures={"vault": 8}))
    eventful.touch(fresh(eventful), START + 6 * HOUR)
    eventful.note_gap(account, Gap(START + HOUR, START + 2 * HOUR))
    return eventful


def test_export_and_restore_give_the_same(full: HistoryRepository) -> None:
    account = fresh(full)
    before, others = everything(full, account), everything(full, full.open(2, TERN, START))
    rows = list(full.export(account.id))
    lines = [msgspec.json.encode(row) for row in rows]  # they fit into JSON, and come back from there
    assert rows[0]["row"] == "account"
    count = full.restore(account, (msgspec.json.decode(line) for line in lines), now=NOW)
    assert count == len(rows)
    now = fresh(full)
    assert now.id != account.id
    assert everything(full, now) == before
    assert everything(full, full.open(2, TERN, START)) == others
    assert list(full.export(now.id)) == rows
    assert full.append(now, seen(7, DAY, events=[happened(7)]))
    assert not full.append(account, seen(7, DAY))


def test_a_memory_moves_to_somebody_else(full: HistoryRepository) -> None:
    rows = list(full.export(fresh(full).id))
    other = full.open(2, MARROW, START)
    full.restore(other, iter(rows), now=NOW)
    assert everything(full, other) == everything(full, fresh(full))


def test_nothing_to_export(store: HistoryRepository, marrow: HistoryAccount) -> None:
    assert list(store.export(marrow.id)) == []
    assert list(store.export(99)) == []


def changed(place: int, **fields: Any) -> Any:
    def change(rows: list[dict[str, Any]]) -> None:
        rows[place].update(fields)

    return change


def without(what: str) -> Any:
    def change(rows: list[dict[str, Any]]) -> None:
        rows[:] = [row for row in rows if row["row"] != what]

    return change


BROKEN: dict[str, tuple[Any, str]] = {
    "nothing in it": (lambda rows: rows.clear(), "no history in it"),
    "no account": (without("account"), "no history in it"),
    "no observations": (without("observation"), "belongs to no observation"),
    "cut off": (lambda rows: rows.__delitem__(slice(4, None)), "a part of it is missing"),
    "one is missing": (lambda rows: rows.__delitem__(2), "do not follow"),
    "twice": (lambda rows: rows.extend(list(rows)), "second account"),
    "an event twice": (lambda rows: rows.insert(4, dict(rows[3])), "is there twice"),
    "unknown row": (changed(1, row="wish"), "Invalid value 'wish'"),
    "no time": (changed(1, at="yesterday"), "Invalid RFC3339"),
    "time without a zone": (changed(1, at="2026-11-17T12:00:00"), "timezone"),
    "not base64": (changed(1, keyframe="!"), "base64"),
    "no keyframe first": (changed(1, keyframe=None), "no keyframe"),
    "number too large": (changed(1, seq=2**40), "<= 500000000"),
    "unknown kind": (changed(3, kind="stolen"), "Invalid enum value 'stolen'"),
    "event of another time": (changed(3, seq=9), "belongs to no observation"),
    "name too long": (changed(3, name="x" * 5000), "<= 1000"),
    "figure too large": (changed(-4, value=2**70), "$.value"),
    "no text": (changed(3, item=5), "Expected `str`"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_memory_is_refused_and_nothing_changes(full: HistoryRepository, name: str) -> None:
    account = fresh(full)
    before = everything(full, account)
    rows = [msgspec.json.decode(msgspec.json.encode(row)) for row in full.export(account.id)]
    change, why = BROKEN[name]
    change(rows)
    with pytest.raises(InvalidInput) as refused:
        full.restore(account, iter(rows), now=NOW)
    assert refused.value.field == "rows"
    assert why in refused.value.sentence
    assert refused.value.sentence.endswith(".")
    assert everything(full, account) == before
    assert fresh(full).id == account.id


def test_a_file_that_breaks_while_it_is_read_changes_nothing(full: HistoryRepository) -> None:
    account = fresh(full)
    before, rows = everything(full, account), list(full.export(account.id))

    def breaking() -> Iterator[dict[str, Any]]:
        yield from rows[:-2]
        raise InvalidInput("body", "This line is no JSON.")

    with pytest.raises(InvalidInput, match="no JSON"):
        full.restore(account, breaking(), now=NOW)
    assert everything(full, account) == before


def test_a_long_memory_goes_out_and_in_in_pieces(
    store: HistoryRepository, marrow: HistoryAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vaultraider.database.history_export.AT_ONCE", 7)
    monkeypatch.setattr("vaultraider.database.history_import.AT_ONCE", 7)
    for seq in range(1, 31):
        store.append(marrow, seen(seq, seq * MINUTE, events=[happened(seq, n) for n in range(3)], figures={"vault": seq}))
    rows = list(store.export(marrow.id))
    assert store.restore(marrow, iter(rows), now=NOW) == len(rows) == 1 + 30 * 5
    assert list(store.export(fresh(store).id)) == rows


def hidden(store: HistoryRepository) -> int:
    with store._database.reading() as session:
        return session.query(HistoryAccountRow).where(HistoryAccountRow.aside != SHOWN).count()


def test_who_writes_while_a_memory_comes_in_waits_for_nobody(full: HistoryRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vaultraider.database.history_import.AT_ONCE", 3)
    account = fresh(full)
    rows = list(full.export(account.id))

    def meanwhile() -> Iterator[dict[str, Any]]:
        for number, row in enumerate(rows):
            if number == 7:
                assert fresh(full).id == account.id
                assert full.append(account, seen(7, DAY, events=[happened(7)]))  # it goes with the memory that is replaced
            yield row

    full.restore(account, meanwhile(), now=NOW)
    assert list(full.export(fresh(full).id)) == rows
    assert not full.append(account, seen(8, 2 * DAY))
    assert hidden(full) == 0


def test_a_second_import_ends_the_first(full: HistoryRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vaultraider.database.history_import.AT_ONCE", 3)
    account = fresh(full)
    rows = list(full.export(account.id))

    def interrupted() -> Iterator[dict[str, Any]]:
        yield from rows[:5]
        full.restore(account, iter(rows), now=NOW)
        yield from rows[5:]

    with pytest.raises(Conflict, match="Another import"):
        full.restore(account, interrupted(), now=NOW)
    assert list(full.export(fresh(full).id)) == rows
    assert hidden(full) == 0


def test_what_a_killed_import_left_is_swept_away(full: HistoryRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    account = fresh(full)
    before, rows = everything(full, account), list(full.export(account.id))
    with monkeypatch.context() as killed:
        killed.setattr("vaultraider.database.history_import.sweep", lambda *_: 0)
        with pytest.raises(InvalidInput):
            full.restore(account, iter(rows[:-8]), now=NOW)
    assert hidden(full) == 1
    assert len([each for each in full.accounts() if each.membership == MARROW]) == 1
    assert everything(full, fresh(full)) == before
    assert full.sweep(NOW) == 0
    assert full.sweep(NOW + MINUTE) == 1
    assert hidden(full) == 0
    assert everything(full, fresh(full)) == before


@pytest.mark.parametrize("cut", [0, 8], ids=["whole", "cut off"])
def test_a_disk_that_is_full_at_the_end_changes_nothing_of_the_outcome(
    full: HistoryRepository, monkeypatch: pytest.MonkeyPatch, cut: int
) -> None:
    account = fresh(full)
    rows = list(full.export(account.id))
    monkeypatch.setattr("vaultraider.database.history_import.delete", Mock(side_effect=StorageFull))
    with nullcontext() if not cut else pytest.raises(InvalidInput):
        full.restore(account, iter(rows[: len(rows) - cut]), now=NOW)
    assert (fresh(full).id != account.id) == (not cut)
    assert list(full.export(fresh(full).id)) == rows
    assert hidden(full) == 1
