"""What wish lists say of a copy."""

from __future__ import annotations

import msgspec


class Verdict(msgspec.Struct, frozen=True, omit_defaults=True):
    """``wanted``: thumb up, else down. ``notes``: of the first roll that matched. ``perks``: the plug hashes that make it one.
    ``list``: the title of the list that says so, and ``lists`` how many of the person's lists say it."""

    wanted: bool
    notes: str = ""
    perks: tuple[int, ...] = ()
    list: str = ""
    lists: int = 1
