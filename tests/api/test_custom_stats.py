"""Totals of one's own over HTTP: made, changed, searched by, carried in and out; and never anybody else's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.clocks import START
from tests.simulator.controls import Controls
from tests.wired import WiredBrowser, WiredHouse, build_wired

from vaultraider.domain import hashes

PATH, IMPORT = "/api/v1/custom_stats", "/api/v1/curation/import"
DUTY = {"label": "Solar duty", "guardian": "any", "weights": {"weapons": 2, "grenade": 2, "super": 1}}
NONE = {"weapons": 0, "health": 0, "class": 0, "grenade": 0, "super": 0, "melee": 0}


@pytest.fixture
def house(definitions: Path, tmp_path: Path, simulator_control: Controls) -> Iterator[WiredHouse]:
    house = build_wired(tmp_path, simulator_control, start=START, definitions=definitions)
    yield house
    house.services.close()


@pytest.fixture
def marrow(house: WiredHouse) -> WiredBrowser:
    return house.signed_in()


def put(browser: WiredBrowser, **body: Any) -> dict[str, Any]:
    answer = browser.send("PUT", PATH, body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def kept(browser: WiredBrowser) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = browser.get(PATH).json["stats"]
    return found


def search(browser: WiredBrowser, query: str) -> dict[str, Any]:
    found: dict[str, Any] = browser.get("/api/v1/search", query_string={"q": query}).json
    return found


def armor(browser: WiredBrowser) -> dict[str, dict[int, int]]:
    """Base stats of all armour that says something of them, by id."""
    items = browser.get("/api/v1/profile").json["items"]
    found = {each["id"]: {stat: base for stat, _, base in each.get("stats", [])} for each in items}
    return {id: stats for id, stats in found.items() if hashes.HEALTH in stats}


def bring(browser: WiredBrowser, settings: Any, *, check: bool = False) -> dict[str, Any]:
    answer = browser.send("POST", f"{IMPORT}?check={check}".lower(), {"settings": settings})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def test_made_changed_and_deleted(marrow: WiredBrowser) -> None:
    assert marrow.get(PATH).json == {"stats": [], "most": 40}
    made = put(marrow, **DUTY)
    assert made == {"id": made["id"], **DUTY, "keyword": "solarduty", "weights": NONE | DUTY["weights"]}
    changed = put(marrow, **DUTY | {"id": made["id"], "label": "Raid", "guardian": "titan"})
    assert (changed["id"], changed["keyword"], changed["guardian"]) == (made["id"], "raid", "titan")
    assert kept(marrow) == [changed]
    assert marrow.send("DELETE", f"{PATH}?id={made['id']}").status_code == 204
    assert kept(marrow) == []
    assert marrow.send("DELETE", f"{PATH}?id={made['id']}").status_code == 404


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"label": ""}, "label", "at least one letter or digit"),
        ({"label": "***"}, "label", "at least one letter or digit"),
        ({"label": "Health"}, "label", "“health” as another stat"),
        ({"label": "second highest"}, "label", "“secondhighest” as another stat"),
        ({"label": "x" * 31}, "label", "30 are possible"),
        ({"weights": {"health": 1}}, "weights", "at least two"),
        ({"weights": {"health": 1, "melee": -1}}, "weights.melee", ""),
        ({"weights": {"health": 1, "melee": 1.5}}, "weights.melee", ""),
        ({"weights": {"health": 1, "luck": 1}}, "weights.luck", ""),
        ({"guardian": "exo"}, "guardian", ""),
        ({"colour": "red"}, None, ""),
    ],
    ids=str,
)
def test_what_is_refused(marrow: WiredBrowser, change: dict[str, Any], field: str | None, words: str) -> None:
    answer = marrow.send("PUT", PATH, DUTY | change)
    assert answer.status_code == 400
    assert words in answer.json["detail"]
    if field:
        assert answer.json.get("field") == field
    assert kept(marrow) == []


def test_one_word_means_one_total_of_a_class(marrow: WiredBrowser) -> None:
    put(marrow, **DUTY | {"guardian": "titan"})
    put(marrow, **DUTY | {"guardian": "hunter"})
    for guardian in ("titan", "any"):
        answer = marrow.send("PUT", PATH, DUTY | {"label": "SOLAR-DUTY", "guardian": guardian})
        assert (answer.status_code, answer.json["field"]) == (400, "label")
    assert [each["guardian"] for each in kept(marrow)] == ["titan", "hunter"]


def test_there_is_an_end_to_how_many(marrow: WiredBrowser) -> None:
    for number in range(40):
        put(marrow, **DUTY | {"label": f"Total {number}"})
    answer = marrow.send("PUT", PATH, DUTY)
    assert answer.status_code == 409
    assert "Delete one first" in answer.json["detail"]


def test_searches_know_it_at_once(marrow: WiredBrowser) -> None:
    assert not search(marrow, "basestat:solarduty:>=60")["valid"]
    made = put(marrow, **DUTY)
    worth = {
        id: 2 * stats[hashes.WEAPONS_STAT] + 2 * stats[hashes.GRENADE] + stats[hashes.SUPER]
        for id, stats in armor(marrow).items()
    }
    found = search(marrow, "basestat:solarduty:>=60")
    assert set(found["ids"]) == {id for id, value in worth.items() if value >= 60}
    assert found["count"] > 0
    put(marrow, **DUTY | {"id": made["id"], "weights": {"health": 1, "class": 1}})
    walls = {id: stats[hashes.HEALTH] + stats[hashes.CLASS_STAT] for id, stats in armor(marrow).items()}
    assert set(search(marrow, "basestat:solarduty:>=40")["ids"]) == {id for id, value in walls.items() if value >= 40}
    marrow.send("DELETE", f"{PATH}?id={made['id']}")
    assert not search(marrow, "basestat:solarduty:>=40")["valid"]


def test_what_is_beaten_in_it_is_found(marrow: WiredBrowser) -> None:
    assert search(marrow, "dupe:customstatlower")["count"] == 0
    put(marrow, **DUTY)
    found = search(marrow, "dupe:customstatlower")
    assert found["valid"]
    assert found["count"] > 0
    assert set(found["ids"]) <= set(armor(marrow))


def test_it_is_offered_and_can_be_saved(marrow: WiredBrowser) -> None:
    put(marrow, **DUTY)
    shown = [each["shown"] for each in marrow.get("/api/v1/search/suggestions?q=stat:sol").json["suggestions"]]
    assert "stat:solarduty:" in shown
    assert marrow.send("PUT", "/api/v1/searches", {"query": "stat:solarduty:>=100", "name": "Duty"}).status_code == 200
    filters = [each for family in marrow.get("/api/v1/search/filters").json["families"] for each in family["filters"]]
    assert "solarduty" in next(each for each in filters if each["keywords"] == ["stat"])["stat_names"]


def test_nobody_has_anybody_elses(house: WiredHouse, marrow: WiredBrowser) -> None:
    made = put(marrow, **DUTY)
    hoarder = house.signed_in("Hoarder")
    assert kept(hoarder) == []
    assert not search(hoarder, "stat:solarduty:>=10")["valid"]
    assert search(hoarder, "dupe:customstatlower")["count"] == 0
    for method, path, body in (("PUT", PATH, DUTY | {"id": made["id"]}), ("DELETE", f"{PATH}?id={made['id']}", None)):
        assert hoarder.send(method, path, body).status_code == 404
    theirs = put(hoarder, **DUTY | {"weights": {"health": 1, "class": 1}})
    assert theirs["id"] != made["id"]
    assert search(hoarder, "stat:solarduty:>=0")["valid"]
    assert kept(marrow) == [made]


def test_a_stranger_is_told_nothing(house: WiredHouse) -> None:
    assert house.browser().get(PATH).status_code == 401


def test_destiny_item_managers_are_taken_in(marrow: WiredBrowser) -> None:
    weights = {str(hashes.HEALTH): 1, str(hashes.CLASS_STAT): 1, str(hashes.MELEE): 0, "77": 5}
    settings = {
        "itemSize": 50,
        "customStats": [
            {"statHash": -111001, "label": "PvE Wall", "shortLabel": "pvewall", "class": 0, "weights": weights},
            {"statHash": -111002, "label": "Benutzerdefiniert", "shortLabel": "custom", "class": 3, "weights": weights},
            {"statHash": -111003, "label": "Health", "shortLabel": "health", "class": 1, "weights": weights},
            {
                "statHash": -111004,
                "label": "Half",
                "shortLabel": "half",
                "class": 1,
                "weights": weights | {str(hashes.SUPER): 0.5},
            },
            {"statHash": -111005, "label": "One", "shortLabel": "one", "class": 1, "weights": {str(hashes.MELEE): 1}},
            7,
        ],
    }
    looked = bring(marrow, settings, check=True)
    assert kept(marrow) == []
    did = bring(marrow, settings)
    assert looked == did
    assert (did["stats"], did["skipped"]) == (2, 0)
    assert [each["where"] for each in did["errors"]] == [f"settings.customStats[{place}]" for place in (5, 2, 3, 4)]
    assert [(each["keyword"], each["guardian"], each["weights"]) for each in kept(marrow)] == [
        ("pvewall", "titan", NONE | {"health": 1, "class": 1}),
        ("custom", "any", NONE | {"health": 1, "class": 1}),
    ]
    again = bring(marrow, settings)
    assert (again["stats"], again["skipped"]) == (0, 2)


def test_those_of_years_ago_are_taken_in(marrow: WiredBrowser) -> None:
    six = [hashes.HEALTH, hashes.MELEE]
    bring(marrow, {"customTotalStatsByClass": {"1": six, "2": [], "9": [1, 2]}, "customStats": []})
    assert [(each["keyword"], each["guardian"]) for each in kept(marrow)] == [("custom", "hunter")]


@pytest.mark.parametrize("settings", [None, 7, [], {"customStats": 7}, {"customStats": [{}, {"label": 7}]}], ids=str)
def test_settings_that_make_no_sense_cost_nothing_else(marrow: WiredBrowser, settings: Any) -> None:
    body = {"settings": settings, "searches": [{"search": {"query": "is:exotic", "saved": True}}]}
    did = marrow.send("POST", IMPORT, body).json
    assert (did["searches"], did["stats"]) == (1, 0)


def test_out_and_in_again(marrow: WiredBrowser) -> None:
    put(marrow, **DUTY)
    put(marrow, **DUTY | {"label": "Wall", "guardian": "warlock"})
    file = marrow.get("/api/v1/curation/backup")
    before = kept(marrow)
    first, second = file.json["settings"]["customStats"]
    assert (first["shortLabel"], first["class"], second["shortLabel"], second["class"]) == ("wall", 2, "solarduty", 3)
    assert second["weights"][str(hashes.GRENADE)] == 2
    assert first["statHash"] != second["statHash"] < 0
    for each in before:
        marrow.send("DELETE", f"{PATH}?id={each['id']}")
    did = marrow.send("POST", IMPORT, file.json).json
    assert did["stats"] == 2
    assert [each | {"id": 0} for each in kept(marrow)] == [each | {"id": 0} for each in before]


def test_a_search_of_the_same_file_may_name_it(marrow: WiredBrowser) -> None:
    stat = {"label": "Duty", "shortLabel": "duty", "class": 3, "weights": {str(hashes.HEALTH): 1, str(hashes.MELEE): 2}}
    search = {"query": "stat:duty:>=30 is:titan", "usageCount": 3, "lastUsage": 1_700_000_000_000}
    did = marrow.send("POST", IMPORT, {"settings": {"customStats": [stat]}, "searches": [{"search": search}]}).json
    assert (did["stats"], did["searches"], did["errors"]) == (1, 1, [])


def test_it_goes_with_all_else_of_a_person(house: WiredHouse, marrow: WiredBrowser) -> None:
    put(marrow, **DUTY)
    name = marrow.get("/api/v1/session").json["user"]["name"]
    assert marrow.send("DELETE", "/api/v1/account-data", {"confirm": name}).status_code == 204
    assert kept(house.signed_in()) == []
