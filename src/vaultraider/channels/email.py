"""E-mail, by the server's own mail server or by one that a person names."""

from __future__ import annotations

import re
from typing import Any

from vaultraider.channels._channel import Channel, Out, Values, host_of
from vaultraider.channels._mail import compose
from vaultraider.channels._mail_server import MailServer, hand_over
from vaultraider.domain.errors import AddressRefused, AddressUnreachable, ChannelRefused, InvalidInput
from vaultraider.domain.notifications import Message
from vaultraider.outbound.addresses import MAIL_PORTS
from vaultraider.outbound.web_address import host_name
from vaultraider.ports import ChannelForm, FormField, Sent

_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_OWN = ("server", "port", "security", "user", "password", "sender")


def form(out: Out) -> ChannelForm:
    optional = out.mail is not None
    empty = " Leave it empty to use this server's own." if optional else ""
    return ChannelForm(
        kind="email",
        title="E-mail",
        help="With pictures where there is something to see: Xûr's wares, for one.",
        icon="mail",
        fields=(
            FormField(name="address", label="Your address", kind="email", placeholder="you@example.org"),
            FormField(
                name="server",
                label="Mail server",
                required=not optional,
                placeholder="smtp.example.org",
                help="Of your mail provider." + empty,
            ),
            FormField(name="port", label="Port", kind="number", required=False, help="Usually 587, or 465 with TLS."),
            FormField(
                name="security",
                label="Security",
                kind="choice",
                choices=(("starttls", "STARTTLS"), ("tls", "TLS from the start")),
                default="starttls",
                required=False,
            ),
            FormField(name="user", label="User", required=False),
            FormField(name="password", label="Password", kind="secret", required=False),
            FormField(
                name="sender", label="From", kind="email", required=False, help="Usually your own address, which it is if empty."
            ),
        ),
    )


def check(out: Out, given: Values) -> dict[str, Any]:
    kept = {"address": mailbox("address", given["address"])}
    if "server" not in given:
        return kept
    own = {name: given[name] for name in _OWN if name in given}
    own["port"] = given.get("port", 465 if given["security"] == "tls" else 587)
    if "sender" in own:
        own["sender"] = mailbox("sender", own["sender"])
    if ("user" in own) != ("password" in own):
        raise InvalidInput("password" if "user" in own else "user", "User and password go together: give both, or neither.")
    try:
        own["server"] = host_name(own["server"])
        out.client.doorway.addresses(own["server"], own["port"], usual=MAIL_PORTS)
    except (AddressRefused, AddressUnreachable) as error:
        raise InvalidInput("server", error.sentence) from None
    return {**kept, **own}


def mailbox(field: str, text: str) -> str:
    """An address, its domain in ASCII. Raises InvalidInput."""
    box, at, domain = text.rpartition("@")
    try:
        host = host_name(domain)
    except AddressRefused:
        host = ""
    if not at or not _MAILBOX.fullmatch(box) or "." not in host:
        raise InvalidInput(field, "This is not an e-mail address such as you@example.org.")
    return f"{box}@{host}"


def label(settings: Values) -> str:
    return str(settings["address"])


def send(out: Out, settings: Values, message: Message) -> Sent:
    server = _server(out, settings)
    mail = compose(
        message,
        sender=server.sender,
        to=settings["address"],
        now=out.clock.now(),
        delivery=out.delivery(message, settings["address"]),
        site=out.site,
        link=out.link(message),
    )
    answer = hand_over(server, mail, settings["address"], out.client, we=host_of(out.site))
    return Sent(f"The mail server took it: {answer}" if answer else "The mail server took it.")


def _server(out: Out, settings: Values) -> MailServer:
    if "server" in settings:
        return MailServer(
            host=settings["server"],
            port=settings["port"],
            security=settings["security"],
            sender=settings.get("sender", settings["address"]),
            user=settings.get("user", ""),
            password=settings.get("password", ""),
        )
    if out.mail is None:
        raise ChannelRefused("This server has no mail server of its own any more. Name one in the channel's settings.")
    return out.mail


CHANNEL = Channel(form=form, check=check, label=label, send=send)
