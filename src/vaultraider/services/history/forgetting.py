"""Retention: what is older than the server's owner wants to keep is forgotten, and what interrupted imports left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import msgspec

from vaultraider.ports import Clock
from vaultraider.ports.history import HistoryStore

LEFT_AFTER = timedelta(days=1)
"""An import that did not end in that time never will."""


class Forgotten(msgspec.Struct, frozen=True):
    """``accounts``: of how many something went; ``observations``: how many went in all."""

    accounts: int
    observations: int
    sentence: str


class Forgetting:
    """``days``: how long the past is kept; 0: for ever."""

    def __init__(self, *, store: HistoryStore, clock: Clock, days: int) -> None:
        self._store = store
        self._clock = clock
        self._days = days

    def run(self, check: Callable[[], None]) -> Forgotten:
        """One account after the other. ``check`` raises when the worker should stop; what is done by then stays done."""
        now = self._clock.now()
        self._store.sweep(now - LEFT_AFTER)
        if not self._days:
            return Forgotten(0, 0, "The past is kept for ever.")
        before = now - timedelta(days=self._days)
        gone = []
        for account in self._store.accounts():
            check()
            gone.append(self._store.forget_before(account.id, before))
        accounts, observations = sum(each > 0 for each in gone), sum(gone)
        kept = f"The last {self._days} days are kept."
        told = f"Older observations forgotten: {observations}." if observations else "Nothing is older."
        return Forgotten(accounts, observations, f"{kept} {told}")
