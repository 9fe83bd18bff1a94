"""A house on a known day: made once, copied for each test.

Marrow's account was read a moment ago, for the first time. The Hoarder's was not: of him is remembered what a test writes down.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.charts.chronicle import Chronicle
from tests.clocks import START
from tests.simulator.controls import Controls
from tests.wired import WiredHouse, build_wired

from vaultraider.simulator import Simulator


@dataclass
class Prepared:
    """``cookies`` by person."""

    folder: Path
    cookies: dict[str, str | None]


@pytest.fixture(scope="session")
def prepared(simulator_server: Simulator, definitions: Path, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    Controls(simulator_server).first_day()
    folder = tmp_path_factory.mktemp("prepared") / "data"
    house = build_wired(folder, Controls(simulator_server), start=START, definitions=definitions)
    cookies = {person: house.signed_in(person).cookie for person in ("Marrow", "Hoarder")}
    assert house.browser(cookies["Marrow"]).get("/api/v1/profile").status_code == 200
    house.services.close()
    return Prepared(folder, cookies)


@pytest.fixture
def house(prepared: Prepared, tmp_path: Path, simulator_control: Controls) -> Iterator[WiredHouse]:
    shutil.copytree(prepared.folder, tmp_path / "data")
    house = build_wired(tmp_path / "data", simulator_control, start=START)
    yield house
    house.services.close()


@pytest.fixture
def chronicle(house: WiredHouse, prepared: Prepared) -> Chronicle:
    return Chronicle(house, house.browser(prepared.cookies["Hoarder"]), "Hoarder")


@pytest.fixture
def marrow(house: WiredHouse, prepared: Prepared) -> Chronicle:
    return Chronicle(house, house.browser(prepared.cookies["Marrow"]), "Marrow")
