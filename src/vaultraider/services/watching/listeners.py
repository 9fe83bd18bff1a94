"""What is noticed in each accepted state: that it is played, that a place is nearly full, that definitions lack something."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from vaultraider.domain.characters import read_characters
from vaultraider.domain.definitions import Definitions
from vaultraider.domain.errors import DefinitionsMissing
from vaultraider.domain.fullness import Alarm, Place, look_at, places
from vaultraider.domain.items import CLASSES
from vaultraider.domain.notifications.accounts import nearly_full
from vaultraider.domain.people import DestinyAccount, User
from vaultraider.domain.profile import hashes_named
from vaultraider.domain.snapshot import ProfileSnapshot
from vaultraider.domain.watch_pace import last_played
from vaultraider.ports import (
    Clock,
    DefinitionsSource,
    MembershipRef,
    Nicknames,
    Pause,
    Teller,
    UnknownHashes,
    WatchPauses,
    WatchStore,
)

logger = logging.getLogger(__name__)

EARLY_CHECK = "early-check"
CHECK_EVERY = timedelta(minutes=5)
UPDATE_JOB = "update_manifest"
"""The job that looks for new definitions (its file in ``jobs/``)."""


class Asking(Protocol):
    def ask(self, kind: str, arguments: Mapping[str, object] | None = None, *, asked_by: str, after: float = 0.0) -> object: ...


class People(Protocol):
    def accounts(self, user_id: int) -> list[DestinyAccount]: ...


class Activity:
    """When the account was last played: its pace follows from that."""

    def __init__(self, store: WatchStore) -> None:
        self._store = store

    def accepted(self, user: User, membership: MembershipRef, before: ProfileSnapshot | None, after: ProfileSnapshot) -> None:
        self._store.played(user.id, membership, last_played(after, before), read=after.read)


class FullPlaces:
    """Tells once that the vault or a postmaster is nearly full, until it has clearly gone down again.

    The alarm is written down before it is told and marked afterwards; whoever dies between tells it once more under the same
    key, which is told once.
    """

    def __init__(
        self,
        *,
        store: WatchStore,
        definitions: DefinitionsSource,
        nicknames: Nicknames,
        people: People,
        teller: Teller,
        clock: Clock,
    ) -> None:
        self._store = store
        self._definitions = definitions
        self._nicknames = nicknames
        self._people = people
        self._teller = teller
        self._clock = clock

    def accepted(self, user: User, membership: MembershipRef, before: ProfileSnapshot | None, after: ProfileSnapshot) -> None:
        try:
            definitions = self._definitions.current()
        except DefinitionsMissing:
            return  # Nobody knows yet how much fits in.
        old = self._store.alarms(user.id, membership)
        found = {place.name: place for place in places(after, definitions)}
        new = _looked_at(old, found, self._clock.now())
        if new != old:
            self._store.save_alarms(user.id, membership, new)
        untold = {name: alarm for name, alarm in new.items() if not alarm.told and name in found}
        for name, alarm in untold.items():
            self._tell(user, membership, found[name], alarm, after, definitions)
        if untold:
            self._store.save_alarms(
                user.id, membership, new | {name: Alarm(each.began, told=True) for name, each in untold.items()}
            )

    def _tell(
        self,
        user: User,
        membership: MembershipRef,
        place: Place,
        alarm: Alarm,
        snapshot: ProfileSnapshot,
        definitions: Definitions,
    ) -> None:
        mine = self._people.accounts(user.id)
        name = next((each.name for each in mine if (each.type, each.id) == (membership.type, membership.id)), "")
        guardian = self._guardian(user, membership, place, snapshot, definitions) if place.holder else ""
        key = f"{membership.type}-{membership.id} {place.name}"
        account = name if len(mine) > 1 else ""
        self._teller.tell(user.id, nearly_full(place, alarm.began, key=key, guardian=guardian, account=account))

    def _guardian(
        self, user: User, membership: MembershipRef, place: Place, snapshot: ProfileSnapshot, definitions: Definitions
    ) -> str:
        """Their nickname, or "your Titan"."""
        nickname = self._nicknames.of(user.id, membership).get(place.holder)
        if nickname:
            return nickname
        data = next((each for each in read_characters(snapshot) if each.character_id == place.holder), None)
        if data is None:
            return ""
        row = definitions.named("Class", data.class_hash)
        name = row.name if row is not None and row.name else CLASSES.get(data.class_type, "guardian").capitalize()
        return f"your {name}"


class UnknownItems:
    """Items that our definitions lack are a sign of newer ones: one early check, not again for the same item and version."""

    def __init__(
        self,
        *,
        definitions: DefinitionsSource,
        unknown: UnknownHashes,
        pauses: WatchPauses,
        jobs: Asking,
        clock: Clock,
    ) -> None:
        self._definitions = definitions
        self._unknown = unknown
        self._pauses = pauses
        self._jobs = jobs
        self._clock = clock
        self._lock = threading.Lock()
        self._looked_up: tuple[str, set[int]] = ("", set())

    def accepted(self, user: User, membership: MembershipRef, before: ProfileSnapshot | None, after: ProfileSnapshot) -> None:
        try:
            definitions = self._definitions.current()
        except DefinitionsMissing:
            return
        with self._lock:
            if self._looked_up[0] != definitions.key:
                self._looked_up = (definitions.key, set(self._unknown.known(definitions.key)))
            done = self._looked_up[1]
            fresh = hashes_named(after) - done - {0}
            definitions.preload(fresh)
            lacking = {hash for hash in fresh if definitions.item(hash) is None}
            done |= fresh - lacking
            if lacking and self._check(definitions.key, lacking):
                done |= lacking

    def _check(self, key: str, lacking: set[int]) -> bool:
        """Whether these need no further check: another process saw to them, or we just asked for one."""
        new = lacking - self._unknown.known(key)
        if not new:
            return True
        now, seen = self._clock.now(), self._pauses.load(EARLY_CHECK)
        soon = seen.until is not None and timedelta(0) < seen.until - now <= CHECK_EVERY
        if soon or not self._pauses.swap(EARLY_CHECK, seen, Pause(until=now + CHECK_EVERY)):
            return False
        logger.info("A profile has %s items that definitions %s lack: looking for newer ones.", len(new), key)
        self._jobs.ask(UPDATE_JOB, asked_by="unknown items")
        self._unknown.remember(key, new, now)
        return True


def _looked_at(old: Mapping[str, Alarm], found: Mapping[str, Place], now: datetime) -> dict[str, Alarm]:
    """A place that is not shown this time keeps its alarm."""
    new = {name: alarm for name, alarm in old.items() if name not in found}
    for name, place in found.items():
        alarm = look_at(place, old.get(name), now)
        if alarm is not None:
            new[name] = alarm
    return new
