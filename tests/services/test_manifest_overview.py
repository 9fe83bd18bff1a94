"""The definitions as their owner sees them: versions and their times, a running update, what changed."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.clocks import START
from tests.manifest.worlds import item, quiet, world
from tests.services.test_manifest import House, content
from tests.services.test_manifest import database as database
from tests.services.test_manifest import house as house

from vaultraider.database.engine import Base, Database
from vaultraider.domain.definitions import ItemDefinition
from vaultraider.domain.errors import NotFound, StorageFull
from vaultraider.ports import JobRecord
from vaultraider.services.manifest_overview import STEPS, ManifestOverviews, ManifestVersion, RunningUpdate


class NotedJobs:
    def __init__(self) -> None:
        self.records: list[JobRecord] = []
        self.turns: dict[str, datetime] = {}

    def latest(self, *, kind: str | None = None, limit: int = 50) -> list[JobRecord]:
        return [each for each in self.records if each.kind == kind][:limit]

    def next_turns(self) -> dict[str, datetime]:
        return self.turns


def job(state: str, step: str | None = None, percent: float | None = None, **more: Any) -> JobRecord:
    given: dict[str, Any] = {
        "id": 7,
        "kind": "update_manifest",
        "arguments": {},
        "asked_by": "schedule",
        "state": state,
        "attempts": 1,
        "fence": 1,
        "exclusive": None,
        "step": step,
        "percent": percent,
        "sentence": "Fetching.",
        "result": None,
        "reason": None,
        "holder": "x",
        "asked": START,
        "not_before": START,
        "started": START,
        "heartbeat": START,
        "finished": None,
    }
    return JobRecord(**given | more)


@pytest.fixture
def jobs() -> NotedJobs:
    return NotedJobs()


@pytest.fixture
def overviews(house: House, jobs: NotedJobs) -> ManifestOverviews:
    return ManifestOverviews(
        manifest=house.service,
        store=house.shelf,
        history=house.versions,
        jobs=jobs,
        origin="https://bungie.example",
        language="en",
    )


def offer(house: House, mark: str, version: str, **more: Any) -> str:
    """Bungie offers the first world with other items; the key that it will have."""
    tables = world()
    tables["InventoryItem"] |= {int(hash.removeprefix("_")): row for hash, row in more.items()}
    tables["InventoryItem"][1] = item(mark)
    file = house.bungie.offer(content(tables), version=version)
    return f"en-{file.path.rpartition('_')[2].removesuffix('.content')}"


def times(version: ManifestVersion) -> tuple[float | None, float | None]:
    """Minutes since the start of its use, and of its end."""
    begun, until = (
        (at - START) / timedelta(minutes=1) if isinstance(at, datetime) else None for at in (version.begun, version.until)
    )
    return begun, until


def test_before_the_first_look(overviews: ManifestOverviews) -> None:
    seen = overviews.overview()
    assert (seen.versions, seen.failures, seen.disk_bytes) == ([], 0, 0)
    assert not any((seen.active, seen.running, seen.checked, seen.next, seen.sentence))


def test_versions_and_the_times_of_their_use(house: House, overviews: ManifestOverviews, jobs: NotedJobs) -> None:
    jobs.turns["update_manifest"] = START + timedelta(minutes=99)
    first = offer(house, "first", "1")
    house.check()
    second = offer(house, "second", "2", _1001=item("Thing 1 changed"), _3000=item("New"))
    house.check()
    third = offer(house, "third", "2")
    house.check()
    seen = overviews.overview()
    assert [(each.key, each.version, each.state, *times(each)) for each in seen.versions] == [
        (third, "2", "active", 15, None),
        (second, "2", "kept", 10, 15),
        (first, "1", "gone", 5, 10),
    ]
    told = [each.changes.sentence if each.changes else None for each in seen.versions]
    assert told == [
        "2 items were changed and 1 removed.",
        "1 item was added and 2 changed.",
        None,
    ]
    assert seen.versions[1].changes.against == first  # type: ignore[union-attr]
    assert seen.active == third
    assert seen.disk_bytes == sum(each.bytes for each in seen.versions[:2])  # type: ignore[misc]
    assert seen.versions[2].bytes, "what is gone tells what it took"
    assert seen.checked == START + timedelta(minutes=15)
    assert seen.next == START + timedelta(minutes=99)


def test_a_roll_back_is_one_entry_in_use_again(house: House, overviews: ManifestOverviews) -> None:
    first = offer(house, "first", "1")
    house.check()
    second = offer(house, "second", "2")
    house.check()
    offer(house, "first", "1")
    results = [house.check() for _ in range(3)]
    assert results[-1] == "rolled-back"
    seen = overviews.overview()
    assert [(each.key, each.state, *times(each)) for each in seen.versions] == [
        (first, "active", 25, None),
        (second, "kept", 10, 25),
    ]


def test_what_failed_says_why_and_what_was_good_stays(house: House, overviews: ManifestOverviews) -> None:
    first = offer(house, "first", "1")
    house.check()
    broken = world("broken")
    del broken["InventoryBucket"]
    house.bungie.offer(content(broken), version="2")
    assert house.check() == "table-missing"
    seen = overviews.overview()
    failed, good = seen.versions
    assert (failed.state, failed.version, failed.begun) == ("failed", "2", failed.until)
    assert str(failed.sentence).startswith("The new definitions have no InventoryBucket table. The definitions in use stay")
    assert not failed.bytes
    assert (good.key, good.state, good.until) == (first, "active", failed.until)
    assert (seen.failures, seen.sentence) == (1, failed.sentence)


def test_an_interrupted_one_is_told_until_it_is_done(house: House, overviews: ManifestOverviews) -> None:
    offer(house, "first", "1")

    class Stopped(Exception):
        pass

    def stop(step: str, percent: float | None = None, sentence: str | None = None) -> None:
        if step == "build":
            raise Stopped

    tables = world(items=6000)  # enough to report while it is condensed
    house.bungie.offer(content(tables), version="1")
    with pytest.raises(Stopped):
        house.service.update(stop)
    assert [(each.state, each.sentence) for each in overviews.overview().versions] == [
        ("failed", "It was interrupted; the next look begins it anew.")
    ]
    house.check()
    assert [(each.state, bool(each.sentence)) for each in overviews.overview().versions] == [("active", False)]


def test_definitions_of_which_the_database_knows_nothing(house: House, tmp_path: Path, jobs: NotedJobs) -> None:
    """The database was lost or restored, the definitions on the disk are as good as ever."""
    offer(house, "first", "1")
    house.check()
    with_none = House(tmp_path, _empty(tmp_path))
    with_none.bungie.files, with_none.bungie.paths = house.bungie.files, house.bungie.paths
    overviews = ManifestOverviews(
        manifest=with_none.service,
        store=with_none.shelf,
        history=with_none.versions,
        jobs=jobs,
        origin="https://bungie.example",
        language="en",
    )
    assert [(each.state, each.version) for each in overviews.overview().versions] == [("active", "1")]


def _empty(folder: Path) -> Database:
    empty = Database(f"sqlite:///{(folder / 'other.sqlite3').as_posix()}")
    Base.metadata.create_all(empty.engine)
    return empty


@pytest.mark.parametrize(
    ("record", "step", "states"),
    [
        (job("running"), "look", "now later later later later"),
        (job("running", "look", 0), "look", "now later later later later"),
        (job("running", "download", 20), "download", "done now later later later"),
        (job("running", "unzip", 55), "unzip", "done done now later later"),
        (job("running", "build", 80), "build", "done done done now later"),
        (job("running", "switch", 100), "switch", "done done done done now"),
        (job("running", "done", 100), "switch", "done done done done now"),
        (job("running", "something of another program", 3), "look", "now later later later later"),
    ],
)
def test_a_running_update_tells_its_steps(
    overviews: ManifestOverviews, jobs: NotedJobs, record: JobRecord, step: str, states: str
) -> None:
    jobs.records = [job("queued", id=8), record, job("done", "done", 100, id=6)]
    running = overviews.overview().running
    assert isinstance(running, RunningUpdate)
    assert (running.job, running.step) == ("7", step)
    assert " ".join(each.state for each in running.steps) == states
    assert [each.name for each in running.steps] == list(STEPS)


def test_nothing_runs(overviews: ManifestOverviews, jobs: NotedJobs) -> None:
    jobs.records = [job("queued"), job("done", "done", 100)]
    assert not overviews.overview().running


def test_every_step_of_a_real_update_is_known(house: House) -> None:
    seen: list[str] = []
    house.bungie.offer(content(world(items=6000)))
    house.service.update(lambda step, percent=None, sentence=None: seen.append(step))
    assert set(seen) - {"done"} == set(STEPS)
    assert [step for at, step in enumerate(seen) if step not in seen[:at]] == [*STEPS, "done"]


def test_differences_by_name(house: House, overviews: ManifestOverviews) -> None:
    first = offer(house, "first", "1")
    house.check()
    second = offer(house, "second", "2", _3000=item("New", itemTypeDisplayName="Ghost"))
    house.check()
    found = overviews.differences(first, second)
    assert (found.counts.added, found.counts.changed) == (1, 1)
    assert [(each.hash, each.name, each.type) for each in found.items["added"]] == [(3000, "New", "Ghost")]
    assert found.sentence == "1 item was added and 1 changed."
    back = overviews.differences(second, first)
    assert back.counts.removed == 1, "both are here, so the other way round can be found, too"


def test_differences_outlive_the_files(house: House, overviews: ManifestOverviews) -> None:
    keys = []
    for number in range(4):
        keys.append(offer(house, f"number {number}", str(number)))
        house.check()
    assert set(house.shelf.sizes()) == set(keys[2:])
    assert overviews.differences(keys[0], keys[1]).counts.changed == 1
    with pytest.raises(NotFound, match="no longer both here"):
        overviews.differences(keys[0], keys[2])


@pytest.mark.parametrize("key", ["en-unknown", "../../secret", "", "en-" + "f" * 61])
def test_an_unknown_version_is_not_looked_for(house: House, overviews: ManifestOverviews, key: str) -> None:
    first = offer(house, "first", "1")
    house.check()
    for pair in ((first, key), (key, first)):
        with pytest.raises(NotFound):
            overviews.differences(*pair)


def test_a_full_disk_costs_the_comparison_and_not_the_update(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(house, "first", "1")
    house.check()

    def full(*_given: object) -> None:
        raise StorageFull

    monkeypatch.setattr(house.versions, "save_changes", full)
    offer(house, "second", "2")
    assert house.check() == "installed"
    found = house.shelf.current().item(1)
    assert isinstance(found, ItemDefinition)
    assert found.name == "second"
    house.service.update(quiet)
