"""Marrow's account with its memory, before the simulator; made once and copied for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.simulator.controls import Controls

from vaultraider.simulator import Simulator

if TYPE_CHECKING:
    from tests.history.remembering import RememberingHouse
    from tests.transfers.house import Prepared

pytest.register_assert_rewrite("tests.history.remembering", "tests.transfers.house")


@pytest.fixture(scope="session")
def prepared(simulator_server: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    from tests.transfers.house import prepare

    Controls(simulator_server).first_day()
    return prepare(tmp_path_factory.mktemp("remembering") / "data", Controls(simulator_server))


@pytest.fixture
def house(prepared: Prepared, tmp_path: Path, simulator_control: Controls) -> Iterator[RememberingHouse]:
    from tests.history.remembering import RememberingHouse
    from tests.transfers.house import build_house

    house = RememberingHouse(build_house(prepared, tmp_path / "data", simulator_control))
    yield house
    house.moving.wired.services.close()
