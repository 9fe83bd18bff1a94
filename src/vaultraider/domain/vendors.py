"""What Bungie said about vendors: who is there, what is on sale, and what the manifest says of them.

A vendor is there when it stands among the vendors. Sales alone prove nothing: a real answer of 2023-11-28, an hour after Xûr
had gone, still lists what he sold. The answer is kept as it came beside what was read off it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypeVar

import msgspec
from msgspec import Raw

from vaultraider.domain.definitions import Definitions
from vaultraider.domain.errors import BungieGarbled
from vaultraider.domain.snapshot import Component, ItemComponents, Privacy, decode_or_salvage, parse_stamp

T = TypeVar("T")
NO_SPACE, NO_FUNDS, NO_UNLOCK = 1, 2, 8
"""Flags of ``sale_status`` (VendorItemStatus); 0 is fine."""
OWNED = 128
"""Flag of ``augments``."""
NEVER = datetime(9000, 1, 1, tzinfo=UTC)
"""A date of Bungie's after this means that nothing ever changes there."""


class CostData(msgspec.Struct, rename="camel"):
    item_hash: int = 0
    quantity: int = 0


class SaleData(msgspec.Struct, rename="camel", omit_defaults=True):
    """DestinyVendorSaleItemComponent. What is about a person is None where nobody was signed in.

    ``vendor_item_index`` is the place in the vendor's ``itemList`` of the manifest that Bungie used for this answer.
    """

    vendor_item_index: int = -1
    item_hash: int = 0
    quantity: int = 1
    costs: list[CostData] = []
    sale_status: int | None = None
    failure_indexes: list[int] = []
    augments: int | None = None
    override_style_item_hash: int = 0
    override_next_refresh_date: str = ""
    api_purchasable: bool = False


class VendorData(msgspec.Struct, rename="camel"):
    """DestinyVendorComponent, the part that is used. ``vendorLocationIndex`` is not: it is 0 or wrong (Bungie-net/api #310)."""

    vendor_hash: int = 0
    next_refresh_date: str = ""
    enabled: bool = True
    can_purchase: bool | None = None


class Vendor(msgspec.Struct, frozen=True, kw_only=True):
    """One vendor as one person's one character sees it. ``sales`` are in the order of their indexes.

    ``next_refresh``: when Bungie says that the stock changes; None where it says nothing, or never. New dates come minutes
    before new stock (Bungie-net/api #1401): compare the stock. ``components``: details by index as text, often none.
    """

    hash: int
    is_here: bool
    next_refresh: datetime | None
    sales: tuple[SaleData, ...]
    components: ItemComponents
    purse: dict[int, int] | None = None
    """How many the player has of what can be paid with."""


class AllVendors(msgspec.Struct, frozen=True, kw_only=True):
    """An answer about all vendors. ``state``: whether Bungie said who is there at all; if not, nobody is known to be away."""

    raw: bytes
    read: datetime
    state: Privacy
    vendors: dict[int, Vendor]

    def is_here(self, vendor_hash: int) -> bool | None:
        """None: the answer does not tell."""
        if self.state != "present":
            return None
        found = self.vendors.get(vendor_hash)
        return found is not None and found.is_here


_NOTHING = Raw()


class _Sales(msgspec.Struct, rename="camel"):
    sale_items: dict[str, Raw] = {}


class _Purse(msgspec.Struct, rename="camel"):
    item_quantities: dict[str, int] = {}


class _AllBody(msgspec.Struct, rename="camel"):
    vendors: Component[dict[str, Raw]] | None = None
    sales: Component[dict[str, Raw]] | None = None
    item_components: dict[str, Raw] = {}
    currency_lookups: Raw = _NOTHING


class _OneBody(msgspec.Struct, rename="camel"):
    vendor: dict[str, Raw] | None = None
    """A component, its data unread."""
    sales: Component[dict[str, Raw]] | None = None
    item_components: Raw = _NOTHING
    currency_lookups: Raw = _NOTHING


_ALL = msgspec.json.Decoder(_AllBody)
_ONE = msgspec.json.Decoder(_OneBody)
_SALE = msgspec.json.Decoder(SaleData)
_VENDOR = msgspec.json.Decoder(VendorData)
_COMPONENTS = msgspec.json.Decoder(ItemComponents)
_SALES = msgspec.json.Decoder(_Sales)
_PURSE = msgspec.json.Decoder(Component[_Purse])


def read_vendors(response: bytes, read: datetime) -> AllVendors:
    """Types the ``Response`` of GetVendors, or of the public vendors. Raises BungieGarbled when it is not what was promised."""
    body = _decoded(_ALL, response)
    listed = body.vendors.data if body.vendors is not None and body.vendors.data is not None else {}
    sales = body.sales.data if body.sales is not None and body.sales.data is not None else {}
    purse = _purse(body.currency_lookups)
    found: dict[int, Vendor] = {}
    for text in filter(_is_number, dict.fromkeys((*listed, *sales))):
        on_sale = decode_or_salvage(sales[text], _SALES, _Sales).sale_items if text in sales else {}
        found[int(text)] = _vendor(int(text), listed.get(text), on_sale, body.item_components.get(text, _NOTHING), purse)
    state: Privacy = body.vendors.state if body.vendors is not None else "absent"
    return AllVendors(raw=response, read=read, state=state, vendors=found)


def read_vendor(response: bytes, vendor_hash: int) -> Vendor:
    """Types the ``Response`` of GetVendor; ``vendor_hash``: who was asked for. Raises BungieGarbled."""
    body = _decoded(_ONE, response)
    raw = body.vendor.get("data") if body.vendor is not None else None
    sales = body.sales.data if body.sales is not None and body.sales.data is not None else {}
    return _vendor(vendor_hash, raw, sales, body.item_components, _purse(body.currency_lookups))


def _vendor(hash: int, raw: Raw | None, sales: dict[str, Raw], components: Raw, purse: dict[int, int] | None) -> Vendor:
    data = decode_or_salvage(raw, _VENDOR, VendorData) if raw is not None else VendorData()
    refresh = parse_stamp(data.next_refresh_date)
    read = [_sale(text, sale) for text, sale in sales.items() if _is_number(text)]
    return Vendor(
        hash=hash,
        is_here=raw is not None and data.enabled,
        next_refresh=refresh if refresh is not None and refresh < NEVER else None,
        sales=tuple(sorted((sale for sale in read if sale.item_hash), key=lambda sale: sale.vendor_item_index)),
        components=decode_or_salvage(components, _COMPONENTS, ItemComponents) if components != _NOTHING else ItemComponents(),
        purse=purse,
    )


def _sale(text: str, raw: Raw) -> SaleData:
    """The key says the index too: it is taken where the field is missing."""
    sale = decode_or_salvage(raw, _SALE, SaleData)
    if sale.vendor_item_index < 0:
        sale.vendor_item_index = int(text)
    return sale


def _purse(raw: Raw) -> dict[int, int] | None:
    if raw == _NOTHING:
        return None
    data = decode_or_salvage(raw, _PURSE, Component[_Purse]).data
    if data is None:
        return None
    return {int(text): quantity for text, quantity in data.item_quantities.items() if _is_number(text)}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 10


def _decoded(decoder: msgspec.json.Decoder[T], response: bytes) -> T:
    try:
        return decoder.decode(response)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BungieGarbled from error


# --- What the manifest says ----------------------------------------------------------------------------------------------------


class _Line(msgspec.Struct, rename="camel"):
    item_hash: int = 0


class _Display(msgspec.Struct):
    name: str = ""
    subtitle: str = ""


class _Row(msgspec.Struct, rename="camel"):
    display_properties: _Display = msgspec.field(default_factory=_Display)
    failure_strings: list[str] = []
    item_list: list[_Line] = []


class VendorDefinition(msgspec.Struct, frozen=True):
    """``lines``: item hashes by vendorItemIndex; empty where the manifest leaves them out."""

    name: str = ""
    subtitle: str = ""
    failures: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()


def vendor_definition(definitions: Definitions, vendor_hash: int) -> VendorDefinition:
    """An empty one where the manifest has none that can be read. Slow: it reads the manifest's own file."""
    full = definitions.full("Vendor", vendor_hash)
    try:
        row = msgspec.convert(full or {}, _Row)
    except msgspec.ValidationError:
        return VendorDefinition()
    return VendorDefinition(
        row.display_properties.name,
        row.display_properties.subtitle,
        tuple(row.failure_strings),
        tuple(line.item_hash for line in row.item_list),
    )


def fits_definition(vendor: Vendor, definition: VendorDefinition) -> bool | None:
    """Whether each item on sale is the one that the manifest has at its index; None where the manifest does not say.

    If not, either Bungie shows somebody else's wares (Bungie-net/api #1771), or our manifest is not the one that it used.
    """
    lines = definition.lines
    if not lines:
        return None
    return all(sale.vendor_item_index < len(lines) and lines[sale.vendor_item_index] == sale.item_hash for sale in vendor.sales)
