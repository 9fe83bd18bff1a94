"""The list that a person writes from their items' perks."""

from __future__ import annotations

from typing import Any

import pytest
from tests.wired import WiredHouse
from tests.wish_lists.shelf import ROOT, Gun, Shelf

from vaultraider.domain.wish_lists import parse_list


@pytest.fixture
def gun(shelf: Shelf) -> Gun:
    return shelf.guns()[0]


def wish(shelf: Shelf, gun: Gun, *perks: int, **more: Any) -> Any:
    return shelf.send("POST", "/own/rolls", {"hash": gun.hash, "perks": list(perks), **more}, status=201)


def text(shelf: Shelf, id: str) -> str:
    return shelf.browser.get(f"{ROOT}/{id}/text").get_data(as_text=True)


def test_a_wish_makes_the_list_and_the_next_one_joins_it(shelf: Shelf, gun: Gun) -> None:
    shelf.add(gun.line(unwanted=True), "Somebody's")
    first, second = gun.perks[2:4]
    own = wish(shelf, gun, first, notes="For\nme|and you")
    assert (own["kind"], own["title"], own["rolls"], own["place"]) == ("own", "My wish list", 1, 0)
    said = shelf.verdicts()[gun.id]
    assert (said["wanted"], said["notes"], said["perks"], said["list"]) == (True, "For\nme/and you", [first], "My wish list")
    again = wish(shelf, gun, first, second)
    assert (again["id"], again["rolls"]) == (own["id"], 2)
    assert [roll.perks for roll in parse_list(text(shelf, own["id"])).rolls] == [(first, second), (first,)]


def test_who_changes_their_mind_says_one_thing(shelf: Shelf, gun: Gun) -> None:
    first, second = gun.perks[2:4]
    wish(shelf, gun, first, second)
    changed = wish(shelf, gun, second, first, unwanted=True, notes="No")
    assert (changed["rolls"], changed["trash"]) == (0, 1)
    assert shelf.verdicts()[gun.id]["wanted"] is False
    wrong = {"hash": gun.hash, "perks": [first, second]}
    assert shelf.send("DELETE", "/own/rolls", wrong, status=404)["code"] == "not-found"
    left = shelf.send("DELETE", "/own/rolls", {**wrong, "unwanted": True})
    assert (left["rolls"], left["trash"]) == (0, 0)
    assert shelf.verdicts() == {}


def test_what_asks_for_more_goes_before_what_asks_for_less(shelf: Shelf, gun: Gun) -> None:
    first, second = gun.perks[2:4]
    wish(shelf, gun)
    wish(shelf, gun, first, second, unwanted=True)
    assert shelf.verdicts()[gun.id]["wanted"] is False
    wish(shelf, gun, first)
    assert shelf.verdicts()[gun.id]["wanted"] is False
    shelf.send("DELETE", "/own/rolls", {"hash": gun.hash, "perks": [first, second], "unwanted": True})
    assert shelf.verdicts()[gun.id]["wanted"] is True


def test_every_roll_of_an_item(shelf: Shelf, gun: Gun) -> None:
    wish(shelf, gun)
    assert shelf.verdicts()[gun.id] == {"wanted": True, "list": "My wish list"}


def test_its_rolls_have_names(shelf: Shelf, gun: Gun) -> None:
    assert shelf.browser.get(f"{ROOT}/own/rolls").json == {"rolls": []}
    wish(shelf, gun, gun.perks[2], 4242, notes="For two\nor more")
    wish(shelf, gun, unwanted=True)
    first, second = shelf.browser.get(f"{ROOT}/own/rolls").json["rolls"]
    known, unknown = first["perks"]
    assert (first["hash"], first["unwanted"], first["notes"]) == (gun.hash, False, "For two\nor more")
    assert first["name"]
    assert first["type"]
    assert known["name"]
    assert unknown == {"hash": 4242}
    assert (second["perks"], second["unwanted"], second["name"]) == ([], True, first["name"])


def test_somebody_elses_rolls_stay_theirs(house: WiredHouse, shelf: Shelf, gun: Gun) -> None:
    wish(shelf, gun)
    assert house.signed_in("Newcomer").get(f"{ROOT}/own/rolls").json == {"rolls": []}


def test_it_can_be_removed_and_begun_anew(shelf: Shelf, gun: Gun) -> None:
    own = wish(shelf, gun)
    shelf.send("DELETE", f"/{own['id']}", status=204)
    assert shelf.send("DELETE", "/own/rolls", {"hash": gun.hash}, status=404)
    assert wish(shelf, gun)["rolls"] == 1


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"hash": 0, "perks": []}, "hash"),
    ({"hash": -1, "perks": []}, "hash"),
    ({"hash": 2**32, "perks": []}, "hash"),
    ({"hash": 1, "perks": [0]}, "perks"),
    ({"hash": 1, "perks": list(range(1, 32))}, "perks"),
    ({"hash": 1, "perks": "1,2"}, "perks"),
    ({"perks": []}, "hash"),
    ({"hash": 1, "notes": "x" * 1025}, "notes"),
]


def test_what_is_no_roll(shelf: Shelf) -> None:
    for body, field in WRONG:
        assert shelf.send("POST", "/own/rolls", body, status=400)["field"].partition(".")[0] == field, body
    assert shelf.all() == []


def test_notes_cannot_become_another_line(shelf: Shelf, gun: Gun) -> None:
    for notes in ("#notes:x", "\\n", "a\r\nb", "\0\u202e", "|tags:pve", "title:x", "  ", "dimwishlist:item=1"):
        own = wish(shelf, gun, notes=notes)
        (roll,) = parse_list(text(shelf, own["id"])).rolls
        assert (roll.item, roll.perks) == (gun.hash, ()), notes
        assert not set(roll.notes) & {"\0", "|", "\u202e"}
