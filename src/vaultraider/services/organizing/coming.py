"""When items were seen to come, out of the memory: asked once for each state of profile and memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from vaultraider.domain.people import User
from vaultraider.ports import MembershipRef
from vaultraider.ports.history import HistoryAccount
from vaultraider.search.world import World

KEPT = 16
"""People in memory at once."""
_NOTHING: Mapping[str, datetime] = {}


class Accounts(Protocol):
    def known(self, user: User) -> MembershipRef | None:
        """Which account of a person is looked at, without asking Bungie."""


class Store(Protocol):
    """The memory, as far as this needs it."""

    def account(self, user_id: int, membership: MembershipRef) -> HistoryAccount | None: ...
    def found(self, account_id: int, items: Sequence[str]) -> dict[str, datetime]: ...


class _Known(NamedTuple):
    """What was answered, and for what."""

    account: HistoryAccount
    world: World
    found: Mapping[str, datetime]

    def holds(self, account: HistoryAccount, world: World) -> bool:
        """That it was seen again changes nothing."""
        mine = self.account
        return self.world is world and (mine.id, mine.seq, mine.first) == (account.id, account.seq, account.first)


class Coming:
    """One for a process."""

    def __init__(self, *, store: Store, accounts: Accounts) -> None:
        self._store = store
        self._accounts = accounts
        self._lock = threading.Lock()
        self._kept: OrderedDict[int, _Known] = OrderedDict()

    def of(self, user: User, world: World) -> Mapping[str, datetime]:
        """By id, in UTC, of those items of the world that were seen to come; the same object until world or memory change."""
        membership = self._accounts.known(user)
        account = self._store.account(user.id, membership) if membership is not None else None
        if account is None or not account.seq:
            return _NOTHING
        with self._lock:
            known = self._kept.get(user.id)
        if known is not None and known.holds(account, world):
            return known.found
        found = self._store.found(account.id, [item.id for item in world.items if item.is_copy])
        with self._lock:
            self._kept[user.id] = _Known(account, world, found)
            self._kept.move_to_end(user.id)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found

    def forget(self, user: User) -> None:
        """Drops what is in memory about a person."""
        with self._lock:
            self._kept.pop(user.id, None)
