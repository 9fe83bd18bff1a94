"""GET /api/v1/status, over a whole house and Bungie in a box."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.manifest.worlds import quiet
from tests.simulator.controls import Controls
from tests.wired import WiredHouse, build_wired


@pytest.fixture
def house(tmp_path: Path, simulator_control: Controls) -> Iterator[WiredHouse]:
    house = build_wired(tmp_path, simulator_control)
    yield house
    house.services.close()


def status(house: WiredHouse) -> dict[str, Any]:
    answer = house.app.test_client().get("/api/v1/status")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    found: dict[str, Any] = answer.get_json()
    return found


def test_before_and_after_the_first_definitions(house: WiredHouse) -> None:
    before = status(house)["manifest"]
    assert before["state"] == "missing"
    assert before["sentence"]
    outcome = house.services.manifest.update(quiet)
    after = status(house)["manifest"]
    assert after["state"] == "ready"
    assert (after["version"], after["key"], after["language"]) == (outcome.version, outcome.key, "en")
    assert after["updated"].endswith("Z")
    assert "sentence" not in after


def test_the_job_does_it_and_tells(house: WiredHouse) -> None:
    from vaultraider.jobs._registry import find_jobs, perform

    record = house.services.jobs.ask("update_manifest", asked_by="test")
    assert status(house)["manifest"]["state"] == "fetching"
    done = perform(house.services, find_jobs(), record.id)
    assert done is not None and done.state == "done", done
    assert done.result is not None and done.result["result"] == "installed"
    assert status(house)["manifest"]["state"] == "ready"


def test_signed_out_has_no_personal_part(house: WiredHouse) -> None:
    told = status(house)
    assert "profile" not in told
    assert told["version"]
    assert told["bungie"]["state"] in ("unknown", "up")


def test_announcements_arrive_cleaned(house: WiredHouse, simulator_control: Controls) -> None:
    simulator_control.happen(
        "alerts",
        alerts=[{"AlertHtml": "Down <b>soon</b><script>x()</script>", "AlertLevel": 3, "AlertTimestamp": "2026-11-17T15:00:00Z"}],
    )
    status(house)
    for _ in range(200):  # They are read behind the request's back.
        alerts = status(house)["alerts"]
        if alerts:
            break
        time.sleep(0.02)
    assert alerts == [{"level": "red", "html": "Down <b>soon</b>", "text": "Down soon", "time": "2026-11-17T15:00:00Z"}]


def test_maintenance_is_told_kindly(house: WiredHouse, simulator_control: Controls) -> None:
    house.services.manifest.update(quiet)
    simulator_control.happen("systems", off=["global"])
    with pytest.raises(Exception, match="maintenance"):
        house.services.manifest.update(quiet)
    told = status(house)
    assert told["bungie"]["state"] == "maintenance"
    assert told["bungie"]["sentence"]
    assert told["manifest"]["state"] == "ready"
    assert "maintenance" in told["manifest"]["sentence"]
