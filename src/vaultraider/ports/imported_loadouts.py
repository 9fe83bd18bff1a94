"""Loadouts that came with another program's backup, kept as they came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec


class ImportedLoadout(msgspec.Struct, frozen=True):
    """``id``: the other program's. ``account``: a membership id, or "". ``entry``: its JSON."""

    id: str
    account: str
    entry: bytes


class ImportedLoadoutStore(Protocol):
    """Per person; nothing here is ever another person's."""

    def of(self, user_id: int) -> list[ImportedLoadout]:
        """In the order in which they came."""

    def keep(self, user_id: int, loadouts: Sequence[ImportedLoadout], now: datetime, *, check: bool = False) -> int:
        """Those of the same id are replaced; how many are new or different. As far as there is room. ``check``: only counts."""
