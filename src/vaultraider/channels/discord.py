"""Discord, by a channel's webhook: https://discord.com/developers/docs/resources/webhook#execute-webhook"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from vaultraider.channels._channel import Channel, Out, Values, host_of
from vaultraider.channels._text import fit, one_line, plain
from vaultraider.domain.errors import InvalidInput
from vaultraider.domain.notifications import Message
from vaultraider.ports import ChannelForm, FormField, Sent

_PATH = re.compile(r"/api/(?:v\d{1,2}/)?webhooks/\d{1,25}/[\w-]{1,200}")
_MARKDOWN = frozenset("\\*_~`|<>[]()#@:")
_TITLE = 256
_DESCRIPTION = 4096
_COLOURS = {"info": 0x5B8DB8, "good": 0x4F9D69, "warn": 0xD9A441, "bad": 0xC4523E}


def form(out: Out) -> ChannelForm:
    return ChannelForm(
        kind="discord",
        title="Discord",
        help="To a channel of a server. In Discord: the channel's settings, Integrations, Webhooks, copy the address.",
        icon="discord",
        fields=(
            FormField(
                name="address",
                label="Webhook address",
                kind="secret",
                help="Whoever knows it can write to the channel. For a thread, end it with ?thread_id= and the thread's number.",
                placeholder="https://discord.com/api/webhooks/…",
            ),
        ),
    )


def check(out: Out, given: Values) -> dict[str, Any]:
    address = out.check_address("address", given["address"])
    parts = urlsplit(address.url)
    query = dict(parse_qsl(parts.query))
    thread = query.get("thread_id", "")
    if not _PATH.fullmatch(parts.path) or set(query) - {"thread_id"} or (query and not re.fullmatch(r"\d{1,25}", thread)):
        raise InvalidInput(
            "address", "This is no webhook of Discord's: those look like https://discord.com/api/webhooks/1234/abcd."
        )
    return {"address": address.url}


def label(settings: Values) -> str:
    host = host_of(settings["address"])
    return "Discord" if host == "discord.com" or host.endswith(".discord.com") else host


def escape(letter: str) -> str:
    """Discord's Markdown, mentions and emoji included. A number and a stop at a line's begin are a list: that does no harm."""
    return "\\" + letter if letter in _MARKDOWN else letter


def send(out: Out, settings: Values, message: Message) -> Sent:
    embed = {
        "title": fit(one_line(message.title), _TITLE, escape),
        "description": fit(plain(message.text), _DESCRIPTION, escape),
        "url": out.link(message),
        "color": _COLOURS[message.level],
    }
    body = {
        "username": "Vault Raider",
        "embeds": [{name: value for name, value in embed.items() if value != ""}],
        "allowed_mentions": {"parse": []},  # nobody is woken, whatever an item is called
    }
    # wait: Discord answers when the message stands there, and says what is wrong with it.
    out.post("Discord", settings["address"] + ("&" if "?" in settings["address"] else "?") + "wait=true", body)
    return Sent("Discord took it.")


CHANNEL = Channel(form=form, check=check, label=label, send=send)
