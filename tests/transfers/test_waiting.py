"""What cannot be done now waits: Bungie is down, the player is in an activity, the sign-in has ended. It can be stopped, it goes
on by itself, and it does not wait for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.transfers.house import ACTIONS, MovingHouse, is_plain_weapon, steps_of

from vaultraider.domain.errors import Conflict, NotFound
from vaultraider.services.transfers import sentences

WRITES = {"path": ACTIONS}


def down(house: MovingHouse, on: bool = True) -> None:
    house.controls.happen("systems", off=["Destiny2"] if on else [])


def test_maintenance_is_waited_for(house: MovingHouse) -> None:
    [id, *_] = house.pick("vault")
    record = house.move(id, "Brannoch")
    down(house)
    house.work()
    waiting = house.get(record)
    assert (waiting.state, waiting.not_before > house.now) == ("waiting", True)
    assert waiting.sentence == "Will try when possible: Bungie.net cannot do this just now."
    assert house.sent() == [] or all("TransferItem" in each or "SetLock" in each for each in house.sent())
    house.pass_time(600)
    down(house, False)
    assert house.run(record).state == "done"
    house.quiet()
    assert house.place(id) == "Brannoch"
    house.is_the_truth()
    house.nothing_was_repeated()


def test_it_does_not_wait_for_ever(house: MovingHouse) -> None:
    [id, *_] = house.pick("vault")
    record = house.move(id, "Brannoch")
    down(house)
    ended = house.run(record)
    assert ended.state == "expired"
    assert ended.finished is not None and ended.finished - ended.created >= timedelta(minutes=60)
    assert ended.finished - ended.created < timedelta(minutes=66)
    assert ended.sentence in ("Waited too long for Bungie.net. Nothing was moved.", "Waited too long. Nothing was moved.")
    down(house, False)
    assert house.place(id) == "vault"
    again = house.transfers.retry(house.user, ended.id)
    assert (house.run(again).state, house.place(id)) == ("done", "Brannoch")


def test_an_activity_is_waited_for(house: MovingHouse) -> None:
    [id, *_] = house.pick("Brannoch")
    house.controls.happen("where", account="Marrow", where="activity", locked=True)
    record = house.move(id, "Brannoch", equip=True)
    house.work()
    waiting = house.get(record)
    assert waiting.state == "waiting"
    assert waiting.sentence is not None and waiting.sentence.startswith("Will try when possible. ")
    house.pass_time(300)
    house.work()
    house.controls.happen("where", account="Marrow", where="offline", locked=True)
    house.pass_time(300)
    house.work()
    assert house.get(record).state == "waiting"
    assert len(house.get(record).steps) == 1, "trying again is no new step"
    house.controls.happen("where", account="Marrow", where="orbit", locked=False)
    assert (house.run(record).state, house.place(id)) == ("done", "Brannoch*")
    house.quiet()
    house.is_the_truth()


def test_other_items_go_on_while_one_waits(house: MovingHouse) -> None:
    [worn, *_] = house.pick("Brannoch")
    [free, *_] = house.pick("Ilse Varr")
    house.controls.happen("where", account="Marrow", where="activity", locked=True)
    first = house.move(worn, "Brannoch", equip=True)
    second = house.move(free, "vault")
    third = house.move(worn, "vault")
    house.work()
    assert [house.get(each).state for each in (first, second, third)] == ["waiting", "done", "queued"]
    house.controls.happen("where", account="Marrow", where="orbit", locked=False)
    assert house.run(third).state == "done"
    assert (house.get(first).state, house.place(worn), house.place(free)) == ("done", "vault", "vault")
    house.quiet()
    house.is_the_truth()


def test_an_ended_sign_in_is_waited_for(house: MovingHouse) -> None:
    [id, *_] = house.pick("vault")
    record = house.move(id, "Brannoch")
    house.wired.services.accounts.users.mark_sign_in(house.user.id, "ended")
    house.work()
    waiting = house.get(record)
    assert (waiting.state, waiting.sentence) == ("waiting", sentences.SIGN_IN)
    assert house.sent() == []
    house.wired.services.accounts.users.mark_sign_in(house.user.id, "ok")
    assert (house.run(record).state, house.place(id)) == ("done", "Brannoch")
    house.quiet()
    house.is_the_truth()


def test_what_waits_can_be_stopped(house: MovingHouse) -> None:
    [id, *_] = house.pick("vault")
    record = house.move(id, "Brannoch")
    down(house)
    house.work()
    stopped = house.transfers.cancel(house.user, record.id)
    assert stopped.state == "cancelled"
    assert stopped.sentence
    down(house, False)
    house.quiet()
    assert house.place(id) == "vault"
    with pytest.raises(Conflict):
        house.transfers.cancel(house.user, record.id)


def test_stopping_in_the_middle(house: MovingHouse) -> None:
    """It stops after the step that is running, and says what was done."""
    ids = house.pick("Ilse Varr", 3)[:3]
    record = house.move(ids, "vault")
    actions = house.wired.services.bungie.actions
    real = actions.transfer

    def transfer(*given: object, **named: object) -> None:
        house.transfers.cancel(house.user, record.id)
        real(*given, **named)  # type: ignore[arg-type]

    actions.transfer = transfer  # type: ignore[method-assign]
    house.work()
    ended = house.get(record)
    assert (ended.state, len(house.calls())) == ("cancelled", 1)
    assert [state for _, _, state in steps_of(ended)].count("done") == 1
    assert ended.sentence is not None and ended.sentence.startswith("Stopped. 1 of 3 items")
    actions.transfer = real  # type: ignore[method-assign]
    house.quiet()
    house.is_the_truth()


def test_stopping_what_is_unclear(house: MovingHouse) -> None:
    """First it is found out what was done."""
    [id, *_] = house.pick("vault")
    house.controls.fault("commit_then_fail", code=1618, match=WRITES | {"body": {"itemId": id}})
    record = house.move(id, "Brannoch")
    house.work()
    assert house.get(record).state == "checking"
    assert house.transfers.cancel(house.user, record.id).state == "checking"
    ended = house.run(record)
    assert (ended.state, house.place(id)) == ("cancelled", "Brannoch")
    assert ended.sentence is not None and "Awoken Titan" in ended.sentence, ended.sentence
    house.quiet()
    house.is_the_truth()


def test_somebody_elses_is_not_there(house: MovingHouse) -> None:
    [id, *_] = house.pick("vault")
    record = house.move(id, "Brannoch")
    house.person = "Hoarder"
    for method in (house.transfers.get, house.transfers.cancel, house.transfers.retry, house.transfers.undo):
        with pytest.raises(NotFound):
            method(house.user, record.id)
    assert house.transfers.latest(house.user) == []
    assert house.transfers.writes(house.user) == []


def test_nothing_clear_for_three_minutes(house: MovingHouse) -> None:
    """No profile comes that could tell: the step is unconfirmed, and that is said; the rest goes on."""
    first, second = house.pick("Ilse Varr", 2)[:2]
    house.controls.fault("html_500", match=WRITES | {"body": {"itemId": first}})
    house.controls.happen("stale_profile", ttl=100_000, bust_on_write=False)
    house.pass_time(16)
    assert house.wired.services.inventory.refresh(house.user, forced=True).wait == 0
    record = house.move([first, second], "vault")
    ended = house.run(record)
    assert ended.state == "partly", ended
    assert {each.code for each in ended.refusals} == {"unconfirmed"}
    assert house.place(second) == "vault"
    assert ("transfer", first, "unconfirmed") in steps_of(ended)
    assert sum(first in each for each in house.sent()) == 1
    house.controls.happen("stale_profile", ttl=30, bust_on_write=True)
    house.quiet()
    house.is_the_truth()


def test_a_lost_message(house: MovingHouse) -> None:
    [id, *_] = house.pick("vault")
    record = house.move(id, "Brannoch")
    for job in house.due():
        house.wired.services.jobs.cancel(job.id, by="a broken broker")
    assert house.work() == 0
    assert (house.run(record).state, house.place(id)) == ("done", "Brannoch")


def test_two_movers_at_once(house: MovingHouse) -> None:
    """A worker that slept in the middle finds that another one has taken its work over: it sends nothing and writes nothing."""
    [id, *_] = house.pick("Ilse Varr")
    record = house.move(id, "Brannoch")
    store = house.transfers._store
    real = store.begin

    def begin(step_id: int, fence: int, now: object) -> bool:
        store.begin = real  # type: ignore[method-assign]
        assert store.take(record.id, house.now) is not None  # The other one.
        return real(step_id, fence, now)  # type: ignore[arg-type]

    store.begin = begin  # type: ignore[method-assign]
    house.work()
    assert house.sent() == []
    assert (house.run(record).state, house.place(id)) == ("done", "Brannoch")
    house.nothing_was_repeated()


def test_what_was_held_up_is_not_sent(house: MovingHouse) -> None:
    """More than ten seconds between the mark in the journal and the call: somebody may have taken it for dead."""
    [id, *_] = house.pick("vault")
    record = house.move(id, "Brannoch")
    store = house.transfers._store
    real = store.begin

    def begin(step_id: int, fence: int, now: object) -> bool:
        store.begin = real  # type: ignore[method-assign]
        begun = real(step_id, fence, now)  # type: ignore[arg-type]
        house.pass_time(11)
        assert house.sent() == []
        return begun

    store.begin = begin  # type: ignore[method-assign]
    ended = house.run(record)
    assert (ended.state, house.place(id)) == ("done", "Brannoch")
    begun = min(each.begun for each in ended.steps if each.begun is not None)
    assert begun - record.created > timedelta(seconds=10), "the first mark was put back, and its call not sent"
    house.quiet()
    house.is_the_truth()


def test_several_are_put_on_together_later_though_one_was_moved_away(house: MovingHouse) -> None:
    """One must wait for the activity's end, the other is no longer there: asking again at once would end the same."""
    plain = house.pick("Brannoch", 3, lambda each: is_plain_weapon(each) and each["tier"] == "legendary")
    by_slot = {house.truth(each).bucket: each for each in plain}
    first, second = list(by_slot.values())[-2:]
    house.controls.knobs(bust_on_write=False)
    house.shown()
    house.controls.happen("external_mutation", account="Marrow", deed="move", item=second, to="vault", bust=False)
    house.controls.happen("where", account="Marrow", where="activity", locked=True)
    record = house.move([first, second], "Brannoch", equip=True)
    house.work()
    assert (house.get(record).state, len(house.calls("EquipItems"))) == ("waiting", 1)
    house.controls.happen("where", account="Marrow", where="orbit", locked=False)
    assert house.run(record).state == "done"
    house.quiet()
    assert (house.place(first), house.place(second)) == ("Brannoch*", "Brannoch*")
    house.is_the_truth()
