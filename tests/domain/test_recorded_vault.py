"""Stats of a real vault as the field's reference exported them (June 2026), worked out by us from the definitions at hand.

Of the 312 weapons, 16 have a definition here that is whole; each names its perks, and its masterwork by stat and tier. Those
definitions are of 2019: where a perk has been changed since, its stat is listed in ``CHANGED``, and everything else must agree.
No armour row is comparable: none tells the unseen plugs that carry its roll.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.definitions import ItemDefinition
from vaultraider.domain.stats import Copy, plug_effects
from vaultraider.manifest.store import StoredDefinitions

pytestmark = pytest.mark.real_data

STATS = {
    "AA": 1345609583, "Accuracy": 1591432999, "Airborne Effectiveness": 2714457168, "Ammo Generation": 1931675084,
    "Blast Radius": 3614673599, "Charge Rate": 3022301683, "Charge Time": 2961396640, "Draw Time": 447667954,
    "Guard Endurance": 3736848092, "Guard Resistance": 209426660, "Handling": 943549884, "Impact": 4043523819, "Mag": 3871231066,
    "ROF": 4284893193, "Range": 1240592695, "Recoil": 2715839340, "Reload": 4188031367, "Shield Duration": 1842278586,
    "Stability": 155624089, "Swing Speed": 2837207746, "Velocity": 2523465841, "Zoom": 3555269338,
}  # fmt: skip

CHANGED = {
    ("Techeun Force", "Charge Time"): "Liquid Coils",
    ("Long Shadow", "Ammo Generation"): "Field Prep: this was the inventory size then",
    ("Tongeren-LR3", "Ammo Generation"): "Field Prep: this was the inventory size then",
    ("Arsenic Bite-4b", "Ammo Generation"): "Compact Arrow Shaft: this was the inventory size then",
    ("Arsenic Bite-4b", "Draw Time"): "Compact Arrow Shaft",
    ("Arsenic Bite-4b", "Reload"): "Compact Arrow Shaft",
    ("Arsenic Bite-4b", "Handling"): "Icarus Grip",
}


@pytest.fixture(scope="module")
def plugs(real_manifest: StoredDefinitions, real_manifest_file: Path) -> dict[str, list[ItemDefinition]]:
    """Whole plugs by name."""
    found: dict[str, list[ItemDefinition]] = {}
    with closing(sqlite3.connect(real_manifest_file)) as source:
        query = "SELECT id FROM DestinyInventoryItemDefinition WHERE instr(json, '\"plug\":') > 0"
        for (id,) in source.execute(query):
            plug = real_manifest.item(id & 0xFFFF_FFFF)
            if plug is not None and plug.plug is not None:
                found.setdefault(plug.name, []).append(plug)
    return found


def own_plugs(hash: int, manifest: StoredDefinitions) -> set[int]:
    """What can be in an item's sockets: of two plugs of one name, the one that belongs to it."""
    item = manifest.item(hash)
    found: set[int] = set()
    for socket in item.sockets if item else ():
        found.update(socket.reusable_plugs, (socket.initial_plug,))
        for plug_set in (socket.reusable_plug_set, socket.randomized_plug_set):
            row = manifest.plug_set(plug_set) if plug_set else None
            found.update(plug for plug, _ in (row.plugs if row else ()))
    return found


def worn(row: dict[str, Any], plugs: dict[str, list[ItemDefinition]], own: set[int]) -> list[ItemDefinition]:
    """What is plugged into a row's copy: its starred perks, and its masterwork."""
    names = [perk.removesuffix("*") for perk in row["Perks"] if perk.endswith("*")]
    found = [min(plugs[name], key=lambda plug: plug.hash not in own) for name in names if name in plugs]
    stat = STATS.get(row["Masterwork Type"] or "")
    masterworks = (
        plug
        for listed in plugs.values()
        for plug in listed
        if plug.plug is not None
        and plug.plug.category.startswith("v400.plugs.weapons.masterworks.stat")
        and [(each.stat, each.value) for each in plug.investment_stats][:1] == [(stat, row["Masterwork Tier"])]
    )
    return [*found, next(masterworks)] if stat else found


def test_weapon_stats_agree(shared_dir: Path, real_manifest: StoredDefinitions, plugs: dict[str, list[ItemDefinition]]) -> None:
    rows = json.loads((shared_dir / "vectors" / "d2-stores-weapon.json").read_text())["rows"]
    catalogue = Catalogue(real_manifest)
    comparable, cells, wrong = 0, 0, []
    for row in rows:
        model = catalogue.item(row["Hash"]).model
        if model is None:
            continue
        comparable += 1
        effects = [plug_effects(plug) for plug in worn(row, plugs, own_plugs(row["Hash"], real_manifest))]
        ours = {stat.hash: stat.value for stat in model.of(effects, Copy(masterwork=row["Masterwork Tier"] == 10))}
        for column, hash in STATS.items():
            if hash in ours and (row["Name"], column) not in CHANGED:
                cells += 1
                if ours[hash] != row[column]:
                    wrong.append((row["Name"], column, ours[hash], row[column]))
    assert not wrong, wrong
    assert (comparable, cells) == (16, 168), "16 of 312 rows are comparable, in 168 numbers"
