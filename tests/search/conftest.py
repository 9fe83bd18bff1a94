from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.search import worlds
from tests.simulator.controls import Controls

from vaultraider.domain.profile import Profile
from vaultraider.search.world import World
from vaultraider.simulator import Simulator


@pytest.fixture(scope="session")
def known_marrow(
    simulator_server: Simulator, definitions: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[worlds.Known]:
    """Read once; nobody changes it."""
    with worlds.known_marrow(tmp_path_factory.mktemp("search"), Controls(simulator_server), definitions) as known:
        yield known


@pytest.fixture(scope="session")
def marrows_profile(known_marrow: worlds.Known) -> Profile:
    return known_marrow.profile


@pytest.fixture
def world(marrows_profile: Profile) -> World:
    """Marrow's items without tags, notes and wish lists."""
    return World(marrows_profile)
