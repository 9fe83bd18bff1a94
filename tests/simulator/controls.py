"""The control room from a test, without HTTP: what people do there, in the words of a test."""

from __future__ import annotations

from typing import Any

from vaultraider.simulator import Simulator
from vaultraider.simulator.faults import Match, Rule
from vaultraider.simulator.journal import Entry
from vaultraider.simulator.moments import happen
from vaultraider.simulator.oauth import given
from vaultraider.simulator.scenarios import SCENARIOS
from vaultraider.simulator.world import Account


class Controls:
    """Levers of a running simulator."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.box = simulator.box

    def first_day(self) -> None:
        """Bungie.net as on its first day, on the wall's clock, whatever an earlier test left."""
        clock = self.box.clock
        self.box.options.clock = None
        clock.restore(type(clock)().state())
        self.simulator.reset()

    def fault(self, action: str, *, count: int | None = 1, match: dict[str, Any] | None = None, **params: Any) -> Rule:
        """``count`` None: until ``clear_faults``."""
        with self.box.lock:
            return self.box.faults.add(action, Match(**(match or {})), count, **params)

    def clear_faults(self) -> None:
        with self.box.lock:
            self.box.faults.clear()
            self.box.editions.missing.clear()
            self.box.world.systems_off = []

    def happen(self, moment: str, **params: Any) -> Any:
        """A moment such as ``bump``, ``revoke_grant``, ``external_mutation``."""
        return happen(self.box, moment, params)

    def scenario(self, name: str) -> None:
        SCENARIOS[name](self.box)

    def advance(self, seconds: float) -> None:
        self.box.clock.advance(seconds)
        self.box.settle()

    def knobs(self, **changes: Any) -> None:
        self.box.turn_knobs(changes)

    def code(self, person: str = "Marrow") -> str:
        """A fresh authorization code of that person for the demo's application."""
        with self.box.lock:
            return self.box.credentials.allow(self.box.credentials.apps["31337"], self._id(person), self.box.knobs).value

    def tokens(self, person: str = "Marrow", client_id: str = "31337") -> dict[str, Any]:
        """What the token endpoint would answer."""
        with self.box.lock:
            app = self.box.credentials.apps[client_id]
            code = self.box.credentials.allow(app, self._id(person), self.box.knobs).value
            return dict(given(self.box, self.box.credentials.exchange(app, code, self.box.knobs)))

    def account(self, who: str = "Marrow") -> Account:
        """The truth, with what has become due."""
        self.box.settle()
        found = self.box.world.find_account(who)
        assert found is not None, who
        return found

    def journal(self) -> list[Entry]:
        with self.box.lock:
            return self.box.journal.since(0)

    def forgive(self) -> None:
        """This test asked for unknown paths on purpose."""
        with self.box.lock:
            self.box.journal.clear()

    def _id(self, person: str) -> str:
        found = self.box.world.person(person)
        assert found is not None, person
        return found.id
