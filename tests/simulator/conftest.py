from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from tests.simulator.controls import Controls
from tests.simulator.hands import Hands

from vaultraider.simulator import API_KEY, Simulator

AGENT = {"User-Agent": "simulator-tests/1"}
KEYED = AGENT | {"X-API-Key": API_KEY}


class Browser:
    """HTTP against the simulator: keyed, and signed in as whom one likes."""

    def __init__(self, simulator: Simulator, controls: Controls) -> None:
        self.simulator = simulator
        self.controls = controls
        self.http = httpx2.Client(base_url=simulator.url, timeout=10, headers={"Accept-Encoding": "identity"})

    def get(self, path: str, person: str = "", **headers: str) -> httpx2.Response:
        return self.http.get(path, headers=self.headers(person) | headers)

    def headers(self, person: str = "") -> dict[str, str]:
        bearer = {"Authorization": f"Bearer {self.controls.tokens(person)['access_token']}"} if person else {}
        return KEYED | bearer

    def profile(self, components: str, person: str = "Marrow", viewer: str = "") -> httpx2.Response:
        """Read by its owner; ``viewer`` names another, or "nobody"."""
        account = self.controls.account(person)
        path = f"/Platform/Destiny2/{account.type}/Profile/{account.id}/?components={components}"
        return self.get(path, (viewer or person).replace("nobody", ""))

    def token(self, **form: str) -> httpx2.Response:
        """The token endpoint, with the demo application's credentials unless others are given."""
        credentials = {"client_id": "31337", "client_secret": "demo-client-secret"}
        return self.http.post("/Platform/App/OAuth/token/", data=credentials | form, headers=AGENT)

    def sim(self, method: str, path: str, body: Any = None) -> httpx2.Response:
        return self.http.request(method, f"/__sim/{path}", json=body)


@pytest.fixture
def browser(simulator: Simulator, simulator_control: Controls) -> Iterator[Browser]:
    found = Browser(simulator, simulator_control)
    yield found
    found.http.close()


@pytest.fixture
def hands(browser: Browser) -> Hands:
    """Marrow at work; what a write refuses leaves the world as it is."""
    return Hands(browser)
