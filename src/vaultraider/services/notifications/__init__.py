"""Telling people: what is news is written down once, and goes to each by the channels, and at the hours, of their choice.

telling   what whoever has news calls       choices    when, and by which channels
sending   what the job does, per channel    calling    one call, and what came of it
channels  adding, changing, trying them     trusting no channel: none of their failures leaves this folder
"""

from __future__ import annotations

from typing import Protocol

from vaultraider.domain.errors import NotFound
from vaultraider.domain.notifications import Message
from vaultraider.domain.people import User
from vaultraider.ports import (
    ChannelKinds,
    ChannelStore,
    ChoiceStore,
    Clock,
    JobRecord,
    NotificationRecord,
    NotificationStore,
    Users,
)
from vaultraider.services.notifications.channels import ChannelDesk, ShownChannel, Trial
from vaultraider.services.notifications.choices import ChoiceDesk, Choices, KindChoice
from vaultraider.services.notifications.sending import Handle, Sending
from vaultraider.services.notifications.telling import Telling

__all__ = ["Choices", "KindChoice", "Notifications", "ShownChannel", "Trial"]

JOB = "deliver_notifications"


class Jobs(Protocol):
    def ask(self, kind: str, arguments: dict[str, object] | None = None, *, asked_by: str, after: float = 0.0) -> JobRecord: ...


class Notifications:
    """Fits ``ports.Teller``, and is what the doors and the jobs call. One for a process."""

    def __init__(
        self,
        *,
        store: NotificationStore,
        channels: ChannelStore,
        choices: ChoiceStore,
        kinds: ChannelKinds,
        users: Users,
        jobs: Jobs,
        clock: Clock,
    ) -> None:
        self._store = store
        self._jobs = jobs
        self._kept = channels
        self._resealed = False
        self.channels = ChannelDesk(channels=channels, kinds=kinds, clock=clock)
        self.choices = ChoiceDesk(store=choices, channels=channels, notifications=store, ring=self._ring, clock=clock)
        self._telling = Telling(
            notifications=store,
            channels=channels,
            first_choices=choices,
            choices=self.choices,
            kinds=kinds,
            users=users,
            ring=self._ring,
            clock=clock,
        )
        self._sending = Sending(
            notifications=store, channels=channels, choices=self.choices, kinds=kinds, ring=self._ring, clock=clock
        )

    # -- telling --------------------------------------------------------------------------------------------------------

    def tell(self, user_id: int, message: Message) -> bool:
        return self._telling.tell(user_id, message)

    def tell_everybody(self, message: Message) -> int:
        return self._telling.tell_everybody(message)

    def was_told(self, user_id: int, kind: str, key: str) -> bool:
        return self._telling.was_told(user_id, kind, key)

    def begin(self, user: User) -> None:
        """Somebody looks at their channels: in the demo there is one from the start."""
        self._telling.begin(user.id)

    # -- the log --------------------------------------------------------------------------------------------------------

    def latest(self, user: User, *, limit: int, before: int | None = None) -> list[NotificationRecord]:
        """What was told, newest first, and where it went. ``before``: only ids below."""
        return self._store.latest(user.id, limit=limit, before=before)

    def message(self, user: User, notification_id: int) -> Message:
        """The whole of one. Raises NotFound."""
        found = self._store.message(user.id, notification_id)
        if found is None:
            raise NotFound("You were told no such thing, or it is too long ago.")
        return found

    # -- sending --------------------------------------------------------------------------------------------------------

    def deliver(self, channel_id: int, handle: Handle) -> float | None:
        """What the job does for one channel: see ``Sending.deliver``."""
        return self._sending.deliver(channel_id, handle)

    def resume(self) -> int:
        """Asks for all that is due and forgets what is old; how many channels."""
        if not self._resealed:  # else a key that is taken out after a new one came would take the channels along
            self._resealed = True
            self.reseal()
        return self._sending.resume()

    def reseal(self) -> int:
        """Seals all channels' settings with the newest key; how many could be opened."""
        return self._kept.reseal()

    def _ring(self, user_id: int, channel_id: int, *, after: float = 0.0) -> None:
        self._jobs.ask(JOB, {"channel": channel_id}, asked_by=f"user {user_id}", after=after)
