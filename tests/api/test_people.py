"""The API's resources about people: accounts, preferences, invitations, leaving."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.people import ILSE, MARROW, NEWCOMER, House, build_house, card, linked_profiles

from vaultraider.database.preferences import PreferencesRepository
from vaultraider.database.tokens import TokenRow
from vaultraider.domain.errors import BungieMaintenance

HOSTILE = [
    "<script>alert(1)</script>",
    "'; DROP TABLE users; --",
    "../../etc/passwd",
    "\u202egnp.exe",
    "e\u0301" * 20,
    "{{ 7 * 7 }}",
    "💀" * 40,
]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = build_house(tmp_path)
    yield house
    house.services.close()


# --- accounts


def test_the_accounts_as_the_page_gets_them(house: House) -> None:
    house.bungie.linked[MARROW] = linked_profiles(MARROW, 3, 2)
    house.bungie.linked[MARROW]["profilesWithErrors"] = [{"errorCode": 1618, "infoCard": card(MARROW, 6)}]
    assert house.signed_in(MARROW).get("/api/v1/accounts").json == {
        "accounts": [
            {
                "type": 3,
                "id": card(MARROW, 3)["membershipId"],
                "name": "Marrow#4417",
                "platforms": ["Steam"],
                "last_played": "2026-11-10T20:00:00Z",
                "selected": False,
            },
            {
                "type": 2,
                "id": card(MARROW, 2)["membershipId"],
                "name": "Marrow#4417",
                "platforms": ["PlayStation"],
                "last_played": "2026-11-11T20:00:00Z",
                "selected": True,
            },
            {
                "type": 6,
                "id": card(MARROW, 6)["membershipId"],
                "name": "Marrow#4417",
                "platforms": ["Epic"],
                "selected": False,
                "problem": "Bungie.net gives no details of this account just now.",
            },
        ]
    }


def test_choosing_an_account(house: House) -> None:
    house.bungie.linked[MARROW] = linked_profiles(MARROW, 3, 2)
    browser = house.signed_in(MARROW)
    answer = browser.send("PUT", "/api/v1/accounts/selected", {"type": 3, "id": card(MARROW, 3)["membershipId"]})
    assert [each["selected"] for each in answer.json["accounts"]] == [True, False]
    assert browser.get("/api/v1/accounts").json == answer.json


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"type": 3, "id": card(ILSE, 3)["membershipId"]}, 404, None),
        ({"type": 3, "id": 46116860}, 400, "id"),
        ({"type": "3", "id": "1"}, 400, "type"),
        ({"type": 3}, 400, "id"),
        ({"type": 3, "id": "1; DROP TABLE users"}, 400, "id"),
        ({"type": 3, "id": "1\n"}, 400, "id"),
        ({"type": 2**70, "id": "1"}, 400, "type"),
        ({"type": 3, "id": "1", "user": 2}, 400, "user"),
    ],
)
def test_a_wrong_choice(house: House, body: dict[str, Any], status: int, field: str | None) -> None:
    house.signed_in(ILSE)
    answer = house.signed_in(MARROW).send("PUT", "/api/v1/accounts/selected", body)
    assert (answer.status_code, answer.json.get("field")) == (status, field)


def test_bungie_down_still_lists_the_accounts(house: House) -> None:
    browser = house.signed_in(MARROW)
    house.clock.pass_time(7 * 3600)
    house.bungie.trouble = {"refresh": [BungieMaintenance()] * 9, "linked": [BungieMaintenance()] * 9}
    assert len(browser.get("/api/v1/accounts").json["accounts"]) == 1
    assert browser.get("/api/v1/session").json["user"]["sign_in"] == "ok"


def test_a_sign_in_that_ended_is_told_and_what_is_kept_stays(house: House) -> None:
    browser = house.signed_in(MARROW)
    house.bungie.revoke(MARROW)
    house.clock.pass_time(7 * 3600)
    assert len(browser.get("/api/v1/accounts").json["accounts"]) == 1
    house.clock.pass_time(4)
    assert browser.get("/api/v1/session").json["user"]["sign_in"] == "ended"


# --- preferences


def test_preferences_are_remembered(house: House) -> None:
    browser = house.signed_in(MARROW)
    before = browser.get("/api/v1/preferences").json
    assert before["theme"] == "system"
    assert (before["keep_locked"], before["wait_minutes"]) == (False, 60)
    changed = before | {"theme": "light", "tile_size": 56, "hide_unmatched": True, "keep_locked": True, "wait_minutes": 1440}
    assert browser.send("PUT", "/api/v1/preferences", changed).json == changed
    assert house.signed_in(MARROW).get("/api/v1/preferences").json == changed
    assert house.signed_in(ILSE).get("/api/v1/preferences").json == before


def test_how_the_table_is_liked_is_remembered(house: House) -> None:
    browser = house.signed_in(MARROW)
    liked = {
        "category": "weapons",
        "basis": {"armor": "now"},
        "columns": {"armor": ["where", "own-solarduty"]},
        "orders": {"armor": [{"column": "own-solarduty", "down": True}]},
    }
    assert browser.send("PUT", "/api/v1/preferences", {"organizer": liked}).json["organizer"] == liked
    assert house.signed_in(MARROW).get("/api/v1/preferences").json["organizer"] == liked
    assert house.signed_in(ILSE).get("/api/v1/preferences").json["organizer"] == {}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"theme": "neon"}, "theme"),
        ({"tile_size": 45}, "tile_size"),
        ({"tile_size": "44"}, "tile_size"),
        ({"hide_unmatched": 1}, "hide_unmatched"),
        ({"keep_locked": "yes"}, "keep_locked"),
        ({"wait_minutes": 4}, "wait_minutes"),
        ({"wait_minutes": 1441}, "wait_minutes"),
        ({"wait_minutes": 30.5}, "wait_minutes"),
        ({"organizer": {"columns": {"armor": ["x"] * 121}}}, "organizer.columns.armor"),
        ({"organizer": {"columns": {"armor": ["x" * 81]}}}, "organizer.columns.armor.0"),
        ({"organizer": {"category": "cars"}}, "organizer.category"),
        ({"organizer": {"columns": {"cars": []}}}, "organizer.columns.cars"),
        ({"organizer": {"orders": {"armor": [{"column": "x"}]}}}, "organizer.orders.armor.0.down"),
        ({"unknown": 1}, "unknown"),
        ([], "body"),
        *[({"sort": text}, "sort") for text in HOSTILE],
    ],
)
def test_wrong_preferences(house: House, body: Any, field: str) -> None:
    answer = house.signed_in(MARROW).send("PUT", "/api/v1/preferences", body)
    assert (answer.status_code, answer.json["field"]) == (400, field)


@pytest.mark.parametrize(
    ("kept", "theme"),
    [
        (b'{"theme":"light","fresh_idea":1}', "light"),
        (b'{"theme":"neon","sort":"name"}', "system"),
        (b'{"theme":"light","organizer":{"shape":1}}', "light"),
        (b"garbage", "system"),
        (b"[]", "system"),
    ],
)
def test_preferences_of_another_version_do_no_harm(house: House, kept: bytes, theme: str) -> None:
    browser = house.signed_in(MARROW)
    PreferencesRepository(house.services.database).save(house.user(MARROW).id, kept, house.clock.now())
    assert browser.get("/api/v1/preferences").json["theme"] == theme


# --- invitations


def test_only_the_owner_invites(house: House) -> None:
    house.signed_in(MARROW)
    member = house.signed_in(ILSE)
    for method, path in (("GET", ""), ("POST", ""), ("DELETE", "/1")):
        answer = member.send(method, "/api/v1/invitations" + path, {} if method == "POST" else None)
        assert (answer.status_code, answer.json["code"]) == (403, "forbidden")


@pytest.mark.parametrize("note", HOSTILE)
def test_a_note_is_kept_as_it_is_or_refused(house: House, note: str) -> None:
    owner = house.signed_in(MARROW)
    answer = owner.send("POST", "/api/v1/invitations", {"note": note})
    if answer.status_code == 201:
        assert owner.get("/api/v1/invitations").json["invitations"][0]["note"] == note
    else:
        assert (answer.status_code, answer.json["field"]) == (400, "note")


@pytest.mark.parametrize("number", [0, 7, 2**31, 2**63, 10**30, pytest.param("9" * 5000, id="longer than Python reads")])
def test_an_invitation_that_there_is_not_is_told_so_whatever_its_number(house: House, number: int | str) -> None:
    assert house.signed_in(MARROW).send("DELETE", f"/api/v1/invitations/{number}").status_code == 404


@pytest.mark.parametrize("note", ["x" * 81, "two\nlines", "nul\x00", "bell\x07"])
def test_a_note_that_is_none(house: House, note: str) -> None:
    answer = house.signed_in(MARROW).send("POST", "/api/v1/invitations", {"note": note})
    assert (answer.status_code, answer.json["field"]) == (400, "note")


def test_the_link_is_told_once_and_kept_as_a_hash(house: House) -> None:
    owner = house.signed_in(MARROW)
    made = owner.send("POST", "/api/v1/invitations", {"note": "for Ilse"}).json
    secret = made["path"].rsplit("/", 1)[1]
    assert secret not in owner.get("/api/v1/invitations").text
    kept = b"".join(file.read_bytes() for file in house.settings.data_dir.iterdir() if "sqlite3" in file.name)
    assert b"for Ilse" in kept
    assert secret.encode() not in kept


@pytest.mark.parametrize("path", ["/invitations/x", "/invitations/" + "a" * 3000, "/invitations/%00", "/invitations/..%2f..%2f"])
def test_an_invented_link(house: House, path: str) -> None:
    assert house.browser().get(path).status_code in (404, 308)


# --- leaving


@pytest.mark.parametrize("confirm", ["", "marrow#4417", "Ilse#0077", "Marrow", "Marrow#4417x", "💀"])
def test_deleting_needs_the_very_name(house: House, confirm: str) -> None:
    browser = house.signed_in(MARROW)
    answer = browser.send("DELETE", "/api/v1/account-data", {"confirm": confirm})
    assert (answer.status_code, answer.json["field"]) == (400, "confirm")
    assert browser.who() == "Marrow#4417"


def test_deleting_my_data(house: House) -> None:
    browsers = [house.signed_in(MARROW), house.signed_in(MARROW)]
    ilse = house.signed_in(ILSE)
    forgotten: list[str] = []
    house.services.accounts.data.on_delete(lambda user: forgotten.append(user.bungie_id))
    browsers[0].send("PUT", "/api/v1/preferences", {"theme": "light"})
    browsers[0].send("POST", "/api/v1/invitations", {"note": "x"})
    assert browsers[0].send("DELETE", "/api/v1/account-data", {"confirm": "Marrow#4417"}).status_code == 204
    assert [each.who() for each in browsers] == [None, None]
    assert forgotten == [MARROW]
    assert ilse.who() == "Ilse#0077"
    with house.services.database.reading() as session:
        assert session.query(TokenRow).count() == 1
    again = house.signed_in(MARROW)
    assert again.get("/api/v1/preferences").json["theme"] == "system"


def test_the_owner_who_leaves_makes_room_for_the_next(tmp_path: Path) -> None:
    house = build_house(tmp_path)
    owner = house.signed_in(MARROW)
    owner.send("DELETE", "/api/v1/account-data", {"confirm": "Marrow#4417"})
    strict = house.another(open_sign_in=False)
    assert strict.services.accounts.sign_in.setup_token() is not None
    assert strict.browser().sign_in(NEWCOMER).status_code == 403
    for each in (house, strict):
        each.services.close()
