"""The whole update over HTTP: our client and Bungie in a box, with every fault of its manifest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from tests.bungie.stub import MemoryThrottle
from tests.clocks import HandClock
from tests.manifest.worlds import quiet
from tests.simulator.controls import Controls

from vaultraider.bungie import build_bungie
from vaultraider.bungie._wire import Limits
from vaultraider.database.engine import Base, Database
from vaultraider.database.leases import DatabaseLeases
from vaultraider.database.manifest_versions import ManifestVersions
from vaultraider.domain.errors import BungieError, ManifestRefused
from vaultraider.manifest.shelf import ManifestShelf
from vaultraider.manifest.store import StoredDefinitions
from vaultraider.services.manifest import ManifestService
from vaultraider.simulator import API_KEY, Simulator

VAULT = 138197802


class House:
    def __init__(self, simulator: Simulator, folder: Path) -> None:
        self.clock = HandClock()
        self.database = Database(f"sqlite:///{(folder / 'test.sqlite3').as_posix()}")
        Base.metadata.create_all(self.database.engine)
        self.bungie = build_bungie(
            www=simulator.url,
            stats=simulator.url,
            api_key=API_KEY,
            client_id="",
            client_secret="",
            throttle=MemoryThrottle(self.clock),  # type: ignore[arg-type]
            clock=self.clock,
            limits=Limits(connect=10, read=20, total=60),
            transport=httpx2.HTTPTransport(verify=False),
            jitter=lambda: 0.5,
        )
        self.shelf = ManifestShelf(folder / "manifest", "en", self.clock)
        self.folder = folder / "manifest"
        self.service = ManifestService(
            source=self.bungie.manifest,
            store=self.shelf,
            history=ManifestVersions(self.database),
            leases=DatabaseLeases(self.database, self.clock),
            clock=self.clock,
            origin=simulator.url,
            language="en",
        )

    def check(self, minutes: float = 5) -> str:
        self.clock.pass_time(minutes * 60)
        try:
            return self.service.update(quiet).result
        except ManifestRefused as error:
            return error.reason
        except BungieError as error:
            return error.code

    def served(self) -> StoredDefinitions:
        return self.shelf.current()

    def close(self) -> None:
        self.bungie.close()
        self.database.close()


@pytest.fixture
def house(simulator: Simulator, tmp_path: Path) -> Iterator[House]:
    """With the simulator's first manifest installed."""
    house = House(simulator, tmp_path)
    assert house.check() == "installed"
    yield house
    house.close()


def test_the_demo_world_s_manifest_is_whole(house: House, simulator: Simulator) -> None:
    report = house.service.report()
    assert report.active is not None
    assert (report.active.left_out, report.active.mended) == ({}, {})
    assert report.active.rows["InventoryItem"] >= 600
    assert VAULT not in house.served().vault_buckets and house.served().vault_buckets
    vault = house.served().bucket(VAULT)
    assert vault is not None and vault.capacity == 1000
    assert house.check() == "same"


FAULTS = ["path_404", "truncated", "bad_zip", "wrong_md5", "html_instead", "huge", "html_503", "reset", "truncate"]
REASONS = {
    "path_404": "not-found",
    "bad_zip": "bad-zip",
    "wrong_md5": "wrong-checksum",
    "html_instead": "garbled",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_file_changes_nothing_and_passes(fault: str, house: House, simulator_control: Controls) -> None:
    before = house.served()
    simulator_control.happen("bump")
    more = {"always": True} if fault == "path_404" else {}
    simulator_control.fault(fault, count=None, match={"path": "/common/"}, **more)
    told = house.check()
    assert told == REASONS.get(fault, told)
    assert told not in ("installed", "same")
    assert house.served() is before
    assert [path.name for path in house.folder.glob("incoming-*")] == []
    report = house.service.report()
    assert report.failures == 1
    assert report.sentence.endswith(".")
    simulator_control.clear_faults()
    assert house.check() == "installed"
    assert house.served() is not before
    assert house.service.report().failures == 0


def test_a_404_that_the_edge_remembers_is_asked_past(house: House, simulator_control: Controls) -> None:
    simulator_control.happen("bump")
    simulator_control.fault("path_404", count=None)
    assert house.check() == "installed"
    asked = [entry.path for entry in simulator_control.journal() if "/common/destiny2_content/sqlite/" in entry.path]
    assert len(asked) == 3


def test_a_slow_file_arrives(house: House, simulator_control: Controls) -> None:
    simulator_control.happen("bump")
    simulator_control.fault("slow", count=None, seconds=0.01)
    assert house.check() == "installed"


@pytest.mark.parametrize("flaw", ["empty_table", "missing_table"])
@pytest.mark.parametrize("table", ["InventoryItem", "InventoryBucket", "StatGroup", "PlugSet"])
def test_a_manifest_with_a_hole_is_refused(flaw: str, table: str, house: House, simulator_control: Controls) -> None:
    before = house.served()
    simulator_control.happen(flaw, table=f"Destiny{table}Definition")
    assert house.check() == ("table-empty" if flaw == "empty_table" else "table-missing")
    assert house.served() is before
    simulator_control.happen("bump")
    assert house.check() == "installed"


@pytest.mark.parametrize(
    ("fault", "params"),
    [
        ("html_503", {}),
        ("html_200", {}),
        ("system_disabled", {}),
        ("throttle_ip", {"seconds": 0}),
        ("throttle_ip", {"seconds": 10}),
        ("truncate", {}),
        ("reset", {}),
        ("error", {"code": 1618}),
    ],
)
def test_a_fault_of_the_index_changes_nothing(
    fault: str, params: dict[str, int], house: House, simulator_control: Controls
) -> None:
    before = house.served()
    simulator_control.happen("bump")
    simulator_control.fault(fault, count=None, match={"path": "/Destiny2/Manifest/"}, **params)
    assert house.check().startswith("bungie-")
    assert house.served() is before
    assert house.service.report().sentence
    simulator_control.clear_faults()
    assert house.check() == "installed"


def test_a_silent_edit_is_noticed(house: House, simulator_control: Controls) -> None:
    before = house.served()
    simulator_control.happen("silent_edit")
    assert house.check() == "installed"
    assert house.served().version == before.version
    assert house.served().key != before.key


def test_flapping_servers_do_not_move_us(house: House, simulator_control: Controls) -> None:
    simulator_control.happen("bump")
    assert house.check() == "installed"
    newest = house.served()
    simulator_control.happen("flap", every=2)
    results = [house.check() for _ in range(8)]
    assert sorted(set(results)) == ["candidate", "same"]
    assert house.served() is newest


def test_a_roll_back_that_lasts_is_followed(house: House, simulator_control: Controls) -> None:
    first = house.served()
    simulator_control.happen("bump")
    assert house.check() == "installed"
    simulator_control.happen("rollback")
    assert [house.check(), house.check()] == ["candidate", "candidate"]
    assert house.check() == "rolled-back"
    assert house.served().key == first.key
    assert house.check() == "same"
