"""When items were seen to come, out of the memory: read once for each state that is remembered."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple, Protocol

from vaultraider.domain.people import User
from vaultraider.ports import MembershipRef
from vaultraider.ports.history import HistoryAccount

KEPT = 16
"""Accounts in memory at once."""
_NOTHING: Mapping[str, datetime] = {}


class Accounts(Protocol):
    def known(self, user: User) -> MembershipRef | None:
        """Which account of a person is looked at, without asking Bungie."""


class Store(Protocol):
    """The memory, as far as this needs it."""

    def account(self, user_id: int, membership: MembershipRef) -> HistoryAccount | None: ...
    def found(self, account_id: int, after: int) -> dict[str, datetime | None]: ...


class _Known(NamedTuple):
    """``seq``: of the newest observation that was read. ``came``: None for what was there before it was seen to come."""

    account_id: int
    seq: int
    came: dict[str, datetime | None]
    found: Mapping[str, datetime]


class Coming:
    """One for a process."""

    def __init__(self, *, store: Store, accounts: Accounts) -> None:
        self._store = store
        self._accounts = accounts
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[int, MembershipRef], _Known] = OrderedDict()

    def of(self, user: User) -> Mapping[str, datetime]:
        """By instance id, in UTC, of all that ever came; the same object until more is remembered."""
        membership = self._accounts.known(user)
        account = self._store.account(user.id, membership) if membership is not None else None
        if membership is None or account is None or not account.seq:
            return _NOTHING
        key = user.id, membership
        with self._lock:
            known = self._kept.get(key)
        if known is not None and (known.account_id, known.seq) == (account.id, account.seq):
            return known.found
        fresh = self._read(account, known if known is not None and known.account_id == account.id else None)
        with self._lock:
            self._kept[key] = fresh
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return fresh.found

    def forget(self, user: User) -> None:
        """Drops what is in memory about a person."""
        with self._lock:
            for key in [key for key in self._kept if key[0] == user.id]:
                del self._kept[key]

    def _read(self, account: HistoryAccount, known: _Known | None) -> _Known:
        """Only what is new since then."""
        since = known.seq if known is not None else 0
        new = self._store.found(account.id, since)
        came = new | known.came if known is not None else new
        changed = known is None or any(id not in known.came for id in new)
        found = {id: at for id, at in came.items() if at is not None} if known is None or changed else known.found
        return _Known(account.id, account.seq, came, found)
