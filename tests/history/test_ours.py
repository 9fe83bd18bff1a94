"""What our own transfers did is told as ours, with the transfer; what anybody else did is not."""

from __future__ import annotations

from datetime import timedelta

from tests.history.remembering import RememberingHouse
from tests.transfers.house import ACTIONS

from vaultraider.database.transfers import TransferRepository
from vaultraider.domain.transfers.wishes import SetLock
from vaultraider.ports import MembershipRef

YEAR = timedelta(days=365)


def told(house: RememberingHouse, kind: str) -> dict[str, tuple[str, str]]:
    return {event.item: (event.by, event.transfer) for event in house.events() if event.kind == kind}


def test_moves(house: RememberingHouse) -> None:
    (ours, *_), (theirs, *_) = house.moving.pick("vault"), house.moving.pick("Ilse Varr")
    record = house.moving.run(house.moving.move(ours, "Brannoch"))
    house.plays("move", item=theirs, to="vault")
    house.looks()
    house.moving.quiet()
    moved = told(house, "moved")
    assert (moved.pop(ours), moved.pop(theirs)) == (("you", str(record.id)), ("game", ""))
    assert set(moved.values()) <= {("you", str(record.id))}  # what had to make room


def test_what_is_put_on_and_what_it_takes_the_place_of(house: RememberingHouse) -> None:
    id, *_ = house.moving.pick("Brannoch")
    record = house.moving.run(house.moving.move(id, "Brannoch", equip=True))
    house.looks()
    house.moving.quiet()
    assert told(house, "equipped") == {id: ("you", str(record.id))}


def test_locks(house: RememberingHouse) -> None:
    id, *_ = house.moving.pick("vault", test=lambda item: not item.get("locked"))
    record = house.moving.run(house.moving.ask(SetLock(items=(id,), state=True)))
    house.looks()
    house.moving.quiet()
    assert told(house, "locked") == {id: ("you", str(record.id))}


def test_the_same_item_later_in_the_game(house: RememberingHouse) -> None:
    id, *_ = house.moving.pick("vault")
    house.moving.run(house.moving.move(id, "Brannoch"))
    house.moving.quiet()
    house.looks(600)
    house.looks(600)
    house.plays("move", item=id, to="vault")
    house.looks()
    newest = house.events()[0]
    assert (newest.item, newest.kind, newest.by) == (id, "moved", "game")


def test_a_refused_move_is_nobodys(house: RememberingHouse) -> None:
    """We tried and were refused; the player did it by hand."""
    id, *_ = house.moving.pick("Brannoch")
    house.moving.controls.fault("error", code=1639, count=None, match={"path": ACTIONS})
    assert house.moving.run(house.moving.move(id, "vault")).state == "failed"
    house.moving.controls.clear_faults()
    house.plays("move", item=id, to="vault")
    house.looks()
    assert told(house, "moved") == {id: ("game", "")}


def test_what_was_done_when_and_by_whom(house: RememberingHouse) -> None:
    id, *_ = house.moving.pick("Brannoch")
    began = house.now
    house.moving.run(house.moving.move(id, "vault"))
    done = TransferRepository(house.moving.wired.services.database).done
    me, membership = house.user.id, house.membership
    assert [effect.step.pieces[0].id for effect in done(me, membership, began, house.now)] == [id]
    assert done(me + 1, membership, began, house.now) == []
    assert done(me, MembershipRef(membership.type, "1"), began, house.now) == []
    assert done(me, membership, house.now + YEAR, house.now + 2 * YEAR) == []
    assert done(me, membership, began - 2 * YEAR, began - YEAR) == []
