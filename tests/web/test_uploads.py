"""Files over a line that is slow: given the time that so much needs there, and no more."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.simulator.controls import Controls
from tests.wired import WiredBrowser, WiredHouse, build_wired

from vaultraider.web.server import EmbeddedServer

FILE = b"dimwishlist:item=1&perks=2\n" * 400
PIECES = 8
ROUTES = [("/api/v1/wish_lists/upload", "text/plain", 201), ("/api/v1/curation/import?check=true", "text/csv", 200)]


@pytest.fixture
def house(tmp_path: Path, simulator_control: Controls, monkeypatch: pytest.MonkeyPatch) -> Iterator[WiredHouse]:
    monkeypatch.setattr("vaultraider.web.server.ARRIVAL", 0.6)
    house = build_wired(tmp_path, simulator_control)
    yield house
    house.services.close()


@pytest.fixture
def server(house: WiredHouse) -> Iterator[EmbeddedServer]:
    server = EmbeddedServer(house.app, host="127.0.0.1", port=0, threads=2)
    server.start()
    yield server
    server.stop()


def drip(server: EmbeddedServer, browser: WiredBrowser, path: str, kind: str, pause: float) -> int:
    """The status of the answer; 0 where the server hung up without one."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.putrequest("POST", path)
    headers = {"Content-Type": kind, "Content-Length": str(len(FILE)), "X-CSRFToken": browser.csrf()}
    for name, value in (headers | {"Cookie": f"vaultraider_session={browser.cookie}"}).items():
        connection.putheader(name, value)
    connection.endheaders()
    size = len(FILE) // PIECES
    try:
        for place in range(0, len(FILE), size):
            connection.send(FILE[place : place + size])
            time.sleep(pause)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


@pytest.mark.parametrize(("path", "kind", "status"), ROUTES)
def test_a_slow_line_has_the_time_that_its_file_needs(
    house: WiredHouse, server: EmbeddedServer, monkeypatch: pytest.MonkeyPatch, path: str, kind: str, status: int
) -> None:
    monkeypatch.setattr("vaultraider.api._uploads.SLOWEST", len(FILE) / 60)
    assert drip(server, house.signed_in(), path, kind, pause=0.15) == status


@pytest.mark.parametrize(("path", "kind", "status"), ROUTES)
def test_who_is_slower_than_that_is_cut_off(
    house: WiredHouse, server: EmbeddedServer, path: str, kind: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    assert drip(server, house.signed_in(), path, kind, pause=0.15) in (0, 400, 408)
    assert "Traceback" not in caplog.text
