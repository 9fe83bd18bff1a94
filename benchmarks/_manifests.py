"""Manifest files of Bungie's form to measure on: a real one where there is one, else invented rows of the same build."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from vaultraider.domain.manifest_update import key_of
from vaultraider.ports import ContentStream, ManifestRef

BUCKETS = (1498876634, 2465295065, 953998645, 3448274439, 3551918588, 14239492, 20886954, 1585787867)
ITEMS = 15_000
_STATS = (155624089, 943549884, 1240592695, 1345609583, 4043523819, 4188031367, 4284893193, 3871231066)


class FileSource:
    """Fits ``ports.ManifestSource``: one content file on the disk."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @property
    def length(self) -> int | None:
        return self._file.stat().st_size

    def manifest_index(self) -> bytes:
        return json.dumps({"version": "bench", "mobileWorldContentPaths": {"en": path_of(self._file)}}).encode()

    @contextmanager
    def content(self, path: str, *, cache_buster: str | None = None) -> Iterator[ContentStream]:
        yield self

    def chunks(self) -> Iterator[bytes]:
        with self._file.open("rb") as file:
            while piece := file.read(1 << 16):
                yield piece


def path_of(file: Path) -> str:
    return f"/common/destiny2_content/sqlite/en/{file.name}"


def ref_of(file: Path) -> ManifestRef:
    path = path_of(file)
    return ManifestRef(source="bench", language="en", version="bench", path=path, key=key_of("en", path))


def real_or_made(shared: Path | None, folder: Path) -> Path:
    """A content file: the real one of ``shared``, else one made in ``folder``."""
    found = sorted((shared / "data" / "real").glob("world_sql_content_*.content")) if shared else []
    return found[0] if found else make(folder, "Thing", ITEMS)


def make(folder: Path, mark: str, items: int) -> Path:
    """A content file in ``folder`` whose every item's name begins with ``mark``."""
    rows = random.Random(7)
    draft = folder / "draft.sqlite3"
    draft.unlink(missing_ok=True)
    with closing(sqlite3.connect(draft)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        for name, table in _tables(mark, items, rows):
            database.execute(f"CREATE TABLE Destiny{name}Definition (id INTEGER PRIMARY KEY, json TEXT)")
            database.executemany(f"INSERT INTO Destiny{name}Definition VALUES (?, ?)", table)
        database.commit()
    plain = draft.read_bytes()
    name = f"world_sql_content_{hashlib.md5(plain, usedforsecurity=False).hexdigest()}.content"
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, plain)
    draft.unlink()
    return folder / name


def edited(file: Path, folder: Path) -> Path:
    """The next version of ``file``: each tenth item numbered anew, each hundredth with other words, each thousandth gone.

    Row by row and piece by piece: whoever measures memory makes it in the same process.
    """
    draft = folder / "edited.sqlite3"
    with zipfile.ZipFile(file) as archive, archive.open(archive.infolist()[0]) as packed, draft.open("wb") as out:
        shutil.copyfileobj(packed, out, 1 << 20)
    table = "DestinyInventoryItemDefinition"
    with closing(sqlite3.connect(draft)) as database:
        ids = [id for (id,) in database.execute(f"SELECT id FROM {table} ORDER BY id")]
        for place, id in enumerate(ids[::10]):
            (text,) = database.execute(f"SELECT json FROM {table} WHERE id = ?", (id,)).fetchone()
            row = json.loads(text) | {"index": place}
            if place % 10 == 0:
                row["displayProperties"] = row.get("displayProperties", {}) | {"description": "It hums otherwise."}
            database.execute(f"UPDATE {table} SET json = ? WHERE id = ?", (json.dumps(row), id))
        database.executemany(f"DELETE FROM {table} WHERE id = ?", [(id,) for id in ids[::1000]])
        database.commit()
    digest = hashlib.md5(usedforsecurity=False)
    with draft.open("rb") as plain:
        while piece := plain.read(1 << 20):
            digest.update(piece)
    name = f"world_sql_content_{digest.hexdigest()}.content"
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(draft, name)
    draft.unlink()
    return folder / name


def hash_of(number: int) -> int:
    return number * 285_000 % 2**32


def _id_of(hash: int) -> int:
    return hash - 2**32 if hash >= 2**31 else hash


def _tables(mark: str, items: int, rows: random.Random) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    yield "InventoryItem", [(_id_of(hash_of(number)), json.dumps(_item(mark, number, rows))) for number in range(1, items + 1)]
    buckets = [(hash, {"displayProperties": {"name": f"Slot {hash}"}, "hasTransferDestination": True}) for hash in BUCKETS]
    yield "InventoryBucket", _rows([*buckets, (138197802, {"displayProperties": {"name": "General"}, "itemCount": 1000})])
    accepted = [{"acceptedInventoryBucketHash": hash, "destinationInventoryBucketHash": 138197802} for hash in BUCKETS]
    yield "Vendor", _rows([(1037843411, {"acceptedItems": accepted})])
    plugs = [{"plugItemHash": hash_of(number), "currentlyCanRoll": True} for number in range(1, 15)]
    yield "PlugSet", _rows([(number, {"reusablePlugItems": plugs}) for number in range(1, items // 10 + 2)])
    for name in ("Stat", "StatGroup", "SocketType", "SocketCategory", "Objective", "Class", "Race", "Gender"):
        yield name, _rows([(number, {"displayProperties": {"name": f"{name} {number}"}}) for number in range(1, 40)])
    for name in ("DamageType", "ItemTierType"):
        yield name, _rows([(number, {"displayProperties": {"name": f"{name} {number}"}}) for number in range(1, 7)])


def _rows(rows: list[tuple[int, dict[str, Any]]]) -> list[tuple[int, str]]:
    return [(_id_of(hash), json.dumps({"hash": hash, **row})) for hash, row in rows]


def _item(mark: str, number: int, rows: random.Random) -> dict[str, Any]:
    """One in six is a weapon with all its sockets; the others are as plugs: words, and blocks that nobody reads."""
    return _weapon(mark, number, rows) if number % 6 == 0 else _plug(mark, number, rows)


def _plug(mark: str, number: int, rows: random.Random) -> dict[str, Any]:
    rules = [{"failureMessage": "It does not fit here yet.", "rule": rows.randrange(2**32)} for _ in range(12)]
    return {
        "hash": hash_of(number),
        "displayProperties": {
            "name": f"{mark} {number}",
            "description": "It hums when nobody listens. " * 8,
            "icon": f"/common/destiny2_content/icons/{rows.randbytes(16).hex()}.jpg",
            "hasIcon": True,
        },
        "tooltipNotifications": rules,
        "itemTypeDisplayName": "Trait",
        "inventory": {"maxStackSize": 1, "bucketTypeHash": rows.choice(BUCKETS), "tierType": 2, "tierTypeName": "Common"},
        "plug": {
            "plugCategoryHash": 1,
            "plugCategoryIdentifier": "frames",
            "insertionRules": rules,
            "enabledRules": rules,
            "uiPlugLabel": "",
        },
        "investmentStats": [{"statTypeHash": stat, "value": 5, "isConditionallyActive": False} for stat in _STATS[:2]],
        "perks": [{"requirementDisplayString": "", "perkHash": rows.randrange(2**32), "perkVisibility": 0}],
        "itemCategoryHashes": [1, 2],
        "itemType": 19,
        "classType": 3,
    }


def _weapon(mark: str, number: int, rows: random.Random) -> dict[str, Any]:
    sockets = [
        {
            "socketTypeHash": rows.randrange(1, 40),
            "singleInitialItemHash": hash_of(rows.randrange(1, 500)),
            "reusablePlugItems": [{"plugItemHash": hash_of(rows.randrange(1, 500))} for _ in range(3)],
            "preventInitializationOnVendorPurchase": False,
            "hidePerksInItemTooltip": False,
            "plugSources": 7,
            "reusablePlugSetHash": rows.randrange(1, 100),
            "overridesUiAppearance": False,
            "defaultVisible": True,
        }
        for _ in range(8)
    ]
    return {
        "hash": hash_of(number),
        "displayProperties": {
            "name": f"{mark} {number}",
            "description": "It hums when nobody listens. " * 3,
            "icon": f"/common/destiny2_content/icons/{rows.randbytes(16).hex()}.jpg",
            "hasIcon": True,
        },
        "itemTypeDisplayName": "Hand Cannon",
        "inventory": {"maxStackSize": 1, "bucketTypeHash": rows.choice(BUCKETS), "tierType": 5, "tierTypeName": "Legendary"},
        "stats": {"statGroupHash": 1, "stats": {str(stat): {"statHash": stat, "value": rows.randrange(100)} for stat in _STATS}},
        "sockets": {
            "detail": "Details",
            "socketEntries": sockets,
            "intrinsicSockets": [],
            "socketCategories": [{"socketCategoryHash": 1, "socketIndexes": [0, 1, 2, 3, 4, 5, 6, 7]}],
        },
        "investmentStats": [{"statTypeHash": stat, "value": 50, "isConditionallyActive": False} for stat in _STATS],
        "translationBlock": {"arrangements": [{"classHash": 0, "artArrangementHash": rows.randrange(2**32)}] * 3},
        "itemCategoryHashes": [1, 2, 3],
        "itemType": 3,
        "classType": 3,
        "equippable": True,
    }
