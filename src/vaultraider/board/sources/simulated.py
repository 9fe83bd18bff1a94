"""Inputs that nobody has to solder: waves over the clock. The demo shows them."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from vaultraider.board.source import Places, Reading, SourceFailed, SourceUnknown

HELP = "simulated: invented inputs; simulated:sine,ramp,noise chooses their waves"
BITS = 12
REFERENCE = 5.0
MOST = 64
"""Inputs."""

Wave = Callable[[float, int], float]
"""``wave(seconds, channel)`` in volts."""


def sine(seconds: float, channel: int) -> float:
    return 2.5 + 1.5 * math.sin(2 * math.pi * seconds / (20 + 7 * channel)) + 0.02 * _unrest(seconds, channel)


def ramp(seconds: float, channel: int) -> float:
    length = 30 + 5 * channel
    return 0.2 + 4.4 * (seconds % length) / length


def noise(seconds: float, channel: int) -> float:
    return 0.6 + 0.4 * channel + 0.15 * _unrest(seconds, channel)


def _unrest(seconds: float, channel: int) -> float:
    """From -1 to 1, without a memory: the same moment has the same noise."""
    return 2 * (math.sin(seconds * 1297.13 + channel * 78.233) * 43758.5453 % 1) - 1


WAVES: dict[str, Wave] = {"sine": sine, "ramp": ramp, "noise": noise}
USUAL = ("sine", "ramp", "noise", "sine", "noise", "noise")


class Simulated:
    """Fits ``AnalogSource``. ``waves``: one an input."""

    name = "Simulated board"
    bits = BITS
    reference = REFERENCE

    def __init__(self, waves: tuple[Wave, ...], clock: Callable[[], float] = time.time) -> None:
        self.channels = tuple(range(len(waves)))
        self._waves = waves
        self._clock = clock

    def read(self, channel: int) -> Reading:
        if not 0 <= channel < len(self._waves):
            raise SourceFailed(f"The simulated board has no input {channel}.")
        volts = self._waves[channel](self._clock(), channel)
        raw = min((1 << BITS) - 1, max(0, int(volts * (1 << BITS) / REFERENCE)))
        return Reading(raw, raw * REFERENCE / (1 << BITS))

    def close(self) -> None:
        """There is nothing to let go."""


def open_source(argument: str, places: Places) -> Simulated:
    """``argument``: names of waves with commas between, one an input; empty: the usual six."""
    names = tuple(argument.split(",")) if argument else USUAL
    unknown = next((name for name in names if name not in WAVES), None)
    if unknown is not None or len(names) > MOST:
        raise SourceUnknown(f"The simulated board has the waves {', '.join(WAVES)}, at most {MOST} of them: choose among these.")
    return Simulated(tuple(WAVES[name] for name in names))
