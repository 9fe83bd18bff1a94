"""The reader over a clock that nobody waits for: its grid, its memory, and what it says of a board that is not well."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vaultraider.board.source import AnalogSource, Reading, SourceError, SourceFailed, SourceMissing
from vaultraider.board.sources.simulated import USUAL, WAVES, Simulated
from vaultraider.services.board.history import SECONDS, History
from vaultraider.services.board.reading import LONGEST_PAUSE, TO_OPEN, TO_READ, Reader

START = datetime(2026, 11, 17, 17, 0, tzinfo=UTC)
DAY = 24 * 3600


class Ticks:
    """Seconds that pass when somebody says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds)


class Heard:
    """What a reader told."""

    def __init__(self) -> None:
        self.readings = self.news = 0
        self.states: list[tuple[str, float]] = []
        self.reader: Reader | None = None

    def read(self, channel: int, volts: float, at: datetime) -> None:
        self.readings += 1

    def heard(self) -> None:
        self.news += 1

    def changed(self) -> None:
        assert self.reader is not None
        self.states.append((self.reader.state, (self.reader.since - START).total_seconds()))


class Bench:
    """A source that does what a test says: ``volts`` by channel, ``trouble`` to raise, ``takes`` seconds for each reading."""

    name, bits, reference = "Bench", 10, 5.0

    def __init__(self, ticks: Ticks, channels: int = 2) -> None:
        self.channels = tuple(range(channels))
        self.ticks = ticks
        self.raws = dict.fromkeys(self.channels, 100)
        self.trouble: dict[int, SourceError | Exception] = {}
        self.absent: Exception | None = None
        self.takes = 0.0
        self.restless = True
        self.opened = self.closed = 0

    def look(self) -> AnalogSource:
        if self.absent is not None:
            raise self.absent
        self.opened += 1
        return self

    def read(self, channel: int) -> Reading:
        if self.absent is not None:
            raise self.absent
        if channel in self.trouble:
            raise self.trouble[channel]
        self.ticks.seconds += self.takes
        self.raws[channel] += 1 if self.restless else 0
        return Reading(self.raws[channel], self.raws[channel] * 5 / 1024)

    def close(self) -> None:
        self.closed += 1


def reader_of(look: Callable[[], AnalogSource], ticks: Ticks, *, rate: int = 10, quiet: float = 60) -> tuple[Reader, Heard]:
    heard = Heard()
    heard.reader = Reader(look, rate=rate, quiet=quiet, now=ticks.now, listener=heard, ticks=ticks)
    return heard.reader, heard


def run(reader: Reader, ticks: Ticks, until: float) -> None:
    """As the reading thread does, with a clock that jumps."""
    while ticks.seconds < until:
        pause = reader.step(reader.turn)
        assert pause is not None
        ticks.seconds += pause


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def bench(ticks: Ticks) -> Bench:
    return Bench(ticks)


def test_a_day_of_ten_readings_a_second_neither_drifts_nor_grows(ticks: Ticks) -> None:
    source = Simulated(tuple(WAVES[name] for name in USUAL), clock=ticks)
    reader, heard = reader_of(lambda: source, ticks)
    run(reader, ticks, 300)  # everything that will ever be kept is there
    gc.collect()
    tracemalloc.start()
    try:
        # Counting memory makes Python several times as slow: a while with it, the other hours without.
        before = tracemalloc.get_traced_memory()[0]
        run(reader, ticks, 900)
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    objects = len(gc.get_objects())
    run(reader, ticks, DAY)
    gc.collect()
    assert reader.rounds == DAY * 10 - 1, "each tenth of a second but the one in which it was opened"
    assert heard.readings == 6 * reader.rounds
    assert heard.news == reader.rounds
    assert reader.at == START + timedelta(seconds=DAY - 0.1), "the last is where the first has put it"
    assert grown < 4_000, f"{grown} bytes in ten minutes"
    assert len(gc.get_objects()) < objects + 500, "counted over the whole day"
    assert heard.states == [("live", 0.1)]
    assert {len(each.history.points(reader.second_now())) for each in reader.inputs.values()} == {SECONDS - 1}


def test_readings_lie_on_the_grid_whatever_they_take(ticks: Ticks, bench: Bench) -> None:
    bench.takes = 0.013
    reader, _ = reader_of(bench.look, ticks)
    moments = []
    while ticks.seconds < 60:
        moments.append(round(ticks.seconds, 6))
        pause = reader.step(reader.turn)
        assert pause is not None
        ticks.seconds += pause
    assert moments[:4] == [0.0, 0.1, 0.2, 0.3]
    assert moments == [round(number / 10, 6) for number in range(600)]


def test_what_was_missed_is_left_out_and_not_made_up_for(ticks: Ticks, bench: Bench) -> None:
    reader, _ = reader_of(bench.look, ticks)
    run(reader, ticks, 1.0)
    before = reader.rounds
    bench.takes = 0.175  # twice, so that a round takes longer than three places of the grid
    run(reader, ticks, 1.4)
    bench.takes = 0.0
    run(reader, ticks, 2.0)
    assert reader.rounds - before == 1 + 6
    assert round(ticks.seconds * 10, 6) == round(ticks.seconds * 10), "and the next lies on the grid again"


@pytest.mark.parametrize(("rate", "news"), [(1, 1), (7, 7), (10, 10), (20, 10), (25, 10), (50, 10)])
def test_news_is_at_most_ten_a_second(ticks: Ticks, bench: Bench, rate: int, news: int) -> None:
    reader, heard = reader_of(bench.look, ticks, rate=rate)
    run(reader, ticks, 100)
    assert abs(reader.rounds - rate * 100) <= 1
    assert abs(heard.news - news * 100) <= 1


# -- a device that comes and goes --------------------------------------------------------------------------------------


def test_a_missing_device_is_looked_for_ever_more_seldom(ticks: Ticks, bench: Bench) -> None:
    bench.absent = SourceMissing("It is not there.")
    reader, heard = reader_of(bench.look, ticks)
    assert reader.state == "starting"
    pauses = [reader.step(0) for _ in range(8)]
    assert pauses == [0.5, 1.0, 2.0, 4.0, 8.0, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]
    assert (reader.state, reader.sentence, heard.states) == ("missing", "It is not there.", [("missing", 0.0)])


def test_unplugged_and_back(ticks: Ticks, bench: Bench) -> None:
    reader, heard = reader_of(bench.look, ticks)
    run(reader, ticks, 10)
    last = reader.inputs[0].reading
    bench.absent = SourceMissing("Bench is gone.")
    run(reader, ticks, 20)
    assert (reader.state, reader.inputs[0].reading, bench.closed) == ("missing", last, 1)
    assert reader.inputs[0].at is not None
    assert reader.inputs[0].at < START + timedelta(seconds=10), "what it read last stays, with its age"
    assert [volts for _ago, volts in reader.inputs[0].history.points(reader.second_now())[-5:]] == [None] * 5
    bench.absent = None
    run(reader, ticks, 40)
    assert [state for state, _since in heard.states] == ["live", "missing", "live"]
    points = reader.inputs[0].history.points(reader.second_now())
    assert None in [volts for _ago, volts in points], "the gap is part of the past"
    assert points[-1][1] is not None
    assert (bench.opened, reader.sentence) == (2, "")
    bench.absent = SourceMissing("Bench is gone.")
    assert [reader.step(0), reader.step(0)] == [0.5, 1.0], "and it is looked for soon again"


def test_one_broken_input_is_told_beside_the_others(ticks: Ticks, bench: Bench) -> None:
    reader, _ = reader_of(bench.look, ticks)
    run(reader, ticks, 2)
    bench.trouble[1] = SourceFailed("Input 1 is loose.")
    run(reader, ticks, 4)
    assert (reader.state, reader.inputs[0].failed, reader.inputs[1].failed) == ("live", "", "Input 1 is loose.")
    bench.trouble.clear()
    run(reader, ticks, 5)
    assert reader.inputs[1].failed == ""


@pytest.mark.parametrize(
    ("trouble", "says"), [(SourceFailed("Nothing answers."), "Nothing answers."), (ZeroDivisionError("oh"), "broke on our side")]
)
def test_a_board_of_which_nothing_can_be_read_is_opened_anew(ticks: Ticks, bench: Bench, trouble: Exception, says: str) -> None:
    reader, _ = reader_of(bench.look, ticks)
    run(reader, ticks, 1)
    bench.trouble = dict.fromkeys(bench.channels, trouble)
    run(reader, ticks, 5)
    assert reader.state == "missing"
    assert says in reader.sentence
    bench.trouble.clear()
    run(reader, ticks, 20)
    assert reader.state == "live"
    assert bench.opened == bench.closed + 1


# -- stuck -------------------------------------------------------------------------------------------------------------


def test_a_board_that_never_changes_is_stuck_until_it_does(ticks: Ticks, bench: Bench) -> None:
    reader, heard = reader_of(bench.look, ticks, quiet=60)
    run(reader, ticks, 10)
    bench.restless = False
    run(reader, ticks, 69.8)
    assert reader.state == "live"
    run(reader, ticks, 100)
    assert reader.state == "stuck"
    assert "60 seconds" in reader.sentence
    bench.raws[1] += 1
    run(reader, ticks, 101)
    assert (reader.state, reader.sentence) == ("live", "")
    assert [state for state, _since in heard.states] == ["live", "stuck", "live"]
    assert bench.opened == 1


def test_a_quiet_board_is_well_where_its_owner_says_so(ticks: Ticks, bench: Bench) -> None:
    bench.restless = False
    reader, _ = reader_of(bench.look, ticks, quiet=0)
    run(reader, ticks, 500)
    assert reader.state == "live"


@pytest.mark.parametrize(("during", "patience"), [("reading", TO_READ), ("opening", TO_OPEN)])
def test_a_device_that_hangs_is_left_behind(ticks: Ticks, bench: Bench, during: str, patience: float) -> None:
    seen: list[bool] = []

    def hang() -> None:
        """What the watching thread sees meanwhile; then the call comes back, when another has its turn."""
        if seen:
            return
        ticks.seconds += patience - 0.1
        seen.append(reader.overdue())
        ticks.seconds += 0.2
        seen.append(reader.overdue())
        reader.abandon()
        seen.append(reader.overdue())

    class Hanging(Bench):
        def read(self, channel: int) -> Reading:
            if during == "reading":
                hang()
            return Reading(1, 1.0)

    def look() -> AnalogSource:
        if during == "opening":
            hang()
        return Hanging(ticks)

    reader, _ = reader_of(look, ticks)
    turn = reader.turn
    if during == "reading":
        assert reader.step(turn) is not None
    assert reader.step(turn) is None, "whoever hung has nothing to say any more"
    assert seen == [False, True, False]
    assert (reader.state, reader.turn, reader.rounds) == ("stuck", turn + 1, 0)
    assert "does not answer" in reader.sentence
    assert all(each.reading is None for each in reader.inputs.values())


# -- the past ----------------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 400), st.floats(-5, 5)), max_size=300))
@example([(0, 1.0), (SECONDS, 2.0)])
@example([(0, 1.0), (SECONDS - 1, 2.0), (SECONDS, 3.0), (3 * SECONDS, 4.0)])
def test_two_minutes_are_what_they_would_be_in_a_list(added: list[tuple[int, float]]) -> None:
    added.sort(key=lambda each: each[0])
    history = History()
    for second, volts in added:
        history.add(second, volts)
    now = added[-1][0] if added else 0
    kept = [(second, volts) for second, volts in added if second > now - SECONDS]
    means = {}
    for second in {each[0] for each in kept}:
        of_it = [volts for each, volts in kept if each == second]
        means[second - now] = sum(of_it) / len(of_it)
    points = history.points(now)
    assert len(points) <= SECONDS
    assert [ago for ago, _volts in points] == (list(range(min(means), 1)) if means else []), "it ends with what was added last"
    assert {ago: volts for ago, volts in points if volts is not None} == pytest.approx(means, abs=1e-5)
    volts = [each for _second, each in kept]
    assert history.range(now) == ((min(volts), max(volts)) if volts else None)
