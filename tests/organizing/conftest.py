"""A house over the demo's world, with definitions installed once for all tests of a module."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.clocks import START
from tests.simulator.controls import Controls
from tests.wired import WiredBrowser, WiredHouse, build_wired

from vaultraider.simulator import Simulator


@pytest.fixture(scope="module")
def prepared(simulator_server: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Definitions, installed once."""
    Controls(simulator_server).first_day()
    folder = tmp_path_factory.mktemp("organizing")
    house = build_wired(folder, Controls(simulator_server), start=START)
    house.services.manifest.update(lambda step, percent=None, sentence=None: None)
    house.services.close()
    return folder / "manifest"


@pytest.fixture
def house(prepared: Path, tmp_path: Path, simulator_control: Controls) -> Iterator[WiredHouse]:
    shutil.copytree(prepared, tmp_path / "manifest")
    house = build_wired(tmp_path, simulator_control, start=START)
    yield house
    house.services.close()


@pytest.fixture
def marrow(house: WiredHouse) -> WiredBrowser:
    return house.signed_in()
