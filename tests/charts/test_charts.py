"""The charts over HTTP: exact numbers of a known past, and what they say when there is little or nothing."""

from __future__ import annotations

import csv
import io

import pytest
from tests.charts.chronicle import GONE, HUNTER, TITAN, WARLOCK, Chronicle, ago, told
from tests.clocks import START
from tests.wired import WiredHouse

CHARTS = ("power", "fill", "items", "drops", "moved")
RANGES = ("1d", "7d", "30d", "90d", "365d", "all")


@pytest.mark.parametrize("name", CHARTS)
def test_a_visitor_sees_none(house: WiredHouse, name: str) -> None:
    assert house.browser().get(f"/api/v1/charts/{name}").status_code == 401
    assert house.browser().get(f"/api/v1/charts/{name}.csv").status_code == 401


@pytest.mark.parametrize("name", [*CHARTS, "power.csv"])
def test_a_range_that_is_none_is_named(chronicle: Chronicle, name: str) -> None:
    answer = chronicle.browser.get(f"/api/v1/charts/{name}?range=2d")
    assert (answer.status_code, answer.json["field"]) == (400, "range")


def test_there_is_no_table_of_a_chart_that_is_none(chronicle: Chronicle) -> None:
    answer = chronicle.browser.get("/api/v1/charts/luck.csv")
    assert answer.status_code == 404
    assert "power, fill, items, drops, moved" in answer.json["detail"]


@pytest.mark.parametrize("range", RANGES)
def test_before_anything_is_remembered_there_are_empty_charts(chronicle: Chronicle, range: str) -> None:
    said = {name: chronicle.chart(name, range) for name in CHARTS}
    assert all("first" not in each and each["range"] == range and each["from"] < each["to"] for each in said.values())
    assert said["power"]["series"] == []
    assert "change" not in said["power"]
    assert (said["fill"]["vault"], said["fill"]["postmasters"]) == ({"capacity": 1000, "points": []}, [])
    assert said["items"]["this_week"] == {"in": 0, "out": 0}
    assert [tier["count"] for tier in said["drops"]["tiers"]] == [0, 0]
    assert (said["moved"]["items"], said["moved"]["total"]) == ([], 0)
    for name in CHARTS:
        assert len(chronicle.table(name, range)) >= 1


def test_one_state_is_one_point(marrow: Chronicle) -> None:
    """What the recorder writes of the first state, as the demo's vault is."""
    profile = marrow.browser.get("/api/v1/profile").json
    power, fill = marrow.chart("power"), marrow.chart("fill")
    now = told(START)
    assert [line["points"] for line in power["series"]] == [[[now, each["max_power"]]] for each in profile["characters"]]
    assert [line["class"] for line in power["series"]] == ["titan", "hunter", "warlock"]
    assert power["change"]["by"] == 0
    assert (fill["vault"]["points"], fill["vault"]["capacity"]) == (
        [[now, profile["vault"]["used"]]],
        profile["vault"]["capacity"],
    )
    assert [each["points"] for each in fill["postmasters"]] == [
        [[now, each["postmaster"]["used"]]] for each in profile["characters"]
    ]
    assert "full_about" not in fill
    assert (power["first"], power["as_of"], power["to"]) == (now, now, now)
    assert marrow.chart("items")["this_week"] == {"in": 0, "out": 0}


def test_guardians_have_the_names_that_their_player_gave_them(marrow: Chronicle) -> None:
    for id, name in ((TITAN, "Brannoch"), (HUNTER, "Ilse Varr")):
        assert marrow.browser.send("PATCH", f"/api/v1/characters/{id}", {"nickname": name}).status_code == 200
    for each in (marrow.chart("power")["series"], marrow.chart("fill")["postmasters"]):
        assert [line["name"] for line in each] == ["Brannoch", "Ilse Varr", "Warlock"]


def test_the_lines_of_power(chronicle: Chronicle) -> None:
    chronicle.see(ago(40), {f"power:{TITAN}": 518_000, f"power:{HUNTER}": 510_125})
    chronicle.see(ago(20), {f"power:{TITAN}": 549_400})
    chronicle.see(ago(10), {f"power:{HUNTER}": 512_000, f"power:{WARLOCK}": 500_000})
    said = chronicle.chart("power", "30d")
    lines = {line["character"]: line["points"] for line in said["series"]}
    assert lines[TITAN] == [[told(ago(30)), 518.0], [told(ago(20)), 549.4]]
    assert lines[HUNTER] == [[told(ago(30)), 510.125], [told(ago(10)), 512.0]]
    assert lines[WARLOCK] == [[told(ago(10)), 500.0]]
    assert said["change"] == {"character": TITAN, "by": 31.4}
    assert (said["from"], said["to"], said["first"]) == (told(ago(30)), told(START), told(ago(40)))
    assert chronicle.chart("power", "7d")["change"] == {"character": TITAN, "by": 0.0}
    assert len(chronicle.chart("power", "all")["series"][0]["points"]) == 2
    heading, *rows = chronicle.table("power", "7d")
    assert heading == ["time", "guardian", "class", "power"]
    assert rows[0] == [told(ago(7)), "Unknown", "unknown", "549.4"]


def test_a_guardian_who_was_deleted_has_a_line_that_ends(marrow: Chronicle) -> None:
    house = marrow.house
    house.pass_time(9 * 86400)
    marrow.see(ago(-1), {f"power:{GONE}": 530_000, f"postmaster:{GONE}": 4})
    deleted = {"character": GONE, "before": {"class": "hunter", "race": "Exo"}}
    marrow.see(ago(-4), {f"power:{GONE}": 0, f"postmaster:{GONE}": 0}, [("character-deleted", deleted)])
    line = next(each for each in marrow.chart("power")["series"] if each["character"] == GONE)
    assert (line["class"], line["points"], line["until"]) == ("hunter", [[told(ago(-1)), 530.0]], told(ago(-4)))
    assert GONE not in [each["character"] for each in marrow.chart("fill")["postmasters"]]
    house.pass_time(8 * 86400)
    assert GONE not in [each["character"] for each in marrow.chart("power", "7d")["series"]]


def test_when_the_vault_will_be_full(chronicle: Chronicle) -> None:
    for days in range(28, 0, -1):
        chronicle.see(ago(days), {"vault": 700 + (28 - days) * 8, "vault-capacity": 1000})
    said = chronicle.chart("fill", "7d")
    assert [value for _, value in said["vault"]["points"]] == [868, 876, 884, 892, 900, 908, 916]
    assert said["full_about"][:10] in ("2026-11-27", "2026-11-28"), "84 are free, and 8 come each day"


def test_a_quiet_week_does_not_hide_that_the_vault_fills(chronicle: Chronicle) -> None:
    """Four weeks count, however short the chart is."""
    for days in range(28, 6, -1):
        chronicle.see(ago(days), {"vault": 700 + (28 - days) * 8, "vault-capacity": 1000})
    said = chronicle.chart("fill", "7d")
    assert [value for _, value in said["vault"]["points"]] == [868]
    assert "2026-12-01" < said["full_about"][:10] < "2026-12-31"


def test_what_came_and_went(chronicle: Chronicle) -> None:
    chronicle.see(ago(13), {}, [("acquired", {"item": "1", "tier": "exotic"})])  # a Wednesday
    chronicle.see(ago(8), {}, [("lost", {"item": "1", "tier": "exotic"}), ("acquired", {"item": "2", "tier": "uncommon"})])
    chronicle.see(ago(hours=1), {}, [("acquired", {"item": str(n), "tier": "legendary"}) for n in range(3)])
    said = chronicle.chart("items", "7d")
    assert [week["from"][:10] for week in said["weeks"]] == ["2026-11-09", "2026-11-16"]
    none = {"exotic": 0, "legendary": 0, "rare": 0, "other": 0}
    assert said["weeks"][0] == {"from": "2026-11-09T00:00:00Z", "in": none | {"other": 1}, "out": none | {"exotic": 1}}
    assert (said["weeks"][1]["in"], said["this_week"]) == (none | {"legendary": 3}, {"in": 3, "out": 0})
    heading, first, second = chronicle.table("items", "7d")
    assert len(heading) == len(first) == 9
    assert second == ["2026-11-16T00:00:00Z", "0", "3", "0", "0", "0", "0", "0", "0"]


def test_the_times_between_drops(chronicle: Chronicle) -> None:
    bow = {"item_kind": "bow"}
    for hours in (200, 152, 150, 10):
        found = [("acquired", bow | {"item": f"{hours}{n}", "tier": "legendary"}) for n in range(2)]
        chronicle.see(ago(hours=hours), {}, found)
    chronicle.see(ago(hours=4), {}, [("acquired", bow | {"item": "9", "tier": "exotic"})])
    exotic, legendary = chronicle.chart("drops", "30d")["tiers"]
    assert (legendary["count"], legendary["median_hours"], legendary["longest_hours"]) == (4, 48.0, 140.0)
    assert (legendary["mean_hours"], legendary["since_last_hours"]) == (63.3, 10.0)
    assert (exotic["count"], exotic["since_last_hours"], "median_hours" in exotic) == (1, 4.0, False)
    week = chronicle.chart("drops", "7d")["tiers"][1]
    assert week["count"] == 3, "the drop that was the newest one before the week is none of this week"
    assert [row for row in chronicle.table("drops") if row[3] not in ("0", "times")] == [
        ["legendary", "1", "3", "1"], ["legendary", "48", "96", "1"], ["legendary", "96", "168", "1"],
    ]  # fmt: skip


def test_what_moved_most(marrow: Chronicle) -> None:
    profile = marrow.browser.get("/api/v1/profile").json
    mine = next(item for item in profile["items"] if item["place"] == "vault" and item["hash"])
    house = marrow.house
    house.pass_time(86400)
    lost = {"item": "77", "hash": 4040404040, "name": "<b>Old Quarrel</b>", "tier": "rare", "item_kind": "bow"}
    events = [("moved", {"item": mine["id"], "hash": mine["hash"], "name": "As it was called"})] * 3
    marrow.see(ago(-0.5), {}, [*events, ("postmaster-out", lost), ("moved", {"hash": mine["hash"]})])
    said = marrow.chart("moved")
    names = [(each["name"], each["count"], each["owned"], each.get("id")) for each in said["items"]]
    today = profile["definitions"][str(mine["hash"])]["name"]
    assert names[0] == (today, 3, True, mine["id"])
    assert ("<b>Old Quarrel</b>", 1, False, "77") in names
    assert said["total"] == 5
    assert [each["tier"] for each in said["items"] if each["name"] == "<b>Old Quarrel</b>"] == ["rare"]


def test_no_more_than_a_dozen_are_shown(chronicle: Chronicle) -> None:
    chronicle.see(ago(2), {}, [("moved", {"item": str(n), "hash": 1}) for n in range(30)])
    said = chronicle.chart("moved")
    assert (len(said["items"]), said["total"]) == (12, 30)


def test_nobody_sees_somebody_elses(chronicle: Chronicle, marrow: Chronicle) -> None:
    chronicle.see(ago(2), {f"power:{TITAN}": 540_000, "vault": 12}, [("moved", {"item": "1", "hash": 1})])
    assert chronicle.chart("fill")["vault"]["points"][-1][1] == 12
    assert marrow.chart("fill")["vault"]["points"][-1][1] > 800
    assert TITAN in [each["character"] for each in marrow.chart("power")["series"]]
    assert 540 not in [value for each in marrow.chart("power")["series"] for _, value in each["points"]]
    assert marrow.chart("moved")["total"] == 0
    assert marrow.chart("power")["first"] == told(START)


@pytest.mark.parametrize("name", [*CHARTS, "items.csv"])
def test_bungie_is_never_asked(chronicle: Chronicle, name: str) -> None:
    chronicle.see(ago(2), {f"power:{TITAN}": 540_000, "vault": 12}, [("moved", {"item": "1", "hash": 1})])
    chronicle.house.controls.scenario("tuesday-maintenance")
    before = chronicle.house.asked("/")
    assert chronicle.browser.get(f"/api/v1/charts/{name}").status_code == 200
    assert chronicle.house.asked("/") == before


def test_a_name_is_no_formula(marrow: Chronicle) -> None:
    hostile = '=HYPERLINK("x","y")'
    assert marrow.browser.send("PATCH", f"/api/v1/characters/{TITAN}", {"nickname": hostile}).status_code == 200
    answer = marrow.browser.get("/api/v1/charts/power.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="vault-raider-power-90d.csv"'
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert rows[1][1] == f"'{hostile}"
    assert float(rows[1][3]) > 500


def test_a_long_time_has_few_points_and_keeps_its_peak(chronicle: Chronicle) -> None:
    for hours in range(360, 0, -1):
        chronicle.see(ago(hours=hours), {"vault": 990 if hours == 300 else 500 + hours % 3})
    points = chronicle.chart("fill")["vault"]["points"]
    assert len(points) < 300
    assert [told(ago(hours=300)), 990] in points
    assert points[-1] == [told(ago(hours=1)), 501]
