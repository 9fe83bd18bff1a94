"""The books of currencies, from what was observed: their numbers, balances, quarters, and the origin's address."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text
from tests.ledgers.purse import BRIGHT_DUST, GLIMMER, SILVER, look_away, see
from tests.people import ILSE, MARROW, Browser, House, linked_profiles

NOTHING = {"q1_earnings": 0, "q2_earnings": 0, "q3_earnings": 0, "q4_earnings": 0}


def listed(browser: Browser) -> list[dict[str, Any]]:
    answer = browser.get("/api/v1/ledgers")
    assert answer.status_code == 200, answer.text
    return answer.json["ledgers"]


def year(browser: Browser, number: int = 1, year: int | None = 2026) -> dict[str, Any]:
    answer = browser.get(f"/api/v1/ledgers/{number}" + (f"?year={year}" if year else ""))
    assert answer.status_code == 200, answer.text
    return answer.json


def entries(browser: Browser, number: int = 1, **query: Any) -> dict[str, Any]:
    answer = browser.get(f"/api/v1/ledgers/{number}/entries", query_string=query)
    assert answer.status_code == 200, answer.text
    return answer.json


def test_before_anything_was_seen_there_is_glimmer(marrow: Browser) -> None:
    assert listed(marrow) == [{"id": 1, "name": "Glimmer", "unit": "", "kind": "currency", "hash": GLIMMER, "balance": 0}]
    shown = year(marrow, year=None)
    assert (shown["year"], shown["years"], shown["balance"]) == (2026, [2026], [])
    assert (shown["opening"], shown["closing"]) == (0, 0)
    assert entries(marrow) == {"entries": []}


def test_currencies_get_numbers_as_they_are_first_seen(house: House, marrow: Browser) -> None:
    see(house, MARROW, ("2026-11-01 10:00", {SILVER: 200}), ("2026-11-02 10:00", {BRIGHT_DUST: 5, GLIMMER: 100}))
    assert [(each["id"], each["hash"], each["balance"]) for each in listed(marrow)] == [
        (1, GLIMMER, 100),
        (2, SILVER, 200),
        (3, BRIGHT_DUST, 5),
    ]
    assert [each["since"] for each in listed(marrow)] == [
        "2026-11-02T10:00:00Z",
        "2026-11-01T10:00:00Z",
        "2026-11-02T10:00:00Z",
    ]


def test_numbers_never_change_and_are_never_given_twice(house: House, marrow: Browser) -> None:
    see(house, MARROW, ("2026-11-01 10:00", {SILVER: 200}))
    assert marrow.send("POST", "/api/v1/ledgers", {"name": "Raid clears"}).json["id"] == 3
    assert marrow.send("DELETE", "/api/v1/ledgers/3").status_code == 204
    see(house, MARROW, ("2026-11-02 10:00", {BRIGHT_DUST: 5}))
    assert [(each["id"], each.get("hash")) for each in listed(marrow)] == [(1, GLIMMER), (2, SILVER), (4, BRIGHT_DUST)]
    assert marrow.send("POST", "/api/v1/ledgers", {"name": "Raid clears"}).json["id"] == 5


def test_what_was_seen_before_is_numbered_before_ones_own(house: House, marrow: Browser) -> None:
    see(house, MARROW, ("2026-11-01 10:00", {SILVER: 200}))
    assert marrow.send("POST", "/api/v1/ledgers", {"name": "Raid clears"}).json["id"] == 3


def test_the_first_balance_is_no_earning(house: House, marrow: Browser) -> None:
    see(house, MARROW, ("2026-02-01 10:00", {GLIMMER: 1000}))
    shown = year(marrow)
    assert (shown["opening"], shown["closing"]) == (1000, 1000)
    assert all(each["earned"] == each["spent"] == each["entries"] == 0 for each in shown["quarters"])
    assert shown["balance"] == [["2026-02-01T10:00:00Z", 1000], ["2026-11-17T17:00:00Z", 1000]]
    assert entries(marrow) == {"entries": []}


def test_a_year_by_quarter_month_and_week(house: House, marrow: Browser) -> None:
    see(
        house,
        MARROW,
        ("2025-12-31 23:59:59", {GLIMMER: 1000}),
        ("2026-01-01 00:00", {GLIMMER: 1500}),  # a Thursday: in the week of Monday, 29 December
        ("2026-03-31 23:59:59", {GLIMMER: 1200}),
        ("2026-04-01 00:00", {GLIMMER: 1300}),
        ("2026-11-16 00:00", {GLIMMER: 1290}),
    )
    shown = year(marrow)
    assert (shown["opening"], shown["closing"], shown["years"]) == (1000, 1290, [2025, 2026])
    assert shown["quarters"] == [
        {"quarter": 1, "earned": 500, "spent": 300, "entries": 2},
        {"quarter": 2, "earned": 100, "spent": 0, "entries": 1},
        {"quarter": 3, "earned": 0, "spent": 0, "entries": 0},
        {"quarter": 4, "earned": 0, "spent": 10, "entries": 1},
    ]
    assert [each["month"] for each in shown["months"]] == list(range(1, 13))
    assert {each["month"]: (each["earned"], each["spent"]) for each in shown["months"] if each["entries"]} == {
        1: (500, 0),
        3: (0, 300),
        4: (100, 0),
        11: (0, 10),
    }
    assert shown["weeks"][0] == {"from": "2025-12-29T00:00:00Z", "earned": 500, "spent": 0, "entries": 1}
    assert [each["from"] for each in shown["weeks"] if each["entries"]] == [
        "2025-12-29T00:00:00Z",
        "2026-03-30T00:00:00Z",
        "2026-11-16T00:00:00Z",
    ]
    assert len(shown["weeks"]) == 53
    assert shown["balance"] == [
        ["2026-01-01T00:00:00Z", 1000],
        ["2026-01-01T00:00:00Z", 1500],
        ["2026-03-31T23:59:59Z", 1200],
        ["2026-04-01T00:00:00Z", 1300],
        ["2026-11-16T00:00:00Z", 1290],
        ["2026-11-17T17:00:00Z", 1290],
    ]
    before = year(marrow, year=2025)
    assert (before["opening"], before["closing"]) == (1000, 1000)
    assert before["balance"][-1] == ["2026-01-01T00:00:00Z", 1000]


def test_a_year_with_nothing_in_it_has_zeros(house: House, marrow: Browser) -> None:
    see(house, MARROW, ("2026-02-01 10:00", {GLIMMER: 1000}))
    for without in (2000, 2025):
        shown = year(marrow, year=without)
        assert (shown["opening"], shown["closing"], shown["balance"]) == (0, 0, [])
    later = year(marrow, year=2027)
    assert (later["opening"], later["closing"]) == (1000, 1000)


def test_what_was_spent_to_the_last_is_0(house: House, marrow: Browser) -> None:
    see(house, MARROW, ("2026-11-01 10:00", {SILVER: 200}), ("2026-11-02 10:00", {SILVER: 0}))
    assert listed(marrow)[1]["balance"] == 0
    assert year(marrow, 2)["quarters"][3] == {"quarter": 4, "earned": 0, "spent": 200, "entries": 1}


def test_entries_newest_first_in_pages(house: House, marrow: Browser) -> None:
    see(house, MARROW, *((f"2026-11-01 10:{minute:02}", {GLIMMER: 100 + minute * minute}) for minute in range(8)))
    first = entries(marrow, limit=3)
    assert [each["balance"] for each in first["entries"]] == [149, 136, 125]
    see(house, MARROW, ("2026-11-01 11:00", {GLIMMER: 0}))  # what is seen meanwhile moves nothing
    second = entries(marrow, limit=3, cursor=first["next"])
    assert [(each["amount"], each["balance"]) for each in second["entries"]] == [(7, 116), (5, 109), (3, 104)]
    third = entries(marrow, limit=3, cursor=second["next"])
    assert third == {
        "entries": [{"id": "h1793527260", "at": "2026-11-01T10:01:00Z", "amount": 1, "balance": 101, "source": "history"}]
    }


def test_entries_of_one_year(house: House, marrow: Browser) -> None:
    see(house, MARROW, ("2025-12-01 10:00", {GLIMMER: 1}), ("2025-12-02 10:00", {GLIMMER: 3}), ("2026-01-01 00:00", {GLIMMER: 7}))
    assert [each["amount"] for each in entries(marrow, year=2026)["entries"]] == [4]
    assert [each["amount"] for each in entries(marrow, year=2025)["entries"]] == [2]
    assert [each["amount"] for each in entries(marrow)["entries"]] == [4, 2]


def test_what_changed_unseen_says_since_when(house: House, marrow: Browser) -> None:
    see(house, MARROW, ("2026-11-01 10:00", {GLIMMER: 1}), ("2026-11-01 14:05", {GLIMMER: 2}), ("2026-11-01 19:30", {GLIMMER: 9}))
    look_away(house, MARROW, "2026-11-01 14:05", "2026-11-01 19:30")
    see(house, MARROW, ("2026-11-01 19:40", {GLIMMER: 4}))
    assert [each.get("since") for each in entries(marrow)["entries"]] == [None, "2026-11-01T14:05:00Z", None]


def test_a_currency_cannot_be_changed_by_hand(house: House, marrow: Browser) -> None:
    see(house, MARROW, ("2026-11-01 10:00", {GLIMMER: 1}), ("2026-11-01 11:00", {GLIMMER: 2}))
    entry = entries(marrow)["entries"][0]["id"]
    for method, path, body in (
        ("PATCH", "", {"name": "Mine"}),
        ("DELETE", "", None),
        ("POST", "/entries", {"at": "2026-11-01", "amount": 5}),
        ("PATCH", f"/entries/{entry}", {"amount": 5}),
        ("DELETE", f"/entries/{entry}", None),
    ):
        answer = marrow.send(method, f"/api/v1/ledgers/1{path}", body)
        assert answer.status_code == 409, (method, path, answer.text)
        assert "kept from what Bungie shows" in answer.json["detail"]
    assert year(marrow)["closing"] == 2


def test_it_follows_the_chosen_account(house: House) -> None:
    house.bungie.linked[MARROW] = linked_profiles(MARROW, 3, 1)
    marrow = house.signed_in(MARROW)
    see(house, MARROW, ("2026-11-01 10:00", {GLIMMER: 7, SILVER: 2}))
    assert [each["balance"] for each in listed(marrow)] == [7, 2]
    other = next(each for each in marrow.get("/api/v1/accounts").json["accounts"] if not each["selected"])
    assert marrow.send("PUT", "/api/v1/accounts/selected", {"type": other["type"], "id": other["id"]}).status_code == 200
    assert [(each["id"], each["balance"], each.get("since")) for each in listed(marrow)] == [(1, 0, None), (2, 0, None)]


def test_somebody_elses_are_never_told(house: House, marrow: Browser, ilse: Browser) -> None:
    see(house, MARROW, ("2026-11-01 10:00", {GLIMMER: 1, SILVER: 200}), ("2026-11-02 10:00", {GLIMMER: 5, SILVER: 300}))
    assert len(listed(marrow)) == 2
    assert [(each["id"], each["balance"]) for each in listed(ilse)] == [(1, 0)]
    for path in ("2", "2/entries", "2/entries.csv"):
        assert ilse.get(f"/api/v1/ledgers/{path}").status_code == 404
    assert ilse.get("/api_1_0/finance/2/2026").status_code == 404
    assert ilse.get("/api_1_0/finance/1/2026").json == {"items": NOTHING}
    assert entries(ilse) == {"entries": []}


# -- the origin's own address -----------------------------------------------------------------------------------------------


def test_the_earnings_of_a_year_in_the_origins_form(house: House, marrow: Browser) -> None:
    see(
        house,
        MARROW,
        ("2026-01-01 10:00", {GLIMMER: 1000}),
        ("2026-02-01 10:00", {GLIMMER: 4000}),
        ("2026-05-01 10:00", {GLIMMER: 2000}),
        ("2026-10-01 00:00", {GLIMMER: 2600}),
    )
    answer = marrow.get("/api_1_0/finance/1/2026")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.json == {"items": {"q1_earnings": 3000, "q2_earnings": 0, "q3_earnings": 0, "q4_earnings": 600}}
    assert all(type(each) is int for each in answer.json["items"].values())
    assert answer.headers["Cache-Control"] == "no-store"
    assert marrow.get("/api_1_0/finance/1/2018").json == {"items": NOTHING}


def test_the_origins_address_needs_no_look_at_the_list_first(house: House, marrow: Browser) -> None:
    see(house, MARROW, ("2026-01-01 10:00", {SILVER: 1}), ("2026-02-01 10:00", {SILVER: 4}))
    assert marrow.get("/api_1_0/finance/2/2026").json["items"]["q1_earnings"] == 3


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("1/2026", 200),
        ("9/2026", 404),
        ("0/2026", 404),
        ("-1/2026", 404),
        ("one/2026", 404),
        ("١/2026", 404),
        ("99999999999999999999/2026", 404),
        ("1/twenty", 400),
        ("1/26", 400),
        ("1/0000", 400),
        ("1/1999", 400),
        ("1/9999", 400),
        ("1/20260", 400),
        ("1/-2026", 400),
        ("1/２０２６", 400),
        ("1/2026.0", 400),
        ("1/%3Cscript%3E", 400),
        ("1", 404),
        ("1/2026/q1", 404),
    ],
)
def test_what_is_wrong_with_an_address(standing: Browser, path: str, status: int) -> None:
    answer = standing.get(f"/api_1_0/finance/{path}")
    assert answer.status_code == status, answer.text
    if status != 200:
        assert answer.mimetype == "application/problem+json"
        assert answer.json["status"] == status
        assert "script" not in answer.text


def test_nobody_is_told_without_signing_in(house: House) -> None:
    for path in ("/api_1_0/finance/1/2026", "/api/v1/ledgers", "/api/v1/ledgers/1", "/api/v1/ledgers/1/entries.csv"):
        answer = house.browser().get(path)
        assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")


def test_the_origins_address_changes_nothing(standing: Browser) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert standing.send(method, "/api_1_0/finance/1/2026").status_code == 405


@pytest.mark.parametrize("year", ["", "x", "1999", "2200", "20.5", "-1"])
def test_a_bad_year_is_refused(standing: Browser, year: str) -> None:
    for path in ("1", "1/entries", "1/entries.csv"):
        answer = standing.get(f"/api/v1/ledgers/{path}?year={year}")
        assert (answer.status_code, answer.json["field"]) == (400, "year")


@pytest.mark.parametrize("query", ["cursor=x", "cursor=1", "cursor=1.2.3", "cursor=9999999999999.1", "limit=0", "limit=501"])
def test_a_bad_page_is_refused(standing: Browser, query: str) -> None:
    assert standing.get(f"/api/v1/ledgers/1/entries?{query}").status_code == 400


def test_a_deleted_person_is_nowhere_left(house: House, marrow: Browser, ilse: Browser) -> None:
    see(house, ILSE, ("2026-11-01 10:00", {GLIMMER: 1}))
    own = ilse.send("POST", "/api/v1/ledgers", {"name": "Clears"}).json["id"]
    assert ilse.send("POST", f"/api/v1/ledgers/{own}/entries", {"at": "2026-11-01", "amount": 5}).status_code == 201
    number = house.user(ILSE).id
    assert ilse.send("DELETE", "/api/v1/account-data", {"confirm": "Ilse#0077"}).status_code == 204
    with house.services.database.reading() as session:
        for table in ("ledgers", "ledger_entries"):
            assert session.execute(text(f"SELECT count(*) FROM {table} WHERE user_id = {number}")).scalar() == 0
