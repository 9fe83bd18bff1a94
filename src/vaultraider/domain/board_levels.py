"""When an input counts as having crossed a level: with hysteresis, so that noise around it is one event and not a hundred."""

from __future__ import annotations

from typing import Literal

import msgspec

Side = Literal["", "above", "below"]
"""Where an input is as levels see it; "" between them."""

LARGEST = 1000.0
"""Volts, either way."""


class Level(msgspec.Struct, frozen=True, kw_only=True):
    """Volts. Above ``above``, or below ``below``, is news; it is over once the value has come back by ``hysteresis``.

    ``on``: False keeps the levels and says nothing.
    """

    above: float | None = None
    below: float | None = None
    hysteresis: float = 0.0
    on: bool = True


def judge(level: Level | None, side: Side, volts: float) -> Side:
    """Where the input is after this reading, having been at ``side`` before it."""
    if level is None or not level.on:
        return ""
    if side == "above" and level.above is not None and volts > level.above - level.hysteresis:
        return "above"
    if side == "below" and level.below is not None and volts < level.below + level.hysteresis:
        return "below"
    if level.above is not None and volts > level.above:
        return "above"
    if level.below is not None and volts < level.below:
        return "below"
    return ""


def trouble(level: Level) -> tuple[str, str] | None:
    """What is wrong with levels that somebody chose: the field and a sentence. None when they make sense."""
    if level.above is None and level.below is None:
        return "above", "Give a level to be above, or one to be below."
    for name in ("above", "below"):
        value = getattr(level, name)
        if value is not None and not -LARGEST <= value <= LARGEST:
            return name, f"A level is between {-LARGEST:g} and {LARGEST:g} volts."
    if not 0 <= level.hysteresis <= LARGEST:
        return "hysteresis", f"The hysteresis is between 0 and {LARGEST:g} volts."
    if level.above is not None and level.below is not None and level.above - level.below <= level.hysteresis:
        # Else a value could cross both levels in turn without ever having moved by the hysteresis.
        return "below", "The lower level must be lower than the upper one by more than the hysteresis."
    return None
