"""What the default costs, `vaultraider up` alone with SQLite: from its start to the first page, and at rest with one account.

Definitions are there already and their profile was read, as on any day but the first. Bungie is a process of its own and not
counted. At rest the scheduler goes on as it does: it reads an idle account now and then, and looks for new definitions.
"""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

import httpx2
import psutil
from benchmarks._apart import Apart, embedded, folder, sign_in
from benchmarks._result import Result, at_most
from tests.cli.conftest import Process

STARTS = 3
SETTLING = 10.0
"""Seconds after the last visit before it counts as idle."""
MINUTE = 60.0
SECONDS, PERCENT, MEGABYTES = 3.0, 2.0, 250.0
"""The goals: to the first page, of one core, in all."""


def run(_shared: Path | None) -> list[Result]:
    with folder() as where, embedded(where) as apart:
        _use(apart)
        starts = [_start_again(apart) for _ in range(STARTS)]
        _use(apart)
        time.sleep(SETTLING)
        measured = psutil.Process(apart.processes["up"].pid)
        before = _seconds(measured)
        begun = time.monotonic()
        time.sleep(MINUTE)
        percent = (_seconds(measured) - before) / (time.monotonic() - begun) * 100
        memory = _memory(measured)
    return [
        at_most("idle: start to first page, the best of three", min(starts), "s", SECONDS),
        Result("idle: start to first page, the worst of three", max(starts), "s"),
        at_most("idle: of one core, over a minute", percent, "%", PERCENT),
        at_most("idle: memory in total, one person signed in", memory / 1e6, "MB", MEGABYTES),
    ]


def _use(apart: Apart) -> None:
    """Somebody signs in, looks at the vault, and goes."""
    until = time.monotonic() + 60
    with closing(sign_in(apart.addresses[0])) as browser:
        while browser.get("/api/v1/profile").status_code != 200:  # the definitions of the first start
            if time.monotonic() > until:
                raise RuntimeError("There is no profile.")
            time.sleep(0.2)
        browser.get("/vault").raise_for_status()


def _start_again(apart: Apart) -> float:
    """Seconds from the start of the process until the page is answered."""
    apart.processes["up"].stop()
    port = {"VAULTRAIDER_PORT": apart.addresses[0].rpartition(":")[2]}
    begun = time.monotonic()
    apart.processes["up"] = Process(["up"], apart.environment | port)
    while True:
        try:
            httpx2.get(f"{apart.addresses[0]}/", timeout=10, follow_redirects=True).raise_for_status()
        except httpx2.TransportError:
            time.sleep(0.01)
        else:
            return time.monotonic() - begun


def _seconds(process: psutil.Process) -> float:
    """Processor time of the process and its children."""
    each = [process, *process.children(recursive=True)]
    return float(sum(sum(one.cpu_times()[:2]) for one in each))


def _memory(process: psutil.Process) -> int:
    """Bytes in memory, with libraries that others use, too."""
    return int(sum(one.memory_info().rss for one in [process, *process.children(recursive=True)]))
