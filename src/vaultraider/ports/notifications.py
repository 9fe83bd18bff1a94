"""Telling people: the channels that there are, and who is asked to tell."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol

import msgspec

from vaultraider.domain.notifications import Level, Message

FieldKind = Literal["text", "secret", "address", "number", "choice", "switch", "email"]


class FormField(msgspec.Struct, frozen=True, kw_only=True):
    """One setting of a channel. What is ``secret`` is stored sealed and never shown again; ``choices``: value and label."""

    name: str
    label: str
    kind: FieldKind = "text"
    help: str = ""
    placeholder: str = ""
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    default: str | int | bool | None = None


class ChannelForm(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of channel, as the settings offer it. ``icon``: a name of the interface's icons. ``only_demo``: for the demo."""

    kind: str
    title: str
    help: str
    icon: str
    fields: tuple[FormField, ...]
    only_demo: bool = False


class Sent(msgspec.Struct, frozen=True):
    """The service took it. ``sentence`` says what it answered, for the log."""

    sentence: str


class ChannelKinds(Protocol):
    """Every kind of channel that was found."""

    def forms(self) -> tuple[ChannelForm, ...]: ...

    def check(self, kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """The settings, cleaned. Raises InvalidInput with the field's name; an address that may not be asked is one. It looks
        up names, and sends nothing. NotFound for an unknown kind."""

    def label(self, kind: str, settings: Mapping[str, Any]) -> str:
        """Where it goes, for people and without a secret: "#loot", "marrow@example.org"."""

    def send(self, kind: str, settings: Mapping[str, Any], message: Message) -> Sent:
        """Sends once; waits some ten seconds at most.

        Raises ChannelRefused (asking again is no use), ChannelUnavailable (it may be: try later), AddressRefused.
        """


DeliveryState = Literal["waiting", "held", "sending", "sent", "unclear", "failed", "skipped"]
"""``waiting``: to be sent now, or tried again. ``held``: until quiet hours end or for the digest. ``sending``: its call may be
under way. ``unclear``: it may have arrived, so it is not sent twice. ``skipped``: never meant to be sent. The last four but
``sending`` are ends."""

OPEN: tuple[DeliveryState, ...] = ("waiting", "held")


class KeptChannel(msgspec.Struct, frozen=True, kw_only=True):
    """One channel of one person. ``settings`` hold secrets: never logged, never shown. ``repr`` hides them.

    ``settings`` is None when the key that sealed them was lost. ``trouble``: why it last refused something. ``rests_until``:
    before then nothing is sent there.
    """

    id: int
    user_id: int
    kind: str
    title: str
    label: str
    settings: dict[str, Any] | None
    enabled: bool
    created: datetime
    trouble: str | None = None
    last_sent: datetime | None = None
    rests_until: datetime | None = None

    def __repr__(self) -> str:
        return f"KeptChannel(id={self.id!r}, user_id={self.user_id!r}, kind={self.kind!r})"


class ChannelStore(Protocol):
    """Channels of people, their settings sealed. Each method is one transaction."""

    def of(self, user_id: int) -> list[KeptChannel]:
        """Oldest first."""

    def get(self, channel_id: int) -> KeptChannel | None: ...

    def add(
        self, user_id: int, *, kind: str, title: str, label: str, settings: Mapping[str, Any], enabled: bool, now: datetime
    ) -> KeptChannel | None:
        """None for a person who is gone."""

    def change(
        self, channel_id: int, *, title: str, label: str, settings: Mapping[str, Any] | None, enabled: bool
    ) -> KeptChannel | None:
        """``settings``: None leaves them as they are; new ones forget earlier trouble, and let it be tried at once."""

    def remove(self, channel_id: int) -> None:
        """What was on its way there is skipped; the log keeps its name."""

    def well(self, channel_id: int, *, sent: datetime, rests_until: datetime | None = None) -> None:
        """It took something: no trouble any more."""

    def troubled(self, channel_id: int, sentence: str) -> None: ...
    def rest(self, channel_id: int, until: datetime) -> None: ...

    def reseal(self) -> int:
        """Seals everything again with the newest key; how many could be opened."""


class NewDelivery(msgspec.Struct, frozen=True, kw_only=True):
    """Where a message is to go, or why not. ``channel_id`` is None where there is no channel at all."""

    channel_id: int | None
    channel_title: str
    channel_kind: str
    state: Literal["waiting", "held", "skipped"]
    not_before: datetime
    sentence: str = ""


class OpenDelivery(msgspec.Struct, frozen=True, kw_only=True):
    """One that is to be sent, with its message. ``created``: since when. ``tries``: begun so often before."""

    id: int
    user_id: int
    tries: int
    created: datetime
    message: Message


class HeldDelivery(msgspec.Struct, frozen=True, kw_only=True):
    """One that waits for its hour: what the person's choices decide on."""

    id: int
    kind: str
    channel_id: int
    not_before: datetime


class DeliveryRecord(msgspec.Struct, frozen=True, kw_only=True):
    """For the log. ``at``: when it was sent or given up. ``next``: when it is tried next."""

    channel_title: str
    channel_kind: str
    state: DeliveryState
    sentence: str
    tries: int
    at: datetime | None
    next: datetime | None


class NotificationRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One message that was told, and where it went."""

    id: int
    kind: str
    title: str
    text: str
    link: str
    level: Level
    created: datetime
    has_html: bool
    deliveries: tuple[DeliveryRecord, ...] = ()


class NotificationStore(Protocol):
    """What was told to whom, and its deliveries. Each method is one transaction."""

    def was_told(self, user_id: int, kind: str, key: str) -> bool: ...

    def add(self, user_id: int, message: Message, deliveries: Sequence[NewDelivery], now: datetime) -> bool:
        """Writes it down with its deliveries, once for each person, kind and key, for ever, whoever else does the same at this
        moment. False when it was told before, or for a person who is gone."""

    def latest(self, user_id: int, *, limit: int, before: int | None = None) -> list[NotificationRecord]:
        """Newest first; ``before``: only ids below."""

    def message(self, user_id: int, notification_id: int) -> Message | None:
        """The whole of it; None also when it is somebody else's."""

    def due(self, channel_id: int, now: datetime) -> list[OpenDelivery]:
        """What is to be sent there now, oldest first."""

    def begin(self, ids: Collection[int], now: datetime) -> set[int]:
        """Marks them as sending: committed before the call. Those that were still to be sent."""

    def end(
        self,
        ids: Collection[int],
        state: Literal["sent", "unclear", "failed", "waiting"],
        *,
        sentence: str,
        now: datetime,
        not_before: datetime | None = None,
    ) -> None:
        """How a call ended. What was given up as unclear meanwhile takes only a certain end."""

    def give_up_on_sending(self, channel_id: int, sentence: str, now: datetime) -> int:
        """Whoever sent them is gone: they end as unclear. How many."""

    def put_off(self, until: Mapping[int, datetime], sentence: str) -> None:
        """Holds each until its time."""

    def skip(self, ids: Collection[int], sentence: str, now: datetime) -> None: ...
    def held(self, user_id: int) -> list[HeldDelivery]: ...

    def next_due(self, channel_id: int) -> datetime | None:
        """When the next is to be sent there."""

    def channels_at_work(self, now: datetime, sending_since: datetime) -> list[tuple[int, int]]:
        """Channel and person of what is due, and of what has been ``sending`` since before ``sending_since``."""

    def forget(self, before: datetime) -> int:
        """Deletes the log of what was told before; that it was told stays known. How many messages."""


class ChoiceStore(Protocol):
    """Each person's choices: one small JSON document."""

    def load(self, user_id: int) -> bytes | None: ...
    def save(self, user_id: int, document: bytes, now: datetime) -> None: ...

    def begin(self, user_id: int, document: bytes, now: datetime) -> bool:
        """Writes the first; False when there is one, or for a person who is gone."""


class MaintenanceRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Whether Bungie is in maintenance, as all processes know it.

    ``down``: what is believed. ``since``: when the last maintenance began, ``until``: when it was over. ``confirmed``: when we
    were sure of the last change. ``other_since``: since when every look has said the contrary, None when the last did not.
    ``looked``: when anything was last known.
    """

    down: bool = False
    since: datetime | None = None
    until: datetime | None = None
    confirmed: datetime | None = None
    other_since: datetime | None = None
    looked: datetime | None = None


class MaintenanceStore(Protocol):
    def load(self) -> MaintenanceRecord: ...

    def replace(self, before: MaintenanceRecord, after: MaintenanceRecord) -> bool:
        """Whether nobody else has changed it since ``before`` was loaded."""


class Teller(Protocol):
    """Who has news calls this, and goes on: it only writes the message down and rings the bell, and never raises for what a
    channel does."""

    def tell(self, user_id: int, message: Message) -> bool:
        """Whether it was news: the same kind and key is told to a person once."""

    def tell_everybody(self, message: Message) -> int:
        """Everybody whom the kind is for (``KINDS[...].audience``); to how many it was news."""
