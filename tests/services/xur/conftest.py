"""A whole house before the simulator on a Thursday before Xûr: definitions are there, Marrow has looked at the vault."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from tests.services.xur.weekends import THURSDAY, Weekends, moment
from tests.simulator.controls import Controls
from tests.wired import build_wired

from vaultraider.simulator import Simulator
from vaultraider.simulator.credentials import Issued


class Prepared(NamedTuple):
    folder: Path
    issued: bytes
    cookie: str


@pytest.fixture(scope="session")
def thursday(simulator_server: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Made once, copied for each test."""
    Controls(simulator_server).first_day()
    controls = Controls(simulator_server)
    house = build_wired(tmp_path_factory.mktemp("thursday") / "data", controls, start=moment(THURSDAY))
    assert house.update_definitions().state == "done"
    browser = house.signed_in("Marrow")
    assert browser.get("/api/v1/profile").status_code == 200
    house.services.close()
    issued = msgspec.json.encode(controls.box.credentials.issued)
    return Prepared(house.settings.data_dir, issued, str(browser.cookie))


@pytest.fixture
def weekends(thursday: Prepared, tmp_path: Path, simulator_control: Controls) -> Iterator[Weekends]:
    shutil.copytree(thursday.folder, tmp_path / "data")
    simulator_control.box.clock.set(moment(THURSDAY).timestamp())
    simulator_control.box.reset()
    simulator_control.box.credentials.issued = msgspec.json.decode(thursday.issued, type=Issued)
    house = build_wired(tmp_path / "data", simulator_control, start=moment(THURSDAY))
    yield Weekends(house, thursday.cookie)
    house.services.close()


@pytest.fixture
def bare(tmp_path: Path, simulator_control: Controls) -> Iterator[Weekends]:
    """A first start: no definitions, nobody has signed in."""
    house = build_wired(tmp_path / "data", simulator_control, start=moment(THURSDAY))
    yield Weekends(house, "")
    house.services.close()
