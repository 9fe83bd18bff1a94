"""What two moments differ in."""

from __future__ import annotations

from typing import Any

import pytest
from tests.past.days import Lived
from tests.wired import WiredBrowser, WiredHouse

from vaultraider.api._times import stamp


def diff(browser: WiredBrowser, since: str, until: str = "") -> dict[str, Any]:
    query = {"from": since} | ({"to": until} if until else {})
    answer = browser.get("/api/v1/diff", query_string=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def counts(found: dict[str, Any]) -> tuple[int, ...]:
    return tuple(found["counts"][name] for name in ("found", "gone", "changed", "moved"))


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("first", "first", (0, 0, 0, 0)),
        ("first", "raised", (0, 0, 1, 0)),
        ("first", "carried", (0, 0, 1, 1)),
        ("raised", "carried", (0, 0, 0, 1)),
        ("first", "found", (1, 0, 1, 1)),
        ("carried", "lost", (1, 1, 1, 0)),
        ("first", "nothing", (1, 1, 1, 0)),
        ("back", "nothing", (0, 0, 0, 0)),
    ],
)
def test_what_differs(marrow: WiredBrowser, lived: Lived, since: str, until: str, expected: tuple[int, ...]) -> None:
    """An item that went and came back did not move, a lock that was turned twice did not change."""
    found = diff(marrow, stamp(lived.times[since]), stamp(lived.times[until]))
    assert counts(found) == expected
    assert [len(found[name]) for name in ("found", "gone", "changed", "moved")] == list(expected)


def test_from_then_to_now(marrow: WiredBrowser, still: WiredHouse, lived: Lived) -> None:
    found = diff(marrow, "2026-11-17")
    assert (found["from"], found["to"]) == ("2026-11-17T23:59:59Z", stamp(still.clock.now()))
    [gone], [changed] = found["gone"], found["changed"]
    assert (gone["id"], gone["store"], gone["place"]) == (lived.ids["lost"], "vault", "vault")
    assert changed["id"] == lived.ids["raised"]
    power = next(item["power"] for item in lived.shown["found"]["items"] if item["id"] == lived.ids["raised"])
    assert changed["changes"] == [
        {"what": "Power", "before": str(power), "after": str(power + 1)},
        {"what": "Lock", "before": "locked", "after": "unlocked"},
    ]
    [glimmer] = found["currencies"]
    assert (glimmer["name"], glimmer["before"], glimmer["after"]) == ("Glimmer", 183402, 184852)
    assert found["gaps"] == [{"since": stamp(lived.times["found"]), "until": stamp(lived.times["raised again"])}]


def test_where_it_moved(marrow: WiredBrowser, lived: Lived) -> None:
    [moved] = diff(marrow, stamp(lived.times["first"]), stamp(lived.times["carried"]))["moved"]
    assert (moved["id"], moved["before"], moved["after"]) == (lived.ids["carried"], "Brannoch", "the vault")
    assert (moved["store"], moved["place"]) == ("vault", "vault")


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ("", 400, "from"),
        ("from=x", 400, "from"),
        ("from=2026-11-17&to=x", 400, "to"),
        ("from=2026-11-18T12:00:00Z&to=2026-11-17", 400, "from"),
        ("from=2026-11-17&to=2026-12-01", 400, "to"),
        ("from=2026-12-01", 400, "from"),
        ("from=2026-11-16", 404, None),
        ("from=1970-01-01&to=2026-11-17", 404, None),
    ],
)
def test_what_cannot_be_compared(marrow: WiredBrowser, query: str, status: int, field: str | None) -> None:
    answer = marrow.get(f"/api/v1/diff?{query}")
    assert (answer.status_code, answer.json.get("field")) == (status, field), answer.text


def test_everybody_compares_their_own(still: WiredHouse, hoarder: WiredBrowser, lived: Lived) -> None:
    found = diff(hoarder, stamp(lived.times["first"]))
    assert [item["id"] for item in found["changed"]] == [lived.ids["theirs"]]
    assert still.browser().get("/api/v1/diff?from=2026-11-17").status_code == 401
