"""What an item's stats would be with a full masterwork: what is in its masterwork socket exchanged for the fullest of its kind.

The fullest is what the definitions let into the same socket. Armour of before has stats of its masterwork only at the end: where
the definitions do not list that end, it is two points in all six.
"""

from __future__ import annotations

from typing import NamedTuple

from vaultraider.domain import hashes
from vaultraider.domain.catalogue import Catalogue, KnownItem, KnownPlug
from vaultraider.domain.definitions import ItemDefinition, SocketEntry
from vaultraider.domain.details import is_masterwork
from vaultraider.domain.entries import INSTANCE, Entry, copy_of
from vaultraider.domain.items import NO_INSTANCE, InstanceData
from vaultraider.domain.snapshot import decode_or_salvage
from vaultraider.domain.sockets import SOCKETS, SocketsData

OLD_BONUS = 2
"""What a masterwork gave to all six stats of armour before Armor 3.0."""
_NO_SOCKET = SocketEntry()
_Known = dict[tuple[int, int], int]


class _Plugged(NamedTuple):
    """What counts for an item's stats. ``exchanged``: something of it is fuller than what the copy has."""

    plugs: list[KnownPlug]
    now: list[KnownPlug]
    exchanged: bool


def masterworked(entry: Entry, catalogue: Catalogue) -> dict[int, int]:
    """By stat what would be shown with a full masterwork and all else as it is; only what differs. Nothing where the definitions
    are not whole enough to say."""
    known, shown = catalogue.item(entry.item.hash), entry.item.stats
    if known.model is None or entry.sockets is None or not isinstance(shown, tuple):
        return {}
    plugged = _plugged(entry, known, catalogue)
    if plugged is None:
        return {}
    instance = decode_or_salvage(entry.instance, INSTANCE, InstanceData) if entry.instance is not None else NO_INSTANCE
    copy = copy_of(entry.data, instance, known, plugged.now, entry.plug_objectives, catalogue)._replace(masterwork=True)
    full = {stat.hash: stat.value for stat in known.model.of([plug.effects for plug in plugged.plugs], copy)}
    if known.model.armor and not plugged.exchanged and not _has_new_masterwork(plugged.now, catalogue):
        _raise_all(full, entry)
    before = {stat.hash: stat.value for stat in shown}
    return {stat: value for stat, value in full.items() if before.get(stat, 0) != value}


def _plugged(entry: Entry, known: KnownItem, catalogue: Catalogue) -> _Plugged | None:
    """None: the definitions do not know all of it."""
    sockets = decode_or_salvage(entry.sockets, SOCKETS, SocketsData).sockets if entry.sockets is not None else []
    places = known.definition.sockets if known.definition is not None else ()
    plugs: list[KnownPlug] = []
    now: list[KnownPlug] = []
    exchanged = False
    for index, socket in enumerate(sockets):
        if not socket.plug_hash or not socket.is_enabled or index in known.inert:
            continue
        full = fullest(socket.plug_hash, places[index] if index < len(places) else _NO_SOCKET, catalogue)
        exchanged = exchanged or full != socket.plug_hash
        now.append(catalogue.plug(socket.plug_hash))
        plugs.append(catalogue.plug(full))
    return _Plugged(plugs, now, exchanged) if all(plug.whole for plug in (*plugs, *now)) else None


def fullest(plug: int, place: SocketEntry, catalogue: Catalogue) -> int:
    """Of a masterwork the one that gives most of what it gives, among those of its category that fit the socket; of any other
    plug itself."""
    known = catalogue.once("masterworked.fullest", _Known)
    key = plug, place.reusable_plug_set or place.randomized_plug_set
    if key not in known:
        known[key] = _fullest(plug, place, catalogue)
    return known[key]


def _fullest(plug: int, place: SocketEntry, catalogue: Catalogue) -> int:
    row = catalogue.definitions.item(plug)
    if row is None or row.plug is None or not is_masterwork(row):
        return plug
    listed = catalogue.definitions.plug_set(place.reusable_plug_set or place.randomized_plug_set)
    fitting = {hash for hash, _ in listed.plugs} if listed is not None else set()
    category = row.plug.category
    others = (catalogue.definitions.item(hash) for hash in sorted(fitting | set(place.reusable_plugs)))
    same = [each for each in others if each is not None and each.plug is not None and each.plug.category == category]
    return max([row, *same], key=_strength).hash


def _strength(plug: ItemDefinition) -> int:
    """What it gives to the stat that it gives most to; some stats get better by falling."""
    return max((abs(stat.value) for stat in plug.investment_stats), default=0)


def _has_new_masterwork(plugs: list[KnownPlug], catalogue: Catalogue) -> bool:
    rows = (catalogue.definitions.item(plug.hash) for plug in plugs)
    return any(row is not None and row.plug is not None and row.plug.category == hashes.ARMOR_3_MASTERWORKS for row in rows)


def _raise_all(full: dict[int, int], entry: Entry) -> None:
    """Armour of before that is not masterworked yet."""
    if entry.item.masterwork is True:
        return
    for stat in hashes.ARMOR_STAT_HASHES:
        full[stat] = full.get(stat, 0) + OLD_BONUS
    full[hashes.TOTAL] = full.get(hashes.TOTAL, 0) + OLD_BONUS * len(hashes.ARMOR_STAT_HASHES)
