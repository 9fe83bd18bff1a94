"""What the simulator says of vendors fits Bungie's own description of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx2
import pytest
from tests.conformance.openapi import OpenApi
from tests.simulator.controls import Controls

from vaultraider.simulator import API_KEY, Simulator
from vaultraider.simulator.clock import parse_iso
from vaultraider.simulator.component_numbers import KNOWN
from vaultraider.simulator.vendors import CHARACTER

EVERYTHING = ",".join(str(number) for number in sorted(KNOWN))
ALL, ONE, PUBLIC = f"{CHARACTER}/Vendors/", f"{CHARACTER}/Vendors/{{vendorHash}}/", "/Destiny2/Vendors/"


def asked(simulator: Simulator, openapi: OpenApi, template: str, components: str, **fields: Any) -> dict[str, Any]:
    """The answer to Marrow, checked."""
    controls = Controls(simulator)
    account = simulator.box.world.accounts[0]
    path = template.format(
        membershipType=account.type, destinyMembershipId=account.id, characterId=account.characters[0].id, **fields
    )
    headers = {"X-API-Key": API_KEY, "User-Agent": "conformance"}
    headers["Authorization"] = f"Bearer {controls.tokens(account.person)['access_token']}"
    answer = httpx2.get(f"{simulator.url}/Platform{path}?components={components}", headers=headers).json()
    openapi.check_response("GET", template, answer)
    return answer


@pytest.mark.parametrize("components", [EVERYTHING, "402", "400,300"])
@pytest.mark.parametrize("moment", ["2026-11-28T12:00:00Z", "2026-12-02T12:00:00Z"])
def test_vendors(simulator: Simulator, openapi: OpenApi, moment: str, components: str) -> None:
    simulator.box.clock.set(parse_iso(moment))
    vendors = asked(simulator, openapi, ALL, "400")["Response"]["vendors"]["data"]
    assert len(vendors) >= 4
    asked(simulator, openapi, ALL, components)
    asked(simulator, openapi, PUBLIC, components)
    for vendor in vendors:
        assert asked(simulator, openapi, ONE, components, vendorHash=vendor)["ErrorCode"] == 1
    assert asked(simulator, openapi, ONE, components, vendorHash=5)["ErrorCode"] == 1627


@pytest.mark.real_data
@pytest.mark.parametrize("name", ["d2-vendors-2026-06-29", "d2-vendors-2023-11-28"])
def test_captured_vendors_keep_their_shape(openapi: OpenApi, shared_dir: Path, name: str) -> None:
    with Simulator(vendors_file=shared_dir / "data" / "real" / f"{name}.json.gz") as simulator:
        found = asked(simulator, openapi, ALL, EVERYTHING)["Response"]
        asked(simulator, openapi, PUBLIC, EVERYTHING)
        for vendor in list(found["vendors"]["data"])[::20]:
            asked(simulator, openapi, ONE, EVERYTHING, vendorHash=vendor)
