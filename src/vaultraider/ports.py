"""What the services need from the outside. Adapters fit these by shape; nothing here imports an adapter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

import msgspec

from vaultraider.domain.definitions import Definitions


class Clock(Protocol):
    def now(self) -> datetime:
        """The time, aware, in UTC."""

    def sleep(self, seconds: float) -> None: ...


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
    def item(self, access_token: str, membership: MembershipRef, instance_id: str) -> bytes: ...


class PlatformState(Protocol):
    def settings(self) -> bytes: ...
    def global_alerts(self) -> bytes: ...


class ManifestSource(Protocol):
    """Where definitions come from."""

    def manifest_index(self) -> bytes:
        """``Response`` of GetDestinyManifest."""

    def content(self, path: str, *, cache_buster: str | None = None) -> AbstractContextManager[ContentStream]:
        """A content file. Raises NotFound on 404, BungieUnavailable otherwise."""


class ContentStream(Protocol):
    @property
    def length(self) -> int | None:
        """Content-Length of the body as it lies on the server, where told."""

    def chunks(self) -> Iterator[bytes]: ...


class DefinitionsSource(Protocol):
    """The active definitions."""

    def current(self, language: str | None = None) -> Definitions:
        """Pins one version: keep it for the whole of a request. Raises DefinitionsMissing."""


class Leases(Protocol):
    """Exclusive work, held in the database, so that it holds between processes. ``fence`` grows with each new holder."""

    def hold(self, name: str, *, seconds: float, wait: float = 0.0) -> AbstractContextManager[Lease]:
        """Takes the lease or raises Conflict after ``wait`` seconds. Released at exit; expires by itself after a crash."""


class Lease(Protocol):
    @property
    def fence(self) -> int: ...

    def renew(self) -> None:
        """Raises Conflict when it was lost."""


class ThrottleStore(Protocol):
    """The shared budget for calls to Bungie, held in the database."""

    def take(self) -> float:
        """Takes a place and returns how many seconds to wait before the call may start (0 = at once)."""

    def slow_down(self, seconds: float | None) -> float:
        """Bungie throttled us; ``seconds`` as told, or None. Nobody starts before the returned number of seconds passed."""

    def succeeded(self) -> None: ...


class Bell(Protocol):
    """Tells a worker that a job waits. Losing a ring loses nothing: the jobs table is the truth."""

    def ring(self, job_id: int) -> None: ...


class Cipher(Protocol):
    """Encrypts secrets at rest with a rotatable key."""

    def encrypt(self, plain: str) -> bytes: ...

    def decrypt(self, sealed: bytes) -> str:
        """Raises SignInEnded when no known key opens it (the key was lost)."""
