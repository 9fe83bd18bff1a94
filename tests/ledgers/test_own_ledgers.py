"""Ledgers that people keep themselves: opening, entering, correcting, deleting; what is refused; hostile text."""

from __future__ import annotations

from typing import Any

import pytest
from tests.ledgers.purse import GLIMMER, see
from tests.people import ILSE, MARROW, Browser, House

from vaultraider.domain.ledgers import LARGEST_AMOUNT, MOST_LEDGERS

PATH = "/api/v1/ledgers"


@pytest.fixture
def clears(marrow: Browser) -> str:
    """The address of a ledger that Marrow keeps."""
    answer = marrow.send("POST", PATH, {"name": "Raid clears", "unit": "clears"})
    assert answer.status_code == 201, answer.text
    return f"{PATH}/{answer.json['id']}"


def enter(browser: Browser, ledger: str, at: str, amount: int, note: str = "") -> dict[str, Any]:
    answer = browser.send("POST", f"{ledger}/entries", {"at": at, "amount": amount, "note": note})
    assert answer.status_code == 201, answer.text
    return answer.json


def test_a_ledger_of_ones_own(marrow: Browser, clears: str) -> None:
    assert marrow.get(PATH).json["ledgers"][1] == {
        "id": 2,
        "name": "Raid clears",
        "unit": "clears",
        "kind": "own",
        "balance": 0,
    }
    assert enter(marrow, clears, "2026-11-15T20:00:00Z", 3, "Root of Nightmares") == {
        "id": "1",
        "at": "2026-11-15T20:00:00Z",
        "amount": 3,
        "balance": 3,
        "note": "Root of Nightmares",
        "source": "typed",
    }
    assert (
        marrow.get(PATH).json["ledgers"][1] | {"balance": 3, "since": "2026-11-15T20:00:00Z"}
        == marrow.get(PATH).json["ledgers"][1]
    )


def test_its_first_entry_is_earned(marrow: Browser, clears: str) -> None:
    enter(marrow, clears, "2025-12-31T23:00:00+00:00", 3)
    enter(marrow, clears, "2026-01-01T00:30:00+01:00", 2)  # still last year, in UTC
    enter(marrow, clears, "2026-05-01", 5)
    enter(marrow, clears, "2026-05-02", -4)
    last, shown = marrow.get(f"{clears}?year=2025").json, marrow.get(clears).json
    assert (last["opening"], last["closing"], last["quarters"][3]["earned"]) == (0, 5, 5)
    assert (shown["opening"], shown["closing"], shown["years"]) == (5, 6, [2025, 2026])
    assert shown["quarters"][1] == {"quarter": 2, "earned": 5, "spent": 4, "entries": 2}
    assert shown["balance"][0] == ["2026-01-01T00:00:00Z", 5]
    assert marrow.get("/api_1_0/finance/2/2026").json["items"]["q2_earnings"] == 5


def test_entries_stand_by_their_time_whenever_they_were_made(marrow: Browser, clears: str) -> None:
    enter(marrow, clears, "2026-11-15", 10)
    assert enter(marrow, clears, "2026-11-14", 5)["balance"] == 5
    assert enter(marrow, clears, "2026-11-15", 1)["balance"] == 16
    found = marrow.get(f"{clears}/entries").json["entries"]
    assert [(each["amount"], each["balance"]) for each in found] == [(1, 16), (10, 15), (5, 5)]


def test_pages_split_entries_of_one_second(marrow: Browser, clears: str) -> None:
    for amount in (1, 2, 3, 4, 5):
        enter(marrow, clears, "2026-11-15", amount)
    seen, cursor = [], ""
    while True:
        page = marrow.get(f"{clears}/entries", query_string={"limit": 2, "cursor": cursor}).json
        seen += [each["amount"] for each in page["entries"]]
        if "next" not in page:
            break
        cursor = page["next"]
    assert seen == [5, 4, 3, 2, 1]


def test_pages_reach_back_however_far(marrow: Browser, clears: str) -> None:
    for at, amount in (("2000-01-01", 7), ("2019-05-05", 5), ("2019-05-06", -12), ("2026-09-01", 3), ("2026-11-15", 1)):
        enter(marrow, clears, at, amount)
    seen, cursor = [], ""
    while True:
        page = marrow.get(f"{clears}/entries", query_string={"limit": 1, "cursor": cursor}).json
        seen += [(each["amount"], each["balance"]) for each in page["entries"]]
        if "next" not in page:
            break
        cursor = page["next"]
    assert seen == [(1, 4), (3, 3), (-12, 0), (5, 12), (7, 7)]


def test_an_entry_is_corrected_and_deleted(marrow: Browser, clears: str) -> None:
    entry = enter(marrow, clears, "2026-11-15", 10, "first")["id"]
    changed = marrow.send("PATCH", f"{clears}/entries/{entry}", {"amount": 12})
    assert (changed.status_code, changed.json["amount"], changed.json["note"]) == (200, 12, "first")
    changed = marrow.send("PATCH", f"{clears}/entries/{entry}", {"at": "2026-10-01", "note": ""})
    assert changed.json == {"id": entry, "at": "2026-10-01T00:00:00Z", "amount": 12, "balance": 12, "source": "typed"}
    assert marrow.send("DELETE", f"{clears}/entries/{entry}").status_code == 204
    for method, body in (("DELETE", None), ("PATCH", {"amount": 1})):
        assert marrow.send(method, f"{clears}/entries/{entry}", body).status_code == 404
    assert marrow.get(f"{clears}/entries").json == {"entries": []}


def test_renaming(marrow: Browser, clears: str) -> None:
    assert marrow.send("PATCH", clears, {"name": "Clears"}).json["unit"] == "clears"
    assert marrow.send("PATCH", clears, {"unit": ""}).json["name"] == "Clears"
    assert marrow.send("PATCH", clears, {}).json["name"] == "Clears"
    marrow.send("POST", PATH, {"name": "Other"})
    answer = marrow.send("PATCH", clears, {"name": "OTHER"})
    assert (answer.status_code, answer.json["code"]) == (409, "conflict")
    assert marrow.send("PATCH", clears, {"name": "CLEARS"}).status_code == 200, "only its own name differs"


def test_a_deleted_ledger_is_gone_with_its_entries(marrow: Browser, clears: str) -> None:
    enter(marrow, clears, "2026-11-15", 10)
    assert marrow.send("DELETE", clears).status_code == 204
    assert [each["id"] for each in marrow.get(PATH).json["ledgers"]] == [1]
    for path in ("", "/entries", "/entries.csv"):
        assert marrow.get(f"{clears}{path}").status_code == 404
    assert marrow.send("POST", f"{clears}/entries", {"at": "2026-11-15", "amount": 1}).status_code == 404
    assert marrow.send("DELETE", clears).status_code == 404
    again = marrow.send("POST", PATH, {"name": "Raid clears"}).json
    assert (again["id"], again["balance"]) == (3, 0)


def test_somebody_elses_ledger_is_not_there(house: House, marrow: Browser, ilse: Browser, clears: str) -> None:
    entry = enter(marrow, clears, "2026-11-15", 10)["id"]
    for method, path, body in (
        ("GET", clears, None),
        ("GET", f"{clears}/entries", None),
        ("GET", f"{clears}/entries.csv", None),
        ("PATCH", clears, {"name": "Mine"}),
        ("DELETE", clears, None),
        ("POST", f"{clears}/entries", {"at": "2026-11-15", "amount": 1}),
        ("PATCH", f"{clears}/entries/{entry}", {"amount": 1}),
        ("DELETE", f"{clears}/entries/{entry}", None),
        ("GET", "/api_1_0/finance/2/2026", None),
    ):
        assert ilse.send(method, path, body).status_code == 404, (method, path)
    # Hers has the same number, and his entry is not in it.
    assert ilse.send("POST", PATH, {"name": "Hers"}).json["id"] == 2
    for method, body in (("PATCH", {"amount": 1}), ("DELETE", None)):
        assert ilse.send(method, f"{clears}/entries/{entry}", body).status_code == 404
    assert ilse.get(f"{clears}/entries").json == {"entries": []}
    assert marrow.get(f"{clears}/entries").json["entries"][0]["amount"] == 10


def test_an_entry_belongs_to_one_ledger(marrow: Browser, clears: str) -> None:
    entry = enter(marrow, clears, "2026-11-15", 10)["id"]
    other = marrow.send("POST", PATH, {"name": "Other"}).json["id"]
    assert marrow.send("DELETE", f"{PATH}/{other}/entries/{entry}").status_code == 404


def test_nothing_changes_without_the_token(marrow: Browser, clears: str) -> None:
    for method, path in (("POST", PATH), ("PATCH", clears), ("DELETE", clears), ("POST", f"{clears}/entries")):
        answer = marrow.client.open(path, method=method, json={"name": "x"}, base_url="http://localhost")
        assert (answer.status_code, answer.json["code"]) == (403, "csrf")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": ""}, "name"),
        ({"name": " \t\u200b\u202e "}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"name": "x" * 1001}, "name"),
        ({"name": 5}, "name"),
        ({"name": None}, "name"),
        ({"name": "Clears", "unit": "u" * 21}, "unit"),
        ({"name": "Clears", "kind": "currency"}, "kind"),
    ],
)
def test_what_no_ledger_is_called(standing: Browser, body: dict[str, Any], field: str) -> None:
    answer = standing.send("POST", PATH, body)
    assert (answer.status_code, answer.json["field"]) == (400, field), answer.text


@pytest.fixture(scope="module")
def standing_ledger(standing: Browser) -> str:
    return f"{PATH}/{standing.send('POST', PATH, {'name': 'Standing'}).json['id']}"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": 0}, "amount"),
        ({"amount": LARGEST_AMOUNT + 1}, "amount"),
        ({"amount": -LARGEST_AMOUNT - 1}, "amount"),
        ({"amount": "5"}, "amount"),
        ({"amount": 5.5}, "amount"),
        ({"amount": None}, "amount"),
        ({"amount": True}, "amount"),
        ({"amount": 10**400}, "amount"),
        ({"at": ""}, "at"),
        ({"at": "15.11.2026"}, "at"),
        ({"at": "11/15/2026"}, "at"),
        ({"at": "2026-02-30"}, "at"),
        ({"at": "2026-11-15T25:00:00Z"}, "at"),
        ({"at": "0001-01-01T00:00:00+14:00"}, "at"),
        ({"at": "9999-12-31T23:00:00-14:00"}, "at"),
        ({"at": "2026-11-15T20:00:00+99:00"}, "at"),
        ({"at": "1999-12-31"}, "at"),
        ({"at": "2027-11-15"}, "at"),
        ({"at": 1763200000}, "at"),
        ({"note": "n" * 201}, "note"),
        ({"balance": 5}, "balance"),
    ],
)
def test_what_no_entry_can_be(standing: Browser, standing_ledger: str, change: dict[str, Any], field: str) -> None:
    body = {"at": "2026-11-15", "amount": 5} | change
    answer = standing.send("POST", f"{standing_ledger}/entries", body)
    assert (answer.status_code, answer.json["field"]) == (400, field), answer.text
    assert standing.get(f"{standing_ledger}/entries").json == {"entries": []}


@pytest.mark.parametrize("entry", ["h1763200000", "0", "-1", "x", "1" * 30, "١", "%00", "1%2F2"])
def test_what_is_no_entry(standing: Browser, standing_ledger: str, entry: str) -> None:
    for method, body in (("PATCH", {"amount": 1}), ("DELETE", None)):
        assert standing.send(method, f"{standing_ledger}/entries/{entry}", body).status_code == 404


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        ("a\u202eb\u2066c\u0000d\u0007", "abcd"),
        ("two\r\nlines\tand\u2028more", "two lines and more"),
        ("👩\u200d🚀 Ilse", "👩\u200d🚀 Ilse"),
        ("'; DROP TABLE ledgers; --", "'; DROP TABLE ledgers; --"),
        ("x" * 200, "x" * 200),
    ],
)
def test_hostile_notes(standing: Browser, standing_ledger: str, given: str, kept: str) -> None:
    made = enter(standing, standing_ledger, "2026-11-15", 1, given)
    assert made["note"] == kept
    assert standing.get(f"{standing_ledger}/entries").json["entries"][0]["note"] == kept
    standing.send("DELETE", f"{standing_ledger}/entries/{made['id']}")


def test_there_is_an_end_to_ledgers(house: House, marrow: Browser) -> None:
    user = house.user(MARROW)
    for number in range(MOST_LEDGERS):
        house.services.ledgers.open(user, f"Ledger {number}", "")
    answer = marrow.send("POST", PATH, {"name": "One more"})
    assert (answer.status_code, answer.json["detail"]) == (
        409,
        f"You have {MOST_LEDGERS} ledgers of your own. Delete one first.",
    )


def test_it_works_before_any_account_is_known(house: House, ilse: Browser) -> None:
    """Nothing of it needs Bungie, or a memory."""
    house.services.accounts.users.save_accounts(house.user(ILSE).id, [])
    calls = list(house.bungie.calls)
    assert [each["id"] for each in ilse.get(PATH).json["ledgers"]] == [1]
    assert ilse.send("POST", PATH, {"name": "Clears"}).json["id"] == 2
    assert ilse.get("/api_1_0/finance/1/2026").status_code == 200
    assert house.bungie.calls == calls


def test_ones_own_entries_do_not_mix_with_history(house: House, marrow: Browser, clears: str) -> None:
    see(house, MARROW, ("2026-11-01 10:00", {GLIMMER: 1}), ("2026-11-02 10:00", {GLIMMER: 5}))
    enter(marrow, clears, "2026-11-01", 100)
    assert marrow.get(f"{PATH}/1").json["closing"] == 5
    assert marrow.get(clears).json["closing"] == 100
