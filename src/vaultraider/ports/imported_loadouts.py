"""Loadouts that came with another program's backup, kept as they came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec

MOST_LOADOUTS = 2000
"""Of one person."""
MOST_BYTES = 16 * 2**20
"""Of one person, all together: a loadout has some 2 KB."""


class ImportedLoadout(msgspec.Struct, frozen=True):
    """``id``: the other program's. ``account``: a membership id, or "". ``entry``: its JSON."""

    id: str
    account: str
    entry: bytes


class TakenLoadouts(msgspec.Struct, frozen=True):
    """``changed``: new or different ones. ``left_out``: those for which there was no room."""

    changed: int = 0
    left_out: int = 0


class ImportedLoadoutStore(Protocol):
    """Per person; nothing here is ever another person's."""

    def of(self, user_id: int) -> list[ImportedLoadout]:
        """In the order in which they came."""

    def keep(self, user_id: int, loadouts: Sequence[ImportedLoadout], now: datetime, *, check: bool = False) -> TakenLoadouts:
        """Those of the same id are replaced; as far as there is room, and what does not fit is left out. ``check``: only
        counts."""
