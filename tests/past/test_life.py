"""One item from its finding to its loss."""

from __future__ import annotations

from typing import Any

import pytest
from tests.past.days import Lived
from tests.wired import WiredBrowser, WiredHouse

from vaultraider.api._times import stamp


def life(browser: WiredBrowser, id: str) -> dict[str, Any]:
    answer = browser.get(f"/api/v1/items/{id}/history")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def test_one_that_was_raised(marrow: WiredBrowser, lived: Lived) -> None:
    told = life(marrow, lived.ids["raised"])
    power = told["power"][0][1]
    assert told["owned"]
    assert told["power"] == [
        [stamp(lived.times["first"]), power],
        [stamp(lived.times["raised"]), power + 1],
        [stamp(lived.times["raised again"]), power + 2],
    ]
    assert [event["kind"] for event in told["events"]] == ["locked", "power", "locked", "power"]
    assert "first" not in told, "it was there before we looked"
    assert told["since"] == stamp(lived.times["first"])
    assert told["last"] == {"at": stamp(lived.times["nothing"]), "store": "vault", "place": "vault", "name": "the vault"}


def test_one_that_is_gone(marrow: WiredBrowser, lived: Lived) -> None:
    told = life(marrow, lived.ids["lost"])
    shown = next(item for item in lived.shown["found"]["items"] if item["id"] == lived.ids["lost"])
    facts = lived.shown["found"]["definitions"][str(shown["hash"])]
    assert (told["owned"], told["hash"], told["name"], told["tier"], told["item_kind"], told["icon"]) == (
        False, shown["hash"], facts["name"], facts["tier"], facts["kind"], facts["icon"],
    )  # fmt: skip
    assert told["last"] == {"at": stamp(lived.times["earned"]), "store": "vault", "place": "vault", "name": "the vault"}
    assert told["power"] == [[stamp(lived.times["first"]), shown["power"]]]
    assert [event["kind"] for event in told["events"]] == ["lost"]


def test_one_that_was_found(marrow: WiredBrowser, lived: Lived) -> None:
    told = life(marrow, lived.ids["found"])
    assert told["first"] == stamp(lived.times["found"])
    assert [at for at, _ in told["power"]] == [stamp(lived.times["found"])]
    assert told["last"]["name"] == "the postmaster of Brannoch"
    assert told["last"]["character"] == lived.ids["brannoch"]


def test_one_that_nothing_happened_to(marrow: WiredBrowser, lived: Lived) -> None:
    busy = set(lived.ids.values())
    calm = next(item for item in lived.shown["back"]["items"] if item.get("power") and item["id"] not in busy)
    told = life(marrow, calm["id"])
    assert (told["events"], told["power"]) == ([], [[stamp(lived.times["first"]), calm["power"]]])


def test_a_stack(marrow: WiredBrowser, lived: Lived) -> None:
    stack = next(item for item in lived.shown["found"]["items"] if item["id"].startswith("s-"))
    told = life(marrow, stack["id"])
    assert (told["hash"], told["owned"], told["power"]) == (stack["hash"], True, [])
    assert life(marrow, f"s-{stack['hash']}")["name"] == told["name"]


@pytest.mark.parametrize(
    "id", ["0", "1", "s-1-vault-0", "s-", "s-x", "s-99999999999", "%00", "9" * 300, "..%2Fetc", "<script>", "６９", "-1"]
)
def test_what_was_never_theirs(marrow: WiredBrowser, id: str) -> None:
    assert marrow.get(f"/api/v1/items/{id}/history").status_code == 404


def test_somebody_elses(still: WiredHouse, marrow: WiredBrowser, hoarder: WiredBrowser, lived: Lived) -> None:
    assert life(hoarder, lived.ids["theirs"])["owned"]
    assert marrow.get(f"/api/v1/items/{lived.ids['theirs']}/history").status_code == 404
    assert still.browser().get(f"/api/v1/items/{lived.ids['raised']}/history").status_code == 401
