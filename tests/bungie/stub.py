"""Stand-ins for Bungie.net: answers out of a list, over the library's mock transport or over a real socket."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
from tests.clocks import HandClock

from vaultraider.bungie import Bungie, build_bungie
from vaultraider.bungie._wire import Limits
from vaultraider.domain import pace as arithmetic
from vaultraider.domain.pace import Pace

WWW = "https://www.bungie.net"
STATS = "https://stats.bungie.net"
API_KEY = "an-api-key-0123456789"
SECRET = "a-client-secret-0123456789"
TOKEN = "CMqFBxKGAgAgMarrow+access/token=="
HTML = "<!DOCTYPE html><html><body><h1>The service is unavailable.</h1></body></html>"

Reply = Exception | Callable[[httpx2.Request], httpx2.Response]


class MemoryThrottle:
    """The shared budget without a database. ``calls`` says what was asked of it."""

    def __init__(self, clock: HandClock) -> None:
        self._clock = clock
        self._paces: dict[str, Pace] = {}
        self._lock = threading.Lock()
        self.calls: list[tuple[str, Any]] = []

    def _change(self, name: str, step: Callable[[Pace, float], tuple[Pace, Any]]) -> Any:
        with self._lock:
            self._paces[name], told = step(self._paces.get(name, Pace()), self._clock.now().timestamp())
            return told

    def take(self, *, patience: float = float("inf")) -> float:
        return self._change("", lambda pace, now: arithmetic.take(pace, now, patience=patience))

    def take_turn(self, key: str, interval: float, *, patience: float = float("inf")) -> float:
        self.calls.append(("turn", key))
        return self._change(key, lambda pace, now: arithmetic.take(pace, now, patience=patience, rate=1 / interval, burst=1))

    def paused(self) -> float:
        return arithmetic.paused(self._paces.get("", Pace()), self._clock.now().timestamp())

    def slow_down(self, seconds: float | None) -> float:
        self.calls.append(("slow down", seconds))
        return self._change("", lambda pace, now: arithmetic.slow_down(pace, now, seconds))

    def succeeded(self) -> None:
        self.calls.append(("succeeded", None))
        self._change("", lambda pace, now: (arithmetic.succeeded(pace, now), None))

    @property
    def slowed(self) -> list[float | None]:
        return [told for what, told in self.calls if what == "slow down"]


class Stub:
    """A client before a list of replies; the last of them is repeated. ``requests`` holds what was sent."""

    def __init__(self, *replies: Reply, **options: Any) -> None:
        self.replies = list(replies)
        self.requests: list[httpx2.Request] = []
        self.clock = HandClock()
        self.throttle = MemoryThrottle(self.clock)
        self._lock = threading.Lock()
        self.bungie = connect(self, **({"transport": httpx2.MockTransport(self._reply)} | options))

    @property
    def call(self) -> Callable[..., bytes]:
        return self.bungie.client.call

    def _reply(self, request: httpx2.Request) -> httpx2.Response:
        with self._lock:
            self.requests.append(request)
            reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if isinstance(reply, Exception):
            raise reply
        return reply(request)


def connect(stub: Any, *, www: str = WWW, stats: str = STATS, **options: Any) -> Bungie:
    given = {
        "www": www,
        "stats": stats,
        "api_key": API_KEY,
        "client_id": "31337",
        "client_secret": SECRET,
        "redirect_url": "https://vault.example/callback/bungie",
        "contact": "warden@vault.example",
        "throttle": stub.throttle,
        "clock": stub.clock,
        "jitter": lambda: 0.5,
    }
    return build_bungie(**(given | options))


def envelope(response: Any = ..., code: int = 1, http: int = 200, status: str = "", message: str = "", **more: Any) -> Reply:
    """An answer of the API. Errors of reads have no ``Response`` unless one is given."""
    body: dict[str, Any] = {} if response is ... else {"Response": response}
    body |= {"ErrorCode": code, "ThrottleSeconds": 0, "ErrorStatus": status or ("Success" if code == 1 else f"Error{code}")}
    body |= {"Message": message or "Ok", "MessageData": {}} | more
    return raw(json.dumps(body), http)


class Pieces(httpx2.SyncByteStream):
    """A body that comes bit by bit, as from a network."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    def __iter__(self) -> Iterator[bytes]:
        return (self.body[start : start + 16_384] for start in range(0, len(self.body), 16_384))


def raw(body: str | bytes, http: int = 200, media_type: str = "application/json; charset=utf-8", **headers: str) -> Reply:
    content = body.encode() if isinstance(body, str) else body
    names = {"Content-Type": media_type, "Content-Length": str(len(content))}
    names |= {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: httpx2.Response(http, headers=names, stream=Pieces(content))


def page(http: int, body: str = HTML, **headers: str) -> Reply:
    return raw(body, http, "text/html; charset=utf-8", **headers)


@contextmanager
def socket_server(*replies: Callable[[socket.socket], None]) -> Iterator[str]:
    """A real listener; each connection gets the next reply (the last is repeated) after its request head was read."""
    left = list(replies)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        stopping = threading.Event()

        def serve() -> None:
            while not stopping.is_set():
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                reply = left.pop(0) if len(left) > 1 else left[0]
                threading.Thread(target=_answer, args=(connection, reply), daemon=True).start()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            stopping.set()
            listener.close()


def _answer(connection: socket.socket, reply: Callable[[socket.socket], None]) -> None:
    with connection:
        try:
            head = b""
            while b"\r\n\r\n" not in head:
                more = connection.recv(65536)
                if not more:
                    return
                head += more
            reply(connection)
        except OSError:
            return


def head(length: int | None, status: str = "200 OK", media_type: str = "application/json", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media_type}", "Connection: close"]
    lines += [] if length is None else [f"Content-Length: {length}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


QUICK = Limits(connect=2, read=0.25, total=1.0)
"""For tests that wait for silence."""
