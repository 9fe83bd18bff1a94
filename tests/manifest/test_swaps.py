"""Readers while versions come and go: every answer comes from one version, and none fails."""

from __future__ import annotations

import threading
from pathlib import Path

from tests.clocks import HandClock
from tests.manifest.worlds import FakeBungie, content, quiet, ref, world

from vaultraider.manifest.shelf import ManifestShelf

SWAPS = 7
READERS = 4


def test_readers_never_see_two_versions_at_once(tmp_path: Path) -> None:
    bungie = FakeBungie()
    shelf = ManifestShelf(tmp_path, "en", HandClock())
    files = [bungie.offer(content(world(f"v{number}", items=100))) for number in range(3)]
    marks = {ref(file).key: f"v{number}" for number, file in enumerate(files)}
    shelf.install(ref(files[0]), bungie, quiet)
    over = threading.Event()
    failures: list[BaseException] = []
    seen: set[str] = set()
    reads = 0

    def read(shared: bool) -> None:
        """As a request does: pin once, then look up; half of them in a process of their own, as it were."""
        nonlocal reads
        mine = shelf if shared else ManifestShelf(tmp_path, "en", HandClock())
        try:
            while not over.is_set():
                pinned = mine.current()
                mark = marks[pinned.key]
                for hash in range(1000, 1100):
                    found = pinned.item(hash)
                    assert found is not None and found.name.endswith(mark), (found, mark)
                full = pinned.full("InventoryItem", 1000)
                assert full is not None and mark in str(full["displayProperties"])
                seen.add(mark)
                reads += 1
        except BaseException as error:
            failures.append(error)

    readers = [threading.Thread(target=read, args=(number % 2 == 0,)) for number in range(READERS)]
    for reader in readers:
        reader.start()
    for swap in range(1, SWAPS + 1):
        # Three versions of which two are kept: the third is fetched anew each time, and an older one removed.
        shelf.install(ref(files[swap % 3]), bungie, quiet)
        shelf.collect()
    over.set()
    for reader in readers:
        reader.join(20)
    assert failures == []
    assert reads >= READERS
    assert len(seen) > 1
