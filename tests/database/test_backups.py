"""Everything that is kept goes out into a file and comes back, between both databases and from every older form of the tables."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert, inspect, select, text
from tests.database.backup_people import NOW, everything, fill, found, row_of

from vaultraider.database import schema, secrets
from vaultraider.database.backup_stream import LONGEST_LINE
from vaultraider.database.backups import DatabaseBackups
from vaultraider.database.engine import Database
from vaultraider.domain.errors import BackupBroken, BackupTooNew, DatabaseNotEmpty

KEYS = ["k" * 43 + "="]
SETTLED = {"jobs", "leases", "transfers", "notification_deliveries"}
"""What restoring changes on purpose; it has a test of its own."""
REVISIONS = [each.revision for each in ScriptDirectory.from_config(schema.config()).walk_revisions()][::-1]


def quiet(*_told: object) -> None: ...


def clear(database: Database) -> Database:
    if database.engine.dialect.name == "postgresql":
        with database.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    return database


@pytest.fixture(params=["sqlite", "postgresql"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    lite = f"sqlite:///{(tmp_path / 'source.sqlite3').as_posix()}"
    database = clear(Database(lite if request.param == "sqlite" else request.getfixturevalue("postgresql_url")))
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Another empty database. Made from a file that was written before: on PostgreSQL both are the same server's."""
    lite = f"sqlite:///{(tmp_path / 'target.sqlite3').as_posix()}"
    database = Database(lite if request.param == "sqlite" else request.getfixturevalue("postgresql_url"))
    yield database
    database.close()


def filled(database: Database, revision: str | None = None) -> Database:
    """Tables of that revision, rows in every one of them."""
    with schema.changing(database) as connection:
        schema.bring_to(connection, revision or schema.head() or "")
    tables = found(database)
    with database.engine.begin() as connection:
        fill(connection, tables)
    return database


def written(database: Database, file: Path, *, keys: list[str] | None = None) -> Path:
    with file.open("wb") as out:
        DatabaseBackups(database).write(out, why="asked", made=NOW, keys=keys, told=quiet)
    return file


def test_all_of_it_comes_back_in_either_database(source: Database, target: Database, tmp_path: Path) -> None:
    filled(source)
    before = everything(source)
    file = written(source, tmp_path / "all.backup", keys=KEYS)
    clear(target)

    restored = DatabaseBackups(target).restore(file, quiet)

    after = everything(target)
    assert set(after) == set(before) == set(schema.metadata().tables)
    assert {name: rows for name, rows in after.items() if name not in SETTLED} == {
        name: rows for name, rows in before.items() if name not in SETTLED
    }
    assert restored.about.rows == dict.fromkeys(before, 3)
    assert (restored.keys, restored.about.left_out) == (tuple(KEYS), {})
    assert schema.revision(target) == schema.head()


def test_without_secrets_none_is_in_the_file(source: Database, tmp_path: Path) -> None:
    filled(source)
    text_of_it = gzip.decompress(written(source, tmp_path / "open.backup").read_bytes()).decode()
    tables = found(source)
    gone = secrets.without_rows(tables)
    assert {"tokens", "browser_sessions"} <= gone
    assert (
        not {
            "notification_channels",
            "notification_deliveries",
            "users",
            "snapshots",
            "preferences",
            "nicknames",
            "transfers",
            "transfer_steps",
            "destiny_accounts",
        }
        & gone
    )
    rows: dict[str, list[list[Any]]] = {}
    columns: dict[str, list[str]] = {}
    table = ""
    for line in map(json.loads, text_of_it.splitlines()):
        if isinstance(line, list):
            rows[table].append(line)
        elif "table" in line:
            table = line["table"]
            rows[table], columns[table] = [], line["columns"]
        else:
            assert "keys" not in line
    for each in tables:
        assert bool(rows[each.name]) is (each.name not in gone)
        for column in each.columns:
            if secrets.is_secret(column):
                assert not any(row[columns[each.name].index(column.name)] for row in rows[each.name]), column


def test_whoever_comes_back_without_secrets_signs_in_again_and_nothing_old_is_done(
    source: Database, target: Database, tmp_path: Path
) -> None:
    filled(source)
    with source.engine.begin() as connection:
        connection.execute(text("UPDATE users SET sign_in = 'ok'"))
        connection.execute(text("UPDATE jobs SET state = 'queued'"))
        connection.execute(text("UPDATE transfers SET state = 'waiting'"))
        connection.execute(text("UPDATE notification_deliveries SET state = CASE id WHEN 2 THEN 'sending' ELSE 'held' END"))
    file = written(source, tmp_path / "open.backup")
    clear(target)
    DatabaseBackups(target).restore(file, quiet)
    with target.engine.connect() as connection:
        assert set(connection.scalars(text("SELECT sign_in FROM users"))) == {"ended"}
        assert set(connection.scalars(text("SELECT state FROM jobs"))) == {"cancelled"}
        assert set(connection.scalars(text("SELECT cancelling FROM transfers"))) == {True}
        assert set(connection.scalars(text("SELECT holder FROM leases"))) == {None}
        assert set(connection.scalars(text("SELECT state FROM notification_deliveries"))) == {"skipped", "unclear"}
        assert connection.scalar(text("SELECT count(*) FROM tokens")) == 0


@pytest.mark.parametrize(
    ("source", "revision"),
    [("sqlite", each) for each in REVISIONS] + [("postgresql", each) for each in REVISIONS[:1] + REVISIONS[-2:]],
    indirect=["source"],
)
def test_an_older_programs_backup_comes_back_in_this_one(source: Database, revision: str, tmp_path: Path) -> None:
    """And so every migration is run over tables with rows in them, on both databases."""
    filled(source, revision)
    users = everything(source)["users"]
    file = written(source, tmp_path / "old.backup", keys=KEYS)
    assert DatabaseBackups(source).verify(file).revision == revision
    clear(source)
    mine = Database(f"sqlite:///{(tmp_path / 'new.sqlite3').as_posix()}") if source.engine.dialect.name == "sqlite" else source
    DatabaseBackups(mine).restore(file, quiet)
    assert schema.revision(mine) == schema.head()
    assert len(everything(mine)["users"]) == len(users)
    mine.close()


def test_numbers_of_the_deleted_are_not_given_again(source: Database, target: Database, tmp_path: Path) -> None:
    filled(source)
    users = next(table for table in found(source) if table.name == "users")
    with source.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT setval(pg_get_serial_sequence('users', 'id'), 3)"))
        nobody = {name: value for name, value in row_of(users, 9).items() if name != "id"}
        given = connection.execute(insert(users).values(nobody)).inserted_primary_key
        assert given is not None and given[0] == 4
        connection.execute(text("DELETE FROM users WHERE id = 4"))
    file = written(source, tmp_path / "all.backup", keys=KEYS)
    clear(target)
    DatabaseBackups(target).restore(file, quiet)
    users = next(table for table in found(target) if table.name == "users")
    nobody = {name: value for name, value in row_of(users, 9).items() if name != "id"}
    with target.engine.begin() as connection:
        given = connection.execute(insert(users).values(nobody)).inserted_primary_key
    assert given is not None and given[0] == 5


def test_it_is_one_moment_while_the_server_writes(source: Database, tmp_path: Path) -> None:
    """Each transaction moves one from a row to another; in every backup the sum must be the same."""
    filled(source)
    ended = threading.Event()

    def write() -> None:
        while not ended.is_set():
            with source.transaction() as session:
                session.execute(text("UPDATE effect_marks SET mark = mark + 1 WHERE user_id = 1"))
                session.execute(text("UPDATE users SET selected_type = COALESCE(selected_type, 0) - 1 WHERE id = 1"))

    with source.engine.begin() as connection:
        connection.execute(text("UPDATE effect_marks SET mark = 0 WHERE user_id = 1"))
        connection.execute(text("UPDATE users SET selected_type = 0 WHERE id = 1"))
    thread = threading.Thread(target=write)
    thread.start()
    try:
        sums = []
        for number in range(5):
            file = written(source, tmp_path / f"{number}.backup", keys=KEYS)
            lines = [json.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()]
            sums.append(value_in(lines, "effect_marks", "mark") + value_in(lines, "users", "selected_type"))
    finally:
        ended.set()
        thread.join()
    assert sums == [0] * 5


def value_in(lines: list[Any], table: str, column: str) -> int:
    """Of the first person's row."""
    start = next(place for place, line in enumerate(lines) if isinstance(line, dict) and line.get("table") == table)
    columns = lines[start]["columns"]
    key = columns.index("id" if table == "users" else "user_id")
    return next(int(row[columns.index(column)]) for row in lines[start + 1 :] if row[key] == 1)


def test_a_database_with_people_in_it_is_left_alone(source: Database, tmp_path: Path) -> None:
    filled(source)
    before = everything(source)
    file = written(source, tmp_path / "all.backup", keys=KEYS)
    with pytest.raises(DatabaseNotEmpty):
        DatabaseBackups(source).restore(file, quiet)
    assert everything(source) == before


def test_a_server_that_was_only_started_is_empty_enough(source: Database, tmp_path: Path) -> None:
    filled(source)
    file = written(source, tmp_path / "all.backup", keys=KEYS)
    clear(source)
    fresh = Database(f"sqlite:///{(tmp_path / 'fresh.sqlite3').as_posix()}") if source.engine.dialect.name == "sqlite" else source
    schema.upgrade(fresh)
    with fresh.engine.begin() as connection:
        connection.execute(text("INSERT INTO leases (name, fence) VALUES ('x', 1)"))
        connection.execute(text("CREATE TABLE somebody_elses (id INTEGER)"))
    DatabaseBackups(fresh).restore(file, quiet)
    assert len(everything(fresh)["users"]) == 3
    assert "somebody_elses" in inspect(fresh.engine).get_table_names()
    fresh.close()


def test_memory_stays_small_however_large_the_database_is(tmp_path: Path) -> None:
    source = Database(f"sqlite:///{(tmp_path / 'large.sqlite3').as_posix()}")
    filled(source)
    large = next(table for table in found(source) if table.name == "snapshots")
    size = 200_000
    with source.engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        for number in range(120):
            row = row_of(large, 2) | {"membership_id": f"x{number}", "body": os.urandom(size)}
            connection.execute(insert(large).values(row))
    target = Database(f"sqlite:///{(tmp_path / 'target.sqlite3').as_posix()}")
    tracemalloc.start()
    try:
        file = written(source, tmp_path / "large.backup", keys=KEYS)
        DatabaseBackups(target).restore(file, quiet)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert file.stat().st_size > 120 * size
    assert peak < 60 * size, "half of what was carried, and it would not grow with more"
    source.close()
    target.close()


# -- files that nobody should believe ----------------------------------------------------------------------------------------


def packed(*lines: Any, end: dict[str, Any] | None = None) -> bytes:
    """A backup of these lines whose sums are right."""
    body = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    rows: dict[str, int] = {}
    for line in lines:
        if isinstance(line, list) and rows:
            rows[list(rows)[-1]] += 1
        elif isinstance(line, dict) and "table" in line:
            rows[line["table"]] = 0
    told = {"rows": rows, "left_out": {}, "lines": len(lines), "sha256": hashlib.sha256(body).hexdigest()} | (end or {})
    return gzip.compress(body + json.dumps({"end": told}, separators=(",", ":")).encode() + b"\n")


HEADER = {
    "backup": 1,
    "program": "0.1.0",
    "revision": "0001",
    "made": "2026-11-22T03:30:00Z",
    "why": "asked",
    "secrets": True,
    "database": "sqlite",
}
USERS = ["id", "bungie_id", "name", "role", "sign_in", "created", "signed_in"]
MARROW = [1, "17429800", "Marrow#4417", "admin", "ok", "2026-11-22T03:30:00Z", "2026-11-22T03:30:00Z"]
TABLE = {"table": "users", "columns": USERS}


def test_the_pattern_of_these_files_is_right(tmp_path: Path) -> None:
    assert restored_from(packed(HEADER, TABLE, MARROW), tmp_path)["users"][0]


def restored_from(content: bytes, folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    file = folder / "given.backup"
    file.write_bytes(content)
    target = Database(f"sqlite:///{(folder / 'target.sqlite3').as_posix()}")
    try:
        DatabaseBackups(target).restore(file, quiet)
        return everything(target)
    finally:
        there = inspect(target.engine).get_table_names()
        target.close()
        assert len(there) in (0, len(schema.metadata().tables) + 1), "all or nothing"


GOOD = packed(HEADER, TABLE, MARROW)
BROKEN = {
    "empty": b"",
    "no gzip": b"PK\x03\x04 a zip with ../../etc in it",
    "cut": GOOD[:-20],
    "one bit": GOOD[:40] + bytes([GOOD[40] ^ 1]) + GOOD[41:],
    "something behind": GOOD + gzip.compress(b"more\n"),
    "no end": gzip.compress(json.dumps(HEADER).encode() + b"\n"),
    "wrong sum": packed(HEADER, TABLE, MARROW, end={"sha256": "0" * 64}),
    "wrong count": packed(HEADER, TABLE, MARROW, end={"rows": {"users": 2}}),
    "wrong lines": packed(HEADER, TABLE, MARROW, end={"lines": 4}),
    "header only in name": packed([1, 2], TABLE, MARROW),
    "no revision": packed({**HEADER, "revision": None}, TABLE, MARROW),
    "made without zone": packed({**HEADER, "made": "2026-11-22T03:30:00"}, TABLE, MARROW),
    "unknown table": packed(HEADER, {"table": "sqlite_master", "columns": ["name"]}, ["x"]),
    "the table of revisions": packed(HEADER, {"table": "alembic_version", "columns": ["version_num"]}, ["0009"]),
    "unknown column": packed(HEADER, {"table": "users", "columns": [*USERS, 'x") --']}, [*MARROW, 1]),
    "a table twice": packed(HEADER, TABLE, MARROW, TABLE),
    "a row before a table": packed(HEADER, MARROW, TABLE),
    "too few values": packed(HEADER, TABLE, MARROW[:-1]),
    "a list in a row": packed(HEADER, TABLE, [[1], *MARROW[1:]]),
    "text for a number": packed(HEADER, TABLE, ["1; DROP TABLE users", *MARROW[1:]]),
    "no time": packed(HEADER, TABLE, [*MARROW[:-1], "yesterday"]),
    "missing what must be there": packed(HEADER, TABLE, [1, None, *MARROW[2:]]),
    "the same twice": packed(HEADER, TABLE, MARROW, MARROW),
    "an account of nobody": packed(
        HEADER,
        {"table": "destiny_accounts", "columns": ["user_id", "type", "id", "place", "account"]},
        [7, 3, "46", 0, "{}"],
    ),
    "a number that no column holds": packed(HEADER, TABLE, [2**63 + 5, *MARROW[1:]]),
    "a time before all times": packed(HEADER, TABLE, [*MARROW[:-1], "0001-01-01T00:00:00+12:00"]),
    "a time after all times": packed(HEADER, TABLE, [*MARROW[:-1], "9999-12-31T23:59:59-12:00"]),
    "no number after the last": packed(HEADER, {**TABLE, "last": 2**63 - 1}, MARROW),
    "a last number below zero": packed(HEADER, {**TABLE, "last": -5}, MARROW),
    "deep": gzip.compress(b"[" * 100_000 + b"\n"),
    "not unicode": gzip.compress(b'{"backup": "\xff"}\n'),
    "one endless line": gzip.compress(b" " * (LONGEST_LINE + 10)),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_whole_backup_changes_nothing(name: str, tmp_path: Path) -> None:
    with pytest.raises(BackupBroken):
        restored_from(BROKEN[name], tmp_path)
    assert {each.name.partition("-")[0] for each in tmp_path.iterdir()} == {"given.backup", "target.sqlite3"}


def test_what_unpacks_to_far_more_than_a_backup_does_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vaultraider.database.backup_stream.USUAL_SIZE", 2**20)
    row = [1, "x" * 50_000, *MARROW[2:]]
    packed_rows = io.BytesIO()
    with gzip.GzipFile(fileobj=packed_rows, mode="wb", compresslevel=9) as out:
        out.write(json.dumps(HEADER).encode() + b"\n" + json.dumps(TABLE).encode() + b"\n")
        for _ in range(2000):
            out.write(json.dumps(row).encode() + b"\n")
    assert packed_rows.tell() < 500_000
    with pytest.raises(BackupBroken):
        restored_from(packed_rows.getvalue(), tmp_path)


@pytest.mark.parametrize("header", [{**HEADER, "backup": 2}, {**HEADER, "revision": "9999"}])
def test_a_newer_programs_backup_says_so(header: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(BackupTooNew):
        restored_from(packed(header, TABLE, MARROW), tmp_path)


# -- what is secret ---------------------------------------------------------------------------------------------------------


def test_every_column_that_looks_secret_says_whether_it_is() -> None:
    """A new table with bytes, or with a name that secrets have, must say it, or a backup would tell what it should not."""
    silent = [
        str(column)
        for table in schema.metadata().sorted_tables
        for column in table.columns
        if secrets.looks_secret(column) and column.info.get(secrets.MARK) not in (True, False, secrets.EMPTIED)
    ]
    assert not silent, f"Say info={{'secret': True}} or False of {silent}: see database/secrets.py"


def test_the_secrets_are_these() -> None:
    marked = {str(column) for table in schema.metadata().sorted_tables for column in table.columns if secrets.is_secret(column)}
    assert {"tokens.access", "tokens.refresh", "browser_sessions.id_hash", "browser_sessions.data"} <= marked


def test_a_column_that_no_model_knows_is_judged_by_its_looks(tmp_path: Path) -> None:
    """Before a migration the tables are still those of the older program."""
    source = filled(Database(f"sqlite:///{(tmp_path / 'old.sqlite3').as_posix()}"))
    with source.engine.begin() as connection:
        connection.execute(text("ALTER TABLE nicknames ADD COLUMN old_token VARCHAR(9)"))
        connection.execute(text("ALTER TABLE nicknames ADD COLUMN old_colour VARCHAR(9)"))
        connection.execute(text("UPDATE nicknames SET old_token = 'hidden', old_colour = 'seen'"))
    told = gzip.decompress(written(source, tmp_path / "old.backup").read_bytes())
    assert b"seen" in told and b"hidden" not in told
    source.close()


def test_texts_that_the_other_database_does_not_take_are_shortened(postgresql_url: str, tmp_path: Path) -> None:
    source = filled(Database(f"sqlite:///{(tmp_path / 'source.sqlite3').as_posix()}"))
    with source.engine.begin() as connection:
        connection.execute(text("UPDATE users SET name = :name WHERE id = 1"), {"name": "a\0b" + "c" * 300})
    file = written(source, tmp_path / "long.backup", keys=KEYS)
    target = clear(Database(postgresql_url))
    assert DatabaseBackups(target).restore(file, quiet).shortened == 1
    assert name_of_first(target) == "ab" + "c" * 253
    source.close()
    target.close()


def name_of_first(database: Database) -> str:
    users = next(table for table in found(database) if table.name == "users")
    with database.engine.connect() as connection:
        return str(connection.scalar(select(users.c.name).where(users.c.id == 1)))


def test_nothing_of_a_restore_stays_when_it_fails_at_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_connection: Connection, **_more: object) -> None:
        raise RuntimeError("at the very end")

    monkeypatch.setattr("vaultraider.database.backups.settle", fail)
    with pytest.raises(BackupBroken):
        restored_from(GOOD, tmp_path)
