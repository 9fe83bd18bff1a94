"""The sheet of one item: everything named."""

from __future__ import annotations

import pytest
from tests.domain import accounts as a
from tests.domain.accounts import TITAN

from vaultraider.domain import hashes
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.details import describe_item
from vaultraider.domain.profile import Profile, assemble_profile
from vaultraider.domain.profile_parts import ItemDetails


@pytest.fixture
def profile() -> Profile:
    return assemble_profile(a.snapshot(), Catalogue(a.definitions()), nicknames={TITAN: "Brannoch"})


def sheet(profile: Profile, id: str) -> ItemDetails:
    entry = profile.find(id)
    assert entry is not None
    return describe_item(profile, entry)


def test_head(profile: Profile) -> None:
    rifle = sheet(profile, a.instance_id(1))
    assert (rifle.name, rifle.type, rifle.tier, rifle.kind) == ("Sable Verdict", "Hand Cannon", "legendary", "hand_cannon")
    assert (rifle.bucket_name, rifle.store_name, rifle.power) == ("Kinetic Weapons", "Vault", 530)
    assert rifle.copies == [a.instance_id(11), a.instance_id(5)]
    assert rifle.transferability.can_move
    assert sheet(profile, a.instance_id(5)).store_name == "Brannoch"
    assert sheet(profile, f"s-{a.CORE}-account-0").store_name == "All characters"


def test_what_cannot_move_says_why_in_a_sentence(profile: Profile) -> None:
    found = sheet(profile, a.instance_id(10)).transferability
    assert (found.can_move, found.reason) == (False, "equipped")
    assert isinstance(found.sentence, str)
    assert found.sentence.endswith(".")


def test_stats_say_what_masterwork_and_mods_add(profile: Profile) -> None:
    lines = {line.hash: line for line in sheet(profile, a.instance_id(1)).stats}
    reach = lines[a.RANGE]
    assert (reach.name, reach.value, reach.base, reach.masterwork) == ("Range", 60, 40, 10)
    assert not isinstance(reach.mods, int)
    assert lines[hashes.MAGAZINE].number is True


def test_sockets_by_category_with_their_alternatives(profile: Profile) -> None:
    first, second, shader = sheet(profile, a.instance_id(1)).sockets
    assert (first.category, first.label) == ("Weapon perks", "Barrel")
    assert [(plug.name, plug.plugged, plug.enabled) for plug in first.plugs] == [
        ("Masterwork: Range", False, True),
        ("Fluted Bore", True, True),
    ]
    assert [plug.name for plug in second.plugs] == ["Masterwork: Range"]
    assert [plug.name for plug in shader.plugs] == ["Unknown plug"]


def test_unseen_sockets_are_not_shown(profile: Profile) -> None:
    assert sheet(profile, a.instance_id(10)).sockets == []


def test_objectives_of_what_is_plugged(profile: Profile) -> None:
    (objective,) = sheet(profile, a.instance_id(1)).objectives
    assert (objective.name, objective.progress, objective.completion, objective.complete) == ("Foes defeated", 20, 50, False)


def test_unknown_and_classified_items_have_a_sheet(profile: Profile) -> None:
    unknown, hidden = sheet(profile, a.instance_id(3)), sheet(profile, a.instance_id(4))
    assert (unknown.name, unknown.kind, unknown.definition.missing) == (f"Unknown item ({unknown.hash})", "unknown", True)
    assert (hidden.name, hidden.definition.classified) == ("Classified", True)
