"""Bungie's pictures."""

from __future__ import annotations

from typing import Protocol

import msgspec


class Picture(msgspec.Struct, frozen=True):
    content: bytes
    media_type: str
    """Told by its first bytes, never by what the sender calls it: image/png, image/jpeg, image/webp or image/gif."""


class PictureSource(Protocol):
    """Where Bungie's pictures come from."""

    def picture(self, path: str) -> Picture:
        """One picture by Bungie's path ("/common/destiny2_content/icons/..."). Raises NotFound, BungieUnavailable."""


class PictureCache(Protocol):
    """Bungie's pictures, kept where we are. Neither method raises for what Bungie or the disk does: a page goes on without."""

    def find(self, path: str) -> Picture | None:
        """What is kept already. Asks nobody."""

    def fetch(self, path: str, *, wait: float) -> Picture | None:
        """What is kept, else has it fetched behind the caller's back; None when it is not there within ``wait`` seconds."""
