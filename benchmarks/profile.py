"""The profile: from the bytes that Bungie sends to the bytes that we answer.

The measure is ``orjson.loads`` of the same bytes alone, in the same run on the same machine. All take turns; the best turn of
each counts, as a busy machine only ever adds. Measured is what a server does between the two ends: the envelope, typing, stats,
sockets and perks of every item, power, and the encoded answer; not Bungie, not the database, not compression.

- cold: nothing of an earlier answer is used. The definitions were met before, as in a running server.
- first ever: neither were the definitions.
- refresh: five items have changed since the last answer.
"""

from __future__ import annotations

import gzip
import re
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import brotli
import msgspec
import orjson
from benchmarks._demo import demo_house, enveloped, profile_of, quiet, unzip
from benchmarks._result import Result, at_most

from vaultraider.clock import SystemClock
from vaultraider.domain.answer import encode_answer
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.definitions import Definitions
from vaultraider.domain.profile import Profile, assemble_profile, hashes_named
from vaultraider.domain.snapshot import ProfileSnapshot, read_snapshot
from vaultraider.manifest.build import build
from vaultraider.manifest.shelf import ManifestShelf
from vaultraider.manifest.store import StoredDefinitions
from vaultraider.ports import InstalledManifest, ManifestRef

TURNS = 25
CHANGED = 5
COLD_LIMIT, REFRESH_LIMIT = 6.0, 2.0
BROTLI_LIMIT = 60.0
BROTLI_QUALITY = 5
"""As the server compresses."""

OpenDefinitions = Callable[[], Definitions]


class _Envelope(msgspec.Struct):
    Response: msgspec.Raw


class _Head(msgspec.Struct):
    account: dict[str, Any]
    read: str


HEAD = _Head({"type": 3, "id": "4611686018400000001", "name": "Somebody"}, "2026-11-22T12:00:00Z")
NOW = datetime.now(UTC)


def run(shared: Path | None) -> list[Result]:
    results: list[Result] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if shared is not None:
            packed = shared / "data" / "real" / "d2-profile-2021-05-28.json.gz"
            results += measure(
                "real profile", gzip.decompress(packed.read_bytes()), _real_definitions(shared, folder), small=True
            )
        with demo_house(folder / "demo") as house:
            body = enveloped(profile_of(house))
            shelves = house.services.settings.data_dir / "manifest"
            results += measure("demo world", body, lambda: ManifestShelf(shelves, "en", SystemClock()).current(), small=False)
    return results


def measure(name: str, body: bytes, definitions: OpenDefinitions, *, small: bool) -> list[Result]:
    """All numbers of one profile. ``small``: its compressed size has a goal."""
    first_ever = _first_ever(body, definitions)
    catalogue = Catalogue(definitions())
    profile = _assemble(body, catalogue, None)
    answer = encode_answer(profile, HEAD)
    loads, cold, again = best(
        lambda: orjson.loads(body),
        lambda: encode_answer(_assemble(body, catalogue, None), HEAD),
        _Refresh(body, catalogue, profile),
    )
    packed = len(brotli.compress(answer, quality=BROTLI_QUALITY)) / 1000
    items = len(profile.entries)
    with_stats = sum(isinstance(entry.item.stats, tuple) for entry in profile.entries)
    return [
        Result(f"profile, {name}: items (of which {with_stats} with stats)", items, "items"),
        Result(f"profile, {name}: orjson.loads of its {len(body) / 1e6:.2f} MB", loads * 1000, "ms"),
        Result(f"profile, {name}: cold", cold * 1000, "ms"),
        at_most(f"profile, {name}: cold, times orjson.loads", cold / loads, "x", COLD_LIMIT),
        Result(f"profile, {name}: refresh with {CHANGED} items changed", again * 1000, "ms"),
        at_most(f"profile, {name}: refresh, times orjson.loads", again / loads, "x", REFRESH_LIMIT),
        Result(f"profile, {name}: first ever, times orjson.loads", first_ever / loads, "x"),
        Result(f"profile, {name}: answer", len(answer) / 1000, "KB"),
        at_most(f"profile, {name}: answer, brotli", packed, "KB", BROTLI_LIMIT)
        if small
        else Result(f"profile, {name}: answer, brotli", packed, "KB"),
        Result(f"profile, {name}: answer, gzip", len(gzip.compress(answer, 6)) / 1000, "KB"),
    ]


class _Refresh:
    """Each call reads the other of two bodies, five items apart from the last."""

    def __init__(self, body: bytes, catalogue: Catalogue, profile: Profile) -> None:
        self._bodies = (changed(body), body)
        self._catalogue = catalogue
        self._profile = profile
        after = _assemble(self._bodies[0], catalogue, profile)
        pairs = zip(after.entries, profile.entries, strict=True)
        fresh = sum(new is not old for new, old in pairs if new.data.item_instance_id)
        if fresh != CHANGED or encode_answer(after, HEAD) != encode_answer(_assemble(self._bodies[0], catalogue, None), HEAD):
            raise RuntimeError(f"The refresh worked {fresh} items out anew, or gave another answer than a cold start.")

    def __call__(self) -> None:
        body, following = self._bodies
        self._profile = _assemble(body, self._catalogue, self._profile)
        encode_answer(self._profile, HEAD)
        self._bodies = (following, body)


def _snapshot(body: bytes) -> ProfileSnapshot:
    return read_snapshot(bytes(msgspec.json.decode(body, type=_Envelope).Response), NOW)


def _assemble(body: bytes, catalogue: Catalogue, previous: Profile | None) -> Profile:
    return assemble_profile(_snapshot(body), catalogue, previous=previous)


def _first_ever(body: bytes, definitions: OpenDefinitions) -> float:
    best_time = float("inf")
    for _ in range(3):
        fresh = definitions()
        begun = time.perf_counter()
        catalogue = Catalogue(fresh)
        snapshot = _snapshot(body)
        catalogue.preload(hashes_named(snapshot))
        encode_answer(assemble_profile(snapshot, catalogue), HEAD)
        best_time = min(best_time, time.perf_counter() - begun)
    return best_time


def best(*works: Callable[[], object]) -> list[float]:
    """The best time of each, in seconds; they take turns."""
    found = [float("inf")] * len(works)
    for _ in range(TURNS):
        for at, work in enumerate(works):
            begun = time.perf_counter()
            work()
            found[at] = min(found[at], time.perf_counter() - begun)
    return found


def changed(body: bytes) -> bytes:
    """The same answer with another power of five items; all else stays byte for byte, as Bungie sends it."""
    spots = list(re.finditer(rb'"primaryStat":\s*\{\s*"statHash":\s*\d+,\s*"value":\s*(\d+)', body))
    for spot in reversed(spots[:: max(1, len(spots) // CHANGED)][:CHANGED]):
        value = str(int(spot[1]) + 1).encode()
        body = body[: spot.start(1)] + value + body[spot.end(1) :]
    return body


def _real_definitions(shared: Path, folder: Path) -> OpenDefinitions:
    (archive,) = (shared / "data" / "real").glob("world_sql_content_*.content")
    original = unzip(archive, folder)
    target = folder / "definitions.sqlite3"
    report = build(original, target, quiet)
    ref = ManifestRef(source="bench", language="en", version="bench", path=original.name, key="en-bench")
    about = InstalledManifest(ref=ref, installed=NOW, rows=report.rows)
    return lambda: StoredDefinitions(target, original, about)
