"""A program of one's own: JSON, signed as Standard Webhooks has it (https://www.standardwebhooks.com), for which there are
libraries in most languages. What is signed is ``id.timestamp.body``."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import Any

import msgspec

from vaultraider.channels._channel import Channel, Out, Values, host_of
from vaultraider.channels._text import one_line, plain
from vaultraider.domain.errors import InvalidInput
from vaultraider.domain.notifications import Message
from vaultraider.ports import ChannelForm, FormField, Sent

_PREFIX = "whsec_"
_SHORTEST = 24
"""Bytes of a key. The standard asks for 24 to 64."""


def form(out: Out) -> ChannelForm:
    return ChannelForm(
        kind="webhook",
        title="Webhook",
        help="To a program of your own: JSON by POST, signed as Standard Webhooks has it.",
        icon="webhook",
        fields=(
            FormField(name="address", label="Address", kind="address", placeholder="https://example.org/hooks/vault"),
            FormField(
                name="secret",
                label="Signing secret",
                kind="secret",
                help="Your program checks by it that a message is from here. Some 32 letters that nobody guesses, or whsec_…",
            ),
        ),
    )


def check(out: Out, given: Values) -> dict[str, Any]:
    address = out.check_address("address", given["address"])
    if len(key_of(given["secret"])) < _SHORTEST:
        raise InvalidInput("secret", f"The secret is too short: take at least {_SHORTEST} letters. After whsec_ it is base64.")
    return {"address": address.url, "secret": given["secret"]}


def label(settings: Values) -> str:
    return host_of(settings["address"])


def key_of(secret: str) -> bytes:
    """After "whsec_" the key is in base64; other secrets are taken as they are. Empty for a broken one."""
    if not secret.startswith(_PREFIX):
        return secret.encode()
    try:
        return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return b""


def sign(secret: str, delivery: str, timestamp: int, body: bytes) -> str:
    signed = hmac.new(key_of(secret), f"{delivery}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(signed).decode()


def send(out: Out, settings: Values, message: Message) -> Sent:
    now = out.clock.now()
    data = {
        "title": one_line(message.title),
        "text": plain(message.text),
        "level": message.level,
        "key": one_line(message.key),
        "link": out.link(message),
    }
    body = msgspec.json.encode({"type": message.kind, "timestamp": now, "data": data})
    delivery, timestamp = "msg_" + out.delivery(message, settings["address"]), int(now.timestamp())
    headers = {
        "webhook-id": delivery,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": sign(settings["secret"], delivery, timestamp, body),
    }
    answer = out.post(host_of(settings["address"]), settings["address"], body, headers=headers)
    return Sent(f"{host_of(settings['address'])} took it (HTTP {answer.status}).")


CHANNEL = Channel(form=form, check=check, label=label, send=send)
