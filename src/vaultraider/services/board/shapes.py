"""What is shown of the board."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

State = Literal["starting", "live", "missing", "stuck"]
Crossed = Literal["above", "below"]


class BoardLevel(Struct, frozen=True, kw_only=True):
    """Volts. ``crossed``: on which side of the levels the input is now; absent between them."""

    above: float | UnsetType = UNSET
    below: float | UnsetType = UNSET
    hysteresis: float
    on: bool
    crossed: Crossed | UnsetType = UNSET


class BoardInput(Struct, frozen=True, kw_only=True):
    """``raw``, ``volts``, ``at``: the last reading, and when it was; absent before the first. ``history``: how many seconds ago,
    as a negative number, and the mean of that second in volts, null where nothing was read; ``low``, ``high``: of all readings
    in that time. ``failed``: why it cannot be read."""

    channel: int
    name: str | UnsetType = UNSET
    raw: int | UnsetType = UNSET
    volts: float | UnsetType = UNSET
    at: datetime | UnsetType = UNSET
    level: BoardLevel | UnsetType = UNSET
    low: float | UnsetType = UNSET
    high: float | UnsetType = UNSET
    history: list[tuple[int, float | None]] | UnsetType = UNSET
    failed: str | UnsetType = UNSET


class BoardAnswer(Struct, frozen=True, kw_only=True):
    """``source``: the setting's word for it. ``name``, ``bits``, ``reference`` (volts): the device's own, absent until it was
    there once. ``rate``: readings a second. ``since``: of the state; ``sentence``: what happened, and what to do."""

    source: str
    name: str | UnsetType = UNSET
    bits: int | UnsetType = UNSET
    reference: float | UnsetType = UNSET
    rate: int
    state: State
    since: datetime
    sentence: str | UnsetType = UNSET
    may_change: bool
    inputs: list[BoardInput]


class BoardReading(Struct, frozen=True, kw_only=True):
    """``raw`` and ``volts`` are absent when it could not be read; then ``failed`` says why."""

    channel: int
    raw: int | UnsetType = UNSET
    volts: float | UnsetType = UNSET
    crossed: Crossed | UnsetType = UNSET
    failed: str | UnsetType = UNSET


class BoardReadings(Struct, frozen=True, kw_only=True):
    """All inputs at one moment."""

    at: datetime
    inputs: list[BoardReading]
