"""Whose guardians can look at a vendor: of everybody whose sign-in is good, as their last profile tells."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import NamedTuple, Protocol

import msgspec

from vaultraider.domain.errors import VaultRaiderError
from vaultraider.domain.items import CLASSES
from vaultraider.domain.people import User
from vaultraider.domain.profile_parts import GuardianClass
from vaultraider.domain.snapshot import CharacterData, ProfileSnapshot, decode_or_salvage
from vaultraider.ports import MembershipRef

logger = logging.getLogger(__name__)

_CHARACTER = msgspec.json.Decoder(CharacterData)


class Guardian(NamedTuple):
    """One character of one person's chosen account."""

    user: User
    membership: MembershipRef
    character_id: str
    guardian: GuardianClass


class People(Protocol):
    def all(self) -> list[User]: ...


class Accounts(Protocol):
    def membership(self, user: User) -> MembershipRef: ...


class Snapshots(Protocol):
    def snapshot_of(self, user: User, membership: MembershipRef | None = None) -> ProfileSnapshot | None: ...


class Eyes:
    def __init__(self, *, people: People, accounts: Accounts, snapshots: Snapshots) -> None:
        self._people = people
        self._accounts = accounts
        self._snapshots = snapshots

    def people(self) -> list[User]:
        return self._people.all()

    def everybody(self) -> Iterator[Guardian]:
        """Guardian by guardian, person by person; a person's snapshot is read only when it is their turn."""
        for user in self._people.all():
            if user.sign_in == "ok":
                yield from self.of(user)

    def of(self, user: User) -> list[Guardian]:
        """A person's guardians, last played first; none where no profile was read yet. Bungie is not asked for one."""
        try:
            membership = self._accounts.membership(user)
            snapshot = self._snapshots.snapshot_of(user, membership)
        except VaultRaiderError as error:
            logger.info("User %s cannot look for us: %s", user.id, error.code)
            return []
        part = snapshot.body.characters if snapshot is not None else None
        found = [(id, decode_or_salvage(raw, _CHARACTER, CharacterData)) for id, raw in ((part and part.data) or {}).items()]
        found.sort(key=lambda each: each[1].date_last_played, reverse=True)
        return [
            Guardian(user, membership, one.character_id or id, CLASSES[one.class_type])
            for id, one in found
            if one.class_type in CLASSES
        ]
