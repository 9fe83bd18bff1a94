"""The difference between two versions on the disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.clocks import HandClock
from tests.manifest.worlds import CLASSIFIED, HAND_CANNON, HIGH_HASH, FakeBungie, Tables, content, item, quiet, ref, world

from vaultraider.domain.manifest_changes import Counts, ItemChanges
from vaultraider.manifest.shelf import ManifestShelf


class Disk:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bungie = FakeBungie()
        self.shelf = ManifestShelf(folder, "en", HandClock())

    def install(self, tables: Tables) -> str:
        file = self.bungie.offer(content(tables))
        self.shelf.install(ref(file), self.bungie, quiet)
        return ref(file).key

    def differ(self, before: Tables, after: Tables) -> ItemChanges:
        found = self.shelf.compare(self.install(before), self.install(after))
        assert found is not None
        return found


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    return Disk(tmp_path / "manifest")


def edited(**items: Any) -> Tables:
    """The first world with other rows for some of its items; None takes one away."""
    tables = world()
    for name, row in items.items():
        hash = int(name.removeprefix("_"))
        if row is None:
            del tables["InventoryItem"][hash]
        else:
            tables["InventoryItem"][hash] = row
    return tables


def numbered(tables: Tables) -> Tables:
    """As Bungie does with every version: each row says at which place of its table it is."""
    rows = tables["InventoryItem"].items()
    return tables | {"InventoryItem": {hash: row | {"index": place} for place, (hash, row) in enumerate(rows)}}


@pytest.mark.parametrize(
    ("after", "counts"),
    [
        (edited(_2000=item("New")), Counts(added=1)),
        (edited(_1003=None), Counts(removed=1)),
        (edited(_1003=item("Thing 3 renamed")), Counts(changed=1)),
        (edited(**{f"_{CLASSIFIED}": item("Known now")}), Counts(unclassified=1)),
        (edited(**{f"_{HIGH_HASH}": None, "_1000": None}), Counts(removed=2)),
        (edited(_2=item("Very first"), _4294967295=item("Very last"), _1000=None), Counts(added=2, removed=1)),
        (numbered(edited()), Counts()),
        (numbered(edited(_1=item("New, which moves all the others"))), Counts(added=1)),
        (edited() | {"Stat": {155624089: {"displayProperties": {"name": "Steadiness"}}}}, Counts()),
    ],
    ids=["added", "removed", "changed", "unclassified", "both ends", "new ends", "numbers", "numbers and one", "no item"],
)
def test_what_differs(disk: Disk, after: Tables, counts: Counts) -> None:
    assert disk.differ(numbered(world()), after).counts == counts


def test_back_again_it_is_the_other_way_round(disk: Disk) -> None:
    first = disk.install(world())
    second = disk.install(edited(_2000=item("New"), _1003=None, _1004=item("Renamed")))
    forth, back = disk.shelf.compare(first, second), disk.shelf.compare(second, first)
    assert forth is not None
    assert back is not None
    assert (forth.counts, back.counts) == (Counts(1, 1, 1, 0), Counts(1, 1, 1, 0))
    assert [each.name for each in forth.items["added"]] == [each.name for each in back.items["removed"]] == ["New"]
    assert [each.name for each in forth.items["changed"]] == ["Renamed"]


def test_an_entry_is_named_as_the_newer_version_has_it(disk: Disk) -> None:
    found = disk.differ(world(), edited(**{f"_{HAND_CANNON}": item("Emberwake II", itemTypeDisplayName="Hand Cannon")}))
    (named,) = found.items["changed"]
    assert (named.hash, named.name, named.type) == (HAND_CANNON, "Emberwake II", "Hand Cannon")


def test_many_blocks_on_both_sides(disk: Disk) -> None:
    """Rows are stored by blocks: a shifted block is no change."""
    before = edited(**{f"_{50_000 + 7 * number}": item(f"Row {number}") for number in range(500)})
    after = edited(**{f"_{50_000 + 7 * number}": item(f"Row {number}") for number in range(500) if number % 100})
    after["InventoryItem"] |= {50_001 + 7 * number: item(f"Between {number}") for number in range(0, 500, 50)}
    assert disk.differ(before, after).counts == Counts(added=10, removed=5)


@pytest.mark.parametrize("key", ["", "en-nothing", "../../etc", "en-" + "a" * 200, "en\x00", "..", "EN-1"])
def test_what_is_not_here_cannot_be_compared(disk: Disk, key: str) -> None:
    here = disk.install(world())
    assert disk.shelf.compare(here, key) is None
    assert disk.shelf.compare(key, here) is None


def test_a_damaged_file_is_no_reason_to_fail(disk: Disk) -> None:
    first, second = disk.install(world()), disk.install(world("second"))
    broken = next((disk.folder / first).glob("definitions-*"))
    broken.write_bytes(broken.read_bytes()[:20_000] + b"\x00" * 10_000)
    assert disk.shelf.compare(first, second) is None
    broken.write_bytes(b"")
    assert disk.shelf.compare(first, second) is None


def test_sizes_are_told_by_version(disk: Disk) -> None:
    assert disk.shelf.sizes() == {}
    first, second = disk.install(world()), disk.install(world("second"))
    left = disk.folder / "incoming-crashed"
    left.mkdir()
    (left / "download.zip").write_bytes(b"x" * 1000)
    sizes = disk.shelf.sizes()
    assert set(sizes) == {first, second, ""}
    assert sizes[""] == 1000
    assert sizes[first] == sum(file.stat().st_size for file in (disk.folder / first).iterdir())
