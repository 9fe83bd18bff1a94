"""Vendors, Xûr among them."""

from __future__ import annotations

from vaultraider.bungie._client import Client
from vaultraider.bungie._endpoint import Endpoint
from vaultraider.bungie.profile import Component, numbers
from vaultraider.domain.errors import StaleRequest
from vaultraider.ports import MembershipRef

_CHARACTER = "/Destiny2/{membershipType}/Profile/{destinyMembershipId}/Character/{characterId}"
GET_VENDORS = Endpoint(
    operation="Destiny2.GetVendors",
    path=f"{_CHARACTER}/Vendors/",
    auth="optional",
    scope="ReadDestinyInventoryAndVault",
    game=True,
)
GET_VENDOR = Endpoint(
    operation="Destiny2.GetVendor",
    path=f"{_CHARACTER}/Vendors/{{vendorHash}}/",
    auth="optional",
    scope="ReadDestinyInventoryAndVault",
    game=True,
)
GET_PUBLIC_VENDORS = Endpoint(operation="Destiny2.GetPublicVendors", path="/Destiny2/Vendors/")
ENDPOINTS = [GET_VENDORS, GET_VENDOR, GET_PUBLIC_VENDORS]
"""Bungie's document asks for no sign-in at the first two; without the owner's they answer 12 (Bungie-net/api #1489)."""

VENDOR_NOT_FOUND = 1627

PUBLIC_COMPONENTS = (
    Component(400, "Vendors", "who is there, and until when the stock stays"),
    Component(402, "VendorSales", "what is sold, and for what"),
)
VENDORS_COMPONENTS = (
    *PUBLIC_COMPONENTS,
    Component(600, "CurrencyLookups", "how much of each price the player has"),
)
VENDOR_COMPONENTS = (
    *VENDORS_COMPONENTS,
    Component(300, "ItemInstances", "power, energy, gear tier of what is sold"),
    Component(304, "ItemStats", "its stats as rolled, where the definitions are too thin to work them out"),
    Component(305, "ItemSockets", "its perks, and the plugs that its stats are worked out of"),
    Component(310, "ItemReusablePlugs", "which perks can be chosen on it"),
)
"""Item details come one vendor at a time: since 2024-05 the answer about all vendors has none (Bungie-net/api #1887).

Left out: 401 (the shelves in the game's own order; ours are by kind), 301 and 309 (objectives of bounties), 1200 (numbers
inside texts that we do not show).
"""


class Vendors:
    """Fits the port ``VendorSource``."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def all_vendors(self, access_token: str, membership: MembershipRef, character_id: str) -> bytes:
        return self._client.call(
            GET_VENDORS,
            fields=_fields(membership, character_id),
            query={"components": numbers(VENDORS_COMPONENTS)},
            access_token=access_token,
        )

    def vendor(self, access_token: str, membership: MembershipRef, character_id: str, vendor_hash: int) -> bytes | None:
        try:
            return self._client.call(
                GET_VENDOR,
                fields=_fields(membership, character_id) | {"vendorHash": vendor_hash},
                query={"components": numbers(VENDOR_COMPONENTS)},
                access_token=access_token,
            )
        except StaleRequest as error:
            if error.error_code == VENDOR_NOT_FOUND:
                return None
            raise

    def public_vendors(self) -> bytes:
        return self._client.call(GET_PUBLIC_VENDORS, query={"components": numbers(PUBLIC_COMPONENTS)})


def _fields(membership: MembershipRef, character_id: str) -> dict[str, int | str]:
    return {"membershipType": membership.type, "destinyMembershipId": membership.id, "characterId": character_id}
