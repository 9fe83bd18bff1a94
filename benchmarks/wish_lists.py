"""Wish lists: reading 30,000 rolls, and saying what they think of 1,500 items.

The rolls name what the account's own items have, in the manner of the lists that are about: many rolls for one weapon, four
perks each, notes and tags. Two in three are for items that are there, which is more than any real list has.

- ready: a list that was read is put on shelves, and the definitions of the perks that it names are looked up; once a list.
- first: no item was judged before. after a refresh: as after each read of the account, when all are as they were.
"""

from __future__ import annotations

import gzip
import json
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from benchmarks._demo import demo_house, profile_of
from benchmarks._many import NOW, multiplied, real_definitions
from benchmarks._result import Result, at_most

from vaultraider.clock import SystemClock
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.profile import Profile, assemble_profile
from vaultraider.domain.snapshot import read_snapshot
from vaultraider.domain.wish_lists import Wishes, parse_list
from vaultraider.domain.wish_lists.columns import Plugs, free_sockets
from vaultraider.manifest.shelf import ManifestShelf

ITEMS, ROLLS = 1500, 30_000
TURNS = 7
T = TypeVar("T")


def run(shared: Path | None) -> list[Result]:
    results: list[Result] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if shared is not None:
            packed = shared / "data" / "real" / "d2-profile-2021-05-28.json.gz"
            body = json.loads(gzip.decompress(packed.read_bytes()))["Response"]
            results += measure("real items", multiplied(body, ITEMS), Catalogue(real_definitions(shared, folder)()))
        with demo_house(folder / "demo") as house:
            shelf = ManifestShelf(house.services.settings.data_dir / "manifest", "en", SystemClock())
            body = json.loads(profile_of(house))
            results += measure("demo", multiplied(body, ITEMS), Catalogue(shelf.current()))
    return results


def measure(name: str, body: bytes, catalogue: Catalogue) -> list[Result]:
    profile = assemble_profile(read_snapshot(body, NOW), catalogue)
    text = _text(_perks_of(profile), random.Random(20261117))  # the same list each time
    parsed = parse_list(text)
    thirds = [parse_list(part) for part in _parts(text, 3)]
    verdicts = _ready(Wishes([parsed]), profile).verdicts(profile)
    return [
        Result(f"wish lists, {name}: items", len(profile.entries), "items"),
        Result(f"wish lists, {name}: rolls", len(parsed.rolls), "rolls"),
        Result(f"wish lists, {name}: items that they speak of", len(verdicts), "items"),
        at_most(f"wish lists, {name}: read", _best(lambda: text, parse_list), "ms", 1000),
        Result(f"wish lists, {name}: ready", _best(lambda: Wishes([parsed]), lambda wishes: _ready(wishes, profile)), "ms"),
        at_most(
            f"wish lists, {name}: first",
            _best(lambda: _ready(Wishes([parsed]), profile), lambda wishes: wishes.verdicts(profile)),
            "ms",
            20,
        ),
        Result(
            f"wish lists, {name}: first, in three lists",
            _best(lambda: _ready(Wishes(thirds), profile), lambda wishes: wishes.verdicts(profile)),
            "ms",
        ),
        at_most(f"wish lists, {name}: after a refresh", _after(Wishes([parsed]), body, catalogue), "ms", 20),
    ]


def _after(wishes: Wishes, body: bytes, catalogue: Catalogue) -> float:
    """Each time another answer of the same bytes, elsewhere in memory."""
    wishes.verdicts(assemble_profile(read_snapshot(body, NOW), catalogue))
    return _best(lambda: assemble_profile(read_snapshot(bytes(bytearray(body)), NOW), catalogue), wishes.verdicts)


def _ready(wishes: Wishes, profile: Profile) -> Wishes:
    wishes.make_ready(profile.catalogue)
    return wishes


def _best(make: Callable[[], T], do: Callable[[T], object]) -> float:
    """Milliseconds of the best turn: a busy machine only ever adds."""
    spent = []
    for _ in range(TURNS):
        made = make()
        begun = time.perf_counter()
        do(made)
        spent.append(time.perf_counter() - begun)
    return min(spent) * 1000


def _perks_of(profile: Profile) -> dict[int, list[int]]:
    """By hash what its first copy has."""
    part = profile.snapshot.body.item_components.reusable_plugs
    choices = (part.data or {}) if part is not None else {}
    found: dict[int, list[int]] = {}
    for entry in profile.entries:
        if entry.sockets is not None and entry.gear is not None and entry.data.item_hash not in found:
            free = free_sockets(profile.catalogue.item(entry.data.item_hash).definition)
            plugs = Plugs(entry, choices.get(entry.data.item_instance_id), free)
            own = [plug for column in plugs.columns() if column.free for plug in column.plugs]
            found[entry.data.item_hash] = own or [1]
    return found


def _text(perks: dict[int, list[int]], dice: random.Random) -> str:
    owned, every = list(perks), sorted({perk for own in perks.values() for perk in own})
    lines = ["title:Many rolls", "description:Made to be measured."]
    seen: set[tuple[int, frozenset[int]]] = set()
    while len(seen) < ROLLS:
        hash = dice.choice(owned) if dice.random() < 2 / 3 else dice.randrange(1 << 32)
        pool = perks.get(hash, every)
        named = [dice.choice(pool if dice.random() < 0.6 else every) for _ in range(4)]
        if (hash, frozenset(named)) in seen:
            continue
        if len(seen) % 40 == 0:
            lines += ["", f"//notes:Good for what number {len(seen)} is good for.\\nIt says more on a second line.|tags:pve,mkb"]
        seen.add((hash, frozenset(named)))
        lines.append(f"dimwishlist:item={hash}&perks={','.join(map(str, named))}")
    return "\n".join(lines)


def _parts(text: str, count: int) -> list[str]:
    lines = text.split("\n")
    return ["\n".join(lines[number::count]) for number in range(count)]
