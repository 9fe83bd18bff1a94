"""A database that cannot be reached is a clear 503 everywhere, and nothing stays broken when it is back."""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError
from tests import postgresql
from tests.simulator.controls import Controls
from tests.wired import WiredHouse, build_wired

from vaultraider.bootstrap import Services, build_services
from vaultraider.database import schema
from vaultraider.database.engine import Database, is_away
from vaultraider.settings import Settings
from vaultraider.web.app import create_app
from vaultraider.web.sessions import COOKIE

NOBODY = "postgresql://me:hush@127.0.0.1:9/nowhere"
SAID = "The database does not answer just now. Nothing was lost; try again in a moment."


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    away = Settings(data_dir=tmp_path, database_url=NOBODY, bungie_www="http://127.0.0.1:9", bungie_stats="http://127.0.0.1:9")
    services = build_services(away)
    yield services
    services.close()


@pytest.mark.parametrize("address", ["/vault", "/api/v1/session", "/api/v1/transfers", "/api/v1/status", "/readyz"])
def test_whoever_asks_is_told(services: Services, address: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    browser = create_app(services, services.settings).test_client()
    browser.set_cookie(COOKIE, "p" + "x" * 43)
    answer = browser.get(address)
    assert answer.status_code == 503
    if address.startswith("/api/"):
        problem = json.loads(answer.data)
        assert (problem["code"], problem["detail"], problem["retry_after"]) == ("storage-away", SAID, 5)
        assert answer.headers["Retry-After"] == "5"
    elif address == "/vault":
        assert SAID in answer.text
    assert "hush" not in answer.text + caplog.text
    assert "Traceback" not in caplog.text


def test_a_wrong_statement_is_no_absence(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{(tmp_path / 'x.sqlite3').as_posix()}")
    with pytest.raises(OperationalError) as refused, database.reading() as session:
        session.execute(text("SELECT * FROM nothing"))
    assert not is_away(refused.value)
    assert not is_away(ValueError())
    database.close()


@pytest.fixture
def house(tmp_path: Path, simulator_control: Controls) -> Iterator[WiredHouse]:
    house = build_wired(tmp_path, simulator_control)
    yield house
    house.services.close()


def each_connection(house: WiredHouse, pragma: str) -> None:
    engine = house.services.database.engine
    event.listen(engine, "checkout", lambda connection, *_: connection.execute(f"PRAGMA {pragma}"))


def test_what_another_program_keeps_to_itself_is_an_absence(tmp_path: Path, house: WiredHouse) -> None:
    marrow, tag = house.signed_in(), {"name": "mine", "label": "Mine"}
    each_connection(house, "busy_timeout=0")
    with closing(sqlite3.connect(tmp_path / "vaultraider.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = marrow.send("PUT", "/api/v1/tags", tag)
        assert (answer.status_code, answer.json["code"], answer.json["detail"]) == (503, "storage-away", SAID)
        assert marrow.get("/api/v1/annotations").status_code == 200, "who only reads waits for nobody"
        other.rollback()
    assert marrow.send("PUT", "/api/v1/tags", tag).status_code == 200


def test_a_disk_that_takes_nothing_any_more_is_told(house: WiredHouse) -> None:
    marrow = house.signed_in()
    each_connection(house, "query_only=ON")
    answer = marrow.send("PUT", "/api/v1/tags", {"name": "mine", "label": "Mine"})
    assert (answer.status_code, answer.json["code"]) == (503, "storage-read-only")
    assert "read-only" in answer.json["detail"]
    assert marrow.get("/api/v1/annotations").status_code == 200, "what is there can still be read"


def test_who_gave_way_to_another_transaction_may_try_again(postgresql_server: postgresql.PostgreSQL) -> None:
    """Two lock the same rows in opposite order: PostgreSQL ends one of them."""
    database = Database(postgresql_server.url)
    with database.transaction() as session:
        session.execute(text("CREATE TABLE pairs (id INTEGER PRIMARY KEY)"))
        session.execute(text("INSERT INTO pairs VALUES (1), (2)"))
    locked, failures = threading.Barrier(2), list[Exception]()

    def take(first: int, second: int) -> None:
        try:
            with database.transaction() as session:
                session.execute(text(f"SELECT * FROM pairs WHERE id = {first} FOR UPDATE"))
                locked.wait(10)
                session.execute(text(f"SELECT * FROM pairs WHERE id = {second} FOR UPDATE"))
        except OperationalError as error:
            failures.append(error)

    takers = [threading.Thread(target=take, args=each) for each in ((1, 2), (2, 1))]
    for each in takers:
        each.start()
    for each in takers:
        each.join()
    database.close()
    assert [is_away(each) for each in failures] == [True]


@pytest.fixture
def postgresql_server() -> Iterator[postgresql.PostgreSQL]:
    binaries = postgresql.programs()
    if binaries is None:
        pytest.skip("No PostgreSQL here")
    with postgresql.stoppable(binaries) as server:
        yield server


def test_a_server_that_goes_and_comes() -> None:
    binaries = postgresql.programs()
    if binaries is None:
        pytest.skip("No PostgreSQL here")
    with postgresql.stoppable(binaries) as server:
        database = Database(server.url)
        try:
            with pytest.raises(OperationalError) as cut, database.transaction() as session:
                session.execute(text("SELECT 1"))
                server.stop()
                session.execute(text("SELECT 1"))
            assert is_away(cut.value), "in the middle of a transaction"
            with pytest.raises(OperationalError) as refused:
                schema.revision(database)
            assert is_away(refused.value), "while it is away"
            server.start()
            assert database.answers()
        finally:
            database.close()


def test_a_start_waits_for_a_server_that_comes_later(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    database = Database(NOBODY)
    tries: list[int] = []

    def upgrade(database: Database, _before: object = None) -> bool:
        tries.append(1)
        if len(tries) < 4:
            schema.revision(database)
        return True

    monkeypatch.setattr(schema, "LOOK", 0.0)
    monkeypatch.setattr(schema, "upgrade", upgrade)
    assert schema.upgrade_when_there(database)
    assert len(tries) == 4
    assert [record.message for record in caplog.records] == ["The database does not answer yet; we wait for it."]
    tries.clear()
    monkeypatch.setattr(schema, "PATIENCE", 2)
    with pytest.raises(OperationalError):
        schema.upgrade_when_there(database)
    database.close()
