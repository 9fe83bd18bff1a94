"""A whole house before the demo world, whose definitions are installed and whose owner lets it ask this machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.simulator.controls import Controls
from tests.wired import WiredBrowser, WiredHouse, build_wired
from tests.wish_lists.shelf import Shelf

from vaultraider.simulator import Simulator


@pytest.fixture(scope="session")
def definitions(simulator_server: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, copied for each test."""
    Controls(simulator_server).first_day()
    folder = tmp_path_factory.mktemp("definitions")
    house = build_wired(folder, Controls(simulator_server))
    house.services.manifest.update(lambda step, percent=None, sentence=None: None)
    house.services.close()
    return folder / "manifest"


@pytest.fixture
def house(tmp_path: Path, simulator_control: Controls, definitions: Path) -> Iterator[WiredHouse]:
    shutil.copytree(definitions, tmp_path / "manifest")
    house = build_wired(tmp_path, simulator_control, allow_private_targets=["127.0.0.1"])
    yield house
    house.services.close()


@pytest.fixture
def marrow(house: WiredHouse) -> WiredBrowser:
    return house.signed_in("Marrow")


@pytest.fixture
def shelf(house: WiredHouse, marrow: WiredBrowser) -> Shelf:
    return Shelf(house, marrow)
