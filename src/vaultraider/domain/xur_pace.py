"""How often to look for Xûr: often in the first minutes after he is due, then rarely, and never while he is away."""

from __future__ import annotations

from datetime import datetime, timedelta

from vaultraider.domain.xur import Verdict, visit_at

FIRST = (5.0, 40.0)
"""Seconds after his arrival in which the first look falls: not all servers at once."""
WAITING: tuple[tuple[timedelta, timedelta], ...] = (
    (timedelta(minutes=20), timedelta(seconds=45)),
    (timedelta(hours=2), timedelta(minutes=5)),
    (timedelta(hours=12), timedelta(minutes=30)),
)
"""So long after he was due, look again so soon."""
WAITING_LONG = timedelta(hours=2)
INCOMPLETE = timedelta(minutes=15)
"""He is here, and one class's counter could not be read."""
JUST_COME, AGAIN = timedelta(hours=1), timedelta(minutes=20)
"""In the first hour what he has may still be mended by Bungie."""
THERE = timedelta(hours=3)


def next_look(now: datetime, verdict: Verdict | None, *, complete: bool, chance: float) -> datetime:
    """When to look again after a look at ``now``. ``chance``: 0 to 1, what keeps servers apart. None: Bungie did not answer."""
    visit = visit_at(now)
    first = timedelta(seconds=FIRST[0] + (FIRST[1] - FIRST[0]) * chance)
    if not visit.is_due:
        return visit.next_arrival + first
    since = now - visit.since
    if verdict == "here":
        pause = (AGAIN if since < JUST_COME else THERE) if complete else INCOMPLETE
    else:
        pause = next((pause for until, pause in WAITING if since < until), WAITING_LONG)
    then = now + pause * (0.8 + 0.4 * chance)
    return then if then < visit.until else visit.next_arrival + first
