"""The profile, an item and a nickname as the page gets them: a whole house over HTTP before the demo world."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
import msgspec
import pytest
from sqlalchemy.exc import OperationalError
from tests.simulator.controls import Controls
from tests.wired import WiredBrowser, WiredHouse, build_wired
from werkzeug.test import TestResponse

from vaultraider.api._profile_types import ItemDetails, ProfileAnswer
from vaultraider.api._ready import matches, preferred_encoding

GET_PROFILE = {"path": "/Profile/"}


@pytest.fixture
def house(tmp_path: Path, simulator_control: Controls, definitions: Path) -> Iterator[WiredHouse]:
    house = build_wired(tmp_path, simulator_control, definitions=definitions)
    yield house
    house.services.close()


def profile(browser: WiredBrowser) -> dict[str, Any]:
    answer = browser.get("/api/v1/profile")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def refresh(house: WiredHouse, browser: WiredBrowser, after: float = 60) -> TestResponse:
    house.pass_time(after)
    return browser.send("POST", "/api/v1/profile/refresh")


def test_the_vault_of_the_demo_world(house: WiredHouse) -> None:
    answer = house.signed_in().get("/api/v1/profile")
    said = msgspec.json.decode(answer.data, type=ProfileAnswer)
    assert said.account.name == "Marrow#4417"
    assert [character.guardian for character in said.characters] == ["titan", "hunter", "warlock"]
    assert 850 < said.vault.used < said.vault.capacity == 1000
    assert not isinstance(said.incomplete, list)
    gear = [item for item in said.items if isinstance(item.power, int)]
    assert len([item for item in gear if isinstance(item.stats, tuple)]) > 0.95 * len(gear)
    truth = {item.id for item in house.controls.account().items if item.id}
    assert {item.id for item in said.items if not item.id.startswith("s-")} == truth


def test_nobody_else_sees_it(house: WiredHouse) -> None:
    assert house.browser().get("/api/v1/profile").status_code == 401
    assert house.browser().get("/api/v1/items/1").status_code == 401
    mine = {item["id"] for item in profile(house.signed_in("Marrow"))["items"]}
    theirs = {item["id"] for item in profile(house.signed_in("Hoarder"))["items"] if not item["id"].startswith("s-")}
    assert theirs
    assert not mine & theirs


def test_a_full_vault_is_shown_to_the_last_item(house: WiredHouse) -> None:
    """No list of a fixed size, no error past its end."""
    said = profile(house.signed_in("Hoarder"))
    assert said["vault"] == {"used": 1000, "capacity": 1000}
    assert sum(item["place"] == "vault" for item in said["items"]) == 1000


def test_a_new_player_has_nothing_and_sees_a_page(house: WiredHouse) -> None:
    said = profile(house.signed_in("Newcomer"))
    assert (said["characters"], said["items"], said["vault"]["used"]) == ([], [], 0)
    assert "incomplete" not in said


def test_classified_and_unknown_items_are_in_a_bucket_that_is_shown(house: WiredHouse) -> None:
    said = profile(house.signed_in())
    odd = {hash for hash, facts in said["definitions"].items() if facts.get("missing") or facts.get("classified")}
    shown = {bucket["hash"] for bucket in said["buckets"]}
    held = [item for item in said["items"] if str(item["hash"]) in odd]
    assert len(held) >= 3
    assert all(item["bucket"] in shown for item in said["items"])
    assert all(said["definitions"][str(item["hash"])]["name"] for item in said["items"])


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("br", "br"),
        ("gzip, deflate, br", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("*", "br"),
        ("identity", "identity"),
        ("", "identity"),
        ("br;q=0, gzip;q=0", "identity"),
        ("nonsense;;;,,q=", "identity"),
    ],
)
def test_the_encoding_that_the_browser_likes_best(accepted: str, encoding: str) -> None:
    assert preferred_encoding(accepted) == encoding


def test_encodings_say_the_same_and_have_their_own_tags(house: WiredHouse) -> None:
    browser = house.signed_in()
    answers = {name: browser.get("/api/v1/profile", headers={"Accept-Encoding": name}) for name in ("br", "gzip", "identity")}
    plain = answers["identity"].data
    assert brotli.decompress(answers["br"].data) == gzip.decompress(answers["gzip"].data) == plain
    assert len({answer.headers["ETag"] for answer in answers.values()}) == 3
    assert answers["br"].headers["Content-Encoding"] == "br"
    assert "Content-Encoding" not in answers["identity"].headers
    for answer in answers.values():
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert answer.headers["Vary"] == "Accept-Encoding, Cookie"
        assert answer.headers["Content-Type"] == "application/json"
        assert int(answer.headers["Content-Length"]) == len(answer.data)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_unchanged_profile_is_not_sent_again(house: WiredHouse) -> None:
    browser = house.signed_in()
    tag = browser.get("/api/v1/profile").headers["ETag"]
    for asked in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = browser.get("/api/v1/profile", headers={"If-None-Match": asked})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert browser.get("/api/v1/profile", headers={"If-None-Match": '"other"'}).status_code == 200
    brotli_tag = browser.get("/api/v1/profile", headers={"Accept-Encoding": "br"}).headers["ETag"]
    assert browser.get("/api/v1/profile", headers={"If-None-Match": brotli_tag}).status_code == 200


def test_what_is_made_ready_afterwards_breaks_no_connection(house: WiredHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """It runs when the answer is sent: an error there would take the next request on the same connection with it."""
    asked: list[object] = []

    def goes_away(user: object) -> None:
        asked.append(user)
        raise OperationalError("SELECT", {}, ConnectionError("the database is shutting down"))

    monkeypatch.setattr(house.services.searching, "world", goes_away)
    answer = house.signed_in().get("/api/v1/profile")
    answer.close()
    assert answer.status_code == 200
    assert len(asked) == 1


def test_tags() -> None:
    assert matches('W/"a" , "b"', '"b"')
    assert not matches("", '"b"')
    assert not matches('"bb"', '"b"')


def test_a_refresh_says_what_it_found(house: WiredHouse) -> None:
    browser = house.signed_in()
    first = profile(browser)
    assert refresh(house, browser, after=2).json["wait"] > 0
    found = refresh(house, browser)
    assert found.status_code == 200, found.text
    assert found.json["checked"] > first["read"]
    assert browser.send("POST", "/api/v1/profile/refresh?forced=perhaps").status_code == 400


def test_a_refresh_says_that_something_else_is_new(house: WiredHouse) -> None:
    browser = house.signed_in()
    held = browser.get("/api/v1/profile")
    found = refresh(house, browser, after=2).json
    assert not found["changed"]
    assert found["tag"] in held.headers["ETag"]
    item = next(each["id"] for each in held.json["items"] if each["place"] == "vault")
    assert browser.send("POST", "/api/v1/annotations", {"items": [item], "tag": "keep"}).status_code == 200
    after = refresh(house, browser, after=2).json
    assert not after["changed"]
    assert after["tag"] not in held.headers["ETag"]
    assert after["tag"] in browser.get("/api/v1/profile").headers["ETag"]


TROUBLE: list[tuple[str, dict[str, Any], str]] = [
    ("html_503", {}, "bungie-"),
    ("html_200", {}, "bungie-garbled"),
    ("cf_520", {}, "bungie-"),
    ("truncate", {}, "bungie-"),
    ("reset", {}, "bungie-"),
    ("system_disabled", {}, "bungie-maintenance"),
    ("throttle_ip", {"seconds": 10}, "bungie-throttled"),
    ("throttle_ip", {"seconds": 0}, "bungie-throttled"),
    ("throttle_user", {}, "bungie-throttled"),
    ("error", {"code": 1618, "http": 500}, "bungie-"),
    ("mangle_bearer", {}, "sign-in-ended"),
]


@pytest.mark.parametrize(("fault", "more", "code"), TROUBLE, ids=[f"{name} {more}" for name, more, _ in TROUBLE])
def test_no_trouble_takes_anything_away(house: WiredHouse, fault: str, more: dict[str, Any], code: str) -> None:
    """What happens is told, nobody is signed out, the last state stays; and it goes on by itself."""
    browser = house.signed_in()
    before = profile(browser)
    house.controls.fault(fault, count=None, match=GET_PROFILE, **more)
    found = refresh(house, browser)
    assert found.status_code in (401, 502, 503), found.text
    assert found.json["code"].startswith(code), found.text
    assert found.json["detail"].endswith(".")
    assert profile(browser) == before
    assert browser.get("/api/v1/session").json["user"]["sign_in"] == "ok"
    house.controls.clear_faults()
    house.controls.happen("external_mutation", count=3)
    assert refresh(house, browser, after=400).status_code == 200
    assert profile(browser)["minted"] > before["minted"]


def test_while_destiny_is_switched_off_the_last_state_stays(house: WiredHouse) -> None:
    browser = house.signed_in()
    before = profile(browser)
    house.controls.scenario("tuesday-maintenance")
    assert refresh(house, browser, after=7200).status_code == 503
    assert profile(browser) == before
    assert browser.get("/api/v1/session").json["user"]["sign_in"] == "ok"


def test_a_profile_from_the_past_is_not_shown(house: WiredHouse) -> None:
    browser = house.signed_in()
    refresh(house, browser, after=120)
    before = profile(browser)
    house.controls.fault("time_travel", count=None, match=GET_PROFILE)
    found = refresh(house, browser, after=120)
    assert (found.status_code, found.json["changed"]) == (200, False), found.text
    assert profile(browser) == before


HOLES = [
    ("drop_component", "profileInventory", "absent"),
    ("privacy_without_data", "profileInventory", "private"),
    ("disabled_component", "profileInventory", "disabled"),
    ("empty_items", "profileInventory", "empty"),
    ("drop_component", "characterInventories", "absent"),
    ("drop_component", "characterEquipment", "absent"),
    ("privacy_without_data", "characterEquipment", "private"),
    ("drop_component", "characters", "absent"),
]


@pytest.mark.parametrize(("fault", "component", "reason"), HOLES)
def test_a_part_that_does_not_come_stays_as_it_was(house: WiredHouse, fault: str, component: str, reason: str) -> None:
    browser = house.signed_in()
    before = profile(browser)
    house.controls.fault(fault, count=1, match=GET_PROFILE, component=component)
    assert refresh(house, browser).json["changed"] is True
    after = profile(browser)
    assert {"component": component, "reason": reason} in after["incomplete"]
    assert {item["id"] for item in after["items"]} == {item["id"] for item in before["items"]}
    assert [each["id"] for each in after["characters"]] == [each["id"] for each in before["characters"]]
    assert after["vault"] == before["vault"]
    refresh(house, browser)
    assert "incomplete" not in profile(browser)


def test_the_status_tells_the_age(house: WiredHouse) -> None:
    browser = house.signed_in()
    assert "profile" not in browser.get("/api/v1/status").json
    said = profile(browser)
    assert browser.get("/api/v1/status").json["profile"]["read"][:19] == said["read"][:19]
    assert "profile" not in house.browser().get("/api/v1/status").json


def test_an_items_sheet(house: WiredHouse) -> None:
    browser = house.signed_in()
    said = profile(browser)
    for item in said["items"][::40]:
        answer = browser.get(f"/api/v1/items/{item['id']}")
        assert answer.status_code == 200, answer.text
        sheet = msgspec.json.decode(answer.data, type=ItemDetails)
        assert sheet.name == said["definitions"][str(item["hash"])]["name"]
        values = {str(line.hash): line.value for line in sheet.stats}
        assert values == {str(hash): value for hash, value, _ in item.get("stats", [])}


@pytest.mark.parametrize("id", ["0", "s-1-vault-0", "%00", "9" * 300, "..%2F..%2Fetc%2Fpasswd", "<script>"])
def test_items_that_are_not_there(house: WiredHouse, id: str) -> None:
    assert house.signed_in().get(f"/api/v1/items/{id}").status_code == 404


def test_somebody_elses_item_is_not_there(house: WiredHouse) -> None:
    theirs = next(item["id"] for item in profile(house.signed_in("Hoarder"))["items"] if not item["id"].startswith("s-"))
    assert house.signed_in("Marrow").get(f"/api/v1/items/{theirs}").status_code == 404


def test_naming_a_guardian(house: WiredHouse) -> None:
    browser = house.signed_in()
    id = profile(browser)["characters"][0]["id"]
    answer = browser.send("PATCH", f"/api/v1/characters/{id}", {"nickname": " Brannoch "})
    assert (answer.status_code, answer.json) == (200, {"id": id, "nickname": "Brannoch"})
    assert profile(browser)["characters"][0]["nickname"] == "Brannoch"
    assert browser.send("PATCH", f"/api/v1/characters/{id}", {"nickname": ""}).json == {"id": id}
    assert "nickname" not in profile(browser)["characters"][0]


@pytest.mark.parametrize(
    "body", [{"nickname": "x" * 25}, {"nickname": "a\u202eb"}, {"nickname": 5}, {}, {"nickname": "a", "id": "b"}, []]
)
def test_names_that_are_refused(house: WiredHouse, body: Any) -> None:
    browser = house.signed_in()
    id = profile(browser)["characters"][0]["id"]
    answer = browser.send("PATCH", f"/api/v1/characters/{id}", body)
    assert (answer.status_code, answer.json["code"]) == (400, "invalid-input")


def test_somebody_elses_guardian_cannot_be_named(house: WiredHouse) -> None:
    theirs = profile(house.signed_in("Hoarder"))["characters"][0]["id"]
    browser = house.signed_in("Marrow")
    assert browser.send("PATCH", f"/api/v1/characters/{theirs}", {"nickname": "Mine"}).status_code == 404


def test_deleting_oneself_deletes_the_profile(house: WiredHouse) -> None:
    browser = house.signed_in()
    profile(browser)
    assert browser.send("DELETE", "/api/v1/account-data", {"confirm": "Marrow#4417"}).status_code < 300
    with house.services.database.engine.connect() as connection:
        for table in ("snapshots", "nicknames"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0


def test_two_accounts_of_one_person(house: WiredHouse) -> None:
    """Choosing another account shows the other one at once."""
    browser = house.signed_in("צפרית طائر 燕")
    accounts = browser.get("/api/v1/accounts").json["accounts"]
    seen = []
    for account in accounts:
        browser.send("PUT", "/api/v1/accounts/selected", {"type": account["type"], "id": account["id"]})
        seen.append(json.loads(browser.get("/api/v1/profile").data)["account"]["id"])
    assert seen == [account["id"] for account in accounts]
