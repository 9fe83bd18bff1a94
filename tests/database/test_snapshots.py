"""What is kept of accounts and guardians, on both databases; each person's apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from vaultraider.database.engine import Database
from vaultraider.database.nicknames import NicknameRepository
from vaultraider.database.snapshots import SnapshotRepository
from vaultraider.database.users import UserRepository
from vaultraider.domain.profile_parts import Incomplete
from vaultraider.ports import KeptSnapshot, MembershipRef, SnapshotMark

NOW = datetime(2026, 11, 17, 17, 0, tzinfo=UTC)
STEAM, XBOX = MembershipRef(3, "4611686018000000001"), MembershipRef(1, "4611686018000000001")
KEPT = KeptSnapshot(
    body=b'{"characters":{}}' * 100,
    read=NOW,
    checked=NOW,
    incomplete=(Incomplete("profileInventory", "absent"),),
    clan="Wächter \u661f",
    clan_read=NOW,
)


@pytest.fixture
def people(database: Database) -> tuple[int, int]:
    users = UserRepository(database)
    return tuple(users.welcome(str(n), f"P{n}", admin=False, now=NOW).id for n in (1, 2))  # type: ignore[return-value]


def test_a_snapshot_comes_back_as_it_was(database: Database, people: tuple[int, int]) -> None:
    snapshots = SnapshotRepository(database)
    assert snapshots.load(people[0], STEAM) is None
    assert snapshots.mark(people[0], STEAM) is None
    snapshots.save(people[0], STEAM, KEPT)
    assert snapshots.load(people[0], STEAM) == KEPT
    assert snapshots.mark(people[0], STEAM) == SnapshotMark(NOW, NOW)


def test_each_person_and_platform_has_its_own(database: Database, people: tuple[int, int]) -> None:
    snapshots = SnapshotRepository(database)
    snapshots.save(people[0], STEAM, KEPT)
    assert snapshots.load(people[1], STEAM) is None
    assert snapshots.load(people[0], XBOX) is None


def test_saving_again_replaces_and_touching_only_notes_the_time(database: Database, people: tuple[int, int]) -> None:
    snapshots = SnapshotRepository(database)
    later = NOW + timedelta(minutes=1)
    snapshots.save(people[0], STEAM, KEPT)
    snapshots.touch(people[0], STEAM, later)
    assert snapshots.mark(people[0], STEAM) == SnapshotMark(NOW, later)
    newer = KeptSnapshot(body=b"{}", read=later, checked=later)
    snapshots.save(people[0], STEAM, newer)
    assert snapshots.load(people[0], STEAM) == newer


def test_nicknames(database: Database, people: tuple[int, int]) -> None:
    nicknames = NicknameRepository(database)
    nicknames.save(people[0], STEAM, "1", "Brannoch")
    nicknames.save(people[0], STEAM, "2", "\u661f\u306e\u5b88\u308a\u4eba")
    nicknames.save(people[0], STEAM, "1", "Ilse")
    assert nicknames.of(people[0], STEAM) == {"1": "Ilse", "2": "\u661f\u306e\u5b88\u308a\u4eba"}
    assert nicknames.of(people[1], STEAM) == nicknames.of(people[0], XBOX) == {}
    nicknames.save(people[0], STEAM, "1", "")
    nicknames.save(people[0], STEAM, "9", "")
    assert list(nicknames.of(people[0], STEAM)) == ["2"]
