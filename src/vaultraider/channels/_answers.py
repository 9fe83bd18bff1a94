"""What an HTTP answer means for a message, told once for every service: sent, try later, or look at the settings."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from vaultraider.domain.errors import ChannelRefused, ChannelUnavailable
from vaultraider.outbound import Answer

_LONGEST_WAIT = 24 * 3600.0

_SENTENCES = {
    400: "{service} did not understand the message. Send a test; if that fails too, look at the channel's settings.",
    401: "{service} does not accept the key. Give it the current one.",
    403: "{service} does not allow this. Look at what the address or key is for, and at who may write there.",
    404: "{service} does not know this address any more. Make a new one there, and put it into the channel's settings.",
    410: "{service} says that this address is closed for good. Make a new one there, and put it into the channel's settings.",
    413: "{service} finds the message too large.",
}


def settle(answer: Answer, service: str, now: datetime) -> None:
    """Returns for a 2xx. Raises ChannelUnavailable or ChannelRefused otherwise."""
    status = answer.status
    if 200 <= status < 300:
        return
    if status == 429 or (status == 503 and "retry-after" in answer.headers):
        wait = seconds_to_wait(answer.headers.get("retry-after", ""), now)
        raise ChannelUnavailable(f"{service} takes no more messages just now. We wait, and try again.", retry_after=wait)
    if status >= 500 or status in (408, 425):
        # It may have failed after it had passed the message on: who must not be told twice has to know.
        raise ChannelUnavailable(f"{service} has trouble of its own (HTTP {status}). We try again.", maybe_sent=status == 504)
    if 300 <= status < 400:
        raise ChannelRefused(f"{service} has moved: the address leads elsewhere (HTTP {status}). Give the new one.")
    refused = _SENTENCES.get(status, "{service} refused the message (HTTP " + str(status) + "). Look at the channel's settings.")
    raise ChannelRefused(refused.format(service=service))


def seconds_to_wait(text: str, now: datetime) -> float | None:
    """Retry-After: seconds, with or without a fraction, or a date. None where it says nothing of use; a day at most."""
    text = text.strip()
    try:
        seconds = float(text)
    except ValueError:
        try:
            at = parsedate_to_datetime(text)
        except (ValueError, TypeError, OverflowError):
            return None
        seconds = ((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds()
    return min(max(seconds, 1.0), _LONGEST_WAIT) if seconds == seconds else None
