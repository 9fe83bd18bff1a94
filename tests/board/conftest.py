"""A whole house with a board: a converter in a folder of the test's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.board.converter import Converter
from tests.simulator.controls import Controls
from tests.wired import WiredHouse, build_wired

HouseMaker = Callable[..., WiredHouse]


@pytest.fixture
def converter(tmp_path: Path) -> Converter:
    return Converter(tmp_path / "iio")


@pytest.fixture
def make_house(tmp_path: Path, simulator_control: Controls, converter: Converter) -> Iterator[HouseMaker]:
    """A house whose board nobody reads but the test, by ``board.reader.step``; ``board.start`` has it read by itself."""
    houses: list[WiredHouse] = []

    def make(**given: Any) -> WiredHouse:
        chosen = {"board": "iio", "board_iio_root": str(converter.root)} | given
        houses.append(build_wired(tmp_path / "data", simulator_control, **chosen))
        return houses[-1]

    yield make
    for house in houses:
        house.services.close()


@pytest.fixture
def house(make_house: HouseMaker) -> WiredHouse:
    return make_house()
