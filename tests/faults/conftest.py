"""A whole house before the simulator, its definitions installed; made once, copied for each row."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.simulator.controls import Controls
from tests.wired import WiredHouse, build_wired

from vaultraider.simulator import Simulator

if TYPE_CHECKING:
    from tests.faults.witness import Witness

pytest.register_assert_rewrite("tests.faults.witness")


@pytest.fixture(scope="session")
def furnished(simulator_server: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with database, key and definitions."""
    folder = tmp_path_factory.mktemp("furnished")
    house = build_wired(folder, Controls(simulator_server))
    assert house.update_definitions().state == "done"
    house.services.close()
    return folder


@pytest.fixture
def house(furnished: Path, tmp_path: Path, simulator_control: Controls) -> Iterator[WiredHouse]:
    shutil.copytree(furnished, tmp_path / "data")
    house = build_wired(tmp_path / "data", simulator_control)
    yield house
    house.services.close()


@pytest.fixture
def bare_house(tmp_path: Path, simulator_control: Controls) -> Iterator[WiredHouse]:
    """Without definitions: the first start."""
    house = build_wired(tmp_path / "data", simulator_control)
    yield house
    house.services.close()


@pytest.fixture
def witness(house: WiredHouse, caplog: pytest.LogCaptureFixture) -> Witness:
    from tests.faults.witness import Witness  # After it was registered: its failures are to be explained, too.

    return Witness(house, caplog)
