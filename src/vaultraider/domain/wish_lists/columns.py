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
from vaultraider.domain.sockets import SOCKETS, SocketsData
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
    """``plugs``: the plugged one first. ``free``: its perk is the copy's own; what is in other sockets anybody can change."""

    plugged: int
    plugs: tuple[int, ...]
    free: bool = True


class _Choice(msgspec.Struct, rename="camel", gc=False):
    plug_item_hash: int = 0


class _Choices(msgspec.Struct, gc=False):
    plugs: dict[str, list[_Choice]] = {}


_OFFERED = msgspec.json.Decoder(_Choices)


def free_sockets(definition: ItemDefinition | None) -> frozenset[str] | None:
    """The sockets whose perk is a copy's own, as Bungie names them; None: it does not say, and all may be."""
    groups = definition.socket_categories if definition is not None else ()
    if not groups:
        return None
    return frozenset(str(index) for group in groups if group.category in _CHOICES for index in group.indexes)


class Plugs:
    """What a copy has. ``offered``: what else it can have, as Bungie says it; of sockets that are not ``free`` that does not
    count: what could be put there is no property of the copy."""

    __slots__ = ("_choices", "_entry", "_free")

    def __init__(self, entry: Entry, offered: Raw | None, free: frozenset[str] | None) -> None:
        choices = decode_or_salvage(offered, _OFFERED, _Choices).plugs if offered is not None else {}
        self._entry = entry
        self._free = free
        self._choices = choices if free is None else {index: plugs for index, plugs in choices.items() if index in free}

    def all(self) -> list[int]:
        """What is plugged and can be seen, then what could be; some of it twice."""
        return [*self._entry.plugs, *[plug.plug_item_hash for plugs in self._choices.values() for plug in plugs]]

    def columns(self) -> list[Column]:
        """In the order of the sockets, without empty ones."""
        raw, found = self._entry.sockets, []
        for index, socket in enumerate(decode_or_salvage(raw, SOCKETS, SocketsData).sockets if raw is not None else ()):
            plug = socket.plug_hash if socket.is_visible else 0
            others = self._choices.get(str(index), ())
            plugs = dict.fromkeys((plug, *(each.plug_item_hash for each in others)))
            plugs.pop(0, None)
            if plugs:
                found.append(Column(plug, tuple(plugs), self._free is None or str(index) in self._free))
        return found


def judged_columns(columns: Sequence[Column], catalogue: Catalogue) -> list[Column]:
    """Those that must be right for a roll that names one perk of each column."""
    return [column for column in columns if column.free and _is_perk(column.plugged, catalogue)]


def _is_perk(hash: int, catalogue: Catalogue) -> bool:
    row = catalogue.definitions.item(hash)
    if row is None or row.bucket == hashes.MODIFICATIONS:
        return False
    category = row.plug.category if row.plug is not None else ""
    if any(word in category for word in _NO_PERKS) or not _NEVER_CHOSEN.isdisjoint(row.categories):
        return False
    return not _CHOSEN_BY_ALL.isdisjoint(row.categories)
