"""Event streams: a few at a time, each ending when nobody listens any more.

A stream holds a thread of the server for as long as it runs, so the server keeps most threads for everything else, and says
503 to whoever comes too late: the page then asks every few seconds instead.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from types import TracebackType

from flask import Flask, Response, current_app, request

from vaultraider.domain.errors import Busy

logger = logging.getLogger(__name__)

EXTENSION = "vaultraider.streams"
BOARD_EXTENSION = "vaultraider.board_streams"
OVER = "vaultraider.over"
"""In the WSGI environment, where the server offers it: whether the client is gone or the server stops."""

EACH_PERSON = 4
AGAIN_AFTER = 30.0
"""Seconds after which somebody who found no place may ask again."""
RECONNECT = 3000
"""Milliseconds after which a browser whose stream ended opens another."""


News = Callable[[float], bytes]
"""``news(seconds)``: events at once when there are some; nothing after having waited that long."""


class Pace:
    """Seconds. ``look``: the longest wait for news. ``ping``: how long a stream may be silent: proxies take it for dead after a
    minute. ``life``: how long it runs. A stream that has sent rests ``gap``, and longer after much (``rate`` bytes a second)."""

    look = 1.0
    ping = 15.0
    life = 300.0
    gap = 0.2
    longest_gap = 2.0
    breath = 0.02
    rate = 500_000.0


class BoardPace(Pace):
    """For what comes ten times a second and is small: whoever has the news waits for it, so a stream does not rest as well."""

    gap = 0.0


class Streams:
    """The open streams of this process; ``most`` at once, ``each`` of them for one person."""

    again_after = AGAIN_AFTER
    full = "There are too many live connections. This page asks for news by itself."

    def __init__(self, most: int, pace: Pace | None = None, *, each: int = EACH_PERSON) -> None:
        self.most = most
        self.each = each
        self.pace = pace or Pace()
        self._lock = threading.Lock()
        self._of: Counter[int] = Counter()

    def admit(self, user_id: int) -> Place:
        """Raises Busy when all places are taken, or this person has their share."""
        with self._lock:
            if self._of[user_id] >= self.each or self._of.total() >= self.most:
                raise Busy(self.full, retry_after=self.again_after)
            self._of[user_id] += 1
        return Place(lambda: self._leave(user_id))

    @property
    def open(self) -> int:
        return self._of.total()

    def _leave(self, user_id: int) -> None:
        with self._lock:
            self._of[user_id] -= 1
            if not self._of[user_id]:
                del self._of[user_id]


class BoardStreams(Streams):
    """Of the board, which has places of its own: people who only look at it take none of the others'."""

    again_after = 5.0
    full = "As many people as this board serves at once are watching it live. This page asks for news by itself."

    def __init__(self, most: int) -> None:
        super().__init__(most, BoardPace(), each=most)


class Place:
    """One stream's place. It is given back once, however often it is closed."""

    def __init__(self, leave: Callable[[], None]) -> None:
        self._leave: Callable[[], None] | None = leave
        self._lock = threading.Lock()

    def close(self) -> None:
        with self._lock:
            leave, self._leave = self._leave, None
        if leave is not None:
            leave()

    def __enter__(self) -> Place:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def init_app(app: Flask, threads: int, board_streams: int = 0) -> None:
    """A quarter of the threads may hold streams, and always one; as many may be the board's at most."""
    most = max(1, threads // 4)
    app.extensions[EXTENSION] = Streams(most)
    app.extensions[BOARD_EXTENSION] = BoardStreams(min(board_streams, most))


def streams() -> Streams:
    found: Streams = current_app.extensions[EXTENSION]
    return found


def board_streams() -> Streams:
    found: Streams = current_app.extensions[BOARD_EXTENSION]
    return found


def event(name: str, data: bytes) -> bytes:
    """``data`` is JSON, which has no line break."""
    return b"event: %s\ndata: %s\n\n" % (name.encode(), data)


def answer(
    place: Place, listening: AbstractContextManager[News], lasts: Callable[[], bool], pace: Pace | None = None
) -> Response:
    """A stream of the news, from when ``listening`` is entered: with the stream's first bytes, on the stream's own thread.

    It ends with its client, its session (``lasts``), its server, or its time. Nothing of the request is touched after it.
    """
    over: Callable[[], bool] = request.environ.get(OVER, lambda: False)
    response = Response(
        _body(place, pace or streams().pace, listening, lambda: over() or not lasts()), mimetype="text/event-stream"
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"  # nginx would keep events back until its buffer is full
    response.call_on_close(place.close)
    if request.method == "HEAD":
        place.close()  # nobody iterates, so nobody closes
    return response


def _body(place: Place, pace: Pace, listening: AbstractContextManager[News], is_over: Callable[[], bool]) -> Iterator[bytes]:
    with place, listening as news:
        begun = spoke = time.monotonic()
        yield b"retry: %d\n\n" % RECONNECT
        while not is_over() and time.monotonic() - begun < pace.life:
            try:
                said = news(pace.look)
            except Exception:  # whatever broke, the browser comes again, and the page asks meanwhile
                logger.exception("An event stream broke")
                return
            if not said and time.monotonic() - spoke >= pace.ping:
                said = b": still here\n\n"
            if said:
                yield said
                spoke = time.monotonic()
            time.sleep(min(pace.gap + len(said) / pace.rate, pace.longest_gap) if said else pace.breath)
