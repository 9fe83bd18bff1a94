"""While Bungie is down nobody's account is asked for: one call now and then finds out whether it is back.

The pause is kept in the database, so that it holds for every process and over a restart. It doubles with each failure in a row;
an open page may find out sooner than the background does.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from vaultraider.domain.errors import (
    BungieGarbled,
    BungieMaintenance,
    BungieThrottled,
    BungieUnavailable,
    BungieUnreachable,
    VaultRaiderError,
)
from vaultraider.domain.watch_pace import LONGEST_BACK_OFF, LONGEST_TOLD, PAGE_BACK_OFF, back_off
from vaultraider.ports import Pause, WatchPauses

logger = logging.getLogger(__name__)

NAME = "bungie"
ONE_CALL = timedelta(seconds=30)
"""How long the call may take that finds out: meanwhile nobody else tries."""
_LONGEST = timedelta(seconds=LONGEST_TOLD + LONGEST_BACK_OFF)
_KINDS: dict[str, type[BungieUnavailable]] = {
    kind.code: kind for kind in (BungieMaintenance, BungieThrottled, BungieUnreachable, BungieGarbled)
}


class Outages:
    def __init__(self, pauses: WatchPauses) -> None:
        self._pauses = pauses

    def wait(self, now: datetime, *, page: bool = False) -> timedelta | None:
        """None when Bungie may be asked. After an outage that is for one caller: the others wait until it knows."""
        pause = self._pauses.load(NAME)
        if not pause.failures:
            return None
        until = pause.for_pages if page else pause.until
        left = until - now if until is not None else timedelta(0)
        if timedelta(0) < left <= _LONGEST:  # longer: the clock was turned back since
            return left
        trying = Pause(
            failures=pause.failures,
            until=now + ONE_CALL,
            for_pages=now + ONE_CALL,
            code=pause.code,
            sentence=pause.sentence,
        )
        return None if self._pauses.swap(NAME, pause, trying) else timedelta(seconds=1)

    def failed(self, error: VaultRaiderError, now: datetime, *, by_hand: bool = False) -> None:
        """Bungie could not answer. ``by_hand``: somebody insisted during the pause, which says nothing new."""
        pause = self._pauses.load(NAME)
        if by_hand and pause.until is not None and pause.until > now:
            return
        told = error.retry_after if isinstance(error, BungieUnavailable) else None
        failures = pause.failures + 1
        wait = back_off(failures, told)
        for_pages = max(min(wait, PAGE_BACK_OFF), timedelta(seconds=min(told or 0.0, LONGEST_TOLD)))
        new = Pause(failures=failures, until=now + wait, for_pages=now + for_pages, code=error.code, sentence=error.sentence)
        if self._pauses.swap(NAME, pause, new) and failures == 1:
            logger.info("Bungie cannot answer (%s): watching pauses.", error.code)

    def answered(self) -> None:
        """Bungie answered: all goes on."""
        pause = self._pauses.load(NAME)
        if pause.failures and self._pauses.swap(NAME, pause, Pause()):
            logger.info("Bungie answers again: watching goes on.")

    def trouble(self, wait: timedelta, *, certain: bool = False) -> BungieUnavailable | None:
        """What to tell whoever must wait so long. ``certain``: only where more than one call has failed."""
        pause = self._pauses.load(NAME)
        if pause.failures < (2 if certain else 1):
            return None
        kind = _KINDS.get(pause.code, BungieUnavailable)
        return kind(pause.sentence or None, retry_after=max(1.0, wait.total_seconds()))

    def sentence(self) -> str:
        """Why nothing is read just now; "" when it is."""
        pause = self._pauses.load(NAME)
        return pause.sentence if pause.failures else ""
