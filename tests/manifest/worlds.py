"""Small manifests of Bungie's form, with invented rows, and a Bungie that hands them out with every fault there is."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import msgspec

from vaultraider.domain.errors import NotFound
from vaultraider.domain.manifest_update import key_of
from vaultraider.ports import ContentStream, ManifestRef

Tables = dict[str, dict[int, Any]]

HIGH_HASH = 4_000_000_001
"""Above 2**31: a negative id in the file."""
HAND_CANNON = 1_200_300_400
CLASSIFIED = 77


def item(name: str, **more: Any) -> dict[str, Any]:
    return {"displayProperties": {"name": name}, "inventory": {"bucketTypeHash": 1498876634, "tierType": 5}, **more}


def world(mark: str = "first", items: int = 20) -> Tables:
    """Every table the product wants; each item's name ends with ``mark``, so that versions can be told apart."""
    tables: Tables = {
        "InventoryItem": {1000 + number: item(f"Thing {number} {mark}") for number in range(items)}
        | {HIGH_HASH: item(f"High {mark}"), HAND_CANNON: item(f"Emberwake {mark}")}
        | {CLASSIFIED: {"displayProperties": {"name": "Classified"}, "redacted": True}},
        "InventoryBucket": {
            138197802: {"displayProperties": {"name": "General"}, "itemCount": 1000, "scope": 1, "location": 2},
            1498876634: {"displayProperties": {"name": "Kinetic"}, "itemCount": 10, "hasTransferDestination": True},
            4023194814: {"displayProperties": {"name": "Ghost"}, "itemCount": 10, "hasTransferDestination": True},
            215593132: {"displayProperties": {"name": "Lost"}, "itemCount": 21},
        },
        "Vendor": {
            1037843411: {
                "acceptedItems": [{"acceptedInventoryBucketHash": 1498876634, "destinationInventoryBucketHash": 138197802}]
            }
        },
        "ItemTierType": {4008398120: named("Legendary"), 2759499571: named("Exotic")},
        "DamageType": {1847026933: named("Solar", enumValue=3)},
        "Class": {3655393761: named("Titan", classType=0, genderedClassNames={"Male": "Titan", "Female": "Titane"})},
        "Race": {2803282938: named("Awoken", raceType=1)},
        "Gender": {3111576190: named("One", genderType=0)},
        "Stat": {155624089: named("Stability", index=3)},
        "StatGroup": {55: {"maximumValue": 100, "scaledStats": []}},
        "PlugSet": {66: {"reusablePlugItems": [{"plugItemHash": 1000, "currentlyCanRoll": False}]}},
        "SocketType": {88: {"socketCategoryHash": 9, "plugWhitelist": [{"categoryHash": 5, "categoryIdentifier": "frames"}]}},
        "SocketCategory": {9: named("Perks", categoryStyle=2)},
        "Objective": {99: named("Kills", completionValue=50)},
        "Record": {
            11: {"displayProperties": {"name": "Plain"}, "titleInfo": {"hasTitle": False}},
            12: {"titleInfo": {"hasTitle": True, "titlesByGender": {"Male": "Lampwright", "Female": "Lampwrightess"}}},
        },
    }
    return tables


def named(name: str, **more: Any) -> dict[str, Any]:
    return {"displayProperties": {"name": name}, **more}


def sqlite_bytes(tables: Tables) -> bytes:
    """As Bungie writes it: signed ids, JSON as text. A row that is a str is written as it is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "world.sqlite3"
        with closing(sqlite3.connect(path)) as database:
            for name, rows in tables.items():
                database.execute(f"CREATE TABLE Destiny{name}Definition (id INTEGER PRIMARY KEY, json TEXT)")
                database.executemany(
                    f"INSERT INTO Destiny{name}Definition VALUES (?, ?)",
                    [
                        (id_of(hash), row if isinstance(row, str | bytes | None) else json.dumps({"hash": hash, **row}))
                        for hash, row in rows.items()
                    ],
                )
            database.commit()
        return path.read_bytes()


def id_of(hash: int) -> int:
    return hash - 2**32 if hash >= 2**31 else hash


class Content(msgspec.Struct):
    """One content file: where it lies and what it holds."""

    path: str
    body: bytes


def content(tables: Tables, language: str = "en") -> Content:
    plain = sqlite_bytes(tables)
    name = f"world_sql_content_{hashlib.md5(plain).hexdigest()}.content"
    return Content(f"/common/destiny2_content/sqlite/{language}/{name}", zipped({name: plain}))


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return buffer.getvalue()


def ref(file: Content, language: str = "en", source: str = "https://bungie.example", version: str = "1.2.3") -> ManifestRef:
    return ManifestRef(source=source, language=language, version=version, path=file.path, key=key_of(language, file.path))


class Body:
    """Fits ``ports.ContentStream``. ``length``: what is claimed; by default the truth."""

    def __init__(self, body: bytes, length: int | None = None, step: Callable[[], None] = lambda: None) -> None:
        self._body = body
        self.length: int | None = len(body) if length is None else length
        self._step = step

    def chunks(self) -> Iterator[bytes]:
        for start in range(0, len(self._body), 1000):
            self._step()
            yield self._body[start : start + 1000]


class FakeBungie:
    """Fits ``ports.ManifestSource``: an index that is set, files that are put, and faults by path.

    A fault is called with the cache buster and gives a stream or raises; it is used until it is taken away.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.faults: dict[str, Callable[[str | None], ContentStream]] = {}
        self.index: Callable[[], bytes] | None = None
        self.version = "1.2.3"
        self.paths: dict[str, str] = {}
        self.asked: list[tuple[str, str | None]] = []

    def offer(self, file: Content, *, language: str = "en", version: str | None = None) -> Content:
        self.files[file.path] = file.body
        self.paths[language] = file.path
        self.version = version or self.version
        return file

    def manifest_index(self) -> bytes:
        if self.index is not None:
            return self.index()
        return json.dumps({"version": self.version, "mobileWorldContentPaths": self.paths}).encode()

    @contextmanager
    def content(self, path: str, *, cache_buster: str | None = None) -> Iterator[ContentStream]:
        self.asked.append((path, cache_buster))
        if path in self.faults:
            yield self.faults[path](cache_buster)
            return
        if path not in self.files:
            raise NotFound
        yield Body(self.files[path])


def quiet(step: str, percent: float | None = None, sentence: str | None = None) -> None:
    """A progress that nobody looks at."""
