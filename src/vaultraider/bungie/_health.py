"""How Bungie does, told by the calls that are made anyway."""

from __future__ import annotations

import threading

import msgspec

from vaultraider.bungie._endpoint import Endpoint
from vaultraider.domain.bungie_state import BungieCondition, BungieState
from vaultraider.domain.errors import (
    BungieError,
    BungieMaintenance,
    BungieThrottled,
    BungieUnavailable,
    OperatorMistake,
)
from vaultraider.ports import Clock


class Health:
    """Fits the port ``BungieHealth``. It knows what this process has seen; before the first call, nothing."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._state = BungieState()

    def state(self) -> BungieState:
        with self._lock:
            return self._state

    def answered(self, *, game: bool) -> None:
        """A call succeeded. During maintenance the website still answers: only ``game`` proves that it is over."""
        with self._lock:
            now = self._clock.now()
            known = msgspec.structs.replace(self._state, last_success=now, last_game=now if game else self._state.last_game)
            if known.state == "up" or (known.state == "maintenance" and not game):
                self._state = known
            else:
                self._state = msgspec.structs.replace(known, state="up", since=now, sentence=None, retry_after=None)

    def failed(self, error: BungieError, endpoint: Endpoint | None = None) -> None:
        """A call failed for good. A refusal is an answer: it says that Bungie is up."""
        condition = _condition(error)
        if condition is None:
            self.answered(game=endpoint is not None and endpoint.game)
            return
        with self._lock:
            now = self._clock.now()
            self._state = msgspec.structs.replace(
                self._state,
                state=condition,
                since=(self._state.since or now) if condition == self._state.state else now,
                sentence=error.sentence,
                retry_after=getattr(error, "retry_after", None),
                last_failure=now,
                failure=error.code,
            )


def _condition(error: BungieError) -> BungieCondition | None:
    if isinstance(error, BungieMaintenance):
        return "maintenance"
    if isinstance(error, BungieThrottled):
        return "throttled"
    if isinstance(error, BungieUnavailable):
        return "unreachable"
    return "unknown" if isinstance(error, OperatorMistake) else None
