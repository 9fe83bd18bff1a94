"""What of the board is shown: made from the reader and the levels when somebody looks, and encoded once for all who do."""

from __future__ import annotations

import threading
from typing import Any

import msgspec
from msgspec import UNSET

from vaultraider.services.board.levels import Levels
from vaultraider.services.board.reading import Input, Reader
from vaultraider.services.board.shapes import BoardAnswer, BoardInput, BoardLevel, BoardReading, BoardReadings

_ENCODE = msgspec.json.Encoder().encode


class Showing:
    def __init__(self, source: str, reader: Reader, levels: Levels) -> None:
        self._source, self._reader, self._levels = source, reader, levels

    def answer(self, *, may_change: bool, history: bool) -> BoardAnswer:
        reader = self._reader
        with reader.lock:
            second = reader.second_now()
            inputs = [self._input(each, second if history else None) for each in reader.inputs.values()]
            device = reader.device
            return BoardAnswer(
                source=self._source.partition(":")[0],
                name=device.name if device else UNSET,
                bits=device.bits if device else UNSET,
                reference=_rounded(device.reference) if device else UNSET,
                rate=reader.rate,
                state=reader.state,
                since=reader.since,
                sentence=reader.sentence or UNSET,
                may_change=may_change,
                inputs=inputs,
            )

    def one(self, channel: int) -> BoardInput | None:
        with self._reader.lock:
            found = self._reader.inputs.get(channel)
            return self._input(found, None) if found is not None else None

    def readings(self) -> BoardReadings:
        with self._reader.lock:
            return BoardReadings(at=self._reader.at, inputs=[self._reading(each) for each in self._reader.inputs.values()])

    def _input(self, found: Input, second: int | None) -> BoardInput:
        record = self._levels.records.get(found.channel)
        span = found.history.range(second) if second is not None else None
        return BoardInput(
            channel=found.channel,
            name=record.name if record is not None and record.name else UNSET,
            raw=found.reading.raw if found.reading else UNSET,
            volts=_rounded(found.reading.volts) if found.reading else UNSET,
            at=found.at or UNSET,
            level=self._level(found.channel),
            low=_rounded(span[0]) if span else UNSET,
            high=_rounded(span[1]) if span else UNSET,
            history=found.history.points(second) if second is not None else UNSET,
            failed=found.failed or UNSET,
        )

    def _level(self, channel: int) -> BoardLevel | msgspec.UnsetType:
        record = self._levels.records.get(channel)
        if record is None or record.level is None:
            return UNSET
        level = record.level
        return BoardLevel(
            above=UNSET if level.above is None else level.above,
            below=UNSET if level.below is None else level.below,
            hysteresis=level.hysteresis,
            on=level.on,
            crossed=self._levels.side(channel) or UNSET,
        )

    def _reading(self, found: Input) -> BoardReading:
        crossed = self._levels.side(found.channel) or UNSET
        if found.failed or found.reading is None:
            return BoardReading(channel=found.channel, crossed=crossed, failed=found.failed or UNSET)
        return BoardReading(channel=found.channel, raw=found.reading.raw, volts=_rounded(found.reading.volts), crossed=crossed)


class News:
    """The newest readings and the newest document, for any number who wait. Who is slow misses some, and holds up nobody."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._encoding = threading.Lock()
        self._ready: dict[Any, tuple[int, bytes]] = {}
        self.readings = 0
        self.documents = 1

    def read(self) -> None:
        with self._changed:
            self.readings += 1
            self._changed.notify_all()

    def change(self) -> None:
        with self._changed:
            self.documents += 1
            self._changed.notify_all()

    def wait(self, readings: int, documents: int, seconds: float) -> tuple[int, int]:
        """The numbers of the newest readings and document; at once when they are not these."""
        with self._changed:
            self._changed.wait_for(lambda: (self.readings, self.documents) != (readings, documents), seconds)
            return self.readings, self.documents

    def encoded(self, which: str, number: int, make: Any) -> bytes:
        """``make()`` as JSON, made once for each ``which`` and ``number``."""
        with self._encoding:
            found = self._ready.get(which)
            if found is None or found[0] < number:
                found = self._ready[which] = (number, _ENCODE(make()))
            return found[1]


def _rounded(volts: float) -> float:
    return round(volts, 6)
