"""Finds the channels: every file of this folder without an underscore. The file's name is the kind."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from typing import Any

import vaultraider.channels
from vaultraider.channels._channel import Channel, Out
from vaultraider.channels._fields import read_fields
from vaultraider.channels._mail_server import MailServer
from vaultraider.domain.errors import NotFound
from vaultraider.domain.notifications import Message
from vaultraider.outbound import Doorway, OutboundClient
from vaultraider.ports import ChannelForm, Clock, Sent

_ORDER = ("email", "discord", "slack", "ntfy", "webhook", "apprise", "console")
"""As the settings offer them; what is not named here comes last."""


def find_channels() -> dict[str, Channel]:
    """All kinds by name. Raises TypeError for a file that defines none."""
    found: dict[str, Channel] = {}
    for module in pkgutil.iter_modules(vaultraider.channels.__path__):
        if module.name.startswith("_"):
            continue
        channel = getattr(importlib.import_module(f"vaultraider.channels.{module.name}"), "CHANNEL", None)
        if not isinstance(channel, Channel):
            raise TypeError(f"channels/{module.name}.py defines no CHANNEL.")
        found[module.name] = channel
    return dict(sorted(found.items(), key=lambda each: (_ORDER.index(each[0]) if each[0] in _ORDER else len(_ORDER), each[0])))


class Channels:
    """Every kind of channel that was found (``ports.ChannelKinds``). Thread-safe; it keeps no message and no setting.

    ``site``: our public address, put before a message's link. ``allow_private``: what of the server's own network people may
    name. ``mail``: the owner's mail server. ``demo``: whether kinds that are ``only_demo`` exist. ``client``: another way out
    than the usual one, with its own times and certificates; ``allow_private`` is then its doorway's. Raises ValueError for an
    entry of ``allow_private`` that is neither a name nor a network.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        site: str,
        allow_private: Iterable[str] = (),
        mail: MailServer | None = None,
        demo: bool = False,
        client: OutboundClient | None = None,
    ) -> None:
        self._out = Out(client=client or OutboundClient(Doorway(allow_private)), clock=clock, site=site.rstrip("/"), mail=mail)
        self._kinds = {
            kind: channel for kind, channel in find_channels().items() if demo or not channel.form(self._out).only_demo
        }

    def forms(self) -> tuple[ChannelForm, ...]:
        return tuple(channel.form(self._out) for channel in self._kinds.values())

    def check(self, kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
        channel = self._channel(kind)
        return channel.check(self._out, read_fields(channel.form(self._out), given))

    def label(self, kind: str, settings: Mapping[str, Any]) -> str:
        return self._channel(kind).label(settings)

    def send(self, kind: str, settings: Mapping[str, Any], message: Message) -> Sent:
        return self._channel(kind).send(self._out, settings, message)

    def _channel(self, kind: str) -> Channel:
        channel = self._kinds.get(kind)
        if channel is None:
            raise NotFound("There is no such kind of channel here. The others are in the settings.")
        return channel
