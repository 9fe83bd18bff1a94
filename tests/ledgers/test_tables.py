"""Tables of entries: out as CSV that a spreadsheet may open, and in again, all lines or none."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from tests.ledgers.purse import GLIMMER, look_away, see
from tests.people import MARROW, Browser, House
from werkzeug.test import TestResponse

from vaultraider.domain import ledgers

PATH = "/api/v1/ledgers"


def opened(browser: Browser, name: str = "Raid clears") -> str:
    answer = browser.send("POST", PATH, {"name": name})
    assert answer.status_code == 201, answer.text
    return f"{PATH}/{answer.json['id']}"


def send(browser: Browser, ledger: str, file: str | bytes, *, check: bool = False, kind: str = "text/csv") -> TestResponse:
    headers = {"X-CSRFToken": browser.csrf(), "Content-Type": kind}
    path = f"{ledger}/import" + ("?check=true" if check else "")
    return browser.client.post(path, data=file, headers=headers, base_url="http://localhost")


def taken(answer: TestResponse) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    return answer.json


def entries(browser: Browser, ledger: str) -> list[tuple[str, int, str, str]]:
    found = browser.get(f"{ledger}/entries?limit=500").json["entries"]
    return [(each["at"], each["amount"], each.get("note", ""), each["source"]) for each in found]


FILE = "at,amount,note\n2026-11-15,5,Crota\n2026-11-15,5,Crota\n2026-11-16 20:00,-3,\n"


def test_a_table_is_taken_in(marrow: Browser) -> None:
    clears = opened(marrow)
    assert taken(send(marrow, clears, FILE, check=True)) == {"added": 3, "skipped": 0, "errors": []}
    assert entries(marrow, clears) == [], "it was only looked through"
    assert taken(send(marrow, clears, FILE)) == {"added": 3, "skipped": 0, "errors": []}
    assert entries(marrow, clears) == [
        ("2026-11-16T20:00:00Z", -3, "", "import"),
        ("2026-11-15T00:00:00Z", 5, "Crota", "import"),
        ("2026-11-15T00:00:00Z", 5, "Crota", "import"),
    ]


def test_what_is_there_already_is_skipped(marrow: Browser) -> None:
    clears = opened(marrow)
    marrow.send("POST", f"{clears}/entries", {"at": "2026-11-15", "amount": 5, "note": "Crota"})
    assert taken(send(marrow, clears, FILE, check=True)) == {"added": 2, "skipped": 1, "errors": []}
    assert taken(send(marrow, clears, FILE)) == {"added": 2, "skipped": 1, "errors": []}
    assert taken(send(marrow, clears, FILE)) == {"added": 0, "skipped": 3, "errors": []}
    more = FILE + "2026-11-15,5,Crota\n"
    assert taken(send(marrow, clears, more)) == {"added": 1, "skipped": 3, "errors": []}
    assert len(entries(marrow, clears)) == 4


def test_all_lines_or_none(marrow: Browser) -> None:
    clears = opened(marrow)
    answer = taken(send(marrow, clears, FILE + "15.11.2026,5,\n2026-11-15,lots,\n"))
    assert (answer["added"], answer["skipped"]) == (0, 0)
    assert [each["line"] for each in answer["errors"]] == [5, 6]
    assert answer["errors"][0]["sentence"].startswith("The date cannot be read.")
    assert entries(marrow, clears) == []


def test_a_full_ledger_takes_nothing_more(marrow: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vaultraider.database.ledgers.MOST_ENTRIES", 4)
    clears = opened(marrow)
    taken(send(marrow, clears, FILE))
    for check in (True, False):
        answer = send(marrow, clears, FILE.replace("Crota", "Nezarec"), check=check)
        assert (answer.status_code, answer.json["code"]) == (409, "conflict")
    assert len(entries(marrow, clears)) == 3
    assert marrow.send("POST", f"{clears}/entries", {"at": "2026-11-15", "amount": 1}).status_code == 201
    assert marrow.send("POST", f"{clears}/entries", {"at": "2026-11-15", "amount": 1}).status_code == 409


def test_a_full_ledger_counts_exactly_everywhere() -> None:
    assert ledgers.MOST_ENTRIES * ledgers.LARGEST_AMOUNT < 2**53


def test_a_file_that_is_too_large_is_refused(marrow: Browser) -> None:
    answer = send(marrow, opened(marrow), b"at,amount\n" + b"2026-11-15,5\n" * 90_000)
    assert (answer.status_code, answer.mimetype) == (413, "application/problem+json")


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_a_table_is_taken(marrow: Browser, kind: str) -> None:
    clears = opened(marrow)
    answer = send(marrow, clears, FILE, kind=kind)
    assert (answer.status_code, answer.json["field"]) == (400, "Content-Type")
    assert entries(marrow, clears) == []


def test_not_without_the_token_and_not_into_a_currency(house: House, marrow: Browser) -> None:
    clears = opened(marrow)
    answer = marrow.client.post(f"{clears}/import", data=FILE, headers={"Content-Type": "text/csv"}, base_url="http://localhost")
    assert (answer.status_code, answer.json["code"]) == (403, "csrf")
    assert send(marrow, f"{PATH}/1", FILE).status_code == 409
    assert send(marrow, f"{PATH}/9", FILE).status_code == 404


def test_not_into_somebody_elses(marrow: Browser, ilse: Browser) -> None:
    clears = opened(marrow)
    assert send(ilse, clears, FILE).status_code == 404
    assert send(ilse, clears, FILE, check=True).status_code == 404
    assert entries(marrow, clears) == []


# -- out --------------------------------------------------------------------------------------------------------------------


def table(answer: TestResponse) -> list[list[str]]:
    assert (answer.status_code, answer.mimetype) == (200, "text/csv"), answer.text
    return list(csv.reader(io.StringIO(answer.text, newline=""), strict=True))


def test_a_currency_as_a_table(house: House, marrow: Browser) -> None:
    see(house, MARROW, ("2025-11-01 10:00", {GLIMMER: 1}), ("2025-11-01 14:05", {GLIMMER: 9}), ("2026-11-01 19:30", {GLIMMER: 2}))
    look_away(house, MARROW, "2025-11-01 14:05", "2026-11-01 19:30")
    answer = marrow.get(f"{PATH}/1/entries.csv")
    assert table(answer) == [
        ["at", "amount", "balance", "note", "source", "since"],
        ["2025-11-01T14:05:00Z", "8", "9", "", "history", ""],
        ["2026-11-01T19:30:00Z", "-7", "2", "", "history", "2025-11-01T14:05:00Z"],
    ]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="vault-raider-ledger-1-all.csv"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(table(marrow.get(f"{PATH}/1/entries.csv?year=2026"))) == 2


HOSTILE = ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "'=1", "<script>", 'a "quoted", note', "＝1+1", "plain"]


def test_no_note_is_a_formula_and_all_come_back(marrow: Browser) -> None:
    first, second = opened(marrow, "First"), opened(marrow, "Second")
    for number, note in enumerate(HOSTILE):
        body = {"at": f"2026-11-15T20:00:{number:02}Z", "amount": number - 20, "note": note}
        assert marrow.send("POST", f"{first}/entries", body).status_code == 201
    answer = marrow.get(f"{first}/entries.csv")
    assert not [row[3] for row in table(answer) if row[3].startswith(("=", "+", "-", "@", "＝"))]
    assert taken(send(marrow, second, answer.data)) == {"added": len(HOSTILE), "skipped": 0, "errors": []}
    assert [each[:3] for each in entries(marrow, second)] == [each[:3] for each in entries(marrow, first)]
    assert taken(send(marrow, first, answer.data)) == {"added": 0, "skipped": len(HOSTILE), "errors": []}
