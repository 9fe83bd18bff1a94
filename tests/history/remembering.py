"""A house that remembers: what Marrow plays, what is read of it, and what is remembered afterwards."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from tests.transfers.house import MovingHouse

from vaultraider.bootstrap import Services, build_services
from vaultraider.domain.history.events import Event
from vaultraider.domain.history.moment import Moment
from vaultraider.domain.history.taking import moment_of
from vaultraider.domain.people import User
from vaultraider.domain.snapshot import ProfileSnapshot
from vaultraider.ports import MembershipRef
from vaultraider.ports.history import EventQuery, HistoryAccount, HistoryStore, Replay
from vaultraider.services.history import History

LOOK = 130.0
"""Seconds after which Bungie's caches have forgotten."""


@dataclass
class RememberingHouse:
    moving: MovingHouse

    @property
    def history(self) -> History:
        return self.moving.wired.services.history

    @property
    def store(self) -> HistoryStore:
        return self.history.store

    @property
    def user(self) -> User:
        return self.moving.user

    @property
    def membership(self) -> MembershipRef:
        return self.moving.membership

    @property
    def now(self) -> datetime:
        return self.moving.now

    @property
    def account(self) -> HistoryAccount:
        found = self.store.account(self.user.id, self.membership)
        assert found is not None
        return found

    def plays(self, deed: str, count: int = 1, **more: object) -> None:
        self.moving.controls.happen("external_mutation", account=self.moving.person, deed=deed, count=count, **more)

    def looks(self, seconds: float = LOOK, *, at: Services | None = None) -> ProfileSnapshot:
        """Reads the account once that much time has passed; what was accepted."""
        self.moving.pass_time(seconds)
        inventory = (at or self.moving.wired.services).inventory
        inventory.refresh(self.user, forced=True, membership=self.membership)
        found = inventory.snapshot_of(self.user, self.membership)
        assert found is not None
        return found

    def another_process(self) -> Services:
        """The same database and clock, nothing in memory."""
        return build_services(self.moving.wired.settings, clock=self.moving.wired.clock)

    def events(self) -> list[Event]:
        return self.store.events(self.account.id, EventQuery(limit=1000))

    def kinds(self) -> Counter[str]:
        return Counter(event.kind for event in self.events())

    def at(self, moment: datetime) -> tuple[Moment, Replay] | None:
        return self.history.moments.at(self.user, self.membership, moment)

    def knows_the_truth(self) -> None:
        found = self.at(self.now)
        snapshot = self.moving.wired.services.inventory.snapshot_of(self.user, self.membership)
        assert found is not None and snapshot is not None
        assert found[0] == moment_of(snapshot, None)
