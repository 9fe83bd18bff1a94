"""A real account with a real manifest: what is known of it is found."""

from __future__ import annotations

import pytest
from tests.domain.accounts import READ
from tests.domain.conftest import real_manifest, real_manifest_file, real_profile
from tests.search.worlds import ids, names

from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.profile import assemble_profile
from vaultraider.domain.snapshot import read_snapshot
from vaultraider.manifest.store import StoredDefinitions
from vaultraider.search.world import World

pytestmark = pytest.mark.real_data

__all__ = ["real_manifest", "real_manifest_file", "real_profile"]


@pytest.fixture(scope="module")
def vault(real_profile: bytes, real_manifest: StoredDefinitions) -> World:
    return World(assemble_profile(read_snapshot(real_profile, READ), Catalogue(real_manifest)))


COUNTED = [
    ("", 991),
    ("is:equipped", 50),
    ("is:postmaster", 19),
    ("is:invault", 467),
    ("is:weapon", 225),
    ("is:armor", 380),
    ("is:inleftchar or is:inmiddlechar or is:inrightchar", 433),
    ("is:maxpowerloadout", 18),
]
NAMED = [
    ("is:tracerifle", ["Divinity", "Ruinous Effigy"]),
    ("is:lfr is:kineticslot", ["Arbalest"]),
    ("is:dark is:weapon", ["Cryosthesia 77K", "Salvation's Grip"]),
    ("is:heavygrenadelauncher is:exotic", ["Anarchy"]),
    ("masterwork:accuracy", ["Biting Winds", "Imperial Needle"]),
    ("is:masterwork is:armor", ["Legacy's Oath Cloak", "Phobos Warden Mask", "The Dragon's Shadow"]),
    ("is:ornamented is:weapon", [
        "Fighting Lion", "Izanagi's Burden", "Riskrunner", "Tarrabah", "The Jade Rabbit", "Trinity Ghoul", "Wish-Ender",
    ]),
    ('perk:"rapid hit"', ["Ancient Gospel", "Bite of the Fox", "Biting Winds", "Brass Attacks", "Night Watch"]),
    ("name:hand", ["Liar's Handshake", "The Steady Hand"]),
]  # fmt: skip


@pytest.mark.parametrize(("query", "count"), COUNTED)
def test_how_many(vault: World, query: str, count: int) -> None:
    assert len(ids(vault, query)) == count


@pytest.mark.parametrize(("query", "wanted"), NAMED)
def test_which(vault: World, query: str, wanted: list[str]) -> None:
    assert names(vault, query) == wanted


def test_each_item_is_of_one_place(vault: World) -> None:
    places = ["is:invault", "is:postmaster", "is:equipped"]
    found = [set(ids(vault, query)) for query in places]
    assert sum(map(len, found)) == len(set().union(*found))
