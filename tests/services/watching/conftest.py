"""A house whose definitions are there, before the simulator: made once, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.clocks import START
from tests.services.watching.night import Night
from tests.simulator.controls import Controls
from tests.wired import build_wired

from vaultraider.simulator import Simulator


@pytest.fixture(scope="session")
def definitions(simulator_server: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    Controls(simulator_server).first_day()
    folder = tmp_path_factory.mktemp("definitions")
    house = build_wired(folder, Controls(simulator_server))
    house.services.manifest.update(lambda step, percent=None, sentence=None: None)
    house.services.close()
    return folder / "manifest"


@pytest.fixture
def night(tmp_path: Path, simulator_control: Controls, definitions: Path) -> Iterator[Night]:
    shutil.copytree(definitions, tmp_path / "manifest")
    house = build_wired(tmp_path, simulator_control, start=START)
    yield Night(house)
    house.services.close()
