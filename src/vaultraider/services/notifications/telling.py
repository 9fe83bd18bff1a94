"""Telling: a message is written down once for a person, and where it goes is decided by the person's choices.

Whoever tells may do so as often as it likes, from as many processes as it likes: after the first time it is no news.
"""

from __future__ import annotations

import logging

import msgspec

from vaultraider.domain.notifications import KINDS, Message
from vaultraider.ports import ChannelKinds, ChannelStore, ChoiceStore, Clock, NotificationStore, Users
from vaultraider.services.notifications.choices import ChoiceDesk, Choices, Ring

logger = logging.getLogger(__name__)

TITLE = 200
TEXT = 8000
"""Characters of a message that are kept: longer ones are no message."""


class Telling:
    """Fits ``ports.Teller``."""

    def __init__(
        self,
        *,
        notifications: NotificationStore,
        channels: ChannelStore,
        first_choices: ChoiceStore,
        choices: ChoiceDesk,
        kinds: ChannelKinds,
        users: Users,
        ring: Ring,
        clock: Clock,
    ) -> None:
        self._notifications = notifications
        self._channels = channels
        self._first_choices = first_choices
        self._choices = choices
        self._kinds = kinds
        self._users = users
        self._ring = ring
        self._clock = clock

    def tell(self, user_id: int, message: Message) -> bool:
        """See ``ports.Teller``. What goes at once is asked for; should that be lost, the sweep finds it a minute later."""
        if self._notifications.was_told(user_id, message.kind, message.key):
            return False
        self.begin(user_id)
        now = self._clock.now()
        deliveries = self._choices.of(user_id).deliveries(message.kind, self._channels.of(user_id), now)
        if not self._notifications.add(user_id, _shortened(message), deliveries, now):
            return False
        logger.info("User %s is told: %s", user_id, message.kind)
        for each in deliveries:
            if each.state == "waiting" and each.channel_id is not None:
                self._ring(user_id, each.channel_id)
        return True

    def tell_everybody(self, message: Message) -> int:
        kind = KINDS.get(message.kind)
        for_admins = kind is not None and kind.audience == "admins"
        told, trouble = 0, None
        for user in self._users.all():
            try:
                told += (user.is_admin or not for_admins) and self.tell(user.id, message)
            except Exception as error:  # the others are told all the same
                trouble = trouble or error
        if trouble is not None:
            raise trouble
        return told

    def was_told(self, user_id: int, kind: str, key: str) -> bool:
        return self._notifications.was_told(user_id, kind, key)

    def begin(self, user_id: int) -> None:
        """In the demo: the first time that a person is told, or looks, there is a channel. Once removed it stays away."""
        forms = [form for form in self._kinds.forms() if form.only_demo]
        if not forms or self._first_choices.load(user_id) is not None:
            return
        now = self._clock.now()
        if not self._first_choices.begin(user_id, msgspec.json.encode(Choices()), now):
            return
        for form in forms:
            settings = self._kinds.check(form.kind, {})
            label = self._kinds.label(form.kind, settings)
            self._channels.add(user_id, kind=form.kind, title=form.title, label=label, settings=settings, enabled=True, now=now)


def _shortened(message: Message) -> Message:
    if len(message.title) <= TITLE and len(message.text) <= TEXT:
        return message
    return msgspec.structs.replace(message, title=message.title[:TITLE], text=message.text[:TEXT])
