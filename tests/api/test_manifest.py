"""The definitions over the API, before the simulator: versions, changes, a person who asks for an update."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.simulator.controls import Controls
from tests.wired import WiredBrowser, WiredHouse, build_wired

from vaultraider.jobs._registry import find_jobs, perform


@pytest.fixture
def house(tmp_path: Path, simulator_control: Controls) -> Iterator[WiredHouse]:
    house = build_wired(tmp_path, simulator_control)
    yield house
    house.services.close()


@pytest.fixture
def marrow(house: WiredHouse) -> WiredBrowser:
    return house.signed_in()


def ask(house: WiredHouse, marrow: WiredBrowser) -> str:
    """Presses the button, and a worker does it: how it ended."""
    asked = marrow.send("POST", "/api/v1/manifest/update")
    assert asked.status_code == 202
    done = perform(house.services, find_jobs(), int(asked.json["job"]))
    assert done is not None
    assert done.asked_by == f"user {house.user().id}"
    return str((done.result or {})["result"])


def test_from_nothing_to_two_versions(house: WiredHouse, marrow: WiredBrowser, simulator_control: Controls) -> None:
    assert marrow.get("/api/v1/manifest").json == {"versions": [], "failures": 0, "disk_bytes": 0}
    assert ask(house, marrow) == "installed"
    first = marrow.get("/api/v1/manifest").json
    assert [each["state"] for each in first["versions"]] == ["active"]
    assert first["active"] == first["versions"][0]["key"]
    assert "changes" not in first["versions"][0]
    assert ask(house, marrow) == "same"

    simulator_control.happen("bump")
    assert ask(house, marrow) == "installed"
    told = marrow.get("/api/v1/manifest").json
    assert [each["state"] for each in told["versions"]] == ["active", "kept"]
    assert told["versions"][0]["changes"]["against"] == first["active"]
    assert told["versions"][1]["until"] == told["versions"][0]["from"]
    query = {"from": first["active"], "to": told["active"]}
    changes = marrow.get("/api/v1/manifest/changes", query_string=query).json
    assert (changes["from"], changes["to"]) == (first["active"], told["active"])
    assert {**changes["counts"], "against": first["active"], "sentence": changes["sentence"]} == told["versions"][0]["changes"]
    assert set(changes["items"]) == {"added", "changed", "removed", "unclassified"}


def test_somebody_who_is_no_admin_sees_it_and_cannot_ask(house: WiredHouse, marrow: WiredBrowser) -> None:
    ask(house, marrow)
    tern = house.signed_in("Hoarder")
    assert tern.get("/api/v1/manifest").json == marrow.get("/api/v1/manifest").json
    assert tern.send("POST", "/api/v1/manifest/update").status_code == 403
    assert house.browser().get("/api/v1/manifest").status_code == 401


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("from=en-1", 400),
        ("from=en-1&to=EN-2", 400),
        ("from=../../x&to=en-2", 400),
        (f"from=en-1&to={'a' * 65}", 400),
        ("from=en-1&to=en-2%00", 400),
        ("from=en-1&to=en-2", 404),
    ],
)
def test_a_wrong_pair(marrow: WiredBrowser, query: str, status: int) -> None:
    assert marrow.get(f"/api/v1/manifest/changes?{query}").status_code == status


def test_a_refused_update_is_told_and_nothing_else_changes(
    house: WiredHouse, marrow: WiredBrowser, simulator_control: Controls
) -> None:
    ask(house, marrow)
    active = marrow.get("/api/v1/manifest").json["active"]
    simulator_control.fault("system_disabled", count=None)
    asked = marrow.send("POST", "/api/v1/manifest/update")
    done = perform(house.services, find_jobs(), int(asked.json["job"]))
    assert done is not None
    assert done.state == "failed"
    told = marrow.get("/api/v1/manifest").json
    assert (told["active"], told["failures"], told["sentence"]) == (active, 1, done.reason)
