"""Definitions: from the zip on the disk to the live store, what differs from the version before, its memory, and readers while
versions swap.

Finding what differs comes after the new version is live, but is part of the update: it counts in the ratio. The measure is what
nobody can do without: unzipping the same file and reading every row of it with ``orjson.loads``, in the same run on the same
machine. All take turns; the best turn of each counts, as a busy machine only ever adds.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from contextlib import closing
from pathlib import Path

import orjson
from benchmarks._manifests import FileSource, edited, hash_of, make, real_or_made, ref_of
from benchmarks._result import Result, at_most

from vaultraider.clock import SystemClock
from vaultraider.manifest.shelf import ManifestShelf

TURNS = 10
READERS = 4
SWAPS = 20
SWAP_ITEMS = 400


def run(shared: Path | None) -> list[Result]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = real_or_made(shared, folder)
        return [*_speed(file, folder), _memory(file, folder), *_swaps(folder)]


# -- speed ----------------------------------------------------------------------------------------------------------------


def _speed(file: Path, folder: Path) -> list[Result]:
    later = edited(file, folder)
    shelf = ManifestShelf(folder / "both", "en", SystemClock())
    for each in (file, later):
        shelf.install(ref_of(each), FileSource(each), _quiet)
    plain, ours, compared = [], [], []
    for _ in range(TURNS):
        plain.append(_unzip_and_load(file, folder / "plain.sqlite3"))
        ours.append(_install(file, folder / "live"))
        compared.append(_compare(shelf, file, later))
    return [
        Result("manifest: unzip and orjson.loads every row", min(plain), "s"),
        Result("manifest: zip to live store", min(ours), "s"),
        Result("manifest: what differs from the version before", min(compared) * 1e3, "ms"),
        at_most("manifest: zip to live store, and compared, ratio", (min(ours) + min(compared)) / min(plain), "x", 1.5),
    ]


def _unzip_and_load(file: Path, target: Path) -> float:
    start = time.perf_counter()
    with zipfile.ZipFile(file) as archive, archive.open(archive.infolist()[0]) as packed, target.open("wb") as out:
        shutil.copyfileobj(packed, out, 1 << 20)
    with closing(sqlite3.connect(target)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for (row,) in database.execute(f"SELECT json FROM {table}"):
                orjson.loads(row)
    return time.perf_counter() - start


def _install(file: Path, folder: Path) -> float:
    shutil.rmtree(folder, ignore_errors=True)
    shelf = ManifestShelf(folder, "en", SystemClock())
    start = time.perf_counter()
    shelf.install(ref_of(file), FileSource(file), _quiet)
    shelf.current().buckets()
    return time.perf_counter() - start


def _compare(shelf: ManifestShelf, before: Path, after: Path) -> float:
    start = time.perf_counter()
    found = shelf.compare(ref_of(before).key, ref_of(after).key)
    took = time.perf_counter() - start
    assert found is not None
    assert found.counts.changed and found.counts.removed
    return took


def _quiet(step: str, percent: float | None = None, sentence: str | None = None) -> None: ...


# -- memory ---------------------------------------------------------------------------------------------------------------


def _memory(file: Path, folder: Path) -> Result:
    peak = float(_child("install", str(file), str(folder / "child")).stdout)
    return at_most("manifest: peak memory of the whole process", peak / 1e6, "MB", 200)


def _child_install(file: Path, folder: Path) -> None:
    """A process with the whole program in it, as the worker is, installs, updates and prints its largest size in bytes."""
    import vaultraider.bootstrap  # noqa: F401 - only for what it weighs

    _install(file, folder)
    later = edited(file, folder)
    shelf = ManifestShelf(folder, "en", SystemClock())
    shelf.install(ref_of(later), FileSource(later), _quiet)
    assert shelf.compare(ref_of(file).key, ref_of(later).key) is not None
    print(_peak_bytes())


def _peak_bytes() -> int:
    status = Path("/proc/self/status")
    if status.exists():  # VmHWM is this program's alone; getrusage also counts what the parent weighed before exec.
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    import psutil

    info = psutil.Process().memory_info()
    return int(getattr(info, "peak_wset", info.rss))


# -- swaps ----------------------------------------------------------------------------------------------------------------


def _swaps(folder: Path) -> list[Result]:
    files = [make(folder, f"V{number}", SWAP_ITEMS) for number in range(3)]
    marks = {ref_of(file).key: f"V{number}" for number, file in enumerate(files)}
    live, over = folder / "swapping", folder / "over"
    shelf = ManifestShelf(live, "en", SystemClock())
    shelf.install(ref_of(files[0]), FileSource(files[0]), _quiet)
    readers = [_start("read", str(live), str(over), json.dumps(marks)) for _ in range(READERS)]
    for reader in readers:
        assert reader.stdout is not None
        reader.stdout.readline()  # It has read once.
    for swap in range(1, SWAPS + 1):
        file = files[swap % len(files)]
        shelf.install(ref_of(file), FileSource(file), _quiet)
        shelf.collect()
        time.sleep(0.02)
    over.touch()
    told = [json.loads(reader.communicate(timeout=60)[0]) for reader in readers]
    return [
        Result("manifest: reads during 20 swaps", sum(one["reads"] for one in told), "reads"),
        Result("manifest: versions that the readers saw, in all", sum(one["versions"] for one in told), "versions"),
        at_most("manifest: failed reads during 20 swaps", sum(one["failed"] for one in told), "reads", 0),
        at_most("manifest: mixed-version reads during 20 swaps", sum(one["mixed"] for one in told), "reads", 0),
    ]


def _child_read(folder: Path, over: Path, marks: dict[str, str]) -> None:
    """Reads as requests do, each with a version pinned, until told to stop."""
    shelf = ManifestShelf(folder, "en", SystemClock())
    reads = failed = mixed = 0
    versions: list[str] = []
    while not (over.exists() and reads):
        try:
            pinned = shelf.current()
            if not versions or versions[-1] != pinned.key:
                versions.append(pinned.key)
            names = [item.name if (item := pinned.item(hash_of(number))) else "" for number in range(1, 101)]
            full = pinned.full("InventoryItem", hash_of(1))
            assert full is not None
            names.append(full["displayProperties"]["name"])
            mixed += any(not name.startswith(marks[pinned.key] + " ") for name in names)
        except Exception as error:
            failed += 1
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
        reads += 1
        if reads == 1:
            print("reading", flush=True)
    print(json.dumps({"reads": reads, "failed": failed, "mixed": mixed, "versions": len(versions)}))


# -- children -------------------------------------------------------------------------------------------------------------


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.manifest", *arguments]


def _child(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(_command(*arguments), check=True, text=True, stdout=subprocess.PIPE, cwd=_root())


def _start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(_command(*arguments), text=True, stdout=subprocess.PIPE, cwd=_root())


def _root() -> Path:
    return Path(__file__).resolve().parent.parent


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["install", file, folder]:
            _child_install(Path(file), Path(folder))
        case ["read", folder, over, marks]:
            _child_read(Path(folder), Path(over), json.loads(marks))
        case [*rest]:
            for result in run(Path(rest[0]) if rest else None):
                print(f"{result.name:60} {result.value:12.3f} {result.unit:9} {result.goal or '':12} {result.ok}")
