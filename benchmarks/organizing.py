"""Organizing: what the organizer's table and a comparison cost with 1,500 items and a year of memory.

- cold: the first table of all three categories ever, from the profile on.
- after a refresh: the items are known, and the world is a new one.
- again: nothing has changed since.
- when they came: read from a year of a busy account's memory, each time that profile or memory change.
"""

from __future__ import annotations

import gzip
import json
import random
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import msgspec
from benchmarks._demo import demo_house, profile_of
from benchmarks._many import OpenDefinitions, multiplied, real_definitions
from benchmarks._result import Result, at_most

from vaultraider.bootstrap import Services
from vaultraider.clock import SystemClock
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.definitions import Definitions
from vaultraider.domain.history.events import Event
from vaultraider.domain.people import User
from vaultraider.domain.profile import Profile, assemble_profile
from vaultraider.domain.snapshot import read_snapshot
from vaultraider.manifest.shelf import ManifestShelf
from vaultraider.ports.history import NewObservation
from vaultraider.search.vocabulary import vocabulary
from vaultraider.search.world import World
from vaultraider.services.organizing.comparing import groups_of
from vaultraider.services.organizing.facts import Category, facts_of

ITEMS = 1500
TURNS, ASKED = 3, 20
COMPARED = 100
FOUND_LIMIT = 50.0
DAYS, LOOKS, CHANGES, KEPT = 365, 24, 17, 1500
NOW = datetime.now(UTC)
_KINDS = ("moved",) * 45 + ("stack",) * 33 + ("acquired",) * 11 + ("lost",) * 11
"""About as often as in a year that is written by the recorder."""


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
            results += found(house.services, house.services.accounts.users.all()[0])
    return results


def measure(name: str, body: bytes, definitions: OpenDefinitions) -> list[Result]:
    cold, after, again, compared = [], [], [], []
    size = 0
    for _ in range(TURNS):
        profile = _profile(body, definitions())
        world = World(profile)
        cold.append(_spent(_tables, world, {}))
        again.append(_spent(_tables, world, {}))
        fresh = World(profile, previous=world)
        after.append(_spent(_tables, fresh, {}))
        size = sum(map(len, _tables(fresh, {})))
        chosen = random.Random(1).sample(fresh.items, COMPARED)
        compared += [_spent(groups_of, item, fresh, vocabulary()) for item in chosen]
    compared.sort()
    return [
        Result(f"organizer, {name}: facts, cold", min(cold) * 1000, "ms"),
        Result(f"organizer, {name}: facts, after a refresh", min(after) * 1000, "ms"),
        Result(f"organizer, {name}: facts, worked out again", min(again) * 1000, "ms"),
        Result(f"organizer, {name}: answers, uncompressed", size / 1000, "KB"),
        Result(f"compare, {name}: p95", compared[int(len(compared) * 0.95)] * 1000, "ms"),
    ]


def found(services: Services, user: User) -> list[Result]:
    membership = services.accounts.destiny.membership(user)
    store = services.history.store
    account = store.open(user.id, membership, NOW - timedelta(days=DAYS))
    seq = account.seq
    rng = random.Random(1)
    ids = [str(6917529000000000000 + number) for number in range(KEPT)]
    came = KEPT
    for look in range(DAYS * LOOKS):
        seq += 1
        at = NOW - timedelta(days=DAYS) + timedelta(hours=look)
        events = []
        for n in range(CHANGES):
            kind: Any = rng.choice(_KINDS)
            if kind == "acquired":
                came += 1
                ids.append(str(6917529000000000000 + came))
            id = ids[-1] if kind == "acquired" else ids.pop(rng.randrange(len(ids))) if kind == "lost" else rng.choice(ids)
            events.append(Event(seq=seq, n=n, at=at, since=at, kind=kind, item=id, hash=int(id) % 700, name="A thing"))
        store.append(
            account, NewObservation(seq=seq, at=at, since=at, delta=b"", keyframe=b"" if seq == 1 else None, events=events)
        )
        account = msgspec.structs.replace(account, seq=seq)
    held = [*ids[-KEPT // 2 :], *ids[: KEPT // 2]]
    spent = [_spent(store.found, account.id, held) for _ in range(ASKED)]
    return [
        at_most("organizer: when they came, a year of memory", min(spent) * 1000, "ms", FOUND_LIMIT),
        Result("organizer: of so many items", len(held), "items"),
        Result("organizer: that came in this year", len(store.found(account.id, held)), "items"),
    ]


def _tables(world: World, came: Mapping[str, datetime]) -> list[bytes]:
    return [msgspec.json.encode(facts_of(world, category, came)) for category in get_args(Category)]


def _spent(work: Callable[..., Any], *given: Any) -> float:
    """Seconds."""
    begun = time.perf_counter()
    work(*given)
    return time.perf_counter() - begun


def _profile(body: bytes, definitions: Definitions) -> Profile:
    return assemble_profile(read_snapshot(body, NOW), Catalogue(definitions))
