"""Totals of a person's own, on disk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from vaultraider.domain.custom_stats import CustomStat

Refused = Literal["gone", "full", "unknown", "clash"]
"""The person was deleted meanwhile; no more can be kept; they have none with this id; another one of theirs has this word."""


class CustomStatStore(Protocol):
    """Per person; nothing here is ever another person's."""

    def of(self, user_id: int) -> tuple[CustomStat, ...]:
        """As ``custom_stats.in_order`` puts them."""

    def save(self, user_id: int, stat: CustomStat) -> CustomStat | Refused:
        """Makes it, or changes the one of its id; how it is kept now."""

    def take_in(self, user_id: int, stats: Sequence[CustomStat], *, check: bool = False) -> int:
        """Of an import what is new or different, where there is room and no word clashes; how many. ``check``: only counts."""

    def drop(self, user_id: int, id: int) -> bool:
        """Whether there was one."""
