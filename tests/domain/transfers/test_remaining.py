"""What is left of a wish after some of its steps."""

from __future__ import annotations

import pytest
from tests.domain.transfers.referee import Referee
from tests.domain.transfers.test_moving import move
from tests.domain.transfers.worlds import HUNTER, TITAN, calls, gear, stack, waiting, world

from vaultraider.domain.transfers.planning import plan_transfer
from vaultraider.domain.transfers.remaining import durable, remaining
from vaultraider.domain.transfers.wishes import Collect, LockChange, MakeRoom, Move, Placement, Restore, SetLock, Wanted

SALT = world(stack(5, HUNTER, 30, place="postmaster"), stack(5, "account", 100), stack(5, "account", 20, 1))


def test_all_of_a_stack_is_a_number_from_then_on() -> None:
    wish = durable(move("s-5-account-1", "rifle", to="vault"), SALT)
    assert isinstance(wish, Move)
    assert [item.quantity for item in wish.items] == [20, 0]


def test_an_instance_stays_in_the_wish_and_the_world_says_where_it_is() -> None:
    wish = move("rifle", to=HUNTER)
    place = world(gear("rifle", TITAN))
    plan = plan_transfer(place, wish)
    for done, left in ((1, ["rifle to hunter"]), (2, [])):
        halfway = Referee(place).carry_out(plan.steps[:done])
        assert remaining(wish, plan.steps[:done]) == wish
        assert calls(plan_transfer(halfway, wish)) == left


@pytest.mark.parametrize(("done", "left"), [(0, ("s-5-account-0", 100)), (1, None)])
def test_of_a_stack_what_arrived_is_taken_off(done: int, left: tuple[str, int] | None) -> None:
    wish = durable(move("s-5-account-0", to="vault"), SALT)
    plan = plan_transfer(SALT, wish)
    expected = move(left[0], to="vault", quantity=left[1]) if left else None
    assert remaining(wish, plan.steps[:done]) == expected


def test_a_stack_on_its_way_is_found_where_it_is() -> None:
    wish = durable(move(f"s-5-{HUNTER}-0", to="vault"), SALT)
    plan = plan_transfer(SALT, wish)
    assert [step.kind for step in plan.steps] == ["pull", "transfer"]
    assert remaining(wish, plan.steps[:1]) == move("s-5-account-0", to="vault", quantity=30)
    assert remaining(wish, plan.steps) is None


def test_what_was_given_up_is_left_out() -> None:
    assert remaining(move("a", "b", to="vault"), (), frozenset({"a"})) == move("b", to="vault")
    assert remaining(move("a", to="vault"), (), frozenset({"a"})) is None
    assert remaining(SetLock(items=("a", "b"), state=True), (), frozenset({"b"})) == SetLock(items=("a",), state=True)
    assert remaining(SetLock(items=("a",), state=True), (), frozenset({"a"})) is None
    locks = (LockChange("a", True), LockChange("b", True))
    assert remaining(Restore(locks=locks), (), frozenset({"a"})) == Restore(locks=locks[1:])
    assert remaining(MakeRoom(store="vault"), (), frozenset({"a"})) == MakeRoom(store="vault")


def test_what_was_pulled_goes_on_to_where_all_of_it_goes() -> None:
    place = world(waiting("a", TITAN), waiting("b", TITAN), stack(5, TITAN, 3, place="postmaster"))
    wish = Collect(to="vault")
    plan = plan_transfer(place, wish)
    for stop in range(len(plan.steps) + 1):
        halfway = Referee(place).carry_out(plan.steps[:stop])
        left = remaining(wish, plan.steps[:stop], frozenset())
        assert left is not None
        after = Referee(halfway).carry_out(plan_transfer(halfway, left).steps)
        assert {thing.store for thing in after.things.values()} == {"vault"}, stop


def test_what_stays_in_the_postmaster_is_not_asked_for_again() -> None:
    left = remaining(Collect(), (), frozenset({"a"}))
    assert left == Collect(without=("a",))
    place = world(waiting("a", TITAN), waiting("b", TITAN))
    assert calls(plan_transfer(place, left)) == ["pull b to titan"]


def test_what_we_moved_halfway_back_was_not_moved_by_another() -> None:
    wish = Restore(placements=(Placement(id="rifle", hash=1, was=HUNTER, left=TITAN, instance="rifle"),))
    place = world(gear("rifle", TITAN))
    plan = plan_transfer(place, wish)
    halfway = Referee(place).carry_out(plan.steps[:1])
    left = remaining(wish, plan.steps[:1])
    assert left is not None
    assert calls(plan_transfer(halfway, left)) == ["rifle to hunter"]


def test_a_stack_that_went_back_is_done() -> None:
    placement = Placement(id="s-5-account-0", hash=5, was="account", left="vault", quantity=30)
    place = world(stack(5, "vault", 100))
    plan = plan_transfer(place, Restore(placements=(placement,)))
    assert remaining(Restore(placements=(placement,)), plan.steps) is None
    assert remaining(move("x", to="vault"), ()) == Move(items=(Wanted(id="x"),), to="vault")
