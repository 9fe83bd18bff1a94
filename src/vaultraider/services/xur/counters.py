"""Xûr's two counters by the definitions that are active now: wares with names, and what tells one weekend from another."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import date, datetime

import msgspec

from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.definitions import Definitions
from vaultraider.domain.vendors import Vendor, VendorDefinition, fits_definition, read_vendor, vendor_definition
from vaultraider.domain.wares import Ware, gear_of, wares_of
from vaultraider.domain.xur import COUNTERS, Stock, stock_of
from vaultraider.ports import DefinitionsSource, KeptStock, Seer
from vaultraider.services.xur.places import place_of

KEPT = 12
"""Weekends' wares in memory, some 100 KB each: three classes of this one and the last, and what somebody leafs through."""


class Counters:
    """``definitions``: one version of them. What was read of the manifest's own file is kept."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.catalogue = Catalogue(definitions)
        self._vendors: dict[int, VendorDefinition] = {}
        self._wares: OrderedDict[tuple[date, Seer, datetime], list[Ware]] = OrderedDict()
        self._lock = threading.Lock()
        self._place: str | None = None

    @property
    def place(self) -> str:
        """Where he stands, if the manifest tells; else empty."""
        if self._place is None:
            self._place = place_of(self.definitions)
        return self._place

    def vendor_definition(self, vendor: int) -> VendorDefinition:
        found = self._vendors.get(vendor)
        if found is None:
            found = self._vendors[vendor] = vendor_definition(self.definitions, vendor)
        return found

    def wares(self, stock: KeptStock) -> list[Ware]:
        """Of a stock of the record, nothing personal in it. They are shared: whoever adds to one copies it."""
        key = (stock.weekend, stock.seer, stock.read)
        with self._lock:
            found = self._wares.get(key)
            if found is None:
                found = self._wares[key] = self.named(vendors_of(stock))
                while len(self._wares) > KEPT:
                    self._wares.popitem(last=False)
            return found

    def named(self, vendors: list[Vendor]) -> list[Ware]:
        return [ware for vendor in vendors for ware in wares_of(vendor, self.vendor_definition(vendor.hash), self.catalogue)]

    def stock(self, vendors: list[Vendor]) -> Stock:
        """Comparable only with one that was made by the same definitions."""
        self.catalogue.preload(sale.item_hash for vendor in vendors for sale in vendor.sales)
        return stock_of(vendors, frozenset().union(*(gear_of(vendor, self.catalogue) for vendor in vendors)))

    def fits(self, vendors: list[Vendor]) -> bool:
        """Whether the manifest has nothing against it that these are theirs."""
        return all(fits_definition(vendor, self.vendor_definition(vendor.hash)) is not False for vendor in vendors)


class CurrentCounters:
    """The counters by the active definitions. Safe between threads."""

    def __init__(self, definitions: DefinitionsSource) -> None:
        self._definitions = definitions
        self._counters: Counters | None = None
        self._lock = threading.Lock()

    def get(self) -> Counters:
        """Raises DefinitionsMissing."""
        definitions = self._definitions.current()
        with self._lock:
            if self._counters is None or self._counters.definitions is not definitions:
                self._counters = Counters(definitions)
            return self._counters


def vendors_of(stock: KeptStock) -> list[Vendor]:
    """His own counter first."""
    return [read_vendor(stock.counters[hash], hash) for hash in COUNTERS if hash in stock.counters]


def copy_of(ware: Ware) -> Ware:
    """One that can be added to."""
    return msgspec.structs.replace(ware, prices=[msgspec.structs.replace(price) for price in ware.prices])
