"""How things stand, in every state of Bungie and of the definitions."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from msgspec import UNSET
from tests.clocks import START, HandClock

from vaultraider.domain.bungie_state import BungieState
from vaultraider.domain.errors import BungieMaintenance, BungieUnreachable, OperatorMistake
from vaultraider.ports import InstalledManifest, JobRecord, MaintenanceRecord, ManifestRef
from vaultraider.services.manifest import ManifestReport
from vaultraider.services.status import ProfileFreshness, StatusService

ACTIVE = InstalledManifest(
    ref=ManifestRef(source="a", language="en", version="9.9", path="/x", key="en-1"), installed=START, rows={"InventoryItem": 1}
)


class Surroundings:
    """Everything the status looks at, set by the test."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.bungie = BungieState(state="up", since=START, last_success=START)
        self.manifest = ManifestReport(active=ACTIVE, checked=START, failures=0, sentence="")
        self.jobs: list[JobRecord] = []
        self.alerts: Callable[[], bytes] = lambda: b"[]"
        self.systems: Callable[[], bytes] = lambda: b"{}"
        self.waiting: list[Callable[[], None]] = []
        self.asked = 0
        self.watched = MaintenanceRecord()
        self.service = StatusService(
            platform=self,
            health=self,
            manifest=self,
            jobs=self,
            maintenance=self,
            clock=self.clock,
            background=self.waiting.append,
        )

    def known(self) -> MaintenanceRecord:
        return self.watched

    def global_alerts(self) -> bytes:
        self.asked += 1
        return self.alerts()

    def settings(self) -> bytes:
        return self.systems()

    def state(self) -> BungieState:
        return self.bungie

    def report(self) -> ManifestReport:
        return self.manifest

    def latest(self, *, kind: str | None = None, limit: int = 50) -> list[JobRecord]:
        assert kind == "update_manifest"
        return self.jobs[:limit]

    def let_background_work(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


@pytest.fixture
def around() -> Surroundings:
    return Surroundings()


def job(state: str, **more: Any) -> JobRecord:
    empty = {field.name: None for field in msgspec.structs.fields(JobRecord)}
    return JobRecord(**(empty | {"id": 1, "kind": "update_manifest", "state": state} | more))  # type: ignore[arg-type]


def raising(error: Exception) -> Callable[[], bytes]:
    def fail() -> bytes:
        raise error

    return fail


def test_all_well(around: Surroundings) -> None:
    status = around.service.status()
    assert msgspec.to_builtins(status.bungie) == {"state": "up", "since": "2026-11-17T17:00:00Z"}
    assert msgspec.to_builtins(status.manifest) == {
        "state": "ready",
        "version": "9.9",
        "language": "en",
        "key": "en-1",
        "updated": "2026-11-17T17:00:00Z",
        "checked": "2026-11-17T17:00:00Z",
    }
    assert status.alerts == []
    assert status.profile is UNSET
    assert status.version


def test_freshness_is_handed_on(around: Surroundings) -> None:
    fresh = ProfileFreshness(read=START)
    assert around.service.status(fresh).profile == fresh


def test_bungie_down_is_told_in_its_words(around: Surroundings) -> None:
    around.bungie = BungieState(state="unreachable", since=START, sentence="No answer.")
    assert around.service.status().bungie.state == "unreachable"
    assert around.service.status().bungie.sentence == "No answer."


def test_nobody_waits_for_announcements(around: Surroundings) -> None:
    around.alerts = lambda: json.dumps([{"AlertHtml": "Soon."}]).encode()
    assert around.service.status().alerts == []
    assert around.asked == 0
    around.let_background_work()
    assert [alert.text for alert in around.service.status().alerts] == ["Soon."]


def test_announcements_are_asked_for_every_five_minutes_by_one(around: Surroundings) -> None:
    for _ in range(5):
        around.service.status()
    assert len(around.waiting) == 1
    around.let_background_work()
    around.clock.pass_time(299)
    around.service.status()
    assert around.waiting == []
    around.clock.pass_time(2)
    around.service.status()
    assert len(around.waiting) == 1


@pytest.mark.parametrize("error", [BungieUnreachable(), BungieMaintenance(), OperatorMistake(), RuntimeError("closed")])
def test_announcements_that_fail_are_kept_and_asked_for_again_soon(around: Surroundings, error: Exception) -> None:
    around.alerts = lambda: json.dumps([{"AlertHtml": "Soon."}]).encode()
    around.service.status()
    around.let_background_work()
    around.alerts = raising(error)
    around.clock.pass_time(301)
    around.service.status()
    around.let_background_work()
    assert [alert.text for alert in around.service.status().alerts] == ["Soon."]
    around.clock.pass_time(61)
    around.alerts = lambda: b"[]"
    around.service.status()
    around.let_background_work()
    assert around.service.status().alerts == []


@pytest.mark.parametrize(
    ("systems", "state", "shown"),
    [
        ({"Destiny2": {"enabled": False}}, "up", "maintenance"),
        ({"Destiny2": {"enabled": False}}, "unknown", "maintenance"),
        ({"Destiny2": {"enabled": False}}, "unreachable", "unreachable"),
        ({"Destiny2": {"enabled": True}}, "up", "up"),
        ({}, "up", "up"),
    ],
)
def test_bungie_s_own_switch(around: Surroundings, systems: dict[str, Any], state: Any, shown: str) -> None:
    around.bungie = BungieState(state=state)
    around.systems = lambda: json.dumps({"systems": systems}).encode()
    around.service.status()
    around.let_background_work()
    told = around.service.status().bungie
    assert told.state == shown
    assert (told.sentence is not UNSET) == (shown == "maintenance")


def test_a_switch_that_the_game_has_disproved_since(around: Surroundings) -> None:
    """Maintenance ends between two looks at the announcements: a profile that came after the last look proves it."""
    around.systems = lambda: b'{"systems": {"Destiny2": {"enabled": false}}}'
    around.bungie = BungieState(state="up", last_game=START - timedelta(minutes=1))
    around.service.status()
    around.let_background_work()
    assert around.service.status().bungie.state == "maintenance"
    around.bungie = BungieState(state="up", last_game=START + timedelta(minutes=1))
    assert around.service.status().bungie.state == "up"


MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("watched", "bungie", "shown"),
    [
        ({}, {"state": "unknown"}, "unknown"),
        ({"other_since": START, "looked": START}, {"state": "unknown"}, "maintenance"),
        ({"down": True, "since": START, "looked": START}, {"state": "up"}, "maintenance"),
        ({"down": True, "since": START, "looked": START}, {"state": "unreachable"}, "unreachable"),
        ({"down": True, "since": START, "looked": START}, {"state": "up", "last_game": START + MINUTE}, "up"),
        ({"down": True, "since": START, "looked": START}, {"state": "up", "last_game": START - MINUTE}, "maintenance"),
        ({"down": True, "since": START - MINUTE, "other_since": START, "looked": START}, {"state": "up"}, "up"),
        ({"down": True, "since": START, "looked": START - 5 * MINUTE}, {"state": "up"}, "up"),
        ({"down": True, "since": START, "looked": START + 60 * MINUTE}, {"state": "up"}, "up"),
    ],
)
def test_what_the_watch_saw_is_shown_by_every_process(
    around: Surroundings, watched: dict[str, Any], bungie: dict[str, Any], shown: str
) -> None:
    """A server for the pages asks Bungie rarely itself. What its own calls met goes before."""
    around.clock.pass_time(120)
    around.watched, around.bungie = MaintenanceRecord(**watched), BungieState(**bungie)
    assert around.service.status().bungie.state == shown


def test_whoever_looked_last_is_right(around: Surroundings) -> None:
    around.systems = lambda: b'{"systems": {"Destiny2": {"enabled": false}}}'
    around.service.status()
    around.let_background_work()
    around.watched = MaintenanceRecord(looked=START - timedelta(seconds=30))
    assert around.service.status().bungie.state == "maintenance"
    around.clock.pass_time(60)
    around.watched = MaintenanceRecord(looked=START + timedelta(seconds=50))
    assert around.service.status().bungie.state == "up", "two minutes before we would look ourselves"


def test_the_first_start(around: Surroundings) -> None:
    around.manifest = ManifestReport(active=None, checked=None, failures=0, sentence="")
    missing = around.service.manifest()
    assert (missing.state, missing.version) == ("missing", UNSET)
    assert missing.sentence

    around.jobs = [job("queued")]
    assert around.service.manifest().state == "fetching"
    around.jobs = [job("running", step="download", percent=41.5, sentence="12 of 28 MB.")]
    fetching = around.service.manifest()
    assert (fetching.state, fetching.step, fetching.percent, fetching.sentence) == ("fetching", "download", 41.5, "12 of 28 MB.")

    around.jobs = [job("failed", reason="x")]
    around.manifest = ManifestReport(active=None, checked=None, failures=2, sentence="Bungie is down.")
    missing = around.service.manifest()
    assert (missing.state, missing.sentence) == ("missing", "Bungie is down.")


def test_a_look_every_five_minutes_is_not_shown_but_an_installation_is(around: Surroundings) -> None:
    around.jobs = [job("running", step="look", percent=0.0, sentence="Asking.")]
    assert around.service.manifest().step is UNSET
    around.jobs = [job("running", step="build", percent=70.0, sentence="Condensing.")]
    shown = around.service.manifest()
    assert (shown.state, shown.step, shown.percent, shown.key) == ("ready", "build", 70.0, "en-1")


def test_failures_are_told_while_the_old_definitions_serve(around: Surroundings) -> None:
    around.manifest = ManifestReport(active=ACTIVE, checked=START - timedelta(hours=3), failures=4, sentence="Not whole.")
    told = around.service.manifest()
    assert (told.state, told.sentence) == ("ready", "Not whole.")
