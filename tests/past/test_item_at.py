"""One item in full as it was then: for the sheet of a past moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.past.days import Lived
from tests.wired import WiredBrowser, WiredHouse

from vaultraider.api._times import stamp


def test_what_is_gone_is_there_as_it_was(marrow: WiredBrowser, lived: Lived) -> None:
    path = f"/api/v1/items/{lived.ids['lost']}"
    found = marrow.get(f"{path}?at={stamp(lived.times['first'])}").json
    assert (found["id"], found["store_name"]) == (lived.ids["lost"], "Vault")
    assert found["sockets"]
    assert found["stats"]
    assert marrow.get(path).status_code == 404
    gone = marrow.get(f"{path}?at={stamp(lived.times['lost'])}")
    assert (gone.status_code, gone.json["detail"]) == (404, "You had no such item at that moment.")


def test_power_is_that_of_the_moment(marrow: WiredBrowser, lived: Lived) -> None:
    path = f"/api/v1/items/{lived.ids['raised']}"
    raised = lived.times["raised"]
    powers = [marrow.get(f"{path}?at={stamp(at)}").json["power"] for at in (raised - timedelta(seconds=1), raised)]
    assert powers[1] == powers[0] + 1


def test_nobody_elses(hoarder: WiredBrowser, still: WiredHouse, lived: Lived) -> None:
    path = f"/api/v1/items/{lived.ids['lost']}?at={stamp(lived.times['first'])}"
    assert hoarder.get(path).status_code == 404
    assert still.browser().get(path).status_code == 401


@pytest.mark.parametrize(
    ("at", "status"), [("yesterday", 400), ("2999-01-01", 400), ("2001-01-01", 404), ("%00", 400), ("2026-13-45", 400)]
)
def test_what_is_no_moment(marrow: WiredBrowser, lived: Lived, at: str, status: int) -> None:
    answer = marrow.get(f"/api/v1/items/{lived.ids['raised']}?at={at}")
    assert answer.status_code == status
    assert status == 404 or answer.json["field"] == "at"
