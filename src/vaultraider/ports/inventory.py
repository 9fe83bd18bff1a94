"""What Bungie last said of each account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

import msgspec

from vaultraider.domain.profile import Profile
from vaultraider.domain.profile_parts import Incomplete
from vaultraider.domain.wishes import Verdict
from vaultraider.ports.bungie import MembershipRef


class KeptSnapshot(msgspec.Struct, frozen=True, kw_only=True):
    """The last accepted answer of GetProfile about one account of one person. Times are aware, in UTC."""

    body: bytes
    """JSON, as ``domain.snapshot`` reads it."""
    read: datetime
    """When this state was read."""
    checked: datetime
    """When Bungie was last asked, whether or not it had anything newer."""
    incomplete: tuple[Incomplete, ...] = ()
    clan: str = ""
    clan_read: datetime | None = None


class SnapshotMark(msgspec.Struct, frozen=True):
    """Which state is kept, without the state."""

    read: datetime
    checked: datetime


class Snapshots(Protocol):
    """What Bungie last said of each account, over restarts and between processes. Each person's is apart."""

    def load(self, user_id: int, membership: MembershipRef) -> KeptSnapshot | None: ...
    def mark(self, user_id: int, membership: MembershipRef) -> SnapshotMark | None: ...
    def save(self, user_id: int, membership: MembershipRef, kept: KeptSnapshot) -> None: ...
    def touch(self, user_id: int, membership: MembershipRef, checked: datetime) -> None:
        """Bungie had nothing newer."""


class Nicknames(Protocol):
    """Names that a person gave to guardians."""

    def of(self, user_id: int, membership: MembershipRef) -> dict[str, str]:
        """By character id."""

    def save(self, user_id: int, membership: MembershipRef, character_id: str, nickname: str) -> None:
        """An empty one takes it away."""


class VerdictsOf(Protocol):
    """What a profile's answer tells of a person's wish lists."""

    def of(self, user_id: int, profile: Profile) -> Mapping[str, Verdict]:
        """By item id. The same object until the profile or a list changes. Cheap when asked often."""
