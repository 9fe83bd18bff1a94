"""Where Xûr stands. Bungie's answer says nothing that can be relied on (``vendorLocationIndex``, Bungie-net/api #310)."""

from __future__ import annotations

from typing import Any

from vaultraider.domain.definitions import Definitions
from vaultraider.domain.xur import XUR


def place_of(definitions: Definitions) -> str:
    """The only place that the manifest gives him; empty where it gives none, or several."""
    row = definitions.full("Vendor", XUR) or {}
    listed = row.get("locations")
    found = (
        {_number(one.get("destinationHash")) for one in listed if isinstance(one, dict)} if isinstance(listed, list) else set()
    )
    if len(found) != 1:
        return ""
    destination = definitions.full("Destination", found.pop()) or {}
    shown: Any = destination.get("displayProperties")
    name = shown.get("name") if isinstance(shown, dict) else ""
    return name.strip() if isinstance(name, str) else ""


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
