"""What a benchmark says."""

from __future__ import annotations

import msgspec


class Result(msgspec.Struct, frozen=True):
    """One measured number. ``goal`` names what it should be, or is None where it is only told; ``ok`` is then None too."""

    name: str
    value: float
    unit: str
    goal: str | float | None = None
    ok: bool | None = None


def at_most(name: str, value: float, unit: str, limit: float) -> Result:
    return Result(name, value, unit, f"at most {limit:g}", value <= limit)


def at_least(name: str, value: float, unit: str, limit: float) -> Result:
    return Result(name, value, unit, f"at least {limit:g}", value >= limit)
