"""The MCP3008 on a Raspberry Pi's SPI pins, through gpiozero, for where the kernel has no overlay for it."""

from __future__ import annotations

import importlib
from typing import Any

from vaultraider.board.source import Places, Reading, SourceFailed, SourceMissing, SourceUnknown

HELP = "mcp3008: a chip on a Raspberry Pi's SPI pins; mcp3008:1 takes the second chip-select pin"
INPUTS = 8
BITS = 10
REFERENCE = 3.3
"""Volts: the chip's reference pin is tied to the Pi's 3.3 V, as in every guide."""


class Mcp3008:
    """Fits ``AnalogSource``."""

    name = "MCP3008"
    channels = tuple(range(INPUTS))
    bits = BITS
    reference = REFERENCE

    def __init__(self, inputs: list[Any]) -> None:
        """``inputs``: gpiozero's objects, one an input."""
        self._inputs = inputs

    def read(self, channel: int) -> Reading:
        if channel not in self.channels:
            raise SourceFailed(f"An MCP3008 has no input {channel}.")
        try:
            raw = int(self._inputs[channel].raw_value)
        except Exception as error:  # the library's, the pins' library's, or the kernel's
            raise SourceMissing(f"The MCP3008 does not answer ({_told(error)}). Look at its wires.") from error
        return Reading(raw, raw * REFERENCE / (1 << BITS))

    def close(self) -> None:
        for each in self._inputs:
            each.close()


def open_source(argument: str, places: Places) -> Mcp3008:
    """``argument``: the chip-select pin, 0 or 1. gpiozero is imported here, as nobody else needs it."""
    if argument not in ("", "0", "1"):
        raise SourceUnknown("An MCP3008 is on the chip-select pin 0 or 1: mcp3008:0 or mcp3008:1.")
    try:
        gpiozero = importlib.import_module("gpiozero")
    except ImportError:
        raise SourceMissing("An MCP3008 needs the package gpiozero. Install it with: pip install 'vaultraider[board]'") from None
    opened: list[Any] = []
    try:
        opened.extend(gpiozero.MCP3008(channel=channel, device=int(argument or 0)) for channel in range(INPUTS))
    except Exception as error:
        for each in opened:
            each.close()
        raise SourceMissing(f"The MCP3008 cannot be opened ({_told(error)}). Switch SPI on, and look at its wires.") from error
    return Mcp3008(opened)


def _told(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
