"""What is told of Bungie itself: that it is away for maintenance, and that it is back."""

from __future__ import annotations

from datetime import datetime

from vaultraider.domain.notifications.message import Message

KIND = "bungie-maintenance"


def begun(since: datetime) -> Message:
    """``since``: when it was first noticed; it names this maintenance."""
    return Message(
        kind=KIND,
        key=f"begun {since.isoformat()}",
        title="Destiny 2 is down for maintenance",
        text="You stay signed in, and the last state that we read is shown. Moves that are asked for now wait until it is over.",
        level="warn",
    )


def over(since: datetime, until: datetime) -> Message:
    """``since`` as it was told when it began; ``until``: when Bungie answered again."""
    return Message(
        kind=KIND,
        key=f"over {since.isoformat()}",
        title="Destiny 2's maintenance is over",
        text=f"It took {_length((until - since).total_seconds())}. What waited goes on by itself.",
        level="good",
    )


def _length(seconds: float) -> str:
    minutes = max(1, round(seconds / 60))
    hours, rest = divmod(minutes, 60)
    parts = [_counted(hours, "hour"), _counted(rest, "minute")]
    return " and ".join(part for part in parts if part)


def _counted(number: int, what: str) -> str:
    return "" if not number else f"{number} {what}" if number == 1 else f"{number} {what}s"
