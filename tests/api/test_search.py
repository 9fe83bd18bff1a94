"""Searching over HTTP: what a query finds in the demo's vault, what completes it, and what a stranger is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.clocks import START
from tests.simulator.controls import Controls
from tests.wired import WiredBrowser, WiredHouse, build_wired

from vaultraider.search.vocabulary import vocabulary


@pytest.fixture
def house(definitions: Path, tmp_path: Path, simulator_control: Controls) -> Iterator[WiredHouse]:
    house = build_wired(tmp_path, simulator_control, start=START, definitions=definitions)
    yield house
    house.services.close()


@pytest.fixture
def marrow(house: WiredHouse) -> WiredBrowser:
    return house.signed_in()


def search(browser: WiredBrowser, query: str) -> dict[str, Any]:
    answer = browser.get("/api/v1/search", query_string={"q": query})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def offers(browser: WiredBrowser, query: str, **more: Any) -> list[dict[str, Any]]:
    answer = browser.get("/api/v1/search/suggestions", query_string={"q": query, **more})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json["suggestions"]
    return found


def profile(browser: WiredBrowser) -> dict[str, Any]:
    found: dict[str, Any] = browser.get("/api/v1/profile").json
    return found


def locked(item: dict[str, Any], _facts: dict[str, Any]) -> bool:
    return bool(item.get("locked"))


def strong_exotics(item: dict[str, Any], facts: dict[str, Any]) -> bool:
    return facts["tier"] == "exotic" and item.get("power", 0) > 540


def no_vaulted_weapon(item: dict[str, Any], facts: dict[str, Any]) -> bool:
    return not (item["store"] == "vault" and facts["kind"] == "hand_cannon")


def called_sable(_item: dict[str, Any], facts: dict[str, Any]) -> bool:
    return str(facts["name"]).startswith("Sable")


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("is:locked", locked),
        ("is:exotic power:>540", strong_exotics),
        ("-(is:invault is:handcannon)", no_vaulted_weapon),
        ("name:sable", called_sable),
        ("", lambda _item, _facts: True),
    ],
    ids=["locked", "strong exotics", "anything else", "sable", "nothing asked"],
)
def test_it_finds_what_the_profile_shows(marrow: WiredBrowser, query: str, wanted: Any) -> None:
    """In the profile's own order, by the profile's own words."""
    shown = profile(marrow)
    facts = shown["definitions"]
    expected = [item["id"] for item in shown["items"] if wanted(item, facts[str(item["hash"])])]
    found = search(marrow, query)
    assert found["ids"] == expected
    assert (found["valid"], found["count"], found["total"]) == (True, len(expected), len(shown["items"]))
    assert expected


def test_of_tags_the_fullest_comes_first_then_the_field_s_own(marrow: WiredBrowser) -> None:
    items = [item["id"] for item in profile(marrow)["items"] if item.get("power")][:5]
    for name in ("alpha", "raid2"):
        assert marrow.send("PUT", "/api/v1/tags", {"name": name, "label": name}).status_code == 200
    for tag, tagged in (("alpha", items[:1]), ("raid2", items[1:4]), ("infuse", items[4:])):
        answer = marrow.send("POST", "/api/v1/annotations", {"items": tagged, "tag": tag})
        assert answer.status_code == 200, answer.text
    none, *told = [(each["text"], each["count"]) for each in offers(marrow, "tag:") if each["kind"] == "value"]
    assert none[0] == "tag:none"
    assert told[:3] == [("tag:raid2", 3), ("tag:infuse", 1), ("tag:alpha", 1)]
    assert told[3:] == [("tag:favorite", 0), ("tag:keep", 0), ("tag:junk", 0), ("tag:archive", 0)]


def test_a_query_that_fails_says_where_and_what_may_be_meant(marrow: WiredBrowser) -> None:
    found = search(marrow, "is:locked is:hndcannon")
    assert (found["valid"], found["count"], found["ids"], found["saveable"]) == (False, 0, [], False)
    problem = found["problem"]
    assert (problem["start"], problem["length"]) == (10, 12)
    assert problem["nearest"] == ["is:handcannon"]
    assert problem["sentence"] == "There is no filter “is:hndcannon”."


def test_one_form_for_all_ways_of_writing_it(marrow: WiredBrowser) -> None:
    found = search(marrow, "/* for the raid */ IS:EXOTIC   and not:locked")
    assert found["canonical"] == "/* for the raid */ is:exotic -is:locked"
    assert found["comment"] == "for the raid"
    assert (found["saveable"], found["remembered"]) == (True, True)


def test_tags_are_found_at_once_and_ones_own_are_words(marrow: WiredBrowser) -> None:
    chosen = search(marrow, "is:exotic is:weapon")["ids"][:3]
    assert search(marrow, "tag:raid")["valid"] is False
    assert marrow.send("PUT", "/api/v1/tags", {"name": "raid", "label": "Raid"}).status_code in (200, 201, 204)
    assert search(marrow, "tag:raid")["ids"] == []
    said = marrow.send("POST", "/api/v1/annotations", {"items": chosen, "tag": "raid", "notes": "for Sundays #pve"})
    assert said.status_code == 200, said.text
    assert search(marrow, "tag:raid")["ids"] == chosen
    assert search(marrow, "notes:sundays -tag:raid")["ids"] == []
    assert any(each["text"] == "tag:raid" for each in offers(marrow, "tag:ra"))


def test_wish_lists_are_found_at_once(marrow: WiredBrowser) -> None:
    weapon = next(item for item in profile(marrow)["items"] if item["id"] in search(marrow, "is:handcannon")["ids"])
    assert search(marrow, "is:wishlist")["ids"] == []
    text = f"dimwishlist:item={weapon['hash']}#notes:good in any case"
    assert marrow.send("POST", "/api/v1/wish_lists", {"title": "Mine", "text": text}).status_code == 201
    found = search(marrow, "is:wishlist")["ids"]
    assert weapon["id"] in found
    assert search(marrow, "wishlistnotes:case")["ids"] == found


def test_nobody_finds_what_is_somebody_elses(house: WiredHouse, marrow: WiredBrowser) -> None:
    hoarder = house.signed_in("Hoarder")
    mine, theirs = set(search(marrow, "is:weapon")["ids"]), set(search(hoarder, "is:weapon")["ids"])
    assert mine and theirs and not mine & theirs
    assert marrow.send("POST", "/api/v1/annotations", {"items": [min(mine)], "tag": "junk"}).status_code == 200
    assert search(hoarder, "tag:junk")["ids"] == []
    assert marrow.send("PUT", "/api/v1/searches", {"query": "is:exotic is:locked", "name": "Dear"}).status_code in (200, 201)
    assert not [each for each in offers(hoarder, "") if each["kind"] in ("saved", "recent")]
    assert [each["name"] for each in offers(marrow, "") if each["kind"] == "saved"] == ["Dear"]


def test_what_is_typed_is_completed(marrow: WiredBrowser) -> None:
    found = offers(marrow, "is:handcannon name:sab")
    first = found[0]
    assert (first["kind"], first["text"], first["shown"]) == ("item", 'is:handcannon name:"sable verdict"', "Sable Verdict")
    assert first["count"] == search(marrow, first["text"])["count"] > 0
    assert first["icon"].startswith(f"/icons/items/{first['hash']}")
    assert found[-1]["kind"] == "help"


def test_the_caret_says_which_word_is_completed(marrow: WiredBrowser) -> None:
    texts = [each["text"] for each in offers(marrow, "is:exo is:weapon", caret=6)]
    assert texts[0] == "is:exotic is:weapon"


def test_every_filter_says_what_it_is_for(marrow: WiredBrowser) -> None:
    said = marrow.get("/api/v1/search/filters?counted=true").json
    listed = [each for family in said["families"] for each in family["filters"]]
    assert said["total"] == len(listed) == len(list(vocabulary().filters()))
    assert all(each["help"] for each in listed)
    assert all("count" in each for each in listed if "example" in each)
    assert "count" not in marrow.get("/api/v1/search/filters").json["families"][0]["filters"][0]


@pytest.mark.parametrize("path", ["/api/v1/search?q=is:weapon", "/api/v1/search/suggestions?q=is:w", "/api/v1/search/filters"])
def test_a_stranger_is_asked_to_sign_in(house: WiredHouse, path: str) -> None:
    assert house.browser().get(path).status_code == 401


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("/api/v1/search", {"q": "x" * 16_385}, "q"),
        ("/api/v1/search/suggestions", {"q": "is:", "caret": "-1"}, "caret"),
        ("/api/v1/search/suggestions", {"q": "is:", "caret": "end"}, "caret"),
        ("/api/v1/search/filters", {"counted": "perhaps"}, "counted"),
    ],
)
def test_what_cannot_be_asked_is_named(marrow: WiredBrowser, path: str, query: dict[str, str], field: str) -> None:
    answer = marrow.get(path, query_string=query)
    assert (answer.status_code, answer.json["field"]) == (400, field)


@pytest.mark.parametrize(
    "text",
    [
        "\0",
        "is:\0weapon",
        "<script>alert(1)</script>",
        "\u202eis:weapon",
        "name:\ud7ff",
        "(" * 3000,
        "-" * 3000,
        "🤯 is:weapon",
        '"' * 99,
    ],
    ids=["zero", "zero within", "script", "turned", "edge", "brackets", "minus", "emoji", "quotes"],
)
def test_whatever_is_typed_there_is_an_answer(marrow: WiredBrowser, text: str) -> None:
    found = search(marrow, text)
    assert found["query"] == text
    assert found["valid"] or found["problem"]["sentence"]
    offers(marrow, text, caret=10_000)


def test_what_the_first_search_would_wait_for_is_ready_when_the_vault_was_sent(house: WiredHouse, marrow: WiredBrowser) -> None:
    marrow.get("/api/v1/profile").close()
    asked: list[bool] = []
    world = house.services.searching.world(house.services.accounts.users.all()[0])
    world.once_of_items("texts.ready", lambda: asked.append(True))
    assert not asked
