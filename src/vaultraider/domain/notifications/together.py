"""Several messages as one: a digest, what was held over quiet hours, what came in quick succession."""

from __future__ import annotations

from collections.abc import Sequence

from vaultraider.domain.notifications.message import Level, Message

KIND = "digest"
"""Of messages that are several; none of ``KINDS``."""
MOST = 20
"""How many are told with all their text; the others are counted."""
TITLE = 80
LEVELS: tuple[Level, ...] = ("info", "good", "warn", "bad")


def together(messages: Sequence[Message], key: str) -> Message:
    """One message that says it all, in the order given; the only one itself where there is but one. ``key``: of the whole."""
    if len(messages) == 1:
        return messages[0]
    parts = [f"{each.title}\n{each.text}".strip() for each in messages[:MOST]]
    left = len(messages) - MOST
    if left > 0:
        parts.append(f"And {left} more: they are on the page.")
    return Message(
        kind=KIND,
        key=key,
        title=_title(messages),
        text="\n\n".join(parts),
        link="/notifications",
        level=max((each.level for each in messages), key=LEVELS.index),
    )


def _title(messages: Sequence[Message]) -> str:
    """ "3 messages: Xûr is here, a move failed and 1 more" within a subject line."""
    titles = list(dict.fromkeys(each.title for each in messages))
    start = f"{len(messages)} messages: "
    for shown in range(len(titles), 0, -1):
        rest = len(titles) - shown
        named = ", ".join(titles[:shown])
        title = f"{start}{named}" if not rest else f"{start}{named} and {rest} more"
        if len(title) <= TITLE:
            return title
    return start.removesuffix(": ")
