"""Marrow's two days, lived once; each test looks back on them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.past.days import Lived, live
from tests.simulator.controls import Controls
from tests.wired import WiredBrowser, WiredHouse, build_wired

from vaultraider.api._pace import EXTENSION
from vaultraider.simulator import Simulator


@pytest.fixture(scope="session")
def lived(simulator_server: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Lived:
    Controls(simulator_server).first_day()
    return live(tmp_path_factory.mktemp("lived") / "data", Controls(simulator_server))


@pytest.fixture(scope="session")
def still(lived: Lived, simulator_server: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WiredHouse]:
    """An hour after the last look: for tests that change nothing."""
    folder = tmp_path_factory.mktemp("still") / "data"
    shutil.copytree(lived.folder, folder)
    house = build_wired(folder, Controls(simulator_server), start=lived.end)
    house.clock.pass_time(3600)
    yield house
    house.services.close()


@pytest.fixture
def house(lived: Lived, tmp_path: Path, simulator_control: Controls) -> Iterator[WiredHouse]:
    """The same on a copy, for tests that change something."""
    shutil.copytree(lived.folder, tmp_path / "data")
    house = build_wired(tmp_path / "data", simulator_control, start=lived.end)
    house.clock.pass_time(3600)
    yield house
    house.services.close()


@pytest.fixture
def marrow(request: pytest.FixtureRequest, lived: Lived) -> WiredBrowser:
    """In the ``house`` where a test asks for it, else in the ``still`` one."""
    return _browser(request, lived, "Marrow")


@pytest.fixture
def hoarder(request: pytest.FixtureRequest, lived: Lived) -> WiredBrowser:
    return _browser(request, lived, "Hoarder")


def _browser(request: pytest.FixtureRequest, lived: Lived, person: str) -> WiredBrowser:
    house: WiredHouse = request.getfixturevalue("house" if "house" in request.fixturenames else "still")
    house.app.extensions[EXTENSION].storage.reset()  # each test has the patience of a whole hour
    return house.browser(lived.cookies[person])


@pytest.fixture(autouse=True)
def nobody_asks_bungie(lived: Lived, simulator_server: Simulator) -> Iterator[None]:
    """Whoever looks back needs it for nothing: it is down."""
    controls = Controls(simulator_server)
    controls.fault("error", count=None, code=5)
    asked = controls.journal()[-1:]
    yield
    assert controls.journal()[-1:] in (asked, [])
    controls.clear_faults()
