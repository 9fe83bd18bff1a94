"""The memory: what was, what changed, and when.

``recording`` writes down each accepted state; ``moments`` builds a past one again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vaultraider.domain.catalogue import Catalogue
from vaultraider.ports import Clock
from vaultraider.ports.history import HistoryStore

__all__ = ["History", "build_history"]


@dataclass(frozen=True, kw_only=True)
class History:
    """Everything about the past. ``catalogue``: today's definitions made ready; it raises DefinitionsMissing."""

    store: HistoryStore
    catalogue: Callable[[], Catalogue]
    clock: Clock


def build_history(*, store: HistoryStore, catalogue: Callable[[], Catalogue], clock: Clock) -> History:
    return History(store=store, catalogue=catalogue, clock=clock)
