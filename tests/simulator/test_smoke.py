"""The box opens: a signed-in Marrow reads the vault."""

from __future__ import annotations

import httpx2
from tests.simulator.controls import Controls

from vaultraider.simulator import API_KEY, Simulator


def test_marrow_reads_the_vault(simulator: Simulator, simulator_control: Controls) -> None:
    token = simulator_control.tokens()["access_token"]
    headers = {"X-API-Key": API_KEY, "User-Agent": "test", "Authorization": f"Bearer {token}"}
    path = "/Platform/Destiny2/3/Profile/4611686018467000101/?components=100,102,200"
    answer = httpx2.get(simulator.url + path, headers=headers)
    assert answer.status_code == 200
    items = answer.json()["Response"]["profileInventory"]["data"]["items"]
    assert sum(1 for item in items if item["bucketHash"] == 138197802) == 904
