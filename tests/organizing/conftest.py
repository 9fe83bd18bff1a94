"""A house over the demo's world, with definitions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.clocks import START
from tests.simulator.controls import Controls
from tests.wired import WiredBrowser, WiredHouse, build_wired

from vaultraider.simulator import Simulator


@pytest.fixture
def house(definitions: Path, tmp_path: Path, simulator_control: Controls) -> Iterator[WiredHouse]:
    house = build_wired(tmp_path, simulator_control, start=START, definitions=definitions)
    yield house
    house.services.close()


@pytest.fixture(scope="module")
def still(definitions: Path, simulator_server: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WiredHouse]:
    """For tests that change nothing: Marrow has been there, and his profile is read."""
    controls = Controls(simulator_server)
    controls.first_day()
    house = build_wired(tmp_path_factory.mktemp("still"), controls, start=START, definitions=definitions)
    assert house.signed_in().get("/api/v1/profile").status_code == 200
    yield house
    house.services.close()


@pytest.fixture
def marrow(request: pytest.FixtureRequest) -> WiredBrowser:
    """In the ``house`` where a test asks for it, else in the ``still`` one."""
    house: WiredHouse = request.getfixturevalue("house" if "house" in request.fixturenames else "still")
    return house.signed_in()
