"""The people who use this server, and the Destiny accounts that are theirs."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

PLATFORMS: dict[int, str] = {1: "Xbox", 2: "PlayStation", 3: "Steam", 4: "Battle.net", 5: "Stadia", 6: "Epic", 10: "Demon"}
"""Bungie's membership types that hold Destiny 2 accounts."""

Role = Literal["admin", "member"]
SignIn = Literal["ok", "ended"]


class User(msgspec.Struct, frozen=True, kw_only=True):
    """A person who signed in here at least once.

    ``id`` is ours; ``bungie_id`` is the bungie.net membership (type 254), never a Destiny one. ``sign_in`` is "ended" when
    Bungie no longer accepts our permission: what is kept can be read, nothing new can be fetched.
    """

    id: int
    bungie_id: str
    name: str
    role: Role = "member"
    sign_in: SignIn = "ok"

    @property
    def is_admin(self) -> bool:
        return self.role == "admin"


class DestinyAccount(msgspec.Struct, frozen=True, kw_only=True):
    """A Destiny 2 account of a person.

    ``type`` and ``id`` go into every later call; ``platforms`` are the membership types that fold into it (cross-save).
    ``problem`` is the PlatformErrorCodes number that Bungie gave instead of the account's details, where it did.
    """

    type: int
    id: str
    name: str
    platforms: tuple[int, ...] = ()
    last_played: datetime | None = None
    cross_save_primary: bool = False
    problem: int | None = None


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """A link that lets one person in, once. The link's secret is told when it is made and kept only as a hash."""

    id: int
    note: str
    created: datetime
    expires: datetime
    used_by: str | None = None
    """The name of who came in by it."""
    used: datetime | None = None
