"""What is kept of a state; and the faults after which nothing may look lost, found, moved or changed."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from tests.domain import accounts as a
from tests.domain.accounts import HUNTER, TITAN, instance_id
from tests.domain.history.lives import DEEDS, FAULTS, START, Life

from vaultraider.domain import hashes
from vaultraider.domain.continuity import keep_last_known
from vaultraider.domain.history.compare import events_between
from vaultraider.domain.history.delta import decode_moment, difference, encode_moment
from vaultraider.domain.history.moment import KeptItem, KeptLoadout, Moment
from vaultraider.domain.history.names import HashNames
from vaultraider.domain.history.showing import snapshot_from
from vaultraider.domain.history.taking import can_begin, moment_of
from vaultraider.domain.snapshot import ProfileSnapshot, read_snapshot

Body = dict[str, Any]

UNSEEN_AT_FIRST = {"garbled", "vault empty"}
"""Nobody can tell them from the truth while nothing else is known."""


def seen(body: Body) -> ProfileSnapshot:
    """As accepted, when nothing was known before."""
    return keep_last_known(a.snapshot(body), None).snapshot


def kept(body: Body, latest: Moment | None = None) -> Moment:
    return moment_of(seen(body), latest)


def kinds(before: Moment, after: Moment) -> list[str]:
    return [event.kind for event in events_between(before, after, seq=1, at=START, since=START, names=HashNames())]


def test_what_is_kept_of_an_instance() -> None:
    item = kept(a.account()).items[instance_id(5)]
    assert item == KeptItem(
        hash=a.RIFLE,
        holder=TITAN,
        bucket=hashes.KINETIC,
        location=1,
        lockable=True,
        damage=1,
        primary=(hashes.ATTACK, 541),
        gear_tier=3,
        sockets=(a.BARREL * 4 + 3, a.MAGWORK * 4 + 1, 0),
    )


def test_stacks_have_one_order_whatever_bungie_s() -> None:
    body = a.account()
    first = kept(body)
    assert [stack.quantity for stack in first.stacks[a.CORE]] == [999, 999, 12, 5]
    body["profileInventory"]["data"]["items"].reverse()
    assert kept(body) == first
    assert kept(body, first) == first


def test_minted_times_and_times_of_play_are_not_compared() -> None:
    body = a.account("2026-11-18T01:00:00Z")
    body["profile"]["data"]["dateLastPlayed"] = "2026-11-18T01:00:00Z"
    body["characters"]["data"][TITAN] |= {"dateLastPlayed": "2026-11-18T01:00:00Z", "minutesPlayedTotal": "9999"}
    body["itemComponents"]["plugObjectives"]["data"][instance_id(1)]["objectivesPerPlug"]["202"][0]["progress"] = 44
    body["itemComponents"]["instances"]["data"][instance_id(1)] |= {"canEquip": False, "cannotEquipReason": 4}
    assert difference(kept(a.account()), kept(body)) is None


def test_an_instance_in_two_lists_is_in_the_first() -> None:
    """Bungie's servers disagree at times: what is worn comes first, as everywhere."""
    body = a.account()
    body["profileInventory"]["data"]["items"].append(a.thing(a.HELM, 10))
    assert kept(body).items[instance_id(10)].equipped


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_a_fault_is_no_event(demo_profile: bytes, fault: str) -> None:
    """Nothing happens in the world. Bungie answers so four times, then whole again; and nothing is told, ever."""
    life = Life(demo_profile, seed=1)
    moment = first = moment_of(life.answer(), None)
    for faults in ((fault,), (fault,), (fault,), (fault,), ()):
        after = moment_of(life.answer(*faults), moment)
        assert kinds(moment, after) == []
        moment = after
    assert moment == first


@pytest.mark.parametrize("fault", sorted(FAULTS.keys() - UNSEEN_AT_FIRST))
def test_a_fault_at_the_very_first_answer_finds_nothing_later(demo_profile: bytes, fault: str) -> None:
    life = Life(demo_profile, seed=2)
    first = life.answer(fault)
    moment = moment_of(first, None)
    whole = moment_of(life.answer(), moment)
    assert not can_begin(first) or kinds(moment, whole) == []


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_what_happens_behind_a_fault_is_told_once(demo_profile: bytes, fault: str) -> None:
    """As soon as a whole answer comes; and before that nothing that is untrue."""
    life = Life(demo_profile, seed=3)
    first = moment = moment_of(life.answer(), None)
    for deed in sorted(DEEDS):
        life.happen(deed)
    for _ in range(3):
        moment = moment_of(life.answer(fault), moment)
    last = moment_of(life.answer(), moment)
    assert last == moment_of(life.answer(), None)
    gone = first.items.keys() - last.items.keys()
    told = [
        event.item
        for before, after in ((first, moment), (moment, last))
        for event in events_between(before, after, seq=1, at=START, since=START, names=HashNames())
        if event.kind == "lost" and event.item
    ]
    assert sorted(told) == sorted(gone)


def test_an_account_whose_lists_were_private_keeps_its_items() -> None:
    """Somebody took our permission back, or hid the account: Bungie answers without data."""
    before = kept(a.account())
    body = a.account()
    for part in ("profileInventory", "profileCurrencies", "characterInventories"):
        body[part] = {"privacy": 2}
    assert kept(body, before) == before
    assert kept(body, before).items is before.items, "nobody looked: that is no proof that they are still there"
    assert kept(a.account(), before).items is not before.items


def test_what_is_missing_stays_and_what_changed_meanwhile_is_told() -> None:
    """Two answers without the parts that tell power and perks; when they are back, both have changed."""
    before = kept(a.account())
    body = a.account()
    del body["itemComponents"]
    assert kept(body, before) == before
    body = a.account()
    body["itemComponents"]["instances"]["data"][instance_id(1)] = a.instance(540, damageType=1)
    body["itemComponents"]["sockets"]["data"][instance_id(1)] = a.sockets(a.ROLL, a.MAGWORK, a.SHADER)
    assert sorted(kinds(before, kept(body, before))) == ["perk", "power"]


def test_a_list_that_a_person_could_empty_is_believed() -> None:
    body = a.account()
    hunters = body["characterInventories"]["data"][HUNTER]["items"]
    body["profileInventory"]["data"]["items"].append(hunters.pop() | {"bucketHash": hashes.VAULT, "location": 2})
    assert kinds(kept(a.account()), kept(body, kept(a.account()))) == ["moved"]


def test_a_long_list_whose_items_are_elsewhere_is_believed() -> None:
    """Somebody moved everything to the vault: nothing is missing."""
    body = a.account()
    crowd = [a.thing(a.RIFLE, number, hashes.KINETIC) for number in range(100, 120)]
    body["characterInventories"]["data"][HUNTER]["items"] = crowd
    before = kept(body)
    body["characterInventories"]["data"][HUNTER]["items"] = []
    body["profileInventory"]["data"]["items"] += [each | {"bucketHash": hashes.VAULT, "location": 2} for each in crowd]
    assert kinds(before, kept(body, before)) == ["moved"] * 20


def test_a_deleted_guardian_takes_its_things_along() -> None:
    body = a.account()
    for part in ("characters", "characterInventories", "characterEquipment"):
        del body[part]["data"][HUNTER]
    body["profile"]["data"]["characterIds"] = [TITAN]
    told = kinds(kept(a.account()), kept(body, kept(a.account())))
    assert told == ["character-deleted", "lost", "lost"]


def test_loadouts() -> None:
    body = a.account()
    assert kept(body).loadouts == {}, "never told"
    place = {"nameHash": 1, "colorHash": 2, "iconHash": 3}
    items = [{"itemInstanceId": instance_id(5), "plugItemHashes": [7, 8]}, {"itemInstanceId": "0", "plugItemHashes": []}]
    body["characterLoadouts"] = {"data": {TITAN: {"loadouts": [place | {"items": items}]}, "1": {"loadouts": []}}, "privacy": 2}
    saved = {TITAN: (KeptLoadout(1, 2, 3, ((instance_id(5), (7, 8)),)),)}
    assert kept(body).loadouts == saved, "of guardians that there are"
    assert kept(a.account(), kept(body)).loadouts == saved, "those that did not come stay"
    body["characterLoadouts"]["data"] = {TITAN: {"loadouts": []}}
    assert kept(body, Moment(loadouts=saved)).loadouts == saved, "nor do all of them vanish at once"


HOSTILE: dict[str, Body] = {
    "numbers beyond every integer": a.thing(a.RIFLE, 1, quantity=10**40, state=-(10**30), versionNumber=2**70),
    "a hash beyond 32 bits": a.thing(2**60, 1),
    "below zero": a.thing(a.RIFLE, 1, quantity=-5, location=-1),
    "HTML for a date": a.thing(a.RIFLE, 1, expirationDate="<script>alert(1)</script>" * 1000),
    "a date that turns the line": a.thing(a.RIFLE, 1, expirationDate="\u202e2026"),
    "fields of a coming season": a.thing(a.RIFLE, 1, newThing={"deep": [1, {"er": None}]}, itemVersion="x"),
    "lists for numbers": a.thing(a.RIFLE, 1, state=[1, 2], quantity={"a": 1}, lockable="yes"),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_values_can_be_kept_and_shown(name: str) -> None:
    body = a.account()
    before = kept(body)
    body["profileInventory"]["data"]["items"][0] = HOSTILE[name]
    after = kept(body, before)
    assert instance_id(1) in after.items
    assert after.items[instance_id(1)].expires.isprintable()
    assert decode_moment(encode_moment(after)) == after
    assert moment_of(snapshot_from(after, START), None) == after
    assert "lost" not in kinds(before, after)


@pytest.mark.parametrize("id", ["<b>1</b>", "1" * 33, "\ud83d\ude00", "\u202e1", "a b", "1\x00"])
def test_an_id_that_cannot_be_one_is_not_kept(id: str) -> None:
    body = a.account()
    before = kept(body)
    body["profileInventory"]["data"]["items"][0] = a.thing(a.RIFLE) | {"itemInstanceId": id}
    body["characters"]["data"][id] = a.character(id)
    body["characterInventories"]["data"][id] = {"items": [a.thing(a.RIFLE, 77)]}
    body["characterEquipment"]["data"][id] = {"items": []}
    assert kept(body, before) == before, "and nothing that was there is gone for it"


def test_a_moment_has_nothing_of_a_time_or_a_person() -> None:
    stored = msgspec.json.encode(kept(a.account()))
    assert a.MEMBERSHIP.encode() not in stored
    assert b"2026" not in stored
    assert b"marrow" not in stored


@pytest.mark.real_data
def test_a_real_account_is_kept_whole(real_profile: bytes) -> None:
    moment = moment_of(read_snapshot(real_profile, START), None)
    assert len(moment.items) == 855
    assert sum(map(len, moment.stacks.values())) == 136
    assert len(moment.currencies) == 6
    assert len(moment.characters) == 3
    assert len(encode_moment(moment)) < 40_000
