"""Levels: when a crossing is one, that it is told once, and never twice without a way back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy.exc import OperationalError
from tests.clocks import HandClock

from vaultraider.database import schema
from vaultraider.database.board import BoardInputRepository
from vaultraider.database.engine import Database
from vaultraider.domain.board_levels import Level, Side, judge, trouble
from vaultraider.domain.notifications import KINDS, Message
from vaultraider.ports.board import BoardInputRecord
from vaultraider.services.board.levels import Levels

HIGH = Level(above=3.0, hysteresis=0.5)
LOW = Level(below=1.0, hysteresis=0.5)
BOTH = Level(above=3.0, below=1.0, hysteresis=0.5)

TABLE: list[tuple[Level | None, Side, float, Side]] = [
    (HIGH, "", 2.9, ""),
    (HIGH, "", 3.0, ""),
    (HIGH, "", 3.001, "above"),
    (HIGH, "above", 2.6, "above"),
    (HIGH, "above", 2.5, ""),
    (HIGH, "above", 0.0, ""),
    (LOW, "", 1.0, ""),
    (LOW, "", 0.999, "below"),
    (LOW, "below", 1.4, "below"),
    (LOW, "below", 1.5, ""),
    (BOTH, "above", 2.6, "above"),
    (BOTH, "above", 0.5, "below"),
    (BOTH, "below", 3.5, "above"),
    (BOTH, "below", 2.0, ""),
    (Level(above=3.0), "above", 3.0, ""),
    (Level(above=3.0, hysteresis=0.5, on=False), "", 4.0, ""),
    (Level(above=3.0, hysteresis=0.5, on=False), "above", 4.0, ""),
    (Level(below=1.0), "above", 2.0, ""),
    (None, "above", 4.0, ""),
]


@pytest.mark.parametrize(("level", "side", "volts", "after"), TABLE, ids=range(len(TABLE)))
def test_where_an_input_is_after_a_reading(level: Level | None, side: Side, volts: float, after: Side) -> None:
    assert judge(level, side, volts) == after


WRONG = [
    (Level(), "above"),
    (Level(above=1e9), "above"),
    (Level(below=-1e9), "below"),
    (Level(above=1.0, hysteresis=-0.1), "hysteresis"),
    (Level(above=float("nan")), "above"),
    (Level(above=1.0, hysteresis=float("inf")), "hysteresis"),
    (Level(above=1.0, below=1.0), "below"),
    (Level(above=1.0, below=2.0), "below"),
    (Level(above=2.0, below=1.5, hysteresis=0.5), "below"),
]


@pytest.mark.parametrize(("level", "field"), WRONG, ids=range(len(WRONG)))
def test_levels_that_make_no_sense(level: Level, field: str) -> None:
    wrong = trouble(level)
    assert wrong is not None
    assert wrong[0] == field


volts = st.floats(-2, 6)
levels = st.builds(Level, above=st.none() | volts, below=st.none() | volts, hysteresis=st.floats(0, 2), on=st.just(True)).filter(
    lambda level: trouble(level) is None
)


@given(levels, st.lists(volts, max_size=60))
def test_two_events_are_never_without_a_way_back_between_them(level: Level, readings: list[float]) -> None:
    side: Side = ""
    event: tuple[Side, int] | None = None
    for place, value in enumerate(readings):
        before, side = side, judge(level, side, value)
        if not side or side == before:
            continue
        if event is not None:
            between = readings[event[1] + 1 : place + 1]
            if event[0] == "above" and level.above is not None:
                assert min(between) <= level.above - level.hysteresis
            if event[0] == "below" and level.below is not None:
                assert max(between) >= level.below + level.hysteresis
            assert max(abs(each - readings[event[1]]) for each in between) >= level.hysteresis - 1e-9
        event = (side, place)


# -- written down and told ---------------------------------------------------------------------------------------------


class Told:
    """Fits ``Teller``; ``trouble`` is raised by the next call."""

    def __init__(self) -> None:
        self.messages: dict[str, Message] = {}
        self.calls = 0
        self.trouble: Exception | None = None

    def tell(self, user_id: int, message: Message) -> bool:
        raise NotImplementedError

    def tell_everybody(self, message: Message) -> int:
        self.calls += 1
        trouble, self.trouble = self.trouble, None
        if trouble is not None:
            raise trouble
        self.messages.setdefault(message.key, message)
        return 1

    @property
    def titles(self) -> list[str]:
        return [each.title for each in self.messages.values()]


class Room:
    """A database and any number of processes before it."""

    def __init__(self, database: Database) -> None:
        self.clock = HandClock(datetime(2026, 11, 17, 17, 0, tzinfo=UTC))
        self.store = BoardInputRepository(database)
        self.told = Told()

    def process(self) -> Levels:
        levels = Levels(self.store, self.told, self.clock)
        levels.sync()
        return levels

    def read(self, *volts: float, by: Levels, channel: int = 0) -> None:
        """One reading each tenth of a second."""
        for each in volts:
            self.clock.pass_time(0.1)
            by.read(channel, each, self.clock.now())


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    database = Database(f"sqlite:///{tmp_path}/board.sqlite3")
    schema.upgrade(database)
    room = Room(database)
    room.store.save(0, name="Boiler", level=HIGH, now=room.clock.now())
    yield room
    database.close()


def test_a_crossing_is_told_once_until_the_value_has_come_back(room: Room) -> None:
    levels = room.process()
    room.read(2.0, 3.2, 2.8, 3.1, 2.6, 3.3, by=levels)
    assert levels.waiting.is_set()
    assert levels.side(0) == "above"
    levels.sync()
    assert not levels.waiting.is_set()
    assert room.told.titles == ["Boiler is above 3 V"]
    room.read(2.4, 3.2, by=levels)
    levels.sync()
    assert room.told.titles == ["Boiler is above 3 V"] * 2
    assert sorted(room.told.messages) == ["input 0 crossing 1", "input 0 crossing 2"]
    message = room.told.messages["input 0 crossing 1"]
    assert (message.kind, message.level, message.link) == ("board", "warn", "/board")
    assert "Boiler, input 0 of the board, went above 3 V. It read 3.2 V." in message.text
    assert KINDS["board"].audience == "admins"


def test_what_crosses_and_comes_back_before_anybody_writes_is_told_all_the_same(room: Room) -> None:
    levels = room.process()
    room.read(3.2, 2.0, 3.2, 2.0, by=levels)
    levels.sync()
    assert len(room.told.messages) == 2
    record = room.store.all()[0]
    assert (record.side, record.crossings) == ("", 2)


def test_two_processes_that_see_the_same_tell_it_once(room: Room) -> None:
    one, two = room.process(), room.process()
    for values in [(2.0, 3.2), (3.3, 2.0), (3.5, 3.6)]:
        for value in values:
            room.read(value, by=one)
            room.read(value, by=two)
        one.sync()
        two.sync()
        one.sync()
    assert len(room.told.messages) == 2
    assert (one.side(0), two.side(0)) == ("above", "above")


def test_who_is_late_does_not_tell_an_old_crossing(room: Room) -> None:
    quick, slow = room.process(), room.process()
    at = room.clock.now()
    room.read(3.2, by=quick)
    slow.read(0, 3.2, at + timedelta(seconds=0.05))
    quick.sync()
    room.read(2.0, by=quick)
    quick.sync()
    slow.sync()
    assert len(room.told.messages) == 1
    assert slow.side(0) == "", "it judges anew from what is written"


def test_what_is_older_than_the_row_is_not_told(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    quick, slow = room.process(), room.process()
    at = room.clock.now()
    room.read(3.2, 2.0, by=quick)
    quick.sync()
    read_rows = room.store.all

    def late() -> dict[int, BoardInputRecord]:
        """Seen before the row changed, and put into the line while the row is read."""
        slow.read(0, 3.2, at + timedelta(seconds=0.1))
        return read_rows()

    with monkeypatch.context() as patch:
        patch.setattr(room.store, "all", late)
        slow.sync()
    slow.sync()
    assert len(room.told.messages) == 1
    assert slow.side(0) == ""


def test_a_clock_that_is_turned_back_silences_nothing(room: Room) -> None:
    levels = room.process()
    room.read(3.2, 2.0, by=levels)
    levels.sync()
    room.clock.pass_time(-3600)
    room.read(3.2, by=levels)
    levels.sync()
    assert len(room.told.messages) == 2
    assert levels.side(0) == "above"


@given(
    st.lists(st.tuples(st.sampled_from(["one", "two", "sync one", "sync two"]), st.sampled_from([2.0, 2.7, 3.2])), max_size=40)
)
def test_whatever_two_processes_see_crossings_and_ways_back_take_turns(steps: list[tuple[str, float]]) -> None:
    store = Rows()
    clock, told = HandClock(), Told()
    processes = {name: Levels(store, told, clock) for name in ("one", "two")}
    for levels in processes.values():
        levels.sync()
    for what, value in steps:
        clock.pass_time(0.1)
        if what.startswith("sync"):
            processes[what[5:]].sync()
        else:
            processes[what].read(0, value, clock.now())
    for levels in (*processes.values(), *processes.values()):
        levels.sync()
    assert all(before != after for before, after in zip(store.sides, store.sides[1:], strict=False))
    assert len(told.messages) == store.sides.count("above")
    assert {levels.side(0) for levels in processes.values()} == {store.sides[-1] if store.sides else ""}


class Rows:
    """Fits ``BoardInputs``: the one row in memory, as quick as a property test needs it. ``sides``: every change of its side."""

    def __init__(self) -> None:
        self._record = BoardInputRecord(channel=0, level=HIGH, revision=1)
        self.sides: list[Side] = []

    def all(self) -> dict[int, BoardInputRecord]:
        return {0: self._record}

    def save(self, channel: int, **said: Any) -> BoardInputRecord:
        raise NotImplementedError

    def cross(self, before: BoardInputRecord, side: Side, volts: float, at: datetime) -> BoardInputRecord | None:
        if before.revision != self._record.revision:
            return None
        self.sides.append(side)
        crossings = before.crossings + (side != "")
        self._record = replace(before, side=side, crossed=at, volts=volts, revision=before.revision + 1, crossings=crossings)
        return self._record


def test_a_restart_tells_nothing_again_and_what_was_not_told_yet(room: Room) -> None:
    levels = room.process()
    room.read(3.2, by=levels)
    levels.sync()
    again = room.process()
    room.read(3.2, 3.3, by=again)
    again.sync()
    assert len(room.told.messages) == 1
    room.store.cross(room.store.all()[0], "", 2.0, room.clock.now())
    died = room.store.all()[0]
    assert room.store.cross(died, "above", 3.4, room.clock.now()) is not None, "written, and its process died before telling"
    room.process()
    assert len(room.told.messages) == 2
    room.clock.pass_time(3600)
    room.told.messages.clear()
    room.process()
    assert not room.told.messages, "what is an hour old is no news"


def test_a_failure_to_tell_is_made_up_for(room: Room) -> None:
    levels = room.process()
    room.read(3.2, by=levels)
    room.told.trouble = RuntimeError("the mail server is on fire")
    with pytest.raises(RuntimeError):
        levels.sync()
    levels.sync()
    assert len(room.told.messages) == 1
    calls = room.told.calls
    levels.sync()
    assert room.told.calls == calls


def test_while_the_database_is_away_crossings_wait(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    levels = room.process()

    def away(*_arguments: object, **_more: object) -> None:
        raise OperationalError("", {}, Exception("away"))

    with monkeypatch.context() as patch:
        patch.setattr(room.store, "cross", away)
        room.read(3.2, by=levels)
        with pytest.raises(OperationalError):
            levels.sync()
        room.read(2.0, by=levels)
    levels.sync()
    assert len(room.told.messages) == 1
    assert room.store.all()[0].side == ""


def test_another_level_begins_anew_and_counts_on(room: Room) -> None:
    levels = room.process()
    room.read(3.2, by=levels)
    levels.sync()
    room.clock.pass_time(1)
    levels.save(0, "Boiler", Level(above=3.1, hysteresis=0.1))
    assert levels.side(0) == ""
    room.read(3.2, by=levels)
    levels.sync()
    assert sorted(room.told.messages) == ["input 0 crossing 1", "input 0 crossing 2"]
    levels.save(0, "Kettle", Level(above=3.1, hysteresis=0.1))
    assert levels.side(0) == "above", "another name changes nothing"
    levels.save(0, "Kettle", None)
    room.read(9.0, by=levels)
    levels.sync()
    assert (levels.side(0), len(room.told.messages)) == ("", 2)


def test_what_another_process_chose_is_taken_over(room: Room) -> None:
    one, two = room.process(), room.process()
    one.save(2, "Cellar", LOW)
    assert two.sync()
    assert not two.sync()
    room.read(0.5, by=two, channel=2)
    two.sync()
    assert room.told.titles == ["Cellar is below 1 V"]


def test_who_changes_the_name_leaves_a_level_that_another_process_just_chose(room: Room) -> None:
    one, two = room.process(), room.process()
    lower = Level(above=1.5, hysteresis=0.1)
    one.save(0, level=lower)
    two.save(0, name="Kettle")
    said = room.store.all()[0]
    assert (said.name, said.level) == ("Kettle", lower)


def test_a_process_with_old_levels_writes_nothing(room: Room) -> None:
    one, two = room.process(), room.process()
    one.save(0, "Boiler", Level(above=4.0, hysteresis=0.1))
    room.read(3.2, by=two)
    two.sync()
    room.read(3.2, by=two)
    two.sync()
    assert not room.told.messages
    assert two.side(0) == ""
