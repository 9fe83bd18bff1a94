"""What is remembered of checks and installations."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.clocks import START

from vaultraider.database import manifest_versions
from vaultraider.database.engine import Database
from vaultraider.database.manifest_versions import ManifestVersions
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
