"""What the board costs: six inputs read ten times a second from files like Linux's, while four browsers watch.

Processor time of a web server of its own, minus what the same server without a board takes at rest.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import httpx2
import psutil
from benchmarks._apart import Apart, folder, sign_in, web
from benchmarks._result import Result, at_least, at_most
from tests.board.converter import Converter

RATE, STREAMS = 10, 4
SETTLING, MEASURED = 5.0, 30.0
"""Seconds."""
PERCENT = 3.0
"""The goal: of one core."""
FULL = 0.95
"""The part of all readings that each browser must have seen, or it was measured while nothing went on."""


def run(_shared: Path | None) -> list[Result]:
    with folder() as where, web(where) as apart:
        sign_in(apart.addresses[0]).close()
        idle, _ = _measure(apart, [])
    with folder() as where:
        Converter(where / "iio")
        settings = {"VAULTRAIDER_BOARD": "iio", "VAULTRAIDER_BOARD_IIO_ROOT": str(where / "iio")}
        with web(where, **settings) as apart, _watching(apart) as seen:
            watched, rate = _measure(apart, seen)
        with web(where, **settings) as apart:
            alone, _ = _measure(apart, [])
    return [
        at_most(f"board: six inputs at {RATE} Hz, {STREAMS} streams, of one core", watched - idle, "%", PERCENT),
        Result("board: the same without anybody who watches", alone - idle, "%"),
        at_least("board: readings a second that each browser saw", rate, "1/s", RATE * FULL),
    ]


def _measure(apart: Apart, seen: list[int]) -> tuple[float, float]:
    """Percent of one core, and the fewest events a second that anybody saw."""
    process = psutil.Process(apart.processes["web"].pid)
    time.sleep(SETTLING)
    used, counts, begun = sum(process.cpu_times()[:2]), list(seen), time.monotonic()
    time.sleep(MEASURED)
    seconds = time.monotonic() - begun
    percent = (sum(process.cpu_times()[:2]) - used) / seconds * 100
    return percent, min((after - before for before, after in zip(counts, seen, strict=True)), default=0) / seconds


@contextmanager
def _watching(apart: Apart) -> Iterator[list[int]]:
    """How many readings each browser has seen, counted as they come."""
    seen = [0] * STREAMS
    with ExitStack() as stack:
        browser = stack.enter_context(closing(sign_in(apart.addresses[0])))
        answers = [stack.enter_context(browser.stream("GET", "/api/v1/board/stream")) for _ in range(STREAMS)]
        for place, answer in enumerate(answers):
            answer.raise_for_status()
            threading.Thread(target=_count, args=(answer, seen, place), daemon=True).start()
        yield seen


def _count(answer: httpx2.Response, seen: list[int], place: int) -> None:
    try:
        for line in answer.iter_lines():
            seen[place] += line == "event: readings"
    except (httpx2.HTTPError, httpx2.StreamError):
        return  # the measuring is over
