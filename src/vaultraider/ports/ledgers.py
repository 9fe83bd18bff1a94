"""Ledgers on disk: which there are, and what people entered themselves. What was observed stands in the memory (``history``)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol

import msgspec

from vaultraider.domain.ledgers import Kind, Source


class LedgerRecord(msgspec.Struct, frozen=True, kw_only=True):
    """``number`` is the person's, never changes and is never given twice. ``hash``: a currency's, 0 for their own. ``name``: of a
    currency as it was called when it was first seen."""

    number: int
    kind: Kind
    hash: int
    name: str
    unit: str


class NewEntry(msgspec.Struct, frozen=True, kw_only=True):
    """``at`` in UTC, to the second."""

    at: datetime
    amount: int
    note: str = ""


class KeptEntry(NewEntry, frozen=True, kw_only=True):
    id: int
    source: Source


class Total(msgspec.Struct, frozen=True):
    """Of one ledger: the sum of its entries, when the first and when the last was."""

    sum: int
    first: datetime
    last: datetime


Refused = Literal["gone", "full", "same name"]
"""Why nothing was written: there is no such ledger or person any more; no more are possible; a ledger is called so already."""


class LedgerStore(Protocol):
    """Per person; nothing here is ever another person's. Entries are only ever in a person's own ledgers."""

    def of(self, user_id: int) -> list[LedgerRecord]:
        """By number, without removed ones."""

    def get(self, user_id: int, number: int) -> LedgerRecord | None: ...

    def open_currencies(self, user_id: int, currencies: Sequence[tuple[int, str]], now: datetime) -> None:
        """(hash, name): those that have no ledger yet get the next numbers, in this order. Of two at once the second finds what
        the first has done."""

    def open_own(self, user_id: int, name: str, unit: str, now: datetime) -> LedgerRecord | Refused: ...
    def rename(self, user_id: int, number: int, *, name: str | None, unit: str | None) -> LedgerRecord | Refused:
        """A person's own. None leaves it as it is."""

    def remove(self, user_id: int, number: int, now: datetime) -> bool:
        """With its entries; the number stays taken. Whether it was there and the person's own."""

    def totals(self, user_id: int) -> dict[int, Total]:
        """By number, of ledgers with entries."""

    def sum_before(self, user_id: int, number: int, moment: datetime) -> int: ...
    def entries(self, user_id: int, number: int, since: datetime | None, until: datetime | None) -> list[KeptEntry]:
        """``since`` <= at < ``until``, oldest first."""

    def add(self, user_id: int, number: int, entry: NewEntry) -> KeptEntry | Refused: ...
    def change(self, user_id: int, number: int, entry_id: int, entry: NewEntry) -> KeptEntry | None: ...
    def entry(self, user_id: int, number: int, entry_id: int) -> KeptEntry | None: ...
    def drop(self, user_id: int, number: int, entry_id: int) -> bool: ...

    def take_in(self, user_id: int, number: int, entries: Sequence[NewEntry], *, check: bool) -> tuple[int, int] | Refused:
        """All or none: how many were added, and how many were there already and left out. What stands twice in ``entries`` is
        meant twice. ``check``: nothing is written."""
