"""An account whose first answers have holes: what they lack is never a find later."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.table import HOLES, Hole
from tests.history.remembering import LOOK, RememberingHouse
from tests.simulator.controls import Controls
from tests.transfers.house import Prepared, build_house

from vaultraider.ports.history import EventQuery

NOT_AWAITED = ("itemComponents.instances", "itemComponents.sockets", "profileCurrencies")
"""Without these it begins: what was unknown and becomes known is no news."""


@pytest.fixture
def newcomer(prepared: Prepared, tmp_path: Path, simulator_control: Controls) -> Iterator[RememberingHouse]:
    """Nothing was read yet."""
    house = RememberingHouse(build_house(prepared, tmp_path / "data", simulator_control))
    house.moving.wired.services.accounts.data.erase(house.user)
    house.moving.wired.signed_in("Marrow")
    yield house
    house.moving.wired.services.close()


@pytest.mark.parametrize("hole", [hole for hole in HOLES if hole.reason in ("absent", "empty")], ids=str)
def test_what_came_later_was_there_before(hole: Hole, newcomer: RememberingHouse) -> None:
    house = newcomer
    house.moving.controls.fault(hole.action, count=None, match={"path": "/Profile/"}, component=hole.component)
    house.looks(1)
    begun = house.store.account(house.user.id, house.membership) is not None
    assert begun == (hole.component in NOT_AWAITED)
    house.looks(LOOK)
    house.moving.controls.clear_faults()
    house.looks(LOOK)
    assert house.store.events(house.account.id, EventQuery()) == []
    house.knows_the_truth()
