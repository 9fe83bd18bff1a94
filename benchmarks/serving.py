"""Requests a second of ``GET /api/v1/profile`` on a warm server, as a ratio to a bare Flask "hello" on the same server.

One process serves both, on two ports, with the server that ``vaultraider up`` uses; the load comes from another process over
connections that stay open, with the same headers for each, as a browser would. The three take turns; the best turn of each
counts. The full answer is the demo world's, brotli.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks._demo import demo_house
from benchmarks._result import Result, at_least
from flask import Flask

from vaultraider.web.server import EmbeddedServer

SECONDS = 1.0
TURNS = 8
CONNECTIONS = 8
FULL_LIMIT, UNCHANGED_LIMIT = 0.5, 0.7


class Target(NamedTuple):
    """What is asked for: the request's bytes, and the status that must come back."""

    port: int
    request: bytes
    status: int


def run(_shared: Path | None) -> list[Result]:
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.serving"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        if server.stdin is None or server.stdout is None:
            raise RuntimeError("The server has no pipes.")
        said = json.loads(server.stdout.readline())
        hello = Target(said["hello"], _request("/", said["cookie"]), 200)
        full = Target(said["house"], _request("/api/v1/profile", said["cookie"]), 200)
        tag, size = _first(full)
        unchanged = Target(said["house"], _request("/api/v1/profile", said["cookie"], tag), 304)
        rates = dict.fromkeys((hello, full, unchanged), 0.0)
        for _ in range(TURNS):
            for target in rates:
                rates[target] = max(rates[target], load(target))
    finally:
        server.communicate(timeout=30)
    return [
        Result('serving: bare Flask "hello"', rates[hello], "requests/s"),
        Result(f"serving: profile, full body of {size / 1000:.0f} KB", rates[full], "requests/s"),
        at_least('serving: profile, full body, times "hello"', rates[full] / rates[hello], "x", FULL_LIMIT),
        Result("serving: profile, 304", rates[unchanged], "requests/s"),
        at_least('serving: profile, 304, times "hello"', rates[unchanged] / rates[hello], "x", UNCHANGED_LIMIT),
    ]


def load(target: Target) -> float:
    """Answered requests a second, over several connections at once. Raises RuntimeError at another answer than the one meant."""
    until = time.perf_counter() + SECONDS
    counts = [0] * CONNECTIONS
    failures: list[str] = []

    def one(number: int) -> None:
        with socket.create_connection(("127.0.0.1", target.port)) as connection:
            while time.perf_counter() < until and not failures:
                connection.sendall(target.request)
                head, _ = _receive(connection)
                if not head.startswith(b"HTTP/1.1 %d " % target.status):
                    failures.append(head.split(b"\r\n")[0].decode())
                counts[number] += 1

    threads = [threading.Thread(target=one, args=(number,)) for number in range(CONNECTIONS)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise RuntimeError(f"The server answered {failures[0]} where {target.status} was meant.")
    return sum(counts) / (time.perf_counter() - begun)


def _request(path: str, cookie: str = "", tag: str = "") -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: gzip, deflate, br", "Accept: application/json"]
    lines += [f"Cookie: {cookie}"] if cookie else []
    lines += [f"If-None-Match: {tag}"] if tag else []
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _first(target: Target) -> tuple[str, int]:
    """The answer's tag and size; it also makes the server warm."""
    with socket.create_connection(("127.0.0.1", target.port)) as connection:
        connection.sendall(target.request)
        head, size = _receive(connection)
    return _header(head, b"etag").decode(), size


def _receive(connection: socket.socket) -> tuple[bytes, int]:
    """One answer: its head, and the size of its body, which is thrown away."""
    data = connection.recv(1 << 18)
    while b"\r\n\r\n" not in data:
        more = connection.recv(1 << 18)
        if not more:
            raise RuntimeError("The server closed the connection.")
        data += more
    head, _, rest = data.partition(b"\r\n\r\n")
    size = int(_header(head, b"content-length") or 0)
    left = size - len(rest)
    while left > 0:
        left -= len(connection.recv(1 << 18))
    return head, size


def _header(head: bytes, name: bytes) -> bytes:
    for line in head.split(b"\r\n")[1:]:
        key, _, value = line.partition(b":")
        if key.strip().lower() == name:
            return value.strip()
    return b""


def serve() -> None:
    """The other process: serves until its standard input ends."""
    bare = Flask("hello")
    bare.add_url_rule("/", view_func=lambda: "hello")
    with tempfile.TemporaryDirectory() as folder, demo_house(Path(folder)) as house:
        servers = [EmbeddedServer(app, host="127.0.0.1", port=0) for app in (bare, house.app)]
        for server in servers:
            server.start()
        hello, own = (int(server.address.rsplit(":", 1)[1]) for server in servers)
        print(json.dumps({"hello": hello, "house": own, "cookie": house.cookie}), flush=True)
        sys.stdin.read()
        for server in servers:
            server.stop()


if __name__ == "__main__":
    serve()
