"""Hours of background work before the simulator, in no time: the clock jumps from one piece of work to the next."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from tests.wired import WiredBrowser, WiredHouse

from vaultraider.bootstrap import Services, build_services
from vaultraider.bungie.profile import RECORDS
from vaultraider.database.jobs import JobRow
from vaultraider.domain.people import DestinyAccount, User
from vaultraider.jobs._registry import find_jobs, perform
from vaultraider.ports import MembershipRef, WatchedAccount
from vaultraider.services.watching.watching import JOB

KIND = JOB
SMALL = "Private"
"""Of the cast the one who owns least: to be read hundreds of times."""
SMALL_NAME = "Private#1303"
_JOBS = find_jobs()


@dataclasses.dataclass
class Night:
    house: WiredHouse

    @property
    def services(self) -> Services:
        return self.house.services

    def now(self) -> datetime:
        return self.house.clock.now()

    def begin(self, services: Services | None = None) -> None:
        """What the schedule does at a start."""
        (services or self.services).jobs.ask(KIND, asked_by="schedule")

    def pass_by(self, seconds: float, *workers: Services) -> None:
        """So much time passes, and watching is done when it is due, by the workers in turn."""
        chosen = itertools.cycle(workers or (self.services,))
        until = self.now() + timedelta(seconds=seconds)
        while True:
            for job_id in self.due():
                worker = next(chosen)
                done = perform(worker, _JOBS, job_id)
                assert done is None or done.state in ("done", "queued"), done
            following = self._following()
            if following is None or following > until:
                break
            self.house.pass_time(max(0.001, (following - self.now()).total_seconds()))
        left = (until - self.now()).total_seconds()
        if left > 0:
            self.house.pass_time(left)

    def due(self) -> list[int]:
        """Numbers of the looks that may begin."""
        now = self.now()
        return [row.id for row in self._queued() if row.not_before <= now]

    def _following(self) -> datetime | None:
        return min((row.not_before for row in self._queued()), default=None)

    def _queued(self) -> list[JobRow]:
        query = select(JobRow).where(JobRow.state == "queued", JobRow.kind == KIND).order_by(JobRow.id)
        with self.services.database.reading() as session:
            return list(session.scalars(query))

    # -- what Bungie saw ------------------------------------------------------------------------------------------------

    def reads(self, account: str = "") -> list[datetime]:
        """When profiles were asked for: of an account's id, or all. Triumphs come apart, and are no read of it."""
        wanted = f"/Profile/{account}"
        asked = [each for each in self.house.controls.journal() if wanted in each.path and "LinkedProfiles" not in each.path]
        found = [each for each in asked if each.query != f"components={RECORDS.number}"]
        return [datetime.fromisoformat(each.at) for each in found]

    @contextmanager
    def counting(self, account: str = "") -> Iterator[list[datetime]]:
        """The reads that come meanwhile."""
        before = len(self.reads(account))
        found: list[datetime] = []
        yield found
        found += self.reads(account)[before:]

    # -- who is watched -------------------------------------------------------------------------------------------------

    def sign_in(self, person: str = SMALL) -> WiredBrowser:
        return self.house.signed_in(person)

    def user(self, name: str = SMALL_NAME) -> User:
        return self.house.user(name)

    def row(self, name: str = SMALL_NAME) -> WatchedAccount:
        user = self.user(name)
        found = self.services.watching._store.get(user.id, self.services.accounts.destiny.membership(user))
        assert found is not None
        return found

    def play(self, who: str = SMALL, *, playing: bool = True) -> None:
        """They go into the game, or leave it."""
        account = self.house.controls.account(who)
        account.playing = playing
        if playing:
            for each in account.characters[:1]:
                each.last_played = self.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        self.changed(who)

    def rest(self, who: str = SMALL, hours: float = 5) -> None:
        """They have not played for so long."""
        account = self.house.controls.account(who)
        account.playing = False
        for each in account.characters:
            each.last_played = (self.now() - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.changed(who)

    def changed(self, who: str = SMALL) -> None:
        box = self.house.controls.box
        with box.lock:
            box.world.changed()
            box.caches.bust(self.house.controls.account(who).id)

    def told(self, name: str = SMALL_NAME, kind: str = "") -> list[Any]:
        found = self.services.notifications.latest(self.user(name), limit=200)
        return [each for each in found if not kind or each.kind == kind]

    # -- processes ------------------------------------------------------------------------------------------------------

    def another_process(self) -> Services:
        """One that shares the folder, the clock and nothing else."""
        return build_services(self.house.settings, clock=self.house.clock)

    def crowd(self, count: int) -> list[User]:
        """So many people, each with an account at Bungie: the same one, so that the simulator knows it."""
        owner = self.user()
        accounts = self.services.accounts
        tokens = accounts.credentials._tokens.load(owner.id)
        assert tokens is not None
        membership = accounts.destiny.membership(owner)
        made = []
        for number in range(count):
            user = accounts.users.welcome(f"99{number:04}", f"Guest {number}", admin=False, now=self.now())
            accounts.users.save_accounts(user.id, [DestinyAccount(type=membership.type, id=membership.id, name=user.name)])
            accounts.credentials._tokens.save(user.id, tokens.pair)
            made.append(user)
        return made


def membership_of(night: Night, name: str = SMALL_NAME) -> MembershipRef:
    return night.services.accounts.destiny.membership(night.user(name))
