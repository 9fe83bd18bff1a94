"""The gate: no call to Bungie starts before its place in the shared queue."""

from __future__ import annotations

from vaultraider.bungie._endpoint import Endpoint
from vaultraider.domain.errors import BungieThrottled
from vaultraider.ports import Clock, ThrottleStore

PATIENCE = 10.0
"""Seconds that one call waits for its place; beyond, the page says that we are slowed down, and tries again later."""

LATE = 0.5
"""Seconds. Who wakes later than this (a busy machine, a laptop that slept) takes a new place: many who start late together would
break the ceiling that their places kept."""


class Gate:
    """Waits for a place. Shared by every thread of the process; the queue itself is shared by every process."""

    def __init__(self, store: ThrottleStore, clock: Clock, *, patience: float = PATIENCE) -> None:
        self._store = store
        self._clock = clock
        self.patience = patience

    def enter(self, endpoint: Endpoint | None = None, person: str | None = None) -> None:
        """Returns when the call may start. Raises BungieThrottled when that would take longer than ``patience``.

        ``person``: whose action it is, for the endpoints that Bungie limits per player. Raises it also when a write wakes later
        than that, from whatever sleep: whoever asked for it may have been taken for dead, and its work taken over.
        """
        began = self._clock.now()
        left = self.patience - self._turn(endpoint, person, self.patience)
        while True:
            wait = self._store.take(patience=left)
            slept = self._wait(wait, left)
            left = max(0.0, left - slept)
            if slept <= wait + LATE and (wait <= 0 or self._store.paused() <= 0):
                break
        if wait > 0:
            # The turn was for an earlier moment: the next of this player would follow too soon.
            self._turn(endpoint, person, self.patience)
        late = (self._clock.now() - began).total_seconds() > self.patience + LATE
        if late and endpoint is not None and endpoint.kind == "write":
            raise _impatient(LATE)

    def _turn(self, endpoint: Endpoint | None, person: str | None, patience: float) -> float:
        """Waits for the player's turn, where Bungie wants pauses between the actions of each; how long that was."""
        if endpoint is None or endpoint.seconds_between <= 0:
            return 0.0
        key = f"{endpoint.operation} {person or ''}"
        return self._wait(self._store.take_turn(key, endpoint.seconds_between, patience=patience), patience)

    def throttled(self, told: float | None) -> float:
        """Bungie refused a call for haste; ``told``: its ThrottleSeconds. Everybody pauses for the returned seconds."""
        return self._store.slow_down(told)

    def succeeded(self) -> None:
        self._store.succeeded()

    def _wait(self, wait: float, patience: float) -> float:
        """Sleeps; how long it really was."""
        if wait > patience:
            raise _impatient(wait)
        if wait <= 0:
            return 0.0
        began = self._clock.now()
        self._clock.sleep(wait)
        return (self._clock.now() - began).total_seconds()


def _impatient(wait: float) -> BungieThrottled:
    """Nothing was sent."""
    impatient = BungieThrottled(retry_after=wait)
    impatient.untouched = True
    return impatient
