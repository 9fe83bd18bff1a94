"""A real account with a real manifest, of which parts are missing: what is known is told, and agrees with the rest."""

from __future__ import annotations

from typing import get_args

import pytest
from tests.domain.accounts import READ
from tests.domain.conftest import real_manifest, real_manifest_file, real_profile
from tests.search.worlds import ids

from vaultraider.domain import hashes
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.profile import assemble_profile
from vaultraider.domain.snapshot import read_snapshot
from vaultraider.manifest.store import StoredDefinitions
from vaultraider.search.vocabulary import vocabulary
from vaultraider.search.world import World
from vaultraider.services.organizing import Facts
from vaultraider.services.organizing.comparing import groups_of
from vaultraider.services.organizing.facts import Category, facts_of

pytestmark = pytest.mark.real_data

__all__ = ["real_manifest", "real_manifest_file", "real_profile"]


@pytest.fixture(scope="module")
def real(real_profile: bytes, real_manifest: StoredDefinitions) -> World:
    return World(assemble_profile(read_snapshot(real_profile, READ), Catalogue(real_manifest)))


@pytest.fixture(scope="module")
def told(real: World) -> dict[str, dict[str, Facts]]:
    return {category: facts_of(real, category, {}) for category in get_args(Category)}


def test_every_item_once(real: World, told: dict[str, dict[str, Facts]]) -> None:
    assert sorted(id for facts in told.values() for id in facts) == sorted(item.id for item in real.items)
    assert len(real.items) == 991


def test_most_weapons_have_their_frame_and_columns(told: dict[str, dict[str, Facts]]) -> None:
    weapons = list(told["weapons"].values())
    framed = [each for each in weapons if each.frame]
    assert len(framed) > 0.85 * len(weapons)
    columns = [each.columns for each in weapons if each.columns]
    assert sum(bool(each.trait1) for each in columns) > 0.85 * len(weapons)
    assert sum(bool(each.barrel and each.magazine) for each in columns) > 0.6 * len(weapons)
    assert not [each for each in columns if "Masterwork" in (each.mod, each.trait1, each.trait2, each.barrel)]


def test_masterworks_only_ever_add(real: World, told: dict[str, dict[str, Facts]]) -> None:
    """To a stat that gets better by falling, as charge time does, they add by taking away."""
    items = {item.id: item for item in real.items}
    raised = [(items[id], each.mw_stats) for category in ("weapons", "armor") for id, each in told[category].items()]
    changes = [(item, stat, value) for item, stats in raised for stat, value in stats]
    assert len(changes) > 30
    for item, stat, value in changes:
        before = item.stats.get(stat, 0)
        assert value > before or stat in (hashes.CHARGE_TIME, hashes.DRAW_TIME), (item.blueprint.title, stat, before, value)


def test_what_is_masterworked_stays_as_it_is(real: World, told: dict[str, dict[str, Facts]]) -> None:
    for id in ids(real, "is:masterwork (is:weapon or is:armor)"):
        facts = told["weapons"].get(id) or told["armor"][id]
        assert facts.mw_stats == (), id


def test_what_is_beaten_is_what_the_language_calls_so(real: World, told: dict[str, dict[str, Facts]]) -> None:
    beaten = {id for id, each in told["armor"].items() if each.beaten}
    assert beaten == set(ids(real, "is:statlower"))
    for id in beaten:
        assert 0 < len(told["armor"][id].beaten_by) <= 5
        assert id not in told["armor"][id].beaten_by


def test_every_group_is_found_by_its_query(real: World) -> None:
    compared = 0
    for item in real.items[::9]:
        for group in groups_of(item, real, vocabulary()):
            assert sorted(ids(real, group.query)) == sorted(group.ids)
            compared += 1
    assert compared > 100
