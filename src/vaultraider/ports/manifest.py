"""The game's definitions: where they come from, where they lie, what was checked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Literal, Protocol

import msgspec

from vaultraider.domain.definitions import Definitions
from vaultraider.domain.manifest_changes import Counts, ItemChanges


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

    def compare(self, before: str, after: str) -> ItemChanges | None:
        """What differs between two versions, by their keys; None when they are not both on this disk any more."""

    def sizes(self) -> dict[str, int]:
        """Bytes on this disk by key; under "" what belongs to no version: work in progress."""

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

    def attempts(self, source: str, language: str, limit: int) -> list[ManifestAttempt]:
        """Those of one source and language, newest first."""

    def save_changes(self, source: str, before: str, after: str, changes: ItemChanges, now: datetime) -> None:
        """Keeps what differs between two versions; of those kept the oldest is forgotten when there are too many."""

    def changes(self, source: str, before: str, after: str) -> ItemChanges | None: ...
    def counts(self, source: str) -> dict[str, tuple[str, Counts]]:
        """By the key of the later version: the earlier one, and how many items differ. The newest where there are several."""


class DefinitionsSource(Protocol):
    """The active definitions."""

    def current(self, language: str | None = None) -> Definitions:
        """Pins one version: keep it for the whole of a request. Raises DefinitionsMissing."""
