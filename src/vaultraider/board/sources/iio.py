"""Linux's Industrial I/O: any converter that the kernel has a driver for, read through its files in sysfs.

A device is found by its name and not by its number, which depends on the order in which drivers come up. Each file is opened
for each reading: one that stays open would go on answering for a device that was unplugged and came back.
"""

from __future__ import annotations

import errno
import math
import os
import re
from pathlib import Path

from vaultraider.board.source import Places, Reading, SourceError, SourceFailed, SourceMissing

HELP = "iio: Linux's converters, the first that has inputs; iio:adc108s102 takes the one of that name"
USUAL_BITS = 12
"""Where neither the kernel nor the name says: most converters of small boards have so many."""
BITS_OF = {
    **dict.fromkeys(("mcp3001", "mcp3002", "mcp3004", "mcp3008"), 10),
    **dict.fromkeys(("mcp3201", "mcp3202", "mcp3204", "mcp3208", "mcp3301"), 12),
}
"""Of the usual chips on a Raspberry Pi, whose driver has no buffer and so describes none. The last has a sign beside."""
LONGEST = 64
"""Bytes of a file that are read: a number, or a name."""
LARGEST_BITS = 32
LARGEST_FACTOR = 1e9
"""Of scales and offsets: with more, or with what is infinite or no number, no reading would be volts."""
GONE = (errno.ENOENT, errno.ENODEV, errno.ENXIO)
_INPUT = re.compile(r"in_voltage(0|[1-9][0-9]{0,2})_raw")
_TYPE = re.compile(r"[lb]e:(?P<sign>[us])(?P<bits>\d{1,2})/\d+(?:X\d+)?>>\d+")


class IioSource:
    """Fits ``AnalogSource``: one device folder such as ``iio:device0``."""

    def __init__(self, device: Path) -> None:
        """Raises SourceError when it goes away meanwhile, or its files hold no numbers."""
        self._device = os.fspath(device)
        self._mark = _mark(self._device)
        self.name = _name(device)
        self.channels = _inputs(device)
        scales = {channel: self._of(channel, "scale", 1.0) for channel in self.channels}
        self._factors = {channel: (self._of(channel, "offset", 0.0), scales[channel] / 1000) for channel in self.channels}
        self.bits = _bits(device, self.name, self.channels)
        self.reference = max(scales.values(), default=0.0) / 1000 * (1 << self.bits)

    def read(self, channel: int) -> Reading:
        if channel not in self._factors:
            raise SourceFailed(f"{self.name} has no input {channel}.")
        try:
            raw = int(_read(f"{self._device}/in_voltage{channel}_raw"))
            if abs(raw) >> LARGEST_BITS:
                raise ValueError
        except ValueError:
            raise SourceFailed(f"{self.name} says no number for input {channel}. Look at the board's driver.") from None
        except OSError as error:
            raise self._why(channel, error) from None
        offset, scale = self._factors[channel]
        return Reading(raw, (raw + offset) * scale)

    def close(self) -> None:
        """No file stays open between readings."""

    def _of(self, channel: int, what: str, otherwise: float) -> float:
        """The input's own value, the one that all share, or ``otherwise``."""
        for file in (f"in_voltage{channel}_{what}", f"in_voltage_{what}"):
            try:
                return _factor(_read(f"{self._device}/{file}"))
            except FileNotFoundError:
                continue
            except ValueError:
                raise SourceFailed(f"{self.name} says no number in {file}. Look at the board's driver.") from None
            except OSError as error:
                raise self._why(channel, error) from None
        return otherwise

    def _why(self, channel: int, error: OSError) -> SourceError:
        if error.errno in GONE and _mark(self._device) != self._mark:
            return SourceMissing(f"{self.name} is gone. Plug it in again: it is looked for all the time.")
        if error.errno in (errno.EACCES, errno.EPERM):
            return SourceFailed(f"Input {channel} may not be read by this user. Give it the right to read the device's files.")
        told = os.strerror(error.errno) if error.errno else type(error).__name__
        return SourceFailed(f"Input {channel} of {self.name} cannot be read ({told}). Look at its wiring and its driver.")


def open_source(argument: str, places: Places) -> IioSource:
    """``argument``: the device's name; empty: the first device that has analogue inputs. Raises SourceError."""
    try:
        folders = sorted(Path(places.iio_root).iterdir(), key=_number)
    except OSError:
        raise SourceMissing("Linux shows no converters here. Load the board's driver: it is looked for all the time.") from None
    for device in folders:
        if _inputs(device) and argument in ("", _name(device)):
            return IioSource(device)
    wanted = f"converter named {argument}" if argument else "converter with analogue inputs"
    found = ", ".join(filter(None, map(_name, folders))) or "nothing"
    raise SourceMissing(f"There is no {wanted}; there is {found[:200]}. Plug it in, or load its driver.")


def _read(file: str) -> str:
    """Not ``open``: that buffers, decodes and asks the file for its kind, which costs several times the reading."""
    descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.read(descriptor, LONGEST).decode("ascii", "replace").strip()
    finally:
        os.close(descriptor)


def _factor(text: str) -> float:
    value = float(text)
    if not math.isfinite(value) or abs(value) > LARGEST_FACTOR:
        raise ValueError
    return value


def _number(device: Path) -> tuple[int, str]:
    digits = re.search(r"\d+$", device.name)
    return (int(digits[0]) if digits else -1, device.name)


def _mark(device: str) -> int | None:
    """Differs once the folder is another one; None when there is none."""
    try:
        return Path(device).stat().st_ino
    except OSError:
        return None


def _name(device: Path) -> str:
    try:
        return _read(f"{device}/name")
    except OSError:
        return ""


def _inputs(device: Path) -> tuple[int, ...]:
    try:
        matches = (_INPUT.fullmatch(file.name) for file in device.iterdir())
        return tuple(sorted(int(match[1]) for match in matches if match))
    except OSError:
        return ()


def _bits(device: Path, name: str, channels: tuple[int, ...]) -> int:
    """Of a positive reading, from the description of the device's buffer: "le:s12/16>>4" has 11 and a sign."""
    for channel in channels:
        try:
            found = _TYPE.fullmatch(_read(f"{device}/scan_elements/in_voltage{channel}_type"))
        except OSError:
            continue
        if found:
            return max(1, int(found["bits"]) - (found["sign"] == "s"))
    return BITS_OF.get(name, USUAL_BITS)
