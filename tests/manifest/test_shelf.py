"""Installing definitions, and what every fault of Bungie's leaves of it: nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.clocks import HandClock
from tests.full_disk import files_no_larger_than
from tests.manifest.worlds import (
    CLASSIFIED,
    HAND_CANNON,
    HIGH_HASH,
    Body,
    Content,
    FakeBungie,
    content,
    item,
    quiet,
    ref,
    sqlite_bytes,
    world,
    zipped,
)

from vaultraider.domain.errors import (
    BungieGarbled,
    BungieUnreachable,
    DefinitionsMissing,
    ManifestRefused,
    NotFound,
    StorageFull,
)
from vaultraider.manifest.download import Limits
from vaultraider.manifest.folder import ManifestFolder, Pointer
from vaultraider.manifest.shelf import ManifestShelf


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def shelf(tmp_path: Path, clock: HandClock) -> ManifestShelf:
    return ManifestShelf(tmp_path / "manifest", "en", clock, Limits(zipped=2_000_000, unzipped=20_000_000, seconds=60))


@pytest.fixture
def bungie() -> FakeBungie:
    return FakeBungie()


@pytest.fixture
def first(shelf: ManifestShelf, bungie: FakeBungie) -> Content:
    """A version that is active already."""
    file = bungie.offer(content(world("first")))
    shelf.install(ref(file), bungie, quiet)
    return file


def leftovers(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "manifest").iterdir() if "incoming" in path.name or path.suffix == ".tmp")


# -- what is there afterwards ---------------------------------------------------------------------------------------------


def test_an_installed_version_answers(shelf: ManifestShelf, bungie: FakeBungie, tmp_path: Path) -> None:
    file = bungie.offer(content(world("first")))
    steps: list[tuple[str, float]] = []
    installed = shelf.install(
        ref(file, version="9.9"), bungie, lambda step, percent=None, sentence=None: steps.append((step, percent or 0))
    )

    definitions = shelf.current()
    assert (definitions.version, definitions.language, definitions.key) == ("9.9", "en", ref(file).key)
    emberwake = definitions.item(HAND_CANNON)
    assert emberwake is not None and (emberwake.name, emberwake.tier_name, emberwake.hash) == (
        "Emberwake first",
        "Legendary",
        HAND_CANNON,
    )
    assert definitions.item(HIGH_HASH) == definitions.item(HIGH_HASH)
    classified = definitions.item(CLASSIFIED)
    assert classified is not None and classified.redacted
    assert definitions.vault_buckets == {1498876634}
    assert {bucket.name for bucket in definitions.buckets()} == {"General", "Kinetic", "Ghost", "Lost"}
    vault = definitions.bucket(138197802)
    assert vault is not None and vault.capacity == 1000
    titan, title = definitions.named("Class", 3655393761), definitions.named("Record", 12)
    assert titan is not None and titan.names == ("Titan", "Titane")
    assert title is not None and title.names == ("Lampwright", "Lampwrightess")
    assert definitions.named("Record", 11) is None
    plugs, kind, objective = definitions.plug_set(66), definitions.socket_type(88), definitions.objective(99)
    assert plugs is not None and plugs.plugs == ((1000, False),)
    assert kind is not None and kind.whitelist == ((5, "frames"),)
    assert objective is not None and objective.completion == 50
    assert definitions.stat(155624089) is not None and definitions.stat_group(55) is not None
    full = definitions.full("InventoryItem", HIGH_HASH)
    assert full is not None and full["hash"] == HIGH_HASH

    assert installed.rows["InventoryItem"] == 23
    assert installed.download_bytes == len(file.body)
    assert min(installed.original_bytes, installed.store_bytes) > 0
    assert [percent for _, percent in steps] == sorted(percent for _, percent in steps)
    assert steps[-1] == ("switch", 100)
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("hash", [0, 1, 2**32 - 1, -1, 2**32, 2**70])
def test_an_unknown_hash_is_none_everywhere(shelf: ManifestShelf, first: Content, hash: int) -> None:
    definitions = shelf.current()
    definitions.preload([hash, HAND_CANNON])
    assert definitions.item(HAND_CANNON) is not None
    for look_up in (definitions.item, definitions.bucket, definitions.stat, definitions.stat_group, definitions.plug_set):
        assert look_up(hash) is None
        assert look_up(hash) is None
    assert definitions.socket_type(hash) is definitions.objective(hash) is definitions.named("Class", hash) is None
    assert definitions.full("InventoryItem", hash) is None


@pytest.mark.parametrize("table", ["", "Nothing", "InventoryItem; DROP TABLE about", "x" * 100, "Вещь", "PowerCap"])
def test_an_unknown_table_is_none(shelf: ManifestShelf, first: Content, table: str) -> None:
    assert shelf.current().named(table, 1) is None
    assert shelf.current().full(table, 1) is None


def test_preloading_gives_the_same_rows(shelf: ManifestShelf, first: Content) -> None:
    one_by_one = {hash: shelf.current().item(hash) for hash in [*range(1000, 1020), HIGH_HASH, 5]}
    fresh = ManifestShelf(shelf._folder.root, "en", HandClock()).current()
    fresh.preload(one_by_one)
    assert {hash: fresh.item(hash) for hash in one_by_one} == one_by_one


def test_memory_is_bounded(shelf: ManifestShelf, first: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vaultraider.manifest.store.ITEMS_KEPT", 8)
    definitions = ManifestShelf(shelf._folder.root, "en", HandClock()).current()
    rows = definitions.item.__self__  # type: ignore[attr-defined]
    for start in (1000, 1004, 1010):
        definitions.preload(range(start, start + 10))
        assert len(rows) <= 8
    names = [found.name for hash in range(1000, 1020) if (found := definitions.item(hash))]
    assert names == [f"Thing {number} first" for number in range(20)]
    assert len(rows) <= 8


def test_without_the_vendors_list_the_buckets_say_what_the_vault_takes(shelf: ManifestShelf, bungie: FakeBungie) -> None:
    tables = world()
    tables["Vendor"][1037843411] = {"displayProperties": {"name": "Vault"}}
    shelf.install(ref(bungie.offer(content(tables))), bungie, quiet)
    assert shelf.current().vault_buckets == {1498876634, 4023194814}


def test_rows_that_cannot_be_read_are_counted_and_the_others_kept(shelf: ManifestShelf, bungie: FakeBungie) -> None:
    tables = world()
    tables["InventoryItem"] |= {
        1: "<html>",
        2: None,
        3: '{"itemType": "three", "displayProperties": {"name": "Half"}}',
        4: '{"itemType": ' + "9" * 40 + "}",
        5: "[" * 50_000,
        6: b"\x00\xff",
    }
    installed = shelf.install(ref(bungie.offer(content(tables))), bungie, quiet)
    definitions = shelf.current()
    half = definitions.item(3)
    assert half is not None and half.name == "Half"
    assert [definitions.item(hash) for hash in (1, 2, 4, 5, 6)] == [None] * 5
    assert installed.left_out == {"InventoryItem": 5}
    assert installed.mended == {"InventoryItem": 1}
    assert installed.rows["InventoryItem"] == 29
    for hash in (1, 2, 5, 6):
        assert definitions.full("InventoryItem", hash) is None


# -- faults: none of them touches what is served ---------------------------------------------------------------------------

Fault = Callable[[FakeBungie], Content]


def offered(change: Callable[[FakeBungie, Content], None]) -> Fault:
    def fault(bungie: FakeBungie) -> Content:
        file = bungie.offer(content(world("second")))
        change(bungie, file)
        return file

    return fault


def made_of(change: Callable[[dict[str, dict[int, object]]], object]) -> Fault:
    def fault(bungie: FakeBungie) -> Content:
        tables = world("second")
        change(tables)
        return bungie.offer(content(tables))

    return fault


def gives(body: Callable[[bytes], bytes], length: int | None = None) -> Fault:
    def change(bungie: FakeBungie, file: Content) -> None:
        broken = body(file.body)
        bungie.faults[file.path] = lambda buster: Body(broken, length)

    return offered(change)


def raises(error: Exception) -> Fault:
    def change(bungie: FakeBungie, file: Content) -> None:
        def fail(buster: str | None) -> Body:
            raise error

        bungie.faults[file.path] = fail

    return offered(change)


def another_file(body: bytes) -> bytes:
    return zipped({"world_sql_content_0.content": sqlite_bytes(world("third"))})


def torn(body: bytes) -> bytes:
    """A whole zip of a database that lost its tail."""
    return zipped({"x": sqlite_bytes(world("second"))[:20_000]})


def lie_about_size(body: bytes) -> bytes:
    return body.replace((len(sqlite_bytes(world("second")))).to_bytes(4, "little"), (50).to_bytes(4, "little"))


FAULTS = {
    "404, and the edge remembers it": (raises(NotFound()), "not-found"),
    "broken off": (gives(lambda body: body[: len(body) // 2]), "bad-zip"),
    "shorter than announced": (gives(lambda body: body[:1000], length=9_000), "truncated"),
    "longer than announced": (gives(lambda body: body + b"more", length=1_000), "truncated"),
    "no zip": (gives(lambda body: b"PK\x03\x04 or so"), "bad-zip"),
    "nothing": (gives(lambda body: b""), "bad-zip"),
    "a web page": (gives(lambda body: b"<!doctype html><title>Sorry</title>"), "bad-zip"),
    "the client noticed a web page": (raises(BungieGarbled()), "garbled"),
    "a flipped bit": (gives(lambda body: body[:500] + bytes([body[500] ^ 64]) + body[501:]), "bad-zip"),
    "two files": (gives(lambda body: zipped({"a": b"1", "b": b"2"})), "bad-zip"),
    "an empty zip": (gives(lambda body: zipped({})), "bad-zip"),
    "another file": (gives(another_file), "wrong-checksum"),
    "half a database": (gives(torn), "wrong-checksum"),
    "a size that is a lie": (gives(lie_about_size), "bad-zip"),
    "too large": (gives(lambda body: body + bytes(2_000_000)), "too-large"),
    "a bomb": (gives(lambda body: zipped({"x": bytes(30_000_000)})), "too-large"),
    "an empty table": (made_of(lambda tables: tables["StatGroup"].clear()), "table-empty"),
    "no items at all": (made_of(lambda tables: tables["InventoryItem"].clear()), "table-empty"),
    "a missing table": (made_of(lambda tables: tables.pop("PlugSet")), "table-missing"),
    "no vendors": (made_of(lambda tables: tables.pop("Vendor")), "table-missing"),
    "too few rows": (made_of(lambda tables: [tables["InventoryItem"].pop(1000 + n) for n in range(5)]), "too-few-rows"),
    "no vault vendor": (made_of(lambda tables: tables["Vendor"].update({7: tables["Vendor"].pop(1037843411)})), "spot-check"),
    "no vault bucket": (
        made_of(lambda tables: tables["InventoryBucket"].update({7: tables["InventoryBucket"].pop(138197802)})),
        "spot-check",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_changes_nothing(name: str, shelf: ManifestShelf, bungie: FakeBungie, first: Content, tmp_path: Path) -> None:
    fault, reason = FAULTS[name]
    before = shelf.current()
    file = fault(bungie)
    bungie.asked.clear()

    with pytest.raises(ManifestRefused) as refused:
        shelf.install(ref(file), bungie, quiet)

    assert refused.value.reason == reason
    assert "The definitions in use stay" in refused.value.sentence
    assert shelf.current() is before
    emberwake = before.item(HAND_CANNON)
    assert emberwake is not None and emberwake.name == "Emberwake first"
    assert ManifestShelf(tmp_path / "manifest", "en", HandClock()).current().key == ref(first).key
    assert leftovers(tmp_path) == []
    assert not (tmp_path / "manifest" / ref(file).key).exists()


@pytest.mark.parametrize("name", sorted(FAULTS.keys() - {"too few rows"}))  # there is nothing to compare with
def test_a_fault_at_the_first_start_leaves_nothing(name: str, shelf: ManifestShelf, bungie: FakeBungie) -> None:
    with pytest.raises(ManifestRefused):
        shelf.install(ref(FAULTS[name][0](bungie)), bungie, quiet)
    with pytest.raises(DefinitionsMissing):
        shelf.current()
    assert shelf.active("en") is None


@pytest.mark.parametrize("name", FAULTS)
def test_after_a_fault_the_good_file_installs(name: str, shelf: ManifestShelf, bungie: FakeBungie, first: Content) -> None:
    with pytest.raises(ManifestRefused):
        shelf.install(ref(FAULTS[name][0](bungie)), bungie, quiet)
    bungie.faults.clear()
    good = bungie.offer(content(world("second")))
    shelf.install(ref(good), bungie, quiet)
    emberwake = shelf.current().item(HAND_CANNON)
    assert emberwake is not None and emberwake.name == "Emberwake second"


def test_a_remembered_404_is_asked_past(shelf: ManifestShelf, bungie: FakeBungie, first: Content) -> None:
    file = bungie.offer(content(world("second")))

    def sticky(buster: str | None) -> Body:
        if buster in (None, "1"):
            raise NotFound
        return Body(file.body)

    bungie.faults[file.path] = sticky
    bungie.asked.clear()
    shelf.install(ref(file), bungie, quiet)
    busters = [buster for _, buster in bungie.asked]
    assert busters[:2] == [None, "1"]
    assert busters[2] not in (None, "1", "")
    assert shelf.current().key == ref(file).key


def test_a_broken_connection_is_not_hammered(shelf: ManifestShelf, bungie: FakeBungie, first: Content, tmp_path: Path) -> None:
    file = raises(BungieUnreachable())(bungie)
    bungie.asked.clear()
    with pytest.raises(BungieUnreachable):
        shelf.install(ref(file), bungie, quiet)
    assert len(bungie.asked) == 1
    assert shelf.current().key == ref(first).key
    assert leftovers(tmp_path) == []


def test_what_comes_too_slowly_is_given_up(shelf: ManifestShelf, bungie: FakeBungie, first: Content, clock: HandClock) -> None:
    file = bungie.offer(content(world("second")))
    bungie.faults[file.path] = lambda buster: Body(file.body, step=lambda: clock.pass_time(30))
    with pytest.raises(ManifestRefused) as refused:
        shelf.install(ref(file), bungie, quiet)
    assert refused.value.reason == "too-slow"
    assert shelf.current().key == ref(first).key


def test_slow_but_steady_arrives(shelf: ManifestShelf, bungie: FakeBungie, first: Content, clock: HandClock) -> None:
    file = bungie.offer(content(world("second")))
    pieces = len(file.body) // 1000 + 1
    bungie.faults[file.path] = lambda buster: Body(file.body, step=lambda: clock.pass_time(55 / pieces))
    shelf.install(ref(file), bungie, quiet)
    assert shelf.current().key == ref(file).key


@pytest.mark.parametrize("room", [0, 1_000, 5_000, 40_000, 90_000])
def test_a_full_disk_loses_nothing(room: int, shelf: ManifestShelf, bungie: FakeBungie, first: Content, tmp_path: Path) -> None:
    # Enough for nothing, a part of the zip, the zip, a part of the unzipped file, all but the end.
    before = {path: path.read_bytes() for path in (tmp_path / "manifest").rglob("*") if path.is_file()}
    file = bungie.offer(content(world("second", items=400)))
    assert len(file.body) > 5_000
    with files_no_larger_than(room), pytest.raises(StorageFull):
        shelf.install(ref(file), bungie, quiet)
    after = {path: path.read_bytes() for path in (tmp_path / "manifest").rglob("*") if path.is_file()}
    assert after == before
    shelf.install(ref(file), bungie, quiet)
    assert shelf.current().key == ref(file).key


def test_work_that_is_stopped_leaves_nothing(shelf: ManifestShelf, bungie: FakeBungie, first: Content, tmp_path: Path) -> None:
    file = bungie.offer(content(world("second", items=5000)))
    for stop_at in ("download", "unzip", "build"):

        def stop(step: str, percent: float | None = None, sentence: str | None = None, at: str = stop_at) -> None:
            if step == at:
                raise InterruptedError

        with pytest.raises(InterruptedError):
            shelf.install(ref(file), bungie, stop)
        assert leftovers(tmp_path) == []
        assert shelf.current().key == ref(first).key


# -- versions beside each other -------------------------------------------------------------------------------------------


def test_a_pinned_version_stays_what_it_was(shelf: ManifestShelf, bungie: FakeBungie, first: Content) -> None:
    pinned = shelf.current()
    for mark in ("second", "third", "fourth"):
        shelf.install(ref(bungie.offer(content(world(mark)))), bungie, quiet)
        shelf.collect()
    found, full = pinned.item(1003), pinned.full("InventoryItem", 1003)
    assert found is not None and found.name == "Thing 3 first"
    assert full is not None and full["displayProperties"] == {"name": "Thing 3 first"}
    assert pinned.key == ref(first).key
    newest = shelf.current().item(1003)
    assert newest is not None and newest.name == "Thing 3 fourth"


def test_a_version_that_vanishes_between_two_looks_is_looked_up_again(shelf: ManifestShelf, first: Content) -> None:
    class Behind(ManifestFolder):
        """Its first look at the pointer is two installations old."""

        looks = 0

        def pointer(self, language: str) -> Pointer | None:
            self.looks += 1
            return Pointer("en-gone") if self.looks == 1 else super().pointer(language)

    late = ManifestShelf(shelf._folder.root, "en", HandClock())
    late._folder = Behind(shelf._folder.root)
    assert late.current().key == ref(first).key


def test_the_last_good_one_is_kept_and_older_ones_go(shelf: ManifestShelf, bungie: FakeBungie, tmp_path: Path) -> None:
    files = [bungie.offer(content(world(mark))) for mark in ("one", "two", "three")]
    for file in files:
        shelf.install(ref(file), bungie, quiet)
    (tmp_path / "manifest" / "incoming-crashed").mkdir()
    shelf.collect()
    kept = sorted(path.name for path in (tmp_path / "manifest").iterdir() if path.is_dir())
    assert kept == sorted([ref(files[1]).key, ref(files[2]).key])
    bungie.asked.clear()
    shelf.install(ref(files[1]), bungie, quiet)
    assert bungie.asked == []
    assert shelf.current().key == ref(files[1]).key


def test_what_is_damaged_on_the_disk_is_fetched_again(shelf: ManifestShelf, bungie: FakeBungie, tmp_path: Path) -> None:
    old, new = (bungie.offer(content(world(mark))) for mark in ("old", "new"))
    shelf.install(ref(old), bungie, quiet)
    shelf.install(ref(new), bungie, quiet)
    original = tmp_path / "manifest" / ref(old).key / "original.sqlite3"
    original.write_bytes(original.read_bytes()[:-5000])
    bungie.asked.clear()
    shelf.install(ref(old), bungie, quiet)
    assert bungie.asked == [(old.path, None)]
    assert shelf.current().full("InventoryItem", 1000) is not None


def test_languages_stand_side_by_side_and_are_not_compared(shelf: ManifestShelf, bungie: FakeBungie, first: Content) -> None:
    tables = world("zweite", items=2)
    german = bungie.offer(content(tables, "de"), language="de")
    shelf.install(ref(german, "de"), bungie, quiet)
    shelf.collect()
    assert shelf.current("de").key == ref(german, "de").key
    assert shelf.current().key == ref(first).key
    with pytest.raises(DefinitionsMissing):
        shelf.current("fr")


def test_another_bungie_is_not_compared(shelf: ManifestShelf, bungie: FakeBungie, first: Content) -> None:
    demo = bungie.offer(content(world("demo", items=1)))
    shelf.install(ref(demo, source="http://127.0.0.1:1"), bungie, quiet)
    assert shelf.current().key == ref(demo).key


def test_a_tenth_fewer_rows_are_believed(shelf: ManifestShelf, bungie: FakeBungie, first: Content) -> None:
    tables = world("second")
    for number in range(2):
        tables["InventoryItem"].pop(1000 + number)
    shelf.install(ref(bungie.offer(content(tables))), bungie, quiet)
    assert shelf.current().item(1000) is None


def test_a_store_of_another_program_version_is_made_anew(
    shelf: ManifestShelf, bungie: FakeBungie, first: Content, tmp_path: Path
) -> None:
    store = next((tmp_path / "manifest" / ref(first).key).glob("definitions-*"))
    store.rename(store.with_name("definitions-0000000000.sqlite3"))
    newer = ManifestShelf(tmp_path / "manifest", "en", HandClock())
    with pytest.raises(DefinitionsMissing):
        newer.current()
    assert newer.active("en") is None
    bungie.asked.clear()
    assert newer.repair("en", quiet) is not None
    assert bungie.asked == []
    assert newer.current().item(HAND_CANNON) is not None
    assert newer.active("en") is not None


@pytest.mark.parametrize("broken", [b"", b"{", b"null", b'{"key": "../../etc"}'])
def test_a_broken_pointer_means_none_and_deletes_nothing(
    broken: bytes, shelf: ManifestShelf, first: Content, tmp_path: Path
) -> None:
    pointer = tmp_path / "manifest" / "active-en.json"
    pointer.write_bytes(broken)
    with pytest.raises(DefinitionsMissing):
        shelf.current()
    assert shelf.active("en") is None
    shelf.collect()
    assert (tmp_path / "manifest" / ref(first).key).is_dir()


def test_the_original_keeps_whole_rows_beside_ours(shelf: ManifestShelf, bungie: FakeBungie, tmp_path: Path) -> None:
    tables = world()
    tables["InventoryItem"][500] = item("Whole", screenshot="/common/s.jpg", invented={"deep": [1, None]})
    tables["Lore"] = {7: {"displayProperties": {"name": "A tale"}}}
    file = bungie.offer(content(tables))
    shelf.install(ref(file), bungie, quiet)
    whole, lore = shelf.current().full("InventoryItem", 500), shelf.current().full("Lore", 7)
    assert whole is not None and whole["invented"] == {"deep": [1, None]}
    assert lore == {"hash": 7, "displayProperties": {"name": "A tale"}}
    folder = tmp_path / "manifest" / ref(file).key
    assert json.loads((folder / "about.json").read_bytes())["ref"]["path"] == file.path
    with closing(sqlite3.connect(folder / "original.sqlite3")) as original:
        assert original.execute("PRAGMA quick_check").fetchall() == [("ok",)]
