"""The organizer and the comparison over HTTP: in the demo's vault, by its own words, and never somebody else's."""

from __future__ import annotations

from typing import Any

import pytest
from tests.wired import WiredBrowser, WiredHouse

from vaultraider.domain import hashes

CATEGORIES = ("weapons", "armor", "other")


def table(browser: WiredBrowser, category: str) -> dict[str, dict[str, Any]]:
    answer = browser.get(f"/api/v1/organizer?category={category}")
    assert answer.status_code == 200, answer.text
    said = answer.json
    assert said["category"] == category
    facts: dict[str, dict[str, Any]] = said["facts"]
    return facts


def found(browser: WiredBrowser, query: str) -> list[str]:
    answer = browser.get("/api/v1/search", query_string={"q": query})
    assert answer.status_code == 200, answer.text
    assert answer.json["valid"], query
    ids: list[str] = answer.json["ids"]
    return ids


def items(browser: WiredBrowser) -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in browser.get("/api/v1/profile").json["items"]}


def test_every_item_has_its_facts_in_the_profiles_order(marrow: WiredBrowser) -> None:
    shown = items(marrow)
    tables = {category: table(marrow, category) for category in CATEGORIES}
    assert sorted(id for facts in tables.values() for id in facts) == sorted(shown)
    for category, query in (("weapons", "is:weapon"), ("armor", "is:armor"), ("other", "-is:weapon -is:armor")):
        assert list(tables[category]) == found(marrow, query)


def test_one_asks_the_language_and_hears_the_same(marrow: WiredBrowser) -> None:
    weapons, armor = table(marrow, "weapons"), table(marrow, "armor")
    gear = weapons | armor
    same = [
        (weapons, "is:weapon is:dupe", lambda each: each["dupes"] > 1),
        (weapons, "weaponlevel:>=10", lambda each: each.get("level", 0) >= 10),
        (weapons, "foundry:hakke", lambda each: each.get("foundry") == "hakke"),
        (weapons, "kills:pve:>5000", lambda each: each.get("kills", {}).get("pve", 0) > 5000),
        (weapons, "is:weapon breaker:any", lambda each: "breaker" in each),
        (armor, "is:armor is:statlower", lambda each: "beaten" in each),
        (armor, "primarystat:grenade", lambda each: each.get("primary") == hashes.GRENADE),
        (armor, "tunedstat:super", lambda each: each.get("tuned") == hashes.SUPER),
        (gear, "(is:weapon or is:armor) year:8", lambda each: each.get("year") == 8),
        (gear, "(is:weapon or is:armor) is:iningameloadout", lambda each: "loadouts" in each),
    ]
    for facts, query, holds in same:
        mine = {id for id, each in facts.items() if holds(each)}
        assert mine == set(found(marrow, query)), query
        assert mine, query


def test_the_masterwork_gives_what_the_masterworked_ones_have(marrow: WiredBrowser) -> None:
    shown = items(marrow)
    armor = table(marrow, "armor")
    tens = [id for id in found(marrow, "is:armor is:masterwork") if id in armor]
    assert tens
    assert not [id for id in tens if "mw_stats" in armor[id]]
    raised = {id: facts["mw_stats"] for id, facts in armor.items() if "mw_stats" in facts and "primary" in facts}
    assert len(raised) > 100
    for id, changes in raised.items():
        stats = {stat: (value, base) for stat, value, base in shown[id]["stats"]}
        total = sum(value - stats[stat][0] for stat, value in changes if stat != hashes.TOTAL)
        assert dict(changes)[hashes.TOTAL] == stats[hashes.TOTAL][0] + total
        assert all(stats[stat][1] == 0 for stat, _ in changes if stat != hashes.TOTAL), "only what the roll left at nothing"


def test_the_best_has_the_highest_sum_of_its_slot(marrow: WiredBrowser) -> None:
    shown, facts = items(marrow), table(marrow, "armor")
    definitions = marrow.get("/api/v1/profile").json["definitions"]
    totals = {id: next((base for stat, _, base in shown[id].get("stats", ()) if stat == hashes.TOTAL), 0) for id in facts}
    slots = {id: (shown[id]["bucket"], definitions[str(shown[id]["hash"])].get("class")) for id in facts}
    highest = {slot: max(totals[id] for id in facts if slots[id] == slot) for slot in slots.values()}
    assert {id for id, each in facts.items() if each.get("best")} == {id for id in facts if totals[id] == highest[slots[id]] > 0}


@pytest.mark.usefixtures("house")
def test_it_is_about_the_state_that_the_search_names(marrow: WiredBrowser) -> None:
    asked = "/api/v1/organizer?category=armor"
    before = marrow.get(asked)
    assert before.json["profile"] == marrow.get("/api/v1/search?q=is:armor").json["profile"]
    again = marrow.get(asked, headers={"If-None-Match": before.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    some = next(iter(before.json["facts"]))
    assert marrow.send("POST", "/api/v1/annotations", {"items": [some], "tag": "junk"}).status_code == 200
    after = marrow.get(asked, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.json["profile"] == marrow.get("/api/v1/search?q=is:armor").json["profile"] != before.json["profile"]
    assert after.json["facts"] == before.json["facts"]


def test_what_comes_is_dated(house: WiredHouse, marrow: WiredBrowser) -> None:
    """What was there when the memory began has no date."""
    assert not [id for category in CATEGORIES for id, each in table(marrow, category).items() if "found" in each]
    house.pass_time(3600)
    done = house.controls.happen("external_mutation", account="Marrow", deed="find", count=2)
    house.controls.box.caches.bust(house.controls.account().id)
    assert marrow.send("POST", "/api/v1/profile/refresh?forced=true").status_code == 200
    new = {each if isinstance(each, str) else each["id"] for each in done["items"]}
    dated = {id: each["found"] for category in CATEGORIES for id, each in table(marrow, category).items() if "found" in each}
    assert dated
    assert set(dated) <= new
    stamp = house.clock.now().replace(microsecond=0).isoformat().replace("+00:00", "Z")
    assert set(dated.values()) == {stamp}


def test_groups_are_what_their_queries_find(marrow: WiredBrowser) -> None:
    keys = set()
    for id in [*found(marrow, "is:weapon")[::40], *found(marrow, "is:armor")[::40], *found(marrow, "-is:weapon -is:armor")[::25]]:
        said = marrow.get("/api/v1/compare", query_string={"item": id})
        assert said.status_code == 200, said.text
        assert said.json["item"] == id
        seen: list[set[str]] = []
        for group in said.json["groups"]:
            keys.add(group["key"])
            assert group["ids"][0] == id
            assert len(group["ids"]) == len(set(group["ids"])) > 1
            assert sorted(found(marrow, group["query"])) == sorted(group["ids"])
            assert set(group["ids"]) not in seen
            seen.append(set(group["ids"]))
    assert keys >= {"same", "trait", "frame", "element", "archetype", "slot"}


def test_somebody_elses_items_are_not_there(house: WiredHouse, marrow: WiredBrowser) -> None:
    stranger = house.signed_in("Newcomer")
    mine, theirs = items(marrow), items(stranger)
    hidden = next(id for id, item in mine.items() if id not in theirs and item["place"] == "vault")
    assert marrow.get("/api/v1/compare", query_string={"item": hidden}).status_code == 200
    assert stranger.get("/api/v1/compare", query_string={"item": hidden}).status_code == 404
    shown = {id for category in CATEGORIES for id in table(stranger, category)}
    assert shown == set(theirs)
    named = {id for category in CATEGORIES for each in table(stranger, category).values() for id in each.get("beaten_by", ())}
    assert named <= set(theirs)


def test_nobody_is_told_anything_before_the_sign_in(still: WiredHouse) -> None:
    for path in ("/api/v1/organizer?category=armor", "/api/v1/compare?item=1"):
        assert still.browser().get(path).status_code == 401


@pytest.mark.parametrize(
    ("path", "query", "status", "field"),
    [
        ("organizer", {"category": "ghosts"}, 400, "category"),
        ("compare", {}, 400, "item"),
        ("compare", {"item": "9" * 81}, 400, "item"),
        ("compare", {"item": ""}, 404, ""),
        ("compare", {"item": "0"}, 404, ""),
        ("compare", {"item": "s-1-vault-0\0"}, 404, ""),
        ("compare", {"item": "<script>alert(1)</script>"}, 404, ""),
        ("compare", {"item": "\u202e6917530000000000952"}, 404, ""),
    ],
)
def test_what_is_no_item_or_no_category(marrow: WiredBrowser, path: str, query: dict[str, str], status: int, field: str) -> None:
    answer = marrow.get(f"/api/v1/{path}", query_string=query)
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"
    if field:
        assert field in answer.text
