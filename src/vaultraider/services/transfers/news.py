"""Which transfers are told of, and when. Told once of each sort, whoever sees it first, and however often it is looked at:

waiting   it has waited for a minute: what passes at once is no news
failed    it failed, went in part or waited too long; but for what was refused in the very answer to the person who asked
ended     it is done, and it was told that it waits

What a worker that died did not tell is found by ``catch_up``.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from vaultraider.domain.notifications import Message, transfers
from vaultraider.domain.people import User
from vaultraider.ports import Clock, TransferRecord, TransferStore

logger = logging.getLogger(__name__)

LONG = timedelta(minutes=1)
"""So long something waits before it is told."""
LATE = timedelta(minutes=30)
"""How far back is looked for what nobody told."""
AT_ONCE = timedelta(seconds=5)
BY_HAND = frozenset({"page", "undo", "retry"})
"""Who asked so sees the answer."""


class Teller(Protocol):
    def tell(self, user_id: int, message: Message) -> bool: ...
    def was_told(self, user_id: int, kind: str, key: str) -> bool: ...


class Everybody(Protocol):
    def all(self) -> Sequence[User]: ...


class News:
    def __init__(self, store: TransferStore, teller: Teller, people: Everybody, clock: Clock) -> None:
        self._store = store
        self._teller = teller
        self._people = people
        self._clock = clock

    def of(self, user_id: int, transfer_id: int) -> None:
        """Tells what there is to tell of it. Raises nothing: what cannot be told now is found later."""
        try:
            record = self._store.get(user_id, transfer_id)
            if record is not None:
                self._tell(record)
        except Exception:
            logger.warning("What became of transfer %s could not be told yet.", transfer_id, exc_info=True)

    def catch_up(self) -> None:
        """Everything open or changed of late, of everybody."""
        since = self._clock.now() - LATE
        for user in self._people.all():
            for transfer_id in self._store.revisions(user.id, since):
                self.of(user.id, transfer_id)

    def _tell(self, record: TransferRecord) -> None:
        message = self._message(record)
        if message is not None:
            self._teller.tell(record.user_id, message)

    def _message(self, record: TransferRecord) -> Message | None:
        sentence = record.sentence or ""
        if record.state == "waiting":
            long = record.started is not None and self._clock.now() - record.started >= LONG
            return transfers.waits(record.id, record.title, sentence) if long else None
        if record.state in ("failed", "partly", "expired"):
            return None if _was_the_answer(record) else transfers.failed(record.id, record.title, sentence, record.state)
        if record.state == "done" and self._teller.was_told(record.user_id, transfers.WAITING, transfers.key_of(record.id)):
            return transfers.ended(record.id, record.title, sentence)
        return None


def _was_the_answer(record: TransferRecord) -> bool:
    """Whether it could not even be begun, and said so to who asked."""
    finished = record.finished or record.created
    return record.asked_by in BY_HAND and not record.steps and finished - record.created <= AT_ONCE
