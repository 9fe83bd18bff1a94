"""A whole house before the simulator, with its definitions and two people signed in; made once, copied for each row."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.simulator.controls import Controls
from tests.wired import WiredHouse, build_wired

from vaultraider.simulator import Simulator
from vaultraider.simulator.credentials import Issued

if TYPE_CHECKING:
    from tests.faults.witness import Before, Witness

pytest.register_assert_rewrite("tests.faults.witness")


@pytest.fixture(scope="session")
def before(simulator_server: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Before:
    """The moment before the trouble: made once, gone back to in each row."""
    from tests.faults.witness import before_the_trouble

    dawn = datetime.now(UTC)
    return before_the_trouble(tmp_path_factory.mktemp("before") / "data", Controls(simulator_server), dawn)


@pytest.fixture
def house(before: Before, tmp_path: Path, simulator_control: Controls) -> Iterator[WiredHouse]:
    shutil.copytree(before.folder, tmp_path / "data")
    simulator_control.box.clock.set(before.dawn.timestamp())
    simulator_control.box.reset()
    simulator_control.box.clock.set(before.moment.timestamp())
    simulator_control.box.credentials.issued = msgspec.json.decode(before.issued, type=Issued)
    house = build_wired(tmp_path / "data", simulator_control, start=before.moment)
    yield house
    house.services.close()


@pytest.fixture
def bare_house(tmp_path: Path, simulator_control: Controls) -> Iterator[WiredHouse]:
    """Without definitions: the first start."""
    house = build_wired(tmp_path / "data", simulator_control)
    yield house
    house.services.close()


@pytest.fixture
def witness(house: WiredHouse, before: Before, caplog: pytest.LogCaptureFixture) -> Witness:
    from tests.faults.witness import Witness  # After it was registered: its failures are to be explained, too.

    return Witness(house, before, caplog)
