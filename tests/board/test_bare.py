"""The bare server over raw sockets: its page, its four places, and whoever speaks oddly or not at all."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.board.converter import Converter

from vaultraider.board import inputs
from vaultraider.board.bare import CONNECTIONS, LONGEST, BareServer, CannotListen
from vaultraider.board.source import AnalogSource, Places, Reading
from vaultraider.board.sources import open_source
from vaultraider.board.sources.simulated import Simulated, sine

GET = b"GET / HTTP/1.1\r\nHost: board\r\n\r\n"


@pytest.fixture
def converter(tmp_path: Path) -> Converter:
    return Converter(tmp_path)


@pytest.fixture
def server(converter: Converter) -> Iterator[BareServer]:
    server = BareServer(lambda: open_source("iio", Places(iio_root=str(converter.root))), ip="127.0.0.1", port=0, patience=20.0)
    server.start()
    yield server
    server.stop()


def connect(server: BareServer) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=30)


def said(connection: socket.socket) -> bytes:
    """Until the server hangs up."""
    found = b""
    while piece := connection.recv(65536):
        found += piece
    return found


def ask(server: BareServer, request: bytes = GET) -> bytes:
    with closing(connect(server)) as connection:
        connection.sendall(request)
        return said(connection)


def test_the_page_is_the_plain_one(server: BareServer) -> None:
    head, _, body = ask(server).partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert lines[0] == b"HTTP/1.1 200 OK"
    assert {b"Connection: close", b"Refresh: 5", b"Content-Type: text/html; charset=utf-8"} <= set(lines)
    assert b"Content-Length: %d" % len(body) in lines
    values = "".join(f"analog input {channel} is {raw}<br />\n" for channel, raw in enumerate((163, 327, 491, 654, 818, 982)))
    assert body.decode() == f"<!DOCTYPE HTML>\n<html>\n<title>Analogue inputs</title>\n{values}</html>\n"


def test_each_page_reads_anew_and_a_device_comes_back_by_itself(server: BareServer, converter: Converter) -> None:
    assert b"analog input 0 is 163<br />" in ask(server)
    converter.set(0, 4095)
    assert b"analog input 0 is 4095<br />" in ask(server)
    converter.break_input(3)
    assert b"analog input 3 cannot be read<br />\nanalog input 4 is 818<br />" in ask(server)
    converter.unplug()
    gone = ask(server)
    assert gone.startswith(b"HTTP/1.1 503 ")
    assert b"adc108s102 is gone" in gone
    assert b"Refresh: 5" in gone
    converter.plug_in()
    assert b"analog input 5 is 982<br />" in ask(server)


def test_a_fifth_is_told_to_come_again(server: BareServer) -> None:
    with ExitStack() as stack:
        four = [stack.enter_context(closing(connect(server))) for _ in range(CONNECTIONS)]
        for each in four:
            each.sendall(GET[:-2])  # all but the end: it is being served
        fifth = ask(server)
        assert fifth.startswith(b"HTTP/1.1 503 ")
        assert b"Retry-After: 5" in fifth
        assert b"Connection: close" in fifth
        for each in four:
            each.sendall(b"\r\n")
            assert said(each).startswith(b"HTTP/1.1 200 OK"), "who has a place is served"
    eventually(lambda: ask(server).startswith(b"HTTP/1.1 200 OK"))


def test_very_many_at_once_leave_the_server_well(server: BareServer) -> None:
    with ExitStack() as stack:
        for _ in range(60):
            stack.enter_context(closing(connect(server)))
    eventually(lambda: is_served(server))


def is_served(server: BareServer) -> bool:
    try:
        return ask(server).startswith(b"HTTP/1.1 200 OK")
    except OSError:  # hung up on in the crowd
        return False


def eventually(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.mark.parametrize("begun", [b"", b"G", b"GET / HTTP/1.1\r\nHost: "], ids=["silent", "a letter", "half a head"])
def test_who_is_slow_holds_a_place_for_its_time_and_nobody_up(converter: Converter, begun: bytes) -> None:
    server = BareServer(lambda: open_source("iio", Places(iio_root=str(converter.root))), ip="127.0.0.1", port=0, patience=0.6)
    server.start()
    try:
        with ExitStack() as stack:
            slow = [stack.enter_context(closing(connect(server))) for _ in range(CONNECTIONS - 1)]
            for each in slow:
                each.sendall(begun)
            assert ask(server).startswith(b"HTTP/1.1 200 OK"), "the fourth place is free"
            for each in slow:
                assert said(each) == b"", "hung up on without a word"
    finally:
        server.stop()


def test_a_drip_does_not_prolong_it(converter: Converter) -> None:
    server = BareServer(lambda: open_source("iio", Places(iio_root=str(converter.root))), ip="127.0.0.1", port=0, patience=0.5)
    server.start()
    try:
        with closing(connect(server)) as connection, pytest.raises(OSError):  # which of several depends on the moment
            for _ in range(400):
                connection.sendall(b"x")
                time.sleep(0.05)
    finally:
        server.stop()


HOSTILE = [
    (b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n", b"431"),
    (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 5000 + b"\r\n", b"431"),
    (b"\0\0\0\0\r\n\r\n", b"400"),
    (b"GET /\0 HTTP/1.1\r\n\r\n", b"400"),
    (b"GET / HTTP/9.9\r\n\r\n", b"400"),
    (b"GET /\r\n\r\n", b"400"),
    (b"\r\n\r\n", b"400"),
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\n", b"400"),
    ("GET /é HTTP/1.1\r\n\r\n".encode(), b"400"),
    (b"GET / HTTP/1.1 HTTP/1.1\r\n\r\n", b"400"),
    (b"get / HTTP/1.1\r\n\r\n", b"400"),
    (b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello", b"405"),
    (b"DELETE / HTTP/1.1\r\n\r\n", b"405"),
    (b"GET /favicon.ico HTTP/1.1\r\n\r\n", b"404"),
    (b"GET /../../etc/passwd HTTP/1.1\r\n\r\n", b"404"),
    (b"GET /%00 HTTP/1.0\r\n\r\n", b"404"),
    (b"GET /<script>alert(1)</script> HTTP/1.1\r\n\r\n", b"404"),
    (b"GET /?again=1 HTTP/1.1\r\n\r\n", b"200"),
    (b"GET http://board/ HTTP/1.1\r\n\r\n", b"200"),
    (b"GET / HTTP/1.0\n\n", b"200"),
]


@pytest.mark.parametrize(("request_", "status"), HOSTILE, ids=range(len(HOSTILE)))
def test_odd_requests(server: BareServer, request_: bytes, status: bytes) -> None:
    answer = ask(server, request_)
    assert answer.startswith(b"HTTP/1.1 " + status + b" ")
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"<script" not in answer
    assert b"Connection: close" in answer


def test_a_head_has_no_body(server: BareServer) -> None:
    head = ask(server, b"HEAD / HTTP/1.1\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK")
    assert head.endswith(b"\r\n\r\n")


def test_nothing_said_is_nothing_answered(server: BareServer) -> None:
    for begin in (b"", b"GET / HTT"):
        with closing(connect(server)) as connection:
            connection.sendall(begin)
            connection.shutdown(socket.SHUT_WR)
            assert said(connection) == b""


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=LONGEST + 200))
def test_whatever_is_said_the_answer_is_whole(request_: bytes) -> None:
    server = BareServer(lambda: open_source("simulated"), ip="127.0.0.1", port=0)
    answer = server._answer(request_)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.split(b"\r\n")[0].split(b" ")[1] in (b"200", b"400", b"404", b"405", b"431")
    assert b"Content-Length: %d" % len(body) in head or not body


def test_a_device_that_hangs_takes_one_place_and_the_others_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs.Desk.__init__, "__defaults__", (0.1,))
    hanging, released = threading.Event(), threading.Event()

    class Hanging:
        name, channels, bits, reference = "Hanging", (0,), 10, 5.0

        def read(self, channel: int) -> Reading:
            hanging.set()
            released.wait(30)
            return Reading(7, 0.1)

        def close(self) -> None:
            """Nothing to let go."""

    def look() -> AnalogSource:
        return Hanging()

    server = BareServer(look, ip="127.0.0.1", port=0)
    server.start()
    try:
        with closing(connect(server)) as first:
            first.sendall(GET)
            assert hanging.wait(10)
            assert b"The board does not answer." in ask(server)
            released.set()
            assert b"analog input 0 is 7<br />" in said(first)
        assert b"analog input 0 is 7<br />" in ask(server)
    finally:
        released.set()
        server.stop()


def test_a_back_end_that_breaks_is_told_and_asked_anew() -> None:
    class Breaking(Simulated):
        def read(self, channel: int) -> Reading:
            raise ZeroDivisionError

        def close(self) -> None:
            raise OSError

    sources: list[AnalogSource] = [Breaking((sine,)), open_source("simulated")]
    server = BareServer(lambda: sources.pop(0), ip="127.0.0.1", port=0)
    server.start()
    try:
        answer = ask(server)
        assert answer.startswith(b"HTTP/1.1 503 ")
        assert b"Reading the board broke." in answer
        assert b"analog input 0 is " in ask(server)
    finally:
        server.stop()


def test_what_is_to_be_noticed_stands_at_the_top_and_is_no_markup() -> None:
    server = BareServer(lambda: open_source("simulated"), ip="127.0.0.1", port=0, notice="<b>not set</b>")
    server.start()
    try:
        assert b"&lt;b&gt;not set&lt;/b&gt;<br />\nanalog input 0 is " in ask(server)
    finally:
        server.stop()


def test_where_it_cannot_listen_it_says_why(server: BareServer) -> None:
    places = [
        ("127.0.0.1", server.port, "is taken"),
        ("192.0.2.1", 0, "no address 192.0.2.1"),
        ("nonsense.invalid", 0, "Check --ip"),
        ("127.0.0.1", 70000, "no address and port"),
        ("127.0.0.1", -1, "no address and port"),
        ("", 0, "0.0.0.0 means all"),
        (" ", 0, "0.0.0.0 means all"),
        ("x" * 300, 0, "--ip"),
        ("a\0b", 0, "no address and port"),
    ]
    for ip, port, why in places:
        with pytest.raises(CannotListen, match=why):
            BareServer(lambda: open_source("simulated"), ip=ip, port=port).start()
