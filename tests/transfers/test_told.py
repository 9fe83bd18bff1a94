"""What a person is told of moves: that one waits, failed, or ended after a wait; each once, whatever dies."""

from __future__ import annotations

import pytest
from tests.transfers.house import ACTIONS, MovingHouse

from vaultraider.ports import NotificationRecord

WRITES = {"path": ACTIONS}


def told(house: MovingHouse) -> list[NotificationRecord]:
    """Oldest first."""
    found = house.wired.services.notifications.latest(house.user, limit=100)
    return [each for each in reversed(found) if each.kind.startswith("transfer-")]


def kinds(house: MovingHouse) -> list[str]:
    return [each.kind.removeprefix("transfer-") for each in told(house)]


def down(house: MovingHouse, on: bool = True) -> None:
    house.controls.happen("systems", off=["Destiny2"] if on else [])


def test_what_goes_at_once_is_no_news(house: MovingHouse) -> None:
    [id, *_] = house.pick("vault")
    house.run(house.move(id, "Brannoch"))
    house.quiet()
    house.resume()
    assert kinds(house) == []


def test_a_wait_and_its_end(house: MovingHouse) -> None:
    [id, *_] = house.pick("vault")
    record = house.move(id, "Brannoch")
    down(house)
    house.work()
    house.pass_time(31)
    house.resume()
    assert kinds(house) == []  # half a minute is no wait
    for _ in range(10):
        house.work()
        house.sleep_until_due()
        house.resume()
    assert kinds(house) == ["waiting"]
    assert told(house)[0].text.splitlines()[1] == "Will try when possible: Bungie.net cannot do this just now."
    down(house, False)
    house.run(record)
    house.resume()
    assert kinds(house) == ["waiting", "ended"]
    assert (
        told(house)[1].deliveries[0].sentence == "You chose not to be told of this."
    )  # as usual; it is in the list all the same


def test_waiting_too_long(house: MovingHouse) -> None:
    [id, *_] = house.pick("vault")
    record = house.move(id, "Brannoch")
    down(house)
    assert house.run(record).state == "expired"
    house.resume()
    assert kinds(house) == ["waiting", "failed"]
    assert told(house)[1].title.startswith("Waited too long: ")


def test_a_failure_is_told_once_with_its_reason(house: MovingHouse) -> None:
    [id, *_] = house.pick("vault")
    house.controls.fault("error", code=1639, count=None, match=WRITES)
    ended = house.run(house.move(id, "Brannoch"))
    assert ended.state == "failed"
    for _ in range(3):
        house.resume()
    assert kinds(house) == ["failed"]
    (message,) = told(house)
    assert ended.sentence in message.text
    assert (message.link, message.level) == ("/journal", "bad")


def test_what_was_refused_in_the_answer_is_seen_there(house: MovingHouse) -> None:
    [id, *_] = house.pick("Brannoch*")
    house.controls.happen("where", account="Marrow", where="orbit")
    refused = house.move("6917529000000000000", "Brannoch")
    assert (refused.state, refused.steps) == ("failed", ())
    house.resume()
    assert kinds(house) == []
    rule = house.ask(refused.wish, asked_by="rule Tidy")  # type: ignore[arg-type]
    assert (rule.state, kinds(house)) == ("failed", ["failed"])
    assert id


def test_what_is_stopped_by_its_person_is_no_news(house: MovingHouse) -> None:
    [id, *_] = house.pick("vault")
    down(house)
    record = house.move(id, "Brannoch")
    house.work()
    house.transfers.cancel(house.user, record.id)
    house.run(record)
    house.resume()
    assert kinds(house) == []


def test_who_dies_before_telling_is_made_good(house: MovingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    class Died(BaseException):
        """The process is gone."""

    def die(*_given: object) -> bool:
        raise Died

    [id, *_] = house.pick("vault")
    house.controls.fault("error", code=1639, count=None, match=WRITES)
    record = house.move(id, "Brannoch")
    with monkeypatch.context() as patch:
        patch.setattr(house.wired.services.notifications, "tell", die)
        with pytest.raises(Died):
            house.run(record)
    assert house.get(record).state == "failed"
    assert kinds(house) == []
    house.restart()
    house.restart()
    assert kinds(house) == ["failed"]


def test_a_teller_that_breaks_stops_no_move(house: MovingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object) -> bool:
        raise OSError("the disk is gone")

    monkeypatch.setattr(house.wired.services.notifications, "tell", broken)
    [id, *_] = house.pick("vault")
    house.controls.fault("error", code=1639, count=None, match=WRITES)
    assert house.run(house.move(id, "Brannoch")).state == "failed"
