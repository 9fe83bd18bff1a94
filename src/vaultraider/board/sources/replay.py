"""Readings that were written down, played again and again.

A line of the file is a moment: seconds since the beginning, then the volts of each input, with commas between. What stands in a
line holds until the next; an empty field is an input that could not be read. Lines that begin with # say nothing.
"""

from __future__ import annotations

import math
import stat
import time
from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path

from vaultraider.board.source import Places, Reading, SourceFailed, SourceMissing, SourceUnknown

HELP = "replay:readings.csv: readings that were written down, played again and again"
BITS = 12
REFERENCE = 5.0
LARGEST = 16_000_000
"""Bytes of a file."""
MOST = 64
"""Inputs."""

Moment = tuple[float, tuple[float | None, ...]]


class Replay:
    """Fits ``AnalogSource``. It begins with the first line when it is opened."""

    bits = BITS
    reference = REFERENCE

    def __init__(self, name: str, moments: list[Moment], clock: Callable[[], float] = time.monotonic) -> None:
        """``moments``: in the order of time, and at least one."""
        self.name = name
        self.channels = tuple(range(len(moments[0][1])))
        self._times = [moment[0] - moments[0][0] for moment in moments]
        self._volts = [moment[1] for moment in moments]
        self._length = self._times[-1] + (self._times[-1] - self._times[-2] if len(moments) > 1 else 1.0)
        self._clock = clock
        self._begun = clock()

    def read(self, channel: int) -> Reading:
        if channel not in self.channels:
            raise SourceFailed(f"{self.name} has no input {channel}.")
        place = (self._clock() - self._begun) % self._length
        volts = self._volts[bisect_right(self._times, place) - 1][channel]
        if volts is None:
            raise SourceFailed(f"{self.name} has nothing for input {channel} at this moment.")
        raw = min((1 << BITS) - 1, max(0, int(volts * (1 << BITS) / REFERENCE)))
        return Reading(raw, volts)

    def close(self) -> None:
        """The file was read as a whole."""


def open_source(argument: str, places: Places) -> Replay:
    """``argument``: the file. Raises SourceMissing while there is none, SourceUnknown for one that holds no readings."""
    if not argument:
        raise SourceUnknown("A replay needs a file: replay:/path/to/readings.csv")
    file = Path(argument)
    try:
        found = file.stat()
        if not stat.S_ISREG(found.st_mode):  # a device or a pipe might never end
            raise SourceUnknown(f"{file.name} is no file with readings.")
        if found.st_size > LARGEST:
            raise SourceUnknown(f"{file.name} is too large for a replay: it may have {LARGEST // 1_000_000} MB.")
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise SourceMissing(f"{file.name} cannot be read ({error.strerror}). It is looked for all the time.") from None
    return Replay(file.name, parse(text))


def parse(text: str) -> list[Moment]:
    """Raises SourceUnknown with the number of the line that is wrong."""
    moments: list[Moment] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        moment = _moment(line, number)
        if moments and (moment[0] <= moments[-1][0] or len(moment[1]) != len(moments[0][1])):
            raise _wrong(number, "comes later than the line before, and has as many inputs")
        moments.append(moment)
    if not moments:
        raise SourceUnknown("The file of the replay has no readings.")
    return moments


def _moment(line: str, number: int) -> Moment:
    first, *rest = (field.strip() for field in line.split(","))
    if not 1 <= len(rest) <= MOST:
        raise _wrong(number, f"has seconds and then 1 to {MOST} inputs")
    try:
        return _finite(first), tuple(_finite(field) if field else None for field in rest)
    except ValueError:
        raise _wrong(number, "has numbers only") from None


def _finite(field: str) -> float:
    value = float(field)
    if not math.isfinite(value) or abs(value) > 1e9:
        raise ValueError
    return value


def _wrong(number: int, rule: str) -> SourceUnknown:
    return SourceUnknown(f"Line {number} of the replay's file cannot be read: a line {rule}.")
