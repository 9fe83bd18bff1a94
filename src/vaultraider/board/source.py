"""What reads analogue inputs, whichever chip they hang on."""

from __future__ import annotations

from typing import NamedTuple, Protocol

IIO_ROOT = "/sys/bus/iio/devices"
"""Where Linux shows its converters."""


class Reading(NamedTuple):
    """``raw``: what the converter counted. ``volts``: what that means."""

    raw: int
    volts: float


class SourceError(Exception):
    """``sentence``: what happened and what to do, for people; a board may be public, so it names no place of this machine."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class SourceMissing(SourceError):
    """The device is not there, or not any more. It may come back."""


class SourceFailed(SourceError):
    """One input could not be read, or not understood."""


class SourceUnknown(SourceError):
    """No such source can be meant: whoever chose it has to choose again."""


class AnalogSource(Protocol):
    """An open device. It is read by one thread at a time.

    ``channels``: the numbers of its inputs, in order. ``bits``: how many an unsigned reading has. ``reference``: volts that a
    reading of all ones would just not reach.
    """

    @property
    def name(self) -> str: ...
    @property
    def channels(self) -> tuple[int, ...]: ...
    @property
    def bits(self) -> int: ...
    @property
    def reference(self) -> float: ...

    def read(self, channel: int) -> Reading:
        """Raises SourceMissing when the device has gone, SourceFailed when only this input cannot be read."""

    def close(self) -> None:
        """Lets the device go; it may be gone already."""


class Places(NamedTuple):
    """Where sources look. ``iio_root``: the folder of Linux's converters."""

    iio_root: str = IIO_ROOT
