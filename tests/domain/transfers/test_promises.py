"""What every plan promises, in worlds and for wishes by chance."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.domain.transfers.chance import Chance
from tests.domain.transfers.referee import Referee

from vaultraider.domain import hashes
from vaultraider.domain.transfers.planning import plan_transfer
from vaultraider.domain.transfers.plans import Plan, Step
from vaultraider.domain.transfers.remaining import durable, remaining
from vaultraider.domain.transfers.wishes import AskedWish, Collect, MakeRoom, Move, SetLock
from vaultraider.domain.transfers.world import World

EXAMPLES = int(os.environ.get("VAULTRAIDER_PLANS", "400"))
SEEDS = st.integers(min_value=0, max_value=2**32)


@settings(max_examples=EXAMPLES, deadline=None)
@given(SEEDS)
def test_a_plan_can_be_carried_out_and_keeps_its_word(seed: int) -> None:
    chance = Chance(seed)
    before = chance.world()
    wish = chance.wish(before)
    frozen = dict(before.things)
    plan = plan_transfer(before, wish)
    after = Referee(before).carry_out(plan.steps)
    assert before.things == frozen, "planning changes nothing"
    assert plan_transfer(before, wish) == plan, "the same again"
    keeps_its_word(before, after, wish, plan)
    disturbs_nothing_it_must_not(before, wish, plan)
    speaks(plan)
    nothing_is_left(before, after, wish, plan)


def keeps_its_word(before: World, after: World, wish: AskedWish, plan: Plan) -> None:
    """All that was asked for is so afterwards, or is refused with a reason."""
    refused = {refusal.item for refusal in plan.refusals}
    if isinstance(wish, Move):
        for item in wish.items:
            assert item.id in refused or is_there(before, after, wish, item.id, plan), item.id
    elif isinstance(wish, Collect):
        whose = wish.characters or tuple(guardian.id for guardian in before.guardians)
        left = {each.id for each in before.things.values() if each.in_postmaster and each.store in whose}
        still = [each for each in after.things.values() if each.in_postmaster and each.instance]
        assert {each.id for each in still if each.store in whose} <= refused
        assert refused <= left
    elif isinstance(wish, MakeRoom):
        assert plan.refusals or all(free(after, wish.store, bucket) >= wish.slots for bucket in buckets_of(wish))
    else:
        for id in set(wish.items) - refused:
            thing = after.things[id]
            assert (thing.locked if isinstance(wish, SetLock) else thing.tracked) == wish.state


def is_there(before: World, after: World, wish: Move, id: str, plan: Plan) -> bool:
    thing = before.things[id]
    target = "account" if thing.account and wish.to != "vault" else wish.to
    if not thing.instance:
        wanted = next(item for item in wish.items if item.id == id).quantity or thing.quantity
        went = sum(
            step.quantity for step in plan.steps if step.wanted == id and step.arrives and step.kind in ("transfer", "pull")
        )
        return id in plan.already or went == wanted
    there = after.things[id]
    placed = there.store == target and not there.in_postmaster
    on = there.equipped if wish.equip else (len(wish.items) > 1 or not there.equipped or id in plan.already)
    return placed and on


def free(world: World, store: str, bucket: int) -> int:
    lying = [each for each in world.things.values() if each.store == store and not each.in_postmaster]
    if store == "vault":
        return world.vault_capacity - len(lying)
    return world.capacities.get(bucket, 10**6) - sum(each.slot == bucket for each in lying)


def buckets_of(wish: MakeRoom) -> tuple[int, ...]:
    return (wish.bucket,) if wish.bucket else hashes.GEAR_BUCKETS


def disturbs_nothing_it_must_not(before: World, wish: AskedWish, plan: Plan) -> None:
    wished = {item.id for item in wish.items} if isinstance(wish, Move) else set()
    for step in plan.steps:
        moves = step.kind in ("transfer", "pull")
        if step.why in ("room", "replacement", "one-exotic"):
            for piece in step.pieces:
                assert piece.id not in wished or not piece.instance, "what is wished is not moved aside and stands in for nothing"
        if step.why == "room" and moves and before.keep_locked:
            assert not before.things[step.piece.instance or step.piece.id].locked if step.piece.instance else True
        if step.why in ("replacement", "one-exotic") and step.kind == "equip":
            assert not before.things[step.piece.id].exotic or "nothing else" in step.reason, "no exotic by accident"
    put_on = {piece.id for step in plan.steps if step.kind in ("equip", "equip-all") for piece in step.pieces}
    for n, step in enumerate(plan.steps):
        if step.why == "room" and step.kind == "transfer":
            earlier = {piece.id for each in plan.steps[:n] if each.kind in ("equip", "equip-all") for piece in each.pieces}
            assert step.piece.id not in earlier & put_on, "what was just put on stays on"


def speaks(plan: Plan) -> None:
    assert plan.title
    assert "  " not in plan.title
    for text in [*(step.reason for step in plan.steps), *(refusal.sentence for refusal in plan.refusals)]:
        assert text[0].isupper(), text
        assert text.endswith("."), text
        assert "None" not in text
    assert len({refusal.item for refusal in plan.refusals if refusal.item}) == sum(bool(each.item) for each in plan.refusals)


def nothing_is_left(before: World, after: World, wish: AskedWish, plan: Plan) -> None:
    """Planned again with what is left of it, a wish that was fulfilled needs no more calls."""
    left = remaining(durable(wish, before), plan.steps)
    again = plan_transfer(replace(after, full=frozenset()), left) if left is not None else Plan(title="")
    if not plan.refusals:
        assert again.steps == ()
        assert again.refusals == ()


@settings(max_examples=EXAMPLES // 2, deadline=None)
@given(SEEDS, st.integers(0, 30))
def test_a_plan_that_stops_halfway_goes_on(seed: int, stop: int) -> None:
    """Whatever was done of it: what is left of the wish, planned in the world as it is then, ends where the first plan would."""
    chance = Chance(seed)
    before = chance.world()
    wish = durable(chance.wish(before), before)
    plan = plan_transfer(before, wish)
    done = plan.steps[:stop]
    halfway = Referee(before).carry_out(done)
    left = remaining(wish, done)
    again = plan_transfer(halfway, left) if left is not None else Plan(title="")
    after = Referee(halfway).carry_out(again.steps)
    if isinstance(wish, Move) and not plan.refusals and not again.refusals:
        moved = {item.id for item in wish.items}
        for thing in (after.things[id] for id in moved if id in after.things and after.things[id].instance):
            assert thing.store == wish.to
        assert arrived([*done, *again.steps], wish) == arrived(plan.steps, wish)


def arrived(steps: Sequence[Step], wish: Move) -> Counter[int]:
    """Of what the wish names in stacks, how many were brought where they should be."""
    wished = {int(item.id.split("-")[1]) for item in wish.items if item.id.startswith("s-")}
    brought = [step for step in steps if step.arrives and step.piece.hash in wished and not step.piece.instance]
    return sum((Counter({step.piece.hash: step.quantity}) for step in brought), Counter())
