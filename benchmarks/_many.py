"""A large account to measure on: one that there is, with more copies of its gear."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks._demo import quiet, unzip

from vaultraider.domain.definitions import Definitions
from vaultraider.manifest.build import build
from vaultraider.manifest.store import StoredDefinitions
from vaultraider.ports import InstalledManifest, ManifestRef

OpenDefinitions = Callable[[], Definitions]
NOW = datetime.now(UTC)


def multiplied(body: dict[str, Any], wanted: int) -> bytes:
    """The same account with more copies of its gear in the vault, each with an id and components of its own."""
    vault = body["profileInventory"]["data"]["items"]
    lists = [vault]
    for part in ("characterInventories", "characterEquipment"):
        lists += [held["items"] for held in body[part]["data"].values()]
    parts = [part["data"] for part in body["itemComponents"].values() if part.get("data")]
    gear = [item for held in lists for item in held if item.get("itemInstanceId") in body["itemComponents"]["sockets"]["data"]]
    missing = wanted - sum(map(len, lists))
    for number in range(missing):
        source = gear[number % len(gear)]
        id = str(6917529999900000000 + number)
        vault.append({**source, "itemInstanceId": id, "bucketHash": 138197802, "location": 2, "transferStatus": 0})
        for part in parts:
            if source["itemInstanceId"] in part:
                part[id] = part[source["itemInstanceId"]]
    return json.dumps(body).encode()


def real_definitions(shared: Path, folder: Path) -> OpenDefinitions:
    """Those of the real data, opened anew each time."""
    (archive,) = (shared / "data" / "real").glob("world_sql_content_*.content")
    original = unzip(archive, folder)
    target = folder / "definitions.sqlite3"
    report = build(original, target, quiet)
    ref = ManifestRef(source="bench", language="en", version="bench", path=original.name, key="en-bench")
    about = InstalledManifest(ref=ref, installed=NOW, rows=report.rows)
    return lambda: StoredDefinitions(target, original, about)
