"""A person's channels: adding, changing, removing, trying them out."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from vaultraider.domain.errors import Conflict, InvalidInput, NotFound
from vaultraider.domain.notifications import Message
from vaultraider.domain.people import User
from vaultraider.ports import ChannelForm, ChannelKinds, ChannelStore, Clock, KeptChannel
from vaultraider.services.notifications.calling import KEY_LOST, call

logger = logging.getLogger(__name__)

MOST = 20
"""Channels of one person."""
TITLE = 60
UNKNOWN = "This version of Vault Raider knows no such kind of channel. Remove it, or go back to the version that made it."
WHERE = frozenset({"host", "server", "port", "security"})
"""Names of settings that say where secrets go, and how safely, beside those that are addresses."""
AGAIN = "Enter this again: what you changed decides where it is sent."
TEST = "test"


class ShownChannel(msgspec.Struct, frozen=True, kw_only=True):
    """A channel without its secrets. ``kept``: the names of those that are set. ``sentence``: what is wrong with it."""

    channel: KeptChannel
    settings: dict[str, Any]
    kept: tuple[str, ...]
    state: Literal["ok", "trouble", "unused"]
    sentence: str | None = None


class Trial(msgspec.Struct, frozen=True):
    """What came of a test message, in a sentence."""

    ok: bool
    sentence: str


class ChannelDesk:
    """Every method looks only at channels of the given person; any other is NotFound."""

    def __init__(self, *, channels: ChannelStore, kinds: ChannelKinds, clock: Clock) -> None:
        self._channels = channels
        self._kinds = kinds
        self._clock = clock

    def forms(self) -> tuple[ChannelForm, ...]:
        """Every kind that there is."""
        return self._kinds.forms()

    def all(self, user: User) -> list[ShownChannel]:
        """Oldest first."""
        return [self._shown(each) for each in self._channels.of(user.id)]

    def add(self, user: User, kind: str, title: str, given: Mapping[str, Any], *, enabled: bool) -> ShownChannel:
        """Nothing is sent. An empty ``title`` is that of the kind. Raises InvalidInput with the field's name."""
        form = self._form(kind)
        if form is None:
            raise InvalidInput("kind", "There is no such kind of channel.")
        if len(self._channels.of(user.id)) >= MOST:
            raise Conflict(f"You have {MOST} channels. Remove one first.")
        title = _title(title) or form.title
        settings = self._kinds.check(kind, _given(given))
        added = self._channels.add(
            user.id,
            kind=kind,
            title=title,
            label=self._kinds.label(kind, settings),
            settings=settings,
            enabled=enabled,
            now=self._clock.now(),
        )
        if added is None:
            raise NotFound
        logger.info("User %s added a channel of the kind %s", user.id, kind)
        return self._shown(added)

    def change(
        self,
        user: User,
        channel_id: int,
        *,
        title: str | None = None,
        given: Mapping[str, Any] | None = None,
        enabled: bool | None = None,
    ) -> ShownChannel:
        """What is left out stays as it is, a secret too: but where secrets go elsewhere they must be given again."""
        channel = self._mine(user, channel_id)
        title = channel.title if title is None else (_title(title) or channel.title)
        settings, label = None, channel.label
        if given is not None:
            settings = self._kinds.check(channel.kind, self._joined(channel, given))
            label = self._kinds.label(channel.kind, settings)
        changed = self._channels.change(
            channel_id,
            title=title,
            label=label,
            settings=settings,
            enabled=channel.enabled if enabled is None else enabled,
        )
        if changed is None:
            raise NotFound
        return self._shown(changed)

    def remove(self, user: User, channel_id: int) -> None:
        self._mine(user, channel_id)
        self._channels.remove(channel_id)
        logger.info("User %s removed a channel", user.id)

    def test(self, user: User, channel_id: int) -> Trial:
        """Sends a message to try it out, once, and waits for what the service says. Quiet hours and rest do not count."""
        channel = self._mine(user, channel_id)
        now = self._clock.now()
        message = Message(
            kind=TEST,
            key=f"test-{channel_id}-{now:%Y%m%d%H%M%S%f}",
            title="A test from Vault Raider",
            text=f"You asked for it. Messages to {user.name} arrive here.",
            link="/settings",
        )
        outcome = call(self._kinds, channel, message)
        if outcome.word == "sent":
            self._channels.well(channel_id, sent=self._clock.now())
        elif outcome.word == "refused":
            self._channels.troubled(channel_id, outcome.sentence)
        logger.info("User %s tried a channel of the kind %s: %s", user.id, channel.kind, outcome.word)
        return Trial(outcome.word == "sent", outcome.sentence)

    def _mine(self, user: User, channel_id: int) -> KeptChannel:
        channel = self._channels.get(channel_id)
        if channel is None or channel.user_id != user.id:
            raise NotFound("You have no such channel.")
        return channel

    def _form(self, kind: str) -> ChannelForm | None:
        return next((form for form in self.forms() if form.kind == kind), None)

    def _joined(self, channel: KeptChannel, given: Mapping[str, Any]) -> dict[str, Any]:
        form = self._form(channel.kind)
        if form is None:
            raise Conflict(UNKNOWN)
        kept = dict(channel.settings or {})
        places = [field.name for field in form.fields if field.kind == "address" or field.name in WHERE]
        if any(name in given and given[name] != kept.get(name) for name in places):
            # Else whoever sits at an open browser could have the secret sent to a server of theirs.
            for field in form.fields:
                if field.kind == "secret" and kept.get(field.name) and field.name not in given:
                    raise InvalidInput(field.name, AGAIN)
        return _given({**kept, **given})

    def _shown(self, channel: KeptChannel) -> ShownChannel:
        form = self._form(channel.kind)
        kept = channel.settings or {}
        secret = {field.name for field in form.fields if field.kind == "secret"} if form else set(kept)
        sentence = channel.trouble
        if channel.settings is None or form is None:
            sentence = KEY_LOST if form else UNKNOWN
        fresh: Literal["ok", "unused"] = "unused" if channel.last_sent is None else "ok"
        return ShownChannel(
            channel=channel,
            settings={name: value for name, value in kept.items() if name not in secret},
            kept=tuple(name for name, value in kept.items() if name in secret and value not in (None, "")),
            state=fresh if sentence is None else "trouble",
            sentence=sentence,
        )


def _given(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Nothing given is as good as not given."""
    return {name: value for name, value in settings.items() if value is not None}


def _title(text: str) -> str:
    title = text.strip()
    if len(title) > TITLE or not title.isprintable():
        raise InvalidInput("title", f"The name is at most {TITLE} ordinary characters on one line.")
    return title
