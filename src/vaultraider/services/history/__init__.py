"""The memory: what was, what changed, and when.

``recording`` writes down each accepted state; ``moments`` builds a past one again; ``charts`` says what charts draw.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vaultraider.domain.catalogue import Catalogue
from vaultraider.ports import Clock, Nicknames
from vaultraider.ports.history import HistoryStore
from vaultraider.services.history.charts import Charts, Chosen, States

__all__ = ["History", "build_history"]


@dataclass(frozen=True, kw_only=True)
class History:
    """Everything about the past. ``catalogue``: today's definitions made ready; it raises DefinitionsMissing."""

    store: HistoryStore
    catalogue: Callable[[], Catalogue]
    clock: Clock
    charts: Charts


def build_history(
    *,
    store: HistoryStore,
    catalogue: Callable[[], Catalogue],
    clock: Clock,
    chosen: Chosen,
    states: States,
    nicknames: Nicknames,
) -> History:
    """``chosen``: which account is looked at. ``states``: what was last accepted of it."""
    return History(
        store=store,
        catalogue=catalogue,
        clock=clock,
        charts=Charts(store=store, chosen=chosen, states=states, nicknames=nicknames, catalogue=catalogue, clock=clock),
    )
