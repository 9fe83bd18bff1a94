"""Tags and notes over HTTP: in bulk, with hashtags, undone, in versions, in the profile's answer; what is refused; two people."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.curation.labels import PATH, copies, profile, said, say, stack
from tests.wired import WiredBrowser, WiredHouse

from vaultraider.domain.annotations import LONGEST_NOTES, MOST_TAGS

TAGS = "/api/v1/tags"
KINETIC = 1498876634


def test_a_tag_and_notes(marrow: WiredBrowser) -> None:
    one, two = copies(marrow, 2)
    assert say(marrow, [one, two], tag="keep") == {
        "changed": 2,
        "change": 1,
        "annotations": {one: {"tag": "keep"}, two: {"tag": "keep"}},
    }
    assert say(marrow, [one], notes="  For Crota\r\n #pve ")["annotations"] == {one: {"tag": "keep", "notes": "For Crota\n #pve"}}
    assert said(marrow) == {one: {"tag": "keep", "notes": "For Crota\n #pve"}, two: {"tag": "keep"}}
    assert say(marrow, [one, two], tag="")["annotations"] == {one: {"notes": "For Crota\n #pve"}, two: {}}
    assert said(marrow) == {one: {"notes": "For Crota\n #pve"}}
    assert marrow.get(PATH).json["hashtags"] == ["#pve"]


def test_what_says_nothing_new_is_no_change(marrow: WiredBrowser) -> None:
    (one,) = copies(marrow, 1)
    assert say(marrow, [one, one], tag="junk")["changed"] == 1
    assert say(marrow, [one], tag="junk") == {"changed": 0, "change": 0, "annotations": {one: {"tag": "junk"}}}


def test_hashtags_in_bulk(marrow: WiredBrowser) -> None:
    one, two = copies(marrow, 2)
    say(marrow, [one], notes="Mine #pvp")
    assert say(marrow, [one, two], add="#pve #pvp")["annotations"] == {
        one: {"notes": "Mine #pvp #pve"},
        two: {"notes": "#pve #pvp"},
    }
    assert say(marrow, [one, two], remove="#pvp")["annotations"] == {one: {"notes": "Mine #pve"}, two: {"notes": "#pve"}}


def test_two_stacks_of_one_thing_are_one(marrow: WiredBrowser) -> None:
    material = stack(marrow)
    say(marrow, [material["id"]], tag="archive")
    assert said(marrow) == {f"h-{material['hash']}": {"tag": "archive"}}


def test_the_profile_tells_it_at_once(marrow: WiredBrowser) -> None:
    (one,) = copies(marrow, 1)
    before = marrow.get("/api/v1/profile")
    assert (before.json.get("annotations"), before.json.get("verdicts")) == (None, None)
    say(marrow, [one], tag="favorite")
    after = marrow.get("/api/v1/profile", headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, after.json["annotations"]) == (200, {one: {"tag": "favorite"}})
    assert marrow.get("/api/v1/profile", headers={"If-None-Match": after.headers["ETag"]}).status_code == 304
    say(marrow, [one], tag="")
    assert marrow.get("/api/v1/profile").headers["ETag"] == before.headers["ETag"]


def undo(browser: WiredBrowser, change: int) -> Any:
    return browser.send("POST", f"{PATH}/undo", {"change": change})


def test_undo_brings_back_what_was_said_before(marrow: WiredBrowser) -> None:
    one, two = copies(marrow, 2)
    say(marrow, [one], tag="keep", notes="mine")
    change = say(marrow, [one, two], tag="junk")["change"]
    answer = undo(marrow, change)
    assert (answer.status_code, answer.json["changed"]) == (200, 2)
    assert said(marrow) == {one: {"tag": "keep", "notes": "mine"}}
    assert undo(marrow, answer.json["change"]).status_code == 200  # the undoing can be undone
    assert said(marrow) == {one: {"tag": "junk", "notes": "mine"}, two: {"tag": "junk"}}


def test_undo_names_what_was_changed_since_and_leaves_all(marrow: WiredBrowser) -> None:
    one, two = copies(marrow, 2)
    change = say(marrow, [one, two], tag="junk")["change"]
    say(marrow, [two], notes="Wait")
    found = profile(marrow)
    item = next(each for each in found["items"] if each["id"] == two)
    name = found["definitions"][str(item["hash"])]["name"]
    answer = undo(marrow, change)
    assert (answer.status_code, answer.json["detail"]) == (
        409,
        f"{name} was changed since. Undo that first, or change it by hand. Nothing was undone.",
    )
    assert said(marrow) == {one: {"tag": "junk"}, two: {"tag": "junk", "notes": "Wait"}}
    say(marrow, [one], notes="Wait, too")
    assert " were changed since. Undo that first, or change them by hand." in undo(marrow, change).json["detail"]


@pytest.mark.parametrize("change", [0, 1, 99])
def test_a_change_that_never_was(marrow: WiredBrowser, change: int) -> None:
    assert undo(marrow, change).status_code == 404


def test_versions(house: WiredHouse, marrow: WiredBrowser) -> None:
    (one,) = copies(marrow, 1)
    say(marrow, [one], tag="keep")
    house.pass_time(60)
    change = say(marrow, [one], tag="junk", notes="Old")["change"]
    undo(marrow, change)
    found = marrow.get(f"{PATH}/versions", query_string={"item": one}).json["versions"]
    assert [(each["by"], each.get("tag"), each.get("notes")) for each in found] == [
        ("undo", "keep", None),
        ("you", "junk", "Old"),
        ("you", "keep", None),
    ]
    assert found[1]["at"] > found[2]["at"]


def test_tags_of_ones_own(marrow: WiredBrowser) -> None:
    one, two = copies(marrow, 2)
    made = marrow.send("PUT", TAGS, {"name": "speedrun", "label": "Speed run"})
    assert (made.status_code, made.json) == (200, {"name": "speedrun", "label": "Speed run", "custom": True})
    say(marrow, [one, two], tag="speedrun", notes="fast")
    marrow.send("PUT", TAGS, {"name": "speedrun", "label": "Fast"})
    tags = marrow.get(PATH).json["tags"]
    assert tags[:1] + tags[5:] == [
        {"name": "favorite", "label": "Favorite", "key": 1},
        {"name": "speedrun", "label": "Fast", "custom": True},
    ]
    gone = marrow.send("DELETE", f"{TAGS}?name=speedrun")
    assert (gone.status_code, gone.json) == (200, {"changed": 2})
    assert said(marrow) == {one: {"notes": "fast"}, two: {"notes": "fast"}}
    assert marrow.send("DELETE", f"{TAGS}?name=speedrun").status_code == 404


@pytest.mark.parametrize("undone", [False, True])
def test_a_tag_that_is_deleted_in_the_same_moment_is_on_nothing(
    house: WiredHouse, marrow: WiredBrowser, monkeypatch: pytest.MonkeyPatch, undone: bool
) -> None:
    """In another tab, after it was looked whether there is such a tag."""
    (one,) = copies(marrow, 1)
    marrow.send("PUT", TAGS, {"name": "raid", "label": "Raid"})
    path, body = PATH, {"items": [one], "tag": "raid"}
    if undone:
        say(marrow, [one], tag="raid")
        path, body = f"{PATH}/undo", {"change": say(marrow, [one], tag="junk")["change"]}
    before, annotations = said(marrow), house.services.annotations
    check = "_check_still_there" if undone else "_check_tag"
    monkeypatch.setattr(annotations, check, lambda user, tag: annotations.drop_tag(user, tag))
    answer = marrow.send("POST", path, body)
    assert (answer.status_code, "was deleted meanwhile" in answer.json["detail"]) == (409, True)
    assert said(marrow) == before


def test_undo_does_not_bring_back_a_deleted_tag(marrow: WiredBrowser) -> None:
    (one,) = copies(marrow, 1)
    marrow.send("PUT", TAGS, {"name": "raid", "label": "Raid"})
    say(marrow, [one], tag="raid")
    change = say(marrow, [one], tag="junk")["change"]
    marrow.send("DELETE", f"{TAGS}?name=raid")
    answer = undo(marrow, change)
    assert (answer.status_code, "raid was deleted" in answer.json["detail"]) == (409, True)


@pytest.mark.parametrize(
    ("name", "label", "field"),
    [
        ("junk", "Junk", "name"),
        ("none", "None", "name"),
        ("Raid", "Raid", "name"),
        ("a b", "x", "name"),
        ("", "x", "name"),
        ("<script>", "x", "name"),
        ("raid", " \u202e ", "label"),
        ("raid", "x" * 33, "label"),
    ],
    ids=["one of the five", "none", "capital", "space", "empty", "html", "unseen label", "long label"],
)
def test_what_is_no_tag(marrow: WiredBrowser, name: str, label: str, field: str) -> None:
    answer = marrow.send("PUT", TAGS, {"name": name, "label": label})
    assert (answer.status_code, answer.json["field"]) == (400, field)


def test_twenty_tags_are_enough(marrow: WiredBrowser) -> None:
    for number in range(MOST_TAGS):
        assert marrow.send("PUT", TAGS, {"name": f"t{number}", "label": "T"}).status_code == 200
    assert marrow.send("PUT", TAGS, {"name": "one-more", "label": "T"}).status_code == 409
    assert marrow.send("PUT", TAGS, {"name": "t0", "label": "Other"}).status_code == 200
    assert marrow.send("DELETE", f"{TAGS}?name=keep").status_code == 400


@pytest.mark.parametrize(
    ("what", "field"),
    [
        ({"tag": "no-such"}, "tag"),
        ({}, "tag"),
        ({"notes": "x" * (LONGEST_NOTES + 1)}, "notes"),
        ({"notes": 5}, "notes"),
        ({"notes": "x" * 9000}, "notes"),
        ({"colour": "red"}, "colour"),
    ],
    ids=["tag", "nothing", "long", "number", "longer", "unknown"],
)
def test_what_is_refused(marrow: WiredBrowser, what: dict[str, Any], field: str) -> None:
    (one,) = copies(marrow, 1)
    answer = marrow.send("POST", PATH, {"items": [one], **what})
    assert (answer.status_code, answer.json["field"]) == (400, field)


def test_notes_that_would_become_too_long_change_nothing(marrow: WiredBrowser) -> None:
    one, two = copies(marrow, 2)
    say(marrow, [two], notes="x" * LONGEST_NOTES)
    answer = marrow.send("POST", PATH, {"items": [one, two], "add": "#pve"})
    assert (answer.status_code, answer.json["field"]) == (400, "notes")
    assert one not in said(marrow)


def test_hostile_notes(marrow: WiredBrowser) -> None:
    (one,) = copies(marrow, 1)
    notes = "<script>alert(1)</script>\0\u202e\u200b'; DROP TABLE annotations; -- \ue123 👩\u200d🚀\nline"
    shown = "<script>alert(1)</script>'; DROP TABLE annotations; -- \ue123 👩\u200d🚀\nline"
    assert say(marrow, [one], notes=notes)["annotations"][one]["notes"] == shown
    raw = marrow.client.post(
        PATH,
        data=b'{"items":["%s"],"notes":"\\ud800"}' % one.encode(),
        headers={"Content-Type": "application/json", "X-CSRF-Token": marrow.csrf()},
    )
    assert raw.status_code == 400


def test_another_persons_items_are_nobodys(house: WiredHouse, marrow: WiredBrowser) -> None:
    hoarder = house.signed_in("Hoarder")
    theirs, mine = copies(hoarder, 1), copies(marrow, 1)
    say(hoarder, theirs, tag="junk", notes="#secret")
    for items in (theirs, ["1"], ["s-1-vault-0"], ["<b>"], ["\0"]):
        assert marrow.send("POST", PATH, {"items": items, "tag": "keep"}).status_code == 404
    assert marrow.get(f"{PATH}/versions", query_string={"item": theirs[0]}).status_code == 404
    assert undo(marrow, 1).status_code == 404
    assert (said(marrow), marrow.get(PATH).json["hashtags"]) == ({}, [])
    assert "secret" not in json.dumps(profile(marrow))
    assert say(marrow, [*theirs, *mine], tag="keep")["annotations"] == {mine[0]: {"tag": "keep"}}
    assert said(hoarder) == {theirs[0]: {"tag": "junk", "notes": "#secret"}}


def leaving(browser: WiredBrowser, wish: dict[str, Any]) -> list[str]:
    """What would move aside."""
    answer = browser.send("POST", "/api/v1/transfers?preview=true", wish)
    assert answer.status_code == 200, answer.text
    return [piece["id"] for step in answer.json["steps"] if step["kind"] == "transfer" for piece in step["items"]]


def test_tags_say_what_moves_aside(house: WiredHouse) -> None:
    for character in house.controls.account().characters:
        character.loadouts.clear()  # they decide before tags do
    marrow = house.signed_in("Marrow")
    found = profile(marrow)
    guardian = found["characters"][0]["id"]
    wish = {"kind": "make-room", "store": guardian, "bucket": KINETIC}
    first, second = leaving(marrow, {**wish, "slots": 2})
    say(marrow, [first], tag="favorite")
    assert leaving(marrow, wish) == [second]
    say(marrow, [first], tag="archive")
    assert leaving(marrow, wish) == [first]


@pytest.mark.parametrize("text", ["\0", "h-\0", "h-99999999999", "1" * 80, "٣", "<b>", "..", "h-1 "])
def test_hostile_names_are_nothing(marrow: WiredBrowser, text: str) -> None:
    assert marrow.get(f"{PATH}/versions", query_string={"item": text}).status_code == 404
    gone = marrow.client.delete(TAGS, query_string={"name": text}, headers={"X-CSRF-Token": marrow.csrf()})
    assert gone.status_code in (400, 404)
