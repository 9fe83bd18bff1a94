"""Crossings of levels: judged at each reading, written down once however many processes see them, and told.

The reading thread only judges and puts into a line; another writes and tells, as a database may take its time. What is written
decides: a crossing counts when the row is still as it was read, so of two processes one is the first, and two crossings of one
level never follow each other without a way back between them.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec import UNSET, UnsetType

from vaultraider.domain.board_levels import Level, Side, judge
from vaultraider.domain.notifications import board as words
from vaultraider.ports import Clock, Teller
from vaultraider.ports.board import BoardInputRecord, BoardInputs

logger = logging.getLogger(__name__)

MOST = 256
"""Crossings that may wait while the database is away; older ones are let go."""
NEWS = timedelta(minutes=15)
"""So long after a crossing it is told late, should whoever wrote it down have died, or failed, before telling."""


class Crossing(NamedTuple):
    channel: int
    side: Side
    volts: float
    at: datetime


class Watch:
    """One input with a level, and on which side of it we saw it last."""

    def __init__(self, level: Level, side: Side) -> None:
        self.level = level
        self.side = side


class Levels:
    """``read`` is for the reading thread; all else is for any other."""

    def __init__(self, store: BoardInputs, teller: Teller, clock: Clock) -> None:
        self._store, self._teller, self._clock = store, teller, clock
        self._lock = threading.Lock()
        self._syncing = threading.Lock()
        self._watches: dict[int, Watch] = {}
        self._line: deque[Crossing] = deque(maxlen=MOST)
        self._all_told = False
        self.records: dict[int, BoardInputRecord] = {}
        self.waiting = threading.Event()
        """Set while there are crossings to write down."""

    def read(self, channel: int, volts: float, at: datetime) -> None:
        watch = self._watches.get(channel)
        if watch is None or (side := judge(watch.level, watch.side, volts)) == watch.side:
            return
        with self._lock:
            watch.side = side
            self._line.append(Crossing(channel, side, volts, at))
        self.waiting.set()

    def side(self, channel: int) -> Side:
        """Where the input is now, as this process sees it."""
        watch = self._watches.get(channel)
        return watch.side if watch is not None else ""

    def save(self, channel: int, name: str | UnsetType = UNSET, level: Level | UnsetType | None = UNSET) -> BoardInputRecord:
        """What is left out stays."""
        record = self._store.save(channel, name=name, level=level, now=self._clock.now())
        self.sync()
        return record

    def sync(self) -> bool:
        """Writes down and tells what waits, then takes over what others have changed. Whether names or levels differ now."""
        with self._syncing:
            self._write()
            before = self.records
            self._take(self._store.all())
            if not self._all_told:
                self._tell_late()
                self._all_told = True
            return {channel: (each.name, each.level) for channel, each in before.items()} != {
                channel: (each.name, each.level) for channel, each in self.records.items()
            }

    def _write(self) -> None:
        self.waiting.clear()
        while self._line:
            crossing = self._line[0]
            after = self._written(crossing, self.records.get(crossing.channel))
            if after is None:  # somebody was quicker, or chose another level: what waits was judged by what no longer is
                self._forget(crossing.channel)
                continue
            with self._lock:
                self._line.popleft()
            self.records = {**self.records, crossing.channel: after}
            self._all_told = False
            self._tell(after)
            self._all_told = True

    def _written(self, crossing: Crossing, before: BoardInputRecord | None) -> BoardInputRecord | None:
        if before is None or before.side == crossing.side:
            return None
        # What is said to have happened later than now was written before a clock was turned back: it says nothing of the order.
        if before.crossed is not None and crossing.at <= before.crossed <= self._clock.now():
            return None
        return self._store.cross(before, crossing.side, crossing.volts, crossing.at)

    def _forget(self, channel: int) -> None:
        """The next reading is judged anew from what ``_take`` finds."""
        with self._lock:
            self._line = deque((each for each in self._line if each.channel != channel), maxlen=MOST)
            self._watches.pop(channel, None)

    def _take(self, records: dict[int, BoardInputRecord]) -> None:
        with self._lock:
            on_their_way = {each.channel for each in self._line}
            watches = {}
            for channel, record in records.items():
                if record.level is None or not record.level.on:
                    continue
                watch = self._watches.get(channel)
                is_newer = channel in on_their_way  # what we saw since is not written down yet
                if watch is None or watch.level != record.level or (watch.side != record.side and not is_newer):
                    watch = Watch(record.level, record.side)
                watches[channel] = watch
            self._watches = watches
            self.records = records

    def _tell_late(self) -> None:
        now = self._clock.now()
        for record in self.records.values():
            if record.crossed is not None and now - record.crossed <= NEWS:
                self._tell(record)

    def _tell(self, record: BoardInputRecord) -> None:
        if record.side and record.level is not None:
            level = record.level.above if record.side == "above" else record.level.below
            self._teller.tell_everybody(
                words.crossed(
                    record.channel, record.name, record.side, crossings=record.crossings, volts=record.volts, level=level
                )
            )
