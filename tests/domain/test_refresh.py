"""A refresh that uses old entries again gives, byte for byte, what working everything out anew gives; and nothing ever raises."""

from __future__ import annotations

import copy
import gzip
import json
import random
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.domain import accounts as a

from vaultraider.domain.answer import encode_answer
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.definitions import ItemDefinition
from vaultraider.domain.details import describe_item
from vaultraider.domain.errors import BungieGarbled
from vaultraider.domain.profile import Profile, assemble_profile
from vaultraider.domain.snapshot import read_snapshot


class Head(msgspec.Struct):
    account: str = "somebody"


def cold(body: dict[str, Any]) -> bytes:
    return encode_answer(assemble_profile(a.snapshot(body), Catalogue(a.definitions())), Head())


HOSTILE = [
    None,
    0,
    -1,
    2**31,
    2**32,
    2**63,
    2**70,
    1.5,
    "",
    "x",
    "\u202e\u0000",
    "9" * 40,
    True,
    [],
    [None],
    {},
    {"data": None},
    {"items": []},
]


def spots(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON document."""
    found = [path] if path else []
    if isinstance(node, dict):
        for key, value in node.items():
            found += spots(value, (*path, key))
    elif isinstance(node, list):
        for at, value in enumerate(node):
            found += spots(value, (*path, at))
    return found


def change(body: dict[str, Any], path: tuple[Any, ...], deed: str, value: Any) -> None:
    """Replaces, removes or doubles what is at a place."""
    parent: Any = body
    for step in path[:-1]:
        parent = parent[step]
    if deed == "replace":
        parent[path[-1]] = value
    elif deed == "remove":
        del parent[path[-1]]
    elif isinstance(parent, list):
        parent.append(copy.deepcopy(parent[path[-1]]))


changes = st.lists(
    st.tuples(st.integers(0, 10**6), st.sampled_from(["replace", "remove", "double"]), st.sampled_from(HOSTILE)),
    min_size=1,
    max_size=4,
)


def mutated(drawn: list[tuple[int, str, Any]]) -> dict[str, Any]:
    body = a.account()
    for number, deed, value in drawn:
        found = spots(body)
        if found:
            change(body, found[number % len(found)], deed, copy.deepcopy(value))
    return body


def count_items(body: dict[str, Any]) -> int:
    """Items in the body: instances once, stacks each. Only for bodies whose lists are lists of objects."""
    instances: set[str] = set()
    stacks = 0
    lists = [body.get("profileInventory")]
    for part in ("characterInventories", "characterEquipment"):
        data = (body.get(part) or {}).get("data") or {}
        lists += [{"data": listed} for listed in data.values()]
    for listed in lists:
        for item in ((listed or {}).get("data") or {}).get("items") or []:
            id = item.get("itemInstanceId") if isinstance(item, dict) else None
            if isinstance(id, str) and id:
                instances.add(id)
            else:
                stacks += 1
    return len(instances) + stacks


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes)
def test_hostile_snapshots_never_raise_and_lose_no_item(drawn: list[tuple[int, str, Any]]) -> None:
    body = mutated(drawn)
    try:
        snapshot = read_snapshot(a.encode(body), a.READ)
    except BungieGarbled:
        return  # Not what was promised at all: said so, and nothing shown.
    profile = assemble_profile(snapshot, Catalogue(a.definitions()))
    assert len(profile.entries) == count_items(body)
    msgspec.json.decode(encode_answer(profile, Head()))
    for entry in profile.entries:
        msgspec.json.encode(describe_item(profile, entry))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes, changes)
def test_a_refresh_gives_what_a_cold_start_gives(first: list[tuple[int, str, Any]], second: list[tuple[int, str, Any]]) -> None:
    catalogue = Catalogue(a.definitions())
    profile: Profile | None = None
    for drawn in ([], first, second, first):
        body = mutated(drawn)
        try:
            snapshot = read_snapshot(a.encode(body), a.READ)
        except BungieGarbled:
            continue
        profile = assemble_profile(snapshot, catalogue, previous=profile)
        assert encode_answer(profile, Head()) == cold(body)


hostile_items = st.builds(
    ItemDefinition,
    st.sampled_from([a.RIFLE, a.HELM, a.BARREL, a.UNKNOWN, a.CORE]),
    name=st.text(max_size=8),
    bucket=st.integers(-1, 2**32),
    tier_type=st.integers(-1, 99),
    class_type=st.integers(-1, 9),
    item_type=st.integers(-1, 99),
    item_sub_type=st.integers(-1, 99),
    damage_type=st.integers(-1, 99),
    ammo_type=st.integers(-1, 99),
    stat_group=st.integers(0, 3),
    redacted=st.booleans(),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(hostile_items, max_size=5))
def test_hostile_definitions_never_raise(rows: list[ItemDefinition]) -> None:
    definitions = a.definitions()
    definitions.rows["InventoryItem"] = definitions.rows["InventoryItem"] | {row.hash: row for row in rows}
    profile = assemble_profile(a.snapshot(), Catalogue(definitions))
    assert len(profile.entries) == 17
    msgspec.json.decode(encode_answer(profile, Head()))


def test_no_definitions_at_all() -> None:
    definitions = a.definitions()
    definitions.rows.clear()
    profile = assemble_profile(a.snapshot(), Catalogue(definitions))
    assert len(profile.entries) == 17
    answer = json.loads(encode_answer(profile, Head()))
    assert all(facts["missing"] for facts in answer["definitions"].values())


def test_unchanged_items_are_not_worked_out_again() -> None:
    catalogue = Catalogue(a.definitions())
    before = assemble_profile(a.snapshot(), catalogue)
    body = a.account()
    body["itemComponents"]["instances"]["data"][a.instance_id(1)]["primaryStat"]["value"] += 1
    after = assemble_profile(a.snapshot(body), catalogue, previous=before)
    again = [entry for entry in after.entries if entry not in before.entries]
    assert [entry.item.id for entry in again] == [a.instance_id(1)]
    assert again[0].item.power == 531


def test_other_definitions_use_nothing_again() -> None:
    before = assemble_profile(a.snapshot(), Catalogue(a.definitions()))
    after = assemble_profile(a.snapshot(), Catalogue(a.definitions("en-other")), previous=before)
    assert not set(map(id, after.entries)) & set(map(id, before.entries))


@pytest.mark.real_data
def test_the_real_profile_refreshes_as_it_starts(shared_dir: Path) -> None:
    """Random changes to the real answer, with no definitions but some: the slow half of the property above, on real shapes."""
    packed = shared_dir / "data" / "real" / "d2-profile-2021-05-28.json.gz"
    body = json.loads(gzip.decompress(packed.read_bytes()))["Response"]
    catalogue = Catalogue(a.definitions())
    chance = random.Random(20210528)
    profile = assemble_profile(a.snapshot(body), catalogue)
    places = spots(body["itemComponents"]["instances"]) + spots(body["profileInventory"])
    for _ in range(3):
        for path in chance.sample(places, 5):
            part = "profileInventory" if path[1] == "items" else "itemComponents"
            root = body[part] if part == "profileInventory" else body[part]["instances"]
            parent: Any = root
            for step in path[:-1]:
                parent = parent[step] if not isinstance(parent, (int, str)) else {}
            if isinstance(parent, dict) and path[-1] in parent and isinstance(parent[path[-1]], int):
                parent[path[-1]] += 1
        profile = assemble_profile(a.snapshot(body), catalogue, previous=profile)
        assert encode_answer(profile, Head()) == cold(body)
