"""What changed of one person's transfers since a stream last looked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from vaultraider.api._streams import News, event
from vaultraider.api._transfer_types import TransferList, told
from vaultraider.domain.errors import NotFound
from vaultraider.domain.people import User
from vaultraider.ports.transfers import TransferRecord

RECENT = timedelta(minutes=5)
OVERLAP = timedelta(minutes=1)
"""How far each look reaches back behind the one before: clocks of several machines differ."""
FIRST = 200


class Transfers(Protocol):
    """What is asked of the use cases here."""

    def get(self, user: User, transfer_id: int) -> TransferRecord: ...
    def latest(self, user: User, *, limit: int, before: int | None = None) -> list[TransferRecord]: ...
    def revisions(self, user: User, since: datetime) -> dict[int, int]: ...
    def watch(self, user: User) -> AbstractContextManager[Watch]: ...


class Watch(Protocol):
    def wait(self, seconds: float) -> bool:
        """Returns early when something of the person's changed in this process."""


class Changes:
    """First all that is under way, unconfirmed or recent, then each transfer whose revision grew.

    Only revisions are compared: it does not matter which process changed something, and no transfer is read in vain.
    """

    def __init__(self, transfers: Transfers, user: User, now: Callable[[], datetime]) -> None:
        self._transfers = transfers
        self._user = user
        self._now = now
        self._sent: dict[int, int] = {}
        self._looked: datetime | None = None

    @contextmanager
    def listening(self) -> Iterator[News]:
        """News for ``_streams.answer``. In this process they come at once, from others at the next look."""
        with self._transfers.watch(self._user) as watch:

            def news(seconds: float) -> bytes:
                if self._looked is None:
                    return self.first()
                watch.wait(seconds)
                return self.since()

            yield news

    def first(self) -> bytes:
        """One event with all of them, newest first."""
        now = self._now()
        recent = self._transfers.revisions(self._user, now - RECENT)
        found = self._transfers.latest(self._user, limit=FIRST)
        shown = [each for each in found if not each.ended or not each.settled or each.id in recent]
        self._looked = now
        self._sent = {each.id: each.revision for each in shown}
        return event("transfers", msgspec.json.encode(TransferList([told(each, now) for each in shown])))

    def since(self) -> bytes:
        """An event for each that changed; nothing when none did."""
        now = self._now()
        revisions = self._transfers.revisions(self._user, (self._looked or now) - OVERLAP)
        self._looked = now
        changed = sorted(id for id, revision in revisions.items() if self._sent.get(id) != revision)
        return b"".join(self._event(id, now) for id in changed)

    def _event(self, id: int, now: datetime) -> bytes:
        try:
            record = self._transfers.get(self._user, id)
        except NotFound:  # deleted in this moment
            return b""
        self._sent[id] = record.revision
        return event("transfer", msgspec.json.encode(told(record, now)))
