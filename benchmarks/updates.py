"""Ten updates of the definitions under load, in production's form: is anybody refused, or told of two versions at once?

The load is open: each read has its moment, whether or not those before it were answered, and its time counts from that moment.
So a server that stands still for a second is seen by all who came in that second. Of ten reads four are of one item, three of
the whole vault, and three ask whether the vault changed, as an open page does. Every item's name tells the version it is from.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import httpx2
from benchmarks._apart import Apart, folder, production
from benchmarks._load import Load, Read
from benchmarks._result import Result, at_least, at_most

from vaultraider.bootstrap import Services, build_services

UPDATES = 10
WANTED = 200.0
"""Reads a second."""
SHARE = 0.6
"""Of what the machine carries: one at its limit measures queues, not updates."""
SIDE = 8.0
"""Seconds of load before the first and after the last update."""
WEBS = 2
LONGEST = 180.0
"""Seconds that one update may take."""
JOB = "update_manifest"


def run(_shared: Path | None) -> list[Result]:
    with folder() as where, production(where, webs=WEBS) as apart:
        services = build_services(apart.settings)
        try:
            _wait(lambda: services.manifest.report().active is not None)
            load = Load(apart)
            rate = min(WANTED, SHARE * load.capacity())
            with load.at(rate):
                time.sleep(SIDE)
                begun = time.monotonic()
                updates = sum(_update(apart, services) for _ in range(UPDATES))
                ended = time.monotonic()
                time.sleep(SIDE)
        finally:
            services.close()
    return _results(load.reads, apart.words, rate, updates, begun, ended)


def _update(apart: Apart, services: Services) -> bool:
    """Bungie has new definitions, and the worker is asked for them."""
    before = services.manifest.report().active
    httpx2.post(f"{apart.bungie}/__sim/moments/bump", json={}).raise_for_status()
    services.jobs.ask(JOB, asked_by="benchmark")

    def newer() -> bool:
        now = services.manifest.report().active
        return now is not None and before is not None and now.ref.key != before.ref.key

    _wait(newer)
    time.sleep(0.5)  # until each web server has looked
    return True


def _wait(true: Callable[[], bool]) -> None:
    until = time.monotonic() + LONGEST
    while not true():
        if time.monotonic() > until:
            raise RuntimeError("The new definitions did not become active.")
        time.sleep(0.1)


def _results(reads: list[Read], words: str, rate: float, updates: int, begun: float, ended: float) -> list[Result]:
    problems = Counter(each.problem for each in reads if each.problem)
    for problem, times in problems.most_common(5):
        print(f"updates: {times} times {problem}")
    span = reads[-1].moment + reads[-1].seconds - reads[0].moment
    parts = {
        "before": [each for each in reads if each.moment < begun],
        "during": [each for each in reads if begun <= each.moment < ended],
        "after": [each for each in reads if each.moment >= ended],
    }
    return [
        Result(f"updates: answered under {words}", (len(reads) - problems.total()) / span, "reads/s", f"{WANTED:g} if carried"),
        Result("updates: asked for", rate, "reads/s"),
        Result("updates: reads", len(reads), "reads"),
        at_least("updates: made meanwhile", updates, "updates", UPDATES),
        at_least("updates: versions that readers saw", len({each.key for each in reads} - {b""}), "versions", UPDATES + 1),
        Result("updates: one of them", (ended - begun) / UPDATES, "s"),
        at_most("updates: reads that failed", problems.total(), "reads", 0),
        at_most("updates: answers of mixed versions", _mixed(reads), "reads", 0),
        *(
            Result(f"updates: {name}, {label}", _percentile(part, share) * 1000, "ms")
            for name, part in parts.items()
            for label, share in (("p50", 0.5), ("p99", 0.99))
        ),
    ]


def _mixed(reads: list[Read]) -> int:
    """Answers whose words are of two versions, or of another one than the answer says, and those that tell none at all."""
    marks: dict[bytes, frozenset[bytes]] = {}
    told = [each for each in reads if not each.problem and (each.marks or each.key)]
    return sum(
        len(each.marks) != 1 or (each.key != b"" and marks.setdefault(each.key, each.marks) != each.marks) for each in told
    )


def _percentile(reads: list[Read], share: float) -> float:
    """Seconds."""
    times = sorted(each.seconds for each in reads if not each.problem)
    return times[min(len(times) - 1, int(share * len(times)))] if times else 0.0
