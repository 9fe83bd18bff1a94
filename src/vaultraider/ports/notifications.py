"""Telling people: the channels that there are, and who is asked to tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Protocol

import msgspec

from vaultraider.domain.notifications import Message

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


class Teller(Protocol):
    """Who has news calls this, and goes on: it only writes the message down and rings the bell, and never raises for what a
    channel does."""

    def tell(self, user_id: int, message: Message) -> bool:
        """Whether it was news: the same kind and key is told to a person once."""

    def tell_everybody(self, message: Message) -> int:
        """Everybody whom the kind is for (``KINDS[...].audience``); to how many it was news."""
