"""The columns of a copy: what is plugged, and what could be chosen there instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
from msgspec import Raw

from vaultraider.domain import hashes
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.definitions import ItemDefinition
from vaultraider.domain.entries import Entry
from vaultraider.domain.snapshot import decode_or_salvage
from vaultraider.domain.wares import PERK_CATEGORIES

GHOST_PERKS = 3301318876
"""DestinySocketCategoryDefinition."""
_CHOICES = PERK_CATEGORIES | {GHOST_PERKS}
_CHOSEN_BY_ALL = frozenset({610365472, 4104513227, 303512563, 4176831154})
"""DestinyItemCategoryDefinition: modifications of weapons and of armour, bonuses, those of ghosts. Perks carry one of these."""
_NEVER_CHOSEN = frozenset({2237038328, 945330047, 3851138800})
"""Intrinsic traits, and what only fits a socket of weapons or of armour."""
_NO_PERKS = ("masterworks", "trackers", "origins", "shader", "skins")


class Column(NamedTuple):
    """``plugs``: the plugged one first."""

    plugged: int
    plugs: tuple[int, ...]


class _Plug(msgspec.Struct, rename="camel", gc=False):
    plug_hash: int = 0


class _Plugs(msgspec.Struct, gc=False):
    sockets: list[_Plug] = []


class _Choice(msgspec.Struct, rename="camel", gc=False):
    plug_item_hash: int = 0


class _Choices(msgspec.Struct, gc=False):
    plugs: dict[str, list[_Choice]] = {}


_PLUGS = msgspec.json.Decoder(_Plugs)
_OFFERED = msgspec.json.Decoder(_Choices)


def columns_of(entry: Entry, offered: Raw | None, definition: ItemDefinition | None) -> list[Column]:
    """In the order of its sockets, without empty ones. ``offered``: what the copy can have, as Bungie says it.

    Only perks are chosen among: what else could be put into a socket is no property of the copy.
    """
    if entry.sockets is None:
        return []
    plugged = [socket.plug_hash for socket in decode_or_salvage(entry.sockets, _PLUGS, _Plugs).sockets]
    choices = decode_or_salvage(offered, _OFFERED, _Choices).plugs if offered is not None else {}
    groups = definition.socket_categories if definition is not None else ()
    chosen = {index for group in groups if group.category in _CHOICES for index in group.indexes}
    found: list[Column] = []
    for index, plug in enumerate(plugged):
        others = choices.get(str(index), ()) if not groups or index in chosen else ()
        plugs = dict.fromkeys((plug, *(each.plug_item_hash for each in others)))
        plugs.pop(0, None)
        if plugs:
            found.append(Column(plug, tuple(plugs)))
    return found


def judged_columns(columns: Sequence[Column], catalogue: Catalogue) -> list[Column]:
    """Those that must be right for a roll that names one perk of each column."""
    return [column for column in columns if column.plugged and _is_perk(column.plugged, catalogue)]


def _is_perk(hash: int, catalogue: Catalogue) -> bool:
    row = catalogue.definitions.item(hash)
    if row is None or row.bucket == hashes.MODIFICATIONS:
        return False
    category = row.plug.category if row.plug is not None else ""
    if any(word in category for word in _NO_PERKS) or not _NEVER_CHOSEN.isdisjoint(row.categories):
        return False
    return not _CHOSEN_BY_ALL.isdisjoint(row.categories)
