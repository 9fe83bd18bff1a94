"""What is asked for or done while something else is under way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from tests.transfers.house import ACTIONS, MovingHouse, steps_of

from vaultraider.domain.transfers.wishes import Move, SetLock, Wanted
from vaultraider.ports import TransferRecord
from vaultraider.simulator.world import VAULT, Item

WRITES = {"path": ACTIONS}


def test_there_and_back_before_anything_moved(house: MovingHouse) -> None:
    """The last word on an item is the last wish about it, also where that is so already while the earlier wish waits."""
    [id, *_] = house.pick("Brannoch")
    house.move(id, "vault")
    back = house.move(id, "Brannoch")
    assert not back.ended
    house.quiet()
    assert house.place(id) == "Brannoch"
    assert house.get(back).state == "done"
    house.is_the_truth()


def test_locked_and_unlocked_before_anything_was_sent(house: MovingHouse) -> None:
    [id, *_] = house.pick("vault")
    state = house.truth(id).locked
    house.ask(SetLock(items=(id,), state=not state))
    house.ask(SetLock(items=(id,), state=state))
    house.quiet()
    assert house.truth(id).locked is state


def test_so_already_beside_what_does_not_matter_to_it(house: MovingHouse) -> None:
    one, other, *_ = house.pick("vault", 2)
    house.move(one, "Brannoch")
    assert house.move(other, "vault").state == "done"


def test_a_worker_takes_up_what_ends_at_once(house: MovingHouse) -> None:
    """Between the two a worker may be quicker: whoever wrote last ends it, and nobody hears of a mistake."""
    [id, *_] = house.pick("vault")
    store = house.transfers._store
    real = store.take

    def take(transfer_id: int, now: datetime) -> TransferRecord | None:
        store.take = real  # type: ignore[method-assign]
        mine = real(transfer_id, now)
        real(transfer_id, now)  # The worker, who is alive.
        return mine

    store.take = take  # type: ignore[method-assign]
    asked = house.move(id, "vault")
    assert not asked.ended
    assert house.run(asked).state == "done"


def test_a_transfer_that_somebody_else_took_up_stops_no_other(house: MovingHouse) -> None:
    """The job goes on with what is its own."""
    first, second = house.pick("Ilse Varr", 2)[:2]
    records = [house.move(each, "vault") for each in (first, second)]
    store = house.transfers._store
    real = store.begin

    def begin(step_id: int, fence: int, now: Any) -> bool:
        store.begin = real  # type: ignore[method-assign]
        assert store.take(records[0].id, house.now) is not None
        return real(step_id, fence, now)

    store.begin = begin  # type: ignore[method-assign]
    house.work()
    assert [house.get(each).state for each in records] == ["running", "done"]
    house.quiet()
    assert [house.get(each).state for each in records] == ["done", "done"]
    jobs = house.wired.services.jobs.latest(kind="carry_out_transfers", limit=100)
    assert {each.state for each in jobs} <= {"done", "queued"}


@pytest.mark.parametrize("when", ["running", "waiting"])
def test_what_lost_its_lock_on_the_way_has_it_again_also_when_it_is_stopped(house: MovingHouse, when: str) -> None:
    by_kind: dict[tuple[int, str, int], list[Item]] = {}
    for each in house.account.items:
        if each.id and each.owner:
            by_kind.setdefault((each.hash, each.owner, each.bucket), []).append(each)
    twins = next(pair for pair in by_kind.values() if {each.locked for each in pair} == {True, False})
    locked = next(each.id for each in twins if each.locked and not each.equipped)
    bleeds = house.controls.fault("lock_bleed", count=1, match=WRITES)
    record = house.move(locked, "vault")
    actions = house.wired.services.bungie.actions
    real = actions.transfer

    def transfer(*given: Any, **named: Any) -> None:
        actions.transfer = real  # type: ignore[method-assign]
        if when == "running":
            house.transfers.cancel(house.user, record.id)
        real(*given, **named)
        if when == "waiting":
            house.controls.happen("systems", off=["Destiny2"])

    actions.transfer = transfer  # type: ignore[method-assign]
    house.work()
    if when == "waiting":
        assert house.get(record).state == "waiting"
        house.controls.happen("systems", off=[])
        house.transfers.cancel(house.user, record.id)
    house.quiet()
    # Nothing was left to stop but that.
    assert (house.get(record).state, bleeds.fired) == ("done" if when == "running" else "cancelled", 1)
    assert house.truth(locked).locked
    house.is_the_truth()


def test_who_tries_again_does_not_undo_what_the_player_did_since(house: MovingHouse) -> None:
    """What arrived is done with: only what stayed is tried again."""
    went, stayed = house.pick("Ilse Varr", 2)[:2]
    house.controls.fault("error", code=1671, count=1, match=WRITES | {"body": {"itemId": stayed}})
    record = house.move([went, stayed], "vault")
    house.work()
    assert house.get(record).state == "waiting"
    house.transfers.cancel(house.user, record.id)
    house.quiet()
    house.controls.happen("external_mutation", account="Marrow", deed="move", item=went, to="Ilse Varr")
    house.fresh()
    again = house.transfers.retry(house.user, record.id)
    assert (house.run(again).state, house.place(stayed), house.place(went)) == ("done", "vault", "Ilse Varr")


def test_what_goes_on_says_no_longer_that_it_waits(house: MovingHouse) -> None:
    [id, *_] = house.pick("vault")
    record = house.move(id, "Brannoch")
    house.controls.happen("systems", off=["Destiny2"])
    house.work()
    assert house.get(record).state == "waiting"
    taken = house.transfers._store.take(record.id, house.now)
    assert taken is not None
    assert (taken.state, taken.sentence) == ("running", None)


def test_what_the_game_took_back_is_not_taken_back(house: MovingHouse) -> None:
    """An undo is of what was done: the way into the vault, not the way out of it that only seemed to be."""
    [id, *_] = house.pick("Ilse Varr")
    record = house.run(house.move(id, "Brannoch"))
    last = next(each for each in reversed(record.steps) if each.step.arrives)
    house.transfers._store.settle({last.id: "contradicted"}, house.now)
    house.controls.happen("external_mutation", account="Marrow", deed="move", item=id, to="vault")
    house.fresh()
    assert house.get(record).steps[last.n - 1].settled == "contradicted"
    undone = house.run(house.transfers.undo(house.user, record.id))
    assert (undone.state, house.place(id)) == ("done", "Ilse Varr")


@pytest.mark.parametrize("fault", ["reset", "commit_then_fail"])
def test_two_stacks_of_one_item(house: MovingHouse, fault: str) -> None:
    """Of the first nobody knows whether it went. The second is not sent before that is known: amounts are all that tells."""
    first, second = (each for each in house.shown()["items"] if each["store"] == "account" and each.get("quantity") == 999)
    assert first["hash"] == second["hash"]
    before = amount(house, first["hash"], "vault")
    house.controls.fault(fault, count=1, match=WRITES, **({"code": 1618} if fault == "commit_then_fail" else {}))
    wanted = tuple(Wanted(id=each["id"], quantity=20) for each in (first, second))
    ended = house.run(house.ask(Move(items=wanted, to="vault")))
    house.quiet()
    assert (ended.state, amount(house, first["hash"], "vault")) == ("done", before + 40), steps_of(ended)
    house.is_the_truth()


def test_one_stack_in_two_wishes(house: MovingHouse) -> None:
    """Also where the second names another of its stacks."""
    first, second = (each for each in house.shown()["items"] if each["store"] == "account" and each.get("quantity") == 999)
    before = amount(house, first["hash"], "vault")
    house.controls.fault("reset", count=1, match=WRITES)
    for each in (first, second):
        house.ask(Move(items=(Wanted(id=each["id"], quantity=20),), to="vault"))
    house.quiet()
    assert amount(house, first["hash"], "vault") == before + 40
    house.is_the_truth()


def amount(house: MovingHouse, hash: int, store: str) -> int:
    lying = (each for each in house.account.items if each.hash == hash and (each.bucket == VAULT) == (store == "vault"))
    return sum(each.quantity for each in lying)
