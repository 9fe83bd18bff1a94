"""What the services need from the outside. Adapters fit these by shape; nothing here imports an adapter."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Literal, Protocol

import msgspec

from vaultraider.domain.bungie_state import BungieState
from vaultraider.domain.definitions import Definitions
from vaultraider.domain.people import DestinyAccount, Invitation, SignIn, User
from vaultraider.domain.profile_parts import Incomplete


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
        """How many bytes ``chunks`` will give, where told; None also when the body travels compressed."""

    def chunks(self) -> Iterator[bytes]:
        """The body, once. Raises BungieUnavailable when it ends early, stalls, is too large or is damaged."""


class Picture(msgspec.Struct, frozen=True):
    content: bytes
    media_type: str
    """Told by its first bytes, never by what the sender calls it: image/png, image/jpeg, image/webp or image/gif."""


class PictureSource(Protocol):
    """Where Bungie's pictures come from."""

    def picture(self, path: str) -> Picture:
        """One picture by Bungie's path ("/common/destiny2_content/icons/..."). Raises NotFound, BungieUnavailable."""


class PictureCache(Protocol):
    """Bungie's pictures, kept where we are. Neither method raises for what Bungie or the disk does: a page goes on without."""

    def find(self, path: str) -> Picture | None:
        """What is kept already. Asks nobody."""

    def fetch(self, path: str, *, wait: float) -> Picture | None:
        """What is kept, else has it fetched behind the caller's back; None when it is not there within ``wait`` seconds."""


class BungieHealth(Protocol):
    """How Bungie does, told by the calls made anyway: asking costs nothing."""

    def state(self) -> BungieState: ...


class Progress(Protocol):
    """How far long work is: a step's short name, a percentage, a sentence. It may raise, to stop the work."""

    def __call__(self, step: str, percent: float | None = None, sentence: str | None = None) -> None: ...


class ManifestRef(msgspec.Struct, frozen=True, kw_only=True):
    """Definitions as Bungie offers them. ``source`` is the address of the Bungie they come from: the demo has its own."""

    source: str
    language: str
    version: str
    path: str
    key: str
    """Language and path, in a form fit for addresses and folders."""


class InstalledManifest(msgspec.Struct, frozen=True, kw_only=True):
    """Definitions on our disk."""

    ref: ManifestRef
    installed: datetime
    rows: dict[str, int]
    """How many rows Bungie's table has, by its short name."""
    left_out: dict[str, int] = {}
    """Rows that could not be read at all, and how many; tables without such rows are not named."""
    mended: dict[str, int] = {}
    """Rows of which some fields could not be read: the others were kept."""
    download_bytes: int = 0
    original_bytes: int = 0
    store_bytes: int = 0


class ManifestStore(Protocol):
    """Definitions on this machine's disk."""

    def active(self, language: str) -> InstalledManifest | None: ...

    def install(self, ref: ManifestRef, source: ManifestSource, progress: Progress) -> InstalledManifest:
        """Fetches, checks, condenses and makes active, or raises and changes nothing.

        What is on the disk already is not fetched again. Raises ManifestRefused, StorageFull, BungieUnavailable, and
        whatever ``progress`` raises.
        """

    def repair(self, language: str, progress: Progress) -> InstalledManifest | None:
        """Condenses the active version anew from its original when another version of this program did it."""

    def collect(self) -> None:
        """Removes versions that are neither active nor the last good one before, and what interrupted work left."""


class ManifestCheck(msgspec.Struct, frozen=True, kw_only=True):
    """What the checks so far have seen, for one source and language."""

    checked: datetime | None = None
    version: str = ""
    paths: dict[str, str] = {}
    """Content path by language, of every language: as Bungie's index had it last."""
    candidate: str = ""
    """Key of an earlier version that Bungie offers again."""
    candidate_since: datetime | None = None
    failures: int = 0
    """Failed checks in a row."""
    failed_key: str = ""
    """The version that could not be installed, and how often in a row."""
    failed_times: int = 0
    failed_at: datetime | None = None
    sentence: str = ""
    """Why the last check failed; empty when it did not."""


class ManifestAttempt(msgspec.Struct, frozen=True, kw_only=True):
    """One installation, done or tried."""

    ref: ManifestRef
    started: datetime
    finished: datetime
    result: Literal["installed", "rolled-back", "failed", "interrupted"]
    reason: str = ""
    """The code of the failure."""
    sentence: str = ""
    rows: int = 0
    left_out: int = 0
    download_bytes: int = 0
    original_bytes: int = 0
    store_bytes: int = 0


class ManifestHistory(Protocol):
    """What was checked and installed, and when."""

    def last_check(self, source: str, language: str) -> ManifestCheck: ...
    def save_check(self, source: str, language: str, check: ManifestCheck) -> None: ...
    def add(self, attempt: ManifestAttempt) -> None: ...
    def installed_keys(self, source: str, language: str) -> frozenset[str]:
        """Keys of every version that was active at some time."""

    def latest(self, limit: int = 20) -> list[ManifestAttempt]:
        """Newest first."""


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


class Bell(Protocol):
    """Tells a worker that a job waits. Losing a ring loses nothing: the jobs table is the truth."""

    def ring(self, job_id: int, *, after: float = 0.0) -> None:
        """Rings in ``after`` seconds. Never raises: a broker that is away is a lost ring."""


class JobRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of work as the jobs table tells it. Times are aware, in UTC."""

    id: int
    kind: str
    """The job's name: its file in ``jobs/``."""
    arguments: dict[str, Any]
    asked_by: str
    """"schedule", "command line" or "user <id>"."""
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    attempts: int
    """How often it was begun."""
    fence: int
    """Grows with each change of hands; a worker that lost the work writes with an old one and is refused."""
    exclusive: str | None
    """What it needs alone; known once it has been begun."""
    step: str | None
    percent: float | None
    """0 to 100."""
    sentence: str | None
    result: dict[str, Any] | None
    reason: str | None
    """Why it failed, waits or was cancelled: one sentence for a person."""
    holder: str | None
    """Which worker has it."""
    asked: datetime
    not_before: datetime
    started: datetime | None
    heartbeat: datetime | None
    finished: datetime | None


class JobStore(Protocol):
    """The jobs table. Each method is one transaction; those that take a ``fence`` return False when the work was lost."""

    def add(self, kind: str, arguments: dict[str, Any], *, asked_by: str, now: datetime, not_before: datetime) -> JobRecord:
        """Writes a queued row; when the same work (kind and arguments) is queued for as early or earlier, returns that row."""

    def get(self, job_id: int) -> JobRecord | None: ...
    def latest(self, *, kind: str | None = None, limit: int = 50) -> list[JobRecord]:
        """Newest first."""

    def claim(self, job_id: int, *, holder: str, exclusive: str | None, now: datetime) -> JobRecord | None:
        """Takes a queued row that is due; None when there is nothing to take."""

    def beat(self, job_id: int, fence: int, now: datetime) -> bool: ...
    def report(
        self, job_id: int, fence: int, *, step: str, percent: float | None, sentence: str | None, now: datetime
    ) -> bool: ...
    def finish(
        self,
        job_id: int,
        fence: int,
        *,
        state: Literal["done", "failed"],
        result: dict[str, Any] | None,
        reason: str | None,
        now: datetime,
    ) -> bool: ...
    def give_back(self, job_id: int, fence: int, *, not_before: datetime, reason: str, begun: bool) -> bool:
        """Queues it again; without ``begun`` the attempt is not counted."""

    def cancel(self, job_id: int, *, reason: str, now: datetime) -> bool:
        """Whether it was still queued or running. A running worker notices at its next report."""

    def stale(self, *, before: datetime, holder: str | None = None) -> list[JobRecord]:
        """Running rows without a heartbeat since ``before``, and every running row of ``holder``."""

    def due(self, now: datetime) -> list[int]:
        """Queued rows that may start, oldest first."""

    def waiting_for(self, exclusive: str) -> list[int]:
        """Queued rows that were turned away because somebody held ``exclusive``."""

    def take_due(self, schedule: str, *, now: datetime, first: datetime, following: datetime) -> datetime | None:
        """Whether it is this caller's turn to do what ``schedule`` names: None when it is, else when it is due.

        A schedule seen for the first time is due at ``first``. Taking a turn sets the next to ``following``.
        """

    def forget(self, before: datetime) -> int:
        """Deletes what ended before; how many rows."""


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
