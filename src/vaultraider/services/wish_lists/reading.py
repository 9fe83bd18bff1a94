"""Asking for lists at their addresses, once a day.

due? ─> the host is asked, with what it called the version that we have ─> the same: the time is noted
  ─> another text ─> it holds rolls ─> kept in place of the old one
  ─> anything else ─> the old one stays, and why is noted; the next try comes sooner at first, then as seldom as a success
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

from vaultraider.domain.errors import AddressRefused, AddressUnreachable
from vaultraider.domain.wish_lists import parse_list
from vaultraider.domain.wish_lists.limits import MOST_BYTES_OF_ALL, MOST_ROLLS_OF_ALL
from vaultraider.domain.wish_lists.parse import read_text
from vaultraider.ports import Clock
from vaultraider.ports.wish_lists import Fetched, WishListRecord, WishListSource, WishListStore
from vaultraider.services.wish_lists.facts import digest_of, facts_of
from vaultraider.services.wish_lists.held import HeldWishes

logger = logging.getLogger(__name__)

DAY = timedelta(days=1)
JITTER = timedelta(hours=2)
"""Before or after: so that the servers of the world do not all ask at once."""
FIRST_RETRY = timedelta(hours=1)
Outcome = Literal["changed", "same", "failed", "gone"]
STAYS = "The rolls that were read before stay."
NO_ROLLS = "What lies at this address is no wish list: no line of it is a roll."
UNFORESEEN = "This list could not be read. The server's log says why."
TOO_MUCH = (
    f"Together your lists would hold more than {MOST_BYTES_OF_ALL // 2**20} MB, or more than {MOST_ROLLS_OF_ALL:,} rolls. "
    "Remove one first."
)


class Reading:
    def __init__(self, *, store: WishListStore, source: WishListSource, held: HeldWishes, clock: Clock) -> None:
        self._store = store
        self._source = source
        self._held = held
        self._clock = clock

    def due(self, check: Callable[[], None]) -> dict[str, int]:
        """All that are due, of whomever. ``check`` raises when it is to stop."""
        done = {"changed": 0, "same": 0, "failed": 0, "gone": 0}
        for user_id, list_id in self._store.due(self._clock.now()):
            check()
            done[self._one_of_many(user_id, list_id)] += 1
        return done

    def _one_of_many(self, user_id: int, list_id: int) -> Outcome:
        """What nobody thought of costs only this list its turn: it would come first again, and keep all others from theirs."""
        try:
            return self.one(user_id, list_id)
        except Exception:
            record = self._store.get(user_id, list_id)
            if record is None:
                raise
            logger.exception("The wish list %s of user %s could not be read", list_id, user_id)
            return self._failed(user_id, record, UNFORESEEN)

    def one(self, user_id: int, list_id: int) -> Outcome:
        """Now. Raises nothing for what a host does."""
        record = self._store.get(user_id, list_id)
        if record is None or record.kind != "url":
            return "gone"
        try:
            fetched = self._source.fetch(record.url, etag=record.etag, modified=record.modified)
        except (AddressRefused, AddressUnreachable) as error:
            return self._failed(user_id, record, error.sentence)
        outcome = self._take(user_id, record, fetched)
        self._held.changed(user_id)
        return outcome

    def _take(self, user_id: int, record: WishListRecord, fetched: Fetched) -> Outcome:
        text, now = fetched.text, self._clock.now()
        next = now + DAY + JITTER * _around_zero()
        if text is None or digest_of(text) == record.facts.digest:
            self._store.fetched(user_id, record.id, now, next, fetched.etag, fetched.modified, None, None)
            return "same"
        parsed = parse_list(read_text(text))
        if not parsed.rolls:
            return self._failed(user_id, record, NO_ROLLS)
        facts = facts_of(text, parsed)
        refused = self._store.fetched(user_id, record.id, now, next, fetched.etag, fetched.modified, text, facts)
        if refused == "large":
            return self._failed(user_id, record, TOO_MUCH)
        if refused is not None:
            return "gone"
        self._held.keep(facts.digest, parsed)
        return "changed"

    def _failed(self, user_id: int, record: WishListRecord, sentence: str) -> Outcome:
        now = self._clock.now()
        wait = min(DAY, FIRST_RETRY * 2 ** min(record.failures, 10))
        words = f"{sentence} {STAYS}" if record.facts.digest else sentence
        self._store.failed(user_id, record.id, now, _later(now, wait), words)
        # Not the address: it may hold what opens the file.
        logger.info("The wish list %s of user %s could not be read: %s", record.id, user_id, sentence)
        return "failed"


def _later(now: datetime, wait: timedelta) -> datetime:
    return now + wait * (1 + 0.1 * _around_zero())


def _around_zero() -> float:
    return random.uniform(-1, 1)  # noqa: S311 - no secret
