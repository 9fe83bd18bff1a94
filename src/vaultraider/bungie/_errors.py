"""What Bungie's error numbers mean for us: one table, by ``ErrorCode``, never by HTTP status.

Ordinary refusals of the game come as HTTP 500, throttling as 429, 500 or 200 (Bungie-net/api #895, #1051). The numbers are those
of ``Exceptions.PlatformErrorCodes``; what is not in the table is a BungieRefusal in Bungie's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote_plus

from vaultraider.domain.errors import (
    AccountNotFound,
    BungieError,
    BungieMaintenance,
    BungieRefusal,
    BungieThrottled,
    BungieUnavailable,
    CredentialsRefused,
    OperatorMistake,
    PlayerCanFix,
    ProfilePrivate,
    StaleRequest,
)
from vaultraider.domain.write_outcome import REFUSED_BEFORE_EXECUTION as REFUSED_BEFORE_EXECUTION

SUCCESS = 1
MAINTENANCE = 5

THROTTLES = frozenset({31, 35, 36, 37, 51, 54, 55, 56, 57, 1672})
"""After these everybody slows down."""

TRANSIENT = frozenset({27, 38, 42, 1618, 1626, 1643, 1651, 1652, 1688})
"""Noise of a struggling platform: a read may be asked again."""

MAINTENANCE_RETRY = 60.0
"""Seconds until it is worth asking again during maintenance."""

_GONE = "Bungie.net does not find this where we saw it. It was moved or dismantled meanwhile: refresh and try again."
_NOT_OURS = "Bungie.net cannot do this: the request did not fit. Refresh and try again; if it stays, look at the log."
_ALREADY = "Bungie.net says that it is so already. Refresh to see it."
_CONFUSED = "Bungie.net could not finish this, and does not say why. Refresh to see where things are, then try again."
_NO_PERMISSION = "Bungie.net does not allow this to the account that is signed in here. Do it in the game."
_OLD_CONTENT = "The game was just updated, and Bungie.net is not done with it. Try again in a few minutes."
_WHILE_PLAYED = "This works only while nobody plays on the account. Leave the game, then try again."
_LEGACY = "This account is on a platform that Bungie.net no longer reads."
_KEY = "Bungie.net does not accept this server's API key. Its owner can check it with `vaultraider doctor`."
_SCOPE = (
    "This server's application at Bungie.net lacks a permission for this. Its owner can tick it there, and everybody then signs"
    " in again; `vaultraider doctor` lists what is needed."
)
_ORIGIN = (
    "Bungie.net does not accept where this request seems to come from. The server's owner can clear the Origin header there."
)

MEANINGS: dict[int, tuple[type[BungieError], str | None]] = {
    MAINTENANCE: (BungieMaintenance, None),
    **dict.fromkeys(sorted(THROTTLES), (BungieThrottled, None)),
    **dict.fromkeys(sorted(TRANSIENT), (BungieUnavailable, None)),
    # The bearer. All of them are worth one refresh; that answers whether the sign-in itself has ended.
    **dict.fromkeys((22, 99, 2111, 2115, 2116, 2119, 2120, 2121, 2123, 2124, 2125, 2126), (CredentialsRefused, None)),
    # Only the server's owner can mend these.
    2101: (OperatorMistake, _KEY),
    2102: (OperatorMistake, _KEY),
    2103: (OperatorMistake, "This server's application is switched off at Bungie.net. Its owner can look there."),
    2105: (OperatorMistake, _SCOPE),
    2107: (OperatorMistake, _ORIGIN),
    2108: (OperatorMistake, _SCOPE),
    # The player can mend these.
    24: (PlayerCanFix, "Bungie.net has banned this account. What it allows stands on its own pages."),
    98: (PlayerCanFix, "Bungie.net wants an account set up first. Sign in at bungie.net once, then try again."),
    1634: (PlayerCanFix, "The character must be in a social space for this. Go there, then try again."),
    1635: (PlayerCanFix, "The character must be in the game for this. Sign in to the game, then try again."),
    1637: (PlayerCanFix, "There is no room. Make some, then try again."),
    1638: (PlayerCanFix, "The character's level is too low for this item. Level up, or choose another item."),
    1639: (PlayerCanFix, "This character cannot use this item: it is for another class, or not unlocked yet."),
    1640: (PlayerCanFix, "This item cannot be equipped now. Bring the character to orbit or a social space, then try again."),
    1641: (PlayerCanFix, "Only one exotic of this kind can be worn. Take the other off first."),
    1642: (PlayerCanFix, "There is no room where it should go. Make some, then try again."),
    1648: (PlayerCanFix, "There is one of these already, and only one is allowed."),
    1654: (PlayerCanFix, _WHILE_PLAYED),
    1655: (PlayerCanFix, "This can be equipped only in the game."),
    1656: (PlayerCanFix, "The item is equipped. Equip something else first."),
    1657: (PlayerCanFix, "This quest is done already: there is nothing to follow."),
    1659: (PlayerCanFix, "No more quests can be followed. Stop following one, then try again."),
    1666: (PlayerCanFix, _NO_PERMISSION),
    1671: (PlayerCanFix, "This does not work where the character is. Go to orbit or a social space, then try again."),
    1673: (PlayerCanFix, "Taking this would do more than move it. Take it out of the postmaster in the game."),
    1674: (PlayerCanFix, "This item is locked. Unlock it, then try again."),
    1681: (PlayerCanFix, _WHILE_PLAYED),
    # Nobody knows who can mend these.
    12: (BungieRefusal, _NO_PERMISSION),
    **dict.fromkeys((2, 20, 1600, 1645, 1647, 1649), (BungieRefusal, _CONFUSED)),
    # No account, or none to be seen.
    1601: (AccountNotFound, None),
    1668: (AccountNotFound, _LEGACY),
    1669: (AccountNotFound, "Bungie.net is still busy with this old account. Try again later."),
    1670: (AccountNotFound, _LEGACY),
    1665: (ProfilePrivate, None),
    # Our view was old, or the request was wrong.
    **dict.fromkeys((3, 7, 8, 9, 18, 25, 26, 30, 1619, 1622), (StaleRequest, _NOT_OURS)),
    21: (StaleRequest, None),
    1620: (StaleRequest, "Bungie.net does not find this character. It may have been deleted: refresh and try again."),
    1623: (StaleRequest, _GONE),
    1627: (StaleRequest, "This kind of item does not go into the vault, or the vendor is away. It can be kept where it is."),
    1629: (StaleRequest, "Bungie.net knows no such slot. Refresh, then try again."),
    1632: (StaleRequest, _ALREADY),
    1633: (StaleRequest, "Bungie.net knows no such slot. Refresh, then try again."),
    1636: (StaleRequest, _OLD_CONTENT),
    1646: (StaleRequest, "This kind of item cannot be moved from where it is. Move it in the game."),
    1653: (StaleRequest, "Bungie.net has no report of this activity."),
    1658: (StaleRequest, _ALREADY),
    1660: (StaleRequest, "This item cannot be transferred. It stays with who has it."),
    1662: (StaleRequest, _OLD_CONTENT),
    1663: (StaleRequest, "Bungie.net allows this only in the game. Do it there."),
}

_NAME = re.compile(r"[A-Za-z0-9_]{1,80}")
_MESSAGE_LENGTH = 200


def failure(code: int, *, status: str | None = None, message: str | None = None, hide: Iterable[str] = ()) -> BungieError:
    """The error for an ``ErrorCode`` other than success.

    ``status`` and ``message``: Bungie's ErrorStatus and Message; ``hide``: secrets that must not come out with them.
    """
    kind, sentence = MEANINGS.get(code, (BungieRefusal, None))
    name = status if status and _NAME.fullmatch(status) and not any(secret in status for secret in hide if secret) else None
    if kind is BungieRefusal and sentence is None:
        said = plain(message, hide) or name or f"error {code}"
        sentence = f"Bungie.net refused this: {said}"
    error = kind(sentence, error_code=code, status=name)
    if isinstance(error, BungieMaintenance):
        error.retry_after = MAINTENANCE_RETRY
    return error


def plain(text: str | None, hide: Iterable[str] = ()) -> str:
    """A stranger's text in one short line, without control and direction characters and without our secrets."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text or "").split())
    for secret in hide:
        if secret:
            line = line.replace(secret, "…").replace(quote_plus(secret), "…")
    return line if len(line) <= _MESSAGE_LENGTH else line[: _MESSAGE_LENGTH - 1] + "…"
