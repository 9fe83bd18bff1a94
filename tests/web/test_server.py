"""The embedded server: idle strangers, https, keep-alive, a clean end, a log without secrets."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import logging
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import trustme

import vaultraider.web.server as server_module
from vaultraider.api._streams import OVER
from vaultraider.cli._one_process import free_port
from vaultraider.web.server import EmbeddedServer, ListenError, address_of

Start = Callable[..., EmbeddedServer]


class Tls:
    def __init__(self, folder: Path) -> None:
        authority = trustme.CA()
        self.file = str(folder / "server.pem")
        authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(self.file)
        self.context = ssl.create_default_context()
        authority.configure_trust(self.context)


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    return Tls(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def start() -> Iterator[Start]:
    with ExitStack() as stack:

        def go(application: Any = None, **options: Any) -> EmbeddedServer:
            server = EmbeddedServer(application or echo, **{"host": "127.0.0.1", "port": 0, "threads": 2} | options)
            server.start()
            stack.callback(server.stop)
            return server

        yield go


def echo(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    body = f"{environ['wsgi.url_scheme']} {environ['PATH_INFO']} {environ['REMOTE_ADDR']}".encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


def connect(server: EmbeddedServer, tls: Tls | None = None) -> http.client.HTTPConnection:
    if tls:
        return http.client.HTTPSConnection("127.0.0.1", server.port, timeout=5, context=tls.context)
    return http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)


def get(connection: http.client.HTTPConnection, path: str = "/") -> tuple[int, bytes]:
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()


@pytest.mark.parametrize("https", [False, True])
def test_connections_that_say_nothing_hold_nobody_up(start: Start, tls: Tls, https: bool) -> None:
    server = start(certificate=tls.file) if https else start()
    with ExitStack() as stack:
        for _ in range(20):  # ten for each thread
            stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
        scheme = b"https" if https else b"http"
        assert get(connect(server, tls if https else None), "/x") == (200, scheme + b" /x 127.0.0.1")


def reads_all(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    environ["wsgi.input"].read()
    return echo(environ, start_response)


@pytest.mark.parametrize("https", [False, True])
@pytest.mark.parametrize("head", [b"GET / HTTP/1.1\r\nHost: ", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n"])
def test_requests_that_drip_in_hold_nobody_up(
    start: Start, tls: Tls, https: bool, head: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each byte is a sign of life; as many drips as there are threads would stop the server for everybody."""
    monkeypatch.setattr("vaultraider.web.server.ARRIVAL", 0.5)
    server, over = start(reads_all, **({"certificate": tls.file} if https else {})), threading.Event()
    began = threading.Barrier(3)

    def drip() -> None:
        with socket.create_connection(("127.0.0.1", server.port)) as plain:
            connection = tls.context.wrap_socket(plain, server_hostname="127.0.0.1") if https else plain
            connection.sendall(head)
            began.wait(5)
            with contextlib.suppress(OSError):
                while not over.wait(0.05):
                    connection.sendall(b"x")

    drips = [threading.Thread(target=drip, daemon=True) for _ in range(2)]
    for each in drips:
        each.start()
    began.wait(5)
    try:
        assert get(connect(server, tls if https else None))[0] == 200
    finally:
        over.set()


@pytest.mark.parametrize("https", [False, True])
def test_six_connections_of_a_browser_are_all_kept(start: Start, tls: Tls, https: bool) -> None:
    server = start(certificate=tls.file) if https else start()
    assert server.address == f"{'https' if https else 'http'}://127.0.0.1:{server.port}"
    connections = [connect(server, tls if https else None) for _ in range(6)]
    for connection in connections:
        get(connection)
    sockets = [connection.sock for connection in connections]
    for _ in range(5):
        for connection in connections:
            assert get(connection)[0] == 200
    assert [connection.sock for connection in connections] == sockets
    for connection in connections:
        connection.close()


def test_http_spoken_to_https_gets_an_answer(start: Start, tls: Tls) -> None:
    server = start(certificate=tls.file)
    assert get(connect(server)) == (400, b"This server speaks https. Put https:// before its address.\n")
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as garbage:
        garbage.sendall(b"\x16\x03\x01garbage" + bytes(64))
        while garbage.recv(1024):
            pass
    assert get(connect(server, tls))[0] == 200


def test_stopping_lets_a_running_request_end_and_closes_idle_connections(start: Start) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/slow":
            begun.set()
            go_on.wait(5)
        return echo(environ, start_response)

    server = start(slow)
    idle = connect(server)
    get(idle)
    answers: list[tuple[int, bytes]] = []
    running = threading.Thread(target=lambda: answers.append(get(connect(server), "/slow")))
    running.start()
    assert begun.wait(5)
    stopping = threading.Thread(target=server.stop)
    stopping.start()
    threading.Timer(0.1, go_on.set).start()
    stopping.join(10)
    running.join(5)
    assert answers == [(200, b"http /slow 127.0.0.1")]
    with pytest.raises((OSError, http.client.HTTPException)):
        get(idle)
        idle.connect()


@pytest.mark.parametrize("https", [False, True])
def test_stopping_does_not_wait_for_who_does_not_read(
    start: Start, tls: Tls, https: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vaultraider.web.server.STOPPING", 0.2)
    monkeypatch.setattr("vaultraider.web.server.IDLE", 3600)

    def endless(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])
        return itertools.repeat(bytes(1 << 20))

    server = start(endless, **({"certificate": tls.file} if https else {}))
    deaf = connect(server, tls if https else None)
    deaf.request("GET", "/")
    assert deaf.getresponse().status == 200
    stopping = threading.Thread(target=server.stop, daemon=True)
    stopping.start()
    stopping.join(10)
    assert not stopping.is_alive()


@pytest.mark.parametrize("https", [False, True])
def test_an_answer_can_ask_whether_anybody_listens(start: Start, tls: Tls, https: bool) -> None:
    asked: list[Callable[[], bool]] = []
    gone = threading.Event()

    def waits(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        asked.append(environ[OVER])
        start_response("200 OK", [("Content-Type", "text/plain")])
        yield b"listen"
        while not environ[OVER]():
            gone.wait(0.01)
        gone.set()

    server = start(waits, **({"certificate": tls.file} if https else {}))
    client = connect(server, tls if https else None)
    client.request("GET", "/")
    answer = client.getresponse()
    assert answer.read(6) == b"listen"
    assert not asked[0]()
    answer.close()
    client.close()
    assert gone.wait(5)


def test_a_taken_port_and_a_strange_host_are_sentences(start: Start) -> None:
    taken = start().port
    with pytest.raises(ListenError, match=f"Port {taken} on 127.0.0.1 is taken"):
        start(port=taken)
    with pytest.raises(ListenError, match=r"cannot listen on no\.such\.host\.invalid"):
        start(host="no.such.host.invalid")
    with pytest.raises(ListenError, match="There is no certificate or key"):
        start(certificate="/nowhere/x.pem")


def test_a_certificate_that_is_none_is_a_sentence(start: Start, tmp_path: Path) -> None:
    (tmp_path / "x.pem").write_text("hello")
    with pytest.raises(ListenError, match="cannot be used"):
        start(certificate=str(tmp_path / "x.pem"))


def test_the_access_log_has_no_query_and_only_speaks_when_asked(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    server = start()
    with caplog.at_level(logging.INFO, "vaultraider"):
        get(connect(server), "/callback/bungie?code=hush&state=hush")
    assert caplog.text == ""
    with caplog.at_level(logging.DEBUG, "vaultraider"):
        get(connect(server), "/callback/bungie?code=hush&state=hush%0Aforged")
    assert "GET '/callback/bungie' 200" in caplog.text
    assert "hush" not in caplog.text and "forged" not in caplog.text


def test_a_header_spelt_with_underscores_is_not_taken_for_a_proxys(start: Start) -> None:
    """Both spellings have one name in WSGI, and Caddy, for one, sends a stranger's ``X_Forwarded_For`` along, after its own."""

    def told(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        body = environ.get("HTTP_X_FORWARDED_FOR", "nobody").encode()
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
        return [body]

    connection = connect(start(told))
    connection.request("GET", "/", headers={"X-Forwarded-For": "203.0.113.9", "X_Forwarded_For": "198.51.100.1"})
    assert connection.getresponse().read() == b"203.0.113.9"


def test_a_body_that_nobody_read_is_not_taken_for_the_next_request(start: Start) -> None:
    """Refused requests are answered before their body is read. Behind a proxy the next request may be somebody else's."""
    with socket.create_connection(("127.0.0.1", start().port), timeout=5) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
        answers = b"".join(iter(lambda: connection.recv(4096), b""))
    assert answers.count(b"HTTP/1.1 ") == 1
    assert b"Connection: close" in answers


def test_a_line_cannot_be_forged_by_a_path(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "vaultraider"):
        get(connect(start()), "/a%0A12:00:00%20ERROR%20forged")
    assert all("\n" not in record.getMessage() for record in caplog.records)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("0.0.0.0", "http://127.0.0.1:80"),
        ("::", "http://[::1]:80"),
        ("::1", "http://[::1]:80"),
        ("vault.example", "http://vault.example:80"),
    ],
)
def test_addresses_that_a_browser_can_open(host: str, address: str) -> None:
    assert address_of("http", host, 80) == address


def test_a_request_that_would_end_the_server_ends_itself_only(
    start: Start, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Cheroot stops for good when a request raises SystemExit: a new server takes the same address."""
    monkeypatch.setattr(server_module, "RESTART", 0.01)

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/exit":
            raise SystemExit("Some library gave up.")
        return echo(environ, start_response)

    port = free_port("127.0.0.1")
    server = start(application, port=port)
    for _ in range(2):
        with pytest.raises((OSError, http.client.HTTPException)):
            ask(connect(server), "/exit")
        assert eventually(lambda: ask(connect(server), "/after")).startswith("http /after")
    assert server.port == port
    assert any("is started again" in record.getMessage() for record in caplog.records)


def test_a_server_that_cannot_come_back_yet_tries_again(
    start: Start, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(server_module, "RESTART", 0.01)
    server = start(echo, port=free_port("127.0.0.1"))
    taken, real = [], server_module._Server.prepare

    def prepare(self: Any) -> None:
        if len(taken) < 3:
            taken.append(self)
            raise OSError(98, "Address already in use")
        real(self)

    monkeypatch.setattr(server_module._Server, "prepare", prepare)
    server._server.stop()  # as whatever made it end by itself
    assert eventually(lambda: ask(connect(server), "/after")).startswith("http /after")
    assert len(taken) == 3
    assert any(f"Port {server.port} on 127.0.0.1 is taken" in record.getMessage() for record in caplog.records)


def ask(connection: http.client.HTTPConnection, path: str) -> str:
    with contextlib.closing(connection):
        connection.request("GET", path)
        return connection.getresponse().read().decode()


def eventually(ask: Callable[[], str]) -> str:
    """What is said at last: while there is nobody, connections are refused."""
    for _ in range(2000):
        with contextlib.suppress(OSError, http.client.HTTPException):
            return ask()
        threading.Event().wait(0.01)
    raise AssertionError("nobody came back")
