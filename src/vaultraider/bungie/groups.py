"""Clans."""

from __future__ import annotations

from vaultraider.bungie._client import Client
from vaultraider.bungie._endpoint import Endpoint
from vaultraider.ports import MembershipRef

GET_GROUPS_FOR_MEMBER = Endpoint(
    operation="GroupV2.GetGroupsForMember",
    path="/GroupV2/User/{membershipType}/{membershipId}/{filter}/{groupType}/",
    auth="optional",
)
ENDPOINTS = [GET_GROUPS_FOR_MEMBER]

_EVERY_GROUP = 0
_CLAN = 1


class Groups:
    """The last of the port ``BungieUser``."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def clan(self, access_token: str | None, membership: MembershipRef) -> bytes:
        """GetGroupsForMember, clans only: ``results`` is empty for somebody without."""
        return self._client.call(
            GET_GROUPS_FOR_MEMBER,
            fields={
                "membershipType": membership.type,
                "membershipId": membership.id,
                "filter": _EVERY_GROUP,
                "groupType": _CLAN,
            },
            access_token=access_token,
        )
