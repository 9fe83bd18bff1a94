"""Everything about the game's definitions for people: versions and their times, a running update, when next, what changed."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Protocol

import msgspec
from msgspec import UNSET, UnsetType

from vaultraider.domain.errors import NotFound
from vaultraider.domain.manifest_changes import Change, ChangedItem, Counts, in_words
from vaultraider.ports import InstalledManifest, JobRecord, ManifestAttempt, ManifestHistory, ManifestStore
from vaultraider.services.manifest import ManifestService
from vaultraider.services.status import UPDATE_JOB

LOOKED_BACK = 400
"""Attempts that the history of versions is made from; more than a year of them."""
SHOWN = 50

STEPS = {
    "look": "Look for a new version",
    "download": "Download",
    "unzip": "Unpack and check",
    "build": "Build",
    "switch": "Switch",
}
"""Of an update, by the names that its progress has (services/manifest.py, manifest/)."""
INTERRUPTED = "It was interrupted; the next look begins it anew."


class VersionChanges(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers of items. ``against``: the key of the version before."""

    added: int
    changed: int
    removed: int
    unclassified: int
    against: str
    sentence: str


class ManifestVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One set of definitions. ``from``, ``until``: when it was in use last. ``state``: "kept" is on this disk and can come back,
    "gone" was in use and is not here any more."""

    key: str
    version: str
    language: str
    state: Literal["active", "kept", "failed", "gone"]
    begun: datetime | UnsetType = msgspec.field(default=UNSET, name="from")
    until: datetime | UnsetType = UNSET
    installed: datetime | UnsetType = UNSET
    bytes: int | UnsetType = UNSET
    """On this disk, or what it took there."""
    sentence: str | UnsetType = UNSET
    """Why it could not be installed."""
    changes: VersionChanges | UnsetType = UNSET


class UpdateStep(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    title: str
    state: Literal["done", "now", "later"]


class RunningUpdate(msgspec.Struct, frozen=True, kw_only=True):
    """``percent``: 0 to 100, of the whole."""

    job: str
    step: str
    steps: list[UpdateStep]
    percent: float | UnsetType = UNSET
    sentence: str | UnsetType = UNSET


class ManifestOverview(msgspec.Struct, frozen=True, kw_only=True):
    """``active``: the key of the version in use. ``checked``: when Bungie was last asked; ``failures``: of those in a row."""

    versions: list[ManifestVersion]
    failures: int
    disk_bytes: int
    active: str | UnsetType = UNSET
    running: RunningUpdate | UnsetType = UNSET
    checked: datetime | UnsetType = UNSET
    next: datetime | UnsetType = UNSET
    sentence: str | UnsetType = UNSET
    """Why the last look failed."""


class Differences(msgspec.Struct, frozen=True, kw_only=True):
    """Between two versions. ``items``: the first 200 of each kind."""

    begin: str = msgspec.field(name="from")
    end: str = msgspec.field(name="to")
    counts: Counts
    items: dict[Change, list[ChangedItem]]
    sentence: str


class Work(Protocol):
    def latest(self, *, kind: str | None = None, limit: int = 50) -> list[JobRecord]: ...
    def next_turns(self) -> dict[str, datetime]: ...


class ManifestOverviews:
    """``origin``, ``language``: which definitions are ours, as ``ManifestService`` has them."""

    def __init__(
        self,
        *,
        manifest: ManifestService,
        store: ManifestStore,
        history: ManifestHistory,
        jobs: Work,
        origin: str,
        language: str,
    ) -> None:
        self._manifest = manifest
        self._store = store
        self._history = history
        self._jobs = jobs
        self._origin = origin
        self._language = language

    def overview(self) -> ManifestOverview:
        """Reads our own tables and disk; asks nobody."""
        report = self._manifest.report()
        sizes = self._store.sizes()
        active = report.active.ref.key if report.active else ""
        attempts = self._history.attempts(self._origin, self._language, LOOKED_BACK)
        return ManifestOverview(
            active=active or UNSET,
            versions=_of_disk(report.active, attempts, sizes)
            + _versions(attempts, active, sizes, self._history.counts(self._origin)),
            running=self._running(),
            checked=report.checked or UNSET,
            next=self._jobs.next_turns().get(UPDATE_JOB, UNSET),
            failures=report.failures,
            sentence=report.sentence or UNSET,
            disk_bytes=sum(sizes.values()),
        )

    def differences(self, begin: str, end: str) -> Differences:
        """Between the versions with these keys. Raises NotFound when they are not known, or no longer here to be compared."""
        known = self._history.installed_keys(self._origin, self._language)
        found = self._manifest.changes(begin, end) if {begin, end} <= known else None
        if found is None:
            raise NotFound("What differs between these two was not kept, and they are no longer both here to be compared.")
        return Differences(begin=begin, end=end, counts=found.counts, items=found.items, sentence=in_words(found.counts))

    def _running(self) -> RunningUpdate | UnsetType:
        job = next((each for each in self._jobs.latest(kind=UPDATE_JOB, limit=3) if each.state == "running"), None)
        if job is None:
            return UNSET
        step = job.step if job.step in STEPS else "switch" if job.step == "done" else "look"
        return RunningUpdate(
            job=str(job.id),
            step=step,
            percent=UNSET if job.percent is None else job.percent,
            sentence=job.sentence or UNSET,
            steps=_steps(step),
        )


def _steps(now: str) -> list[UpdateStep]:
    names = list(STEPS)
    place = names.index(now)
    return [
        UpdateStep(name=name, title=STEPS[name], state="done" if at < place else "now" if at == place else "later")
        for at, name in enumerate(names)
    ]


def _versions(
    attempts: list[ManifestAttempt], active: str, sizes: dict[str, int], counts: dict[str, tuple[str, Counts]]
) -> list[ManifestVersion]:
    """One entry a key, newest first. ``attempts`` are newest first, too."""
    begun: dict[str, datetime] = {}
    until: dict[str, datetime] = {}
    shown: dict[str, ManifestAttempt] = {}
    later: datetime | None = None
    for attempt in attempts:
        key = attempt.ref.key
        shown.setdefault(key, attempt)
        if attempt.result in ("installed", "rolled-back"):
            if key not in begun:
                shown[key] = attempt
                begun[key] = attempt.finished
                if later is not None:
                    until[key] = later
            later = attempt.finished
    return [
        _version(attempt, active, begun.get(key), until.get(key), sizes.get(key), counts.get(key))
        for key, attempt in list(shown.items())[:SHOWN]
    ]


def _of_disk(active: InstalledManifest | None, attempts: list[ManifestAttempt], sizes: dict[str, int]) -> list[ManifestVersion]:
    """The version in use when no attempt tells of it: the database was restored, or is another."""
    if active is None or any(attempt.ref.key == active.ref.key for attempt in attempts):
        return []
    return [
        ManifestVersion(
            key=active.ref.key,
            version=active.ref.version,
            language=active.ref.language,
            state="active",
            begun=active.installed,
            installed=active.installed,
            bytes=sizes.get(active.ref.key, UNSET),
        )
    ]


def _version(
    attempt: ManifestAttempt,
    active: str,
    begun: datetime | None,
    until: datetime | None,
    size: int | None,
    changes: tuple[str, Counts] | None,
) -> ManifestVersion:
    key = attempt.ref.key
    failed = begun is None
    taken = size if size is not None else attempt.original_bytes + attempt.store_bytes
    sentence = (INTERRUPTED if attempt.result == "interrupted" else attempt.sentence) if failed else ""
    return ManifestVersion(
        key=key,
        version=attempt.ref.version,
        language=attempt.ref.language,
        state="active" if key == active else "failed" if failed else "kept" if size is not None else "gone",
        begun=begun or UNSET,
        until=until or UNSET,
        installed=begun or UNSET,
        bytes=taken or UNSET,
        sentence=sentence or UNSET,
        changes=_told(*changes) if changes else UNSET,
    )


def _told(against: str, counts: Counts) -> VersionChanges:
    return VersionChanges(
        added=counts.added,
        changed=counts.changed,
        removed=counts.removed,
        unclassified=counts.unclassified,
        against=against,
        sentence=in_words(counts),
    )
