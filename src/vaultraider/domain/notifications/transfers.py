"""What is told of a move: that it waits, that it failed, that it ended after all."""

from __future__ import annotations

from typing import Literal

from vaultraider.domain.notifications.message import Message

WAITING, FAILED, ENDED = "transfer-waiting", "transfer-failed", "transfer-ended"
TITLE = 50
"""How much of a move's own title goes into a subject line."""

LINK = "/journal"


def key_of(transfer_id: int) -> str:
    """One news of a sort for each transfer."""
    return f"transfer-{transfer_id}"


def waits(transfer_id: int, title: str, sentence: str) -> Message:
    """``title``: what was wished, in words. ``sentence``: what it waits for."""
    return Message(kind=WAITING, key=key_of(transfer_id), title=f"Waits: {_short(title)}", text=_text(title, sentence), link=LINK)


def failed(transfer_id: int, title: str, sentence: str, how: Literal["failed", "partly", "expired"]) -> Message:
    """``partly``: some went, some stayed. ``expired``: it waited too long."""
    begins = {"failed": "Did not go", "partly": "Went in part", "expired": "Waited too long"}[how]
    return Message(
        kind=FAILED,
        key=key_of(transfer_id),
        title=f"{begins}: {_short(title)}",
        text=_text(title, sentence),
        link=LINK,
        level="warn" if how == "partly" else "bad",
    )


def ended(transfer_id: int, title: str, sentence: str) -> Message:
    """A move that had waited is done."""
    return Message(
        kind=ENDED, key=key_of(transfer_id), title=f"Done: {_short(title)}", text=_text(title, sentence), link=LINK, level="good"
    )


def _text(title: str, sentence: str) -> str:
    return "\n".join(filter(None, (f"{title.rstrip('.')}.", sentence)))


def _short(title: str) -> str:
    return title if len(title) <= TITLE else f"{title[: TITLE - 1].rstrip()}…"
