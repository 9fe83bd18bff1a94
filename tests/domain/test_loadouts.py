"""Which items the game's loadouts name, and what else a plan needs of Bungie's answer."""

from __future__ import annotations

from typing import Any

import pytest
from tests.domain import accounts as a
from tests.domain.accounts import HUNTER, TITAN

from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.characters import read_characters
from vaultraider.domain.continuity import keep_last_known
from vaultraider.domain.entries import INSTANCE
from vaultraider.domain.loadouts import items_in_loadouts
from vaultraider.domain.profile import assemble_profile
from vaultraider.domain.snapshot import read_snapshot

ONE, TWO = a.instance_id(1), a.instance_id(2)


def saved(*loadouts: list[str]) -> dict[str, Any]:
    """As component 206 tells it; an empty place has the id "0"."""
    rows = [{"colorHash": 1, "items": [{"itemInstanceId": id, "plugItemHashes": [2166136261]} for id in ids]} for ids in loadouts]
    return {"loadouts": rows}


def body(**data: Any) -> dict[str, Any]:
    return a.account() | {"characterLoadouts": {"data": data, "privacy": 2}}


def test_whose_loadouts_an_item_is_in() -> None:
    told = body(**{TITAN: saved([ONE, TWO], ["0", "0"]), HUNTER: saved([ONE], [ONE])})
    wanted = {ONE: frozenset({TITAN, HUNTER}), TWO: frozenset({TITAN})}
    snapshot = a.snapshot(told)
    assert items_in_loadouts(snapshot) == wanted
    assert items_in_loadouts(read_snapshot(snapshot.encode(), snapshot.read)) == wanted
    assert assemble_profile(snapshot, Catalogue(a.definitions())).loadouts() == wanted


@pytest.mark.parametrize(
    "part",
    [
        None,
        {},
        {"privacy": 2},
        {"data": None},
        {"data": []},
        {"data": {TITAN: None}},
        {"data": {TITAN: {"loadouts": [None, 5, {"items": [None, {"itemInstanceId": 7}, {}]}]}}},
    ],
)
def test_what_cannot_be_read_is_left_out(part: Any) -> None:
    told = a.account() | {"characterLoadouts": part}
    assert items_in_loadouts(a.snapshot(told)) == {}
    assert items_in_loadouts(a.snapshot()) == {}


def test_half_of_it_is_read() -> None:
    told = body(**{TITAN: saved([ONE]), HUNTER: 5})
    assert items_in_loadouts(a.snapshot(told)) == {ONE: frozenset({TITAN})}


def test_they_are_kept_where_they_do_not_come() -> None:
    held = a.snapshot(body(**{TITAN: saved([ONE])}))
    for part in ({}, {"characterLoadouts": {"privacy": 2}}):
        kept = keep_last_known(a.snapshot(a.account() | part), held)
        assert items_in_loadouts(kept.snapshot) == {ONE: frozenset({TITAN})}
        assert kept.incomplete == ()
    emptied = keep_last_known(a.snapshot(body(**{TITAN: saved([])})), held)
    assert items_in_loadouts(emptied.snapshot) == {}


def test_levels_and_why_something_cannot_be_worn() -> None:
    told = a.account()
    told["characters"]["data"][TITAN]["baseCharacterLevel"] = 50
    told["itemComponents"]["instances"]["data"][ONE] |= {"equipRequiredLevel": 40, "canEquip": False, "cannotEquipReason": 18}
    snapshot = a.snapshot(told)
    assert {one.character_id: one.base_character_level for one in read_characters(snapshot)} == {TITAN: 50, HUNTER: 0}
    entry = assemble_profile(snapshot, Catalogue(a.definitions())).find(ONE)
    assert entry is not None
    assert entry.instance is not None
    instance = INSTANCE.decode(entry.instance)
    assert (instance.equip_required_level, instance.can_equip, instance.cannot_equip_reason) == (40, False, 18)
