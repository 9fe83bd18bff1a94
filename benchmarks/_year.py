"""A year of one busy account, written by the recorder: a thousand items, 400 changes a day, with all that goes wrong in a year.

Each state goes the way that Bungie's answers go, from the snapshot on. Evenings are played; between them the watch looks and
finds nothing new. Some days nobody looks. Some answers lack lists, details or sockets. Now and then the definitions change, or
are away.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from random import Random
from typing import Any, cast

import msgspec
from msgspec.structs import replace

from vaultraider.bootstrap import Services
from vaultraider.cli._player import Player
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.definitions import Definitions, ItemDefinition
from vaultraider.domain.errors import DefinitionsMissing
from vaultraider.domain.history.moment import Moment
from vaultraider.domain.history.showing import snapshot_from
from vaultraider.domain.people import User
from vaultraider.domain.snapshot import Component, ProfileSnapshot
from vaultraider.ports import Effect, MembershipRef
from vaultraider.services.history.moments import Moments
from vaultraider.services.history.recording import Recording

ITEMS = 1000
DAYS = 365
LOOKS = 24
"""Answers a day that bring something new."""
ACTS = 20
"""Between two of them, about: some change two things, and some nothing that is told."""
UNWATCHED = 0.02
FAULTY = 0.02
"""Of the answers."""
NEW_DEFINITIONS = 45
"""Days."""
AWAY = 0.01
"""Of the answers: the definitions are away just then."""


class Renamed:
    """The same definitions after an update: every third thing has another name. All else is passed on."""

    def __init__(self, definitions: Definitions, number: int) -> None:
        self._definitions = definitions
        self._number = number
        self.key = f"{definitions.key}-{number}"

    def item(self, hash: int) -> ItemDefinition | None:
        found = self._definitions.item(hash)
        return replace(found, name=f"{found.name} {self._number}") if found is not None and hash % 3 == 0 else found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._definitions, name)


class NothingOfOurs:
    def done(self, user_id: int, membership: MembershipRef, since: datetime, until: datetime) -> list[Effect]:
        return []


class Year:
    """``run`` writes it. ``times``: seconds that the recorder took for each state that brought something new; ``gone``: what
    really went; ``observed``: when something was seen, and the moment, of every hundredth one."""

    def __init__(self, services: Services, user: User, membership: MembershipRef, moment: Moment, seed: int = 1) -> None:
        self.times: list[float] = []
        self.gone = 0
        self.observed: list[tuple[datetime, Moment]] = []
        self.looks = 0
        self._user, self._membership = user, membership
        self._store = services.history.store
        self._rng = Random(seed)
        self._definitions = services.inventory.catalogue().definitions
        self._catalogue = Catalogue(self._definitions)
        self._away = False
        self._player = Player(_of_size(moment), self._catalogue, self._rng)
        self._recorder = Recording(
            store=self._store, moments=Moments(self._store), journal=NothingOfOurs(), catalogue=self._catalogue_now
        )

    def run(self, start: datetime, days: Iterable[int], after_day: Callable[[int], None]) -> None:
        for day in days:
            if day % NEW_DEFINITIONS == NEW_DEFINITIONS - 1:
                self._catalogue = Catalogue(cast(Definitions, Renamed(self._definitions, day)))
            if day == 0 or self._rng.random() >= UNWATCHED:
                self._day(start + timedelta(days=day), first=day == 0)
            after_day(day)

    def _day(self, day: datetime, *, first: bool) -> None:
        # Nine in the evening to two: each answer some minutes after the one before.
        at = day + timedelta(hours=9)
        while not first and at < day + timedelta(hours=20):
            self._touch(at)
            at += timedelta(minutes=30)
        at = day + timedelta(hours=20)
        for _ in range(LOOKS):
            at += timedelta(seconds=self._rng.randrange(200, 1000))
            self._act()
            moment = self._player.moment()
            self._accept(snapshot_from(moment, at), moment)
        while at < day + timedelta(hours=33):
            at += timedelta(minutes=30)
            self._touch(at)

    def _accept(self, snapshot: ProfileSnapshot, moment: Moment) -> None:
        self._away = self._rng.random() < AWAY
        if self._rng.random() < FAULTY:
            self._recorder.accepted(self._user, self._membership, None, self._faulty(snapshot))
        begun = time.perf_counter()
        self._recorder.accepted(self._user, self._membership, None, snapshot)
        self.times.append(time.perf_counter() - begun)
        self.looks += 1
        if self.looks % 100 == 0:
            self.observed.append((snapshot.read, moment))

    def _faulty(self, snapshot: ProfileSnapshot) -> ProfileSnapshot:
        """A second sooner, and not whole."""
        body, parts = snapshot.body, snapshot.body.item_components
        what = self._rng.choice(("profileInventory", "characterEquipment", "instances", "sockets"))
        empty: Component[Any] = Component()
        if what == "profileInventory":
            body = replace(body, profile_inventory=empty)
        elif what == "characterEquipment":
            body = replace(body, character_equipment=empty)
        else:
            body = replace(body, item_components=replace(parts, **{what: empty}))
        read = snapshot.read - timedelta(seconds=1)
        return ProfileSnapshot(body=body, read=read, minted=None, incomplete=frozenset({what}))

    def _act(self) -> None:
        player, rng = self._player, self._rng
        for _ in range(rng.randrange(ACTS - 6, ACTS + 7)):
            sort = rng.random()
            if sort < 0.45:
                player.moves()
            elif sort < 0.6:
                player.stacks_change()
            elif sort < 0.72:
                player.trades()
            elif sort < 0.82:
                rng.choice((player.locks, player.perks, player.equips, player.mails, player.masterworks))()
            elif sort < 0.91:
                player.appears(rng.randrange(500, 550))
            else:
                player.vanishes(rng.choice(player.strongest(400)))
                self.gone += 1
        if rng.random() < 0.1:
            id = rng.choice(player.kept())
            player.powers(id, player.power_of(id) + 1)

    def _touch(self, at: datetime) -> None:
        account = self._store.account(self._user.id, self._membership)
        if account is not None and account.seen < at:
            self._store.touch(account, at)

    def _catalogue_now(self) -> Catalogue:
        if self._away:
            raise DefinitionsMissing
        return self._catalogue


def _of_size(moment: Moment) -> Moment:
    """With a thousand items: what the others are is left away from the vault."""
    spare = len(moment.items) - ITEMS
    vaulted = [id for id, item in moment.items.items() if not item.holder]
    gone = set(vaulted[-spare:]) if spare > 0 else set()
    return msgspec.structs.replace(moment, items={id: item for id, item in moment.items.items() if id not in gone})
