"""Who somebody is: GetMembershipsForCurrentUser and LinkedProfiles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultraider.simulator.answers import ApiError
from vaultraider.simulator.routing import Route
from vaultraider.simulator.world import Account, Person

if TYPE_CHECKING:
    from vaultraider.simulator.routing import Call

BUNGIE_NEXT = 254
AVATAR = "/img/profile/avatars/cc00.jpg"
PLATFORM_NAMES = {1: "xbox", 2: "psn", 3: "steam", 4: "blizzard", 5: "stadia", 6: "egs"}


def info_card(person: Person, account: Account) -> dict[str, Any]:
    """UserInfoCard of a Destiny membership."""
    card: dict[str, Any] = {
        "iconPath": f"/img/theme/bungienet/icons/{PLATFORM_NAMES.get(account.type, 'steam')}Logo.png",
        "crossSaveOverride": account.cross_save,
        "applicableMembershipTypes": account.applicable,
        "isPublic": account.is_public,
        "membershipType": account.type,
        "membershipId": account.id,
        "displayName": account.display_name,
        "bungieGlobalDisplayName": person.name,
        "bungieGlobalDisplayNameCode": person.code,
    }
    return card


def bungie_card(person: Person) -> dict[str, Any]:
    return {
        "supplementalDisplayName": person.full_name,
        "iconPath": AVATAR,
        "crossSaveOverride": 0,
        "isPublic": False,
        "membershipType": BUNGIE_NEXT,
        "membershipId": person.id,
        "displayName": person.name,
        "bungieGlobalDisplayName": person.name,
        "bungieGlobalDisplayNameCode": person.code,
    }


def memberships_for_current_user(call: Call) -> dict[str, Any]:
    world = call.box.world
    with call.box.lock:
        person = world.person(call.person)
        if person is None:
            raise ApiError(98)
        cards = [
            {
                "LastSeenDisplayName": account.display_name,
                "LastSeenDisplayNameType": account.type,
                **info_card(person, account),
            }
            for account in world.accounts_of(person.id)
        ]
        response: dict[str, Any] = {"destinyMemberships": cards, "bungieNetUser": _general_user(person)}
        if person.primary:
            # Absent without cross save.
            response["primaryMembershipId"] = person.primary
        return response


def _general_user(person: Person) -> dict[str, Any]:
    return {
        "membershipId": person.id,
        "uniqueName": person.full_name,
        "displayName": person.name,
        "profilePicture": 0,
        "profileTheme": 0,
        "userTitle": 0,
        "successMessageFlags": "0",
        "isDeleted": False,
        "about": "",
        "firstAccess": person.first_access,
        "lastUpdate": person.first_access,
        "showActivity": False,
        "locale": "en",
        "localeInheritDefault": True,
        "showGroupMessaging": True,
        "profilePicturePath": AVATAR,
        "profileThemeName": "d2_01",
        "userTitleDisplay": "Newbie",
        "statusText": "",
        "statusDate": "0001-01-01T00:00:00Z",
        "cachedBungieGlobalDisplayName": person.name,
        "cachedBungieGlobalDisplayNameCode": person.code,
    }


def linked_profiles(call: Call) -> dict[str, Any]:
    """By bungie.net id (type 254), or by any Destiny membership of the person."""
    with call.box.lock:
        person = _whose(call)
        all_errored = [rule for rule in call.faults("data") if rule.action == "linked_profiles_all_errored"]
        wants_all = call.query.get("getallmemberships", "").lower() == "true"
        # Someone who keeps the links private has no profiles for others, by design (Bungie-net/api #1512).
        hidden = person.private_linking and not wants_all and call.person != person.id
        profiles: list[dict[str, Any]] = []
        errors: list[dict[str, Any]] = []
        for account in [] if hidden else call.box.world.accounts_of(person.id):
            card = info_card(person, account)
            if account.error or all_errored:
                # In maintenance this looks like success (Bungie-net/api #1214).
                errors.append({"errorCode": account.error or int(all_errored[0].params.get("code", 1601)), "infoCard": card})
            else:
                profiles.append(_profile_card(person, account, card))
        return {"profiles": profiles, "bnetMembership": bungie_card(person), "profilesWithErrors": errors}


def _profile_card(person: Person, account: Account, card: dict[str, Any]) -> dict[str, Any]:
    primary = person.primary
    played = account.last_played or "0001-01-01T00:00:00Z"
    return card | {
        "dateLastPlayed": played,
        "isOverridden": bool(primary) and account.id != primary,
        "isCrossSavePrimary": bool(primary) and account.id == primary,
    }


def _whose(call: Call) -> Person:
    kind, wanted = call.params["membershipType"], call.params["membershipId"]
    world = call.box.world
    if kind == str(BUNGIE_NEXT):
        person = world.person(wanted)
    else:
        account = world.account(wanted)
        person = world.person(account.person) if account else None
    if person is None or not wanted.isdigit():
        raise ApiError(1601)
    return person


ROUTES = (
    Route(
        method="GET",
        path="/User/GetMembershipsForCurrentUser/",
        handler=memberships_for_current_user,
        scope="ReadBasicUserProfile",
    ),
    Route(
        method="GET",
        path="/Destiny2/{membershipType}/Profile/{membershipId}/LinkedProfiles/",
        handler=linked_profiles,
    ),
)
