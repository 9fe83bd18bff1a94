"""Searching: how long a query takes over 1,500 items, from the text as typed to the ids that it finds.

Hundreds of queries: what players save, what is asked letter by letter while they type, the examples of the help, and mixtures.
Measured is what the server does for one keystroke: reading, judging, finding and writing the canonical form.

- fresh: the first queries ever of these items, one after the other: each works out what it is the first to need.
- after a refresh: the items are known, and the world is a new one, as after each change of the profile.
- again: the same query over the same world.
"""

from __future__ import annotations

import gzip
import json
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import _queries
from benchmarks._demo import demo_house, profile_of
from benchmarks._many import OpenDefinitions, multiplied, real_definitions
from benchmarks._result import Result, at_most

from vaultraider.clock import SystemClock
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.definitions import Definitions
from vaultraider.domain.profile import Profile, assemble_profile
from vaultraider.domain.snapshot import read_snapshot
from vaultraider.manifest.shelf import ManifestShelf
from vaultraider.search.canonical import canonical
from vaultraider.search.matcher import Matcher
from vaultraider.search.query import parse
from vaultraider.search.validate import check
from vaultraider.search.vocabulary import vocabulary
from vaultraider.search.world import World

ITEMS = 1500
LIMIT = 5.0
TURNS = 5
NOW = datetime.now(UTC)


def run(shared: Path | None) -> list[Result]:
    results: list[Result] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if shared is not None:
            packed = shared / "data" / "real" / "d2-profile-2021-05-28.json.gz"
            body = json.loads(gzip.decompress(packed.read_bytes()))["Response"]
            results += measure("real items", multiplied(body, ITEMS), real_definitions(shared, folder))
        with demo_house(folder / "demo") as house:
            shelves = house.services.settings.data_dir / "manifest"
            body = json.loads(profile_of(house))
            results += measure("demo", multiplied(body, ITEMS), lambda: ManifestShelf(shelves, "en", SystemClock()).current())
    return results


def measure(name: str, body: bytes, definitions: OpenDefinitions) -> list[Result]:
    queries = [*_queries.written(), *_queries.examples(), *_queries.typed(), *_queries.mixtures()]
    bad = [text for text in (*_queries.written(), *_queries.examples()) if check(parse(text), vocabulary()) is not None]
    if bad:
        raise RuntimeError(f"These are no queries: {bad}")
    fresh, after, again, making, remaking = [], [], [], [], []
    for _ in range(TURNS):
        profile = _profile(body, definitions())
        world, spent = _made(profile, None)
        making.append(spent)
        fresh.append([_ask(world, text) for text in queries])
        again.append([_ask(world, text) for text in queries])
        world, spent = _made(profile, world)
        remaking.append(spent)
        after.append([_ask(World(profile, previous=world), text) for text in queries])
    long_ones = [min(_ask(World(profile, previous=world), text) for _ in range(TURNS)) for text in _queries.long_ones()]
    found = [
        Result(f"search, {name}: items", len(world.items), "items"),
        Result(f"search, {name}: queries", len(queries), "queries"),
    ]
    found += _told(f"{name}, fresh", fresh, queries, LIMIT)
    found += _told(f"{name}, after a refresh", after, queries, LIMIT)
    found += _told(f"{name}, again", again, queries, LIMIT)
    return [
        *found,
        *[
            Result(f"search, {name}: {len(text):,} characters", spent * 1000, "ms")
            for text, spent in zip(_queries.long_ones(), long_ones, strict=True)
        ],
        Result(f"search, {name}: making a world", min(making) * 1000, "ms"),
        Result(f"search, {name}: making one after another", min(remaking) * 1000, "ms"),
    ]


def _ask(world: World, text: str) -> float:
    """Seconds."""
    begun = time.perf_counter()
    query = parse(text)
    if check(query, vocabulary()) is None:
        Matcher(vocabulary()).find(world, query)
        canonical(query)
    return time.perf_counter() - begun


def _made(profile: Profile, previous: World | None) -> tuple[World, float]:
    begun = time.perf_counter()
    world = World(profile, previous=previous)
    return world, time.perf_counter() - begun


def _told(name: str, turns: list[list[float]], queries: list[str], limit: float) -> list[Result]:
    """The best turn of each query counts: a busy machine only ever adds."""
    best = [min(times) * 1000 for times in zip(*turns, strict=True)]
    p95 = statistics.quantiles(best, n=20)[18]
    worst = max(best)
    slowest = queries[best.index(worst)]
    return [
        Result(f"search, {name}: p50", statistics.median(best), "ms"),
        at_most(f"search, {name}: p95", p95, "ms", limit),
        Result(f"search, {name}: the slowest, {slowest[:60]}", worst, "ms"),
    ]


def _profile(body: bytes, definitions: Definitions) -> Profile:
    return assemble_profile(read_snapshot(body, NOW), Catalogue(definitions))
