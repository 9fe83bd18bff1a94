"""Who registered what, who allowed whom, and which codes and tokens are out. Rules: rotation, ages, revocation."""

from __future__ import annotations

import base64
import hashlib
import hmac

import msgspec

from vaultraider.simulator.clock import VirtualClock
from vaultraider.simulator.knobs import Knobs

SCOPES = (
    "ReadBasicUserProfile",
    "ReadGroups",
    "ReadDestinyInventoryAndVault",
    "MoveEquipDestinyItems",
    "ReadDestinyVendorsAndAdvisors",
    "ReadUserData",
)
TOKEN_BYTES = 270


class App(msgspec.Struct, kw_only=True):
    """A registered application. ``secret`` None: a public client, which gets no refresh token."""

    client_id: str
    name: str
    api_key: str
    secret: str | None
    redirect_url: str
    scopes: tuple[str, ...] = SCOPES
    origin: str = ""
    enabled: bool = True


class Grant(msgspec.Struct, kw_only=True):
    """A person allowed an application. Times are seconds since 1970."""

    id: int
    client_id: str
    person: str
    created: float
    expires: float
    revoked: float | None = None
    """From when private data is withheld and refreshing fails."""


class Code(msgspec.Struct, kw_only=True):
    value: str
    grant: int
    issued: float
    redirect_uri: str = ""
    used: bool = False


class AccessToken(msgspec.Struct, kw_only=True):
    value: str
    grant: int
    expires: float
    foreign: bool = False
    """Refreshed with another application's credentials: good for public data only (Bungie-net/api #1367)."""


class RefreshToken(msgspec.Struct, kw_only=True):
    value: str
    grant: int
    generation: int
    expires: float
    used: float | None = None


class Tokens(msgspec.Struct, frozen=True):
    """A pair as the token endpoint gives it; ``refresh`` is None for public clients."""

    access: AccessToken
    refresh: RefreshToken | None
    grant: Grant


class Issued(msgspec.Struct, kw_only=True):
    """Everything that must outlive a restart."""

    counter: int = 0
    epoch: int = 0
    """Bungie's key: when it changes, every older token is unreadable (2019-11-15, Bungie-net/api #1150)."""
    grants: dict[int, Grant] = {}
    codes: dict[str, Code] = {}
    access: dict[str, AccessToken] = {}
    refresh: dict[str, RefreshToken] = {}
    unreadable: dict[str, int] = {}


class Refused(Exception):
    """The token endpoint says no: ``args[0]`` is its error_description, ``error`` the OAuth word."""

    def __init__(self, description: str, error: str = "server_error") -> None:
        super().__init__(description)
        self.description = description
        self.error = error


class Credentials:
    """The book of grants and tokens. Callers hold the simulator's lock."""

    def __init__(self, seed: int, clock: VirtualClock, apps: list[App]) -> None:
        self.seed = seed
        self.clock = clock
        self.apps = {app.client_id: app for app in apps}
        self.issued = Issued()

    def app_of_key(self, api_key: str) -> App | None:
        return next((app for app in self.apps.values() if hmac.compare_digest(app.api_key.encode(), api_key.encode())), None)

    def allow(self, app: App, person: str, knobs: Knobs, redirect_uri: str = "") -> Code:
        """The person approved: a new grant (or the old one, still good) and a code."""
        now = self.clock.now()
        grant = next(
            (
                old
                for old in self.issued.grants.values()
                if old.client_id == app.client_id and old.person == person and old.revoked is None and old.expires > now
            ),
            None,
        )
        if grant is None:
            grant = Grant(id=self._next(), client_id=app.client_id, person=person, created=now, expires=now + knobs.record_ttl)
            self.issued.grants[grant.id] = grant
        code = Code(value=self._opaque("code", 24), grant=grant.id, issued=now, redirect_uri=redirect_uri)
        self.issued.codes[code.value] = code
        return code

    def exchange(self, app: App, value: str, knobs: Knobs) -> Tokens:
        """A code for tokens. Raises Refused with Bungie's word for what is wrong."""
        code = self.issued.codes.get(value)
        if code is None or code.used or self.issued.grants[code.grant].client_id != app.client_id:
            raise Refused("AuthorizationCodeInvalid")
        code.used = True
        if self.clock.now() > code.issued + knobs.code_ttl:
            raise Refused("AuthorizationCodeStale")
        if code.redirect_uri and code.redirect_uri != app.redirect_url:
            raise Refused("redirect_uri does not match application configuration.")
        return self._pair(self.issued.grants[code.grant], app, knobs, generation=1)

    def renew(self, app: App, value: str, knobs: Knobs) -> Tokens:
        """A refresh token for a new pair; the old one dies by the knob ``refresh_reuse``. Raises Refused."""
        if value in self.issued.unreadable:
            raise Refused("Decryption key ID in token envelope is unknown")
        token = self.issued.refresh.get(value)
        if token is None:
            raise Refused("ProvidedTokenNotValidRefreshToken", "invalid_grant")
        now = self.clock.now()
        grant = self.issued.grants[token.grant]
        if self.is_revoked(grant):
            raise Refused("AuthorizationRecordRevoked")
        if grant.expires <= now:
            raise Refused("AuthorizationRecordExpired")
        if token.expires <= now:
            raise Refused("RefreshTokenExpired")
        if token.used is not None and not self._may_reuse(token, now, knobs):
            raise Refused("TokenPreviouslyRevoked")
        token.used = token.used if token.used is not None else now
        return self._pair(grant, app, knobs, generation=token.generation + 1)

    @staticmethod
    def _may_reuse(token: RefreshToken, now: float, knobs: Knobs) -> bool:
        if knobs.refresh_reuse == "grace":
            return token.used is not None and now <= token.used + knobs.refresh_grace
        return knobs.refresh_reuse == "lenient"

    def _pair(self, grant: Grant, app: App, knobs: Knobs, generation: int) -> Tokens:
        now = self.clock.now()
        access = AccessToken(
            value=self._opaque("access", TOKEN_BYTES),
            grant=grant.id,
            expires=now + knobs.access_ttl,
            foreign=app.client_id != grant.client_id,
        )
        self.issued.access[access.value] = access
        if app.secret is None:
            return Tokens(access, None, grant)
        refresh = RefreshToken(
            value=self._opaque("refresh", TOKEN_BYTES),
            grant=grant.id,
            generation=generation,
            expires=min(now + knobs.refresh_ttl, grant.expires),
        )
        self.issued.refresh[refresh.value] = refresh
        return Tokens(access, refresh, grant)

    def bearer(self, value: str) -> AccessToken | None:
        """The token if it is known and not too old."""
        token = self.issued.access.get(value)
        return token if token is not None and token.expires > self.clock.now() else None

    def expire_access(self, person: str = "") -> int:
        """Makes access tokens (of one person, or all) too old. Returns how many."""
        hit = [token for token in self.issued.access.values() if self._is_of(token.grant, person)]
        for token in hit:
            token.expires = self.clock.now()
        return len(hit)

    def is_revoked(self, grant: Grant) -> bool:
        return grant.revoked is not None and grant.revoked <= self.clock.now()

    def revoke(self, person: str = "", delay: float = 0) -> int:
        """The person (or everybody) took the permission back; it takes up to an hour to bite (Bungie-net/api #555)."""
        hit = [grant for grant in self.issued.grants.values() if person in ("", grant.person) and grant.revoked is None]
        for grant in hit:
            grant.revoked = self.clock.now() + delay
        return len(hit)

    def expire_record(self, person: str = "") -> int:
        hit = [grant for grant in self.issued.grants.values() if person in ("", grant.person)]
        for grant in hit:
            grant.expires = self.clock.now()
        return len(hit)

    def invalidate_all(self) -> int:
        """Bungie lost its key: no token that is out can be read any more."""
        lost = [*self.issued.refresh, *self.issued.access]
        self.issued.unreadable |= dict.fromkeys(lost, self.issued.epoch)
        self.issued.refresh.clear()
        self.issued.access.clear()
        self.issued.epoch += 1
        return len(lost)

    def _is_of(self, grant: int, person: str) -> bool:
        return person in ("", self.issued.grants[grant].person)

    def _next(self) -> int:
        self.issued.counter += 1
        return self.issued.counter

    def _opaque(self, kind: str, size: int) -> str:
        """Looks like Bungie's tokens (base64, some 360 characters) and is the same for the same seed and order."""
        text = f"{self.seed}:{self.issued.epoch}:{kind}:{self._next()}".encode()
        if kind == "code":
            return hashlib.sha256(text).hexdigest()[: size + 8]
        return base64.b64encode(hashlib.shake_256(text).digest(size)).decode()
