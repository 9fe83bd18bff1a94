"""A profile as planning sees it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.domain import accounts as a
from tests.domain.accounts import HUNTER, TITAN

from vaultraider.domain import hashes
from vaultraider.domain.annotations import Annotation
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.profile import Profile, assemble_profile
from vaultraider.domain.transfers.planning import plan_transfer
from vaultraider.domain.transfers.wishes import Collect, Move, Wanted
from vaultraider.domain.transfers.world import Thing, World
from vaultraider.domain.transfers.worlds import UNLIMITED, world_of


def profile_of(body: dict[str, Any]) -> Profile:
    return assemble_profile(a.snapshot(body), Catalogue(a.definitions()), nicknames={TITAN: "Brannoch"})


@pytest.fixture
def world() -> World:
    return world_of(profile_of(a.account()))


def thing(world: World, number: int) -> Thing:
    return world.things[a.instance_id(number)]


def test_guardians_last_played_first(world: World) -> None:
    assert [(guardian.id, guardian.name, guardian.guardian, guardian.level) for guardian in world.guardians] == [
        (TITAN, "Brannoch", 0, 50),
        (HUNTER, "Exo Hunter", 1, 50),
    ]


def test_a_guardian_of_a_low_level() -> None:
    body = a.account()
    body["characters"]["data"][HUNTER]["baseCharacterLevel"] = 20
    body["itemComponents"]["instances"]["data"][a.instance_id(5)]["equipRequiredLevel"] = 40
    world = world_of(profile_of(body))
    assert world.guardians[1].level == 20
    assert thing(world, 5).level == 40


def test_every_item_is_a_thing(world: World) -> None:
    assert len(world.things) == 17
    rifle = thing(world, 5)
    assert (rifle.name, rifle.store, rifle.place, rifle.slot) == ("Sable Verdict", TITAN, "inventory", hashes.KINETIC)
    assert (rifle.power, rifle.tier, rifle.type, rifle.element) == (541, 5, "hand_cannon", "kinetic")
    assert thing(world, 1).locked
    assert not rifle.locked
    assert thing(world, 2).exotic
    assert thing(world, 10).guardian == 0


def test_what_is_worn_is_not_stuck_but_for_other_reasons(world: World) -> None:
    assert thing(world, 10).equipped
    assert thing(world, 10).stuck is None
    assert thing(world, 7).stuck == "no-vault-slot"
    assert (thing(world, 12).stuck, thing(world, 12).bound) == ("not-transferrable", True)


def test_what_all_share_is_in_one_pocket(world: World) -> None:
    pocket = world.things[f"s-{a.CORE}-account-0"]
    assert (pocket.account, pocket.quantity, pocket.max_stack, pocket.instance) == (True, 999, 999, "")
    assert world.things[f"s-{a.CORE}-{TITAN}-0"].in_postmaster
    assert world.things[f"s-{a.CORE}-{TITAN}-0"].account
    assert world.things[f"s-{a.TRAP}-{TITAN}-0"].stuck == "pull-side-effects"


def test_an_item_without_a_definition_can_be_moved(world: World) -> None:
    unknown = thing(world, 3)
    assert (unknown.name, unknown.stuck, unknown.slot, unknown.account) == (
        f"Unknown item ({a.UNKNOWN})",
        None,
        hashes.VAULT,
        False,
    )
    plan = plan_transfer(world, Move(items=(Wanted(id=unknown.id),), to=TITAN))
    assert [step.target for step in plan.steps] == [TITAN]


def test_how_much_fits_is_what_the_definitions_say(world: World) -> None:
    assert world.vault_capacity == 1000
    assert world.capacities[hashes.KINETIC] == 10
    assert hashes.VAULT not in world.capacities
    assert world.vaulted == {hashes.KINETIC, hashes.HELMET, hashes.SHIP, hashes.CONSUMABLES}


def test_where_the_definitions_say_nothing_nothing_is_full() -> None:
    definitions = a.definitions()
    definitions.rows["InventoryBucket"] = {}
    world = world_of(assemble_profile(a.snapshot(), Catalogue(definitions)))
    assert world.vault_capacity == UNLIMITED
    plan = plan_transfer(world, Move(items=(Wanted(id=a.instance_id(5)),), to="vault"))
    assert len(plan.steps) == 1


def test_what_the_player_wants_and_did_is_in_it() -> None:
    full = frozenset({(TITAN, hashes.KINETIC)})
    said = {a.instance_id(5): Annotation("junk", "old"), a.instance_id(1): Annotation("", "new")}
    world = world_of(profile_of(a.account()), keep_locked=True, moved={a.instance_id(5): 17.0}, full=full, annotations=said)
    assert (world.keep_locked, world.full, thing(world, 5).moved, thing(world, 1).moved) == (True, full, 17.0, 0.0)
    assert (thing(world, 5).tag, thing(world, 1).tag) == ("junk", "")


def test_in_game_loadouts() -> None:
    body = a.account()
    saved = {"loadouts": [{"items": [{"itemInstanceId": a.instance_id(5)}, {"itemInstanceId": "0"}]}]}
    body["characterLoadouts"] = {"data": {TITAN: saved}, "privacy": 1}
    world = world_of(profile_of(body))
    assert thing(world, 5).loadouts == {TITAN}
    assert thing(world, 1).loadouts == frozenset()


def test_a_whole_account_can_be_planned_with(world: World) -> None:
    every = tuple(Wanted(id=id) for id in world.things)
    for wish in (Move(items=every, to="vault"), Move(items=every, to=HUNTER), Move(items=every, to=TITAN, equip=True), Collect()):
        plan = plan_transfer(world, wish)
        assert plan == plan_transfer(world, wish)
        told = {refusal.item for refusal in plan.refusals} | set(plan.already) | {step.wanted for step in plan.steps}
        assert isinstance(wish, Collect) or {item.id for item in wish.items} <= told | {
            piece.id for step in plan.steps for piece in step.pieces
        }


def test_an_empty_account() -> None:
    body: dict[str, Any] = {"profile": {"data": {"characterIds": []}, "privacy": 1}}
    world = world_of(profile_of(body))
    assert (world.guardians, world.things) == ((), {})
    plan = plan_transfer(world, Collect())
    assert (plan.steps, plan.refusals) == ((), ())
