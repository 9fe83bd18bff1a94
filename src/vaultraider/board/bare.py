"""The bare server: one plain page with the inputs, which browsers load again every five seconds. Sockets and threads, no more.

It serves four at once. A fifth is told so; whoever is slow, silent, or speaks no HTTP holds one of the four places for five
seconds at most, and nobody else up.
"""

from __future__ import annotations

import contextlib
import errno
import html
import re
import socket
import threading
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus

from vaultraider.board.inputs import Desk, Inputs
from vaultraider.board.source import AnalogSource

REFRESH = 5
"""Seconds after which a browser loads the page again."""
CONNECTIONS = 4
WAITING = 16
"""So many more may hear that there is no place; yet others are hung up on."""
PATIENCE = 5.0
"""Seconds for a request to come and its answer to go."""
FAREWELL = 0.5
"""Seconds in which a client may notice that we have hung up, before we do not listen any more either."""
LONGEST = 8192
"""Bytes of a request's head."""
_REQUEST = re.compile(rb"([A-Z]{1,16}) (?:http://[^/\s]*)?(/[!-~]*) HTTP/1\.[01]")


class CannotListen(Exception):
    """The message says why, and what to do."""


class BareServer:
    """``notice``: a sentence for the top of the page. ``start`` returns once it listens; ``port`` then tells where, for 0 too."""

    def __init__(
        self,
        look: Callable[[], AnalogSource],
        *,
        ip: str,
        port: int,
        notice: str = "",
        patience: float = PATIENCE,
    ) -> None:
        self._desk = Desk(look)
        self._ip, self._port, self._notice, self._patience = ip, port, notice, patience
        self._places = threading.BoundedSemaphore(CONNECTIONS)
        self._refusals = threading.BoundedSemaphore(WAITING)
        self._stopped = threading.Event()
        self._listener: socket.socket | None = None
        self._thread = threading.Thread(target=self._accept, name="bare", daemon=True)

    @property
    def port(self) -> int:
        return self._port

    def start(self) -> None:
        """Raises CannotListen."""
        if not self._ip.strip():  # the system takes it for every address, which nobody who left it empty has asked for
            raise CannotListen("--ip is empty. Name the address to listen on; 0.0.0.0 means all that this machine has.")
        family = socket.AF_INET6 if ":" in self._ip else socket.AF_INET
        try:
            self._listener = socket.create_server((self._ip, self._port), family=family, backlog=WAITING)
        except OSError as error:
            raise CannotListen(_why(error, self._ip, self._port)) from None
        except (OverflowError, ValueError, TypeError):
            raise CannotListen(f"{self._ip!r} and {self._port} are no address and port. Check --ip and --port.") from None
        self._port = self._listener.getsockname()[1]
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        if self._listener is not None:
            with contextlib.suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._thread.join(self._patience)

    def _accept(self) -> None:
        while not self._stopped.is_set() and self._listener is not None:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                if not self._stopped.is_set():
                    time.sleep(0.1)  # out of descriptors, say: whoever waits goes on waiting
                continue
            if self._places.acquire(blocking=False):
                self._begin(connection, self._places, self._answer)
            elif self._refusals.acquire(blocking=False):
                self._begin(connection, self._refusals, lambda _request: _full())
            else:
                connection.close()

    def _begin(self, connection: socket.socket, places: threading.BoundedSemaphore, answer: Callable[[bytes], bytes]) -> None:
        try:
            threading.Thread(target=self._serve, args=(connection, places, answer), daemon=True).start()
        except RuntimeError:  # no more threads
            places.release()
            connection.close()

    def _serve(self, connection: socket.socket, places: threading.BoundedSemaphore, answer: Callable[[bytes], bytes]) -> None:
        try:
            with connection, contextlib.suppress(OSError):
                until = time.monotonic() + self._patience
                request = receive(connection, until)
                if request:
                    _allow(connection, until)
                    connection.sendall(answer(request))
                    _part(connection)
        finally:
            places.release()

    def _answer(self, request: bytes) -> bytes:
        if len(request) > LONGEST:
            return _error(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        found = _REQUEST.fullmatch(request.partition(b"\n")[0].rstrip(b"\r"))
        if not found:
            return _error(HTTPStatus.BAD_REQUEST)
        if found[1] not in (b"GET", b"HEAD"):
            return _error(HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "GET, HEAD"})
        if found[2].partition(b"?")[0] != b"/":
            return _error(HTTPStatus.NOT_FOUND)
        answer = page(self._desk.read(), self._notice)
        return answer.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if found[1] == b"HEAD" else answer


def receive(connection: socket.socket, until: float) -> bytes:
    """A request's head, or what came of it before the client hung up; more than ``LONGEST`` bytes when it is longer than may be.

    Raises TimeoutError (an OSError) when it has not come by ``until``: a drip does not prolong it.
    """
    found = b""
    while len(found) <= LONGEST and b"\r\n\r\n" not in found and b"\n\n" not in found:
        _allow(connection, until)
        piece = connection.recv(4096)
        if not piece:
            return b""  # half a request is none
        found += piece
    return found


def page(inputs: Inputs, notice: str = "") -> bytes:
    """The whole answer."""
    lines = [f"{html.escape(said)}<br />" for said in (notice, inputs.sentence) if said]
    for channel, reading in inputs.readings.items():
        lines.append(f"analog input {channel} " + ("cannot be read<br />" if reading is None else f"is {reading.raw}<br />"))
    status = HTTPStatus.SERVICE_UNAVAILABLE if inputs.sentence else HTTPStatus.OK
    body = "\n".join(["<!DOCTYPE HTML>", "<html>", "<title>Analogue inputs</title>", *lines, "</html>", ""])
    return _response(status, body, {"Refresh": str(REFRESH)})


def _full() -> bytes:
    body = f"<!DOCTYPE HTML>\n<html>\nThis board serves {CONNECTIONS} at once, and has no place free.<br />\n</html>\n"
    return _response(HTTPStatus.SERVICE_UNAVAILABLE, body, {"Refresh": str(REFRESH), "Retry-After": str(REFRESH)})


def _error(status: HTTPStatus, headers: Mapping[str, str] | None = None) -> bytes:
    return _response(status, f"<!DOCTYPE HTML>\n<html>\n{status} {status.phrase}<br />\n</html>\n", headers or {})


def _response(status: HTTPStatus, body: str, headers: Mapping[str, str]) -> bytes:
    encoded = body.encode()
    head = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(encoded)),
        "Connection": "close",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'",
        **headers,
    }
    lines = [f"HTTP/1.1 {status} {status.phrase}", *(f"{name}: {value}" for name, value in head.items()), "", ""]
    return "\r\n".join(lines).encode("ascii") + encoded


def _allow(connection: socket.socket, until: float) -> None:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    connection.settimeout(left)


def _part(connection: socket.socket) -> None:
    """Hangs up so that the answer arrives: to close with something unread tells the client to forget what it was sent."""
    connection.shutdown(socket.SHUT_WR)
    until = time.monotonic() + FAREWELL
    with contextlib.suppress(TimeoutError):
        while True:
            _allow(connection, until)
            if not connection.recv(4096):
                return


def _why(error: OSError, ip: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {ip} is taken. Stop what uses it, or choose another with --port."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Port {port} needs more rights than this process has. Choose one above 1023 with --port."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"This machine has no address {ip}. Give it one (ip address add {ip}/24 dev eth0), or choose another with --ip."
    return f"{ip}, port {port}, cannot be listened on ({error.strerror or type(error).__name__}). Check --ip."
