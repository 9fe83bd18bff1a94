"""Transfers in memory, for those who only look at the door: what is put here is what a stream can tell."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

import msgspec
from tests.clocks import START, HandClock

from vaultraider.domain.errors import NotFound
from vaultraider.domain.people import User
from vaultraider.domain.transfers.wishes import Move, Wanted
from vaultraider.ports import MembershipRef
from vaultraider.ports.transfers import TransferRecord
from vaultraider.services.transfers.watching import Changes, Watch


def transfer(id: int, **more: Any) -> TransferRecord:
    given = {
        "id": id,
        "user_id": 0,
        "membership": MembershipRef(3, "4611686018400000000"),
        "revision": 1,
        "wish": Move(items=(Wanted("6917529000000000001"),), to="vault"),
        "title": "Sable Verdict to the vault",
        "state": "queued",
        "asked_by": "page",
        "sentence": None,
        "refusals": (),
        "created": START,
        "started": None,
        "finished": None,
        "not_before": START,
        "expires": START + timedelta(hours=1),
        "fence": 0,
        "attempts": 0,
        "round": 1,
        "cancelling": False,
    }
    return TransferRecord(**(given | more))


class MemoryDesk:
    """What ``api/_changes.py`` asks of the use cases."""

    def __init__(self, clock: HandClock) -> None:
        self._clock = clock
        self._of: dict[int, dict[int, TransferRecord]] = defaultdict(dict)
        self._changed: dict[int, datetime] = {}
        self._changes = Changes()
        self.trouble: Exception | None = None

    def put(self, user: User, record: TransferRecord, *, tell: bool = True) -> TransferRecord:
        self._of[user.id][record.id] = record
        self._changed[record.id] = self._clock.now()
        if tell:
            self._changes.tell(user.id)
        return record

    def change(self, user: User, id: int, *, tell: bool = True, **fields: Any) -> None:
        """``tell=False``: as another process would."""
        record = self._of[user.id][id]
        self.put(user, msgspec.structs.replace(record, revision=record.revision + 1, **fields), tell=tell)

    def get(self, user: User, transfer_id: int) -> TransferRecord:
        with contextlib.suppress(KeyError):
            return self._of[user.id][transfer_id]
        raise NotFound

    def latest(self, user: User, *, limit: int = 50, before: int | None = None) -> list[TransferRecord]:
        return sorted(self._of[user.id].values(), key=lambda each: -each.id)[:limit]

    def revisions(self, user: User, since: datetime) -> dict[int, int]:
        if self.trouble:
            raise self.trouble
        found = self._of[user.id].values()
        return {each.id: each.revision for each in found if not each.ended or self._changed[each.id] >= since}

    def watch(self, user: User) -> Watch:
        return self._changes.watch(user.id)


class Equipped:
    """Services with another desk for transfers."""

    def __init__(self, services: Any, transfers: MemoryDesk) -> None:
        self._services = services
        self.transfers = transfers

    def __getattr__(self, name: str) -> Any:
        return getattr(self._services, name)
