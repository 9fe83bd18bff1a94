"""Bungie's vendors: who is there, and what they sell."""

from __future__ import annotations

from typing import Protocol

from vaultraider.ports.bungie import MembershipRef


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
