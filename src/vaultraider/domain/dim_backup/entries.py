"""What a backup speaks of. Other files in which people bring tags and notes are read into the same."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from vaultraider.domain.annotations import Annotation, Tag
from vaultraider.domain.custom_stats import Guardian


class Wrong(msgspec.Struct, frozen=True):
    """``where``: which entry, or which line. ``sentence``: what is wrong with it."""

    where: str
    sentence: str


class Remark(msgspec.Struct, frozen=True):
    """What is said of one key. ``account``: a membership id, "" where none is named. ``where``: of the entry. ``tag``, ``notes``:
    None leaves what is there."""

    where: str
    key: str
    tag: str | None = None
    notes: str | None = None
    account: str = ""
    crafted: int = 0


class OldSearch(msgspec.Struct, frozen=True):
    """``last``: milliseconds since 1970, 0 where nobody knows."""

    where: str
    query: str
    saved: bool = False
    uses: int = 0
    last: int = 0
    name: str = ""


class OldLoadout(msgspec.Struct, frozen=True):
    """``entry``: the JSON as it came, on one line."""

    where: str
    id: str
    account: str
    entry: bytes


class OldStat(msgspec.Struct, frozen=True):
    """A total of one's own, as the file has it. ``weights``: of the six stats, in our order; what cannot be one is below 0."""

    where: str
    label: str
    guardian: Guardian
    weights: tuple[int, ...]


class Backup(msgspec.Struct, frozen=True):
    """``skipped``: entries about the first game, or searches for loadouts."""

    remarks: list[Remark]
    tags: list[Tag]
    searches: list[OldSearch]
    loadouts: list[OldLoadout]
    stats: list[OldStat]
    skipped: int
    errors: list[Wrong]


class Account(msgspec.Struct, frozen=True):
    """What is said in one account, with when crafted copies were shaped."""

    membership_id: str
    said: Mapping[str, Annotation]
    crafted: Mapping[str, int] = {}
