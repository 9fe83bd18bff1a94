"""What is remembered of checks and installations."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from tests.clocks import START

from vaultraider.database import manifest_versions
from vaultraider.database.engine import Database
from vaultraider.database.manifest_versions import ManifestVersions
from vaultraider.domain.manifest_changes import ChangedItem, Counts, ItemChanges
from vaultraider.ports import ManifestAttempt, ManifestCheck, ManifestRef


def attempt(number: int, result: str = "installed", language: str = "en", source: str = "a") -> ManifestAttempt:
    ref = ManifestRef(source=source, language=language, version=f"{number}", path=f"/{number}", key=f"{language}-{number}")
    return ManifestAttempt(ref=ref, started=START, finished=START + timedelta(seconds=number), result=result, rows=number)  # type: ignore[arg-type]


def test_checks_are_kept_by_source_and_language(database: Database) -> None:
    versions = ManifestVersions(database)
    assert versions.last_check("a", "en") == ManifestCheck()
    check = ManifestCheck(
        checked=START,
        version="1",
        paths={"en": "/x", "pt-br": "/ÿ"},
        candidate="en-2",
        candidate_since=START,
        failures=3,
        failed_key="en-3",
        failed_times=2,
        failed_at=START,
        sentence="Нет.",
    )
    versions.save_check("a", "en", check)
    versions.save_check("a", "de", ManifestCheck(version="9"))
    versions.save_check("a", "de", ManifestCheck(version="10"))
    assert versions.last_check("a", "en") == check
    assert versions.last_check("a", "de").version == "10"
    assert versions.last_check("b", "en") == ManifestCheck()


def test_installations_are_kept_newest_first(database: Database) -> None:
    versions = ManifestVersions(database)
    entries = [attempt(1), attempt(2, "failed"), attempt(3, "rolled-back"), attempt(4, language="de"), attempt(5, source="b")]
    for entry in entries:
        versions.add(entry)
    assert versions.latest() == entries[::-1]
    assert versions.latest(2) == entries[:2:-1]
    assert versions.installed_keys("a", "en") == {"en-1", "en-3"}


def test_many_failures_do_not_fill_the_disk(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest_versions, "FAILURES_KEPT", 3)
    versions = ManifestVersions(database)
    versions.add(attempt(0))
    for number in range(1, 8):
        versions.add(attempt(number, "failed" if number % 2 else "interrupted"))
    assert [entry.ref.version for entry in versions.latest()] == ["7", "6", "5", "0"]


def changes(added: int = 0, **more: int) -> ItemChanges:
    named = [ChangedItem(number, f"Ÿ {number}", "Hand Cannon", f"/icons/items/{number}") for number in range(added)]
    return ItemChanges(Counts(added, **more), {"added": named, "changed": [], "removed": [], "unclassified": []})


def test_what_differs_is_kept_by_source_and_pair(database: Database) -> None:
    versions = ManifestVersions(database)
    versions.save_changes("a", "en-1", "en-2", changes(2, removed=3), START)
    versions.save_changes("a", "en-2", "en-1", changes(removed=2), START)
    versions.save_changes("b", "en-1", "en-2", changes(9), START)
    assert versions.changes("a", "en-1", "en-2") == changes(2, removed=3)
    assert versions.changes("a", "en-1", "en-3") is None
    assert versions.counts("a") == {"en-2": ("en-1", Counts(2, 0, 3, 0)), "en-1": ("en-2", Counts(removed=2))}


def test_what_is_found_again_replaces_what_was_found(database: Database) -> None:
    """Two processes may compare the same at once."""
    versions = ManifestVersions(database)
    for added in (1, 2):
        versions.save_changes("a", "en-1", "en-2", changes(added), START)
    assert versions.changes("a", "en-1", "en-2") == changes(2)
    versions.save_changes("a", "en-0", "en-2", changes(7), START)
    assert versions.counts("a") == {"en-2": ("en-0", Counts(7))}, "the newest comparison is told"


def test_old_comparisons_are_forgotten(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest_versions, "CHANGES_KEPT", 3)
    versions = ManifestVersions(database)
    for number in range(6):
        versions.save_changes("a", f"en-{number}", f"en-{number + 1}", changes(number), START)
    assert set(versions.counts("a")) == {"en-4", "en-5", "en-6"}


def test_two_who_keep_the_same_at_once(database: Database) -> None:
    versions = ManifestVersions(database)
    start = threading.Barrier(4)

    def keep(added: int) -> None:
        start.wait()
        versions.save_changes("a", "en-1", "en-2", changes(added), START)

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(keep, added) for added in range(4)]:
            done.result()
    kept = versions.changes("a", "en-1", "en-2")
    assert kept in [changes(added) for added in range(4)]


def test_attempts_are_of_one_source_and_language(database: Database) -> None:
    versions = ManifestVersions(database)
    for entry in (attempt(1), attempt(2, "failed"), attempt(3, language="de"), attempt(4, source="b"), attempt(5)):
        versions.add(entry)
    assert [each.ref.version for each in versions.attempts("a", "en", 10)] == ["5", "2", "1"]
    assert [each.ref.version for each in versions.attempts("a", "en", 2)] == ["5", "2"]
