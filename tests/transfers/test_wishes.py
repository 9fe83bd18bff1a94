"""Each wish, from the asking to Bungie's word, over HTTP; what is asked twice; what is taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.transfers.house import MovingHouse

from vaultraider.domain.errors import Conflict
from vaultraider.domain.transfers.wishes import AskedWish, Collect, MakeRoom, Move, SetLock, SetTracked, Wanted
from vaultraider.ports import TransferRecord
from vaultraider.services.transfers import transfers

KINETIC, ENERGY, QUESTS = 1498876634, 2465295065, 1345459588


def done(house: MovingHouse, record: TransferRecord, state: str = "done") -> TransferRecord:
    """Carried out, seen by Bungie, and true."""
    house.run(record)
    house.quiet()
    house.is_the_truth()
    house.nothing_was_repeated()
    ended = house.get(record)
    assert ended.state == state, ended
    assert {each.settled for each in ended.steps if each.state == "done"} <= {"seen", "superseded"}
    return ended


def test_what_is_worn_goes_to_the_vault(house: MovingHouse) -> None:
    [id, *_] = house.pick("Brannoch*")
    ended = done(house, house.move(id, "vault"))
    assert (house.place(id), [each.step.why for each in ended.steps]) == ("vault", ["replacement", "wished"])
    assert ended.sentence == "Third Bell is in the vault."


def test_wearing_it_on_another_character(house: MovingHouse) -> None:
    [id, *_] = house.pick("Ilse Varr*")
    ended = done(house, house.move(id, "Odalys", equip=True))
    assert house.place(id) == "Odalys*"
    assert ended.sentence == "Small Mercies is worn by Human Warlock."


def test_several_worn_in_one_call(house: MovingHouse) -> None:
    """Each has an answer of its own: one that Bungie refuses does not take the others with it."""
    ids = [next(id for id in house.pick("Brannoch") if house.truth(id).bucket == bucket) for bucket in (KINETIC, ENERGY)]
    ended = done(house, house.move(ids, "Brannoch", equip=True))
    assert [house.place(id) for id in ids] == ["Brannoch*", "Brannoch*"]
    assert [each.step.kind for each in ended.steps] == ["equip-all"]


@pytest.mark.parametrize("missing", ["omit", "1623"])
def test_one_of_several_is_somewhere_else(house: MovingHouse, missing: str) -> None:
    """The player took it off in the game meanwhile."""
    house.controls.knobs(equipitems_missing=missing)
    ids = [next(id for id in house.pick("Brannoch") if house.truth(id).bucket == bucket) for bucket in (KINETIC, ENERGY)]
    record = house.move(ids, "Brannoch", equip=True)
    house.controls.happen("external_mutation", account="Marrow", deed="move", item=ids[1], to="vault", bust=False)
    ended = done(house, record)
    assert [house.place(id) for id in ids] == ["Brannoch*", "Brannoch*"]
    equips = [each for each in ended.steps if each.step.kind == "equip-all"]
    assert [piece.id for piece in equips[0].step.pieces] == [ids[0]], "only what went is told as done"


def test_the_whole_postmaster(house: MovingHouse) -> None:
    ended = done(house, house.ask(Collect()), "partly")
    assert ended.sentence is not None and ended.sentence.startswith("17 of 23 items are out of the postmaster; 6 stayed: ")
    stayed = {each.item for each in ended.refusals}
    assert len(stayed) == 6


def test_the_postmaster_into_the_vault(house: MovingHouse) -> None:
    ended = done(house, house.ask(Collect(to="vault")), "partly")
    went = [each.step.piece.id for each in ended.steps if each.state == "done" and each.step.arrives and each.step.piece.instance]
    assert went and {house.place(id) for id in went} == {"vault"}


def test_locking_and_unlocking(house: MovingHouse) -> None:
    ids = house.pick("vault", 3)[:3]
    for state in (True, False):
        ended = done(house, house.ask(SetLock(items=tuple(ids), state=state)))
        assert {house.truth(id).locked for id in ids} == {state}
        assert ended.sentence == f"3 items are {'locked' if state else 'unlocked'}."


def test_following_a_quest(house: MovingHouse) -> None:
    quest = next(each for each in house.account.items if each.bucket == QUESTS and each.id and each.tracked)
    done(house, house.ask(SetTracked(items=(quest.id,), state=False)))
    assert not house.truth(quest.id).tracked


def test_making_room(house: MovingHouse) -> None:
    titan = house.guardian("Brannoch")

    def carried() -> int:
        return sum(1 for each in house.account.items if each.owner == titan and each.bucket == KINETIC)

    before = carried()
    ended = done(house, house.ask(MakeRoom(store=titan, bucket=KINETIC, slots=2)))
    assert carried() == before - 2
    assert ended.sentence == "There is room on Awoken Titan."


def test_part_of_a_stack_there_and_back(house: MovingHouse) -> None:
    pile = next(each for each in house.shown()["items"] if each["store"] == "account" and each.get("quantity", 1) > 20)
    first = done(house, house.ask(Move(items=(Wanted(id=pile["id"], quantity=7),), to="vault")))
    second = done(house, house.transfers.undo(house.user, first.id))
    assert [(each.step.source, each.step.target, each.step.quantity) for each in second.steps] == [("vault", "account", 7)]


def test_so_already_and_impossible(house: MovingHouse) -> None:
    [id, *_] = house.pick("vault")
    so_already = house.move(id, "vault")
    assert (so_already.state, so_already.sentence) == ("done", "This is so already.")
    gone = house.move(["6917529000000000001"], "vault")
    assert (gone.state, [each.code for each in gone.refusals]) == ("failed", ["gone"])
    assert gone.sentence == gone.refusals[0].sentence
    assert house.sent() == [] == house.due()


def test_a_preview_writes_nothing(house: MovingHouse) -> None:
    [id, *_] = house.pick("vault")
    plan = house.transfers.preview(house.user, Move(items=(Wanted(id=id),), to=house.guardian("Brannoch")))
    assert plan.steps[-1].target == house.guardian("Brannoch")
    assert (house.transfers.latest(house.user), house.sent()) == ([], [])


def test_asked_twice(house: MovingHouse) -> None:
    """With one key it is one transfer, however the world looks the second time; another wish with it is a conflict."""
    pile = next(each for each in house.shown()["items"] if each["store"] == "account" and each.get("quantity", 1) > 20)
    wish: AskedWish = Move(items=(Wanted(id=pile["id"]),), to="vault")
    first, new = house.transfers.ask(house.user, wish, key="k1")
    assert new
    done(house, first)
    again, new = house.transfers.ask(house.user, wish, key="k1")
    assert (again.id, new) == (first.id, False)
    assert len(house.sent()) == 1
    with pytest.raises(Conflict):
        house.transfers.ask(house.user, Collect(), key="k1")


def test_too_many_open(house: MovingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfers, "MOST_OPEN", 2)
    ids = house.pick("vault", 3)[:3]
    for id in ids[:2]:
        house.move(id, "Brannoch")
    with pytest.raises(Conflict, match="under way"):
        house.move(ids[2], "Brannoch")


def test_taking_back(house: MovingHouse) -> None:
    """What came off is put on again, what moved goes back, once; and an undo is not undone."""
    [id, *_] = house.pick("Ilse Varr*")
    before = {each.id: house.place(each.id) for each in house.account.items if each.id}
    first = done(house, house.move(id, "Odalys", equip=True))
    undo = house.transfers.undo(house.user, first.id)
    assert (undo.undoes, undo.asked_by, house.get(first).undone_by) == (first.id, "undo", undo.id)
    done(house, undo)
    assert {id: (place, house.place(id)) for id, place in before.items() if house.place(id) != place} == {}
    for each in (first, undo):
        with pytest.raises(Conflict):
            house.transfers.undo(house.user, each.id)


def test_taking_locks_back(house: MovingHouse) -> None:
    ids = house.pick("vault", 3)[:3]
    before = [house.truth(id).locked for id in ids]
    first = done(house, house.ask(SetLock(items=tuple(ids), state=not before[0])))
    done(house, house.transfers.undo(house.user, first.id))
    assert [house.truth(id).locked for id in ids] == before


def test_taking_back_in_a_changed_world(house: MovingHouse) -> None:
    """What was moved since stays, and is told; the rest goes back."""
    ids = house.pick("Ilse Varr", 2)[:2]
    first = done(house, house.move(ids, "vault"))
    done(house, house.move(ids[0], "Odalys"))
    ended = done(house, house.transfers.undo(house.user, first.id), "partly")
    assert [house.place(id) for id in ids] == ["Odalys", "Ilse Varr"]
    assert [(each.code, each.item) for each in ended.refusals] == [("moved-since", ids[0])]


def test_when_nothing_can_be_taken_back(house: MovingHouse) -> None:
    [id, *_] = house.pick("vault")
    record = house.move(id, "Brannoch")
    with pytest.raises(Conflict, match="under way"):
        house.transfers.undo(house.user, record.id)
    done(house, record)
    house.pass_time(timedelta(days=31).total_seconds())
    with pytest.raises(Conflict, match="30 days"):
        house.transfers.undo(house.user, record.id)
    with pytest.raises(Conflict, match="nothing to try again"):
        house.transfers.retry(house.user, record.id)


def test_watchers_are_woken(house: MovingHouse) -> None:
    with house.transfers.watch(house.user) as watch:
        assert not watch.wait(0)
        house.move(house.pick("vault")[0], "Brannoch")
        assert watch.wait(0)
        assert not watch.wait(0)
