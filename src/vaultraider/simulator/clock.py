"""The simulator's own time: the wall's, shifted, or frozen. Tokens, caches, throttles and stamps all read it."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime

import msgspec


class ClockError(ValueError):
    """The text is not a time."""


def iso(seconds: float) -> str:
    """ISO-8601 with whole seconds and Z, as most of Bungie's dates."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def iso_millis(seconds: float) -> str:
    """ISO-8601 with milliseconds, as the minted stamps."""
    return datetime.fromtimestamp(round(seconds, 3), UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_iso(text: str) -> float:
    """Seconds since 1970. A time without zone counts as UTC. Raises ClockError."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ClockError(f"{text!r} is not a time such as 2026-11-22T17:00:00Z") from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


class ClockState(msgspec.Struct, kw_only=True):
    """What a snapshot keeps. ``frozen``: seconds since 1970, or None while the clock runs."""

    offset: float = 0.0
    frozen: float | None = None


class VirtualClock:
    """Runs with the wall plus an offset, or stands still until it is advanced. Safe between threads."""

    def __init__(self, start: str | None = None) -> None:
        """``start``: None or "wall" runs with the wall; an ISO time stands still at that time."""
        self._lock = threading.Lock()
        self._offset = 0.0
        self._frozen: float | None = None if start in (None, "wall") else parse_iso(str(start))

    def now(self) -> float:
        with self._lock:
            return self._frozen if self._frozen is not None else time.time() + self._offset

    def advance(self, seconds: float) -> None:
        with self._lock:
            if self._frozen is None:
                self._offset += seconds
            else:
                self._frozen += seconds

    def set(self, moment: float) -> None:
        with self._lock:
            if self._frozen is None:
                self._offset = moment - time.time()
            else:
                self._frozen = moment

    def freeze(self) -> None:
        moment = self.now()
        with self._lock:
            self._frozen = moment

    def run(self) -> None:
        """Lets a frozen clock run on from where it stands."""
        moment = self.now()
        with self._lock:
            self._frozen = None
            self._offset = moment - time.time()

    @property
    def frozen(self) -> bool:
        return self._frozen is not None

    def state(self) -> ClockState:
        with self._lock:
            return ClockState(offset=self._offset, frozen=self._frozen)

    def restore(self, state: ClockState) -> None:
        with self._lock:
            self._offset, self._frozen = state.offset, state.frozen
