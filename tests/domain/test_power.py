"""Max power agrees with what the field's reference answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vaultraider.domain.hashes import CHEST, ENERGY, HELMET, KINETIC
from vaultraider.domain.power import Gear, drop_power, max_gear_power, max_power, wardrobe


@pytest.fixture(scope="module")
def oracle(shared_dir: Path) -> list[dict[str, Any]]:
    return json.loads((shared_dir / "vectors" / "max-power-oracle.json").read_text())["cases"]


@pytest.mark.real_data
def test_agrees_with_the_oracle(oracle: list[dict[str, Any]]) -> None:
    assert len(oracle) == 20
    for case in oracle:
        gear = [
            Gear(i["id"], i["bucket"], i["power"], i["owner"], i["classType"], i["exotic"], bound=i["notransfer"])
            for i in case["items"]
        ]
        slots, wanted = wardrobe(gear), case["expected"]
        found = (max_power(slots, "titan", 0), max_gear_power(slots, "titan", 0), drop_power(slots, "titan"))
        assert [[piece.id for piece in one.items] for one in found] == [
            wanted["equippable"],
            wanted["equipUnrestricted"],
            wanted["classUnrestricted"],
        ]
        assert [one.mean for one in found] == [wanted["maxEquippable"], wanted["maxGear"], wanted["dropPower"]]


def gear(id: str, bucket: int, power: int, owner: str = "vault", **more: Any) -> Gear:
    return Gear(id, bucket, power, owner, more.pop("guardian", 3), more.pop("exotic", False), **more)


def ids(pieces: list[Gear], guardian: int = 0) -> set[str]:
    return {piece.id for piece in max_power(wardrobe(pieces), "me", guardian).items}


def test_near_ties_go_to_what_is_worn_then_carried_then_the_vault() -> None:
    other, vault, carried = (gear(owner, KINETIC, 500, owner) for owner in ("other", "vault", "me"))
    worn = gear("worn", KINETIC, 500, "me", equipped=True)
    assert ids([other, vault, carried, worn]) == {"worn"}
    assert ids([other, vault, carried]) == {"me"}
    assert ids([other, vault]) == {"vault"}


def test_a_point_of_power_beats_any_tie_break() -> None:
    assert ids([gear("worn", KINETIC, 500, "me", equipped=True), gear("far", KINETIC, 501, "other")]) == {"far"}


def test_one_exotic_weapon_and_one_exotic_armour_piece_go_together() -> None:
    pieces = [gear("a", KINETIC, 500, exotic=True), gear("b", HELMET, 500, exotic=True)]
    assert ids(pieces) == {"a", "b"}


def test_the_exotic_that_costs_least_gives_way() -> None:
    pieces = [
        gear("kinetic exotic", KINETIC, 510, exotic=True),
        gear("kinetic", KINETIC, 490),
        gear("energy exotic", ENERGY, 505, exotic=True),
        gear("energy", ENERGY, 504),
    ]
    assert ids(pieces) == {"kinetic exotic", "energy"}


def test_without_a_plain_one_both_exotics_stay_rather_than_a_hole() -> None:
    assert ids([gear("a", KINETIC, 500, exotic=True), gear("b", ENERGY, 500, exotic=True)]) == {"a", "b"}


def test_what_cannot_be_moved_counts_only_for_its_owner() -> None:
    bound = gear("bound", CHEST, 600, "other", bound=True)
    assert ids([bound]) == set()
    assert drop_power(wardrobe([bound]), "me").mean == 600


def test_nothing_has_no_power() -> None:
    assert max_power(wardrobe([]), "me", 0) == ((), 0.0)
