"""Profiles and single items."""

from __future__ import annotations

from typing import NamedTuple

from vaultraider.bungie._client import Client
from vaultraider.bungie._endpoint import Endpoint
from vaultraider.ports import MembershipRef

GET_PROFILE = Endpoint(
    operation="Destiny2.GetProfile",
    path="/Destiny2/{membershipType}/Profile/{destinyMembershipId}/",
    auth="optional",
    scope="ReadDestinyInventoryAndVault",
    game=True,
)
GET_ITEM = Endpoint(
    operation="Destiny2.GetItem",
    path="/Destiny2/{membershipType}/Profile/{destinyMembershipId}/Item/{itemInstanceId}/",
    auth="optional",
    scope="ReadDestinyInventoryAndVault",
    game=True,
)
ENDPOINTS = [GET_PROFILE, GET_ITEM]


class Component(NamedTuple):
    """A part of a profile that we ask for, and what for."""

    number: int
    name: str
    why: str


PROFILE_COMPONENTS = (
    Component(100, "Profiles", "name, characters, season"),
    Component(102, "ProfileInventories", "the vault, and what all characters share"),
    Component(103, "ProfileCurrencies", "glimmer and its like"),
    Component(200, "Characters", "class, emblem, light, stats, title"),
    Component(201, "CharacterInventories", "what they carry, and the postmaster"),
    Component(205, "CharacterEquipment", "what they wear"),
    Component(206, "CharacterLoadouts", "what is saved in the game's loadouts: not moved aside to make room"),
    Component(300, "ItemInstances", "power, element, energy, gear tier, whether it could be worn"),
    Component(301, "ItemObjectives", "progress of quests and bounties"),
    Component(305, "ItemSockets", "perks, mods, masterwork: our stats are worked out of these"),
    Component(307, "ItemCommonData", "the items themselves"),
    Component(309, "ItemPlugObjectives", "kill trackers, the level of crafted weapons"),
    Component(310, "ItemReusablePlugs", "what else each copy rolled"),
    Component(1000, "Transitory", "whether somebody plays now"),
)
"""What the vault needs, and no more: every component costs Bungie time and us bytes.

Left out: 104 and 202 (progress, factions: hundreds of kilobytes that no page shows), 900 (``RECORDS``), 204 (lists every activity
that each character may start; 1000 says whether somebody plays), 302 (perks follow from 305), 304 (we compute stats, with their
base, from 305 and the definitions), 308 (what could be plugged, wanted only for writing).
"""

RECORDS = Component(900, "Records", "which patterns of weapons are unlocked")
"""Asked for by itself and seldom: some four thousand triumphs are about a megabyte, of which we keep a hundred and fifty numbers.
With the vault it would make each read twice as heavy and twice as likely to fail, for what changes a few times a week."""

ITEM_COMPONENTS = tuple(component for component in PROFILE_COMPONENTS if 300 <= component.number < 400)


class Profiles:
    """Fits the port ``ProfileSource``."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def profile(self, access_token: str, membership: MembershipRef) -> bytes:
        return self._client.call(
            GET_PROFILE,
            fields={"membershipType": membership.type, "destinyMembershipId": membership.id},
            query={"components": numbers(PROFILE_COMPONENTS)},
            access_token=access_token,
        )

    def records(self, access_token: str, membership: MembershipRef) -> bytes:
        return self._client.call(
            GET_PROFILE,
            fields={"membershipType": membership.type, "destinyMembershipId": membership.id},
            query={"components": numbers((RECORDS,))},
            access_token=access_token,
        )

    def item(self, access_token: str, membership: MembershipRef, instance_id: str) -> bytes:
        return self._client.call(
            GET_ITEM,
            fields={
                "membershipType": membership.type,
                "destinyMembershipId": membership.id,
                "itemInstanceId": instance_id,
            },
            query={"components": numbers(ITEM_COMPONENTS)},
            access_token=access_token,
        )


def numbers(components: tuple[Component, ...]) -> str:
    """As the ``components`` parameter takes them."""
    return ",".join(str(component.number) for component in components)
