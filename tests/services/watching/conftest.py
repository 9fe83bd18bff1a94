"""A house whose definitions are there, before the simulator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.clocks import START
from tests.services.watching.night import Night
from tests.simulator.controls import Controls
from tests.wired import build_wired


@pytest.fixture
def night(tmp_path: Path, simulator_control: Controls, definitions: Path) -> Iterator[Night]:
    house = build_wired(tmp_path, simulator_control, start=START, definitions=definitions)
    yield Night(house)
    house.services.close()
