"""Marrow's two days, lived once; each test looks back on a copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.past.days import Lived, live
from tests.simulator.controls import Controls
from tests.wired import WiredBrowser, WiredHouse, build_wired

from vaultraider.simulator import Simulator


@pytest.fixture(scope="session")
def lived(simulator_server: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Lived:
    simulator_server.reset()
    return live(tmp_path_factory.mktemp("lived") / "data", Controls(simulator_server))


@pytest.fixture
def house(lived: Lived, tmp_path: Path, simulator_control: Controls) -> Iterator[WiredHouse]:
    """An hour after the last look, while Bungie is down. Nobody who looks back may ask it anything."""
    shutil.copytree(lived.folder, tmp_path / "data")
    house = build_wired(tmp_path / "data", simulator_control, start=lived.end)
    house.clock.pass_time(3600)
    simulator_control.fault("error", count=None, code=5)
    yield house
    house.services.close()
    assert not simulator_control.journal()


@pytest.fixture
def marrow(house: WiredHouse, lived: Lived) -> WiredBrowser:
    return house.browser(lived.cookies["Marrow"])


@pytest.fixture
def hoarder(house: WiredHouse, lived: Lived) -> WiredBrowser:
    return house.browser(lived.cookies["Hoarder"])
