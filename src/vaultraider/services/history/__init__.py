"""The memory: what was, what changed, and when.

``recording`` writes down each accepted state; ``moments`` builds a past one again; ``past`` looks back: events, past profiles,
life lines, differences; ``charts`` says what charts draw; ``archive`` takes all of it out and in again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.people import User
from vaultraider.ports import Clock, Nicknames, SnapshotListener
from vaultraider.ports.history import HistoryStore
from vaultraider.services.history.archive import Archive
from vaultraider.services.history.charts import Charts, Chosen, States
from vaultraider.services.history.forgetting import Forgetting
from vaultraider.services.history.moments import Moments
from vaultraider.services.history.past import Past, People
from vaultraider.services.history.recording import Journal, Recording

__all__ = ["History", "build_history"]


@dataclass(frozen=True, kw_only=True)
class History:
    """Everything about the past. ``catalogue``: today's definitions made ready; it raises DefinitionsMissing."""

    store: HistoryStore
    catalogue: Callable[[], Catalogue]
    clock: Clock
    moments: Moments
    recording: Recording
    past: Past
    charts: Charts
    archive: Archive
    forgetting: Forgetting

    def forget(self, user: User) -> None:
        """Drops what is in memory about a person."""
        self.recording.forget(user)
        self.moments.forget()
        self.past.forget(user)


class Heard(States, Protocol):
    """Who tells of each accepted state."""

    def listen(self, listener: SnapshotListener) -> None: ...


def build_history(
    *,
    store: HistoryStore,
    journal: Journal,
    catalogue: Callable[[], Catalogue],
    clock: Clock,
    chosen: Chosen,
    people: People,
    states: Heard,
    nicknames: Nicknames,
    days: int,
) -> History:
    """Joins the memory with the states, of which it hears from then on.

    ``journal``: what we did. ``chosen``: which account is looked at. ``people``: which accounts they have. ``states``: what was
    last accepted of it. ``days``: how long the past is kept; 0: for ever.
    """
    moments = Moments(store)
    recording = Recording(store=store, moments=moments, journal=journal, catalogue=catalogue)
    states.listen(recording)
    return History(
        store=store,
        catalogue=catalogue,
        clock=clock,
        moments=moments,
        recording=recording,
        past=Past(store=store, moments=moments, accounts=chosen, people=people, nicknames=nicknames, catalogue=catalogue),
        charts=Charts(store=store, chosen=chosen, states=states, nicknames=nicknames, catalogue=catalogue, clock=clock),
        archive=Archive(store=store, accounts=chosen, people=people, clock=clock),
        forgetting=Forgetting(store=store, clock=clock, days=days),
    )
