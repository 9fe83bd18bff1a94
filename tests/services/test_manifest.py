"""Keeping definitions up to date: what each check comes to, over days of good and bad answers."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.clocks import HandClock
from tests.manifest.worlds import Body, Content, FakeBungie, content, quiet, ref, world

from vaultraider.database.engine import Base, Database
from vaultraider.database.leases import DatabaseLeases
from vaultraider.database.manifest_versions import ManifestVersions
from vaultraider.domain.errors import (
    BungieGarbled,
    BungieMaintenance,
    BungieUnreachable,
    Conflict,
    DefinitionsMissing,
    ManifestRefused,
    StorageFull,
)
from vaultraider.manifest.shelf import ManifestShelf
from vaultraider.services.manifest import ManifestOutcome, ManifestService

MINUTE = 60.0


class House:
    """The service over a real database and disk, and a Bungie made by hand."""

    def __init__(self, folder: Path, database: Database, language: str = "en", source: str = "https://bungie.example") -> None:
        self.clock = HandClock()
        self.bungie = FakeBungie()
        self.shelf = ManifestShelf(folder / "manifest", language, self.clock)
        self.versions = ManifestVersions(database)
        self.leases = DatabaseLeases(database, self.clock)
        self.service = ManifestService(
            source=self.bungie,
            store=self.shelf,
            history=self.versions,
            leases=self.leases,
            clock=self.clock,
            origin=source,
            language=language,
        )

    def check(self, minutes: float = 5, **more: bool) -> str:
        """Time passes, then one check: its result, or the code or reason of what it raised."""
        self.clock.pass_time(minutes * MINUTE)
        try:
            return self.service.update(quiet, **more).result
        except ManifestRefused as error:
            return error.reason
        except (BungieUnreachable, BungieMaintenance, BungieGarbled, StorageFull) as error:
            return error.code

    def served(self) -> str:
        """Which world is served: the last word of an item's name."""
        found = self.shelf.current().item(1000)
        assert found is not None
        return found.name.rpartition(" ")[2]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{(tmp_path / 'test.sqlite3').as_posix()}")
    Base.metadata.create_all(database.engine)
    yield database
    database.close()


@pytest.fixture
def house(tmp_path: Path, database: Database) -> House:
    return House(tmp_path, database)


def test_first_start(house: House) -> None:
    with pytest.raises(DefinitionsMissing):
        house.shelf.current()
    house.bungie.offer(content(world("first")))
    seen: list[tuple[str, float | None, str | None]] = []
    house.service.ensure(lambda step, percent=None, sentence=None: seen.append((step, percent, sentence)))
    assert house.served() == "first"
    assert seen[0][0] == "look" and seen[-1][:2] == ("done", 100)
    assert all(sentence and sentence.endswith(".") for _, _, sentence in seen)
    asked = len(house.bungie.asked)
    house.service.ensure(quiet)
    assert len(house.bungie.asked) == asked


def test_the_same_is_left_alone(house: House) -> None:
    house.bungie.offer(content(world("first")))
    assert [house.check() for _ in range(3)] == ["installed", "same", "same"]
    assert len(house.bungie.asked) == 1


def test_a_bump(house: House) -> None:
    house.bungie.offer(content(world("first")), version="1")
    house.check()
    house.bungie.offer(content(world("second")), version="2")
    assert [house.check(), house.check()] == ["installed", "same"]
    assert house.served() == "second"
    assert house.shelf.current().version == "2"


def test_a_silent_edit_has_the_same_version_and_another_path(house: House) -> None:
    house.bungie.offer(content(world("first")), version="1")
    house.check()
    house.bungie.offer(content(world("edited")), version="1")
    outcome = house.service.update(quiet)
    assert (outcome.result, outcome.version_changed, outcome.languages_changed) == ("installed", False, ("en",))
    assert house.served() == "edited"


def test_another_version_over_the_same_files_changes_nothing(house: House) -> None:
    house.bungie.offer(content(world("first")), version="1")
    house.check()
    house.bungie.version = "2"
    outcome = house.service.update(quiet)
    assert (outcome.result, outcome.version_changed, outcome.languages_changed) == ("same", True, ())
    assert len(house.bungie.asked) == 1


def test_version_and_paths_have_a_line_each_in_the_log(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    house.bungie.offer(content(world("first")), version="60480.17.10.23.1314-2")
    house.bungie.paths["fr"] = "/common/destiny2_content/sqlite/fr/x.content"
    house.check()
    house.check()
    told = [record.getMessage() for record in caplog.records if "changed" in record.getMessage()]
    assert told == ["The version number changed: 60480.17.10.23.1314-2", "The content paths changed for: en, fr"]


def test_other_languages_are_seen_and_not_fetched(house: House) -> None:
    house.bungie.offer(content(world("first")))
    house.check()
    house.bungie.paths["fr"] = "/common/destiny2_content/sqlite/fr/x.content"
    outcome = house.service.update(quiet)
    assert (outcome.result, outcome.languages_changed) == ("same", ("fr",))


def old_and_new(house: House) -> tuple[Content, Content]:
    old, new = content(world("old")), content(world("new"))
    house.bungie.offer(old)
    house.check()
    house.bungie.offer(new)
    house.check()
    assert house.served() == "new"
    return old, new


def test_a_flap_between_servers_is_sat_out(house: House) -> None:
    old, new = old_and_new(house)
    results = []
    for turn in range(20):
        house.bungie.offer(old if turn % 2 == 0 else new)
        results.append(house.check())
        assert house.served() == "new"
    assert results == ["candidate", "same"] * 10


def test_a_roll_back_is_followed_when_it_lasts(house: House) -> None:
    old, new = old_and_new(house)
    house.bungie.asked.clear()
    house.bungie.offer(old)
    assert [house.check(5), house.check(4.9), house.check(4.9)] == ["candidate"] * 3
    assert house.served() == "new"
    assert house.check(0.2) == "rolled-back"
    assert house.served() == "old"
    assert house.bungie.asked == []  # It was still here.
    assert house.check() == "same"
    house.bungie.offer(new)
    assert house.check() == "candidate"
    assert house.check(10) == "rolled-back"
    assert house.served() == "new"


def test_a_person_who_insists_gets_what_is_offered(house: House) -> None:
    old, _ = old_and_new(house)
    house.bungie.offer(old)
    assert house.check(insist=True) == "rolled-back"
    assert house.served() == "old"


def test_a_roll_back_to_what_is_gone_is_fetched(house: House) -> None:
    old, _ = old_and_new(house)
    house.bungie.offer(content(world("newest")))
    house.check()
    house.bungie.asked.clear()
    house.bungie.offer(old)
    assert [house.check(), house.check(10)] == ["candidate", "rolled-back"]
    assert [path for path, _ in house.bungie.asked] == [old.path]
    assert house.served() == "old"


def failing(error: Exception) -> Callable[[], bytes]:
    def fail() -> bytes:
        raise error

    return fail


@pytest.mark.parametrize(
    ("index", "told"),
    [
        (failing(BungieUnreachable()), "bungie-unreachable"),
        (failing(BungieMaintenance()), "bungie-maintenance"),
        (failing(BungieGarbled()), "bungie-garbled"),
        (lambda: b"<html>Down</html>", "bungie-garbled"),
        (lambda: b'{"version": "1", "mobileWorldContentPaths": {"fr": "/common/x.content"}}', "no-language"),
    ],
)
def test_an_index_that_fails_keeps_what_is_there(house: House, index: Callable[[], bytes], told: str) -> None:
    house.bungie.offer(content(world("first")))
    house.check()
    house.bungie.index = index
    assert [house.check() for _ in range(3)] == [told] * 3
    assert house.served() == "first"
    report = house.service.report()
    assert report.failures == 3
    assert report.sentence
    assert report.active is not None
    house.bungie.index = None
    assert house.check() == "same"
    assert (house.service.report().failures, house.service.report().sentence) == (0, "")


def test_a_broken_file_is_tried_again_less_and_less_often(house: House) -> None:
    house.bungie.offer(content(world("first")))
    house.check()
    bad = house.bungie.offer(content(world("bad")))
    house.bungie.faults[bad.path] = lambda buster: Body(b"<html>")
    house.bungie.asked.clear()
    results = [house.check() for _ in range(24)]  # two hours
    assert results[:4] == ["bad-zip", "bad-zip", "waiting", "bad-zip"]
    assert set(results) == {"bad-zip", "waiting"}
    assert results.count("bad-zip") == 5
    assert len(house.bungie.asked) == 3 * 5
    assert house.served() == "first"
    assert house.service.report().failures == 5


def test_a_person_need_not_wait(house: House) -> None:
    bad = house.bungie.offer(content(world("bad")))
    house.bungie.faults[bad.path] = lambda buster: Body(b"<html>")
    assert [house.check(), house.check(1), house.check(1, insist=True)] == ["bad-zip", "waiting", "bad-zip"]
    house.bungie.faults.clear()
    assert house.check(0, insist=True) == "installed"


def test_a_mended_file_under_another_path_is_taken_at_once(house: House) -> None:
    bad = house.bungie.offer(content(world("bad")))
    house.bungie.faults[bad.path] = lambda buster: Body(b"<html>")
    assert house.check() == "bad-zip"
    house.bungie.offer(content(world("mended")))
    assert house.check(0.1) == "installed"
    assert house.service.report().failures == 0


def test_the_history_says_what_happened(house: House) -> None:
    old, _ = old_and_new(house)
    bad = house.bungie.offer(content(world("bad")))
    house.bungie.faults[bad.path] = lambda buster: Body(bad.body, step=lambda: house.clock.pass_time(7))
    house.bungie.files[bad.path] = b""
    broken = content(world("broken"))
    house.bungie.offer(broken)
    house.bungie.files[broken.path] = broken.body[:500]
    assert house.check() == "bad-zip"
    house.bungie.offer(bad)
    assert house.check() == "installed"
    house.bungie.offer(old)
    house.check()
    house.check(10)
    history = house.service.history()
    assert [(entry.result, entry.reason, entry.ref.key) for entry in history] == [
        ("rolled-back", "", ref(old).key),
        ("installed", "", ref(bad).key),
        ("failed", "bad-zip", ref(broken).key),
        ("installed", "", ref(content(world("new"))).key),
        ("installed", "", ref(old).key),
    ]
    slow = history[1]
    assert (slow.finished - slow.started).total_seconds() >= 7
    assert slow.download_bytes == len(bad.body)
    assert slow.rows > 20 and slow.original_bytes > 0 and slow.store_bytes > 0
    assert history[2].sentence


def test_stopped_work_is_told_as_such(house: House) -> None:
    house.bungie.offer(content(world("first")))

    def stop(step: str, percent: float | None = None, sentence: str | None = None) -> None:
        if step == "download":
            raise InterruptedError

    with pytest.raises(InterruptedError):
        house.service.update(stop)
    assert [entry.result for entry in house.service.history()] == ["interrupted"]
    assert house.check() == "installed"


def test_one_at_a_time(house: House) -> None:
    file = house.bungie.offer(content(world("first")))
    inside, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        inside.set()
        go_on.wait(10)

    house.bungie.faults[file.path] = lambda buster: Body(file.body, step=slowly)
    outcomes: list[ManifestOutcome] = []
    first = threading.Thread(target=lambda: outcomes.append(house.service.update(quiet)))
    first.start()
    assert inside.wait(10)
    try:
        with pytest.raises(Conflict):
            house.service.update(quiet)
    finally:
        go_on.set()
        first.join(10)
    assert [outcome.result for outcome in outcomes] == ["installed"]
    assert [path for path, _ in house.bungie.asked] == [file.path]


def test_long_work_keeps_its_lease(house: House) -> None:
    file = house.bungie.offer(content(world("first", items=2000)))
    taken: list[bool] = []

    def slowly() -> None:
        house.clock.pass_time(50)
        try:
            with house.leases.hold("manifest-update", seconds=1):
                taken.append(True)
        except Conflict:
            pass

    house.bungie.faults[file.path] = lambda buster: Body(file.body, step=slowly)
    assert house.check() == "installed"
    assert taken == []


def test_another_bungie_starts_afresh(tmp_path: Path, database: Database) -> None:
    real = House(tmp_path, database)
    real.bungie.offer(content(world("real", items=50)))
    real.check()
    other = House(tmp_path, database, source="http://127.0.0.1:9")
    other.bungie.offer(content(world("demo", items=2)))
    assert other.check() == "installed"
    assert other.served() == "demo"


def test_languages_have_checks_of_their_own(tmp_path: Path, database: Database) -> None:
    english = House(tmp_path, database)
    english.bungie.offer(content(world("first")))
    english.check()
    german = House(tmp_path, database, language="de")
    german.bungie.offer(content(world("erste", items=3), "de"), language="de")
    assert german.check() == "installed"
    assert (english.served(), german.served()) == ("first", "erste")
    assert english.check() == "same"


def test_definitions_of_an_older_program_are_made_anew_without_bungie(house: House, tmp_path: Path) -> None:
    house.bungie.offer(content(world("first")))
    house.check()
    for store in (tmp_path / "manifest").glob("*/definitions-*"):
        store.unlink()
    house.bungie.index = failing(BungieUnreachable())
    with pytest.raises(DefinitionsMissing):
        ManifestShelf(tmp_path / "manifest", "en", house.clock).current()
    assert house.check() == "bungie-unreachable"
    found = ManifestShelf(tmp_path / "manifest", "en", house.clock).current().item(1000)
    assert found is not None
