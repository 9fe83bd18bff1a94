"""Reading, one step at a time: looking for the device while it is missing, and all of its inputs once when it is there.

Readings lie on a grid that begins with the reader, so that a late one makes none later; what was missed is left out, not made up
for. Nothing here waits or makes a thread: whoever calls ``step`` waits as long as it says.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, Protocol

from vaultraider.board.source import AnalogSource, Reading, SourceError, SourceFailed
from vaultraider.services.board.history import History
from vaultraider.services.board.shapes import State

logger = logging.getLogger(__name__)

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 10.0
"""Seconds between two looks for a device that is missing: each is twice the one before."""
TO_READ = 2.0
TO_OPEN = 10.0
"""Seconds after which a device counts as stuck that has not answered."""
NEWS_RATE = 10
"""Readings a second that are news, however many there are."""
BROKE = "Reading the board broke on our side. It is tried again; the log tells more."


class Listener(Protocol):
    """Who hears of each round. Called on the reader's thread: it must not wait for anything."""

    def read(self, channel: int, volts: float, at: datetime) -> None: ...
    def heard(self) -> None: ...
    def changed(self) -> None: ...


class Device(NamedTuple):
    name: str
    bits: int
    reference: float


class Input:
    """One input: its last reading, why there is no newer one, and its past."""

    def __init__(self, channel: int) -> None:
        self.channel = channel
        self.reading: Reading | None = None
        self.at: datetime | None = None
        self.failed = ""
        self.history = History()


class Reader:
    """``look`` opens the device, and raises SourceError. ``rate``: rounds a second. ``quiet``: seconds in which some input must
    change, 0 for no such rule. ``ticks`` never goes back; ``now`` is the wall's time.

    What it knows is read under ``lock``. One thread at a time may call ``step``: ``turn`` says whose it is.
    """

    def __init__(
        self,
        look: Callable[[], AnalogSource],
        *,
        rate: int,
        quiet: float,
        now: Callable[[], datetime],
        listener: Listener,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self.lock = threading.Lock()
        self.rate = rate
        self.state: State = "starting"
        self.since = now()
        self.sentence = ""
        self.device: Device | None = None
        self.inputs: dict[int, Input] = {}
        self.rounds = 0
        self.at = self.since
        self.turn = 0
        self._look, self._quiet, self._now, self._listener, self._ticks = look, quiet, now, listener, ticks
        self._source: AnalogSource | None = None
        self._pause = FIRST_PAUSE
        self._begun = ticks()
        self._place = 0
        self._due: float | None = None
        self._raws: list[int | None] = []
        self._moved = self._begun

    def second_now(self) -> int:
        """How many seconds the reader is old, as its histories count."""
        return int(self._ticks() - self._begun)

    def step(self, turn: int) -> float | None:
        """Seconds until the next. None when this is somebody else's turn by now: then never again."""
        try:
            if self._source is None:
                return self._open(turn)
            return self._round(turn, self._source)
        except SourceError as error:
            return self._lose(turn, error.sentence)
        except Exception:  # a back end that breaks must not end the reading
            logger.exception("Reading the board broke.")
            return self._lose(turn, BROKE)

    def overdue(self) -> bool:
        """Whether a call of the device should have come back by now."""
        due = self._due
        return due is not None and self._ticks() > due

    def abandon(self) -> int:
        """The device hangs: whoever calls ``step`` is left where it is, and the turn is another's. The new turn."""
        with self.lock:
            self.turn += 1
            self._source, self._due = None, None
            self._raws = []
            turn = self.turn
        self._say("stuck", "The board does not answer. It is opened anew; if that does not help, switch it off and on.")
        return turn

    # -- steps ----------------------------------------------------------------------------------------------------------

    def _open(self, turn: int) -> float | None:
        self._due = self._ticks() + TO_OPEN
        source = self._look()
        with self.lock:
            if turn != self.turn:
                return None
            self._due = None
            self._source = source
            self._pause = FIRST_PAUSE
            self.device = Device(source.name, source.bits, source.reference)
            self.inputs = {channel: self.inputs.get(channel) or Input(channel) for channel in source.channels}
            self._raws, self._moved = [], self._ticks()
            self._place = self._place_now()
        logger.info("The board is there: %s, %d inputs.", source.name, len(source.channels))
        return self._until_next()

    def _round(self, turn: int, source: AnalogSource) -> float | None:
        at = self._now()
        self._due = self._ticks() + TO_READ
        found: list[Reading | SourceFailed] = []
        for channel in source.channels:
            try:
                found.append(source.read(channel))
            except SourceFailed as error:
                found.append(error)
        failures = [each for each in found if isinstance(each, SourceFailed)]
        with self.lock:
            if turn != self.turn:
                return None
            self._due = None
            second = self._place // self.rate
            for channel, each in zip(source.channels, found, strict=True):
                self._take(self.inputs[channel], each, at, second)
            self.at = at
            self.rounds += 1
        if len(failures) == len(found):
            raise failures[0] if failures else SourceFailed("The board has no inputs. Choose another source.")
        self._notice_quiet()
        if self._place * NEWS_RATE // self.rate != (self._place - 1) * NEWS_RATE // self.rate:
            self._listener.heard()
        return self._until_next()

    def _take(self, input: Input, found: Reading | SourceFailed, at: datetime, second: int) -> None:
        if isinstance(found, SourceFailed):
            input.failed = found.sentence
            return
        input.failed = ""
        input.reading, input.at = found, at
        input.history.add(second, found.volts)
        self._listener.read(input.channel, found.volts, at)

    def _lose(self, turn: int, sentence: str) -> float | None:
        with self.lock:
            if turn != self.turn:
                return None
            source, self._source, self._due = self._source, None, None
            pause, self._pause = self._pause, min(self._pause * 2, LONGEST_PAUSE)
        if source is not None:
            _close(source)
        self._say("missing", sentence)
        return pause

    # -- how it stands --------------------------------------------------------------------------------------------------

    def _notice_quiet(self) -> None:
        raws = [input.reading.raw if input.reading is not None else None for input in self.inputs.values()]
        now = self._ticks()
        if raws != self._raws:
            self._raws, self._moved = raws, now
        if self._quiet and now - self._moved >= self._quiet:
            self._say(
                "stuck",
                f"No input has changed for {self._quiet:g} seconds, which a converter seldom manages: it may have stopped. "
                "If nothing is connected, all is well.",
            )
        else:
            self._say("live", "")

    def _say(self, state: State, sentence: str) -> None:
        with self.lock:
            if (state, sentence) == (self.state, self.sentence):
                return
            if state != self.state:
                self.since = self._now()
                logger.info("The board is %s. %s", state, sentence)
            self.state, self.sentence = state, sentence
        self._listener.changed()

    # -- the grid -------------------------------------------------------------------------------------------------------

    def _place_now(self) -> int:
        return math.ceil((self._ticks() - self._begun) * self.rate)

    def _until_next(self) -> float:
        now = self._ticks()
        # A clock that wakes us a hair early must not give the same place twice.
        self._place = max(self._place + 1, math.floor((now - self._begun) * self.rate) + 1)
        return max(0.0, self._begun + self._place / self.rate - now)


def _close(source: AnalogSource) -> None:
    try:
        source.close()
    except Exception:  # it is gone anyway
        logger.debug("Closing the board broke.", exc_info=True)
