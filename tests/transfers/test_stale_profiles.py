"""Bungie's profiles lag behind what we did: our view never goes back, and is confirmed, or flagged after three minutes."""

from __future__ import annotations

from typing import Any

import pytest
from tests.clocks import HandClock
from tests.transfers.house import MovingHouse
from tests.wired import WiredHouse, build_wired

from vaultraider.domain.transfers.wishes import Move, SetLock, Wanted
from vaultraider.ports import TransferRecord

PATIENCE = 180


def lags(house: MovingHouse, ttl: float, *, nodes: int = 3, bust: bool = False) -> None:
    """From now on Bungie's servers each keep their own copy for so long, whatever is written."""
    house.controls.happen("stale_profile", nodes=nodes, ttl=ttl, bust_on_write=bust)
    for _ in range(nodes):  # Each has a copy of before.
        house.pass_time(6)
        assert refreshes(house).status_code == 200


def refreshes(house: MovingHouse) -> Any:
    """The page asks for something newer."""
    return house.browser.send("POST", "/api/v1/profile/refresh?forced=true")


def carried_out(house: MovingHouse, record: TransferRecord) -> TransferRecord:
    ended = house.run(record)
    assert ended.state == "done", ended
    return ended


def keep_up(other: WiredHouse, house: MovingHouse) -> None:
    """Its clock, and not Bungie's once more."""
    HandClock.pass_time(other.clock, (house.now - other.clock.now()).total_seconds())


def item(house: MovingHouse, id: str) -> dict[str, Any]:
    return next(each for each in house.shown()["items"] if each["id"] == id)


def watched(house: MovingHouse, seconds: float) -> list[dict[str, str]]:
    """Everything moved in it, as shown, while time passes: the page refreshes, the worker looks."""
    ids = house.pick("vault", 400, lambda _: True) + house.pick("Brannoch*", 8, lambda _: True)
    states = []
    end = house.now.timestamp() + seconds
    while house.now.timestamp() < end:
        house.pass_time(17)
        house.work()
        refreshes(house)
        shown = {each["id"]: f"{each['store']} {each['place']} {each.get('locked')}" for each in house.shown()["items"]}
        states.append({id: shown.get(id, "gone") for id in ids})
    return states


@pytest.mark.parametrize(("ttl", "nodes"), [(30, 3), (60, 1), (60, 3), (120, 2)])
def test_the_view_never_goes_back(house: MovingHouse, ttl: int, nodes: int) -> None:
    """A move through the vault, one there and back, an equip, a lock, and part of a stack."""
    lags(house, ttl, nodes=nodes)
    gun, other = house.pick("Brannoch", 2)[:2]
    worn = house.pick("Ilse Varr", 1)[0]
    kept = house.pick("vault", 1)[0]
    locked = not house.truth(kept).locked
    pile = next(
        each
        for each in house.shown()["items"]
        if each["id"].startswith("s-") and each["store"] == "account" and each.get("quantity", 1) > 20 and "stuck" not in each
    )
    carried_out(house, house.move(gun, "Odalys"))
    carried_out(house, house.move(other, "vault"))
    carried_out(house, house.move(other, "Brannoch"))
    carried_out(house, house.move(worn, "Ilse Varr", equip=True))
    carried_out(house, house.ask(SetLock(items=(kept,), state=locked)))
    carried_out(house, house.ask(Move(items=(Wanted(id=pile["id"], quantity=7),), to="vault")))
    assert [house.view(id) for id in (gun, other, worn)] == ["Odalys", "Brannoch", "Ilse Varr*"]
    states = watched(house, 2 * ttl + 40)
    assert all(state == states[0] for state in states)
    assert item(house, kept).get("locked", False) is locked
    assert [house.view(id) for id in (gun, other, worn)] == [house.place(id) for id in (gun, other, worn)]
    house.quiet()
    settled = {step.settled for each in house.transfers.latest(house.user) for step in each.steps if step.state == "done"}
    assert settled <= {"seen", "superseded"}
    assert not [each for each in house.shown()["items"] if "pending" in each]
    house.is_the_truth()


@pytest.mark.parametrize("bust", [True, False])
def test_what_is_not_confirmed_says_so(house: MovingHouse, bust: bool) -> None:
    """At once it is shown as we left it; the word for it goes when Bungie's profile shows it."""
    lags(house, 60, bust=bust)
    gun = house.pick("vault", 1)[0]
    carried_out(house, house.move(gun, "Brannoch"))
    shown = item(house, gun)
    assert (house.view(gun), shown["pending"], shown.get("stuck")) == ("Brannoch", "unseen", None)
    assert house.browser.get(f"/api/v1/items/{gun}").json["pending"] == "unseen"
    house.quiet()
    assert "pending" not in item(house, gun)
    assert house.view(gun) == "Brannoch"


def test_after_three_minutes_it_is_flagged_and_stays(house: MovingHouse) -> None:
    """Bungie's copies live for ten minutes for once. Nothing is taken back; what they say in the end settles it."""
    lags(house, 600)
    gun = house.pick("Brannoch", 1)[0]
    ended = carried_out(house, house.move(gun, "vault"))
    tags = set()
    for _ in range(PATIENCE // 20 + 2):
        house.work()
        refreshes(house)
        tags.add(house.browser.get("/api/v1/profile").headers["ETag"])
        assert house.view(gun) == "vault"
        house.pass_time(20)
    assert item(house, gun)["pending"] == "unconfirmed"
    assert len(tags) == 2, "flagged by a new answer, and by nothing else"
    house.work()
    assert {step.settled for step in house.get(ended).steps} <= {"unconfirmed", "superseded"}
    house.pass_time(600)
    house.quiet()
    assert {step.settled for step in house.get(ended).steps} <= {"seen", "superseded"}
    assert (house.view(gun), "pending" in item(house, gun)) == ("vault", False)


def test_what_the_game_took_back_is_shown_as_it_is(house: MovingHouse) -> None:
    """The player took it out of the vault again: a profile that must know our move shows it there, and is believed."""
    lags(house, 60)
    gun = house.pick("Brannoch", 1)[0]
    slot = house.truth(gun).bucket
    ended = carried_out(house, house.move(gun, "vault"))
    one = house.truth(gun)
    with house.controls.box.lock:
        one.owner, one.bucket = house.guardian("Brannoch"), slot
        house.controls.box.world.changed()
    assert house.view(gun) == "vault"
    house.quiet()
    assert house.view(gun) == "Brannoch"
    assert [step.settled for step in house.get(ended).steps] == ["contradicted"]


def test_holes_in_a_profile_lose_nothing_that_we_moved(house: MovingHouse) -> None:
    """It left the list that came, and has not reached the one that did not."""
    gun = house.pick("Brannoch", 1)[0]
    ended = carried_out(house, house.move(gun, "vault"))
    house.controls.fault("drop_component", count=None, match={"path": "/Profile/"}, component="profileInventory")
    house.controls.box.caches.bust(house.account.id)
    for _ in range(3):
        house.pass_time(40)
        assert refreshes(house).status_code == 200
        house.work()
        assert (house.view(gun), item(house, gun).get("pending")) == ("vault", "unseen")
    assert [step.settled for step in house.get(ended).steps] == [None]
    house.controls.clear_faults()
    house.pass_time(40)
    house.controls.box.caches.bust(house.account.id)
    house.quiet()
    assert [step.settled for step in house.get(ended).steps] == ["seen"]
    house.is_the_truth()


def test_another_process_sees_it_too(house: MovingHouse) -> None:
    """Half a second later at the latest; and when Bungie has confirmed it, nothing jumps there either."""
    lags(house, 120)
    gun = house.pick("vault", 1)[0]
    other = build_wired(house.folder, house.controls, start=house.now)
    try:
        browser = other.browser(house.prepared.cookies[house.person])

        def shown() -> tuple[str, str | None]:
            found = next(each for each in browser.get("/api/v1/profile").json["items"] if each["id"] == gun)
            return found["store"], found.get("pending")

        assert shown() == ("vault", None)
        carried_out(house, house.move(gun, "Brannoch"))
        house.pass_time(0.5)
        keep_up(other, house)
        assert shown() == (house.guardian("Brannoch"), "unseen")
        seen = {shown()[0]}
        while house.transfers.latest(house.user)[0].settled is False:
            house.pass_time(5)
            house.work()
            refreshes(house)
            keep_up(other, house)
            seen.add(shown()[0])
        assert seen == {house.guardian("Brannoch")}
        assert shown() == (house.guardian("Brannoch"), None)
    finally:
        other.services.close()
