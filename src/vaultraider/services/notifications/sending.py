"""Sending: what is due for one channel, one worker at a time.

what an earlier worker left as sending ends as unclear
  ─> what is due ─> mark as sending, commit ─> call ─> how it ended, commit ─> and again, until nothing is due
                                                 │
                       sent · unclear: never twice · failed · waiting: later, for about a day

What is due at the same time goes as one message, but for what has a page of its own (an e-mail's HTML). After something went, the
channel rests a moment, so that a burst of news is two messages and not thirty.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from vaultraider.domain.notifications import Message
from vaultraider.domain.notifications.together import together
from vaultraider.ports import ChannelKinds, ChannelStore, Clock, KeptChannel, NotificationStore, OpenDelivery
from vaultraider.services.notifications.calling import Outcome, call
from vaultraider.services.notifications.choices import QUIET, SWITCHED_OFF, ChoiceDesk, Ring

logger = logging.getLogger(__name__)

BREATH = 30.0
"""Seconds that a channel rests after a message."""
WAITS = (30.0, 120.0, 600.0, 1800.0, 7200.0)
"""Seconds before the next try; the last over and over, ..."""
TRIES = 16
"""... until so many have failed: about a day."""
LONGEST = 6 * 3600.0
"""A service that asks us to stay away for longer is asked once more all the same."""
LONGEST_REST = 300.0
"""Seconds that others wait because one could not be sent, where the service did not say how long."""
SEND_AT_MOST = 120.0
"""No call takes longer: after so many seconds its worker is gone."""
KEPT = timedelta(days=90)
"""How long the log is kept."""
LOST = "The server stopped while this was being sent. It may have arrived, so it is not sent twice."
UNCLEAR = "It may have arrived, so it is not sent twice."
GAVE_UP = "Tried for a day, and given up. The last answer: "
OFFERS = 60
"""How often how it ended is offered to a database that is away, a second apart."""


class Handle(Protocol):
    def check(self) -> None:
        """Raises when the work should stop."""


class Sending:
    def __init__(
        self,
        *,
        notifications: NotificationStore,
        channels: ChannelStore,
        choices: ChoiceDesk,
        kinds: ChannelKinds,
        ring: Ring,
        clock: Clock,
    ) -> None:
        self._notifications = notifications
        self._channels = channels
        self._choices = choices
        self._kinds = kinds
        self._ring = ring
        self._clock = clock

    def deliver(self, channel_id: int, handle: Handle) -> float | None:
        """Sends what is due there, and asks for itself again when something remains; in how many seconds.

        Only one at a time may run for a channel. Raises what ``handle`` raises, before anything is marked.
        """
        lost = self._notifications.give_up_on_sending(channel_id, LOST, self._clock.now())
        if lost:
            logger.warning("%s messages may have arrived by channel %s: their worker is gone.", lost, channel_id)
        while (channel := self._channels.get(channel_id)) is not None:
            handle.check()
            batch = self._next(channel)
            if not batch:
                break
            self._send(channel, batch)
        return None if channel is None else self._ask_again(channel)

    def resume(self) -> int:
        """Asks for every channel with something due: what a lost message or a dead worker left behind. How many there are."""
        now = self._clock.now()
        found = self._notifications.channels_at_work(now, now - timedelta(seconds=SEND_AT_MOST))
        for channel_id, user_id in found:
            self._ring(user_id, channel_id)
        self._notifications.forget(now - KEPT)
        return len(found)

    def _next(self, channel: KeptChannel) -> list[OpenDelivery]:
        """What goes in the next call; empty: nothing, now."""
        now = self._clock.now()
        due = self._notifications.due(channel.id, now)
        if not due:
            return []
        if not channel.enabled:
            self._notifications.skip([each.id for each in due], SWITCHED_OFF, now)
            return []
        quiet = self._choices.of(channel.user_id).quiet_until(now)
        if quiet is not None:  # they have begun since: a late try wakes nobody either
            self._notifications.put_off(dict.fromkeys((each.id for each in due), quiet), QUIET)
            return []
        if _rest(channel, now) is not None:
            return []
        pages = [each for each in due if each.message.html]
        return pages[:1] or due

    def _send(self, channel: KeptChannel, batch: Sequence[OpenDelivery]) -> None:
        began = self._clock.now()
        begun = self._notifications.begin([each.id for each in batch], began)
        mine = [each for each in batch if each.id in begun]
        if not mine:
            return
        outcome = call(self._kinds, channel, _one(mine))
        self._insist(lambda: self._write(channel, mine, outcome))
        logger.info("Channel %s (%s): %s messages %s", channel.id, channel.kind, len(mine), outcome.word)

    def _write(self, channel: KeptChannel, sent: Sequence[OpenDelivery], outcome: Outcome) -> None:
        now = self._clock.now()
        ids = [each.id for each in sent]
        if outcome.word == "sent":
            self._notifications.end(ids, "sent", sentence=outcome.sentence, now=now)
            # What has a page of its own comes first, and is followed by the others at once.
            rests = now if any(each.message.html for each in sent) else now + timedelta(seconds=BREATH)
            self._channels.well(channel.id, sent=now, rests_until=rests)
        elif outcome.word == "unclear":
            self._notifications.end(ids, "unclear", sentence=f"{outcome.sentence} {UNCLEAR}", now=now)
        elif outcome.word == "refused":
            self._notifications.end(ids, "failed", sentence=outcome.sentence, now=now)
            self._channels.troubled(channel.id, outcome.sentence)
        else:
            self._later(channel, sent, outcome, now)

    def _later(self, channel: KeptChannel, sent: Sequence[OpenDelivery], outcome: Outcome, now: datetime) -> None:
        told = min(outcome.retry_after or 0.0, LONGEST)
        for each in sent:
            if each.tries + 1 >= TRIES:
                self._notifications.end([each.id], "failed", sentence=GAVE_UP + outcome.sentence, now=now)
                self._channels.troubled(channel.id, outcome.sentence)
            else:
                then = now + timedelta(seconds=max(_wait(each), told))
                self._notifications.end([each.id], "waiting", sentence=outcome.sentence, now=now, not_before=then)
        rest = max(told, min(LONGEST_REST, *(_wait(each) for each in sent)))
        self._channels.rest(channel.id, now + timedelta(seconds=rest))

    def _ask_again(self, channel: KeptChannel) -> float | None:
        due = self._notifications.next_due(channel.id)
        if due is None:
            return None
        now = self._clock.now()
        seconds = max(1.0, (max(due, _rest(channel, now) or due) - now).total_seconds())
        self._ring(channel.user_id, channel.id, after=seconds)
        return seconds

    def _insist(self, write: Callable[[], None]) -> None:
        """What came of a call is known here alone: a database that is away is waited for."""
        for left in reversed(range(OFFERS)):
            try:
                write()
                return
            except Exception:
                if not left:
                    raise
                logger.warning("What came of a message could not be written down yet.")
            self._clock.sleep(1.0)


def _rest(channel: KeptChannel, now: datetime) -> datetime | None:
    """Until when it rests; None: it does not. No rest is longer than the longest: then the clock was turned back since."""
    until = channel.rests_until
    return until if until is not None and now < until <= now + timedelta(seconds=LONGEST) else None


def _wait(each: OpenDelivery) -> float:
    return WAITS[min(each.tries, len(WAITS) - 1)]


def _one(batch: Sequence[OpenDelivery]) -> Message:
    """``key``: the same for the same ones, and no other: whoever gets it may look whether it came before."""
    return together([each.message for each in batch], key=f"digest-{batch[0].id}-{batch[-1].id}-{len(batch)}")
