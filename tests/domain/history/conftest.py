"""Profiles to begin lives with."""

from __future__ import annotations

import httpx2
import msgspec
import pytest
from tests.domain.accounts import account, encode
from tests.simulator.controls import Controls

from vaultraider.bungie.profile import PROFILE_COMPONENTS, numbers
from vaultraider.simulator import API_KEY, Simulator


class _Envelope(msgspec.Struct):
    Response: msgspec.Raw


@pytest.fixture(scope="session")
def small_profile() -> bytes:
    return encode(account())


@pytest.fixture(scope="session")
def demo_profile(simulator_server: Simulator) -> bytes:
    """The ``Response`` of GetProfile for Marrow's account, over HTTP."""
    Controls(simulator_server).first_day()
    controls = Controls(simulator_server)
    account, token = controls.account("Marrow"), controls.tokens("Marrow")["access_token"]
    answer = httpx2.get(
        f"{simulator_server.url}/Platform/Destiny2/{account.type}/Profile/{account.id}/",
        params={"components": numbers(PROFILE_COMPONENTS)},
        headers={"User-Agent": "history-tests/1", "X-API-Key": API_KEY, "Authorization": f"Bearer {token}"},
        timeout=30,
    )
    return bytes(msgspec.json.decode(answer.content, type=_Envelope).Response)
