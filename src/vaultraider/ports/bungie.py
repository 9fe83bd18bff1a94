"""Bungie.net: who signed in, their profiles, how it does, and the budget of calls."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Protocol

import msgspec

from vaultraider.domain.bungie_state import BungieState


class TokenPair(msgspec.Struct, frozen=True, kw_only=True):
    """What Bungie's token endpoint gave. Never logged; ``repr`` hides the secrets."""

    access_token: str
    access_expires: datetime
    refresh_token: str | None
    refresh_expires: datetime | None
    bungie_membership_id: str

    def __repr__(self) -> str:
        return f"TokenPair(bungie_membership_id={self.bungie_membership_id!r}, access_expires={self.access_expires!r})"


class MembershipRef(msgspec.Struct, frozen=True):
    """Which Destiny account: platform number and id."""

    type: int
    id: str


class OAuthGateway(Protocol):
    """Bungie's sign-in. Raises SignInEnded, BungieUnavailable, OperatorMistake, or BungieRefusal for anything unknown."""

    def authorize_url(self, state: str, *, reauth: bool = False) -> str: ...
    def exchange(self, code: str) -> TokenPair: ...
    def refresh(self, refresh_token: str) -> TokenPair: ...


class BungieUser(Protocol):
    """Reads about people. Each returns the ``Response`` part of the answer as JSON bytes."""

    def memberships_for_current_user(self, access_token: str) -> bytes: ...
    def linked_profiles(self, access_token: str | None, bungie_membership_id: str) -> bytes: ...
    def clan(self, access_token: str | None, membership: MembershipRef) -> bytes: ...


class ProfileSource(Protocol):
    """Reads profiles. Each returns the ``Response`` part of the answer as JSON bytes, verbatim."""

    def profile(self, access_token: str, membership: MembershipRef) -> bytes: ...
    def records(self, access_token: str, membership: MembershipRef) -> bytes:
        """The triumphs, which the profile leaves out: they are heavy."""

    def item(self, access_token: str, membership: MembershipRef, instance_id: str) -> bytes: ...


class PlatformState(Protocol):
    def settings(self) -> bytes: ...
    def global_alerts(self) -> bytes: ...


class BungieHealth(Protocol):
    """How Bungie does, told by the calls made anyway: asking costs nothing."""

    def state(self) -> BungieState: ...


class ThrottleStore(Protocol):
    """The shared budget for calls to Bungie, held in the database. All numbers are seconds."""

    def take(self, *, patience: float = math.inf) -> float:
        """Takes a place and returns how long to wait before the call may start (0 = at once).

        When that is longer than ``patience``, no place is taken.
        """

    def take_turn(self, key: str, interval: float, *, patience: float = math.inf) -> float:
        """The same for one person's action ``key``: starts are ``interval`` apart."""

    def paused(self) -> float:
        """How long nobody may start anything: 0 unless Bungie throttled us."""

    def slow_down(self, seconds: float | None) -> float:
        """Bungie throttled us; ``seconds`` as told, or None. Nobody starts before the returned time has passed."""

    def succeeded(self) -> None:
        """A call was answered: after throttling, the pace recovers by halves."""
