"""Who may come in, and what is kept of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol

import msgspec

from vaultraider.domain.people import DestinyAccount, Invitation, Role, SignIn, User
from vaultraider.ports.bungie import MembershipRef, TokenPair


class Cipher(Protocol):
    """Encrypts secrets at rest with a rotatable key."""

    def encrypt(self, plain: str) -> bytes: ...

    def decrypt(self, sealed: bytes) -> str:
        """Raises SignInEnded when no known key opens it (the key was lost)."""


class KeptTokens(msgspec.Struct, frozen=True, kw_only=True):
    """A person's tokens as stored. ``version`` grows with every new pair; ``failures`` counts refreshes that failed oddly."""

    pair: TokenPair
    version: int
    failures: int = 0
    first_failure: datetime | None = None


class Tokens(Protocol):
    """Bungie's tokens of each person, sealed."""

    def load(self, user_id: int) -> KeptTokens | None:
        """Raises SignInEnded when they cannot be opened: the key was lost."""

    def save(self, user_id: int, pair: TokenPair) -> None:
        """Replaces whatever was kept and forgets failures. Committed when it returns. Nothing for a deleted person."""

    def count_failure(self, user_id: int, version: int, now: datetime) -> KeptTokens | None:
        """One more failed refresh of that version; what is kept now."""

    def version(self, user_id: int) -> int | None:
        """Which pair is kept, without opening it."""

    def forget(self, user_id: int) -> None: ...

    def reseal(self) -> int:
        """Seals everything again with the newest key; how many could be opened. The others are left as they are."""


class Users(Protocol):
    """Who may come in, and which Destiny accounts are theirs."""

    def get(self, user_id: int) -> User | None: ...
    def by_bungie_id(self, bungie_id: str) -> User | None: ...
    def has_admin(self) -> bool: ...
    def all(self) -> list[User]: ...

    def welcome(self, bungie_id: str, name: str, *, admin: bool, now: datetime) -> User:
        """Adds the person, or renews name and sign-in of a known one. ``admin`` raises a member, never the reverse."""

    def change_role(self, user_id: int, role: Role) -> Literal["done", "unknown", "last"]:
        """ "last": it is the only admin, and stays one. Of two changes at once the second sees what the first has done."""

    def mark_sign_in(self, user_id: int, state: SignIn) -> None: ...

    def accounts(self, user_id: int) -> list[DestinyAccount]: ...

    def save_accounts(self, user_id: int, accounts: Sequence[DestinyAccount]) -> None:
        """Replaces the list, in this order. The choice is not touched. Nothing for a deleted person."""

    def selected(self, user_id: int) -> MembershipRef | None: ...
    def select(self, user_id: int, membership: MembershipRef) -> None: ...


class BrowserSession(msgspec.Struct, frozen=True, kw_only=True):
    """One signed-in or signing-in browser. ``data`` is JSON."""

    user: User | None
    data: bytes
    created: datetime
    seen: datetime
    expires: datetime


class BrowserSessions(Protocol):
    """Browser sessions by their secret id, of which only a hash is kept."""

    def find(self, secret: str, now: datetime, *, fresh: bool = False) -> BrowserSession | None:
        """None when unknown or expired. Unless ``fresh``, it may be a few seconds old where another process changed it."""

    def add(self, secret: str, *, user_id: int | None, data: bytes, now: datetime, expires: datetime) -> None:
        """Also clears away what has expired."""

    def change(self, secret: str, *, data: bytes, now: datetime, expires: datetime) -> bool:
        """Whether it was still there: an ended session never comes back."""

    def end(self, secret: str) -> None: ...
    def end_all(self, user_id: int) -> int: ...
    def look_again(self) -> None:
        """Forgets what this process remembers of who people are: they were changed."""

    def last_seen(self) -> dict[int, datetime]:
        """When each person was here last, by their id: their newest session's note, or when they signed in."""


class Invitations(Protocol):
    def add(self, secret: str, *, note: str, created_by: int, now: datetime, expires: datetime) -> Invitation: ...
    def all(self) -> list[Invitation]:
        """Newest first."""

    def find(self, secret: str, now: datetime) -> int | None:
        """The number of an invitation that can be used; None when it is unknown, expired or used."""

    def claim(self, number: int, now: datetime) -> bool:
        """Uses it up. Of two at once one gets it."""

    def used_by(self, number: int, user_id: int) -> None: ...
    def withdraw(self, number: int) -> bool: ...


class PreferenceStore(Protocol):
    """One small JSON document for each person."""

    def load(self, user_id: int) -> bytes | None: ...
    def save(self, user_id: int, document: bytes, now: datetime) -> None: ...


class PersonalData(Protocol):
    """Everything that is kept of a person, in every table that says so."""

    def purge(self, user_id: int, bungie_id: str) -> dict[str, int]:
        """Deletes it all, the person included; how many rows of each table."""
