"""Searches on disk: those that a person saved, and those used of late."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Protocol

import msgspec


class KeptSearch(msgspec.Struct, frozen=True, kw_only=True):
    """``query``: in its canonical form where it is valid. ``name``: "" where it has none. ``last``: when it was used last."""

    query: str
    name: str = ""
    saved: bool = False
    uses: int = 0
    last: datetime


class SearchStore(Protocol):
    """Per person; nothing here is ever another person's."""

    def of(self, user_id: int) -> list[KeptSearch]:
        """In no order."""

    def save(
        self, user_id: int, query: str, now: datetime, *, name: str | None = None, saved: bool | None = None
    ) -> KeptSearch | Literal["gone", "full"]:
        """Makes it, or changes what is given of it. "full": no more can be saved. "gone": the person was deleted meanwhile."""

    def used(self, user_id: int, query: str, now: datetime) -> KeptSearch | None:
        """One use more; None for a deleted person. Those that are not saved and were used longest ago make room."""

    def take_in(self, user_id: int, searches: list[KeptSearch], *, check: bool = False) -> int | Literal["gone"]:
        """Those of an import that are not there yet, as far as there is room; how many are added. ``check``: only counts."""

    def drop(self, user_id: int, query: str) -> bool:
        """Whether there was one."""
