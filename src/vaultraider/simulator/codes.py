"""Bungie's error codes as far as the simulator sends them: number, name, the sentence, and the HTTP status it comes with.

Statuses are those that developers saw; where nobody wrote one down, 500, Bungie's own habit (Bungie-net/api #895).
"""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    number: int
    name: str
    message: str
    http: int = 500


_TRY_LATER = "We've encountered an error, please try again later."

CODES: dict[int, Code] = {
    code.number: code
    for code in (
        Code(1, "Success", "Ok", 200),
        Code(3, "UnhandledException", _TRY_LATER),
        Code(5, "SystemDisabled", "This system is temporarily disabled for maintenance.", 503),
        Code(7, "ParameterParseFailure", "Unable to parse your parameters. Please correct them, and try again.", 400),
        Code(8, "ParameterInvalidRange", "A parameter is out of range.", 400),
        Code(9, "BadRequest", "The request is not valid.", 400),
        Code(12, "InsufficientPrivileges", "You do not have permission to do this."),
        Code(18, "InvalidParameters", "The input parameters were invalid, please enter valid input, and try again.", 400),
        Code(20, "UnhandledHttpException", _TRY_LATER),
        Code(21, "NotFound", "The thing you asked for was not found.", 404),
        Code(22, "WebAuthModuleAsyncFailed", "Your session has expired. Please sign in again."),
        Code(25, "InvalidPostBody", "The body of the request is not valid.", 400),
        Code(26, "MissingPostBody", "The body of the request is missing.", 400),
        Code(27, "ExternalServiceTimeout", "A service that we need did not answer in time."),
        Code(30, "JsonDeserializationError", "The body of the request is not valid JSON.", 400),
        Code(31, "ThrottleLimitExceeded", "The limit of requests was exceeded.", 429),
        Code(35, "ThrottleLimitExceededMinutes", "Please wait some minutes before you do this again.", 429),
        Code(
            36,
            "ThrottleLimitExceededMomentarily",
            "Patience is a virtue! Please wait a moment before performing this action again.",
        ),
        Code(37, "ThrottleLimitExceededSeconds", "Please wait some seconds before you do this again."),
        Code(38, "ExternalServiceUnknown", "A service that we need answered in an unknown way."),
        Code(42, "ExternalServiceFailed", "A service that we need failed."),
        Code(51, "PerEndpointRequestThrottleExceeded", "Too many platform requests per second.", 429),
        Code(54, "PerApplicationThrottleExceeded", "This application makes too many requests.", 429),
        Code(55, "PerApplicationAnonymousThrottleExceeded", "This application makes too many anonymous requests.", 429),
        Code(56, "PerApplicationAuthenticatedThrottleExceeded", "This application makes too many requests for people.", 429),
        Code(57, "PerUserThrottleExceeded", "You make too many requests.", 429),
        Code(98, "BungieNetAccountCreationRequired", "An account is needed."),
        Code(99, "WebAuthRequired", "Please sign-in to continue."),
        Code(1601, "DestinyAccountNotFound", "We were unable to find your Destiny account information."),
        Code(1618, "DestinyUnexpectedError", _TRY_LATER),
        Code(1619, "DestinyInvalidAction", "That action is not valid."),
        Code(1620, "DestinyCharacterNotFound", "The character was not found."),
        Code(1622, "DestinyInvalidRequest", "That request is not valid."),
        Code(1623, "DestinyItemNotFound", "The item requested was not found."),
        Code(1626, "DestinyInternalError", _TRY_LATER),
        Code(1627, "DestinyVendorNotFound", "The Vendor you requested was not found."),
        Code(1632, "DestinyItemAlreadyInInventory", "The item is there already."),
        Code(1634, "DestinyCharacterNotInTower", "Your character is not in a social space."),
        Code(1635, "DestinyCharacterNotLoggedIn", "Your character is not logged in."),
        Code(1637, "DestinyInventoryFull", "The inventory is full."),
        Code(1638, "DestinyItemFailedLevelCheck", "Your character's level is too low for this item."),
        Code(1639, "DestinyItemFailedUnlockCheck", "Your character may not use this item."),
        Code(1640, "DestinyItemUnequippable", "This item cannot be equipped."),
        Code(1641, "DestinyItemUniqueEquipRestricted", "You may wear only one of these."),
        Code(1642, "DestinyNoRoomInDestination", "There are no item slots available to transfer this item."),
        Code(1643, "DestinyServiceFailure", _TRY_LATER),
        Code(1648, "DestinyUniquenessViolation", "You can only have one of the thing you're trying to do/activate/equip."),
        Code(1651, "DestinyShardRelayClientTimeout", "The game did not answer in time."),
        Code(1652, "DestinyShardRelayProxyTimeout", "The game did not answer in time."),
        Code(1653, "DestinyPGCRNotFound", "There is no such report.", 404),
        Code(1656, "DestinyCannotPerformActionOnEquippedItem", "You cannot perform this action on an equipped item."),
        Code(1658, "DestinyQuestAlreadyTracked", "That quest is tracked already."),
        Code(1659, "DestinyTrackableQuestsFull", "You cannot track more quests."),
        Code(1660, "DestinyItemNotTransferrable", "This item cannot be transferred."),
        Code(
            1663,
            "DestinyItemActionForbidden",
            "This action can only be done in-game. I know, we're bummed about it too.",
        ),
        Code(1665, "DestinyPrivacyRestriction", "The player keeps this private."),
        Code(1671, "DestinyCannotPerformActionAtThisLocation", "This cannot be done where your character is now."),
        Code(1672, "DestinyThrottledByGameServer", "The game asks for fewer requests.", 503),
        Code(1673, "DestinyItemNotTransferrableHasSideEffects", "Taking this item would do more than move it."),
        Code(1674, "DestinyItemLocked", "The item is locked."),
        Code(1688, "DestinyDirectBabelClientTimeout", "The game did not answer in time."),
        Code(2101, "ApiInvalidOrExpiredKey", "The API key is not valid."),
        Code(2102, "ApiKeyMissingFromRequest", "The API key is missing from the request."),
        Code(2103, "ApplicationDisabled", "The application is disabled."),
        Code(2105, "ApplicationDisallowedByScope", "The application may not do this."),
        Code(2106, "AuthorizationCodeInvalid", "Authorization code is invalid.", 400),
        Code(2107, "OriginHeaderDoesNotMatchKey", "Origin header does not match the provided API key."),
        Code(2108, "AccessNotPermittedByApplicationScope", "The application was not given the right to do this."),
        Code(2111, "AccessTokenHasExpired", "The access token has expired.", 401),
        Code(2115, "OAuthAccessTokenExpired", "The access token has expired.", 401),
        Code(2122, "AuthorizationCodeStale", "Authorization code is too old.", 400),
        Code(2123, "AuthorizationRecordExpired", "The authorization has expired.", 401),
        Code(2124, "AuthorizationRecordRevoked", "The authorization was revoked.", 401),
    )
}


def code(number: int) -> Code:
    """The code, or a nameless one for numbers that only a test sends."""
    return CODES.get(number) or Code(number, f"Code{number}", _TRY_LATER)
