"""Collecting, locking, tracking, making room, and taking back."""

from __future__ import annotations

from typing import Any

from tests.domain.transfers.referee import Referee
from tests.domain.transfers.worlds import (
    EMBLEM,
    ENERGY,
    HUNTER,
    KINETIC,
    QUESTS,
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
from vaultraider.domain.transfers.wishes import (
    POSTMASTER,
    AnyWish,
    Collect,
    LockChange,
    MakeRoom,
    Placement,
    Restore,
    SetLock,
    SetTracked,
)
from vaultraider.domain.transfers.world import World


def planned(place: World, wish: AnyWish) -> Plan:
    plan = plan_transfer(place, wish)
    Referee(place).carry_out(plan.steps)
    return plan


def told(plan: Plan) -> list[tuple[str, str]]:
    return [(refusal.item, refusal.code) for refusal in plan.refusals]


# Collect


def test_everything_out_of_the_postmaster() -> None:
    place = world(waiting("a", TITAN), waiting("b", HUNTER), stack(5, TITAN, 9, place="postmaster"), waiting("engram", TITAN, 9))
    plan = planned(place, Collect())
    salt = f"9 s-5-{TITAN}-0"
    assert calls(plan) == [f"pull {salt} to account", "pull a to titan", "pull engram to titan", "pull b to hunter"]
    assert plan.title == "Collect everything in the postmaster"
    assert all(step.arrives and step.from_postmaster for step in plan.steps)


def test_one_character_to_the_vault() -> None:
    plan = planned(world(waiting("a", TITAN), waiting("b", HUNTER)), Collect(characters=(HUNTER,), to="vault"))
    assert calls(plan) == ["pull b to hunter", "b to vault"]
    assert plan.title == "Collect Ilse Varr's postmaster to the vault"


def test_a_full_vault_gives_way_to_the_postmaster() -> None:
    found = [waiting(f"find-{n}", TITAN) for n in range(3)]
    place = world(found, dressed(TITAN, carried=9), filled("vault", ENERGY, 4), vault=4)
    plan = planned(place, Collect())
    assert [step.why for step in plan.steps] == ["room", "room", "wished"] * 3
    assert {step.target for step in plan.steps if step.source == "vault"} == {WARLOCK}
    assert not plan.refusals


def test_more_of_a_slot_than_fits_moves_on_to_the_vault() -> None:
    """Out of the postmaster is what was asked; where it lies then is not."""
    found = [waiting(f"find-{n:02}", TITAN, power=n) for n in range(12)]
    plan = planned(world(found, dressed(TITAN)), Collect())
    assert not plan.refusals
    assert sum(step.kind == "pull" for step in plan.steps) == 12
    assert [step.piece.id for step in plan.steps if step.kind == "transfer"] == ["find-00", "find-01", "find-02"]


def test_what_cannot_be_pulled_is_told_and_the_rest_goes() -> None:
    things = [
        waiting("trap", TITAN, stuck="pull-side-effects"),
        waiting("parcel", TITAN, stuck="not-transferrable"),
        waiting("lantern", TITAN, unique="lantern"),
        gear("other", TITAN, unique="lantern"),
        waiting("fine", TITAN),
    ]
    plan = planned(world(things), Collect())
    assert calls(plan) == ["pull fine to titan"]
    assert set(told(plan)) == {("trap", "pull-side-effects"), ("parcel", "not-transferrable"), ("lantern", "unique-stack")}


def test_an_empty_postmaster_needs_nothing() -> None:
    plan = planned(world(dressed(TITAN)), Collect())
    assert (plan.steps, plan.refusals) == ((), ())


def test_whom_nobody_knows_has_no_postmaster() -> None:
    assert told(planned(world(waiting("a", TITAN)), Collect(characters=("7",)))) == [("", "no-such-store")]
    assert told(planned(world(waiting("a", TITAN)), Collect(to="nowhere"))) == [("", "no-such-store")]


# Lock and track


def test_locks_many_wherever_they_are() -> None:
    place = world(gear("a", TITAN), gear("b", "vault"), worn("c", HUNTER), waiting("d", WARLOCK), gear("e", TITAN, locked=True))
    plan = planned(place, SetLock(items=("a", "b", "c", "d", "e", "a"), state=True))
    assert calls(plan) == ["a lock on", "b lock on", "c lock on", "d lock on"]
    assert [step.character for step in plan.steps] == [TITAN, TITAN, HUNTER, WARLOCK]
    assert plan.already == ("e",)
    assert plan.title == "Lock 5 items"


def test_what_has_no_lock_is_told() -> None:
    place = world(gear("emblem", TITAN, EMBLEM, lockable=False), stack(5, "account", 5), gear("a", TITAN, locked=True))
    plan = planned(place, SetLock(items=("emblem", "s-5-account-0", "nothing", "a"), state=False))
    assert calls(plan) == ["a lock off"]
    assert told(plan) == [("emblem", "not-lockable"), ("s-5-account-0", "not-lockable"), ("nothing", "gone")]


def test_tracks_quests_only() -> None:
    place = world(gear("quest", HUNTER, QUESTS, trackable=True), gear("rifle", TITAN))
    plan = planned(place, SetTracked(items=("quest", "rifle"), state=True))
    assert calls(plan) == ["quest track on"]
    assert told(plan) == [("rifle", "not-trackable")]
    assert planned(world(gear("q", HUNTER, QUESTS, trackable=True, tracked=True)), SetTracked(items=("q",), state=True)).already


# Room


def test_makes_room_in_one_slot() -> None:
    plan = planned(world(dressed(TITAN, carried=8)), MakeRoom(store=TITAN, bucket=KINETIC, slots=3))
    assert calls(plan) == ["titan-kinetic-0 to vault", "titan-kinetic-1 to vault"]
    assert plan.title == "Free 3 places for kinetic weapons on Brannoch"


def test_makes_room_in_every_slot_of_gear() -> None:
    place = world(dressed(TITAN, carried=9), dressed(TITAN, ENERGY, carried=9))
    assert calls(planned(place, MakeRoom(store=TITAN))) == ["titan-kinetic-0 to vault", "titan-energy-0 to vault"]


def test_makes_room_in_the_vault() -> None:
    plan = planned(world(filled("vault", KINETIC, 4), vault=4), MakeRoom(store="vault", slots=2))
    assert calls(plan) == ["vault-kinetic-3 to warlock", "vault-kinetic-2 to warlock"]
    assert plan.title == "Free 2 places in the vault"


def test_makes_room_in_the_shared_inventory() -> None:
    place = world([stack(n, "account", 5) for n in range(3)], capacities={SALTS: 3})
    assert calls(planned(place, MakeRoom(store="account"))) == ["5 s-0-account-0 to vault"]


def test_room_that_was_made_stays_free() -> None:
    """With a full vault, what leaves it for the second slot does not fill the first one again."""
    things = [
        *dressed(TITAN, carried=9),
        *dressed(TITAN, ENERGY, carried=9),
        *dressed(WARLOCK, carried=5),
        *filled("vault", KINETIC, 3),
    ]
    place = world(things, vault=3)
    after = Referee(place).carry_out(plan_transfer(place, MakeRoom(store=TITAN, slots=2)).steps)
    for slot in (KINETIC, ENERGY):
        assert sum(each.store == TITAN and each.slot == slot for each in after.things.values()) <= 8


def test_as_much_room_as_can_be_is_made_and_the_rest_told() -> None:
    things = [worn("on", TITAN), gear("free", TITAN), *filled(TITAN, KINETIC, 8, stuck="not-transferrable", equippable=False)]
    plan = planned(world(things), MakeRoom(store=TITAN, bucket=KINETIC, slots=3))
    assert calls(plan) == ["free to vault"]
    assert plan.refusals[0].sentence == (
        "Only 1 of 3 places can be free for kinetic weapons on Brannoch: nothing more there can move aside "
        "(of 9 there, 8 cannot be moved). Move or dismantle something there yourself."
    )
    assert told(planned(world(), MakeRoom(store="7"))) == [("", "no-such-store")]


# Taking back


def back(id: str, was: str, left: str, **more: Any) -> Placement:
    return Placement(id=id, hash=1, was=was, left=left, instance=id, **more)


def test_puts_back_what_was_moved_and_worn() -> None:
    """The rifle was put on Brannoch instead of the old one, which made room for it by sending another to the vault."""
    place = world(worn("rifle", TITAN), gear("old", TITAN), filled(TITAN, KINETIC, 8), gear("aside", "vault"))
    wish = Restore(
        placements=(back("rifle", "vault", TITAN), back("old", TITAN, TITAN, was_equipped=True), back("aside", TITAN, "vault"))
    )
    plan = planned(place, wish)
    assert calls(plan) == ["old on", "rifle to vault", "aside to titan"]
    assert plan.title == "Put 3 items back as before"
    assert planned(Referee(place).carry_out(plan.steps), wish).steps == ()


def test_what_moved_last_goes_back_first() -> None:
    """One left the full vault so that the rifle could pass; it goes back when the rifle has passed again."""
    place = world(gear("rifle", TITAN), gear("aside", WARLOCK), filled("vault", ENERGY, 3), vault=4)
    wish = Restore(placements=(back("aside", "vault", WARLOCK), back("rifle", HUNTER, TITAN)))
    assert calls(planned(place, wish)) == ["rifle to vault", "rifle to hunter", "aside to vault"]


def test_an_exotic_goes_back_on() -> None:
    place = world(
        exotic("new", TITAN, place="equipped"), worn("plain", TITAN, ENERGY), gear("first", TITAN), exotic("old", TITAN, ENERGY)
    )
    wish = Restore(
        placements=(
            back("new", TITAN, TITAN),
            back("first", TITAN, TITAN, was_equipped=True),
            back("plain", TITAN, TITAN),
            back("old", TITAN, TITAN, was_equipped=True),
        )
    )
    assert calls(planned(place, wish)) == ["first+old on"]


def test_a_stack_goes_back_by_its_number() -> None:
    placement = Placement(id="s-5-account-0", hash=5, was="account", left="vault", quantity=30)
    place = world(stack(5, "vault", 100), stack(5, "vault", 20, 1))
    plan = planned(place, Restore(placements=(placement,)))
    assert [(step.quantity, step.target) for step in plan.steps] == [(30, "account")]
    few = planned(world(stack(5, "vault", 20)), Restore(placements=(placement,)))
    assert told(few) == [("s-5-account-0", "moved-since")]


def test_what_moved_since_stays_and_is_told() -> None:
    wish = Restore(
        placements=(
            back("elsewhere", TITAN, "vault"),
            back("home", TITAN, "vault"),
            back("pulled", POSTMASTER, TITAN),
            back("gone", TITAN, "vault"),
        ),
        locks=(LockChange("home", True), LockChange("elsewhere", False)),
    )
    plan = planned(world(gear("elsewhere", HUNTER), gear("home", TITAN), gear("pulled", TITAN)), wish)
    assert calls(plan) == ["home lock on"]
    assert told(plan) == [("elsewhere", "moved-since"), ("pulled", "cannot-return"), ("gone", "gone")]
    assert plan.already == ("home", "elsewhere")
