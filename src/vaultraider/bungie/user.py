"""Who somebody is: memberships and linked profiles."""

from __future__ import annotations

from vaultraider.bungie._client import Client
from vaultraider.bungie._endpoint import Endpoint

GET_MEMBERSHIPS = Endpoint(
    operation="User.GetMembershipDataForCurrentUser",
    path="/User/GetMembershipsForCurrentUser/",
    auth="required",
    scope="ReadBasicUserProfile",
)
GET_LINKED_PROFILES = Endpoint(
    operation="Destiny2.GetLinkedProfiles",
    path="/Destiny2/{membershipType}/Profile/{membershipId}/LinkedProfiles/",
    auth="optional",
    scope="ReadBasicUserProfile",
)
ENDPOINTS = [GET_MEMBERSHIPS, GET_LINKED_PROFILES]

BUNGIE_NET = 254


class Users:
    """The first two of the port ``BungieUser``."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def memberships_for_current_user(self, access_token: str) -> bytes:
        return self._client.call(GET_MEMBERSHIPS, access_token=access_token)

    def linked_profiles(self, access_token: str | None, bungie_membership_id: str) -> bytes:
        """Every membership of a bungie.net account, with when it was last played.

        Without ``getAllMemberships`` somebody who hides the links has no profiles at all (Bungie-net/api #1512).
        """
        return self._client.call(
            GET_LINKED_PROFILES,
            fields={"membershipType": BUNGIE_NET, "membershipId": bungie_membership_id},
            query={"getAllMemberships": "true"},
            access_token=access_token,
        )
