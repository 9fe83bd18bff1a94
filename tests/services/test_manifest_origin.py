"""Faults of the program that this one descends from, and which it must not have: a task registered twice, no lock between the
timer's run and a person's, a GET that changes things, naive times, and a page that breaks when definitions are behind."""

from __future__ import annotations

import ast
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.manifest.worlds import quiet
from tests.simulator.controls import Controls
from tests.wired import WiredHouse, build_wired

import vaultraider
from vaultraider.jobs._job import Every
from vaultraider.jobs._registry import find_jobs, perform, schedules
from vaultraider.settings import Settings


@pytest.fixture
def house(tmp_path: Path, simulator_control: Controls) -> Iterator[WiredHouse]:
    house = build_wired(tmp_path, simulator_control)
    yield house
    house.services.close()


def test_the_periodic_check_is_registered_once() -> None:
    found = [(name, every) for name, every in schedules(find_jobs(), Settings()) if "manifest" in name]
    assert found == [("update_manifest", Every(300, jitter=30, at_start=True))]


def test_the_timer_and_a_person_at_once_fetch_once(house: WiredHouse, simulator_control: Controls) -> None:
    simulator_control.fault("slow", count=None, seconds=0.02, match={"path": "/common/"})
    services = house.services
    by_timer = services.jobs.ask("update_manifest", asked_by="schedule")
    by_person = services.jobs.ask("update_manifest", {"insist": True}, asked_by="user 1")
    assert by_timer.id != by_person.id
    workers = [threading.Thread(target=perform, args=(services, find_jobs(), record.id)) for record in (by_timer, by_person)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    fetched = [entry for entry in simulator_control.journal() if "world_sql_content" in entry.path]
    assert len(fetched) == 1
    states = {services.jobs.get(record.id).state for record in (by_timer, by_person)}
    assert "done" in states and states <= {"done", "queued"}  # The one who was turned away waits for its turn.
    assert [attempt.result for attempt in services.manifest.history()] == ["installed"]


def test_no_get_changes_the_definitions(house: WiredHouse, simulator_control: Controls) -> None:
    browser = house.app.test_client()
    assert browser.get("/updateManifest").status_code == 200, "a page: for strangers the one to sign in"
    for rule in house.app.url_map.iter_rules():
        if rule.methods and "GET" in rule.methods and not rule.arguments:
            browser.get(rule.rule)
    simulator_control.forgive()
    assert house.services.manifest.report().active is None
    assert house.services.manifest.history() == []


def test_times_are_aware(house: WiredHouse) -> None:
    house.services.manifest.update(quiet)
    (attempt,) = house.services.manifest.history()
    report = house.services.manifest.report()
    assert report.active is not None
    for time in (attempt.started, attempt.finished, report.checked, report.active.installed):
        assert time is not None and time.utcoffset() is not None


def test_nobody_asks_the_wall_for_a_naive_time() -> None:
    root = Path(vaultraider.__file__).parent
    naive = [
        f"{file.relative_to(root)}:{node.lineno}"
        for file in root.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _asks_naively(node)
    ]
    assert naive == []


def _asks_naively(call: ast.Call) -> bool:
    """``datetime.now()`` without a zone, ``utcnow`` and its like."""
    function = call.func
    if not isinstance(function, ast.Attribute):
        return False
    of_datetime = isinstance(function.value, ast.Name) and function.value.id == "datetime"
    return function.attr in ("utcnow", "utcfromtimestamp") or (of_datetime and function.attr == "now" and not call.args)


def test_hashes_that_are_newer_than_the_definitions_are_none(house: WiredHouse) -> None:
    house.services.manifest.update(quiet)
    definitions = house.services.definitions.current()
    for hash in (1, 4_294_967_295, 3_999_999_999):
        assert definitions.item(hash) is None
        assert definitions.full("InventoryItem", hash) is None
