"""Wish lists by the API of a whole house: what is added, ordered and removed, and what each says of a vault."""

from __future__ import annotations

import pytest
from tests.people import Browser
from tests.wired import WiredHouse
from tests.wish_lists.shelf import ROOT, Gun, Shelf

from vaultraider.domain.wish_lists.limits import MOST_BYTES, MOST_LISTS
from vaultraider.domain.wish_lists.lines import LONGEST_QUOTED


@pytest.fixture
def gun(shelf: Shelf) -> Gun:
    return shelf.guns()[0]


def test_a_list_puts_thumbs_on_the_vault_and_takes_them_along(shelf: Shelf) -> None:
    good, bad, other = shelf.guns()[:3]
    text = "\n".join(["title:Winter", good.line(notes="Keep it"), bad.line(bad.perks[2], unwanted=True), other.line(424242), "?"])
    before = shelf.browser.get("/api/v1/profile")
    made = shelf.add(text)
    assert made == {
        "id": made["id"], "title": "Winter", "kind": "upload", "rolls": 2, "trash": 1, "duplicates": 0, "wrong_lines": 1,
        "on": True, "place": 0, "read": made["read"],
    }  # fmt: skip
    after = shelf.browser.get("/api/v1/profile")
    assert before.headers["ETag"] != after.headers["ETag"]
    verdicts = after.json["verdicts"]
    assert {**verdicts[good.id], "perks": sorted(verdicts[good.id]["perks"])} == {
        "wanted": True, "notes": "Keep it", "perks": sorted(set(good.perks)), "list": "Winter",
    }  # fmt: skip
    assert verdicts[bad.id] == {"wanted": False, "perks": [bad.perks[2]], "list": "Winter"}
    assert other.id not in verdicts
    wanted = sum(each["wanted"] for each in verdicts.values())
    assert shelf.send("GET")["matched"] == {"wanted": wanted, "unwanted": len(verdicts) - wanted}

    shelf.send("DELETE", f"/{made['id']}", status=204)
    assert shelf.browser.get("/api/v1/profile").headers["ETag"] == before.headers["ETag"]
    assert shelf.send("GET") == {"lists": [], "matched": {"wanted": 0, "unwanted": 0}}


def test_an_answer_stays_the_same_while_nothing_changes(shelf: Shelf, gun: Gun) -> None:
    shelf.add(gun.line())
    tag = shelf.browser.get("/api/v1/profile").headers["ETag"]
    assert shelf.browser.get("/api/v1/profile", headers={"If-None-Match": tag}).status_code == 304
    user, inventory = shelf.house.user(), shelf.house.services.inventory
    view = shelf.house.services.wish_lists.of(user, inventory.profile_for_moving(user))
    shelf.house.pass_time(60)
    assert shelf.house.services.wish_lists.of(user, inventory.profile_for_moving(user)) is view
    assert gun.hash in view.wishable


def test_the_earlier_list_wins_and_the_order_is_the_person_s(shelf: Shelf, gun: Gun) -> None:
    yes, no = shelf.add(gun.line(), "Yes"), shelf.add(gun.line(unwanted=True), "No")
    assert shelf.verdicts()[gun.id]["wanted"] is True
    assert shelf.send("PATCH", f"/{no['id']}", {"place": 0})["place"] == 0
    assert [each["title"] for each in shelf.all()] == ["No", "Yes"]
    assert shelf.verdicts()[gun.id]["wanted"] is False
    shelf.send("PATCH", f"/{no['id']}", {"on": False})
    assert shelf.verdicts()[gun.id]["list"] == "Yes"
    shelf.send("PATCH", f"/{yes['id']}", {"title": "Maybe"})
    assert shelf.verdicts()[gun.id]["list"] == "Maybe"
    shelf.send("PATCH", f"/{yes['id']}", {"on": False})
    assert shelf.verdicts() == {}


def test_two_lists_that_agree(shelf: Shelf, gun: Gun) -> None:
    for title in ("One", "Two"):
        shelf.add(gun.line(), title)
    said = shelf.verdicts()[gun.id]
    assert (said["list"], said["lists"]) == ("One", 2)


def test_another_process_sees_it_a_moment_later(shelf: Shelf, gun: Gun) -> None:
    from vaultraider.bootstrap import build_services

    other = build_services(shelf.house.settings, clock=shelf.house.clock)
    try:
        profile = other.inventory.profile_for_moving(shelf.house.user())
        assert other.wish_lists.of(shelf.house.user(), profile).verdicts == {}
        shelf.add(gun.line())
        shelf.house.pass_time(1)
        assert list(other.wish_lists.of(shelf.house.user(), profile).verdicts) == list(shelf.verdicts())
    finally:
        other.close()


def test_a_file_of_any_name_and_ending(shelf: Shelf, gun: Gun) -> None:
    file = f"\ufefftitle:Datei\r\n//notes:gut\r\n{gun.line()}\r\n".encode()
    answer = shelf.upload(file)
    assert answer.status_code == 201, answer.text
    (made,) = answer.json["lists"]
    assert made["title"] == "Datei"
    assert shelf.verdicts()[gun.id]["notes"] == "gut"
    back = shelf.browser.get(f"{ROOT}/{made['id']}/text")
    assert (back.data, back.mimetype) == (file, "text/plain")
    assert back.headers["Content-Disposition"].startswith("attachment")
    assert back.headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_no_wish_list_is_refused(shelf: Shelf) -> None:
    for file, words in (
        (b"", "no line of it is a roll"),
        (b"<html>No such page</html>", "no line of it is a roll. Line 1"),
        (b"\x00\xff" * 1000, "no line of it is a roll"),
        (b"title:Empty\n", "no line of it is a roll"),
    ):
        answer = shelf.upload(file)
        assert (answer.status_code, answer.json["field"]) == (400, "text"), file
        assert words in answer.json["detail"]
    assert shelf.all() == []


def test_what_cannot_be_read_is_told_line_by_line(shelf: Shelf, gun: Gun) -> None:
    slips = [gun.line().replace("&perks=", "&perks=x"), "<img src=x onerror=alert(1)>", "\u202edimwishlist:item=1"]
    slips += ["?" * 999] * 30
    made = shelf.add("\n".join(["title:Slips", "dimwishlist:item=1&perks=1", *slips]))
    assert made["wrong_lines"] == 33
    told = shelf.send("GET", f"/{made['id']}/unread_lines")
    assert told["count"] == 33
    assert [each["line"] for each in told["lines"]] == list(range(3, 23))
    first, second, third, fourth = told["lines"][:4]
    assert first["text"] == slips[0]
    assert first["sentence"].startswith(f"“x{gun.perks[0]}” is no perk's number.")
    assert (second["text"], third["text"]) == (slips[1], "dimwishlist:item=1")
    assert fourth["text"] == "?" * LONGEST_QUOTED + "…"
    fine = shelf.add("dimwishlist:item=1")
    assert shelf.send("GET", f"/{fine['id']}/unread_lines") == {"count": 0, "lines": []}


def test_a_file_may_be_large_but_not_without_end(shelf: Shelf, gun: Gun) -> None:
    lines = "".join(f"{gun.line(number)}\n" for number in range(1, 60_001))
    assert len(lines) > 2 * 2**20
    answer = shelf.upload(lines.encode())
    assert (answer.status_code, answer.json["lists"][0]["rolls"]) == (201, 60_000)
    assert shelf.upload(b"x" * (MOST_BYTES + 2048)).status_code == 413
    assert shelf.upload(b"dimwishlist:item=1", mimetype="application/pdf").status_code == 400


WRONG: list[tuple[dict[str, object], str]] = [
    ({}, "url"),
    ({"url": "https://lists.example/", "text": "dimwishlist:item=1"}, "url"),
    ({"text": "dimwishlist:item=1", "title": "x" * 101}, "title"),
    ({"text": 5}, "text"),
    ({"text": "dimwishlist:item=1", "more": 1}, "more"),
    ({"url": "https://10.0.0.1/list.txt"}, "url"),
    ({"url": "https://[::ffff:10.0.0.1]/list.txt"}, "url"),
    ({"url": "file:///etc/passwd"}, "url"),
    ({"url": "https://127.0.0.1:6379/"}, "url"),
    ({"url": "https://10.0.0.1/a|https://127.0.0.1/b"}, "url"),
    ({"url": " | "}, "url"),
]


def test_what_cannot_be_added(shelf: Shelf) -> None:
    for body, field in WRONG:
        assert shelf.send("POST", body=body, status=400)["field"] == field, body
    assert shelf.all() == []


def test_titles_of_any_kind_are_words(shelf: Shelf) -> None:
    for title in ("<img src=x onerror=alert(1)>", "a\0b", "\u202egnp.exe", "  many   words ", "\U0001f44d"):
        seen = " ".join(title.replace("\0", "").replace("\u202e", "").split())
        assert shelf.add("dimwishlist:item=1", title)["title"] == seen
        assert shelf.add(f"title:{title}\ndimwishlist:item=1")["title"] == seen


def test_one_too_many(shelf: Shelf) -> None:
    for number in range(MOST_LISTS):
        shelf.house.services.wish_lists.add_text(shelf.house.user(), f"{number}", b"dimwishlist:item=1")
    refused = shelf.send("POST", body={"text": "dimwishlist:item=1"}, status=409)
    assert "Remove one first" in refused["detail"]


def test_what_is_another_person_s_is_not_there(shelf: Shelf, house: WiredHouse, gun: Gun) -> None:
    made = shelf.add(gun.line())
    other = Shelf(house, house.signed_in("Newcomer"))
    assert other.all() == []
    assert other.verdicts() == {}
    path = f"/{made['id']}"
    for method, to, body in (
        ("PATCH", path, {"on": False}),
        ("DELETE", path, None),
        ("POST", f"{path}/refresh", None),
        ("GET", f"{path}/text", None),
        ("GET", f"{path}/unread_lines", None),
        ("DELETE", "/own/rolls", {"hash": gun.hash, "perks": gun.perks}),
    ):
        assert other.send(method, to, body, status=404)["code"] == "not-found"
    assert shelf.all() == [made]


def test_nothing_without_signing_in_or_its_token(house: WiredHouse, shelf: Shelf) -> None:
    stranger: Browser = house.browser()
    assert stranger.get(ROOT).status_code == 401
    assert shelf.browser.client.post(ROOT, json={"text": "dimwishlist:item=1"}, base_url="http://localhost").status_code == 403


def test_who_is_deleted_leaves_nothing(shelf: Shelf, gun: Gun, house: WiredHouse) -> None:
    shelf.add(gun.line())
    user = house.user()
    profile = house.services.inventory.profile_for_moving(user)
    assert house.services.wish_lists.of(user, profile).verdicts
    house.services.accounts.data.erase(user)
    assert house.services.wish_lists.all(user) == []
    assert house.services.wish_lists.of(user, profile).verdicts == {}
