"""The memory on disk: observations with their exact differences, events, and what charts count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

import msgspec

from vaultraider.domain.history.events import By, Event, EventKind
from vaultraider.ports.bungie import MembershipRef


class HistoryAccount(msgspec.Struct, frozen=True, kw_only=True):
    """One account of one person. ``seq``: of the newest observation, 0: none yet. ``first``: when the oldest that is kept was
    made. ``seen``: when the account was last known to be as the newest observation says."""

    id: int
    user_id: int
    membership: MembershipRef
    seq: int
    first: datetime
    seen: datetime


class NewObservation(msgspec.Struct, frozen=True, kw_only=True):
    """What one accepted state brought. ``since``: when the account was last seen before.

    ``delta`` and ``keyframe``: as ``domain.history.delta`` encodes them; the first observation has a keyframe, and so has one
    now and then. ``whole``: every list of items came; else the account's ``seen`` stays what it was. ``figures``: series to new
    value, only those that changed. ``tallies``: key to count, for the day of ``at`` in UTC.
    """

    seq: int
    at: datetime
    since: datetime
    delta: bytes
    keyframe: bytes | None = None
    whole: bool = True
    events: Sequence[Event] = ()
    figures: Mapping[str, int] = {}
    tallies: Mapping[str, int] = {}


class Replay(msgspec.Struct, frozen=True, kw_only=True):
    """What a past moment is built from: a keyframe and the differences after it, in order.

    ``at``: when that state was first seen; ``until``: when the next difference was seen, None for the newest. ``keyframe_at``:
    when the keyframe's state was first seen.
    """

    seq: int
    at: datetime
    keyframe_at: datetime
    keyframe: bytes
    deltas: Sequence[bytes]
    until: datetime | None = None


class Gap(msgspec.Struct, frozen=True):
    """Nobody looked between these two."""

    since: datetime
    until: datetime


class EventQuery(msgspec.Struct, frozen=True, kw_only=True):
    """``since`` <= at < ``until``. ``kinds`` empty: all. ``before``: (seq, n) of the last one that was read; they come newest
    first."""

    since: datetime | None = None
    until: datetime | None = None
    kinds: frozenset[EventKind] = frozenset()
    item: str = ""
    hash: int = 0
    character: str = ""
    by: By | None = None
    words: str = ""
    """Part of a name, any case."""
    before: tuple[int, int] | None = None
    limit: int = 100


class Figure(msgspec.Struct, frozen=True, array_like=True, gc=False):
    at: datetime
    value: int


class HistoryStore(Protocol):
    """Per person and account; nothing here is ever another person's. Times are aware, in UTC."""

    def account(self, user_id: int, membership: MembershipRef) -> HistoryAccount | None: ...
    def accounts(self) -> list[HistoryAccount]: ...
    def open(self, user_id: int, membership: MembershipRef, at: datetime) -> HistoryAccount:
        """The account, made (with ``seq`` 0) where there is none. Raises NotFound when there is no such person any more."""

    def append(self, account: HistoryAccount, seen: NewObservation) -> bool:
        """All of it or nothing. False when ``seen.seq`` is not the next one: another process was first."""

    def touch(self, account: HistoryAccount, seen: datetime) -> None:
        """Seen again, unchanged."""

    def note_gap(self, account: HistoryAccount, gap: Gap) -> None: ...
    def gaps(self, account_id: int, since: datetime | None, until: datetime | None) -> list[Gap]:
        """Those that touch this time, oldest first."""

    def replay(self, account_id: int, at: datetime | None) -> Replay | None:
        """For the state at ``at`` (the newest: None); None where nothing was kept so early."""

    def events(self, account_id: int, query: EventQuery) -> list[Event]: ...
    def count(self, account_id: int, query: EventQuery) -> dict[EventKind, int]:
        """By kind, whatever ``before``, ``limit`` and ``kinds`` say."""

    def found(self, account_id: int, items: Sequence[str]) -> dict[str, datetime]:
        """When these instances were seen to come, of those whose first event says that they did."""

    def figures(
        self, account_id: int, prefix: str, since: datetime | None, until: datetime | None, *, every: int = 0
    ) -> dict[str, list[Figure]]:
        """By series, oldest first, to the second; from ``since`` to ``until``, both included.

        Each begins with the value that held at ``since``, where there is one, told as of then. ``every``: of so many seconds at
        most one value, the last of them, for whoever draws a long time.
        """

    def beginnings(self, account_id: int, prefix: str) -> dict[str, datetime]:
        """By series: the time of the oldest value that is kept."""

    def tallies(self, account_id: int, prefix: str, since: date | None, until: date | None) -> list[tuple[date, str, int]]:
        """From ``since`` to ``until``, both included, oldest first."""

    def summed(
        self, account_id: int, prefix: str, since: date | None, until: date | None, limit: int
    ) -> tuple[list[tuple[str, int]], int]:
        """The keys with the most over these days, both included, and how many: most first. And how many of all keys together."""

    def forget_before(self, account_id: int, moment: datetime) -> int:
        """Drops what is older, as far as the state at ``moment`` can still be built: a keyframe's way more is kept. How many
        observations went."""

    def export(self, account_id: int) -> Iterator[dict[str, Any]]:
        """Every row, as JSON can hold it, oldest first: read in pieces, never all at once. Each says what it is in ``row``."""

    def restore(self, account: HistoryAccount, rows: Iterator[dict[str, Any]], *, now: datetime) -> int:
        """In place of what is there, all or nothing; how many rows. Until all of them are in, what is there stays, and others
        write as ever. Raises InvalidInput for what cannot be a row, Conflict where another such import of the account began.

        The account has another id from then on, so that nobody who remembers states by the old one is misled.
        """

    def sweep(self, before: datetime) -> int:
        """Drops what is left of imports that began before that and never ended, and of what they replaced; how many."""
