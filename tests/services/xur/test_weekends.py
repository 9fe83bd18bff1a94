"""Xûr from weekend to weekend, with Bungie's oddities, restarts and two workers: whole house, over HTTP."""

from __future__ import annotations

import threading

import pytest
from tests.services.xur.weekends import (
    ARRIVAL,
    GONE,
    NEXT_ARRIVAL,
    NEXT_SATURDAY,
    SATURDAY,
    THURSDAY,
    Weekends,
    names,
    wares,
)

from vaultraider.database.vendor_stocks import VendorStocks
from vaultraider.services.jobs import JobInterrupted


def test_from_one_weekend_to_the_next(weekends: Weekends) -> None:
    before = weekends.shown()
    assert (before["state"], before["of"], before["groups"], before["visits"]) == ("away", "none", [], [])
    assert weekends.watch(THURSDAY)["result"] == "away"
    assert weekends.watch("2026-11-27T17:00:50")["verdict"] == "too-early", "nobody knows what he had before"
    assert weekends.shown()["state"] == "expected"
    assert "may still be what he had" in weekends.shown()["sentence"]
    assert weekends.watch("2026-11-27T17:12:00") == {
        "result": "looked",
        "verdict": "here",
        "seen": {"titan": "here", "hunter": "here", "warlock": "here"},
        "told": 1,
    }
    here = weekends.shown()
    assert (here["state"], here["of"], here["weekend"], here["read"]) == ("here", "now", "2026-11-27", "2026-11-27T17:12:00Z")
    assert here["sentence"] == "Xûr is here until Tuesday 1 Dec, 17:00 UTC."
    assert [group["name"] for group in here["groups"]] == ["Exotic gear", "Legendary weapons", "Legendary armour", "Offers"]
    weekends.at(GONE)
    gone = weekends.shown()
    assert (gone["state"], gone["of"], gone["next_arrival"]) == ("away", "last", "2026-12-04T17:00:00Z")
    assert names(gone) == names(here)
    assert weekends.watch(f"{NEXT_ARRIVAL[:-2]}50")["verdict"] == "here", "these are new wares: nothing to wait for"
    again = weekends.shown()
    assert (again["of"], again["visits"]) == (
        "now",
        [{"weekend": "2026-12-04", "wares": len(wares(again))}, {"weekend": "2026-11-27", "wares": len(wares(here))}],
    )
    assert names(again) != names(here)
    earlier = weekends.shown(path="/2026-11-27")
    assert (earlier["of"], earlier["weekend"], names(earlier)) == ("last", "2026-11-27", names(here))
    assert [message.key for message in weekends.told()] == ["2026-11-27", "2026-12-04"]


def test_a_sensible_pace(weekends: Weekends) -> None:
    """Nothing while he is away; often in his first minutes; rarely once his wares are known."""
    for _ in range(29):
        weekends.watch()
        weekends.house.pass_time(3600)
    assert weekends.asked() == 0, "Thursday noon to Friday 17:00"
    weekends.house.controls.fault("xur_absent", count=None)
    looks = {"first": 0, "then": 0}
    for minute in range(180):
        looks["first" if minute < 20 else "then"] += weekends.watch()["result"] == "looked"
        weekends.house.pass_time(60)
    assert looks["first"] >= 15
    assert 20 <= looks["then"] <= 50
    weekends.house.controls.clear_faults()
    weekends.house.pass_time(3600)
    assert weekends.watch()["verdict"] == "here"
    before = weekends.asked()
    for _ in range(24 * 12):
        weekends.house.pass_time(300)
        weekends.watch()
    assert weekends.asked() - before <= 11 * 6, "six requests, every three hours or so"


def test_the_dates_come_before_the_stock(weekends: Weekends) -> None:
    weekends.watch(SATURDAY)
    last = names(weekends.shown())
    weekends.house.controls.fault("dates_before_stock", count=None, seconds=900)
    for minute in ("17:01:00", "17:05:00", "17:12:00"):
        assert weekends.watch(f"2026-12-04T{minute}")["verdict"] == "last-weeks"
        shown = weekends.shown()
        assert (shown["state"], shown["of"], names(shown)) == ("expected", "last", last)
        assert "still shows what he had the last time" in shown["sentence"]
    assert len(weekends.told()) == 1, "only of the weekend before"
    assert weekends.watch("2026-12-04T17:16:00")["told"] == 1
    assert names(weekends.shown()) != last


def test_after_a_weekend_that_we_missed_the_first_wares_may_be_the_missed_ones(weekends: Weekends) -> None:
    """The server was off for a week. What Bungie shows at first is new to us, and a week old."""
    weekends.watch(SATURDAY)
    weekends.house.controls.fault("dates_before_stock", count=None, seconds=300)
    assert weekends.watch("2026-12-11T17:00:50")["verdict"] == "too-early"
    assert weekends.shown()["state"] == "expected"
    assert len(weekends.told()) == 1, "only of the weekend that we saw"
    assert weekends.watch("2026-12-11T17:12:00")["told"] == 1
    assert [message.key for message in weekends.told()] == ["2026-11-27", "2026-12-11"]


def test_he_is_due_and_does_not_come(weekends: Weekends) -> None:
    weekends.house.controls.fault("xur_absent", count=None)
    assert weekends.watch(SATURDAY)["verdict"] == "missing"
    shown = weekends.shown()
    assert (shown["state"], shown["of"]) == ("expected", "none")
    assert shown["sentence"] == "Xûr is due, but Bungie.net does not show him. We keep looking."
    assert weekends.told() == []


def test_he_goes_before_his_time(weekends: Weekends) -> None:
    weekends.watch(SATURDAY)
    weekends.house.controls.fault("xur_absent", count=None)
    weekends.watch("2026-11-29T12:00:00")
    shown = weekends.shown()
    assert (shown["state"], shown["of"], bool(wares(shown))) == ("expected", "last", True)


def test_somebody_elses_wares_are_not_told(weekends: Weekends) -> None:
    weekends.house.controls.fault("wrong_items", count=None)
    assert weekends.watch(SATURDAY)["verdict"] == "doubtful"
    shown = weekends.shown()
    assert (shown["state"], shown["groups"], weekends.told()) == ("expected", [], [])
    assert "is not his" in shown["sentence"]
    weekends.house.controls.clear_faults()
    assert weekends.watch("2026-11-28T14:30:00")["told"] == 1


@pytest.mark.parametrize("fault", ["html_503", "system_disabled", "reset"])
def test_bungie_is_away(weekends: Weekends, fault: str) -> None:
    """What was known stays; the next looks are soon."""
    weekends.house.controls.fault(fault, count=None)
    assert weekends.watch(SATURDAY)["verdict"] == "not answered"
    assert weekends.shown()["state"] == "expected"
    weekends.house.controls.clear_faults()
    weekends.watch("2026-11-28T15:00:00")
    assert weekends.shown()["state"] == "here"
    weekends.house.controls.fault(fault, count=None)
    weekends.watch("2026-11-29T00:00:00")
    assert weekends.shown()["state"] == "here"


def test_without_anybody_the_public_ones(weekends: Weekends) -> None:
    weekends.house.services.accounts.users.mark_sign_in(weekends.house.user().id, "ended")
    assert weekends.watch(SATURDAY)["seen"] == {"public": "here"}
    shown = weekends.shown(weekends.marrow)
    assert (shown["state"], shown["class"], shown["signed_in"]) == ("here", "titan", True)
    assert {ware["roll"] for ware in wares(shown)} == {"unknown", "fixed", "none"}
    assert weekends.watch(NEXT_SATURDAY)["seen"] == {"public": "here"}
    assert len(weekends.told()) == 2, "whose sign-in has ended is told, too"


def test_a_restart_in_the_middle_of_telling(weekends: Weekends, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker dies when the message is written down, and before we know it."""

    def die(*_: object) -> None:
        raise JobInterrupted

    monkeypatch.setattr(VendorStocks, "mark_told", die)
    weekends.at(SATURDAY)
    with pytest.raises(JobInterrupted):
        weekends.house.services.xur.watch(lambda: None)
    assert len(weekends.told()) == 1
    monkeypatch.undo()
    again = weekends.restarted()
    assert again.watch()["told"] == 1, "told again, and it was no news"
    assert len(again.told()) == 1
    assert "told" not in again.watch()
    again.house.services.close()


def test_a_restart_before_telling(weekends: Weekends) -> None:
    stops = iter([None] * 3)

    def check() -> None:
        if next(stops, "stop") == "stop":
            raise JobInterrupted

    weekends.at(SATURDAY)
    with pytest.raises(JobInterrupted):
        weekends.house.services.xur.watch(check)
    assert weekends.told() == []
    again = weekends.restarted()
    again.watch()
    assert len(again.told()) == 1
    again.house.services.close()


def test_two_workers_tell_once(weekends: Weekends) -> None:
    """Even should both do it at the same time, which the job's lease forbids."""
    other = weekends.another()
    weekends.at(SATURDAY)
    failures: list[BaseException] = []

    def turn(house: Weekends) -> None:
        try:
            house.house.services.xur.watch(lambda: None)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=turn, args=(each,)) for each in (weekends, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(weekends.told()) == 1
    other.house.services.close()


def test_new_definitions_do_not_make_old_wares_new(weekends: Weekends) -> None:
    """Both stocks are made anew by the definitions that are active."""
    weekends.watch(SATURDAY)
    weekends.house.controls.happen("bump")
    weekends.at(ARRIVAL.replace("11-27", "12-04"))
    assert weekends.house.update_definitions().state == "done"
    weekends.house.controls.fault("dates_before_stock", count=None, seconds=900)
    assert weekends.watch("2026-12-04T17:01:00")["verdict"] == "last-weeks"


def test_while_one_class_shows_the_old_wares_nothing_is_shown_as_new(weekends: Weekends) -> None:
    """Bungie's servers do not change at the same moment."""
    weekends.watch(SATURDAY)
    last = names(weekends.shown())
    hunter = next(one for one in weekends.house.controls.account().characters if one.class_type == 1)
    behind = {"path": f"Character/{hunter.id}/Vendors"}
    weekends.house.controls.fault("dates_before_stock", count=None, match=behind, seconds=7200)
    turn = weekends.watch("2026-12-04T17:01:00")
    assert (turn["verdict"], turn["seen"]["titan"], turn["seen"]["hunter"]) == ("last-weeks", "here", "last-weeks")
    shown = weekends.shown()
    assert (shown["state"], shown["of"], shown["weekend"], names(shown)) == ("expected", "last", "2026-11-27", last)
    assert len(weekends.told()) == 1
    assert weekends.watch("2026-12-04T18:05:00")["verdict"] == "here", "not for ever: after an hour, what is new is told"


def test_before_there_are_definitions_nobody_is_asked(bare: Weekends) -> None:
    assert bare.watch(SATURDAY)["result"] == "waiting"
    assert bare.asked() == 0
    assert bare.shown()["state"] == "expected"


def test_a_wrong_key_is_no_reason_to_ask_each_minute(weekends: Weekends) -> None:
    weekends.house.controls.fault("error", count=None, match={"path": "Vendors"}, code=2101)
    weekends.at(SATURDAY)
    asked = weekends.asked()
    for _ in range(30):
        assert weekends.watch()["verdict"] == "not answered"
        weekends.house.pass_time(60)
    assert weekends.asked() - asked <= 2
