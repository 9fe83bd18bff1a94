"""What Bungie said, typed; which of two answers is newer; and what is kept where one has holes."""

from __future__ import annotations

from typing import Any

import pytest
from tests.domain import accounts as a
from tests.domain.accounts import HUNTER, TITAN

from vaultraider.domain import hashes
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.continuity import PLAUSIBLE_LOSS, Kept, keep_last_known
from vaultraider.domain.errors import BungieGarbled
from vaultraider.domain.profile import assemble_profile
from vaultraider.domain.snapshot import ProfileSnapshot, is_newer, parse_stamp, read_snapshot

EARLY, LATE = "2026-11-17T16:00:00.000Z", "2026-11-17T16:30:00.000Z"


@pytest.mark.parametrize(
    ("candidate", "held", "read_later", "wanted"),
    [
        (LATE, EARLY, False, True),
        (EARLY, LATE, True, False),
        (LATE, LATE, True, False),
        (None, LATE, True, True),
        (LATE, None, False, False),
        (None, None, True, True),
        (None, None, False, False),
        ("0001-01-01T00:00:00Z", LATE, True, True),
        ("yesterday", LATE, False, False),
    ],
)
def test_only_what_is_newer_is_shown(candidate: str | None, held: str | None, read_later: bool, wanted: bool) -> None:
    ours = a.snapshot(a.account(held))
    assert is_newer(a.snapshot(a.account(candidate), after=60 if read_later else -60), ours) is wanted


def test_stamps_are_aware_and_nonsense_is_none() -> None:
    stamp = parse_stamp(LATE)
    assert stamp is not None
    assert stamp.tzinfo is not None
    assert parse_stamp("2026-11-17T16:30:00") == stamp
    assert [parse_stamp(text) for text in (None, "", "soon", "0001-01-01T00:00:00Z")] == [None] * 4


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"<html>", b'{"profileInventory": 5}', b'{"characters": {"data": []}}']
)
def test_what_was_not_promised_is_said_to_be_garbled(body: bytes) -> None:
    with pytest.raises(BungieGarbled):
        read_snapshot(body, a.READ)


def test_presence_is_kept_apart_from_emptiness() -> None:
    body = a.account()
    body["profileInventory"] = {"privacy": 2}
    body["profileCurrencies"] = {"data": {"items": []}, "privacy": 2}
    body["characters"] = {"privacy": 1, "disabled": True}
    del body["characterEquipment"]
    told = a.snapshot(body).body
    assert told.profile_inventory is not None
    assert told.profile_inventory.state == "private"
    assert told.profile_currencies is not None
    assert told.profile_currencies.state == "present"
    assert told.characters is not None
    assert told.characters.state == "disabled"
    assert told.character_equipment is None


def test_a_snapshot_survives_being_kept() -> None:
    first = a.snapshot()
    again = read_snapshot(first.encode(), first.read)
    assert again.minted == first.minted
    catalogue = Catalogue(a.definitions())
    before, after = (assemble_profile(one, catalogue) for one in (first, again))
    assert [entry.json for entry in before.entries] == [entry.json for entry in after.entries]
    assert [entry.source for entry in before.entries] == [entry.source for entry in after.entries]


def held() -> ProfileSnapshot:
    return a.snapshot(big(a.account(EARLY)))


def big(body: dict[str, Any]) -> dict[str, Any]:
    """The account with enough in it that its emptiness would be odd."""
    body["profileInventory"]["data"]["items"] += [a.thing(a.RIFLE, 100 + n) for n in range(PLAUSIBLE_LOSS)]
    body["characterInventories"]["data"][TITAN]["items"] += [a.thing(a.SHIP, 200 + n, hashes.SHIP) for n in range(PLAUSIBLE_LOSS)]
    return body


def ids(kept: Kept) -> dict[str, str]:
    profile = assemble_profile(kept.snapshot, Catalogue(a.definitions()))
    return {entry.item.id: entry.item.store for entry in profile.entries}


def reasons(kept: Kept) -> dict[str, str]:
    return {part.component: part.reason for part in kept.incomplete}


WHOLE = ids(Kept(a.snapshot(big(a.account())), ()))


def test_a_whole_answer_is_taken_as_it_is() -> None:
    new = a.snapshot(a.account(LATE))
    kept = keep_last_known(new, held())
    assert kept.incomplete == ()
    assert ids(kept) == ids(Kept(new, ()))


HOLES = [
    ("profileInventory", None, "absent"),
    ("profileInventory", {"privacy": 2}, "private"),
    ("profileInventory", {"privacy": 1, "disabled": True}, "disabled"),
    ("profileInventory", {"data": {"items": []}, "privacy": 2}, "empty"),
    ("profileCurrencies", None, "absent"),
    ("characters", None, "absent"),
    ("characters", {"data": {}, "privacy": 1}, "empty"),
    ("characterInventories", {"privacy": 2}, "private"),
    ("characterInventories", {"data": {HUNTER: {"items": []}}, "privacy": 2}, "empty"),
    ("characterEquipment", None, "absent"),
    ("characterEquipment", {"data": {}, "privacy": 1}, "empty"),
]


@pytest.mark.parametrize(("part", "came", "reason"), HOLES, ids=[f"{hole[0]} {hole[2]}" for hole in HOLES])
def test_what_did_not_come_stays_as_it_was(part: str, came: Any, reason: str) -> None:
    body = big(a.account(LATE))
    if came is None:
        del body[part]
    else:
        body[part] = came
    kept = keep_last_known(a.snapshot(body), held())
    assert reasons(kept) == {part: reason}
    if part != "characterInventories":
        assert ids(kept) == WHOLE
    assert kept.came_empty == (reason == "empty")
    assert kept.snapshot.minted == parse_stamp(LATE)


@pytest.mark.parametrize("part", ["instances", "sockets"])
def test_item_components_are_kept_too(part: str) -> None:
    body = a.account(LATE)
    del body["itemComponents"][part]
    kept = keep_last_known(a.snapshot(body), a.snapshot(a.account(EARLY)))
    assert reasons(kept) == {f"itemComponents.{part}": "absent"}
    catalogue = Catalogue(a.definitions())
    before = assemble_profile(a.snapshot(), catalogue)
    assert [entry.json for entry in assemble_profile(kept.snapshot, catalogue).entries] == [
        entry.json for entry in before.entries
    ]


def test_a_kept_list_gives_up_what_is_elsewhere_now() -> None:
    """The vault did not come; a rifle that was in it is on the titan now: it is shown there, once, with its stats."""
    body = a.account(LATE)
    del body["profileInventory"]
    body["characterInventories"]["data"][TITAN]["items"].append(a.thing(a.RIFLE, 1, hashes.KINETIC))
    assert ids(keep_last_known(a.snapshot(body), held()))[a.instance_id(1)] == TITAN


def test_a_kept_list_of_a_character_gives_up_what_the_vault_has() -> None:
    body = a.account(LATE)
    del body["characterInventories"]
    body["profileInventory"]["data"]["items"].append(a.thing(a.RIFLE, 5))
    kept = keep_last_known(a.snapshot(body), held())
    assert ids(kept)[a.instance_id(5)] == "vault"
    assert ids(kept)[a.instance_id(6)] == TITAN


def test_kept_items_keep_their_components() -> None:
    body = a.account(LATE)
    del body["profileInventory"]
    for part in ("instances", "sockets"):
        del body["itemComponents"][part]["data"][a.instance_id(1)]
    profile = assemble_profile(keep_last_known(a.snapshot(body), held()).snapshot, Catalogue(a.definitions()))
    rifle = profile.find(a.instance_id(1))
    assert rifle is not None
    assert rifle.item.power == 530
    assert isinstance(rifle.item.stats, tuple)


def test_a_little_list_may_become_empty() -> None:
    body = a.account(LATE)
    body["profileInventory"]["data"]["items"] = []
    assert keep_last_known(a.snapshot(body), a.snapshot(a.account(EARLY))).incomplete == ()


def test_emptiness_is_believed_in_the_end() -> None:
    body = big(a.account(LATE))
    body["profileInventory"]["data"]["items"] = []
    kept = keep_last_known(a.snapshot(body), held(), believe_empty=True)
    assert kept.incomplete == ()
    assert a.instance_id(1) not in ids(kept)


def test_a_deleted_character_takes_its_things_along() -> None:
    body = a.account(LATE)
    for part in ("characters", "characterInventories", "characterEquipment"):
        del body[part]["data"][HUNTER]
    kept = keep_last_known(a.snapshot(body), held())
    assert kept.incomplete == ()
    assert HUNTER not in ids(kept).values()


def test_a_first_answer_with_holes_names_them() -> None:
    body = a.account()
    del body["profileInventory"]
    kept = keep_last_known(a.snapshot(body), None)
    assert reasons(kept) == {"profileInventory": "absent"}


def test_a_new_player_lacks_nothing() -> None:
    body = {
        "profile": {"data": {"characterIds": []}, "privacy": 1},
        "profileInventory": {"data": {"items": []}, "privacy": 2},
        "profileCurrencies": {"data": {"items": []}, "privacy": 2},
        "characters": {"privacy": 1},
        "itemComponents": {},
    }
    assert keep_last_known(a.snapshot(body), None).incomplete == ()
