"""Keeps the game's definitions up to date.

    look      ask Bungie for its index; whatever goes wrong, the active version stays
    compare   version and paths, each by itself, and say what changed
    decide    by the path of our language: same, new, or an earlier one again (domain/manifest_update.py)
    install   fetch, check, condense, switch (the port ManifestStore)
    record    what was done, how large, how long; failures in a row are counted

One process at a time: a lease in the database.
"""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from datetime import datetime
from typing import Literal

import msgspec

from vaultraider.domain.errors import BungieError, ManifestRefused, StorageFull, VaultRaiderError
from vaultraider.domain.manifest_changes import ItemChanges
from vaultraider.domain.manifest_update import ManifestIndex, changes, decide, key_of, read_index, retry_at
from vaultraider.ports import (
    Clock,
    InstalledManifest,
    Lease,
    Leases,
    ManifestAttempt,
    ManifestCheck,
    ManifestHistory,
    ManifestRef,
    ManifestSource,
    ManifestStore,
    Progress,
    Teller,
)
from vaultraider.services.manifest_news import ManifestNews

logger = logging.getLogger(__name__)

LEASE = "manifest-update"
LEASE_SECONDS = 120.0
"""Renewed while the work goes on; after a crash the next process waits no longer than this."""
_RENEW_SECONDS = 20.0

Result = Literal["same", "installed", "rolled-back", "candidate", "waiting"]


class ManifestOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What an update came to. ``version_changed`` and ``languages_changed`` are against the look before."""

    result: Result
    sentence: str
    version: str
    key: str
    version_changed: bool = False
    languages_changed: tuple[str, ...] = ()


class ManifestReport(msgspec.Struct, frozen=True, kw_only=True):
    """For people: what is active, when Bungie was last asked, how that ended."""

    active: InstalledManifest | None
    checked: datetime | None
    failures: int
    sentence: str


class ManifestService:
    """``origin``: the address of the Bungie that ``source`` asks; only definitions of the same one are compared. ``teller``:
    whom to tell what came of it; None tells nobody."""

    def __init__(
        self,
        *,
        source: ManifestSource,
        store: ManifestStore,
        history: ManifestHistory,
        leases: Leases,
        clock: Clock,
        origin: str,
        language: str,
        teller: Teller | None = None,
    ) -> None:
        self._source = source
        self._store = store
        self._history = history
        self._leases = leases
        self._clock = clock
        self._origin = origin
        self._language = language
        self._comparing = threading.Lock()
        self._news = ManifestNews(teller, history, clock, origin=origin, language=language) if teller is not None else None

    def report(self) -> ManifestReport:
        check = self._history.last_check(self._origin, self._language)
        return ManifestReport(
            active=self._store.active(self._language), checked=check.checked, failures=check.failures, sentence=check.sentence
        )

    def history(self, limit: int = 20) -> list[ManifestAttempt]:
        """Installations, done or tried, newest first."""
        return self._history.latest(limit)

    def changes(self, before: str, after: str) -> ItemChanges | None:
        """What differs between two versions, by their keys: as it was found when the later one was installed, or found now.

        None when it is not known, and one of them is no longer on this disk.
        """
        kept = self._history.changes(self._origin, before, after)
        if kept is not None:
            return kept
        with self._comparing:  # whoever asks for the same meanwhile waits for it
            kept = self._history.changes(self._origin, before, after)
            found = kept or self._store.compare(before, after)
            if found is not None and kept is None:
                self._history.save_changes(self._origin, before, after, found, self._clock.now())
            return found

    def ensure(self, progress: Progress) -> None:
        """Makes sure that there are definitions: asks Bungie only when there are none. Raises as ``update``."""
        if self._store.active(self._language) is None:
            self.update(progress)

    def update(self, progress: Progress, *, insist: bool = False) -> ManifestOutcome:
        """Looks once, and installs what is new.

        ``insist``: a person asks, so a version that failed is tried again at once, and an earlier one followed at once.
        Raises Conflict when another process is at it; BungieError, ManifestRefused or StorageFull when it fails, and
        whatever ``progress`` raises. The active version is then what it was.
        """
        try:
            with self._leases.hold(LEASE, seconds=LEASE_SECONDS) as lease:
                outcome = self._update(_Renewing(progress, lease, self._clock), insist)
        except (BungieError, StorageFull) as error:
            self._tell(error)
            raise
        self._tell(None)
        return outcome

    def _tell(self, error: VaultRaiderError | None) -> None:
        if self._news is not None:
            self._news.tell(error)

    def _update(self, progress: Progress, insist: bool) -> ManifestOutcome:
        progress("look", 0, "Asking Bungie.net for the newest definitions.")
        self._store.collect()
        self._store.repair(self._language, progress)
        check = self._history.last_check(self._origin, self._language)
        try:
            index = read_index(self._source.manifest_index())
            path = index.paths.get(self._language)
            if path is None:
                raise ManifestRefused("no-language", f"Bungie.net has no definitions in the language {self._language}.")
        except BungieError as error:
            self._save(_failed(check, error, self._clock.now()))
            raise
        now = self._clock.now()
        seen = changes(ManifestIndex(check.version, check.paths), index)
        _log_changes(index, seen.version, seen.languages)
        check = msgspec.structs.replace(check, checked=now, version=index.version, paths=index.paths)
        ref = ManifestRef(
            source=self._origin,
            language=self._language,
            version=index.version,
            path=path,
            key=key_of(self._language, path),
        )
        result, sentence = self._act(ref, check, now, progress, insist)
        progress("done", 100, sentence)
        return ManifestOutcome(
            result=result,
            sentence=sentence,
            version=index.version,
            key=ref.key,
            version_changed=seen.version,
            languages_changed=seen.languages,
        )

    def _act(self, ref: ManifestRef, check: ManifestCheck, now: datetime, progress: Progress, insist: bool) -> tuple[Result, str]:
        active = self._store.active(self._language)
        if active is not None and active.ref.source != ref.source:
            active = None
        decision = decide(
            ref.key,
            active=active.ref.key if active else None,
            earlier=self._history.installed_keys(self._origin, self._language),
            candidate=check.candidate,
            candidate_since=check.candidate_since,
            now=now,
        )
        if decision == "same":
            self._save(_well(check))
            return "same", "These are the newest definitions."
        if decision == "candidate" and not insist:
            since = check.candidate_since if check.candidate == ref.key else now
            self._save(msgspec.structs.replace(check, candidate=ref.key, candidate_since=since, failures=0, sentence=""))
            logger.info("Bungie.net offers earlier definitions again (%s); we follow when it still does in ten minutes.", ref.key)
            return "candidate", "Bungie.net offers earlier definitions again. We follow when it goes on doing so."
        if not insist and _too_soon(check, ref.key, now):
            self._save(check)
            return "waiting", check.sentence
        went_back = decision != "new"
        self._install(ref, check, now, progress, "rolled-back" if went_back else "installed")
        if went_back:
            return "rolled-back", "Bungie.net went back to earlier definitions, and so did we."
        return "installed", "New definitions are installed."

    def _install(
        self,
        ref: ManifestRef,
        check: ManifestCheck,
        started: datetime,
        progress: Progress,
        result: Literal["installed", "rolled-back"],
    ) -> None:
        before = self._store.active(self._language)
        try:
            installed = self._store.install(ref, self._source, progress)
        except (BungieError, StorageFull) as error:
            now = self._clock.now()
            self._save(_failed(check, error, now, ref.key))
            self._note_failure(ref, started, now, error)
            raise
        except BaseException:
            self._history.add(ManifestAttempt(ref=ref, started=started, finished=self._clock.now(), result="interrupted"))
            raise
        self._save(_well(check))
        self._history.add(
            ManifestAttempt(
                ref=ref,
                started=started,
                finished=self._clock.now(),
                result=result,
                rows=sum(installed.rows.values()),
                left_out=sum(installed.left_out.values()),
                download_bytes=installed.download_bytes,
                original_bytes=installed.original_bytes,
                store_bytes=installed.store_bytes,
            )
        )
        logger.info("Definitions %s (%s) are active: %s.", ref.version, ref.key, result)
        if before is not None and before.ref.source == ref.source:
            with suppress(StorageFull):  # the definitions are active all the same
                self.changes(before.ref.key, ref.key)
        self._store.collect()

    def _note_failure(self, ref: ManifestRef, started: datetime, now: datetime, error: VaultRaiderError) -> None:
        reason = error.reason if isinstance(error, ManifestRefused) else error.code
        logger.warning("Definitions %s (%s) were not installed: %s", ref.version, ref.key, reason)
        self._history.add(
            ManifestAttempt(ref=ref, started=started, finished=now, result="failed", reason=reason, sentence=error.sentence)
        )

    def _save(self, check: ManifestCheck) -> None:
        self._history.save_check(self._origin, self._language, check)


class _Renewing:
    """A progress that keeps the lease alive: long work reports often."""

    def __init__(self, progress: Progress, lease: Lease, clock: Clock) -> None:
        self._progress = progress
        self._lease = lease
        self._clock = clock
        self._renewed = clock.now()

    def __call__(self, step: str, percent: float | None = None, sentence: str | None = None) -> None:
        now = self._clock.now()
        if (now - self._renewed).total_seconds() >= _RENEW_SECONDS:
            self._lease.renew()
            self._renewed = now
        self._progress(step, percent, sentence)


def _well(check: ManifestCheck) -> ManifestCheck:
    return msgspec.structs.replace(
        check, candidate="", candidate_since=None, failures=0, failed_key="", failed_times=0, failed_at=None, sentence=""
    )


def _failed(check: ManifestCheck, error: VaultRaiderError, now: datetime, key: str = "") -> ManifestCheck:
    """One more failure in a row; with ``key``, of installing that version."""
    check = msgspec.structs.replace(check, failures=check.failures + 1, sentence=error.sentence)
    if not key:
        return check
    times = check.failed_times + 1 if check.failed_key == key else 1
    return msgspec.structs.replace(check, failed_key=key, failed_times=times, failed_at=now)


def _too_soon(check: ManifestCheck, key: str, now: datetime) -> bool:
    """Whether this version has failed and should be left alone for a while."""
    return check.failed_key == key and check.failed_at is not None and now < retry_at(check.failed_at, check.failed_times)


def _log_changes(index: ManifestIndex, version: bool, languages: tuple[str, ...]) -> None:
    """Two lines, as version and paths change without each other."""
    if version:
        logger.info("The version number changed: %s", index.version)
    if languages:
        logger.info("The content paths changed for: %s", ", ".join(languages))
