"""Names of backups, and which of them go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from vaultraider.domain.backups import BackupFile, Keeping, name_of, read_name, to_delete

NOW = datetime(2026, 11, 22, 3, 30, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize("why", ["nightly", "asked", "before-0007"])
@pytest.mark.parametrize("secrets", [False, True])
@pytest.mark.parametrize("number", [1, 12])
def test_a_name_says_what_it_is(why: str, secrets: bool, number: int) -> None:
    name = name_of(NOW, why, secrets=secrets, number=number)
    assert read_name(name, 5) == BackupFile(name=name, made=NOW, why=why, secrets=secrets, bytes=5)


@pytest.mark.parametrize(
    "name",
    [
        "settings.toml",
        "vaultraider.sqlite3",
        "vaultraider-20261122T033000Z-nightly.backup.part",
        ".vaultraider-20261122T033000Z-nightly.backup.1234.part",
        "my vaultraider-20261122T033000Z-nightly.backup",
        "vaultraider-20261322T033000Z-nightly.backup",
        "vaultraider-20261122T033000Z-weekly.backup",
        "vaultraider-20261122T033000Z-before-../../x.backup",
    ],
)
def test_other_names_are_somebody_elses(name: str) -> None:
    assert read_name(name) is None


def nightly(*ages: float) -> list[BackupFile]:
    return [made(NOW - DAY * age, "nightly") for age in ages]


def made(when: datetime, why: str) -> BackupFile:
    return BackupFile(name=name_of(when, why), made=when, why=why)


def left(files: list[BackupFile], now: datetime = NOW) -> list[BackupFile]:
    gone = to_delete(files, Keeping(), now)
    return [each for each in files if each not in gone]


def test_a_year_of_nights_leaves_two_weeks_and_eight_weeks() -> None:
    kept: list[BackupFile] = []
    for night in range(365):
        now = NOW + DAY * night
        kept = left([*kept, made(now, "nightly")], now)
    ages = [(now - each.made).days for each in reversed(kept)]
    assert ages[:14] == list(range(14))
    weeks = {each.made.isocalendar()[:2] for each in kept}
    assert len(weeks) == 8
    assert len(kept) <= 14 + 8


@pytest.mark.parametrize("keeping", [Keeping(), Keeping(daily=0, weekly=0)])
def test_the_only_one_is_kept_however_old_it_is(keeping: Keeping) -> None:
    [old] = nightly(900)
    assert to_delete([old], keeping, NOW) == []


def test_a_machine_that_was_off_loses_nothing_by_it() -> None:
    files = nightly(0, *range(200, 213))
    assert left(files) == files


def test_everything_of_two_days_stays_but_not_without_end() -> None:
    files = [made(NOW - timedelta(minutes=10 * each), "asked") for each in range(100)]
    kept = left(files)
    assert kept[:12] == files[:12]
    assert len(kept) <= 14


def test_those_before_a_migration_outlast_the_others() -> None:
    before = [made(NOW - DAY * age, f"before-{age:04}") for age in (400, 500, 600, 700)]
    nights = nightly(*range(30))
    assert [each.why for each in left([*nights, *before]) if each.before_migration] == [
        "before-0400",
        "before-0500",
        "before-0600",
    ]
