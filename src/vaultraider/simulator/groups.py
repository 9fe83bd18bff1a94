"""Clans: which one somebody belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultraider.simulator.answers import ApiError
from vaultraider.simulator.routing import Route
from vaultraider.simulator.user import bungie_card, info_card
from vaultraider.simulator.world import Clan

if TYPE_CHECKING:
    from vaultraider.simulator.routing import Call


def groups_for_member(call: Call) -> dict[str, Any]:
    """GetGroupsForMember. Only group type 1 (clan) and filter 0 (all) find anything."""
    with call.box.lock:
        world = call.box.world
        account = world.account(call.params["membershipId"])
        person = world.person(account.person if account else call.params["membershipId"])
        if person is None:
            raise ApiError(1601)
        clan = next((one for one in world.clans if one.id == person.clan), None)
        wanted = call.params["groupType"] in ("1", "Clan")
        results = []
        if clan is not None and wanted:
            first = account or world.find_account(person.id)
            member = {
                "memberType": 2,
                "isOnline": False,
                "lastOnlineStatusChange": "0",
                "groupId": clan.id,
                "bungieNetUserInfo": bungie_card(person),
                "joinDate": clan.founded,
            }
            if first is not None:
                card = {"LastSeenDisplayName": first.display_name, "LastSeenDisplayNameType": first.type}
                member["destinyUserInfo"] = card | info_card(person, first)
            results.append({"member": member, "group": group(clan)})
        return {
            "areAllMembershipsInactive": {clan.id: False} if clan and wanted else {},
            "results": results,
            "totalResults": len(results),
            "hasMore": False,
            "query": {"itemsPerPage": 10, "currentPage": 1},
            "useTotalResults": True,
        }


def group(clan: Clan) -> dict[str, Any]:
    names = ("decalId", "decalColorId", "decalBackgroundColorId", "gonfalonId", "gonfalonColorId", "gonfalonDetailId")
    return {
        "groupId": clan.id,
        "name": clan.name,
        "groupType": 1,
        "creationDate": clan.founded,
        "modificationDate": clan.founded,
        "about": clan.about,
        "tags": [],
        "memberCount": clan.members,
        "isPublic": True,
        "isPublicTopicAdminOnly": False,
        "motto": clan.motto,
        "allowChat": True,
        "isDefaultPostPublic": False,
        "locale": "en",
        "avatarImageIndex": 0,
        "homepage": 0,
        "membershipOption": 1,
        "defaultPublicity": 2,
        "theme": "Group_Community1",
        "bannerPath": "/img/Themes/Group_Community1/struct_images/group_top_banner.jpg",
        "avatarPath": "/img/profile/avatars/group/Group_1.png",
        "conversationId": "0",
        "enableInvitationMessagingForAdmins": False,
        "clanInfo": {
            "d2ClanProgressions": {},
            "clanCallsign": clan.callsign,
            "clanBannerData": dict(zip(names, clan.banner, strict=False)),
        },
    }


ROUTES = (
    Route(
        method="GET",
        path="/GroupV2/User/{membershipType}/{membershipId}/{filter}/{groupType}/",
        handler=groups_for_member,
    ),
)
