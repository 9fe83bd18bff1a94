"""A real manifest: every row of it loads."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.clocks import HandClock
from tests.manifest.worlds import quiet

from vaultraider.domain.manifest_update import key_of
from vaultraider.manifest.shelf import ManifestShelf
from vaultraider.manifest.store import StoredDefinitions
from vaultraider.manifest.tables import unsigned
from vaultraider.ports import ContentStream, InstalledManifest, ManifestRef

pytestmark = pytest.mark.real_data


class FromDisk:
    """A ``ports.ManifestSource`` that has one file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.length: int | None = file.stat().st_size

    def manifest_index(self) -> bytes:
        raise NotImplementedError

    @contextmanager
    def content(self, path: str, *, cache_buster: str | None = None) -> Iterator[ContentStream]:
        yield self

    def chunks(self) -> Iterator[bytes]:
        with self._file.open("rb") as file:
            while piece := file.read(1 << 16):
                yield piece


@pytest.fixture(scope="module")
def installed(shared_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[InstalledManifest, StoredDefinitions, Path]:
    (file,) = (shared_dir / "data" / "real").glob("world_sql_content_*.content")
    path = f"/common/destiny2_content/sqlite/en/{file.name}"
    ref = ManifestRef(source="real", language="en", version="real", path=path, key=key_of("en", path))
    folder = tmp_path_factory.mktemp("real")
    shelf = ManifestShelf(folder, "en", HandClock())
    about = shelf.install(ref, FromDisk(file), quiet)
    return about, shelf.current(), folder / ref.key


def test_every_row_is_there(installed: tuple[InstalledManifest, StoredDefinitions, Path]) -> None:
    about, definitions, folder = installed
    assert about.rows["InventoryItem"] == 37_539
    assert (about.left_out, about.mended) == ({}, {})
    with closing(sqlite3.connect(folder / "original.sqlite3")) as original:
        hashes = [unsigned(id) for (id,) in original.execute("SELECT id FROM DestinyInventoryItemDefinition")]
    found = [definitions.item(hash) for hash in hashes]
    assert [item.hash for item in found if item] == hashes
    assert sum(1 for item in found if item and item.bucket) == 20_378
    assert sum(1 for item in found if item and item.sockets) == 2_839
    assert sum(1 for item in found if item and item.redacted) == 10
    assert sum(1 for item in found if item and item.unique_label == "exotic_weapon") == 82
    # Rows that lack a type alone get it from type and tier together.
    assert sum(1 for item in found if item and item.type_name) == 20_462
    assert {item.tier_type for item in found if item} == {0, 1, 2, 3, 4, 5, 6}
    assert {item.class_type for item in found if item} == {0, 1, 2, 3}


def test_every_small_table_is_there(installed: tuple[InstalledManifest, StoredDefinitions, Path]) -> None:
    about, definitions, folder = installed
    look_ups = {
        "InventoryBucket": definitions.bucket,
        "Stat": definitions.stat,
        "StatGroup": definitions.stat_group,
        "PlugSet": definitions.plug_set,
        "SocketType": definitions.socket_type,
        "Objective": definitions.objective,
    }
    named = ("Class", "Race", "Gender", "DamageType", "ItemTierType", "SocketCategory", "EnergyType", "PowerCap")
    with closing(sqlite3.connect(folder / "original.sqlite3")) as original:
        for table in [*look_ups, *named]:
            hashes = [unsigned(id) for (id,) in original.execute(f"SELECT id FROM Destiny{table}Definition")]
            assert len(hashes) == about.rows[table]
            assert [
                hash
                for hash in hashes
                if (look_ups[table](hash) if table in look_ups else definitions.named(table, hash)) is None
            ] == []


def test_rows_say_what_bungie_wrote(installed: tuple[InstalledManifest, StoredDefinitions, Path]) -> None:
    """Known rows by their hashes; the words are compared with the original, which lies beside."""
    _, definitions, _ = installed
    rocket, wrote = definitions.item(2149166938), definitions.full("InventoryItem", 2149166938)
    assert rocket is not None and wrote is not None
    display: Any = wrote["displayProperties"]
    assert (rocket.name, rocket.description, rocket.icon) == (display["name"], display["description"], display["icon"])
    assert rocket.type_name == wrote["itemTypeDisplayName"]
    assert f"{rocket.tier_name} {rocket.type_name}" == wrote["itemTypeAndTierDisplayName"]
    assert (rocket.bucket, rocket.damage_type, rocket.ammo_type, rocket.stat_group) == (953998645, 3, 3, 660767731)
    assert (rocket.tier_type, rocket.secondary_special) == (5, "")
    assert len(rocket.sockets) == 8 and rocket.sockets[0].reusable_plugs == (1294026524,)
    assert rocket.sockets[4].visible is False
    assert {stat.stat: stat.value for stat in rocket.investment_stats}[4284893193] == 50
    assert rocket.intrinsic_plugs == (3690882495,)
    assert rocket.socket_categories[0].indexes == (0, 1, 2, 3)

    cloak = definitions.item(2147583688)  # a row that has only name, icon, bucket, type and class
    assert cloak is not None and cloak.name and cloak.icon
    assert (cloak.bucket, cloak.class_type, cloak.stat_group) == (1585787867, 1, 3128068143)

    quest, classified = definitions.item(2148117737), definitions.item(2359429886)
    assert quest is not None and quest.set_items == (1331669928, 1041160127, 1331669929)
    assert classified is not None and classified.redacted and classified.non_transferrable

    vault = definitions.bucket(138197802)
    assert vault is not None and (vault.capacity, vault.location, vault.scope) == (1300, 2, 1)
    # The vault vendor's row here has no list of what it accepts: the buckets say it themselves.
    assert {1498876634, 2465295065, 953998645, 1469714392, 4023194814} <= definitions.vault_buckets
    assert not {215593132, 138197802, 4274335291} & definitions.vault_buckets

    titan, race = definitions.named("Class", 3655393761), definitions.named("Race", 2803282938)
    assert titan is not None and titan.value == 0 and len(titan.names) == 2
    wrote_race: Any = definitions.full("Race", 2803282938)
    assert race is not None and race.names == tuple(wrote_race["genderedRaceNames"].values())
    arc, group = definitions.named("DamageType", 2303181850), definitions.stat_group(2172613790)
    assert arc is not None and arc.value == 2
    assert group is not None and group.scaled[0].points == ((-100, -100), (0, 0), (100, 100))


def test_the_store_is_compact(installed: tuple[InstalledManifest, StoredDefinitions, Path]) -> None:
    about, _, folder = installed
    assert about.store_bytes < about.original_bytes / 5
    assert {path.name.partition("-")[0] for path in folder.iterdir()} == {"about.json", "original.sqlite3", "definitions"}
