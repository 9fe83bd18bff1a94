"""Bungie's caches: several servers, each with its own copy of a profile, minted when that server first built it."""

from __future__ import annotations

from collections import deque
from typing import Any

import msgspec

Key = tuple[str, tuple[int, ...], bool]
"""Account, components, whether private parts are included."""
HISTORY = 8
AHEAD = 1.0
"""A stamp may lie so many seconds ahead of a clock that stands still; further ahead, the clock was turned back."""


class Minted(msgspec.Struct, kw_only=True):
    """A profile as one server built it. ``parts``: response key to encoded JSON; ``body`` is filled by the first answer."""

    at: float
    revision: int
    parts: dict[str, Any]
    body: bytes = b""


class Caches:
    """The servers. Requests go round robin. Callers hold the simulator's lock."""

    def __init__(self) -> None:
        self.nodes = 1
        self.ttl: float | None = None
        """Overrides the knob ``cache_ttl``."""
        self.bust_on_write: bool | None = None
        self._held: dict[tuple[int, Key], Minted] = {}
        self._history: dict[Key, deque[Minted]] = {}
        self._requests = 0

    def next_node(self) -> int:
        self._requests += 1
        return self._requests % self.nodes

    def held(self, node: int, key: Key, now: float, ttl: float) -> Minted | None:
        found = self._held.get((node, key))
        if found is None or not -AHEAD <= now - found.at < (self.ttl if self.ttl is not None else ttl):
            return None
        return found

    def mint(self, node: int, key: Key, now: float, revision: int, parts: dict[str, Any]) -> Minted:
        """Keeps a freshly built profile. Two different ones never share a stamp, however fast they follow each other."""
        history = self._history.setdefault(key, deque(maxlen=HISTORY))
        at = now
        if history and 0 <= history[-1].at - now < AHEAD:
            at = history[-1].at + (0.001 if history[-1].revision != revision else 0)
        fresh = Minted(at=at, revision=revision, parts=parts)
        self._held[node, key] = fresh
        history.append(fresh)
        return fresh

    def same_revision(self, key: Key, revision: int) -> Minted | None:
        """The newest copy with the same content: its encoded parts can be used again."""
        return next((one for one in reversed(self._history.get(key, ())) if one.revision == revision), None)

    def older(self, key: Key, than: Minted) -> Minted:
        """What a server that lags behind would say: an earlier copy, or this one with an earlier stamp."""
        earlier = [one for one in self._history.get(key, ()) if one.at < than.at]
        return earlier[-1] if earlier else Minted(at=than.at - 60, revision=than.revision, parts=than.parts)

    def bust(self, account: str) -> None:
        """Every server forgets that account."""
        self._held = {place: kept for place, kept in self._held.items() if place[1][0] != account}

    def clear(self) -> None:
        self._held.clear()
        self._history.clear()
