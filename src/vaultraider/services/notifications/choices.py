"""What a person wants to be told, when, and by which channels."""

from __future__ import annotations

import logging
from datetime import datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

import msgspec

from vaultraider.domain.errors import InvalidInput
from vaultraider.domain.notifications import KINDS, Timing
from vaultraider.domain.notifications.hours import QuietHours, next_digest, quiet_until, zone_of
from vaultraider.domain.people import User
from vaultraider.ports import ChannelStore, ChoiceStore, Clock, KeptChannel, NewDelivery, NotificationStore

logger = logging.getLogger(__name__)

NO_CHANNEL = "There is no channel to tell you by. Add one in the settings."
NOT_WANTED = "You chose not to be told of this."
NONE_CHOSEN = "No channel is chosen for this."
SWITCHED_OFF = "This channel is switched off."
QUIET = "Waits for the end of your quiet hours."
DIGEST = "Goes into the next digest."


class KindChoice(msgspec.Struct, frozen=True):
    """``channels``: ids of those to tell by; None for all that there are."""

    timing: Timing
    channels: tuple[int, ...] | None = None


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """``kinds`` by name; what is not there is as usual. Times are of the wall's clock in ``time_zone``."""

    kinds: dict[str, KindChoice] = {}
    quiet: QuietHours | None = None
    digest_at: time = time(8)
    time_zone: str = "UTC"

    @property
    def zone(self) -> ZoneInfo:
        return zone_of(self.time_zone) or ZoneInfo("UTC")

    def of(self, kind: str) -> KindChoice:
        known = KINDS.get(kind)
        return self.kinds.get(kind) or KindChoice(known.usual if known else "at-once")

    def hold(self, timing: Timing, now: datetime) -> tuple[datetime, str] | None:
        """Until when something waits, and why; None: it may go now."""
        if timing == "digest":
            hour = next_digest(now, self.digest_at, self.zone)
            return self.quiet_until(hour) or hour, DIGEST
        until = self.quiet_until(now)
        return None if until is None else (until, QUIET)

    def quiet_until(self, moment: datetime) -> datetime | None:
        return None if self.quiet is None else quiet_until(moment, self.quiet, self.zone)

    def deliveries(self, kind: str, channels: list[KeptChannel], now: datetime) -> list[NewDelivery]:
        """Where a message of that kind goes, and when; or why nowhere. ``channels``: all of the person's."""
        choice = self.of(kind)
        wanted = [each for each in channels if choice.channels is None or each.id in choice.channels]
        if choice.timing == "off":
            return [_nowhere(NOT_WANTED, now)]
        if not wanted:
            return [_nowhere(NONE_CHOSEN if channels else NO_CHANNEL, now)]
        held = self.hold(choice.timing, now)
        return [_delivery(each, held, now) for each in wanted]


def _nowhere(sentence: str, now: datetime) -> NewDelivery:
    return NewDelivery(channel_id=None, channel_title="", channel_kind="", state="skipped", not_before=now, sentence=sentence)


def _delivery(channel: KeptChannel, held: tuple[datetime, str] | None, now: datetime) -> NewDelivery:
    until, why = held or (now, "")
    return NewDelivery(
        channel_id=channel.id,
        channel_title=channel.title,
        channel_kind=channel.kind,
        state=("held" if held else "waiting") if channel.enabled else "skipped",
        not_before=until,
        sentence=why if channel.enabled else SWITCHED_OFF,
    )


class Ring(Protocol):
    """Asks for a channel's deliveries."""

    def __call__(self, user_id: int, channel_id: int, *, after: float = 0.0) -> None: ...


class ChoiceDesk:
    """Reads and changes them. What waits for its hour follows a change."""

    def __init__(
        self, *, store: ChoiceStore, channels: ChannelStore, notifications: NotificationStore, ring: Ring, clock: Clock
    ) -> None:
        self._store = store
        self._channels = channels
        self._notifications = notifications
        self._ring = ring
        self._clock = clock

    def of(self, user_id: int) -> Choices:
        """What another version wrote, and this one cannot read, counts as not chosen."""
        kept = self._store.load(user_id)
        if kept is None:
            return Choices()
        try:
            return msgspec.json.decode(kept, type=Choices)
        except msgspec.DecodeError:
            logger.info("The choices of user %s are of another version; told as usual", user_id)
            return Choices()

    def save(self, user: User, choices: Choices) -> Choices:
        """Raises InvalidInput naming the field."""
        self._check(user, choices)
        self._store.save(user.id, msgspec.json.encode(choices), self._clock.now())
        self._follow(user.id, choices)
        return choices

    def _check(self, user: User, choices: Choices) -> None:
        if zone_of(choices.time_zone) is None:
            raise InvalidInput("time_zone", "There is no such time zone. Choose one such as Europe/Berlin.")
        if choices.quiet is not None and choices.quiet.start == choices.quiet.until:
            raise InvalidInput("quiet", "Quiet hours begin and end at different times. Leave them out to have none.")
        mine = {each.id for each in self._channels.of(user.id)}
        for name, choice in choices.kinds.items():
            if name not in KINDS:
                raise InvalidInput("kinds", "There is no such kind of message.")
            if not mine.issuperset(choice.channels or ()):
                raise InvalidInput("kinds", "One of the chosen channels is not there any more. Load the page again.")

    def _follow(self, user_id: int, choices: Choices) -> None:
        """What is held goes by the new choices."""
        now = self._clock.now()
        until: dict[str, dict[int, datetime]] = {}
        skipped: list[int] = []
        rings: set[int] = set()
        for each in self._notifications.held(user_id):
            choice = choices.of(each.kind)
            if choice.timing == "off" or (choice.channels is not None and each.channel_id not in choice.channels):
                skipped.append(each.id)
                continue
            moment, why = choices.hold(choice.timing, now) or (now, "")
            until.setdefault(why, {})[each.id] = moment
            if moment <= now:
                rings.add(each.channel_id)
        self._notifications.skip(skipped, NOT_WANTED, now)
        for why, moments in until.items():
            self._notifications.put_off(moments, why)
        for channel_id in sorted(rings):
            self._ring(user_id, channel_id)
