"""What happens only after a while of the simulator's clock, and what profiles do not show yet."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from vaultraider.simulator.world import Account

Deed = Callable[[], None]


class Later:
    """Deeds and the moments when they are due. Callers hold the simulator's lock."""

    def __init__(self) -> None:
        self._waiting: list[tuple[float, Deed]] = []

    def __len__(self) -> int:
        return len(self._waiting)

    def at(self, moment: float, deed: Deed) -> None:
        self._waiting.append((moment, deed))

    def due(self, now: float) -> list[Deed]:
        """Takes out what is due, oldest first."""
        due = sorted((one for one in self._waiting if one[0] <= now), key=lambda one: one[0])
        self._waiting = [one for one in self._waiting if one[0] > now]
        return [deed for _, deed in due]


class Behind(msgspec.Struct, kw_only=True):
    """What profiles go on to show of an account until a moment, though the truth is another."""

    account: Account
    revision: int
    until: float
