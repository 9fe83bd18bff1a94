"""A past state of an account, built again from what is stored."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import datetime
from typing import NamedTuple

from vaultraider.domain.errors import MemoryDamaged
from vaultraider.domain.history.delta import Unreadable, decode_delta, decode_moment, replay
from vaultraider.domain.history.moment import Moment
from vaultraider.domain.people import User
from vaultraider.ports import MembershipRef
from vaultraider.ports.history import HistoryAccount, HistoryStore, Replay

KEPT = 8
"""Past states in memory at once: whoever travels looks at one several times, and steps to the next. One takes about 1 MB."""


class Rebuilt(NamedTuple):
    """``changed``: how many things changed between its keyframe and it."""

    moment: Moment
    changed: int


class Moments:
    """One for a process; safe between threads."""

    def __init__(self, store: HistoryStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._built: OrderedDict[tuple[int, int], Rebuilt] = OrderedDict()

    def at(self, user: User, membership: MembershipRef, moment: datetime) -> tuple[Moment, Replay] | None:
        """The state that held then, and how it was stored; None where nothing was known so early. Raises MemoryDamaged."""
        account = self._store.account(user.id, membership)
        way = self._store.replay(account.id, moment) if account is not None else None
        if account is None or way is None:
            return None
        return self.built(account, way).moment, way

    def built(self, account: HistoryAccount, way: Replay) -> Rebuilt:
        """Raises MemoryDamaged."""
        key = (account.id, way.seq)
        with self._lock:
            known = self._built.get(key)
            if known is not None:
                self._built.move_to_end(key)
                return known
        found = _build(way)
        with self._lock:
            self._built[key] = found
            while len(self._built) > KEPT:
                self._built.popitem(last=False)
        return found

    def forget(self) -> None:
        """Drops what is in memory, of everybody: it is soon there again."""
        with self._lock:
            self._built.clear()


def _build(way: Replay) -> Rebuilt:
    try:
        deltas = [decode_delta(each) for each in way.deltas]
        return Rebuilt(replay(decode_moment(way.keyframe), deltas), sum(delta.size for delta in deltas))
    except Unreadable as error:
        raise MemoryDamaged from error
