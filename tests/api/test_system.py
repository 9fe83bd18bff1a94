"""The server's own figures, and a backup by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.people import MARROW, Browser, House, build_house
from tests.simulator.controls import Controls
from tests.wired import build_wired

import vaultraider
from vaultraider.jobs._registry import find_jobs, perform


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = build_house(tmp_path)
    yield house
    house.services.close()


@pytest.fixture
def marrow(house: House) -> Browser:
    return house.signed_in(MARROW)


def system(marrow: Browser) -> dict[str, Any]:
    return marrow.get("/api/v1/system").json  # type: ignore[no-any-return]


def test_figures(house: House, marrow: Browser) -> None:
    for name, size in (("manifest/en-1/original.sqlite3", 5000), ("pictures/ab/x.jpg", 700), ("pictures/y.jpg", 50)):
        file = house.settings.data_dir / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x" * size)
    house.clock.pass_time(3600)
    told = system(marrow)
    assert (told["version"], told["uptime_seconds"]) == (vaultraider.__version__, 3600)
    assert (told["mode"], told["database"], told["broker"]) == ("demo", "sqlite", "embedded")
    storage = {each["name"]: each["bytes"] for each in told["storage"]}
    assert list(storage) == ["Database", "Definitions", "Pictures", "Backups"]
    assert (storage["Definitions"], storage["Pictures"], storage["Backups"]) == (5000, 750, 0)
    assert storage["Database"] > 10_000
    assert told["memory_bytes"] > 10_000_000
    assert told["disk_free_bytes"] > 0
    assert told["backups"]["count"] == 0


def test_folders_are_measured_once_a_minute(house: House, marrow: Browser) -> None:
    assert system(marrow)["storage"][2]["bytes"] == 0
    (house.settings.data_dir / "pictures").mkdir(exist_ok=True)
    (house.settings.data_dir / "pictures" / "x.jpg").write_bytes(b"x" * 9)
    assert system(marrow)["storage"][2]["bytes"] == 0
    house.clock.pass_time(60)
    assert system(marrow)["storage"][2]["bytes"] == 9


@pytest.mark.parametrize(
    ("settings", "mode", "broker"),
    [
        ({"open_sign_in": True}, "demo", "embedded"),
        ({"open_sign_in": False, "allow": ["Marrow#4417"]}, "one machine", "embedded"),
        ({"open_sign_in": False, "redis_url": "redis://127.0.0.1:1/0"}, "many machines", "redis"),
    ],
)
def test_the_mode(tmp_path: Path, settings: dict[str, Any], mode: str, broker: str) -> None:
    house = build_house(tmp_path, **settings)
    report = house.services.system.report()
    assert (report.mode, report.broker) == (mode, broker)
    house.services.close()


def test_a_backup_by_hand(tmp_path: Path, simulator_control: Controls) -> None:
    house = build_wired(tmp_path / "wired", simulator_control)
    marrow = house.signed_in()
    asked = marrow.send("POST", "/api/v1/backups")
    assert asked.status_code == 202
    assert marrow.send("POST", "/api/v1/backups").json == asked.json
    done = perform(house.services, find_jobs(), int(asked.json["job"]))
    assert done is not None
    assert (done.state, done.kind) == ("done", "back_up"), done.reason
    told = system(marrow)
    assert told["backups"]["count"] == 1
    assert told["backups"]["bytes"] == told["storage"][3]["bytes"] > 0
    assert "trouble" not in told["backups"]
    house.services.close()


def test_a_backup_that_failed_is_told(house: House, marrow: Browser) -> None:
    blocked = house.settings.backups
    blocked.write_text("a file where the folder should be")
    job = int(marrow.send("POST", "/api/v1/backups").json["job"])
    done = perform(house.services, find_jobs(), job)
    assert done is not None
    assert done.state == "failed"
    blocked.unlink()
    assert system(marrow)["backups"]["trouble"] == done.reason
