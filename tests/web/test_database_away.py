"""A database that cannot be reached is a clear 503 everywhere, and nothing stays broken when it is back."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from tests import postgresql

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
