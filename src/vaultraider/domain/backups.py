"""Backup files: how they are named, and which of them are kept.

    vaultraider-20261122T033000Z-nightly.backup
    vaultraider-20261122T101500Z-asked-with-secrets.backup
    vaultraider-20261122T120000Z-before-0007.backup

The name says all that is needed to decide; files with other names are somebody else's and are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import msgspec

SUFFIX = ".backup"
UNTOUCHED = timedelta(days=2)
"""A backup is left alone so long, whatever else there is: what went wrong today is often seen tomorrow."""
UNTOUCHED_COUNT = 12
"""How many of those, so that a program which starts again and again does not fill the disk."""
BEFORE_MIGRATION = 3
"""How many of those made before the tables were changed are kept beside the others."""

_NAME = re.compile(r"vaultraider-(\d{8}T\d{6}Z)-(nightly|asked|before-[A-Za-z0-9]+)(-with-secrets)?(?:-\d+)?" + re.escape(SUFFIX))


class BackupFile(msgspec.Struct, frozen=True, kw_only=True):
    """``why``: "nightly", "asked", or "before-<revision>": made before the tables were brought to that revision."""

    name: str
    made: datetime
    why: str
    secrets: bool = False
    bytes: int = 0

    @property
    def before_migration(self) -> bool:
        return self.why.startswith("before-")


class Keeping(msgspec.Struct, frozen=True, kw_only=True):
    """How many days and weeks back one backup of each is kept."""

    daily: int = 14
    weekly: int = 8

    @property
    def words(self) -> str:
        return f"one of each of the last {self.daily} days and {self.weekly} weeks, and all of the last two days"


def name_of(made: datetime, why: str, *, secrets: bool = False, number: int = 1) -> str:
    """``number``: tells those of the same second apart."""
    return (
        f"vaultraider-{made.astimezone(UTC):%Y%m%dT%H%M%SZ}-{why}"
        f"{'-with-secrets' if secrets else ''}{f'-{number}' if number > 1 else ''}{SUFFIX}"
    )


def read_name(name: str, bytes: int = 0) -> BackupFile | None:
    """None for a file that is none of ours."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        made = datetime.strptime(found[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return BackupFile(name=name, made=made, why=found[2], secrets=found[3] is not None, bytes=bytes)


def to_delete(files: Iterable[BackupFile], keeping: Keeping, now: datetime) -> list[BackupFile]:
    """Those that nothing keeps any more, oldest first. The newest is always kept, however old it is.

    Days and weeks are counted among those that have a backup: a machine that was off for a month loses none by it.
    """
    newest_first = sorted(files, key=lambda each: (each.made, each.name), reverse=True)
    kept = {each.name for each in newest_first[:1]}
    young = [each for each in newest_first if now - each.made < UNTOUCHED]
    kept |= {each.name for each in young[:UNTOUCHED_COUNT]}
    kept |= {each.name for each in newest_first if each.before_migration and _nth(each, newest_first) < BEFORE_MIGRATION}
    days: dict[object, str] = {}
    weeks: dict[object, str] = {}
    for each in newest_first:
        days.setdefault(each.made.date(), each.name)
        weeks.setdefault(each.made.isocalendar()[:2], each.name)
    kept |= set(list(days.values())[: max(keeping.daily, 0)]) | set(list(weeks.values())[: max(keeping.weekly, 0)])
    return [each for each in reversed(newest_first) if each.name not in kept]


def _nth(one: BackupFile, newest_first: list[BackupFile]) -> int:
    """Which of those made before a migration this is, from 0."""
    return [each.name for each in newest_first if each.before_migration].index(one.name)
