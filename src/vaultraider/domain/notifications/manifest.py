"""What is told of the game's definitions."""

from __future__ import annotations

from vaultraider.domain.notifications.message import Message

UPDATED, FAILED = "manifest-updated", "manifest-failed"
LINK = "/updateManifest"


def updated(version: str, key: str, *, went_back: bool, changes: str = "") -> Message:
    """``key``: of this very installation. ``changes``: what differs, in a sentence, where that is known."""
    how = "Bungie.net went back to earlier definitions, and so did we." if went_back else "New definitions are in use."
    return Message(
        kind=UPDATED,
        key=key,
        title="Earlier definitions are back" if went_back else "The game's definitions are new",
        text="\n".join(filter(None, (f"{how} Version {version}.", changes))),
        link=LINK,
    )


def refused(version: str, key: str, sentence: str) -> Message:
    """New definitions that did not pass a check, or found no room. ``sentence`` says why."""
    return Message(
        kind=FAILED,
        key=key,
        title="New definitions were not taken",
        text=f"{sentence}\nVersion {version}. The definitions in use stay, and it is tried again.",
        link=LINK,
        level="bad",
    )


def unreachable(key: str, times: int, sentence: str) -> Message:
    """New definitions, or the news of them, could not be fetched so many ``times`` in a row."""
    return Message(
        kind=FAILED,
        key=key,
        title="Definitions could not be fetched",
        text=f"{sentence}\n{times} tries in a row. The definitions in use stay, and it is tried again.",
        link=LINK,
        level="warn",
    )
