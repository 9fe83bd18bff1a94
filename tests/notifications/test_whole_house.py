"""News from the simulator through the jobs to the page of notifications; nothing is replaced but the clock."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.simulator.controls import Controls
from tests.wired import WiredHouse, build_wired

from vaultraider.jobs._registry import find_jobs, perform


@pytest.fixture
def house(tmp_path: Path, simulator_control: Controls) -> Iterator[WiredHouse]:
    house = build_wired(tmp_path / "data", simulator_control)
    yield house
    house.services.close()


def minute(house: WiredHouse, *schedules: str) -> None:
    """A minute passes: what is scheduled, then whatever was asked for."""
    house.pass_time(60)
    for name in (*schedules, "resume_notifications"):
        house.services.jobs.ask(name, asked_by="schedule")
    for _ in range(10):
        now = house.clock.now()
        due = [each for each in house.services.jobs.latest(limit=200) if each.state == "queued" and each.not_before <= now]
        if not due:
            return
        for each in due:
            ended = perform(house.services, find_jobs(), each.id)
            assert ended is None or ended.state != "failed", ended


def told(browser: Any) -> list[tuple[str, str]]:
    """Oldest first: what, and the state of its delivery."""
    found = browser.get("/api/v1/notifications").json["notifications"]
    return [(each["kind"], each["deliveries"][0]["state"]) for each in reversed(found)]


def test_maintenance_begins_and_ends(house: WiredHouse) -> None:
    marrow = house.signed_in("Marrow")
    house.controls.happen("systems", off=["Destiny2"])
    for _ in range(6):
        minute(house, "watch_bungie")
    assert told(marrow) == [("bungie-maintenance", "sent")]
    house.controls.happen("systems", off=[])
    for _ in range(8):
        minute(house, "watch_bungie")
    assert told(marrow) == [("bungie-maintenance", "sent")] * 2
    texts = [each["title"] for each in marrow.get("/api/v1/notifications").json["notifications"]]
    assert texts == ["Destiny 2's maintenance is over", "Destiny 2 is down for maintenance"]


def test_new_definitions_go_into_the_owners_digest(house: WiredHouse) -> None:
    marrow = house.signed_in("Marrow")
    newcomer = house.signed_in("Newcomer")
    house.update_definitions()
    house.controls.happen("bump")
    assert house.update_definitions().state == "done"
    assert told(marrow) == [("manifest-updated", "held")]
    assert told(newcomer) == []
    house.pass_time(24 * 3600)
    minute(house)
    assert told(marrow) == [("manifest-updated", "sent")]
