"""Every failure that a person can meet.

VaultRaiderError                  one sentence saying what happened and what to do
├── InvalidInput                  a field of the request is wrong (names the field)
├── NotFound                      there is no such thing, or it is not yours
├── NotSignedIn                   nobody is signed in
├── Forbidden                     signed in, but not allowed
├── SignInEnded                   Bungie no longer accepts our permission: sign in again
├── Conflict                      somebody else is doing this just now
├── Busy                          more of this is going on than the server takes at once
│   └── StorageAway               the database cannot be reached, or another program has it, just now
├── TooFast                       one person asks for more in a minute than is good for all
├── StorageFull                   the disk is full
│   └── StorageReadOnly           the disk takes nothing at all
├── MemoryDamaged                 what is remembered of some time cannot be read
├── DefinitionsMissing            the manifest has not been fetched yet
├── AddressRefused                an address that we do not ask: it leads into the server's own network
├── AddressUnreachable            nobody answers at an address that somebody gave, or not as it should
├── ChannelError                  said by, or about, where a notification was sent to
│   ├── ChannelRefused            an answer that asking again does not change
│   └── ChannelUnavailable        no answer, or "later"
└── BungieError                   said by, or about, Bungie.net
    ├── BungieUnavailable         Bungie cannot answer now; nothing is wrong with us or the player
    │   ├── BungieMaintenance     it says so itself (ErrorCode 5)
    │   ├── BungieThrottled       we are asked to slow down
    │   ├── BungieUnreachable     no connection, a time-out
    │   └── BungieGarbled         an answer that is not what was promised (HTML, half a body)
    │       └── ManifestRefused   definitions that cannot be what Bungie meant; the ones in use stay
    ├── BungieRefusal             an ordinary no, with its reason
    │   ├── PlayerCanFix          full bucket, in an activity, second exotic ...
    │   ├── AccountNotFound       no Destiny account there
    │   ├── ProfilePrivate        its owner does not show it
    │   └── StaleRequest          our view was old, or the request was wrong
    ├── CredentialsRefused        this access token is not accepted (refresh once, then SignInEnded)
    └── OperatorMistake           API key, client or scope: only the server's owner can mend it
"""

from __future__ import annotations


class VaultRaiderError(Exception):
    """Base of every failure a person can meet.

    ``sentence`` is shown as it is: what happened and what to do. It never holds a token or a key.
    ``code`` is stable, for programs.
    """

    code = "error"
    default = "Something went wrong. Try again; if it stays, look at the log."

    def __init__(self, sentence: str | None = None) -> None:
        self.sentence = sentence or self.default
        super().__init__(self.sentence)


class InvalidInput(VaultRaiderError):
    """A field of the request is wrong."""

    code = "invalid-input"

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


class NotFound(VaultRaiderError):
    code = "not-found"
    default = "There is nothing here. It may have been moved or dismantled."


class NotSignedIn(VaultRaiderError):
    code = "not-signed-in"
    default = "Sign in to see this."


class Forbidden(VaultRaiderError):
    code = "forbidden"
    default = "You are signed in, but this is not yours to do."


class SignInEnded(VaultRaiderError):
    code = "sign-in-ended"
    default = "Bungie no longer accepts the sign-in. Sign in with Bungie again; nothing that is kept here was lost."


class Conflict(VaultRaiderError):
    code = "conflict"
    default = "This is being done already. Wait for it to finish."


class Busy(VaultRaiderError):
    """More of this is going on than the server takes at once. ``retry_after`` is in seconds."""

    code = "busy"
    default = "The server is busy. Try again in a moment."

    def __init__(self, sentence: str | None = None, *, retry_after: float) -> None:
        self.retry_after = retry_after
        super().__init__(sentence)


class StorageAway(Busy):
    """The database cannot be reached just now."""

    code = "storage-away"
    default = "The database does not answer just now. Nothing was lost; try again in a moment."


class TooFast(VaultRaiderError):
    """One person asks for more in a minute than is good for all. ``retry_after`` is in seconds."""

    code = "too-fast"
    default = "This is more than the server takes from one person in a minute. Nothing was lost; wait a little and go on."

    def __init__(self, sentence: str | None = None, *, retry_after: float) -> None:
        self.retry_after = retry_after
        super().__init__(sentence)


class StorageFull(VaultRaiderError):
    code = "storage-full"
    default = "The disk is full. Free some space on the server; the last good state is kept."


class StorageReadOnly(StorageFull):
    """Nothing can be written, however small."""

    code = "storage-read-only"
    default = (
        "The server's disk takes nothing any more: it is read-only. Look at the disk, and who may write into the data folder; "
        "the last good state is kept."
    )


class BackupFailed(VaultRaiderError):
    """No backup could be made; the sentence says why."""

    code = "backup-failed"
    default = "The backup could not be made. Earlier ones are still there."


class BackupBroken(VaultRaiderError):
    """A file that is no backup, or not a whole one."""

    code = "backup-broken"
    default = "This file is not a whole backup of Vault Raider. Nothing was changed; take another one."


class BackupTooNew(VaultRaiderError):
    code = "backup-too-new"
    default = "This backup was made by a newer Vault Raider. Update the program first. Nothing was changed."


class DatabaseNotEmpty(VaultRaiderError):
    code = "database-not-empty"
    default = (
        "There are people in this database already, and a backup is not mixed with them. Restore into another data folder "
        "(--data-dir) or an empty database. Nothing was changed."
    )


class MemoryDamaged(VaultRaiderError):
    """What is remembered of some time cannot be read: a disk failed, or a newer program wrote it."""

    code = "memory-damaged"
    default = "What is remembered of this time cannot be read. Other times are not touched by that: pick an earlier or later one."


class DefinitionsMissing(VaultRaiderError):
    code = "definitions-missing"
    default = "The game's definitions are being fetched. This goes on by itself."


class AddressRefused(VaultRaiderError):
    """An address that we do not ask."""

    code = "address-refused"
    default = "This address leads into the server's own network. Its owner can allow that in the settings."


class AddressUnreachable(VaultRaiderError):
    """Nobody answers there, or not as it should. ``maybe_sent``: what we had to say was on its way already."""

    code = "address-unreachable"
    default = "Nobody answers at this address."

    def __init__(self, sentence: str | None = None, *, maybe_sent: bool = False) -> None:
        self.maybe_sent = maybe_sent
        super().__init__(sentence)


class ChannelError(VaultRaiderError):
    """Said by, or about, where a notification was sent to."""

    code = "channel-error"


class ChannelRefused(ChannelError):
    """Asking again does not change it: the address was revoked, the key is wrong."""

    code = "channel-refused"
    default = "The service refused the message. Look at the channel's settings."


class ChannelUnavailable(ChannelError):
    """Another try may go through. ``retry_after`` is in seconds, where told; ``maybe_sent``: it may have arrived all the same."""

    code = "channel-unavailable"
    default = "The service did not answer. We try again."

    def __init__(self, sentence: str | None = None, *, retry_after: float | None = None, maybe_sent: bool = False) -> None:
        self.retry_after = retry_after
        self.maybe_sent = maybe_sent
        super().__init__(sentence)


class BungieError(VaultRaiderError):
    """Said by, or about, Bungie.net. ``error_code`` is its PlatformErrorCodes number, where there was one."""

    code = "bungie-error"
    untouched = False
    """What was wanted was never asked of Bungie: nothing can have been done."""

    def __init__(self, sentence: str | None = None, *, error_code: int | None = None, status: str | None = None) -> None:
        self.error_code = error_code
        self.status = status
        super().__init__(sentence)


class BungieUnavailable(BungieError):
    """Bungie cannot answer now. ``retry_after`` is in seconds, where known."""

    code = "bungie-unavailable"
    default = "Bungie.net cannot answer just now. What you see is the last state that we read."

    def __init__(
        self,
        sentence: str | None = None,
        *,
        error_code: int | None = None,
        status: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        self.retry_after = retry_after
        super().__init__(sentence, error_code=error_code, status=status)


class BungieMaintenance(BungieUnavailable):
    code = "bungie-maintenance"
    default = "Bungie.net is down for maintenance. You stay signed in, and the last state that we read is shown."


class BungieThrottled(BungieUnavailable):
    code = "bungie-throttled"
    default = "Bungie.net asks us to slow down. We wait and then go on by ourselves."


class BungieUnreachable(BungieUnavailable):
    code = "bungie-unreachable"
    default = "Bungie.net cannot be reached. We keep trying; the last state that we read is shown."


class BungieGarbled(BungieUnavailable):
    code = "bungie-garbled"
    default = "Bungie.net sent an answer that cannot be read. We keep trying; the last state that we read is shown."


class ManifestRefused(BungieGarbled):
    """New definitions that did not pass a check. ``reason`` is stable, for programs ("wrong-checksum", "too-few-rows" ...)."""

    code = "manifest-refused"

    def __init__(self, reason: str, what: str) -> None:
        self.reason = reason
        super().__init__(f"{what} The definitions in use stay; we try again by ourselves.")


class BungieRefusal(BungieError):
    code = "bungie-refusal"
    default = "Bungie.net refused this."


class PlayerCanFix(BungieRefusal):
    code = "player-can-fix"


class AccountNotFound(BungieRefusal):
    code = "account-not-found"
    default = "There is no Destiny 2 account there. Sign in once in the game, then try again."


class ProfilePrivate(BungieRefusal):
    code = "profile-private"
    default = "This profile is private."


class StaleRequest(BungieRefusal):
    code = "stale-request"
    default = "Bungie.net does not know what we asked for. The view may be old: refresh and try again."


class CredentialsRefused(BungieError):
    code = "credentials-refused"
    default = "Bungie.net does not accept the sign-in."


class OperatorMistake(BungieError):
    code = "operator-mistake"
    default = "Bungie.net does not accept this server's API key or client. Its owner can check them with `vaultraider doctor`."
