"""What is kept of a vendor's answer: what it sells, and, only where that is asked for, what it said of who looked.

The form is that of Bungie's own answer about one vendor, so that it is read again as that answer is, by whatever definitions are
there then. It is written from what was typed, field by field: nothing personal slips into the record by being new.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Raw

from vaultraider.domain.snapshot import Component, ItemComponents, decode_or_salvage
from vaultraider.domain.vendors import NEVER, SaleData, Vendor

_ENCODER = msgspec.json.Encoder()


class _ItemBase(msgspec.Struct, rename="camel", omit_defaults=True):
    """An item on sale without whether this guardian could wear it."""

    damage_type: int = 0
    primary_stat: dict[str, Any] | None = None
    item_level: int = 0
    quality: int = 0
    energy: dict[str, Any] | None = None
    gear_tier: int | None = None


_ITEM_BASE = msgspec.json.Decoder(_ItemBase)


class _Kept(msgspec.Struct, rename="camel"):
    vendor: dict[str, Any]
    sales: dict[str, Any]
    item_components: dict[str, Any]
    currency_lookups: dict[str, Any] | msgspec.UnsetType = msgspec.UNSET


def to_keep(vendor: Vendor, *, personal: bool) -> Raw:
    """The answer to keep, as JSON. ``personal``: with purse, what is owned and what bars, for that person alone.

    Without it, only what has a price is kept: what has none (rewards, doors) comes and goes with who looks.
    """
    sales = vendor.sales if personal else tuple(_without_person(sale) for sale in vendor.sales if sale.costs)
    refresh = (vendor.next_refresh or NEVER).isoformat().replace("+00:00", "Z")
    kept = _Kept(
        vendor={"data": {"vendorHash": vendor.hash, "nextRefreshDate": refresh, "enabled": vendor.is_here}},
        sales={"data": {str(sale.vendor_item_index): sale for sale in sales}},
        item_components=_components(vendor.components, {str(sale.vendor_item_index) for sale in sales}, personal),
    )
    if personal and vendor.purse is not None:
        kept.currency_lookups = {"data": {"itemQuantities": {str(hash): count for hash, count in vendor.purse.items()}}}
    return Raw(_ENCODER.encode(kept))


def _without_person(sale: SaleData) -> SaleData:
    return msgspec.structs.replace(sale, sale_status=None, failure_indexes=[], augments=None)


def _components(components: ItemComponents, sold: set[str], personal: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("instances", "stats", "sockets", "reusable_plugs"):
        part: Component[dict[str, Raw]] | None = getattr(components, name)
        if part is None or part.data is None:
            continue
        data: dict[str, Any] = {index: raw for index, raw in part.data.items() if index in sold}
        if name == "instances" and not personal:
            data = {index: decode_or_salvage(raw, _ITEM_BASE, _ItemBase) for index, raw in data.items()}
        found["reusablePlugs" if name == "reusable_plugs" else name] = {"data": data}
    return found
