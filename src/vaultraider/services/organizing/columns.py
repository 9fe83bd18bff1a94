"""What a weapon has in its columns, by name."""

from __future__ import annotations

import msgspec

from vaultraider.domain.wares import PERK_CATEGORIES
from vaultraider.search.items import SearchItem, Seat
from vaultraider.search.masterworks import EMPTY_CATALYST

_FIRST = ("barrels", "scopes", "tubes", "blades", "bowstrings", "hafts", "launchers")
_SECOND = ("magazines", "batteries", "arrows", "guards")
"""Beginnings of plug categories: what stands in the first and in the second column of a weapon's perks."""


class Columns(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What is plugged. ``barrel``: or scope, blade, string; ``magazine``: or battery, arrows, guard. ``traits``: all that can be
    chosen of traits too, where that is more than the two that are plugged."""

    barrel: str = ""
    magazine: str = ""
    trait1: str = ""
    trait2: str = ""
    traits: tuple[str, ...] = ()
    origin: str = ""
    mod: str = ""
    catalyst: str = ""


def frame_of(item: SearchItem) -> str:
    """The name of its intrinsic: of an exotic its own."""
    return next((seat.plug.title for seat in item.seats if seat.plug.is_intrinsic and seat.plug.title), "")


def columns_of(item: SearchItem) -> Columns | None:
    """None: nothing is known of its sockets."""
    columns = Columns()
    traits: list[Seat] = []
    for seat in item.seats:
        if seat.visible and seat.plug.title and not seat.plug.is_intrinsic:
            if _is_trait(seat):
                traits.append(seat)
            else:
                _put(columns, seat)
    plugged = [seat.plug.title for seat in traits]
    columns.trait1, columns.trait2 = ([*plugged, "", ""])[:2]
    possible = dict.fromkeys(plug.title for seat in traits for plug in (seat.plug, *seat.choices) if plug.title)
    if len(possible) > len([name for name in (columns.trait1, columns.trait2) if name]):
        columns.traits = tuple(possible)
    return columns if columns != Columns() else None


def _is_trait(seat: Seat) -> bool:
    """Also what stands in a column of perks and is neither barrel nor magazine: grips and stocks of exotics."""
    plug = seat.plug
    if plug.is_trait:
        return True
    others = plug.is_origin or plug.is_tracker or plug.is_masterwork or plug.category.startswith((*_FIRST, *_SECOND))
    return seat.place.category in PERK_CATEGORIES and not others


def _put(columns: Columns, seat: Seat) -> None:
    plug = seat.plug
    if plug.category.startswith(_FIRST):
        columns.barrel = columns.barrel or plug.title
    elif plug.category.startswith(_SECOND):
        columns.magazine = columns.magazine or plug.title
    elif plug.is_origin:
        columns.origin = plug.title
    elif plug.is_catalyst and plug.category != EMPTY_CATALYST:
        columns.catalyst = plug.title
    elif plug.is_mod and seat.is_chosen:
        columns.mod = plug.title
