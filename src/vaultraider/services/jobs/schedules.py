"""When work comes due by itself. Turns missed while nothing ran are one turn, not many."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


class Schedule(Protocol):
    """``at_start``: one more turn whenever a scheduler starts."""

    @property
    def at_start(self) -> bool: ...

    def following(self, now: datetime) -> datetime:
        """The next turn after one that is taken now."""

    @property
    def words(self) -> str:
        """For people: "every 5 minutes"."""


@dataclass(frozen=True)
class Every:
    """A schedule: every so many ``seconds``, give or take ``jitter`` of them, so that servers do not all ask at once."""

    seconds: float
    jitter: float = 0.0
    at_start: bool = False

    def following(self, now: datetime) -> datetime:
        return now + timedelta(seconds=self.seconds + random.uniform(-self.jitter, self.jitter))  # noqa: S311 - no secret

    @property
    def words(self) -> str:
        for size, word in ((_DAY, "day"), (_HOUR, "hour"), (_MINUTE, "minute")):
            if self.seconds >= size and self.seconds % size == 0:
                count = int(self.seconds // size)
                return f"every {word}" if count == 1 else f"every {count} {word}s"
        return f"every {self.seconds:g} seconds"


@dataclass(frozen=True)
class Daily:
    """A schedule: once a day at ``hour``:``minute`` UTC, and up to ``jitter`` seconds later."""

    hour: int
    minute: int = 0
    jitter: float = 0.0
    at_start: bool = False

    def following(self, now: datetime) -> datetime:
        today = now.astimezone(UTC).replace(hour=self.hour, minute=self.minute, second=0, microsecond=0)
        turn = today if today > now else today + timedelta(days=1)
        return turn + timedelta(seconds=random.uniform(0, self.jitter))  # noqa: S311 - no secret

    @property
    def words(self) -> str:
        return f"every day at {self.hour:02}:{self.minute:02} UTC"
