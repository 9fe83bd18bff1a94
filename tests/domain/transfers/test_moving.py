"""Moving one thing or several: the calls, in order."""

from __future__ import annotations

import pytest
from tests.domain.transfers.referee import Referee
from tests.domain.transfers.worlds import (
    ENERGY,
    HELMET,
    HUNTER,
    KINETIC,
    SALTS,
    TITAN,
    WARLOCK,
    calls,
    dressed,
    exotic,
    filled,
    gear,
    stack,
    waiting,
    world,
    worn,
)

from vaultraider.domain.transfers.planning import plan_transfer
from vaultraider.domain.transfers.plans import Plan
from vaultraider.domain.transfers.wishes import Move, Wanted
from vaultraider.domain.transfers.world import Thing, World

RIFLE = gear("rifle", "vault")


def move(*ids: str, to: str, equip: bool = False, quantity: int = 0) -> Move:
    return Move(items=tuple(Wanted(id=id, quantity=quantity) for id in ids), to=to, equip=equip)


def planned(place: World, wish: Move) -> Plan:
    """The plan; the referee has seen it through."""
    plan = plan_transfer(place, wish)
    Referee(place).carry_out(plan.steps)
    return plan


FULL = [*dressed(TITAN, carried=9), *dressed(HUNTER, carried=9), *dressed(WARLOCK, carried=9)]

ONE_THING: dict[str, tuple[World, Move, list[str]]] = {
    "out of the vault": (world(RIFLE), move("rifle", to=TITAN), ["rifle to titan"]),
    "into the vault": (world(gear("rifle", TITAN)), move("rifle", to="vault"), ["rifle to vault"]),
    "between characters through the vault": (
        world(gear("rifle", TITAN)),
        move("rifle", to=HUNTER),
        ["rifle to vault", "rifle to hunter"],
    ),
    "equipped where it lies": (
        world(gear("rifle", TITAN), worn("old", TITAN)),
        move("rifle", to=TITAN, equip=True),
        ["rifle on"],
    ),
    "equipped on another": (
        world(gear("rifle", TITAN), worn("old", HUNTER)),
        move("rifle", to=HUNTER, equip=True),
        ["rifle to vault", "rifle to hunter", "rifle on"],
    ),
    "worn: something like it is put on first": (
        world(
            worn("rifle", TITAN),
            gear("cannon", TITAN, type="hand_cannon", power=200),
            gear("other", TITAN),
            exotic("shiny", TITAN, power=300),
        ),
        move("rifle", to="vault"),
        ["other on", "rifle to vault"],
    ),
    "worn, and nothing else carried: from the vault": (
        world(
            worn("rifle", TITAN), gear("weak", "vault", power=1), gear("strong", "vault", power=9), gear("hers", HUNTER, power=99)
        ),
        move("rifle", to="vault"),
        ["strong to titan", "strong on", "rifle to vault"],
    ),
    "worn, and only others have something": (
        world(worn("rifle", TITAN), gear("hers", HUNTER)),
        move("rifle", to="vault"),
        ["hers to vault", "hers to titan", "hers on", "rifle to vault"],
    ),
    "worn, and only another exotic is left": (
        world(exotic("rifle", TITAN, place="equipped"), exotic("shiny", TITAN)),
        move("rifle", to="vault"),
        ["shiny on", "rifle to vault"],
    ),
    "a worn exotic's replacement is a plain one from the vault rather than a carried exotic": (
        world(exotic("rifle", TITAN, place="equipped"), exotic("shiny", TITAN), gear("plain", "vault")),
        move("rifle", to="vault"),
        ["plain to titan", "plain on", "rifle to vault"],
    ),
    "taken off where it is worn": (world(worn("rifle", TITAN), gear("other", TITAN)), move("rifle", to=TITAN), ["other on"]),
    "an armour replacement that the class can wear": (
        world(
            worn("helm", TITAN, HELMET, guardian=0),
            gear("hood", TITAN, HELMET, guardian=1, power=900),
            gear("cap", TITAN, HELMET, guardian=0),
        ),
        move("helm", to="vault"),
        ["cap on", "helm to vault"],
    ),
    "one exotic weapon": (
        world(
            exotic("old", TITAN, ENERGY, place="equipped"),
            gear("plain", TITAN, ENERGY),
            worn("first", TITAN),
            exotic("new", TITAN),
        ),
        move("new", to=TITAN, equip=True),
        ["plain on", "new on"],
    ),
    "an exotic weapon beside exotic armour": (
        world(exotic("crown", TITAN, HELMET, place="equipped"), worn("first", TITAN), exotic("new", TITAN)),
        move("new", to=TITAN, equip=True),
        ["new on"],
    ),
    "an exotic for the exotic in its own slot": (
        world(exotic("old", TITAN, place="equipped"), exotic("new", TITAN)),
        move("new", to=TITAN, equip=True),
        ["new on"],
    ),
    "full slot: the weakest goes to the vault": (
        world(RIFLE, dressed(HUNTER, carried=9)),
        move("rifle", to=HUNTER),
        ["hunter-kinetic-0 to vault", "rifle to hunter"],
    ),
    "full vault: to whom was played longest ago": (
        world(gear("rifle", TITAN), filled("vault", KINETIC, 3), vault=3),
        move("rifle", to="vault"),
        ["vault-kinetic-2 to warlock", "rifle to vault"],
    ),
    "one place left in the vault: aside goes on to another character": (
        world(gear("rifle", TITAN), dressed(HUNTER, carried=9), filled("vault", KINETIC, 3), vault=4),
        move("rifle", to=HUNTER),
        ["hunter-kinetic-0 to vault", "hunter-kinetic-0 to warlock", "rifle to vault", "rifle to hunter"],
    ),
    "vault and target full": (
        world(gear("rifle", TITAN), dressed(HUNTER, carried=9), filled("vault", KINETIC, 3), vault=3),
        move("rifle", to=HUNTER),
        [
            "vault-kinetic-2 to warlock",
            "hunter-kinetic-0 to vault",
            "hunter-kinetic-0 to warlock",
            "rifle to vault",
            "rifle to hunter",
        ],
    ),
    "everything full but the place that it leaves": (
        world(FULL, filled("vault", KINETIC, 3), vault=4),
        move("titan-kinetic-8", to=HUNTER),
        ["titan-kinetic-8 to vault", "vault-kinetic-2 to titan", "hunter-kinetic-0 to vault", "titan-kinetic-8 to hunter"],
    ),
    "only the worn one can make room": (
        world(RIFLE, worn("old", TITAN), filled(TITAN, KINETIC, 9, stuck="not-transferrable")),
        move("rifle", to=TITAN),
        ["titan-kinetic-8 on", "old to vault", "rifle to titan"],
    ),
    "out of the postmaster": (world(waiting("find", TITAN)), move("find", to=TITAN), ["pull find to titan"]),
    "out of the postmaster to the vault": (
        world(waiting("find", TITAN)),
        move("find", to="vault"),
        ["pull find to titan", "find to vault"],
    ),
    "out of the postmaster to another": (
        world(waiting("find", TITAN)),
        move("find", to=HUNTER),
        ["pull find to titan", "find to vault", "find to hunter"],
    ),
    "out of the postmaster, bound": (
        world(waiting("knot", TITAN, bound=True)),
        move("knot", to=TITAN),
        ["pull knot to titan"],
    ),
    "part of a stack": (
        world(stack(5, "account", 50)),
        move("s-5-account-0", to="vault", quantity=3),
        ["3 s-5-account-0 to vault"],
    ),
    "a whole stack": (world(stack(5, "account", 50)), move("s-5-account-0", to="vault"), ["50 s-5-account-0 to vault"]),
    "a stack to any character goes to the pocket of all": (
        world(stack(5, "vault", 50)),
        move("s-5-vault-0", to=HUNTER),
        ["50 s-5-vault-0 to account"],
    ),
    "more than one stack holds, of a pile": (
        world(stack(5, "account", 100), stack(5, "account", 20, 1)),
        move("s-5-account-1", to="vault", quantity=110),
        ["110 s-5-account-1 to vault"],
    ),
    "a stack that merges needs no place": (
        world(stack(5, "account", 10), stack(5, "vault", 60), filled("vault", KINETIC, 2), vault=3),
        move("s-5-account-0", to="vault"),
        ["10 s-5-account-0 to vault"],
    ),
    "a full pocket: what merges goes aside": (
        world(
            stack(5, "vault", 50),
            stack(6, "vault", 50, name="Glass"),
            stack(6, "account", 40, name="Glass"),
            [stack(100 + n, "account", 100) for n in range(2)],
            capacities={SALTS: 3},
            vault=2,
        ),
        move("s-5-vault-0", to=TITAN),
        ["40 s-6-account-0 to vault", "50 s-5-vault-0 to account"],
    ),
    "a full vault: a stack merges out of it": (
        world(gear("rifle", TITAN), stack(5, "vault", 10), stack(5, "account", 10), FULL[10:], vault=1),
        move("rifle", to="vault"),
        ["10 s-5-vault-0 to account", "rifle to vault"],
    ),
    "a twin with another lock": (
        world(gear("rifle", TITAN, hash=7, locked=True), gear("twin", TITAN, hash=7)),
        move("rifle", to="vault"),
        ["rifle to vault", "rifle lock on"],
    ),
    "a twin with the same lock": (
        world(gear("rifle", TITAN, hash=7, locked=True), gear("twin", TITAN, hash=7, locked=True)),
        move("rifle", to="vault"),
        ["rifle to vault"],
    ),
    "a twin in the vault on the way": (
        world(gear("rifle", TITAN, hash=7), gear("twin", "vault", hash=7, locked=True)),
        move("rifle", to=HUNTER),
        ["rifle to vault", "rifle to hunter", "rifle lock off"],
    ),
}


@pytest.mark.parametrize("case", ONE_THING)
def test_one_thing(case: str) -> None:
    place, wish, expected = ONE_THING[case]
    plan = planned(place, wish)
    assert calls(plan) == expected
    assert not plan.refusals


@pytest.mark.parametrize(
    ("place", "wish"),
    [
        (world(RIFLE), move("rifle", to="vault")),
        (world(gear("rifle", TITAN)), move("rifle", to=TITAN)),
        (world(worn("rifle", TITAN)), move("rifle", to=TITAN, equip=True)),
        (world(stack(5, "account", 5)), move("s-5-account-0", to=HUNTER)),
    ],
    ids=["vault", "character", "worn", "pocket"],
)
def test_what_is_so_already_needs_no_call(place: World, wish: Move) -> None:
    plan = planned(place, wish)
    assert (plan.steps, plan.refusals) == ((), ())
    assert plan.already == (wish.items[0].id,)


def test_the_last_step_of_a_thing_arrives_and_says_so() -> None:
    plan = planned(world(gear("rifle", TITAN), dressed(HUNTER, carried=9)), move("rifle", to=HUNTER, equip=True))
    assert [(step.why, step.arrives, step.wanted) for step in plan.steps] == [
        ("room", False, "rifle"),
        ("transit", False, "rifle"),
        ("wished", False, "rifle"),
        ("wished", True, "rifle"),
    ]
    assert [piece.id for piece in plan.steps[-1].replaces] == ["hunter-kinetic-worn"]
    assert plan.title == "Equip rifle on Ilse Varr"


def test_a_stack_remembers_how_many_lay_where() -> None:
    place = world(stack(5, "account", 100), stack(5, "account", 20, 1), stack(5, "vault", 7))
    plan = planned(place, move("s-5-account-1", "s-5-account-0", to="vault"))
    assert [step.amounts for step in plan.steps] == [(120, 7), (100, 27)]


# Several


def test_several_equips_are_one_call_with_exotics_last() -> None:
    place = world(
        exotic("shiny", "vault"),
        gear("plain", "vault", ENERGY),
        gear("helm", TITAN, HELMET),
        worn("a", TITAN),
        exotic("b", TITAN, ENERGY, place="equipped"),
        worn("c", TITAN, HELMET),
    )
    plan = planned(place, move("shiny", "plain", "helm", to=TITAN, equip=True))
    assert calls(plan) == ["shiny to titan", "plain to titan", "plain+helm+shiny on"]
    assert (plan.steps[-1].kind, plan.steps[-1].wanted, plan.steps[-1].arrives) == ("equip-all", "", True)
    assert plan.title == "Equip 3 items on Brannoch"


def test_items_of_the_wish_are_not_put_on_in_place_of_each_other() -> None:
    """The best replacement is on its way to the vault, too."""
    place = world(worn("rifle", TITAN), gear("natural", TITAN, power=900), gear("left", TITAN, type="bow", power=1))
    plan = planned(place, move("rifle", "natural", to="vault"))
    assert calls(plan) == ["natural to vault", "left on", "rifle to vault"]


def test_what_comes_out_of_the_vault_makes_room_for_what_passes_it() -> None:
    place = world(gear("hers", HUNTER), gear("rifle", "vault"), filled("vault", ENERGY, 2), vault=3)
    plan = planned(place, move("hers", "rifle", to=TITAN))
    assert calls(plan) == ["rifle to titan", "hers to vault", "hers to titan"]


def test_a_search_result_goes_as_far_as_there_is_room_and_the_rest_is_told() -> None:
    found = filled("vault", KINETIC, 14)
    place = world(found, dressed(TITAN, carried=4), vault=14)
    plan = planned(place, move(*(each.id for each in found), to=TITAN))
    assert sum(step.why == "wished" for step in plan.steps) == 9
    assert len(plan.refusals) == 5
    assert {refusal.code for refusal in plan.refusals} == {"no-space"}
    assert plan.refusals[0].sentence == (
        "vault-kinetic-9 stays in the vault: Brannoch has no free place for kinetic weapons "
        "(of 10 there, 9 belong to this wish). Move or dismantle one of them, then try again."
    )


def test_a_worn_item_among_many_stays_on() -> None:
    place = world(dressed(TITAN, carried=1), RIFLE)
    plan = planned(place, move("rifle", "titan-kinetic-worn", to=TITAN))
    assert calls(plan) == ["rifle to titan"]
    assert plan.already == ("titan-kinetic-worn",)


def test_an_id_that_is_named_twice_is_one() -> None:
    assert calls(planned(world(RIFLE), move("rifle", "rifle", to=TITAN))) == ["rifle to titan"]
    salt = world(stack(5, "account", 50))
    assert calls(planned(salt, move("s-5-account-0", "s-5-account-0", to="vault", quantity=4))) == ["8 s-5-account-0 to vault"]


# What moves aside: the first difference decides

LEFT: dict[str, tuple[Thing, Thing]] = {
    "an engram": (gear("a", HUNTER, engram=True, moved=9.0, power=999), gear("b", HUNTER, tag="archive")),
    "moved longest ago": (gear("a", HUNTER, moved=1.0, loadouts=frozenset({HUNTER})), gear("b", HUNTER, moved=2.0)),
    "in no loadout of the holder": (gear("a", HUNTER, guardian=1), gear("b", HUNTER, loadouts=frozenset({HUNTER}), guardian=2)),
    "nothing the holder could wear": (gear("a", HUNTER, guardian=2, tag="favorite"), gear("b", HUNTER, tag="archive")),
    "archive before infuse": (gear("a", HUNTER, tag="archive", power=9), gear("b", HUNTER, tag="infuse", power=1)),
    "infuse before none": (gear("a", HUNTER, tag="infuse", power=9), gear("b", HUNTER, power=1)),
    "none before junk": (gear("a", HUNTER, power=9), gear("b", HUNTER, tag="junk", power=1)),
    "junk before keep": (gear("a", HUNTER, tag="junk", power=9), gear("b", HUNTER, tag="keep", power=1)),
    "keep before favourite": (gear("a", HUNTER, tag="keep", power=9), gear("b", HUNTER, tag="favorite", power=1)),
    "the less rare": (gear("a", HUNTER, tier=4, power=9), gear("b", HUNTER, power=1)),
    "the weaker": (gear("a", HUNTER, power=1), gear("b", HUNTER, power=9)),
    "the unlocked": (gear("b", HUNTER), gear("a", HUNTER, locked=True)),
}


@pytest.mark.parametrize("case", LEFT)
def test_what_leaves_a_character(case: str) -> None:
    first, second = LEFT[case]
    place = world(RIFLE, worn("on", HUNTER), first, second, capacities={KINETIC: 3})
    assert calls(planned(place, move("rifle", to=HUNTER))) == [f"{first.id} to vault", "rifle to hunter"]


SQUEEZED: dict[str, tuple[Thing, Thing]] = {
    "moved longest ago": (gear("a", "vault", moved=1.0), gear("b", "vault", moved=2.0, power=999)),
    "in a loadout of who gets it": (gear("a", "vault", loadouts=frozenset({WARLOCK}), power=1), gear("b", "vault")),
    "what can be worn there": (gear("a", "vault", guardian=2, power=1), gear("b", "vault", guardian=0)),
    "junk before none": (gear("a", "vault", tag="junk", power=1), gear("b", "vault")),
    "none before keep": (gear("a", "vault", power=1), gear("b", "vault", tag="keep")),
    "infuse before archive": (gear("a", "vault", tag="infuse", power=1), gear("b", "vault", tag="archive")),
    "the rarer": (gear("a", "vault", power=1), gear("b", "vault", tier=4)),
    "the stronger": (gear("a", "vault", power=9), gear("b", "vault", power=1)),
    "no engram": (gear("a", "vault", power=1), gear("b", "vault", engram=True)),
}


@pytest.mark.parametrize("case", SQUEEZED)
def test_what_leaves_the_vault(case: str) -> None:
    first, second = SQUEEZED[case]
    place = world(gear("rifle", TITAN), first, second, vault=2)
    assert calls(planned(place, move("rifle", to="vault"))) == [f"{first.id} to warlock", "rifle to vault"]


def test_locked_ones_stay_when_the_player_says_so() -> None:
    place = world(RIFLE, worn("on", HUNTER), gear("a", HUNTER, locked=True, power=1), gear("b", HUNTER), capacities={KINETIC: 3})
    assert calls(planned(place, move("rifle", to=HUNTER)))[0] == "a to vault"
    kept = world(*place.things.values(), capacities={KINETIC: 3}, keep_locked=True)
    assert calls(planned(kept, move("rifle", to=HUNTER)))[0] == "b to vault"


def test_a_place_that_bungie_called_full_is_full() -> None:
    place = world(RIFLE, dressed(HUNTER, carried=2), full=frozenset({(HUNTER, KINETIC)}))
    assert calls(planned(place, move("rifle", to=HUNTER))) == ["hunter-kinetic-0 to vault", "rifle to hunter"]
    vault = world(gear("rifle", TITAN), gear("kept", "vault"), full=frozenset({("vault", KINETIC)}))
    assert calls(planned(vault, move("rifle", to="vault"))) == ["kept to warlock", "rifle to vault"]
