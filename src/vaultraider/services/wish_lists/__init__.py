"""Wish lists of each person: where they come from, and what they say of what one has."""

from __future__ import annotations

from vaultraider.services.wish_lists.held import HeldWishes, WishView
from vaultraider.services.wish_lists.lists import JOB, Matched, WishLists
from vaultraider.services.wish_lists.reading import Reading

__all__ = ["JOB", "HeldWishes", "Matched", "Reading", "WishLists", "WishView"]
