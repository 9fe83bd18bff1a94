"""One call of a channel, and what came of it in one of three words. No failure of a channel leaves this file."""

from __future__ import annotations

import logging
import traceback
from typing import Literal

import msgspec

from vaultraider.domain.errors import ChannelUnavailable, VaultRaiderError
from vaultraider.domain.notifications import Message
from vaultraider.ports import ChannelKinds, KeptChannel

logger = logging.getLogger(__name__)

KEY_LOST = "This channel's settings cannot be opened on this server any more: their key is gone. Enter them again."
BROKE = "Something went wrong here, and it was not sent. The log tells more."


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """``refused``: asking again is no use. ``later``: another try may go through. ``unclear``: it may have arrived, so another
    try might be the second of the same."""

    word: Literal["sent", "refused", "later", "unclear"]
    sentence: str
    retry_after: float | None = None


def call(kinds: ChannelKinds, channel: KeptChannel, message: Message) -> Outcome:
    """Sends once."""
    if channel.settings is None:
        return Outcome(word="refused", sentence=KEY_LOST)
    try:
        return Outcome(word="sent", sentence=kinds.send(channel.kind, channel.settings, message).sentence)
    except ChannelUnavailable as error:
        word: Literal["unclear", "later"] = "unclear" if error.maybe_sent else "later"
        return Outcome(word=word, sentence=error.sentence, retry_after=error.retry_after)
    except VaultRaiderError as error:  # refused, by the service or by us; or there is no such kind any more
        return Outcome(word="refused", sentence=error.sentence)
    except Exception as error:
        # Not the exception itself: what a library says may hold an address, and with it a secret.
        where = "".join(traceback.format_tb(error.__traceback__)[-4:])
        logger.error("A channel of the kind %s broke with %s:\n%s", channel.kind, type(error).__name__, where)
        return Outcome(word="refused", sentence=BROKE)
