"""What is told of the board: that an input has crossed a level."""

from __future__ import annotations

from typing import Literal

from vaultraider.domain.notifications.message import Message

KIND = "board"


def crossed(
    channel: int, name: str, side: Literal["above", "below"], *, crossings: int, volts: float | None, level: float | None
) -> Message:
    """``crossings``: the how-manieth of this input it is, ever; it makes the news. ``volts``: what was read; ``level``: which
    was crossed."""
    called = name or f"Input {channel}"
    limit = "" if level is None else f" {_volts(level)}"
    read = "" if volts is None else f" It read {_volts(volts)}."
    whole = f"{called}, input {channel} of the board," if name else f"{called} of the board"
    return Message(
        kind=KIND,
        key=f"input {channel} crossing {crossings}",
        title=f"{called} is {side}{limit}",
        text=f"{whole} went {side}{limit}.{read}\nIt is told again once it has come back and crosses the level anew.",
        link="/board",
        level="warn",
    )


def _volts(value: float) -> str:
    shown = f"{value:.3f}".rstrip("0").rstrip(".")
    return f"{'0' if shown == '-0' else shown} V"
