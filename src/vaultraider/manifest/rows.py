"""The parts of Bungie's JSON rows that we read, and what becomes of each.

Input Structs name only the fields that are used: msgspec skips the rest without building it, which is most of a row.
Every field may be missing: Bungie leaves out what is empty, and rows of other years have other fields. Shapes change
too: a row of 2019 names its damage type by hash only, one of 2026 by number as well; reusable plugs moved from lists in
the socket to plug sets.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

MISSING_ICON = "/img/misc/missing_icon_d2.png"
"""Bungie's way to say "no picture" in some fields."""


class Raw(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """Base of the input rows: ``tier_type`` here is ``tierType`` in Bungie's JSON."""


class Display(Raw, frozen=True):
    name: str = ""
    description: str = ""
    icon: str = ""


NO_DISPLAY = Display()


def picture(path: str) -> str:
    """A path of Bungie's, or nothing where it means "no picture"."""
    return "" if path == MISSING_ICON else path


def salvage(row: bytes, kind: type[T]) -> T | None:
    """What can be saved of a row that does not fit: each field by itself, and the misfits left out. None: not even an object."""
    try:
        fields = msgspec.json.decode(row)
    except (msgspec.DecodeError, RecursionError):
        return None
    if not isinstance(fields, dict):
        return None
    good: dict[str, Any] = {}
    for name, value in fields.items():
        try:
            msgspec.convert({name: value}, kind)
        except msgspec.ValidationError:
            continue
        good[name] = value
    return msgspec.convert(good, kind)


Shape = Callable[[int, Any], Any]
"""(hash, input row) -> the definition, or its values in the order of its fields; None for a row that is not kept."""
