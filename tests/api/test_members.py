"""Members: who they are, who runs the server, and how somebody is removed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.people import ILSE, MARROW, NEWCOMER, Browser, House, build_house, card

from vaultraider.database.sessions import CACHE_SECONDS


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = build_house(tmp_path)
    yield house
    house.services.close()


@pytest.fixture
def marrow(house: House) -> Browser:
    """The first to come is the admin."""
    return house.signed_in(MARROW)


@pytest.fixture
def ilse(house: House, marrow: Browser) -> Browser:
    return house.signed_in(ILSE)


def path_of(house: House, person: str) -> str:
    return f"/api/v1/members/{house.user(person).id}"


def test_members_as_their_admin_sees_them(house: House, marrow: Browser, ilse: Browser) -> None:
    house.clock.pass_time(2 * 3600)
    for each in (marrow, ilse):  # it is noted after the answer
        each.get("/api/v1/session")
    assert marrow.get("/api/v1/members").json == {
        "members": [
            {
                "id": str(house.user(MARROW).id),
                "name": "Marrow#4417",
                "role": "admin",
                "sign_in": "ok",
                "accounts": ["Marrow#4417"],
                "you": True,
                "last_seen": "2026-11-17T19:00:00Z",
            },
            {
                "id": str(house.user(ILSE).id),
                "name": "Ilse#0077",
                "role": "member",
                "sign_in": "ok",
                "accounts": ["Ilse#0077"],
                "you": False,
                "last_seen": "2026-11-17T19:00:00Z",
            },
        ]
    }


def test_who_signed_out_was_seen_when_they_came(house: House, marrow: Browser, ilse: Browser) -> None:
    house.clock.pass_time(2 * 3600)
    ilse.form("/sign-out")
    assert marrow.get("/api/v1/members").json["members"][1]["last_seen"] == "2026-11-17T17:00:00Z"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api/v1/members", None),
        ("PATCH", "/api/v1/members/1", {"role": "admin"}),
        ("DELETE", "/api/v1/members/1", None),
        ("GET", "/api/v1/jobs", None),
        ("GET", "/api/v1/jobs/runs", None),
        ("POST", "/api/v1/jobs/update_manifest", None),
        ("GET", "/api/v1/system", None),
        ("POST", "/api/v1/backups", None),
        ("POST", "/api/v1/manifest/update", None),
    ],
)
def test_all_of_this_is_for_admins(house: House, marrow: Browser, ilse: Browser, method: str, path: str, body: object) -> None:
    assert ilse.send(method, path, body).status_code == 403
    assert house.browser().send(method, path, body).status_code == 401
    if method != "GET":
        without_token = marrow.client.open(path, base_url="http://localhost", method=method, json=body)
        assert (without_token.status_code, without_token.json["code"]) == (403, "csrf")
    assert house.user(MARROW).role == "admin"
    assert house.services.jobs.latest() == []


def test_an_admin_names_another_who_can_do_the_same(house: House, marrow: Browser, ilse: Browser) -> None:
    answer = marrow.send("PATCH", path_of(house, ILSE), {"role": "admin"})
    assert (answer.status_code, answer.json["role"], answer.json["name"]) == (200, "admin", "Ilse#0077")
    assert ilse.get("/api/v1/members").status_code == 200, "at once, in the browser that is signed in"
    assert ilse.send("PATCH", path_of(house, MARROW), {"role": "member"}).json["role"] == "member"
    assert marrow.get("/api/v1/members").status_code == 403


def test_a_demotion_bites_in_other_processes_in_seconds(house: House, marrow: Browser, ilse: Browser) -> None:
    marrow.send("PATCH", path_of(house, ILSE), {"role": "admin"})
    other = house.another()
    there = other.browser()
    there.client.set_cookie("vaultraider_session", ilse.cookie)
    assert there.get("/api/v1/members").status_code == 200
    marrow.send("PATCH", path_of(house, ILSE), {"role": "member"})
    house.clock.pass_time(CACHE_SECONDS)
    assert there.get("/api/v1/members").status_code == 403
    other.services.close()


def test_the_last_admin_stays_one(house: House, marrow: Browser, ilse: Browser) -> None:
    answer = marrow.send("PATCH", path_of(house, MARROW), {"role": "member"})
    assert (answer.status_code, answer.json["detail"]) == (409, "Somebody must run this server. Name another admin first.")
    assert house.user(MARROW).is_admin
    assert marrow.send("PATCH", path_of(house, MARROW), {"role": "admin"}).status_code == 200


def test_two_admins_who_demote_each_other_leave_one(house: House, marrow: Browser, ilse: Browser) -> None:
    members = house.services.accounts.members
    one, two = house.user(MARROW), house.user(ILSE)
    for _ in range(5):
        for user in (one, two):
            house.services.accounts.users.change_role(user.id, "admin")
        with ThreadPoolExecutor(2) as pool:
            asked = [pool.submit(members.set_role, by, of.id, "member") for by, of in ((one, two), (two, one))]
            failed = [each.exception() for each in asked]
        assert len([each for each in failed if each is None]) == 1
        assert sum(user.is_admin for user in house.services.accounts.users.all()) == 1


@pytest.mark.parametrize("body", [{"role": "owner"}, {"role": None}, {}, {"role": "admin", "name": "x"}, ["admin"]])
def test_a_wrong_role_is_refused(house: House, marrow: Browser, ilse: Browser, body: object) -> None:
    assert marrow.send("PATCH", path_of(house, ILSE), body).status_code == 400
    assert not house.user(ILSE).is_admin


@pytest.mark.parametrize("number", ["999", "0", "2147483648", "-1", "1e3", "%2e%2e"])
def test_nobody_of_this_number(marrow: Browser, number: str) -> None:
    assert marrow.send("PATCH", f"/api/v1/members/{number}", {"role": "admin"}).status_code == 404
    assert marrow.send("DELETE", f"/api/v1/members/{number}").status_code in (404, 405)


def test_who_is_removed_is_nowhere_left(house: House, marrow: Browser, ilse: Browser) -> None:
    ilse.send("PUT", "/api/v1/preferences", {"theme": "dark"})
    house.services.jobs.ask("update_manifest", asked_by=f"user {house.user(ILSE).id}")
    assert marrow.send("DELETE", path_of(house, ILSE)).status_code == 204
    assert ilse.who() is None
    assert [each["name"] for each in marrow.get("/api/v1/members").json["members"]] == ["Marrow#4417"]
    kept = b"".join(each.read_bytes() for each in house.settings.data_dir.glob("vaultraider.sqlite3"))
    with house.services.database.engine.connect() as connection:
        dump = "\n".join(connection.connection.driver_connection.iterdump())  # type: ignore[union-attr]
    assert "Ilse" not in dump
    assert card(ILSE, 3)["membershipId"] not in dump
    assert kept
    assert marrow.send("DELETE", "/api/v1/members/2").status_code == 404


def test_who_was_removed_can_be_let_in_again_as_a_member(house: House, marrow: Browser, ilse: Browser) -> None:
    marrow.send("PATCH", path_of(house, ILSE), {"role": "admin"})
    assert marrow.send("DELETE", path_of(house, ILSE)).status_code == 204
    again = house.signed_in(ILSE)
    assert again.get("/api/v1/members").status_code == 403


def test_nobody_removes_themselves_by_a_slip(house: House, marrow: Browser, ilse: Browser) -> None:
    marrow.send("PATCH", path_of(house, ILSE), {"role": "admin"})
    answer = marrow.send("DELETE", path_of(house, MARROW))
    assert answer.status_code == 409
    assert "settings" in answer.json["detail"]
    assert marrow.who() == "Marrow#4417"


def test_two_admins_who_remove_each_other_leave_one(house: House, marrow: Browser) -> None:
    members = house.services.accounts.members
    for _ in range(3):
        house.signed_in(MARROW)
        house.signed_in(NEWCOMER)
        one, two = house.user(MARROW), house.user(NEWCOMER)
        for user in (one, two):
            house.services.accounts.users.change_role(user.id, "admin")
        with ThreadPoolExecutor(2) as pool:
            asked = [pool.submit(members.remove, by, of.id) for by, of in ((one, two), (two, one))]
            failed = [each.exception() for each in asked]
        assert len([each for each in failed if each is None]) == 1
        assert [user.role for user in house.services.accounts.users.all()] == ["admin"]
