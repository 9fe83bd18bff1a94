"""Which accounts are watched, when each is read next, and who hears of what was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

import msgspec

from vaultraider.domain.fullness import Alarm
from vaultraider.domain.people import User
from vaultraider.domain.snapshot import ProfileSnapshot
from vaultraider.domain.watch_pace import Habits
from vaultraider.ports.bungie import MembershipRef


class SnapshotListener(Protocol):
    """Hears of each accepted state of an account, after it was kept.

    It is called by whoever read it, one at a time for each account and person in the order of the states, between all
    processes: be quick. What it raises is logged and changes nothing. A process that dies just then tells nobody, so who must
    miss nothing compares with what it has.
    """

    def accepted(self, user: User, membership: MembershipRef, before: ProfileSnapshot | None, after: ProfileSnapshot) -> None: ...


class WatchedAccount(msgspec.Struct, frozen=True, kw_only=True):
    """One account of one person as the table tells it.

    ``turn`` grows each time that somebody begins to read it. ``checked``: when Bungie was last asked about it, by anybody.
    ``trouble``: why the last read failed, or "". ``ended``: the person was told that the sign-in has lapsed.
    """

    user: User
    membership: MembershipRef
    due: datetime
    turn: int
    habits: Habits
    checked: datetime | None
    trouble: str
    ended: bool


class Lapsed(msgspec.Struct, frozen=True):
    """A person whose sign-in has ended and who was not told yet; ``signed_in``: when it began."""

    user: User
    signed_in: datetime


class WatchStore(Protocol):
    """Each method is one transaction; a person who was deleted meanwhile is nowhere written to."""

    def enrol(self, now: datetime, *, apart: float) -> int:
        """Adds each account of everybody that is not watched yet, due at ``now`` and ``apart`` seconds from each other, and
        drops those that are nobody's any more; how many were added. Who signed in again is watched again."""

    def of(self, user_id: int) -> list[WatchedAccount]: ...
    def get(self, user_id: int, membership: MembershipRef) -> WatchedAccount | None: ...

    def most_overdue(self, now: datetime) -> WatchedAccount | None:
        """Of those that are due, whose person is signed in and which nobody reads just now; None where there is none."""

    def soonest(self, now: datetime) -> datetime | None:
        """When the next of these will be due."""

    def claim(self, account: WatchedAccount, *, now: datetime, until: datetime) -> WatchedAccount | None:
        """Takes the account's turn, or None when somebody has it or had it since. From ``until`` on it is anybody's again."""

    def settle(self, account: WatchedAccount, *, due: datetime, failures: int, trouble: str) -> bool:
        """How the turn ended. Whether it was still that turn."""

    def attend(self, user_id: int, membership: MembershipRef, *, now: datetime, due: datetime) -> None:
        """An open page asked; it is due at ``due`` at the latest."""

    def played(self, user_id: int, membership: MembershipRef, moment: datetime | None, *, read: datetime) -> None:
        """A state that was read then says when it was last played. An account that was read is watched."""

    def alarms(self, user_id: int, membership: MembershipRef) -> dict[str, Alarm]:
        """By place."""

    def save_alarms(self, user_id: int, membership: MembershipRef, alarms: Mapping[str, Alarm]) -> None: ...
    def lapsed(self) -> list[Lapsed]: ...
    def end(self, user_id: int) -> None:
        """The person was told that the sign-in has lapsed."""


class Pause(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing is asked before ``until``; before ``for_pages`` not for an open page either. ``failures`` in a row led to it.

    ``code`` and ``sentence``: of the last failure.
    """

    failures: int = 0
    until: datetime | None = None
    for_pages: datetime | None = None
    code: str = ""
    sentence: str = ""


class WatchPauses(Protocol):
    """Pauses by name, between processes and over restarts."""

    def load(self, name: str) -> Pause: ...

    def swap(self, name: str, seen: Pause, new: Pause) -> bool:
        """Writes ``new`` unless somebody has written since ``seen`` was loaded."""


class UnknownHashes(Protocol):
    """Hashes that were met in somebody's profile and that certain definitions do not know."""

    def known(self, definitions: str) -> frozenset[int]: ...
    def remember(self, definitions: str, hashes: Iterable[int], now: datetime) -> None:
        """And forgets those of other definitions."""
