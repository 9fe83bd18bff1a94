"""TransferItem and PullFromPostmaster over HTTP: each rule, each refusal, in Bungie's order and with Bungie's bodies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.simulator.conftest import Browser
from tests.simulator.controls import Controls
from tests.simulator.hands import Answer, Hands, fit, stack_of

from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.demo.tables import catalogue
from vaultraider.simulator.invariants import totals
from vaultraider.simulator.world import POSTMASTER, VAULT, Item

THINGS = catalogue().things
Try = Callable[[Hands], Answer]


def carried(hands: Hands, bucket: int = s.KINETIC) -> Item:
    return hands.lying(bucket)[0]


def by_hash(hands: Hands, hash: int, bucket: int) -> Item:
    return next(one for one in hands.account.items if one.hash == hash and one.bucket == bucket)


def full_vault(hands: Hands) -> Item:
    hands.browser.controls.happen("external_mutation", deed="fill", to="vault")
    return carried(hands)


def other_items(hands: Hands) -> Item:
    return Hands(hands.browser, "Hoarder").vaulted(s.KINETIC)


def unique_twice(hands: Hands) -> Item:
    """The one lantern lies in the pocket; here is another in the vault."""
    pattern = by_hash(hands, THINGS.unique, s.CONSUMABLES)
    return fit(hands.account, Item(hash=pattern.hash, id="6917529000000000001", bucket=VAULT), VAULT, "")


def chips(hands: Hands, bucket: int, owner: str, quantity: int = 1) -> Item:
    return fit(hands.account, Item(hash=stack_of("Polaris Chip"), quantity=quantity, bucket=bucket), bucket, owner)


def emptied(hands: Hands, item: Item) -> Item:
    """The same, with room for it where it belongs."""
    hands.clear(hands.box.game.kind(item.hash).bucket)
    return item


def heirloom(hands: Hands) -> Item:
    return by_hash(hands, THINGS.heirloom, s.CLASS_ITEM)


def worn_emblem(hands: Hands) -> Item:
    return hands.lying(s.EMBLEMS, worn=True)[0]


def odd_order(hands: Hands) -> Answer:
    """Worn and without a vault slot: that it is worn is told first."""
    return hands.vault(worn_emblem(hands))


REFUSALS: dict[str, tuple[int, Try]] = {
    "another platform": (3, lambda h: h.vault(carried(h), membershipType=2)),
    "all platforms": (3, lambda h: h.vault(carried(h), membershipType=-1)),
    "no platform": (3, lambda h: h.send("TransferItem", {})),
    "platform before character": (3, lambda h: h.vault(carried(h), membershipType=2, characterId="1")),
    "unknown character": (1620, lambda h: h.vault(carried(h), characterId="1")),
    "foreign character": (1620, lambda h: h.vault(carried(h), characterId=Hands(h.browser, "Hoarder").me.id)),
    "no character": (1620, lambda h: h.vault(carried(h), characterId=0)),
    "another's item": (1623, lambda h: h.fetch(other_items(h))),
    "unknown item": (1623, lambda h: h.vault(carried(h), itemId="5")),
    "wrong character": (1623, lambda h: h.vault(carried(h), h.account.characters[1])),
    "in the vault already": (1623, lambda h: h.vault(h.vaulted(s.KINETIC))),
    "with the character already": (1623, lambda h: h.fetch(carried(h))),
    "from character to character": (1623, lambda h: h.fetch(carried(h), h.account.characters[1])),
    "waits at the postmaster": (1623, lambda h: h.vault(h.lying(POSTMASTER)[0])),
    "hash of another": (1623, lambda h: h.vault(carried(h), itemReferenceHash=h.lying(s.ENERGY)[0].hash)),
    "no hash": (1623, lambda h: h.send("TransferItem", {**h.body(carried(h)), "itemReferenceHash": 0, "transferToVault": True})),
    "no instance": (1623, lambda h: h.vault(carried(h), itemId="0")),
    "instance of a stack": (1623, lambda h: h.vault(h.pocket(stack_of("Lantern Oil"))[0], itemId=carried(h).id)),
    "worn": (1656, lambda h: h.vault(h.lying(s.KINETIC, worn=True)[0])),
    "worn, and the vault full": (1656, lambda h: (full_vault(h), h.vault(h.lying(s.KINETIC, worn=True)[0]))[1]),
    "worn, and not for the vault": (1656, odd_order),
    "emblem": (1627, lambda h: h.vault(h.lying(s.EMBLEMS)[0])),
    "finisher": (1627, lambda h: h.vault(h.lying(s.FINISHERS)[0])),
    "subclass": (1627, lambda h: h.vault(h.lying(s.SUBCLASS)[0])),
    "quest": (1627, lambda h: h.vault(h.lying(s.QUESTS)[0])),
    "engram": (1627, lambda h: h.vault(h.lying(s.ENGRAMS)[0])),
    "parcel": (1623, lambda h: h.vault(by_hash(h, THINGS.orders[0], s.SPECIAL_ORDERS))),
    "not transferrable stack": (1660, lambda h: h.vault(h.pocket(THINGS.package)[0])),
    "not transferrable armour": (1660, lambda h: h.vault(heirloom(h))),
    "not transferrable, vault full": (1660, lambda h: (full_vault(h), h.vault(heirloom(h)))[1]),
    "slot full": (1642, lambda h: h.fetch(h.vaulted(s.KINETIC))),
    "vault full": (1642, lambda h: h.vault(full_vault(h))),
    "unique there": (1648, lambda h: h.fetch(unique_twice(h))),
    "unique stack there": (1648, lambda h: h.fetch(chips(h, VAULT, ""))),
    "nothing of it": (18, lambda h: h.fetch(emptied(h, h.vaulted(s.KINETIC)), stackSize=0)),
    "less than nothing": (18, lambda h: h.vault(carried(h), stackSize=-1)),
    "full before nothing": (1642, lambda h: h.fetch(h.vaulted(s.KINETIC), stackSize=0)),
    "two of one": (1623, lambda h: h.vault(carried(h), stackSize=2)),
    "more than owned": (1623, lambda h: h.vault(h.pocket(stack_of("Lantern Oil"))[0], stackSize=32)),
    "more than owned in all stacks": (1623, lambda h: h.vault(h.pocket(stack_of("Paper Star"))[0], stackSize=2251)),
    "pull: not there": (1623, lambda h: h.pull(carried(h))),
    "pull: another's postmaster": (1623, lambda h: h.pull(h.lying(POSTMASTER)[0], h.account.characters[1])),
    "pull: unknown character": (1620, lambda h: h.pull(h.lying(POSTMASTER)[0], characterId="9")),
    "pull: another platform": (3, lambda h: h.pull(h.lying(POSTMASTER)[0], membershipType=1)),
    "pull: slot full": (1642, lambda h: h.pull(h.lying(POSTMASTER)[0])),
    "pull: unique there": (1648, lambda h: h.pull(by_hash(h, THINGS.unique, POSTMASTER))),
    "pull: unique stack there": (1648, lambda h: h.pull(by_hash(h, stack_of("Polaris Chip"), POSTMASTER))),
    "pull: nothing": (18, lambda h: h.pull(by_hash(h, THINGS.stacks[0][0], POSTMASTER), stackSize=0)),
    "pull: more than there": (1623, lambda h: h.pull(by_hash(h, THINGS.stacks[0][0], POSTMASTER), stackSize=4)),
    "pull: side effects": (1673, lambda h: h.pull(by_hash(h, THINGS.side_effect, POSTMASTER))),
    "pull: parcel": (1660, lambda h: h.pull(by_hash(h, THINGS.orders[0], s.SPECIAL_ORDERS))),
    "pull: message": (1660, lambda h: h.pull(by_hash(h, THINGS.message, s.MESSAGES))),
    "pull: hash of another": (1623, lambda h: h.pull(h.lying(POSTMASTER)[0], itemReferenceHash=5)),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_refusals(hands: Hands, case: str) -> None:
    """Refused means: the code, an integer 0 as Response, and a world as it was."""
    code, attempt = REFUSALS[case]
    revisions: list[int] = []
    send = hands.send

    def noting(name: str, body: Any, **more: Any) -> Answer:
        revisions.append(hands.revision)
        before.append([(one.id, one.hash, one.quantity, one.bucket, one.owner, one.equipped) for one in hands.account.items])
        return send(name, body, **more)

    before: list[Any] = []
    hands.send = noting  # type: ignore[method-assign]
    answer = attempt(hands)
    assert (answer.code, answer.body["Response"]) == (code, 0), answer.text
    assert answer.status == (400 if code == 18 else 500)
    assert hands.revision == revisions[-1]
    assert before[-1] == [(one.id, one.hash, one.quantity, one.bucket, one.owner, one.equipped) for one in hands.account.items]


def test_to_the_vault_and_back_and_the_profile_follows(hands: Hands) -> None:
    item, revision = carried(hands), hands.revision
    assert hands.vault(item).body == {
        "Response": 0,
        "ErrorCode": 1,
        "ThrottleSeconds": 0,
        "ErrorStatus": "Success",
        "Message": "Ok",
        "MessageData": {},
    }
    assert (item.bucket, item.owner, hands.revision) == (VAULT, "", revision + 1)
    rows = {one["itemInstanceId"]: one for one in hands.shown()["profileInventory"]["data"]["items"] if "itemInstanceId" in one}
    row = rows[item.id]
    assert (row["location"], row["bucketHash"], row["transferStatus"]) == (2, VAULT, 0)
    other = hands.account.characters[1]
    assert hands.fetch(item, other).code == 1642
    hands.clear(s.KINETIC, other)
    assert hands.fetch(item, other).code == 1
    shown = hands.shown()
    rows = {one.get("itemInstanceId"): one for one in shown["characterInventories"]["data"][other.id]["items"]}
    row = rows[item.id]
    assert (row["location"], row["bucketHash"], row["transferStatus"]) == (1, s.KINETIC, 0)
    instance = shown["itemComponents"]["instances"]["data"][item.id]
    assert (instance["canEquip"], instance["cannotEquipReason"], instance["isEquipped"]) == (True, 0, False)


@pytest.mark.parametrize(
    "body",
    [
        {"itemId": int, "characterId": int, "itemReferenceHash": str, "stackSize": str, "membershipType": str},
        {"itemId": str, "characterId": str, "targetCharacterId": lambda _: "5", "invented": lambda _: [1]},
    ],
    ids=["numbers and texts", "fields that nobody knows"],
)
def test_bodies_are_read_kindly(hands: Hands, body: dict[str, Callable[[Any], Any]]) -> None:
    sent = hands.body(carried(hands)) | {"transferToVault": "true"}
    for name, change in body.items():
        sent[name] = change(sent.get(name))
    assert hands.send("TransferItem", sent).code == 1


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", 26),
        (b"itemId=5", 30),
        (b"[1]", 30),
        (b'{"itemId":', 30),
        (b'{"stackSize":"many"}', 30),
        (b'{"itemReferenceHash":-1}', 30),
        (b'{"itemId":99999999999999999999}', 30),
        (b'{"transferToVault":"perhaps"}', 30),
        (b'{"stackSize":null}', 30),
    ],
)
def test_bodies_that_are_none(hands: Hands, raw: bytes, code: int) -> None:
    for name in ("TransferItem", "PullFromPostmaster"):
        if name == "PullFromPostmaster" and b"transferToVault" in raw:
            continue
        answer = hands.send(name, raw)
        assert (answer.status, answer.code, answer.body["Response"]) == (400, code, 0)


def test_paths_know_no_case(hands: Hands) -> None:
    hands.box.clock.advance(1)
    path = "/platform/destiny2/ACTIONS/items/transferitem/"
    answer = hands.browser.http.post(path, json=hands.body(carried(hands), transferToVault=True), headers=hands.headers)
    assert answer.json()["ErrorCode"] == 1


def test_locked_items_move_and_moving_works_in_an_activity(hands: Hands, simulator_control: Controls) -> None:
    item = carried(hands)
    item.locked = True
    simulator_control.happen("where", where="activity", locked=True)
    assert hands.vault(item).code == 1
    assert item.locked


@pytest.mark.parametrize(("knob", "code"), [(1660, 1660), (1627, 1627)])
def test_the_code_of_what_does_not_move_is_a_knob(hands: Hands, simulator_control: Controls, knob: int, code: int) -> None:
    simulator_control.knobs(nontransferrable=knob)
    assert hands.vault(heirloom(hands)).code == code


def test_what_nobody_can_describe_moves_all_the_same(hands: Hands) -> None:
    """Classified things, and hashes that the manifest lacks: the game itself knows where they belong."""
    classified = by_hash(hands, THINGS.classified[0], VAULT)
    assert hands.fetch(emptied(hands, classified)).code == 1
    assert classified.bucket == s.ENERGY
    for hash in THINGS.missing[1:]:
        item = by_hash(hands, hash, VAULT)
        assert hands.fetch(emptied(hands, item)).code == 1, hash
        assert item.bucket in s.WEAPON_SLOTS
        assert hands.vault(item).code == 1
    assert hands.vault(hands.pocket(THINGS.missing[0])[0]).code == 1


def amounts(hands: Hands, hash: int, bucket: int) -> list[int]:
    return sorted(one.quantity for one in hands.account.items if one.hash == hash and one.bucket == bucket)


def test_stacks_split_and_merge(hands: Hands) -> None:
    """Paper Stars: 2,250 in the pocket as 999 + 999 + 252, none in the vault; one call takes from all stacks."""
    stars = stack_of("Paper Star")
    before = totals(hands.account)
    for one in [one for one in hands.account.vault() if one.hash == stars]:
        hands.account.items.remove(one)
        before[stars] -= one.quantity
    assert amounts(hands, stars, s.CONSUMABLES) == [252, 999, 999]
    item = hands.pocket(stars)[0]
    assert hands.vault(item, stackSize=300).code == 1
    assert (amounts(hands, stars, s.CONSUMABLES), amounts(hands, stars, VAULT)) == ([951, 999], [300])
    used = len(hands.account.vault())
    assert hands.vault(item, stackSize=1500).code == 1
    assert (amounts(hands, stars, s.CONSUMABLES), amounts(hands, stars, VAULT)) == ([450], [801, 999])
    assert len(hands.account.vault()) == used + 1
    assert hands.fetch(item, hands.account.characters[2], stackSize=1800).code == 1
    assert (amounts(hands, stars, s.CONSUMABLES), amounts(hands, stars, VAULT)) == ([252, 999, 999], [])
    assert totals(hands.account) == before


def test_a_stack_may_fit_where_no_slot_is_free(hands: Hands, simulator_control: Controls) -> None:
    """The vault counts slots: what merges into part-filled stacks needs none."""
    oil = stack_of("Lantern Oil")
    for one in [one for one in hands.account.vault() if one.hash == oil]:
        hands.account.items.remove(one)
    fit(hands.account, Item(hash=oil, quantity=40, bucket=VAULT), VAULT, "")
    simulator_control.happen("external_mutation", deed="fill", to="vault")
    item = hands.pocket(oil)[0]
    assert hands.vault(item, stackSize=11).code == 1642
    assert hands.vault(item, stackSize=10).code == 1
    assert (amounts(hands, oil, VAULT), amounts(hands, oil, s.CONSUMABLES)) == ([50], [21])


def test_the_pocket_is_one_for_all_characters_and_counts_stacks(hands: Hands) -> None:
    oil, used = stack_of("Lantern Oil"), sum(1 for one in hands.account.items if one.bucket == s.CONSUMABLES)
    assert hands.vault(hands.pocket(oil)[0], hands.account.characters[2], stackSize=31).code == 1
    for place in range(used - 1, 50):
        fit(hands.account, Item(hash=THINGS.tokens[place % 12], quantity=1, bucket=s.CONSUMABLES), s.CONSUMABLES, "")
    stored = next(one for one in hands.account.vault() if one.hash == oil)
    assert hands.fetch(stored, stackSize=1).code == 1642
    hands.account.items.remove(hands.pocket(THINGS.tokens[0])[0])
    assert hands.fetch(stored, hands.account.characters[1], stackSize=1).code == 1


def test_a_unique_stack_may_be_filled_but_not_doubled(hands: Hands) -> None:
    kind = hands.box.game.kind(stack_of("Polaris Chip"))
    assert (kind.unique, kind.max_stack) == ("demo.polaris", 1)
    chip = hands.pocket(kind.hash)[0]
    assert hands.vault(chip).code == 1
    assert hands.vault(chips(hands, s.CONSUMABLES, "")).code == 1648
    assert hands.fetch(next(one for one in hands.account.vault() if one.hash == kind.hash)).code == 1648


def test_the_postmaster_gives_to_the_bucket_or_the_pocket(hands: Hands) -> None:
    weapon = hands.lying(POSTMASTER)[0]
    home = hands.box.game.kind(weapon.hash).bucket
    hands.clear(home)
    assert hands.pull(weapon).code == 1
    assert (weapon.bucket, weapon.owner) == (home, hands.me.id)
    material = by_hash(hands, THINGS.stacks[0][0], POSTMASTER)
    owned = sum(one.quantity for one in hands.pocket(material.hash))
    assert hands.pull(material, stackSize=2).code == 1
    assert sum(one.quantity for one in hands.pocket(material.hash)) == owned + 2
    assert by_hash(hands, material.hash, POSTMASTER).quantity == 1
    engram = next(one for one in hands.lying(POSTMASTER) if one.hash in THINGS.engrams)
    assert hands.pull(engram).code == 1
    assert engram.bucket == s.ENGRAMS


def test_every_person_has_a_pause_of_their_own(hands: Hands, browser: Browser, simulator_control: Controls) -> None:
    """0.1 s between two of one kind; another endpoint, or another person, does not count."""
    hoarder = Hands(browser, "Hoarder")
    hands.box.clock.freeze()
    first, second = hands.lying(s.KINETIC)[:2]
    assert hands.vault(first).code == 1
    refused = hands.send("TransferItem", hands.body(second, transferToVault=True), pause=0.05)
    assert (refused.status, refused.code, refused.body["Response"]) == (500, 36, 0)
    assert "Patience is a virtue" in refused.body["Message"]
    assert hands.send("SetLockState", {}, pause=0).code == 3
    assert hoarder.send("TransferItem", {}, pause=0).code == 3
    assert hands.send("TransferItem", hands.body(second, transferToVault=True), pause=0.1).code == 1


def test_who_may_write(hands: Hands, browser: Browser, simulator_control: Controls) -> None:
    body = hands.body(carried(hands), transferToVault=True)
    path = "/Platform/Destiny2/Actions/Items/TransferItem/"
    nobody = browser.http.post(path, json=body, headers=browser.headers())
    assert (nobody.json()["ErrorCode"], nobody.json()["Response"]) == (99, 0)
    token = simulator_control.tokens("Marrow", "31339")["access_token"]
    reader = browser.http.post(path, json=body, headers=browser.headers() | {"Authorization": f"Bearer {token}"})
    assert reader.json()["ErrorCode"] == 2108
    assert carried(hands).bucket == s.KINETIC


def test_an_overridden_account_can_do_nothing(browser: Browser) -> None:
    two = Hands(browser, "Two-memberships")
    assert two.vault(two.lying(s.KINETIC)[0], membershipType=2).code == 3
    assert two.vault(two.lying(s.KINETIC)[0]).code == 1


@pytest.mark.parametrize("bust", [True, False])
def test_a_write_makes_the_next_profile_fresh_or_not(hands: Hands, simulator_control: Controls, bust: bool) -> None:
    simulator_control.knobs(bust_on_write=bust)
    item = carried(hands)

    def in_vault() -> bool:
        return any(one.get("itemInstanceId") == item.id for one in hands.shown("102")["profileInventory"]["data"]["items"])

    assert not in_vault()
    assert hands.vault(item).code == 1
    assert in_vault() is bust
    simulator_control.advance(31)
    assert in_vault()
