"""How work ends in its row, also when the database is away for a moment: else it would be done once more."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from vaultraider.ports import Clock, JobRecord, JobStore

logger = logging.getLogger(__name__)

AWAY = 1.0
"""Seconds before what the database could not take is offered to it again ..."""
OFFERS = 300
"""... and how often."""


class Endings:
    """Each writes only while its record's fence is the newest. ``hurry``: set when there is no time to wait for the database."""

    def __init__(self, store: JobStore, clock: Clock, hurry: threading.Event) -> None:
        self._store = store
        self._clock = clock
        self._hurry = hurry

    def done(self, record: JobRecord, result: Mapping[str, Any] | None) -> None:
        told = None if result is None else dict(result)
        now = self._clock.now()
        self._insist(lambda: self._store.finish(record.id, record.fence, state="done", result=told, reason=None, now=now))

    def fail(self, record: JobRecord, reason: str) -> None:
        now = self._clock.now()
        self._insist(lambda: self._store.finish(record.id, record.fence, state="failed", result=None, reason=reason, now=now))

    def give_back(self, record: JobRecord, *, after: float, reason: str, begun: bool) -> None:
        """Queues it again; without ``begun`` the attempt is not counted."""
        then = self._clock.now() + timedelta(seconds=after)
        self._insist(lambda: self._store.give_back(record.id, record.fence, not_before=then, reason=reason, begun=begun))

    def _insist(self, write: Callable[[], bool]) -> None:
        for left in reversed(range(OFFERS)):
            try:
                write()
                return
            except Exception as error:
                if not left or self._hurry.is_set() or not self._store.is_away(error):
                    raise
                if left == OFFERS - 1:
                    logger.warning("The database is away; how some work ended is told to it when it is back.")
            self._hurry.wait(AWAY)
