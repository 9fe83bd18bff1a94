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


@pytest.fixture(scope="module")
def still(prepared: Path, simulator_server: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WiredHouse]:
    """For tests that change nothing: Marrow has been there, and his profile is read."""
    folder = tmp_path_factory.mktemp("still")
    shutil.copytree(prepared, folder / "manifest")
    Controls(simulator_server).first_day()
    house = build_wired(folder, Controls(simulator_server), start=START)
    assert house.signed_in().get("/api/v1/profile").status_code == 200
    yield house
    house.services.close()


@pytest.fixture
def marrow(request: pytest.FixtureRequest) -> WiredBrowser:
    """In the ``house`` where a test asks for it, else in the ``still`` one."""
    house: WiredHouse = request.getfixturevalue("house" if "house" in request.fixturenames else "still")
    return house.signed_in()
