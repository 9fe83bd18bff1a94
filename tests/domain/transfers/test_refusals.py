"""Every refusal that planning knows: its code, and one sentence with the item, the reason, and what would help."""

from __future__ import annotations

from typing import get_args

import pytest
from tests.domain.transfers.test_moving import move
from tests.domain.transfers.worlds import (
    EMBLEM,
    ENERGY,
    HELMET,
    HUNTER,
    KINETIC,
    QUESTS,
    TITAN,
    WARLOCK,
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
from vaultraider.domain.transfers.plans import RefusalCode
from vaultraider.domain.transfers.wishes import POSTMASTER, AnyWish, Placement, Restore, SetLock, SetTracked
from vaultraider.domain.transfers.world import World

NAMED = {"name": "Sable Verdict"}
FULL = [thing for store in (TITAN, HUNTER, WARLOCK) for thing in dressed(store, carried=9)]
BOUND = filled(TITAN, KINETIC, 9, stuck="not-transferrable", equippable=False)
LOCKED = filled(TITAN, KINETIC, 9, locked=True)

REFUSALS: dict[str, tuple[RefusalCode, World, AnyWish, str]] = {
    "nothing of that id": (
        "gone",
        world(),
        move("rifle", to=TITAN),
        "An item of this wish (rifle) is nowhere in the inventory any more. Refresh and choose again.",
    ),
    "no such store": (
        "no-such-store",
        world(gear("rifle", "vault", **NAMED)),
        move("rifle", to="7"),
        "There is no such place to move to. Choose a guardian or the vault.",
    ),
    "not shared": (
        "no-such-store",
        world(gear("rifle", "vault", **NAMED)),
        move("rifle", to="account"),
        "Sable Verdict is not shared by all guardians. Choose a guardian or the vault.",
    ),
    "with nobody": (
        "no-such-store",
        world(gear("rifle", "7", **NAMED)),
        move("rifle", to=TITAN),
        "Sable Verdict is with a guardian that is not there any more. Refresh and try again.",
    ),
    "bound": (
        "not-transferrable",
        world(gear("rifle", TITAN, stuck="not-transferrable", **NAMED)),
        move("rifle", to="vault"),
        "Sable Verdict stays with Brannoch: the game does not let it be moved. Nothing can change that.",
    ),
    "bound, in a postmaster": (
        "not-transferrable",
        world(waiting("rifle", TITAN, bound=True, **NAMED)),
        move("rifle", to="vault"),
        "Sable Verdict can be taken out of the postmaster, but not moved any further. Collect it to Brannoch.",
    ),
    "no place in the vault": (
        "no-vault-slot",
        world(gear("rifle", TITAN, QUESTS, stuck="no-vault-slot", **NAMED)),
        move("rifle", to=HUNTER),
        "Sable Verdict stays with Brannoch: the vault has no place for items of its slot, and every move "
        "between guardians goes "
        "through the vault. Use it where it is.",
    ),
    "a slot that the vault does not know": (
        "no-vault-slot",
        world(gear("rifle", TITAN, EMBLEM, **NAMED)),
        move("rifle", to="vault"),
        "Sable Verdict stays with Brannoch: the vault has no place for items of its slot, and every move "
        "between guardians goes "
        "through the vault. Use it where it is.",
    ),
    "side effects": (
        "pull-side-effects",
        world(waiting("rifle", TITAN, stuck="pull-side-effects", **NAMED)),
        move("rifle", to=TITAN),
        "Sable Verdict stays in the postmaster of Brannoch: taking it from the postmaster would do something "
        "else as well. Collect "
        "it in the game.",
    ),
    "nothing to wear": (
        "not-equippable",
        world(gear("rifle", TITAN, equippable=False, **NAMED)),
        move("rifle", to=TITAN, equip=True),
        "Sable Verdict is nothing that can be equipped. Move it without equipping.",
    ),
    "a stack that says it can be worn": (
        "not-equippable",
        world(stack(5, "vault", 5, equippable=True)),
        move("s-5-vault-0", to=TITAN, equip=True),
        "Ember Salt can only be equipped by a guardian. Choose one of them.",
    ),
    "the vault wears nothing": (
        "not-equippable",
        world(gear("rifle", TITAN, **NAMED)),
        move("rifle", to="vault", equip=True),
        "Sable Verdict can only be equipped by a guardian. Choose one of them.",
    ),
    "class": (
        "wrong-class",
        world(gear("hood", "vault", HELMET, guardian=2, name="Quiet Hood")),
        move("hood", to=HUNTER, equip=True),
        "Quiet Hood is for a Warlock, and Ilse Varr is a Hunter. Move it without equipping, or to a Warlock.",
    ),
    "level": (
        "level",
        world(gear("rifle", "vault", level=60, **NAMED)),
        move("rifle", to=TITAN, equip=True),
        "Sable Verdict asks for level 60, and Brannoch is at 50. Move it and equip it later.",
    ),
    "a slot full of what cannot move": (
        "no-space",
        world(gear("rifle", "vault", **NAMED), worn("on", TITAN), BOUND),
        move("rifle", to=TITAN),
        "Sable Verdict stays in the vault: Brannoch has no free place for kinetic weapons (of 10 there, 9 "
        "cannot be moved). Move or "
        "dismantle one of them, then try again.",
    ),
    "a slot full of what is locked": (
        "no-space",
        world(gear("rifle", "vault", **NAMED), worn("on", TITAN, locked=True), LOCKED, keep_locked=True),
        move("rifle", to=TITAN),
        "Sable Verdict stays in the vault: Brannoch has no free place for kinetic weapons (of 10 there, 10 are "
        "locked). Move or "
        "dismantle one of them, then try again.",
    ),
    "a full vault, and everybody full": (
        "no-space",
        world(FULL, filled("vault", KINETIC, 2), vault=2),
        move("titan-kinetic-0", to="vault"),
        "titan-kinetic-0 stays with Brannoch: the vault is full. Take something out of it, then try again.",
    ),
    "one stack of a label": (
        "unique-stack",
        world(
            stack(5, "vault", 5, unique="chip", name="Polaris Chip"), stack(5, "account", 99, unique="chip", name="Polaris Chip")
        ),
        move("s-5-vault-0", to=TITAN),
        "Polaris Chip stays in the vault: the shared inventory holds Polaris Chip already, and the game allows "
        "one. Use up or move "
        "the other one first, or move fewer.",
    ),
    "one of a label in the vault, through which it would pass": (
        "unique-stack",
        world(gear("a", TITAN, unique="lantern", name="Lantern"), gear("b", "vault", unique="lantern", name="Lantern")),
        move("a", to=HUNTER),
        "Lantern stays with Brannoch: the vault holds Lantern already, where it must pass or lie, and the game "
        "allows one. Use up or "
        "move the other one first, or move fewer.",
    ),
    "nothing else to wear": (
        "no-replacement",
        world(worn("rifle", TITAN, **NAMED)),
        move("rifle", to="vault"),
        "Sable Verdict stays on: Brannoch wears it, and nothing else among the kinetic weapons can be put on instead. "
        "Get something else to wear there first.",
    ),
    "an exotic that cannot come off": (
        "equipped-elsewhere",
        world(exotic("new", TITAN), worn("on", TITAN), exotic("old", TITAN, ENERGY, place="equipped", **NAMED)),
        move("new", to=TITAN, equip=True),
        "new stays as it is: Brannoch wears Sable Verdict, and only one exotic of its kind can be worn. "
        "Get something else to wear among the energy weapons first.",
    ),
    "two for one slot": (
        "equipped-elsewhere",
        world(gear("a", TITAN, name="Lamplighter"), gear("b", TITAN, **NAMED), worn("on", TITAN)),
        move("a", "b", to=TITAN, equip=True),
        "Sable Verdict stays as it is: Lamplighter is to be equipped in the same slot. Choose one of the two.",
    ),
    "two exotics": (
        "equipped-elsewhere",
        world(exotic("a", TITAN, name="Lamplighter"), exotic("b", TITAN, ENERGY, **NAMED), worn("on", TITAN)),
        move("a", "b", to=TITAN, equip=True),
        "Sable Verdict stays as it is: Lamplighter is to be equipped with it: only one exotic of their kind can "
        "be worn. Choose one "
        "of the two.",
    ),
    "more than there is": (
        "quantity",
        world(stack(5, "account", 50)),
        move("s-5-account-0", to="vault", quantity=51),
        "51 Ember Salt were asked for, and there are 50 in the shared inventory. Ask for fewer.",
    ),
    "no lock": (
        "not-lockable",
        world(stack(5, "account", 50)),
        SetLock(items=("s-5-account-0",), state=True),
        "Ember Salt cannot be locked: the game has no lock for it. Tag it to remember it.",
    ),
    "nothing to track": (
        "not-trackable",
        world(gear("rifle", TITAN, **NAMED)),
        SetTracked(items=("rifle",), state=True),
        "Sable Verdict cannot be tracked: only quests and bounties can. Choose one of those.",
    ),
    "moved since": (
        "moved-since",
        world(gear("rifle", HUNTER, **NAMED)),
        Restore(placements=(Placement(id="rifle", hash=1, was=TITAN, left="vault", instance="rifle"),)),
        "Sable Verdict is no longer in the vault as this left it, so it stays where it is now. Move it by hand "
        "if it should go back.",
    ),
    "out of the postmaster for good": (
        "cannot-return",
        world(gear("rifle", TITAN, **NAMED)),
        Restore(placements=(Placement(id="rifle", hash=1, was=POSTMASTER, left=TITAN, instance="rifle"),)),
        "Sable Verdict came out of a postmaster, and nothing can be put back there. It stays.",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_refusal_says_what_why_and_what_helps(case: str) -> None:
    code, place, wish, sentence = REFUSALS[case]
    plan = plan_transfer(place, wish)
    assert [(refusal.code, refusal.sentence) for refusal in plan.refusals] == [(code, sentence)]
    stays = [step for step in plan.steps if step.wanted == plan.refusals[0].item]
    assert stays == [], "nothing was begun for it"


def test_every_code_that_planning_gives_has_a_case() -> None:
    given_while_carrying_out = {"refused-by-bungie", "unconfirmed"}
    assert {code for code, *_ in REFUSALS.values()} == set(get_args(RefusalCode)) - given_while_carrying_out


def test_the_same_is_moved_when_it_need_not_be_equipped() -> None:
    """Another class's armour may be carried."""
    place = world(gear("hood", "vault", HELMET, guardian=2))
    assert not plan_transfer(place, move("hood", to=HUNTER)).refusals
