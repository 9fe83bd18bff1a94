"""EquipItem, EquipItems, SetLockState and SetTrackedState over HTTP: each rule and each refusal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.simulator.conftest import Browser
from tests.simulator.controls import Controls
from tests.simulator.hands import Answer, Hands, fit, stack_of

from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.demo.tables import catalogue
from vaultraider.simulator.world import POSTMASTER, VAULT, Character, Item

THINGS = catalogue().things
XBOX_PERSON = "17429805"
Try = Callable[[Hands], Answer]


def label(hands: Hands, item: Item) -> str:
    return hands.box.game.kind(item.hash).label


def exotic(hands: Hands, slots: tuple[int, ...]) -> Item:
    """One that is carried while another of its label is worn in another slot."""
    worn = next(one for slot in slots for one in hands.lying(slot, worn=True) if label(hands, one))
    return next(one for slot in slots if slot != worn.bucket for one in hands.lying(slot) if label(hands, one))


def of_another_class(hands: Hands) -> Item:
    kinds = hands.box.game
    return next(one for one in hands.lying(s.LEGS) if kinds.kind(one.hash).class_type != hands.me.class_type)


def too_high(hands: Hands) -> Item:
    item = hands.lying(s.KINETIC)[0]
    item.level = hands.me.level + 1
    return item


def go(hands: Hands, where: str, locked: bool) -> None:
    hands.browser.controls.happen("where", where=where, locked=locked)


def in_activity(hands: Hands, item: Item) -> Answer:
    go(hands, "activity", False)
    return hands.equip(item)


def logged_out_locked(hands: Hands) -> Answer:
    go(hands, "offline", True)
    return hands.equip(hands.lying(s.KINETIC)[0])


REFUSALS: dict[str, tuple[int, Try]] = {
    "another platform": (3, lambda h: h.equip(h.lying(s.KINETIC)[0], membershipType=1)),
    "unknown character": (1620, lambda h: h.equip(h.lying(s.KINETIC)[0], characterId="7")),
    "on another character": (1623, lambda h: h.equip(h.lying(s.KINETIC)[0], h.account.characters[1])),
    "in the vault": (1623, lambda h: h.equip(h.vaulted(s.KINETIC))),
    "at the postmaster": (1623, lambda h: h.equip(h.lying(POSTMASTER)[0])),
    "in the pocket": (1623, lambda h: h.equip(h.pocket(THINGS.unique)[0])),
    "no item": (1623, lambda h: h.equip(h.lying(s.KINETIC)[0], itemId="0")),
    "second exotic weapon": (1641, lambda h: h.equip(exotic(h, s.WEAPON_SLOTS))),
    "second exotic armour": (1641, lambda h: h.equip(exotic(h, s.ARMOR_SLOTS))),
    "second exotic, in an activity": (1641, lambda h: in_activity(h, exotic(h, s.WEAPON_SLOTS))),
    "another class": (1639, lambda h: h.equip(of_another_class(h))),
    "another class, in an activity": (1639, lambda h: in_activity(h, of_another_class(h))),
    "level": (1638, lambda h: h.equip(too_high(h))),
    "in an activity": (1671, lambda h: in_activity(h, h.lying(s.KINETIC)[0])),
    "logged out where equipment is locked": (1640, logged_out_locked),
    "nothing to wear": (1640, lambda h: h.equip(h.lying(s.ENGRAMS)[0])),
    "nothing to wear, in an activity": (1671, lambda h: in_activity(h, h.lying(s.ENGRAMS)[0])),
    "lock: another platform": (3, lambda h: h.lock(h.lying(s.KINETIC)[0], True, membershipType=254)),
    "lock: no real character": (1620, lambda h: h.lock(h.vaulted(s.KINETIC), True, characterId="0")),
    "lock: on another character": (1623, lambda h: h.lock(h.lying(s.KINETIC)[0], True, h.account.characters[2])),
    "lock: a stack": (1623, lambda h: h.lock(h.pocket(stack_of("Lantern Oil"))[0], True)),
    "lock: another's": (1623, lambda h: h.lock(Hands(h.browser, "Hoarder").vaulted(s.KINETIC), True)),
    "lock: an emblem": (1663, lambda h: h.lock(h.lying(s.EMBLEMS)[0], True)),
    "lock: an engram": (1663, lambda h: h.lock(h.lying(s.ENGRAMS)[0], True)),
    "track: a weapon": (1663, lambda h: h.track(h.lying(s.KINETIC)[0], True)),
    "track: another character": (1623, lambda h: h.track(h.lying(s.QUESTS)[0], True, h.account.characters[1])),
    "track: tracked": (1658, lambda h: h.track(next(one for one in h.lying(s.QUESTS) if one.tracked), True)),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_refusals(hands: Hands, case: str) -> None:
    code, attempt = REFUSALS[case]
    worn = {one.id for one in hands.account.items if one.equipped}
    flags = [(one.locked, one.tracked) for one in hands.account.items]
    answer = attempt(hands)
    assert (answer.status, answer.code, answer.body["Response"]) == (500, code, 0), answer.text
    assert {one.id for one in hands.account.items if one.equipped} == worn
    assert [(one.locked, one.tracked) for one in hands.account.items] == flags


def plain(hands: Hands, slot: int) -> Item:
    return next(one for one in hands.lying(slot) if not label(hands, one))


def test_wearing_takes_off_what_was_worn(hands: Hands) -> None:
    item, before = plain(hands, s.KINETIC), hands.lying(s.KINETIC, worn=True)[0]
    revision = hands.revision
    assert hands.equip(item).body["Response"] == 0
    assert (item.equipped, before.equipped, hands.revision) == (True, False, revision + 1)
    shown = hands.shown()
    worn = {one["itemInstanceId"]: one for one in shown["characterEquipment"]["data"][hands.me.id]["items"]}
    assert worn[item.id]["transferStatus"] == 1
    assert before.id not in worn
    instances = shown["itemComponents"]["instances"]["data"]
    assert (instances[item.id]["isEquipped"], instances[before.id]["isEquipped"]) == (True, False)
    assert hands.vault(item).code == 1656
    assert hands.equip(item).code == 1
    assert hands.vault(before).code == 1


def test_one_exotic_makes_room_for_another(hands: Hands) -> None:
    """In the same slot at once; in another slot once the first is off."""
    rival = exotic(hands, s.WEAPON_SLOTS)
    worn = next(one for slot in s.WEAPON_SLOTS for one in hands.lying(slot, worn=True) if label(hands, one))
    assert hands.equip(plain(hands, worn.bucket)).code == 1
    assert hands.equip(rival).code == 1
    assert hands.equip(worn).code == 1641
    other = fit(hands.account, Item(hash=worn.hash, id="6917529000000000002", bucket=rival.bucket), rival.bucket, hands.me.id)
    hands.account.items.remove(plain(hands, rival.bucket))
    assert hands.equip(other).code == 1


def test_a_locked_player_may_wear_again_in_orbit(hands: Hands) -> None:
    item = plain(hands, s.KINETIC)
    for where, locked, code in (
        ("activity", True, 1671),
        ("offline", True, 1640),
        ("orbit", True, 1),
        ("offline", False, 1),
        ("social", False, 1),
    ):
        go(hands, where, locked)
        assert hands.equip(item).code == code, where


def test_only_the_guardian_who_plays_is_hindered(hands: Hands) -> None:
    go(hands, "activity", True)
    other = hands.account.characters[1]
    assert hands.equip(next(one for one in hands.lying(s.KINETIC, other) if not label(hands, one)), other).code == 1
    shown = hands.shown("204,1000")
    activities = shown["characterActivities"]["data"]
    assert [activities[one.id]["currentActivityHash"] != 0 for one in hands.account.characters] == [True, False, False]
    assert "data" in shown["profileTransitoryData"]


def test_a_young_guardian(browser: Browser) -> None:
    hands = Hands(browser, XBOX_PERSON)
    xbox = next(one for one in browser.simulator.box.world.accounts_of(XBOX_PERSON) if one.type == 1)
    me = xbox.characters[0]
    kinds = hands.box.game
    fits = (3, me.class_type)
    item = next(one for one in xbox.vault() if one.level == 50 and kinds.kind(one.hash).class_type in fits)
    slot = kinds.kind(item.hash).bucket
    xbox.items.remove(next(one for one in xbox.items if one.bucket == slot and one.owner == me.id and not one.equipped))
    assert hands.fetch(item, me, membershipType=1).code == 1
    assert hands.equip(item, me, membershipType=1).code == 1638
    path = f"/Platform/Destiny2/1/Profile/{xbox.id}/?components=200,201,300"
    shown = browser.get(path, XBOX_PERSON).json()["Response"]
    instance = shown["itemComponents"]["instances"]["data"][item.id]
    assert (instance["equipRequiredLevel"], instance["canEquip"], instance["cannotEquipReason"]) == (50, False, 8)
    assert shown["characters"]["data"][me.id]["levelProgression"]["level"] == 20


def test_the_instance_says_why_not(hands: Hands) -> None:
    reasons = {
        2: exotic(hands, s.WEAPON_SLOTS),
        4: of_another_class(hands),
        16: hands.vaulted(s.KINETIC),
        0: hands.lying(s.ENGRAMS)[0],
    }
    waiting = hands.lying(POSTMASTER)[0]
    instances = hands.shown()["itemComponents"]["instances"]["data"]
    for reason, item in reasons.items():
        assert (instances[item.id]["canEquip"], instances[item.id]["cannotEquipReason"]) == (False, reason)
    assert instances[waiting.id]["cannotEquipReason"] == 16
    assert instances[plain(hands, s.KINETIC).id]["canEquip"]


def rows(answer: Answer) -> list[tuple[str, int]]:
    assert (answer.status, answer.code) == (200, 1)
    return [(row["itemInstanceId"], row["equipStatus"]) for row in answer.body["Response"]["equipResults"]]


@pytest.mark.parametrize(("knob", "told"), [("omit", []), ("1623", [1623])])
def test_many_at_once(hands: Hands, simulator_control: Controls, knob: str, told: list[int]) -> None:
    """Each has its row; what is not there is left out or told, as the knob says."""
    simulator_control.knobs(equipitems_missing=knob)
    good, bad, absent = plain(hands, s.KINETIC), of_another_class(hands), hands.vaulted(s.ENERGY)
    found = rows(hands.equip_many([good.id, absent.id, bad.id]))
    assert found == [(good.id, 1), *((absent.id, code) for code in told), (bad.id, 1639)]
    assert good.equipped


def test_success_though_every_item_failed(hands: Hands) -> None:
    revision = hands.revision
    go(hands, "activity", False)
    revision = hands.revision
    items = [plain(hands, slot).id for slot in s.WEAPON_SLOTS]
    assert rows(hands.equip_many(items)) == [(id, 1671) for id in items]
    assert hands.revision == revision
    assert rows(hands.equip_many([])) == []


def test_the_order_matters_for_exotics(hands: Hands) -> None:
    """The plain one first, then the exotic: both are worn. The other way round the exotic is refused."""
    rival = exotic(hands, s.WEAPON_SLOTS)
    worn = next(one for slot in s.WEAPON_SLOTS for one in hands.lying(slot, worn=True) if label(hands, one))
    replacement = plain(hands, worn.bucket)
    assert rows(hands.equip_many([rival.id, replacement.id])) == [(rival.id, 1641), (replacement.id, 1)]
    assert hands.equip(worn).code == 1
    assert rows(hands.equip_many([replacement.id, rival.id])) == [(replacement.id, 1), (rival.id, 1)]


def test_many_at_once_as_a_whole_refused(hands: Hands) -> None:
    """An endpoint that answers an object has no Response in its refusals."""
    answer = hands.send("EquipItems", {"itemIds": [], "characterId": "5", "membershipType": 3})
    assert answer.code == 1620
    assert "Response" not in answer.body
    answer = hands.send("EquipItems", {"itemIds": "5", "characterId": hands.me.id, "membershipType": 3})
    assert answer.code == 30


@pytest.mark.parametrize("where", ["carried", "worn", "vault", "postmaster"])
def test_locks(hands: Hands, where: str) -> None:
    item = {
        "carried": lambda: plain(hands, s.KINETIC),
        "worn": lambda: hands.lying(s.KINETIC, worn=True)[0],
        "vault": lambda: hands.vaulted(s.GHOST),
        "postmaster": lambda: hands.lying(POSTMASTER)[0],
    }[where]()
    for state in (True, False, True, True):
        revision = hands.revision
        assert hands.lock(item, state).code == 1
        assert (item.locked, hands.revision) == (state, revision + 1)
        lists = hands.shown()
        shown = [
            *lists["profileInventory"]["data"]["items"],
            *(one for key in ("characterInventories", "characterEquipment") for one in lists[key]["data"][hands.me.id]["items"]),
        ]
        row = next(one for one in shown if one.get("itemInstanceId") == item.id)
        assert (bool(row["state"] & 1), row["lockable"]) == (state, True)


def test_quests_are_followed_once_a_second(hands: Hands) -> None:
    quests = [one for one in hands.lying(s.QUESTS) if not one.tracked]
    hands.box.clock.freeze()
    assert hands.track(quests[0], True).code == 1
    body = {"itemId": quests[1].id, "state": True, "characterId": hands.me.id, "membershipType": 3}
    assert hands.send("SetTrackedState", body, pause=0.5).code == 36
    assert hands.send("SetTrackedState", body, pause=0.5).code == 1
    assert [one.tracked for one in quests[:2]] == [True, True]
    assert hands.track(quests[0], False).code == 1
    row = next(
        one
        for one in hands.shown("201")["characterInventories"]["data"][hands.me.id]["items"]
        if one.get("itemInstanceId") == quests[0].id
    )
    assert row["state"] & 2 == 0
    assert hands.track(hands.lying(s.QUESTS)[0], False).code == 1


def test_the_loadouts_of_the_game(hands: Hands) -> None:
    shown = hands.shown("206")["characterLoadouts"]["data"]
    first = shown[hands.me.id]["loadouts"]
    assert len(first) == 12
    saved = [place for place, one in enumerate(first) if any(row["itemInstanceId"] != "0" for row in one["items"])]
    assert saved == [0, 2]
    worn = {row["itemInstanceId"] for row in first[0]["items"]}
    assert {hands.lying(slot, worn=True)[0].id for slot in (s.KINETIC, s.HELMET, s.SUBCLASS)} <= worn
    assert all(one.id in shown for one in hands.account.characters)


def every_slot(hands: Hands, who: Character) -> list[Any]:
    return [(slot, [one.hash for one in hands.lying(slot, who) if label(hands, one)]) for slot in s.ARMOR_SLOTS]


def test_the_demo_has_what_makes_moving_hard(hands: Hands) -> None:
    kinds = hands.box.game
    for who in hands.account.characters:
        assert sum(1 for _, exotics in every_slot(hands, who) if exotics) >= 2
        assert sum(1 for slot in s.WEAPON_SLOTS if any(label(hands, one) for one in hands.lying(slot, who))) >= 2
        assert any(kinds.kind(one.hash).class_type not in (3, who.class_type) for one in hands.lying(s.LEGS, who))
        for slot in (s.KINETIC, s.GAUNTLETS):
            twins: dict[int, set[bool]] = {}
            for one in hands.lying(slot, who):
                twins.setdefault(one.hash, set()).add(one.locked)
            assert {True, False} in twins.values()
    assert len(hands.account.vault()) == 904
    assert any(one.hash == THINGS.heirloom for one in hands.lying(s.CLASS_ITEM))
    assert VAULT == s.GENERAL
