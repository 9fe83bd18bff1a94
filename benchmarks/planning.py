"""Planning: how long one wish takes in a real world of 991 items. Calls per wish are told by ``move_oracle``.

- a single move: each item that can move, to the vault and to each guardian; every piece of gear equipped on each.
- 60 items: sixty that can move, to a store where they are not; other sixty each time.
- full: the same with no free place in the vault, so that each move has to make room.
"""

from __future__ import annotations

import gzip
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from benchmarks._demo import quiet, unzip
from benchmarks._result import Result, at_most
from msgspec.structs import replace

from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.profile import Profile, assemble_profile
from vaultraider.domain.snapshot import read_snapshot
from vaultraider.domain.transfers.planning import plan_transfer
from vaultraider.domain.transfers.wishes import Move, Wanted
from vaultraider.domain.transfers.world import Thing, World
from vaultraider.domain.transfers.worlds import world_of
from vaultraider.manifest.build import build
from vaultraider.manifest.store import StoredDefinitions
from vaultraider.ports import InstalledManifest, ManifestRef

SINGLE_LIMIT = 3.0
MANY = 60
TURNS = 20
NOW = datetime.now(UTC)


class _Envelope(msgspec.Struct):
    Response: msgspec.Raw


def run(shared: Path | None) -> list[Result]:
    if shared is None:
        return []
    with tempfile.TemporaryDirectory() as temporary:
        profile = _profile(shared, Path(temporary))
        world = world_of(profile)
        full = replace(world, vault_capacity=sum(thing.store == "vault" for thing in world.things.values()))
        single, single_full = _times(world, _singles(world)), _times(full, _singles(world))
        many, many_full = _times(world, _sixties(world)), _times(full, _sixties(world))
        return [
            Result("planning: from a profile to a world", _world_time(profile), "ms"),
            *_results("one item", single, SINGLE_LIMIT),
            *_results("one item, vault full", single_full, SINGLE_LIMIT),
            *_results(f"{MANY} items", many, None),
            *_results(f"{MANY} items, vault full", many_full, None),
        ]


def _profile(shared: Path, folder: Path) -> Profile:
    """A real account with a real manifest."""
    real = shared / "data" / "real"
    (archive,) = real.glob("world_sql_content_*.content")
    source, target = unzip(archive, folder), folder / "definitions.sqlite3"
    report = build(source, target, quiet)
    ref = ManifestRef(source="bench", language="en", version="bench", path=source.name, key="en-bench")
    definitions = StoredDefinitions(target, source, InstalledManifest(ref=ref, installed=NOW, rows=report.rows))
    packed = gzip.decompress((real / "d2-profile-2021-05-28.json.gz").read_bytes())
    body = msgspec.json.decode(packed, type=_Envelope).Response
    return assemble_profile(read_snapshot(bytes(body), NOW), Catalogue(definitions))


def _movable(world: World) -> list[Thing]:
    return [thing for thing in world.things.values() if thing.stuck is None]


def _stores(world: World) -> list[str]:
    return ["vault", *(guardian.id for guardian in world.guardians)]


def _singles(world: World) -> Iterator[Move]:
    for thing in _movable(world):
        item = (Wanted(id=thing.id),)
        yield from (Move(items=item, to=store) for store in _stores(world))
        yield from (Move(items=item, to=guardian.id, equip=True) for guardian in world.guardians if thing.equippable)


def _sixties(world: World) -> Iterator[Move]:
    movable = _movable(world)
    for store in _stores(world):
        elsewhere = [Wanted(id=thing.id) for thing in movable if thing.store != store]
        for at in range(0, len(elsewhere) - MANY, MANY):
            yield Move(items=tuple(elsewhere[at : at + MANY]), to=store)


def _times(world: World, wishes: Iterable[Move]) -> list[float]:
    """Milliseconds of each wish, in computing time, as nothing is waited for; the better of two."""
    return [min(_time(world, wish), _time(world, wish)) for wish in wishes]


def _time(world: World, wish: Move) -> float:
    begun = time.thread_time()
    plan_transfer(world, wish)
    return (time.thread_time() - begun) * 1000


def _world_time(profile: Profile) -> float:
    found = []
    for _ in range(TURNS):
        begun = time.thread_time()
        world_of(profile)
        found.append(time.thread_time() - begun)
    return min(found) * 1000


def _results(what: str, times: list[float], limit: float | None) -> list[Result]:
    name = f"planning, {what} ({len(times)} wishes)"
    p99 = statistics.quantiles(times, n=100)[98]
    last = at_most(f"{name}: p99", p99, "ms", limit) if limit else Result(f"{name}: p99", p99, "ms")
    return [Result(f"{name}: p50", statistics.median(times), "ms"), last]
