"""Which champions an item stops by itself: what its definition says, and exotics of which only a text says so.

The facts about the latter are those of Destiny Item Manager's d2-additional-info (MIT).
"""

from __future__ import annotations

from typing import Literal

from vaultraider.domain.definitions import ItemDefinition
from vaultraider.domain.origins.tables import by_hash, read_table

Breaker = Literal["barrier", "overload", "unstoppable"]

TYPES: dict[int, Breaker] = {1: "barrier", 2: "overload", 3: "unstoppable"}
"""DestinyBreakerType: ShieldPiercing, Disruption, Stagger."""

EXOTICS = """
barrier: 449318888 503025963 593808239 1003391927 1307844890 1443166262 1955548646 2474293653 3487253372 3598649636 3661051060
  4095189811 4268030601
overload: 511888814 1047932517 2687811401 2694576561 4029987901
unstoppable: 17096506 89619507 1203306857 1351987111 1685137410 1734844650 2110100341 2415768376 3118061004
"""
_BY_ITEM = by_hash(read_table(EXOTICS))


def breaker_of(item: ItemDefinition) -> str:
    """A ``Breaker``, or ""."""
    return TYPES.get(item.breaker_type) or min(_BY_ITEM.get(item.hash, {""}))
