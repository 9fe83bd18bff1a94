"""From Bungie's JSON of one item to ours.

An ``Entry`` keeps what it was made from. When the next snapshot brings the same bytes for an item, its entry, encoded JSON and
all, is used again: most of an account does not change between two reads.
"""

from __future__ import annotations

import msgspec
from msgspec import UNSET, Raw, UnsetType

from vaultraider.domain import hashes
from vaultraider.domain.buckets import place_of
from vaultraider.domain.catalogue import Catalogue, KnownItem, KnownPlug
from vaultraider.domain.items import (
    CRAFTED,
    ELEMENTS,
    LOCKED,
    MASTERWORK,
    NO_INSTANCE,
    NOT_TRANSFERRABLE_STATUS,
    TRACKED,
    InstanceData,
    ItemData,
    power_of,
    stuck_reason,
)
from vaultraider.domain.power import Gear
from vaultraider.domain.profile_parts import Item, ItemStat, Pending, Place
from vaultraider.domain.snapshot import ItemComponents, decode_or_salvage
from vaultraider.domain.sockets import SOCKETS, SocketsData, crafted_level
from vaultraider.domain.stats import Copy

ITEM = msgspec.json.Decoder(ItemData)
INSTANCE = msgspec.json.Decoder(InstanceData)
_ENCODER = msgspec.json.Encoder()
_NONE: dict[str, Raw] = {}


class BungieStat(msgspec.Struct, rename="camel", gc=False):
    stat_hash: int = 0
    value: int = 0


class BungieStats(msgspec.Struct):
    stats: dict[str, BungieStat] = {}


BUNGIE_STATS = msgspec.json.Decoder(BungieStats)


class Parts:
    """The components of a snapshot that describe single items, by instance id."""

    __slots__ = ("instances", "plug_objectives", "sockets", "stats")

    def __init__(self, components: ItemComponents) -> None:
        self.instances = _data(components, "instances")
        self.sockets = _data(components, "sockets")
        self.stats = _data(components, "stats")
        self.plug_objectives = _data(components, "plug_objectives")


def _data(components: ItemComponents, name: str) -> dict[str, Raw]:
    part = getattr(components, name)
    return part.data if part is not None and part.data is not None else _NONE


class Entry:
    """One item of a profile, what it was made from, and what is read off it again and again.

    ``source`` is Bungie's JSON of the item itself; ``n`` tells stacks of the same item in the same store apart.
    """

    __slots__ = (
        "data",
        "gear",
        "instance",
        "item",
        "json",
        "n",
        "plug_objectives",
        "plugs",
        "sockets",
        "source",
        "stat_hashes",
        "stats",
    )

    source: bytes
    data: ItemData
    instance: Raw | None
    sockets: Raw | None
    stats: Raw | None
    plug_objectives: Raw | None
    item: Item
    json: bytes
    plugs: tuple[int, ...]
    stat_hashes: tuple[int, ...]
    gear: Gear | None
    n: int

    def still_holds(self, parts: Parts) -> bool:
        """Whether the item's components are what they were. If so, they are taken over, so that the old body can go."""
        id = self.data.item_instance_id
        instance, sockets = parts.instances.get(id), parts.sockets.get(id)
        stats, objectives = parts.stats.get(id), parts.plug_objectives.get(id)
        if instance != self.instance or sockets != self.sockets or stats != self.stats or objectives != self.plug_objectives:
            return False
        self.instance, self.sockets, self.stats, self.plug_objectives = instance, sockets, stats, objectives
        return True


def decode_item(raw: Raw) -> ItemData:
    """Bungie's item; whatever cannot be read has its default. Never raises."""
    return decode_or_salvage(raw, ITEM, ItemData)


def make_entry(
    source: bytes,
    data: ItemData,
    holder: str,
    equipped: bool,
    n: int,
    parts: Parts,
    catalogue: Catalogue,
    pending: Pending | UnsetType = UNSET,
) -> Entry:
    """Works one item out. ``holder``: a character's id, or "" for what the account shares."""
    entry = Entry()
    id = data.item_instance_id
    entry.source, entry.data, entry.n = source, data, n
    entry.instance = entry.sockets = entry.stats = entry.plug_objectives = None
    instance = NO_INSTANCE
    if id:
        entry.instance, entry.sockets = parts.instances.get(id), parts.sockets.get(id)
        entry.stats, entry.plug_objectives = parts.stats.get(id), parts.plug_objectives.get(id)
        if entry.instance is not None:
            instance = decode_or_salvage(entry.instance, INSTANCE, InstanceData)
    known = catalogue.item(data.item_hash)
    store, place = place_of(data.bucket_hash, data.location, holder, equipped)
    plugs, plugged, whole = _plugs(entry.sockets, known, catalogue)
    stats = _stats(entry, known, plugged, whole, instance, catalogue) if known.gear else ()
    entry.plugs = plugs
    entry.item = item = _item(data, instance, known, store, place, catalogue)
    item.id = id or f"s-{data.item_hash}-{store}-{n}"
    entry.stat_hashes = tuple([stat.hash for stat in stats])
    if stats:
        item.stats = stats
    if plugs:
        item.plugs = plugs
    entry.gear = _gear(item, known, data) if known.gear else None
    item.pending = pending
    entry.json = _ENCODER.encode(item)
    return entry


def _item(data: ItemData, instance: InstanceData, known: KnownItem, store: str, place: Place, catalogue: Catalogue) -> Item:
    state, energy = data.state, instance.energy
    power = power_of(instance, known.definition)
    return Item(
        id="",
        hash=data.item_hash,
        bucket=known.slot or data.bucket_hash,
        store=store,
        place=place,
        quantity=data.quantity if data.quantity != 1 else UNSET,
        power=power or UNSET,
        element=ELEMENTS.get(instance.damage_type, UNSET) if instance.damage_type else UNSET,
        state=state or UNSET,
        locked=True if state & LOCKED else UNSET,
        tracked=True if state & TRACKED else UNSET,
        masterwork=True if state & MASTERWORK else UNSET,
        crafted=True if state & CRAFTED else UNSET,
        gear_tier=instance.gear_tier or UNSET,
        energy=energy.energy_capacity if energy is not None else UNSET,
        stuck=stuck_reason(data, place, known.definition, catalogue.vaulted) or UNSET,
    )


def _plugs(raw: Raw | None, known: KnownItem, catalogue: Catalogue) -> tuple[tuple[int, ...], list[KnownPlug], bool]:
    """What is visible; what is plugged and enabled; and whether the definitions know all of what could change stats."""
    if raw is None:
        return (), [], True
    visible: list[int] = []
    plugged: list[KnownPlug] = []
    whole = True
    inert, plug_of = known.inert, catalogue.plug
    for index, socket in enumerate(decode_or_salvage(raw, SOCKETS, SocketsData).sockets):
        hash = socket.plug_hash
        if not hash:
            continue
        if socket.is_visible:
            visible.append(hash)
        plug = plug_of(hash)
        if socket.is_enabled and index not in inert:
            plugged.append(plug)
            whole = whole and plug.whole
    return tuple(visible), plugged, whole


def _stats(
    entry: Entry, known: KnownItem, plugged: list[KnownPlug], whole: bool, instance: InstanceData, catalogue: Catalogue
) -> tuple[ItemStat, ...]:
    """Worked out where the definitions are whole; else as Bungie sent them, without a base; else none: never a wrong number."""
    definition, model = known.definition, known.model
    if model is None or not whole or definition is None or (entry.sockets is None and definition.sockets):
        return _bungie_stats(entry.stats)
    copy = copy_of(entry.data, instance, known, plugged, entry.plug_objectives, catalogue)
    return model.of([plug.effects for plug in plugged], copy)


def copy_of(
    data: ItemData,
    instance: InstanceData,
    known: KnownItem,
    plugged: list[KnownPlug],
    plug_objectives: Raw | None,
    catalogue: Catalogue,
) -> Copy:
    """What the stat rules ask of this copy. Its level is looked up only when a plug asks for it."""
    level = 0
    if data.state & CRAFTED and any(plug.enhanced for plug in plugged):
        level = crafted_level(plug_objectives, catalogue.definitions)
    return Copy(
        bool(data.state & MASTERWORK),
        known.definition is not None and known.definition.adept,
        level,
        instance.gear_tier or 0,
        known.guardian,
    )


def _bungie_stats(raw: Raw | None) -> tuple[ItemStat, ...]:
    if raw is None:
        return ()
    found = decode_or_salvage(raw, BUNGIE_STATS, BungieStats).stats.values()
    return tuple(ItemStat(stat.stat_hash, stat.value, stat.value) for stat in found if stat.stat_hash not in hashes.POWER_STATS)


def _gear(item: Item, known: KnownItem, data: ItemData) -> Gear | None:
    if not isinstance(item.power, int):
        return None
    definition = known.definition
    bound = bool(data.transfer_status & NOT_TRANSFERRABLE_STATUS) or (definition is not None and definition.non_transferrable)
    return Gear(item.id, known.slot, item.power, item.store, known.guardian, known.exotic, item.place == "equipped", bound)
