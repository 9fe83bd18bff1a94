"""The watch: when to look for Xûr, and what follows when he is found. The database knows how it stands, over restarts."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from typing import Any

from vaultraider.domain.xur import WEEK, visit_at
from vaultraider.domain.xur_pace import next_look
from vaultraider.ports import Clock, XurRecord, XurWatch
from vaultraider.services.xur.looking import Look, Looking

logger = logging.getLogger(__name__)


class Watching:
    def __init__(self, *, looking: Looking, record: XurRecord, clock: Clock, chance: Callable[[], float] = random.random) -> None:
        """``chance``: 0 to 1; what keeps two servers from asking in the same second."""
        self._looking = looking
        self._record = record
        self._clock = clock
        self._chance = chance

    def turn(self, check: Callable[[], None]) -> dict[str, Any]:
        """Looks, if it is time to. What it returns is told in the list of jobs."""
        now, watch = self._clock.now(), self._record.watch()
        visit = visit_at(now)
        if not visit.is_due:
            return {"result": "away"}
        if watch.next_look is not None and now < watch.next_look <= now + WEEK:  # further off: the clock was turned back
            return {"result": "later", "verdict": watch.verdict or "not answered"}
        look = self._looking.look(check)
        self._note(look, watch)
        return {"result": "looked", "verdict": look.verdict or "not answered", "seen": dict(look.seen)}

    def _note(self, look: Look, before: XurWatch) -> None:
        now = self._clock.now()
        weekend = visit_at(now).weekend
        verdict = look.verdict
        if verdict is None and before.weekend == weekend:
            verdict = before.verdict
        if verdict != (before.verdict if before.weekend == weekend else None):
            logger.info("Xûr: %s (%s)", verdict, ", ".join(f"{seer} {said}" for seer, said in look.seen.items()) or "nobody saw")
        then = next_look(now, look.verdict, complete=look.complete, chance=self._chance())
        looked = now if look.verdict is not None else before.looked
        self._record.save_watch(XurWatch(weekend=weekend, verdict=verdict, looked=looked, next_look=then))
