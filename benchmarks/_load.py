"""An open load of reads, and what each of them saw."""

from __future__ import annotations

import random
import re
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import urlsplit

import brotli
from benchmarks._apart import Apart, cookie_of, sign_in

HANDS = 96
"""Reads that may be under way at once: more than ever are, or the load would not be open."""
PATIENCE = 30.0
"""Seconds that a read may take."""
ITEMS = 200
"""How many different items are looked at."""
PROFILE = "/api/v1/profile"
MARK = re.compile(rb'"name":"V(\d+) ')
KEY = re.compile(rb'"manifest":\{[^}]*"key":"([^"]+)"')


class Read(NamedTuple):
    """``moment``: when it should begin, ``seconds``: from then until the last byte. ``problem``: empty when all was well.
    ``marks``: the versions that its words are from."""

    moment: float
    seconds: float
    problem: str = ""
    marks: frozenset[bytes] = frozenset()
    key: bytes = b""


class Load:
    """Somebody signed in who reads vault and items, from all web servers in turn."""

    def __init__(self, apart: Apart) -> None:
        self._ports = [urlsplit(address).port or 80 for address in apart.addresses]
        browser = sign_in(apart.addresses[0])
        self._cookie = cookie_of(browser)
        profile = browser.get(PROFILE).raise_for_status().json()
        browser.close()
        owned = [each["id"] for each in profile["items"] if len(each["id"]) > 15]
        self._items = random.Random(1).sample(owned, min(ITEMS, len(owned)))
        self._tags: dict[int, str] = {}
        self._own = threading.local()
        self._number = 0
        self.reads: list[Read] = []

    def capacity(self, seconds: float = 4.0) -> float:
        """Reads a second when each of a few readers asks again as soon as it was answered."""
        until = time.monotonic() + seconds
        counts = [0] * 6

        def one(place: int) -> None:
            number = place
            while time.monotonic() < until:
                read = self._read(number, time.monotonic())
                if read.problem:
                    raise RuntimeError(f"Before any update: {read.problem}")
                counts[place] += 1
                number += len(counts)

        with ThreadPoolExecutor(len(counts)) as pool:
            list(pool.map(one, range(len(counts))))
        return sum(counts) / seconds

    @contextmanager
    def at(self, rate: float) -> Iterator[None]:
        """Reads ``rate`` times a second while the block runs; ``reads`` has them afterwards, in the order of their moments."""
        over = threading.Event()
        pool = ThreadPoolExecutor(HANDS)
        futures = []

        def pace() -> None:
            begun = time.monotonic()
            number = 0
            while not over.is_set():
                moment = begun + number / rate
                wait = moment - time.monotonic()
                if wait > 0:
                    time.sleep(wait)
                futures.append(pool.submit(self._read, number, moment))
                number += 1

        pacer = threading.Thread(target=pace)
        pacer.start()
        try:
            yield
        finally:
            over.set()
            pacer.join()
            pool.shutdown()
        self.reads = [each.result() for each in futures]

    def _read(self, number: int, moment: float) -> Read:
        port = self._ports[number % len(self._ports)]
        kind = number % 10
        path = PROFILE if kind < 6 else f"/api/v1/items/{self._items[number % len(self._items)]}"
        tag = self._tags.get(port, "") if kind < 3 else ""
        try:
            status, head, body = self._ask(port, path, tag)
        except OSError as error:
            return Read(moment, time.monotonic() - moment, f"{type(error).__name__} at {path}")
        seconds = time.monotonic() - moment
        if status == 304 and tag:
            return Read(moment, seconds)
        if status != 200:
            return Read(moment, seconds, f"{status} at {path.rpartition('/')[0]}: {body[:200]!r}")
        if path == PROFILE:
            self._tags[port] = _header(head, b"etag")
        if _header(head, b"content-encoding") == "br":
            body = brotli.decompress(body)
        key = KEY.search(body)
        return Read(moment, seconds, "", frozenset(MARK.findall(body)), key[1] if key else b"")

    def _ask(self, port: int, path: str, tag: str) -> tuple[int, bytes, bytes]:
        lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: br", "Accept: application/json"]
        lines += [f"Cookie: {self._cookie}", *([f"If-None-Match: {tag}"] if tag else [])]
        request = ("\r\n".join(lines) + "\r\n\r\n").encode()
        lines_of = self._own.__dict__.setdefault("lines", {})
        for fresh in (False, True):
            line = None if fresh else lines_of.pop(port, None)
            kept = line is not None
            line = line or socket.create_connection(("127.0.0.1", port), PATIENCE)
            try:
                line.sendall(request)
                status, head, body = _receive(line)
            except OSError:
                line.close()
                if kept:  # the server had closed it, as it may while nobody says anything: a browser asks anew
                    continue
                raise
            if _header(head, b"connection").lower() == "close":
                line.close()
            else:
                lines_of[port] = line
            return status, head, body
        raise ConnectionError


def _receive(line: socket.socket) -> tuple[int, bytes, bytes]:
    data = b""
    while b"\r\n\r\n" not in data:
        more = line.recv(1 << 18)
        if not more:
            raise ConnectionResetError
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    pieces, left = [body], int(_header(head, b"content-length") or 0) - len(body)
    while left > 0:
        piece = line.recv(min(left, 1 << 18))
        if not piece:
            raise ConnectionResetError
        pieces.append(piece)
        left -= len(piece)
    return int(head.split(b" ", 2)[1]), head, b"".join(pieces)


def _header(head: bytes, name: bytes) -> str:
    for line in head.split(b"\r\n")[1:]:
        key, _, value = line.partition(b":")
        if key.strip().lower() == name:
            return value.strip().decode()
    return ""
