"""Answers that do not tell what happened to a write, and what Bungie does though it should not."""

from __future__ import annotations

import time
from typing import Any

import httpx2
import pytest
from tests.simulator.conftest import Browser
from tests.simulator.controls import Controls
from tests.simulator.hands import ACTIONS, Hands, told

from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.moments import MomentError
from vaultraider.simulator.world import POSTMASTER, VAULT, Item

TRANSFER = {"path": "TransferItem"}


def carried(hands: Hands, slot: int = s.KINETIC) -> Item:
    return next(one for one in hands.lying(slot) if not hands.box.game.kind(one.hash).label)


@pytest.mark.parametrize(
    ("params", "status", "code"),
    [
        ({}, 500, 1618),
        ({"code": 5}, 503, 5),
        ({"code": 1623}, 500, 1623),
        ({"code": 1618, "http": 200}, 200, 1618),
        ({"page": "html_500"}, 500, 0),
        ({"page": "cf_524"}, 524, 0),
    ],
)
@pytest.mark.parametrize(("action", "done"), [("commit_then_fail", True), ("fail_then_commit", False)])
def test_answers_that_lie(
    hands: Hands,
    simulator_control: Controls,
    action: str,
    done: bool,
    params: dict[str, Any],
    status: int,
    code: int,
) -> None:
    item = carried(hands)
    hands.box.clock.freeze()
    simulator_control.fault(action, match=TRANSFER, **params)
    answer = hands.vault(item)
    assert (answer.status, answer.code) == (status, code)
    assert (item.bucket == VAULT) is done
    simulator_control.advance(0.9)
    assert (item.bucket == VAULT) is done
    simulator_control.advance(0.2)
    assert item.bucket == VAULT
    assert hands.vault(item).code == 1623


def test_the_delay_is_told(hands: Hands, simulator_control: Controls) -> None:
    item, other = carried(hands), carried(hands, s.ENERGY)
    hands.box.clock.freeze()
    simulator_control.fault("fail_then_commit", match={"body": {"itemId": item.id}}, seconds=30)
    assert hands.vault(other).code == 1
    assert hands.vault(item).code == 1618
    simulator_control.advance(29)
    hands.shown("102")
    assert item.bucket != VAULT
    simulator_control.advance(2)
    shown = hands.shown("102")["profileInventory"]["data"]["items"]
    assert any(one.get("itemInstanceId") == item.id for one in shown)


def test_what_the_game_refuses_later_is_not_done(hands: Hands, simulator_control: Controls) -> None:
    item, revision = hands.lying(s.KINETIC, worn=True)[0], hands.revision
    simulator_control.fault("fail_then_commit", match=TRANSFER)
    assert hands.vault(item).code == 1618
    simulator_control.advance(5)
    assert (item.equipped, hands.revision) == (True, revision)


def test_a_refusal_goes_out_as_it_is_and_keeps_the_fault(hands: Hands, simulator_control: Controls) -> None:
    simulator_control.fault("commit_then_fail", match=TRANSFER)
    assert hands.vault(hands.lying(s.KINETIC, worn=True)[0]).code == 1656
    assert hands.vault(carried(hands)).code == 1618


@pytest.mark.parametrize("seconds", [0, 0.3])
def test_done_and_nothing_said(hands: Hands, simulator_control: Controls, seconds: float) -> None:
    item = carried(hands)
    simulator_control.fault("commit_then_hang", match=TRANSFER, seconds=seconds)
    began = time.monotonic()
    with pytest.raises(httpx2.TransportError):
        hands.vault(item)
    assert time.monotonic() - began >= seconds
    assert item.bucket == VAULT


@pytest.mark.parametrize("action", ["reset", "html_503", "throttle_user", "throttle_game", "system_disabled"])
def test_older_faults_know_the_fields_of_a_write(hands: Hands, simulator_control: Controls, action: str) -> None:
    """They strike that item only, and nothing is done."""
    item, other = carried(hands), carried(hands, s.ENERGY)
    simulator_control.fault(action, match={"method": "POST", "body": {"itemId": item.id, "transferToVault": True}})
    assert hands.vault(other).code == 1
    try:
        assert hands.vault(item).code != 1
    except httpx2.TransportError:
        assert action == "reset"
    assert item.bucket == s.KINETIC
    assert hands.vault(item).code == 1


@pytest.mark.parametrize("code", [1642, 1623, 5])
def test_the_second_hop_fails(hands: Hands, simulator_control: Controls, code: int) -> None:
    item, other = carried(hands), hands.account.characters[1]
    hands.clear(s.KINETIC, other)
    simulator_control.fault("midway", code=code)
    assert hands.vault(item).code == 1
    answer = hands.fetch(item, other)
    assert (answer.code, answer.body["Response"], item.bucket) == (code, 0, VAULT)
    assert hands.fetch(item, other).code == 1


def test_only_a_second_hop_is_one(hands: Hands, simulator_control: Controls) -> None:
    """Back to where it came from, or long after, or out of the vault at first: the fault waits."""
    item, other = carried(hands), hands.account.characters[1]
    hands.clear(s.KINETIC, other, count=3)
    rule = simulator_control.fault("midway", count=None)
    assert hands.vault(item).code == 1
    assert hands.fetch(item).code == 1
    assert hands.vault(item).code == 1
    simulator_control.advance(300)
    assert hands.fetch(item, other).code == 1
    assert hands.fetch(hands.vaulted(s.KINETIC), other).code == 1
    assert rule.fired == 0


def test_it_arrives_though_not_found(hands: Hands, simulator_control: Controls) -> None:
    item, other = carried(hands), hands.account.characters[1]
    hands.clear(s.KINETIC, other)
    simulator_control.fault("false_1623")
    assert hands.vault(item).code == 1
    answer = hands.fetch(item, other)
    assert (answer.status, answer.code) == (500, 1623)
    assert (item.owner, item.bucket) == (other.id, s.KINETIC)
    assert hands.fetch(item, other).code == 1623


def test_a_lock_bleeds(hands: Hands, simulator_control: Controls) -> None:
    """Only where a twin with another lock stays behind."""
    locks: dict[int, list[Item]] = {}
    for one in hands.lying(s.KINETIC):
        locks.setdefault(one.hash, []).append(one)
    twins = next(pair for pair in locks.values() if {one.locked for one in pair} == {True, False})
    unlocked = next(one for one in twins if not one.locked)
    alone = next(pair[0] for pair in locks.values() if len(pair) == 1)
    before = alone.locked
    rule = simulator_control.fault("lock_bleed")
    assert hands.vault(alone).code == 1
    assert (alone.locked, rule.fired) == (before, 0)
    assert hands.vault(unlocked).code == 1
    assert (unlocked.locked, rule.fired) == (True, 1)


def test_a_phantom_is_worn(hands: Hands, simulator_control: Controls) -> None:
    item, worn = carried(hands), hands.lying(s.KINETIC, worn=True)[0]
    simulator_control.fault("phantom_equip")
    assert hands.equip(item).code == 1
    assert (item.equipped, worn.equipped) == (False, True)
    assert hands.vault(worn).code == 1656
    simulator_control.fault("phantom_equip")
    rows = hands.equip_many([item.id]).body["Response"]["equipResults"]
    assert rows == [{"itemInstanceId": item.id, "equipStatus": 1}]
    assert not item.equipped
    assert hands.equip(item).code == 1
    assert item.equipped


def test_a_write_is_slow_to_be_seen(hands: Hands, simulator_control: Controls) -> None:
    """Fresh stamps, old content, until the time is over."""
    item = carried(hands)
    hands.box.clock.freeze()

    def look() -> tuple[bool, str]:
        shown = hands.shown("102,201")
        seen = any(one.get("itemInstanceId") == item.id for one in shown["profileInventory"]["data"]["items"])
        return seen, shown["responseMintedTimestamp"]

    first = look()
    simulator_control.fault("slow_visibility", ms=4000)
    assert hands.vault(item).code == 1
    assert hands.vault(carried(hands, s.ENERGY)).code == 1
    second = look()
    assert not second[0]
    assert second[1] > first[1]
    simulator_control.advance(4)
    assert look()[0]


@pytest.mark.parametrize("when", ["before", "after"])
def test_the_player_acts_beside_a_request(hands: Hands, simulator_control: Controls, browser: Browser, when: str) -> None:
    item = carried(hands)
    match = {"path": "TransferItem", "body": {"itemId": item.id}}
    body = {"action": "external_mutation", "match": match, "count": 1, "when": when, "deed": "equip", "item": item.id}
    added = browser.sim("POST", "faults", body)
    assert added.json()["id"]
    assert not item.equipped
    answer = hands.vault(item)
    if when == "before":
        assert (answer.code, item.equipped) == (1656, True)
    else:
        # The player could not put on what lies in the vault by then.
        assert (answer.code, item.bucket, item.equipped) == (1, VAULT, False)


def test_the_player_acts_beside_a_reading(hands: Hands, simulator_control: Controls) -> None:
    item = hands.vaulted(s.KINETIC)
    simulator_control.fault("external_mutation", match={"path": "/Profile/"}, when="after", deed="delete", item=item.id)

    def seen() -> bool:
        return any(one.get("itemInstanceId") == item.id for one in hands.shown("102")["profileInventory"]["data"]["items"])

    assert seen()
    assert not seen()
    assert hands.fetch(item).code == 1623


def truth(hands: Hands) -> list[tuple[str, int, str, bool]]:
    return sorted((one.id, one.bucket, one.owner, one.equipped) for one in hands.account.items if one.id)


@pytest.mark.parametrize(
    ("deed", "params"),
    [
        ("lock", {"count": 2}),
        ("find", {"count": 3, "character": "hunter"}),
        ("fill_postmaster", {"character": "Odalys", "leave": 1}),
        ("use", {}),
        ("track", {}),
        ("equip", {"count": 2}),
        ("move", {"count": 4}),
        ("collect", {"character": "Odalys"}),
        ("enter", {"character": "warlock", "locked": True}),
        ("leave", {}),
        ("touch", {"count": 2}),
        ("delete", {"count": 2}),
    ],
)
def test_each_deed_keeps_the_rules(hands: Hands, browser: Browser, deed: str, params: dict[str, Any]) -> None:
    revision = hands.revision
    browser.controls.happen("external_mutation", deed=deed, **params)
    assert hands.revision > revision
    assert browser.sim("GET", "invariants").json()["ok"]


def test_deeds_by_name(hands: Hands, simulator_control: Controls) -> None:
    hunter = hands.account.characters[1]
    item = carried(hands)

    def do(deed: str, **params: Any) -> list[str]:
        found: list[str] = simulator_control.happen("external_mutation", deed=deed, **params)["items"]
        return found

    assert do("lock", item=item.id, locked=True) == [item.id]
    assert item.locked
    assert do("move", item=item.id, to="hunter") == []
    stuck = [hands.lying(s.KINETIC, worn=True)[0], hands.lying(s.EMBLEMS)[0], hands.lying(s.CLASS_ITEM)[-1]]
    assert do("move", items=[one.id for one in stuck]) == []
    hands.clear(s.KINETIC, hunter)
    assert do("move", item=item.id, to="Ilse Varr") == [item.id]
    assert (item.owner, item.bucket) == (hunter.id, s.KINETIC)
    assert do("equip", item=item.id) == [item.id]
    assert item.equipped
    for params in ({"deed": "equip", "item": hands.vaulted(s.KINETIC).id}, {"deed": "delete", "item": item.id}):
        with pytest.raises(MomentError):
            simulator_control.happen("external_mutation", **params)
    assert do("fill_postmaster", character=hunter.id, leave=2)
    assert len(hands.lying(POSTMASTER, hunter)) == 19
    oldest = hands.lying(POSTMASTER, hunter)[0]
    do("find", character=hunter.id, count=3)
    waiting = hands.lying(POSTMASTER, hunter)
    assert (len(waiting), oldest in waiting) == (21, False)
    assert len(do("fill", to="vault", leave=3)) == 1000 - 3 - 904
    assert len(hands.account.vault()) == 997


def test_stacks_in_the_game(hands: Hands, simulator_control: Controls) -> None:
    oil = next(one for one in hands.account.items if not one.id and one.bucket == s.CONSUMABLES and one.quantity == 31)

    def amounts() -> list[int]:
        return sorted(one.quantity for one in hands.pocket(oil.hash))

    simulator_control.happen("external_mutation", deed="use", hash=oil.hash, quantity=6)
    assert amounts() == [25]
    simulator_control.happen("external_mutation", deed="split", hash=oil.hash, quantity=10)
    assert amounts() == [10, 15]
    assert hands.vault(oil, stackSize=25).code == 1
    assert amounts() == []
    wrong = ({"deed": "use", "hash": 5}, {"deed": "split", "hash": oil.hash, "quantity": 99}, {"deed": "lock", "x": 1})
    for params in wrong:
        with pytest.raises(MomentError):
            simulator_control.happen("external_mutation", **params)


def test_a_broken_rule_is_found_after_the_write_that_broke_it(
    hands: Hands, simulator_control: Controls, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were the simulator itself to lose an item, its journal would say so, and the test's end would fail."""
    from vaultraider.simulator import transfer_rules

    item = carried(hands)
    monkeypatch.setattr(transfer_rules, "put", lambda account, item, place: account.items.remove(item))
    assert hands.vault(item).code == 1
    problems = [entry.problem for entry in simulator_control.journal() if entry.problem]
    assert "a write made or destroyed items" in problems[0]
    told = browser.sim("GET", "invariants").json()
    assert (told["ok"], told["broken"]) == (False, ["a write made or destroyed items"])
    simulator_control.forgive()


def test_a_moment_is_still_a_moment(browser: Browser) -> None:
    done = browser.sim("POST", "faults", {"action": "external_mutation", "deed": "touch", "count": 2}).json()
    assert (done["id"], len(done["done"]["items"])) == (None, 2)
    assert told(browser.http.post(f"{ACTIONS}Nothing/", json={}, headers=browser.headers())).code == 21
    browser.controls.forgive()
