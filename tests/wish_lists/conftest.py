"""A whole house before the demo world, whose definitions are installed and whose owner lets it ask this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.simulator.controls import Controls
from tests.wired import WiredBrowser, WiredHouse, build_wired
from tests.wish_lists.shelf import Shelf


@pytest.fixture
def house(tmp_path: Path, simulator_control: Controls, definitions: Path) -> Iterator[WiredHouse]:
    house = build_wired(tmp_path, simulator_control, definitions=definitions, allow_private_targets=["127.0.0.1"])
    yield house
    house.services.close()


@pytest.fixture
def marrow(house: WiredHouse) -> WiredBrowser:
    return house.signed_in("Marrow")


@pytest.fixture
def shelf(house: WiredHouse, marrow: WiredBrowser) -> Shelf:
    return Shelf(house, marrow)
