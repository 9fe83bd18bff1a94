"""Bungie's vendors: who is there, and what they sell; and our own record of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, Protocol

import msgspec

from vaultraider.domain.xur import Verdict
from vaultraider.ports.bungie import MembershipRef

Seer = Literal["titan", "hunter", "warlock", "public"]
"""Through whose eyes: a guardian's of that class, or nobody's in particular."""


class VendorSource(Protocol):
    """Reads about vendors. Each returns the ``Response`` part of the answer as JSON bytes, verbatim.

    What a vendor sells depends on who looks: each character has answers of its own.
    """

    def all_vendors(self, access_token: str, membership: MembershipRef, character_id: str) -> bytes:
        """Everybody who is there, with what they sell, but no details of the items. Large (1.6 MB) and slow (10 s)."""

    def vendor(self, access_token: str, membership: MembershipRef, character_id: str, vendor_hash: int) -> bytes | None:
        """One of them, with the details of what is sold. None: that vendor is not there now."""

    def public_vendors(self) -> bytes:
        """What everybody may see without signing in, as a Titan sees it (Bungie-net/api #1656)."""


class KeptStock(msgspec.Struct, frozen=True, kw_only=True):
    """What was on sale at the counters on one weekend, through one pair of eyes. ``wares``: how many had a price.

    ``counters``: by the vendor's hash, JSON as ``domain.vendors.read_vendor`` reads it.
    """

    weekend: date
    seer: Seer
    read: datetime
    counters: dict[int, bytes]
    wares: int


class VisitMark(msgspec.Struct, frozen=True):
    weekend: date
    wares: int


class XurWatch(msgspec.Struct, frozen=True, kw_only=True):
    """How the watch for Xûr stands. ``verdict``: of the last look that was answered, on ``weekend``."""

    weekend: date | None = None
    verdict: Verdict | None = None
    looked: datetime | None = None
    next_look: datetime | None = None


class XurRecord(Protocol):
    """What Xûr had on each weekend, and who was told. The record is nobody's; a view is of one person."""

    def stocks(self, weekend: date) -> list[KeptStock]: ...
    def save(self, stock: KeptStock) -> None:
        """Replaces what the same eyes saw on the same weekend."""

    def visits(self) -> list[VisitMark]:
        """Weekends on record, newest first."""

    def last_before(self, weekend: date, seer: Seer) -> KeptStock | None:
        """What the same eyes saw on the last weekend before that one that is on record."""

    def watch(self) -> XurWatch: ...
    def save_watch(self, watch: XurWatch) -> None: ...

    def view(self, user_id: int, membership: MembershipRef, seer: Seer) -> KeptStock | None:
        """What that person's guardian last saw, with what is about the person in it."""

    def save_view(self, user_id: int, membership: MembershipRef, stock: KeptStock) -> None:
        """Nothing for a deleted person."""

    def told(self, weekend: date) -> frozenset[int]:
        """Who has been told of that weekend."""

    def mark_told(self, user_id: int, weekend: date) -> None:
        """Nothing for a deleted person."""
