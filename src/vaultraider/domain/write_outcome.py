"""What an answer to a write says of whether it was done, and what then helps. Pure: errors in, verdicts out.

    refused    Bungie said no before it did anything
    wait       nothing was done, and the same call may go through later: maintenance, haste, the player is in an activity
    look       it may have been done: read Bungie again before anything is decided
    sign-in    nothing was done, and nothing will be until the person signs in again

Whatever is not known to be a refusal is looked at: a wrong "it failed" loses track of an item, a look costs a minute.
"""

from __future__ import annotations

from typing import Literal

from vaultraider.domain.errors import (
    BungieError,
    BungieMaintenance,
    BungieRefusal,
    BungieThrottled,
    CredentialsRefused,
    NotSignedIn,
    OperatorMistake,
    SignInEnded,
    VaultRaiderError,
)

WriteOutcome = Literal["refused", "wait", "look", "sign-in"]

Remedy = Literal["none", "read-again", "full", "worn"]
"""What may help after a refusal. ``read-again``: our view was old. ``full``: the target has no room, whatever we see there.
``worn``: the item is worn, whatever we see (Bungie-net/api #770)."""

REFUSED_BEFORE_EXECUTION = frozenset({36, 51, 54, 55, 56, 57, 1672})
"""The only answers after which a write may be sent again as it was: Bungie counts requests before it looks at them."""

IN_ACTIVITY = frozenset({1634, 1640, 1654, 1671, 1681})
"""Where the player is forbids it. It passes by itself. 1640 comes to who left the game in the middle of an activity with locked
equipment (DestinyItemManager/DIM #6757, #11808)."""

NOT_BELIEVED = frozenset({2, 3, 14, 20, 23, 44, 1600, 1618, 1623, 1626, 1632, 1643, 1645, 1647, 1649, 1651, 1652, 1658, 1688})
"""No plain refusals. 3 is what a wrong platform gets, and any failure inside. 1623 "not found" also comes for items that arrive
all the same (DestinyItemManager/DIM #2462, #2466), or were moved by a call whose answer was lost; 1632 and 1658 say that it is
so already."""

_PLATFORM_REFUSALS = frozenset(
    {4, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 18, 19, 21, 24, 25, 26, 28, 29, 30, 43, 45, 48, 58, 60, 95, 96, 98}
)
_DESTINY = range(1600, 1700)
_APPLICATION = range(2100, 2200)
_READ_AGAIN = frozenset({18, 1619, 1620, 1622, 1629, 1633, 1636, 1641, 1646, 1648, 1662})
_FULL = frozenset({1637, 1642})
_WORN = frozenset({1656})


def outcome_of(error: VaultRaiderError) -> WriteOutcome:
    """What the failure of a write means. Errors that are not Bungie's are our own refusals."""
    if isinstance(error, SignInEnded | NotSignedIn | CredentialsRefused):
        return "sign-in"
    if isinstance(error, OperatorMistake) or not isinstance(error, BungieError):
        return "refused"
    if _untouched(error):
        return "wait"
    return _of_refusal(error.error_code) if isinstance(error, BungieRefusal) else "look"


def remedy_for(error: VaultRaiderError) -> Remedy:
    """What may help after the outcome ``refused``. With "none" the item stays, and the sentence says why."""
    code = getattr(error, "error_code", None)
    if code in _FULL:
        return "full"
    if code in _WORN:
        return "worn"
    return "read-again" if code in _READ_AGAIN else "none"


def _untouched(error: BungieError) -> bool:
    """Whether the game cannot have done anything."""
    if error.untouched or isinstance(error, BungieMaintenance):
        return True
    # Without a code it is our own gate, or the front door's 429.
    return isinstance(error, BungieThrottled) and (error.error_code is None or error.error_code in REFUSED_BEFORE_EXECUTION)


def _of_refusal(code: int | None) -> WriteOutcome:
    if code in IN_ACTIVITY:
        return "wait"
    if code is None or code in NOT_BELIEVED:
        return "look"
    return "refused" if code in _PLATFORM_REFUSALS or code in _DESTINY or code in _APPLICATION else "look"
