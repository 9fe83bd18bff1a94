"""What a file in this folder defines: ``CHANNEL``, one kind of place where notifications go.

A channel is a form, and how its settings are checked, named and used::

    def send(out: Out, settings: Values, message: Message) -> Sent:
        out.post("Slack", settings["address"], {...})
        return Sent("Slack took it.")

    CHANNEL = Channel(form=form, check=check, label=label, send=send)

The file's name is the kind. A channel keeps nothing between calls, and reaches the outside by ``Out`` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec

from vaultraider.channels._answers import settle
from vaultraider.channels._mail_server import MailServer
from vaultraider.domain.errors import AddressRefused, AddressUnreachable, ChannelUnavailable, InvalidInput
from vaultraider.domain.notifications import Message
from vaultraider.outbound import Answer, OutboundClient, WebAddress
from vaultraider.ports import ChannelForm, Clock, Sent

Values = Mapping[str, Any]
"""A channel's settings by the names of its form's fields; what was left empty is absent."""


@dataclass(frozen=True, kw_only=True)
class Out:
    """What a channel may use. ``site``: our public address, without a slash at its end. ``mail``: the server's own way to
    send e-mail, where its owner has set one up."""

    client: OutboundClient
    clock: Clock
    site: str
    mail: MailServer | None = None

    def link(self, message: Message) -> str:
        """Where to look, whole. A ``link`` that is no path of ours leads to our front door instead."""
        path = message.link
        is_ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isascii() and path.isprintable()
        return self.site + (quote(path, safe="/?#&=%:@!$'()*+,;~-._") if is_ours else "/")

    def delivery(self, message: Message, *whom: str) -> str:
        """The same for each try of the same news to the same place: there it can be told that it came twice."""
        return sha256("\0".join((message.kind, message.key, *whom)).encode("utf-8", "replace")).hexdigest()[:32]

    def check_address(self, field: str, url: str) -> WebAddress:
        """An address that may be asked. Raises InvalidInput naming the field. Without https only where the owner allows it."""
        try:
            address = self.client.check(url)
            if address.scheme != "https" and not self.client.doorway.is_allowed(address.host):
                raise AddressRefused("The address must begin with https://, or what is sent there can be read on the way.")
        except (AddressRefused, AddressUnreachable) as error:
            raise InvalidInput(field, error.sentence) from None
        return address

    def post(self, service: str, url: str, body: Any, *, headers: Mapping[str, str] | None = None) -> Answer:
        """Posts JSON. Raises ChannelRefused, ChannelUnavailable or AddressRefused for every answer that is no yes."""
        content = body if isinstance(body, bytes) else msgspec.json.encode(body)
        try:
            answer = self.client.send(
                "POST", url, headers={"Content-Type": "application/json", **(headers or {})}, content=content
            )
        except AddressUnreachable as error:
            raise ChannelUnavailable(error.sentence, maybe_sent=error.maybe_sent) from None
        settle(answer, service, self.clock.now())
        return answer


@dataclass(frozen=True, kw_only=True)
class Channel:
    """``form``: made anew each time, as it may depend on what the owner has set up. ``check``: gets the fields cleaned and
    complete; returns what is kept, or raises InvalidInput. ``label``: without a secret."""

    form: Callable[[Out], ChannelForm]
    check: Callable[[Out, Values], dict[str, Any]]
    label: Callable[[Values], str]
    send: Callable[[Out, Values, Message], Sent]


def host_of(url: str) -> str:
    """For labels."""
    return urlsplit(url).hostname or "?"
