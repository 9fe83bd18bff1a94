"""The client before the simulator, with one clock for both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from tests.bungie.stub import QUICK, MemoryThrottle
from tests.clocks import START

from vaultraider.bungie import Bungie, build_bungie
from vaultraider.ports import MembershipRef, TokenPair
from vaultraider.simulator import API_KEY, CLIENT_ID, CLIENT_SECRET, Simulator


class SimulatorClock:
    """The simulator's time; sleeping moves it on."""

    def __init__(self, simulator: Simulator) -> None:
        self._clock = simulator.box.clock
        self.naps: list[float] = []

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._clock.now(), UTC)

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self._clock.advance(seconds)

    def pass_time(self, seconds: float) -> None:
        self._clock.advance(seconds)


class InTheBox:
    """A client, the simulator that it talks to, and what the tests turn there."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.clock = SimulatorClock(simulator)
        self.throttle = MemoryThrottle(self.clock)  # type: ignore[arg-type]
        self.bungie = self.connect()

    def connect(self, **options: Any) -> Bungie:
        given = {
            "www": self.simulator.url,
            "stats": self.simulator.url,
            "api_key": API_KEY,
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "throttle": self.throttle,
            "clock": self.clock,
            # Plain http needs no certificates, and reading them takes longer than most tests here.
            "transport": httpx2.HTTPTransport(verify=False),
            "jitter": lambda: 0.5,
        }
        return build_bungie(**(given | options))

    def hurry(self) -> None:
        """For what hangs."""
        self.bungie.close()
        self.bungie = self.connect(limits=QUICK)

    def code_of(self, person: str = "17429800") -> str:
        """What a player's browser brings back from the consent page."""
        address = self.bungie.oauth.authorize_url("a-state")
        fields = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        target = address.partition("?")[0]
        form = fields | {"person": person, "decision": "approve"}
        answer = httpx2.post(target, data=form, headers={"User-Agent": "a browser"}, verify=False)
        back = parse_qs(urlsplit(answer.headers["Location"]).query)
        assert back["state"] == ["a-state"]
        return back["code"][0]

    def sign_in(self, person: str = "17429800") -> TokenPair:
        return self.bungie.oauth.exchange(self.code_of(person))

    def membership(self, person: str = "17429800") -> MembershipRef:
        account = self.simulator.box.world.find_account(person)
        assert account is not None
        return MembershipRef(account.type, account.id)

    def fault(self, action: str, path: str = "", count: int | None = None, **params: Any) -> None:
        from vaultraider.simulator.faults import Match

        with self.simulator.box.lock:
            self.simulator.box.faults.add(action, Match(path=path), count, **params)

    def turn(self, **knobs: Any) -> None:
        self.simulator.box.turn_knobs(knobs)

    @property
    def sent(self) -> int:
        """How many requests came in, those that still hang too."""
        with self.simulator.box.lock:
            return self.simulator.box.journal.last

    def asked(self, path: str = "") -> int:
        with self.simulator.box.lock:
            return sum(path in entry.path for entry in self.simulator.box.journal.entries)


@pytest.fixture
def box(simulator: Simulator) -> Iterator[InTheBox]:
    """Time stands still but for sleeping: the evening of a reset."""
    simulator.box.clock.set(START.timestamp())
    simulator.box.clock.freeze()
    box = InTheBox(simulator)
    yield box
    box.bungie.close()
