"""Real data, read in place."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import msgspec
import pytest
from tests.domain.accounts import READ

from vaultraider.manifest.build import build
from vaultraider.manifest.store import StoredDefinitions
from vaultraider.ports import InstalledManifest, ManifestRef


class _Envelope(msgspec.Struct):
    Response: msgspec.Raw


@pytest.fixture(scope="session")
def real_profile(shared_dir: Path) -> bytes:
    """The ``Response`` of a real GetProfile: 991 items."""
    packed = shared_dir / "data" / "real" / "d2-profile-2021-05-28.json.gz"
    return bytes(msgspec.json.decode(gzip.decompress(packed.read_bytes()), type=_Envelope).Response)


@pytest.fixture(scope="session")
def real_manifest_file(shared_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real manifest, unzipped."""
    (archive,) = (shared_dir / "data" / "real").glob("world_sql_content_*.content")
    with zipfile.ZipFile(archive) as packed:
        return Path(packed.extract(packed.namelist()[0], tmp_path_factory.mktemp("manifest")))


@pytest.fixture(scope="session")
def real_manifest(real_manifest_file: Path) -> StoredDefinitions:
    """A real manifest, as the product keeps it."""
    target = real_manifest_file.with_name("definitions.sqlite3")
    report = build(real_manifest_file, target, lambda step, percent=None, sentence=None: None)
    ref = ManifestRef(source="test", language="en", version="test", path=real_manifest_file.name, key="en-real")
    return StoredDefinitions(target, real_manifest_file, InstalledManifest(ref=ref, installed=READ, rows=report.rows))
