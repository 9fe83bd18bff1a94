"""Wares: what a vendor sells, named and priced, with its roll where Bungie tells it.

Since 2024 only the answer about one vendor has the details of what is sold. Without them the perks come from the definition,
and are marked as what it could have: no stats are shown then, as they would be wrong.
"""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from vaultraider.domain import hashes
from vaultraider.domain.catalogue import Catalogue, KnownItem, item_facts, plug_facts, stat_facts
from vaultraider.domain.definitions import ItemDefinition, SocketEntry
from vaultraider.domain.entries import Entry, Parts, make_entry
from vaultraider.domain.items import ARMOR_KINDS, CLASSES, WEAPON_KINDS, ItemData, kind_of
from vaultraider.domain.profile_parts import GuardianClass, ItemFacts, StatLine
from vaultraider.domain.snapshot import decode_or_salvage
from vaultraider.domain.sockets import REUSABLE_PLUGS, SOCKETS, ReusablePlugsData, SocketsData
from vaultraider.domain.vendors import NO_FUNDS, NO_SPACE, NO_UNLOCK, OWNED, SaleData, Vendor, VendorDefinition

Roll = Literal["known", "fixed", "unknown", "none"]
Barred = Literal["no-space", "no-funds", "not-unlocked", "other"]
PERK_CATEGORIES = frozenset({3956125808, 4241085061, 3154740035})
"""DestinySocketCategoryDefinition: intrinsic traits, weapon perks, armour perks."""
LOCATION_VENDOR = 3
_GEAR_KINDS = frozenset({*WEAPON_KINDS.values(), *ARMOR_KINDS.values()})


class Price(msgspec.Struct, kw_only=True):
    """``owned``: how many the player has; absent where nobody is signed in."""

    hash: int
    name: str
    quantity: int
    icon: str
    owned: int | UnsetType = UNSET


class Perk(msgspec.Struct, kw_only=True):
    """``type``: in the game's words, as "Barrel" or "Trait"."""

    hash: int
    name: str
    description: str | UnsetType = UNSET
    icon: str | UnsetType = UNSET
    type: str | UnsetType = UNSET


class PerkColumn(msgspec.Struct, kw_only=True):
    """One socket. ``certain``: it has these, the one that is in first; otherwise it has one or some of them."""

    perks: list[Perk]
    certain: bool


class Ware(msgspec.Struct, kw_only=True):
    """One thing on sale.

    ``roll`` "known": stats and perks are those of the copy that is sold; "fixed": every copy has these perks; "unknown": Bungie
    did not say, the perks are what it could have; "none": there is nothing to roll. ``barred``: what stands against buying it,
    ``reasons`` in the game's words. ``copies``: how many the player has; ``collected``: has had it, as far as can be told.
    """

    vendor: int
    index: int
    hash: int
    facts: ItemFacts
    prices: list[Price]
    roll: Roll
    quantity: int | UnsetType = UNSET
    power: int | UnsetType = UNSET
    gear_tier: int | UnsetType = UNSET
    stats: list[StatLine] | UnsetType = UNSET
    perks: list[PerkColumn] | UnsetType = UNSET
    owned: bool | UnsetType = UNSET
    barred: list[Barred] | UnsetType = UNSET
    reasons: list[str] | UnsetType = UNSET
    copies: int | UnsetType = UNSET
    collected: bool | UnsetType = UNSET
    guardian: GuardianClass | UnsetType = msgspec.field(name="class", default=UNSET)


def wares_of(vendor: Vendor, definition: VendorDefinition, catalogue: Catalogue) -> list[Ware]:
    """What can be bought, in the vendor's order. What has no price is no ware: doors to other counters, rewards, quests."""
    sold = [sale for sale in vendor.sales if sale.costs]
    catalogue.preload({sale.item_hash for sale in sold} | {cost.item_hash for sale in sold for cost in sale.costs})
    parts = Parts(vendor.components)
    return [_ware(vendor, sale, definition, parts, catalogue) for sale in sold]


def gear_of(vendor: Vendor, catalogue: Catalogue) -> frozenset[int]:
    """The hashes on sale that are weapons or armour, or may be."""
    return frozenset(sale.item_hash for sale in vendor.sales if _may_be_gear(catalogue.item(sale.item_hash)))


def _may_be_gear(known: KnownItem) -> bool:
    """By slot; where the manifest tells none, by kind. What it knows nothing of counts, as what is new mostly is gear.

    So does what is for one class: exotic class items on sale stand in a slot of their own, with nothing said of them.
    """
    if known.gear or known.definition is None:
        return True
    kind = kind_of(known.definition)
    return kind in _GEAR_KINDS or (kind == "unknown" and (not known.slot or known.guardian in CLASSES))


def _ware(vendor: Vendor, sale: SaleData, definition: VendorDefinition, parts: Parts, catalogue: Catalogue) -> Ware:
    known = catalogue.item(sale.item_hash)
    row = known.definition
    data = ItemData(
        item_hash=sale.item_hash,
        item_instance_id=str(sale.vendor_item_index),
        bucket_hash=known.slot,
        location=LOCATION_VENDOR,
    )
    entry = make_entry(b"", data, "", False, 0, parts, catalogue)
    ware = Ware(
        vendor=vendor.hash,
        index=sale.vendor_item_index,
        hash=sale.item_hash,
        facts=item_facts(sale.item_hash, row, catalogue.key),
        prices=[_price(cost.item_hash, cost.quantity, vendor.purse, catalogue) for cost in sale.costs],
        roll="none",
        quantity=sale.quantity if sale.quantity != 1 else UNSET,
        power=entry.item.power,
        gear_tier=entry.item.gear_tier,
    )
    ware.guardian = ware.facts.guardian
    if entry.sockets is not None:
        ware.roll, ware.perks = "known", _rolled(vendor, entry, row, catalogue) or UNSET
    elif _may_be_gear(known):
        ware.perks = _possible(row, catalogue) or UNSET
        ware.roll = "unknown" if row is None or _is_random(row) else "fixed"
    if isinstance(entry.item.stats, tuple):
        ware.stats = [
            StatLine(hash=stat.hash, name=stat_facts(stat.hash, catalogue.definitions).name, value=stat.value, base=stat.base)
            for stat in entry.item.stats
        ]
    _say_what_bars(ware, sale, definition)
    return ware


def _price(hash: int, quantity: int, purse: dict[int, int] | None, catalogue: Catalogue) -> Price:
    facts = item_facts(hash, catalogue.item(hash).definition, catalogue.key)
    owned = purse.get(hash, 0) if purse is not None else UNSET
    return Price(hash=hash, name=facts.name, quantity=quantity, icon=facts.icon, owned=owned)


def _say_what_bars(ware: Ware, sale: SaleData, definition: VendorDefinition) -> None:
    """Only where somebody is signed in; the same thing costs one player more patience than another."""
    if sale.augments is not None:
        ware.owned = bool(sale.augments & OWNED)
    if not sale.sale_status:
        return
    flags: tuple[tuple[int, Barred], ...] = ((NO_SPACE, "no-space"), (NO_FUNDS, "no-funds"), (NO_UNLOCK, "not-unlocked"))
    barred = [word for flag, word in flags if sale.sale_status & flag]
    if sale.sale_status & ~(NO_SPACE | NO_FUNDS | NO_UNLOCK):
        barred.append("other")
    ware.barred = barred
    strings = definition.failures
    ware.reasons = [strings[n] for n in sale.failure_indexes if 0 <= n < len(strings) and strings[n]] or UNSET


def _rolled(vendor: Vendor, entry: Entry, row: ItemDefinition | None, catalogue: Catalogue) -> list[PerkColumn]:
    """What this copy has; where one can choose between several, all of them."""
    sockets = decode_or_salvage(entry.sockets, SOCKETS, SocketsData).sockets if entry.sockets is not None else []
    part = vendor.components.reusable_plugs
    raw = part.data.get(entry.data.item_instance_id) if part is not None and part.data is not None else None
    choices = decode_or_salvage(raw, REUSABLE_PLUGS, ReusablePlugsData).plugs if raw is not None else {}
    found = []
    for index, socket in enumerate(sockets):
        if not socket.plug_hash or not socket.is_visible or not _shows_perks(row, index, socket.plug_hash, catalogue):
            continue
        offered = [plug.plug_item_hash for plug in choices.get(str(index), [])]
        column = [_perk(hash, catalogue) for hash in dict.fromkeys((socket.plug_hash, *offered))]
        found.append(PerkColumn(perks=column, certain=True))
    return found


def _possible(row: ItemDefinition | None, catalogue: Catalogue) -> list[PerkColumn]:
    """What a copy could have, by its definition."""
    found = []
    for index, entry in enumerate(row.sockets if row is not None else ()):
        plugs = _candidates(entry, catalogue)
        if not plugs or not entry.visible or not _shows_perks(row, index, plugs[0], catalogue):
            continue
        certain = not entry.randomized_plug_set
        found.append(PerkColumn(perks=[_perk(hash, catalogue) for hash in plugs], certain=certain))
    return found


def _candidates(entry: SocketEntry, catalogue: Catalogue) -> list[int]:
    if entry.randomized_plug_set:
        plugs = catalogue.definitions.plug_set(entry.randomized_plug_set)
        return [hash for hash, can_roll in plugs.plugs if can_roll] if plugs is not None else []
    return [entry.initial_plug] if entry.initial_plug else []


def _is_random(row: ItemDefinition) -> bool:
    """A definition that lacks its sockets, as excerpts do, says nothing: then anything is possible."""
    return not row.sockets or any(entry.randomized_plug_set for entry in row.sockets)


def _shows_perks(row: ItemDefinition | None, index: int, plug: int, catalogue: Catalogue) -> bool:
    """By the socket's category; where the definition tells none, by what is in it: a perk is no mod and no paint."""
    categories = row.socket_categories if row is not None else ()
    if categories:
        return any(group.category in PERK_CATEGORIES and index in group.indexes for group in categories)
    found = catalogue.definitions.item(plug)
    if found is None or found.plug is None:
        return False
    return found.plug.category_hash == hashes.INTRINSICS or (bool(found.perks) and "enhancements" not in found.plug.category)


def _perk(hash: int, catalogue: Catalogue) -> Perk:
    row = catalogue.definitions.item(hash)
    facts = plug_facts(hash, row, catalogue.key)
    description = row.description.strip() if row is not None else ""
    return Perk(hash=hash, name=facts.name, description=description or UNSET, icon=facts.icon, type=facts.type)
