"""Numbers of Destiny Item Manager's file."""

from __future__ import annotations

GAME = 2
"""``destinyVersion``: the first game is none of ours."""
ITEM_SEARCH = 1
ANY_GUARDIAN = 3
