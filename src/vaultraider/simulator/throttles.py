"""How often: 250 requests in 10 s from one address (Bungie-net/api #218), and a pause between a person's actions."""

from __future__ import annotations

from collections import deque

from vaultraider.simulator.answers import ApiError
from vaultraider.simulator.knobs import Knobs

GRAIN = 0.001
"""A clock that is advanced by a tenth of a second is a hair short of it."""


class Throttles:
    """Callers hold the simulator's lock."""

    def __init__(self) -> None:
        self._by_address: dict[str, deque[float]] = {}
        self._by_action: dict[tuple[str, str], float] = {}

    def address(self, address: str, now: float, knobs: Knobs) -> None:
        """Raises ApiError 51 when the address asked too often. A refused request counts too."""
        asked = self._by_address.setdefault(address, deque())
        while asked and (asked[0] <= now - knobs.ip_window or asked[0] > now):
            asked.popleft()
        asked.append(now)
        if len(asked) > knobs.ip_limit:
            raise too_many(knobs)

    def action(self, person: str, action: str, now: float, pause: float) -> None:
        """Raises ApiError 36 when the person's last call of that action was less than ``pause`` seconds ago."""
        if not pause:
            return
        last = self._by_action.get((person, action))
        if last is not None and 0 <= now - last < pause - GRAIN:
            raise ApiError(36)
        self._by_action[person, action] = now

    def clear(self) -> None:
        self._by_address.clear()
        self._by_action.clear()


def too_many(knobs: Knobs, seconds: int | None = None) -> ApiError:
    """Code 51 as Bungie words it since 2020-03 (Bungie-net/api #1051)."""
    pause = knobs.throttle_seconds if seconds is None else seconds
    data = {"MaximumRequestsPerSecond": "25"} if pause else {}
    return ApiError(51, http=knobs.status_51, throttle_seconds=pause, data=data)
