"""The stream of changes over real connections: what comes, for whom, and how each stream ends."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import trustme
from tests.people import ILSE, MARROW, House, build_house
from tests.web.desk import Equipped, MemoryDesk, transfer

from vaultraider.api._streams import EACH_PERSON, EXTENSION, Streams
from vaultraider.services.transfers.watching import Watch
from vaultraider.web.server import EmbeddedServer

PATIENCE = 10
"""Seconds until a test that hears nothing gives up; nothing here takes a second."""


class Listener:
    """One open page."""

    def __init__(self, connection: http.client.HTTPConnection, cookie: str, method: str = "GET") -> None:
        self.connection = connection
        connection.request(method, "/api/v1/transfers/changes", headers={"Cookie": f"vaultraider_session={cookie}"})
        self.answer = connection.getresponse()
        # Kept: http.client forgets the socket of an answer that says how it ends.
        self.status = self.answer.status

    def next(self) -> tuple[str, Any]:
        """The next event: its name and data. ("", text) for a comment or field of its own; ("end", None) at the end."""
        lines = []
        while True:
            line = self.answer.readline()
            if not line:
                return "end", None
            if line == b"\n":
                break
            lines.append(line.decode().rstrip("\n"))
        fields = dict(each.split(": ", 1) for each in lines if not each.startswith(":"))
        return (fields["event"], json.loads(fields["data"])) if "event" in fields else ("", lines[0])

    def event(self) -> tuple[str, Any]:
        """The next event that is one."""
        while True:
            found = self.next()
            if found[0]:
                return found

    def close(self) -> None:
        self.answer.close()
        self.connection.close()


class Web:
    """A house whose pages come through the real server."""

    def __init__(self, house: House, server: EmbeddedServer, desk: MemoryDesk, context: ssl.SSLContext | None) -> None:
        self.house = house
        self.server = server
        self.desk = desk
        self._context = context
        self._listeners: list[Listener] = []

    @property
    def streams(self) -> Streams:
        found: Streams = self.house.app.extensions[EXTENSION]
        return found

    def connect(self) -> http.client.HTTPConnection:
        if self._context:
            return http.client.HTTPSConnection("127.0.0.1", self.server.port, timeout=PATIENCE, context=self._context)
        return http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=PATIENCE)

    def listen(self, cookie: str | None, method: str = "GET") -> Listener:
        listener = Listener(self.connect(), cookie or "", method)
        self._listeners.append(listener)
        return listener

    def settle(self, open_streams: int) -> None:
        """Waits until so many streams are open."""
        tries = threading.Event()
        for _ in range(PATIENCE * 50):
            if self.streams.open == open_streams:
                return
            tries.wait(0.02)
        raise AssertionError(f"{self.streams.open} streams are open, not {open_streams}")

    def hang_up(self) -> None:
        for each in self._listeners:
            each.close()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ssl.SSLContext]:
    ca = trustme.CA()
    file = str(tmp_path_factory.mktemp("tls") / "server.pem")
    ca.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(file)
    context = ssl.create_default_context()
    ca.configure_trust(context)
    return file, context


Start = Callable[..., Web]


@pytest.fixture
def start(tmp_path: Path, authority: tuple[str, ssl.SSLContext]) -> Iterator[Start]:
    with ExitStack() as stack:

        def go(*, https: bool = False, threads: int = 16) -> Web:
            house = build_house(tmp_path, threads=threads)
            stack.callback(house.services.close)
            desk = MemoryDesk(house.clock)
            house.app.extensions["vaultraider"] = Equipped(house.services, desk)
            file, context = authority
            server = EmbeddedServer(house.app, host="127.0.0.1", port=0, threads=threads, certificate=file if https else "")
            server.start()
            stack.callback(server.stop)
            web = Web(house, server, desk, context if https else None)
            stack.callback(web.hang_up)
            web.streams.pace.look = 0.1
            return web

        yield go


@pytest.fixture
def web(start: Start) -> Web:
    return start()


@pytest.mark.parametrize("https", [False, True])
def test_first_what_is_under_way_then_each_change(start: Start, https: bool) -> None:
    web = start(https=https)
    marrow = web.house.signed_in(MARROW)
    me = web.house.user(MARROW)
    old = web.desk.put(me, transfer(1, state="done", title="Long ago"))
    web.house.clock.pass_time(3600)
    waiting = web.desk.put(me, transfer(2, state="waiting", title="Sable Verdict to Brannoch"))
    listener = web.listen(marrow.cookie)
    assert listener.next() == ("", "retry: 3000")
    name, said = listener.event()
    assert name == "transfers"
    assert [each["title"] for each in said["transfers"]] == ["Sable Verdict to Brannoch"]
    web.desk.change(me, waiting.id, state="running")
    name, said = listener.event()
    assert (name, said["id"], said["state"]) == ("transfer", "2", "running")
    web.desk.put(me, transfer(3, title="New"))
    assert listener.event()[1]["title"] == "New"
    web.desk.change(me, old.id, title="Settled late")
    assert listener.event()[1]["title"] == "Settled late"


def test_what_this_process_changes_is_heard_at_once_and_nothing_else(web: Web) -> None:
    web.streams.pace.look = 3600
    marrow, me = web.house.signed_in(MARROW), web.house.user(MARROW)
    web.desk.put(me, transfer(1))
    web.desk.put(me, transfer(2, state="waiting"))
    listener = web.listen(marrow.cookie)
    listener.event()
    for state in "running", "checking", "running", "done":
        web.desk.change(me, 1, state=state)
        assert listener.event()[1]["state"] == state
    web.streams.pace.look = 0.1
    web.desk.change(me, 1)


def test_what_another_process_changes_is_heard_too(web: Web) -> None:
    marrow, me = web.house.signed_in(MARROW), web.house.user(MARROW)
    web.desk.put(me, transfer(1))
    listener = web.listen(marrow.cookie)
    listener.event()
    web.desk.change(me, 1, state="running", tell=False)
    assert listener.event()[1]["state"] == "running"


def test_nobody_hears_of_anybody_else(web: Web) -> None:
    marrow, ilse = web.house.signed_in(MARROW), web.house.signed_in(ILSE)
    me, she = web.house.user(MARROW), web.house.user(ILSE)
    web.desk.put(me, transfer(1, title="Mine"))
    web.desk.put(she, transfer(2, title="Hers"))
    mine, hers = web.listen(marrow.cookie), web.listen(ilse.cookie)
    assert [each["title"] for each in mine.event()[1]["transfers"]] == ["Mine"]
    assert [each["title"] for each in hers.event()[1]["transfers"]] == ["Hers"]
    web.desk.change(she, 2, state="running")
    assert hers.event()[1]["title"] == "Hers"
    web.desk.change(me, 1, state="running")
    assert mine.event()[1]["title"] == "Mine"  # and nothing came before


def test_silence_is_broken_before_a_proxy_takes_it_for_death(web: Web) -> None:
    web.streams.pace.ping = 0.2
    listener = web.listen(web.house.signed_in(MARROW).cookie)
    listener.event()
    assert listener.next() == ("", ": still here")
    assert listener.next() == ("", ": still here")


def test_nothing_on_the_way_keeps_or_gathers_it(web: Web) -> None:
    marrow = web.house.signed_in(MARROW)
    answer = web.listen(marrow.cookie).answer
    assert answer.headers["Content-Type"].partition(";")[0] == "text/event-stream"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Accel-Buffering"] == "no"
    assert answer.headers["Content-Encoding"] is None
    assert answer.headers["Content-Length"] is None
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_only_who_is_signed_in_listens(web: Web) -> None:
    assert web.listen(None).status == 401
    assert web.streams.open == 0


def test_a_question_about_the_head_takes_no_place(web: Web) -> None:
    listener = web.listen(web.house.signed_in(MARROW).cookie, "HEAD")
    assert (listener.status, listener.answer.read()) == (200, b"")
    assert web.streams.open == 0


def test_most_threads_are_kept_for_everything_else(start: Start) -> None:
    web = start(threads=8)
    browsers = [web.house.signed_in(each) for each in (MARROW, ILSE)]
    for browser in browsers:
        web.listen(browser.cookie).event()
    refused = web.listen(browsers[0].cookie)
    assert refused.status == 503
    assert int(refused.answer.headers["Retry-After"]) > 0
    assert refused.answer.headers["Content-Type"] == "application/problem+json"
    assert json.loads(refused.answer.read())["code"] == "busy"
    assert web.streams.open == 2


def test_one_person_leaves_places_for_others(start: Start) -> None:
    web = start(threads=64)
    marrow, ilse = web.house.signed_in(MARROW), web.house.signed_in(ILSE)
    for _ in range(EACH_PERSON):
        web.listen(marrow.cookie).event()
    assert web.listen(marrow.cookie).status == 503
    assert web.listen(ilse.cookie).event()[0] == "transfers"


@pytest.mark.parametrize("https", [False, True])
def test_a_page_that_goes_leaves_its_place_at_once(start: Start, https: bool) -> None:
    """Nothing is written to it meanwhile: only looking at the connection tells."""
    web = start(https=https)
    listener = web.listen(web.house.signed_in(MARROW).cookie)
    listener.event()
    assert web.streams.open == 1
    listener.close()
    web.settle(0)


def test_a_connection_that_breaks_leaves_its_place(web: Web) -> None:
    marrow, me = web.house.signed_in(MARROW), web.house.user(MARROW)
    web.desk.put(me, transfer(1))
    listener = web.listen(marrow.cookie)
    listener.event()
    sock = listener.answer.fp.raw._sock
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # a reset instead of an end
    listener.close()
    web.desk.change(me, 1, state="running")
    web.settle(0)


def test_a_stream_ends_with_its_session(web: Web) -> None:
    marrow, other = web.house.signed_in(MARROW), web.house.signed_in(MARROW)
    ending, staying = web.listen(marrow.cookie), web.listen(other.cookie)
    ending.event()
    staying.event()
    marrow.form("/sign-out")
    assert ending.event() == ("end", None)
    web.settle(1)
    web.house.services.accounts.data.sign_out_everywhere(web.house.user(MARROW))
    assert staying.event() == ("end", None)


def test_a_stream_ends_by_itself(web: Web) -> None:
    web.streams.pace.life = 0.3
    listener = web.listen(web.house.signed_in(MARROW).cookie)
    listener.event()
    assert listener.event() == ("end", None)
    web.settle(0)


@pytest.mark.parametrize("https", [False, True])
def test_stopping_ends_open_streams(start: Start, https: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """By their own choice: what does not end is cut off only after ``STOPPING``."""
    monkeypatch.setattr("vaultraider.web.server.STOPPING", 3600)
    web = start(https=https)
    web.streams.pace.look = 1.0
    listeners = [web.listen(web.house.signed_in(each).cookie) for each in (MARROW, ILSE)]
    for each in listeners:
        each.event()
    stopping = threading.Thread(target=web.server.stop, daemon=True)
    stopping.start()
    stopping.join(PATIENCE)
    assert web.streams.open == 0
    assert [each.event() for each in listeners] == [("end", None)] * 2


def test_waiting_holds_no_connection_to_the_database(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    pool: Any = web.house.services.database.engine.pool
    held, really_wait = [], Watch.wait

    def wait(self: Watch, seconds: float) -> bool:
        held.append(pool.checkedout())
        return really_wait(self, seconds)

    monkeypatch.setattr(Watch, "wait", wait)
    web.streams.pace.ping = 0.2
    listener = web.listen(web.house.signed_in(MARROW).cookie)
    listener.event()
    listener.next()
    assert set(held) == {0}


def test_a_stream_that_breaks_ends_and_leaves_its_place(web: Web, caplog: pytest.LogCaptureFixture) -> None:
    marrow = web.house.signed_in(MARROW)
    listener = web.listen(marrow.cookie)
    listener.event()
    web.desk.trouble = RuntimeError("the disk is gone")
    assert listener.event() == ("end", None)
    web.settle(0)
    assert "An event stream broke" in caplog.text
    web.desk.trouble = None
    assert web.listen(marrow.cookie).event()[0] == "transfers"
