"""Backups as the owner has them: written and read back, kept and thinned out, one before each change of the tables."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

import pytest
from sqlalchemy import text
from tests.clocks import HandClock
from tests.full_disk import files_no_larger_than

from vaultraider.database import schema
from vaultraider.database.backups import DatabaseBackups
from vaultraider.database.engine import Database
from vaultraider.domain.backups import Keeping
from vaultraider.domain.errors import BackupBroken, BackupFailed
from vaultraider.services.backups import BackupService

KEY = "k" * 43 + "="


def quiet(*_told: object) -> None: ...


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{(tmp_path / 'vaultraider.sqlite3').as_posix()}")
    schema.upgrade(database)
    yield database
    database.close()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def service(database: Database, clock: HandClock, tmp_path: Path) -> BackupService:
    return service_over(DatabaseBackups(database), clock, tmp_path)


def service_over(archive: DatabaseBackups, clock: HandClock, folder: Path, **options: object) -> BackupService:
    return BackupService(archive, clock, folder=folder / "backups", keys=[KEY], **options)  # type: ignore[arg-type]


def names(service: BackupService) -> list[str]:
    return [each.name for each in service.files()]


def everything_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_one_lies_in_the_folder_for_its_owner_alone(service: BackupService, tmp_path: Path) -> None:
    made = service.make("nightly", quiet)
    assert made.file == tmp_path / "backups" / "vaultraider-20261117T170000Z-nightly.backup"
    assert everything_in(made.file.parent) == [made.file.name]
    assert stat.S_IMODE(made.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.file.parent.stat().st_mode) == 0o700
    assert service.report().last == made.about.made
    assert (service.report().count, service.report().bytes, service.report().why) == (1, made.bytes, "nightly")


def test_those_of_one_second_have_names_of_their_own(service: BackupService) -> None:
    assert len({service.make("asked", quiet).file for _ in range(3)}) == 3


@pytest.mark.parametrize("secrets", [False, True])
def test_a_file_of_ones_own_has_the_same_rights_and_is_never_overwritten(
    service: BackupService, tmp_path: Path, secrets: bool
) -> None:
    mine = tmp_path / "mine.backup"
    made = service.make("asked", quiet, secrets=secrets, file=mine)
    assert (made.file, stat.S_IMODE(mine.stat().st_mode), made.about.secrets) == (mine, 0o600, secrets)
    before = mine.read_bytes()
    with pytest.raises(BackupFailed, match="already"):
        service.make("asked", quiet, file=mine)
    assert mine.read_bytes() == before
    assert service.files() == []


def test_what_cannot_be_read_back_is_thrown_away_and_deletes_nothing(
    database: Database, clock: HandClock, tmp_path: Path
) -> None:
    class Forgetful(DatabaseBackups):
        """Its disk keeps half of what it is given."""

        broken = False

        def write(self, out: BinaryIO, **more: object) -> object:  # type: ignore[override]
            about = super().write(out, **more)  # type: ignore[arg-type]
            if self.broken:
                out.flush()
                out.truncate(out.tell() // 2)
            return about

    archive = Forgetful(database)
    service = service_over(archive, clock, tmp_path, keeping=Keeping(daily=1, weekly=1))
    good = service.make("nightly", quiet)
    archive.broken = True
    for _ in range(3):
        clock.pass_time(40 * 86_400)
        with pytest.raises(BackupFailed, match="read back"):
            service.make("nightly", quiet)
    assert everything_in(good.file.parent) == [good.file.name]


def test_a_full_disk_leaves_the_last_good_one_and_nothing_half(service: BackupService, clock: HandClock) -> None:
    good = service.make("nightly", quiet)
    clock.pass_time(86_400)
    with files_no_larger_than(1000), pytest.raises(BackupFailed, match="disk is full"):
        service.make("nightly", quiet)
    assert everything_in(good.file.parent) == [good.file.name]


def test_it_does_not_take_the_last_room(service: BackupService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vaultraider.services.backups.FREE", 10**18)
    with pytest.raises(BackupFailed, match="MB are free"):
        service.make("nightly", quiet)


def test_nights_pass_and_old_ones_go(database: Database, clock: HandClock, tmp_path: Path) -> None:
    service = service_over(DatabaseBackups(database), clock, tmp_path, keeping=Keeping(daily=3, weekly=2))
    for _ in range(15):
        clock.pass_time(86_400)
        service.make("nightly", quiet)
    assert 3 <= len(names(service)) <= 3 + 2
    assert "3 days and 2 weeks" in service.report().kept


def test_files_of_others_in_the_folder_stay(service: BackupService, clock: HandClock, tmp_path: Path) -> None:
    service.make("nightly", quiet)
    folder = tmp_path / "backups"
    (folder / "notes.txt").write_text("mine")
    (folder / "vaultraider-20200101T000000Z-nightly.backup").mkdir()
    left = folder / ".vaultraider-20200101T000000Z-nightly.backup.1234.part"
    left.write_text("somebody died over it")
    clock._now += timedelta(days=4000)
    service.make("nightly", quiet)
    assert "notes.txt" in everything_in(folder)
    assert (folder / "vaultraider-20200101T000000Z-nightly.backup").is_dir()
    assert not left.exists()


# -- before the tables change -----------------------------------------------------------------------------------------------


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Database]:
    """A database of the first program, with a person in it."""
    database = Database(f"sqlite:///{(tmp_path / 'old.sqlite3').as_posix()}")
    with schema.changing(database) as connection:
        schema.bring_to(connection, "0001")
        person = "(1, '17429800', 'Marrow#4417', 'admin', 'ok', '2026-11-17', '2026-11-17')"
        connection.execute(text(f"INSERT INTO users (id, bungie_id, name, role, sign_in, created, signed_in) VALUES {person}"))
    yield database
    database.close()


def test_one_is_made_before_the_tables_change(old: Database, clock: HandClock, tmp_path: Path) -> None:
    service = service_over(DatabaseBackups(old), clock, tmp_path)
    assert schema.upgrade(old, service.before_migration)
    [made] = service.files()
    assert made.why == f"before-{schema.head()}"
    about = DatabaseBackups(old).verify(tmp_path / "backups" / made.name)
    assert (about.revision, about.rows["users"]) == ("0001", 1)
    assert not schema.upgrade(old, service.before_migration)
    assert len(service.files()) == 1


def test_an_empty_database_needs_none(clock: HandClock, tmp_path: Path) -> None:
    new = Database(f"sqlite:///{(tmp_path / 'new.sqlite3').as_posix()}")
    service = service_over(DatabaseBackups(new), clock, tmp_path)
    assert schema.upgrade(new, service.before_migration)
    assert service.files() == []
    new.close()


def test_without_one_the_tables_do_not_change(old: Database, clock: HandClock, tmp_path: Path) -> None:
    service = service_over(DatabaseBackups(old), clock, tmp_path)
    (tmp_path / "backups").write_text("a file where the folder should be")
    with pytest.raises(BackupFailed, match=r"from 0001 to .* Nothing was changed\. .* backup_before_migration = false"):
        schema.upgrade(old, service.before_migration)
    assert schema.revision(old) == "0001"
    told_otherwise = service_over(DatabaseBackups(old), clock, tmp_path, wanted_before_migration=False)
    assert schema.upgrade(old, told_otherwise.before_migration)


def test_a_program_that_starts_again_and_again_makes_one_each_ten_minutes(
    old: Database, clock: HandClock, tmp_path: Path
) -> None:
    service = service_over(DatabaseBackups(old), clock, tmp_path)
    for _ in range(30):
        service.before_migration("0001", "0009")
        clock.pass_time(5)
    assert len(service.files()) == 1
    clock.pass_time(600)
    service.before_migration("0001", "0009")
    assert len(service.files()) == 2


def test_a_file_that_is_not_there_is_a_sentence(service: BackupService, tmp_path: Path) -> None:
    with pytest.raises(BackupFailed, match=r"cannot be read.*Nothing was changed"):
        service.restore(tmp_path / "missing.backup", quiet)
    (tmp_path / "empty.backup").touch()
    with pytest.raises(BackupBroken):
        service.restore(tmp_path / "empty.backup", quiet)
