"""What is kept of the board's inputs: their names, their levels, and on which side of them they were last."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

import msgspec
from msgspec import UNSET, UnsetType

from vaultraider.domain.board_levels import Level, Side


class BoardInputRecord(msgspec.Struct, frozen=True, kw_only=True):
    """``side``: as last told; ``crossings``: how often a level was crossed, ever. ``crossed``, ``volts``: when ``side`` last
    changed, and the reading that did it. ``revision`` grows with every change of the row."""

    channel: int
    name: str = ""
    level: Level | None = None
    side: Side = ""
    crossings: int = 0
    crossed: datetime | None = None
    volts: float | None = None
    revision: int = 0


class BoardInputs(Protocol):
    """Each method is one transaction."""

    def all(self) -> dict[int, BoardInputRecord]:
        """By channel; an input of which nothing was said is missing."""

    def save(
        self, channel: int, *, name: str | UnsetType = UNSET, level: Level | UnsetType | None = UNSET, now: datetime
    ) -> BoardInputRecord:
        """What is left out stays as it is in the row, whatever another process made of it. Another level begins anew: its side is
        forgotten."""

    def cross(self, before: BoardInputRecord, side: Side, volts: float, at: datetime) -> BoardInputRecord | None:
        """Writes down that the input went to ``side``; None when anybody has changed the row since ``before`` was read: of
        several processes that see the same, one is the first."""
