"""A captured GetVendors answer in place of the demo's traders: served as it is, for every character."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from vaultraider.simulator.answers import ApiError
from vaultraider.simulator.capture import CaptureError, read_capture
from vaultraider.simulator.item_details import ITEM_DATA

Json = dict[str, Any]
PARTS = {
    "vendorGroups": 400,
    "vendors": 400,
    "categories": 401,
    "sales": 402,
    "currencyLookups": 600,
    "stringVariables": 1200,
}
UNASKED: Json = {"privacy": 2}
BASE = ("vendorHash", "nextRefreshDate", "enabled")
PERSONAL = frozenset({"saleStatus", "failureIndexes", "requiredUnlocks", "unlockStatuses", "augments", "itemValueVisibility"})
"""What a sale says of the person who looks."""


class CapturedVendors:
    """What the file has; what it lacks is absent."""

    def __init__(self, file: Path) -> None:
        """The file may be gzipped and may have Bungie's envelope. Raises CaptureError."""
        self.parts: Json = {key: msgspec.json.decode(part) for key, part in read_capture(file).items()}
        if not {"vendors", "sales"} <= self.parts.keys():
            raise CaptureError(f"{file.name} is not a captured GetVendors answer: it has no vendors or no sales.")

    def all_of(self, wanted: frozenset[int]) -> Json:
        """``Response`` of GetVendors."""
        found = {key: self.parts.get(key, UNASKED) if number in wanted else UNASKED for key, number in PARTS.items()}
        details = {vendor: _wanted(sets, wanted) for vendor, sets in self.parts.get("itemComponents", {}).items()}
        return found | {"itemComponents": details}

    def one_of(self, vendor: str, wanted: frozenset[int]) -> Json:
        """``Response`` of GetVendor. Raises ApiError 1627 for a vendor that the file says nothing of."""
        if vendor not in self._data("vendors"):
            raise ApiError(1627)
        sales = self._data("sales").get(vendor, {}).get("saleItems", {})
        return {
            "vendor": self._part("vendors", 400 in wanted, self._data("vendors")[vendor]),
            "categories": self._part("categories", 401 in wanted, self._data("categories").get(vendor)),
            "sales": self._part("sales", 402 in wanted, sales),
            "itemComponents": _wanted(self.parts.get("itemComponents", {}).get(vendor, {}), wanted),
            "currencyLookups": self.parts.get("currencyLookups", UNASKED) if 600 in wanted else UNASKED,
            "stringVariables": self.parts.get("stringVariables", UNASKED) if 1200 in wanted else UNASKED,
        }

    def public(self, wanted: frozenset[int]) -> Json:
        """``Response`` of the public vendors: the same ones, without what is about the person of the capture."""
        sales = {
            vendor: {
                "saleItems": {
                    index: {name: value for name, value in one.items() if name not in PERSONAL}
                    for index, one in rows["saleItems"].items()
                }
            }
            for vendor, rows in self._data("sales").items()
        }
        vendors = {vendor: {name: one[name] for name in BASE} for vendor, one in self._data("vendors").items()}
        return {
            "vendorGroups": self.parts.get("vendorGroups", UNASKED) if 400 in wanted else UNASKED,
            "vendors": self._part("vendors", 400 in wanted, vendors),
            "categories": self.parts.get("categories", UNASKED) if 401 in wanted else UNASKED,
            "sales": self._part("sales", 402 in wanted, sales),
            "stringVariables": UNASKED,
        }

    def _data(self, key: str) -> Json:
        found: Json = self.parts.get(key, {}).get("data", {})
        return found

    def _part(self, key: str, asked: bool, data: Any) -> Json:
        return {"data": data, "privacy": self.parts[key]["privacy"]} if asked and data is not None else UNASKED


def _wanted(sets: Json, wanted: frozenset[int]) -> Json:
    names = {ITEM_DATA[number] for number in wanted & ITEM_DATA.keys()}
    return {key: part for key, part in sets.items() if key in names}
