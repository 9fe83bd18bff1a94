"""Vendors over HTTP: what comes for whom, who is away, and what is asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.bungie.conftest import InTheBox

from vaultraider.bungie.vendors import PUBLIC_COMPONENTS, VENDOR_COMPONENTS, VENDORS_COMPONENTS
from vaultraider.domain import errors
from vaultraider.simulator.clock import parse_iso

XUR, OFFERS = 2190858386, 3751514131
SATURDAY, THURSDAY = "2026-11-28T12:00:00Z", "2026-11-26T12:00:00Z"


class Visitor:
    """Marrow's first guardian, before the vendors at a time."""

    def __init__(self, box: InTheBox, moment: str) -> None:
        box.simulator.box.clock.set(parse_iso(moment))
        self.vendors = box.bungie.vendors
        self.token, self.who = box.sign_in().access_token, box.membership()
        self.characters = [one.id for one in box.simulator.box.world.accounts[0].characters]

    def all(self, token: str | None = None) -> dict[str, Any]:
        found = self.vendors.all_vendors(token or self.token, self.who, self.characters[0])
        return dict(json.loads(found))

    def one(self, vendor: int, character: str = "") -> dict[str, Any] | None:
        found = self.vendors.vendor(self.token, self.who, character or self.characters[0], vendor)
        return json.loads(found) if found is not None else None


def test_everybody_who_is_there(box: InTheBox) -> None:
    found = Visitor(box, SATURDAY).all()
    assert {str(XUR), str(OFFERS)} < found["vendors"]["data"].keys()
    assert found["itemComponents"] == {}
    assert found["currencyLookups"]["data"]["itemQuantities"]


def test_one_vendor_with_the_details_of_the_wares(box: InTheBox) -> None:
    found = Visitor(box, SATURDAY).one(XUR)
    assert found is not None
    assert set(found["itemComponents"]) == {"instances", "stats", "sockets", "reusablePlugs"}
    assert set(found["itemComponents"]["sockets"]["data"]) < set(found["sales"]["data"])


def test_somebody_who_is_away_is_no_error(box: InTheBox) -> None:
    visitor = Visitor(box, THURSDAY)
    assert visitor.one(XUR) is None
    assert str(XUR) not in visitor.all()["vendors"]["data"]
    assert box.bungie.health.state().state == "up"


def test_other_refusals_stay_what_they_are(box: InTheBox) -> None:
    visitor = Visitor(box, SATURDAY)
    with pytest.raises(errors.StaleRequest) as caught:
        visitor.one(XUR, "5")
    assert caught.value.error_code == 1620
    with pytest.raises(errors.BungieRefusal) as refused:
        visitor.all(box.sign_in("17429804").access_token)
    assert refused.value.error_code == 12
    box.fault("system_disabled", count=1)
    with pytest.raises(errors.BungieMaintenance):
        visitor.one(XUR)


@pytest.mark.parametrize("hostile", ["..", "1/../2", "1?components=1", ""])
def test_a_hostile_character_goes_nowhere(box: InTheBox, hostile: str) -> None:
    visitor = Visitor(box, SATURDAY)
    asked = box.asked("Vendors")
    with pytest.raises(errors.InvalidInput):
        box.bungie.vendors.vendor(visitor.token, visitor.who, hostile, XUR)
    assert box.asked("Vendors") == asked


def test_the_public_ones_need_nobody(box: InTheBox) -> None:
    box.simulator.box.clock.set(parse_iso(SATURDAY))
    found = json.loads(box.bungie.vendors.public_vendors())
    assert found["sales"]["data"][str(XUR)]["saleItems"]
    assert "itemComponents" not in found
    box.simulator.box.clock.set(parse_iso(THURSDAY))
    assert str(XUR) not in json.loads(box.bungie.vendors.public_vendors())["vendors"]["data"]


def test_components_are_bungies(shared_dir: Path) -> None:
    document = json.loads((shared_dir / "reference" / "bungie-openapi.json").read_bytes())
    known = document["components"]["schemas"]["Destiny.DestinyComponentType"]["x-enum-values"]
    names = {int(row["numericValue"]): row["identifier"] for row in known}
    for component in PUBLIC_COMPONENTS + VENDORS_COMPONENTS + VENDOR_COMPONENTS:
        assert names[component.number] == component.name
        assert component.why
