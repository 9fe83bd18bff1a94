"""ntfy, the public one or one's own: https://docs.ntfy.sh/publish/#publish-as-json

Publishing as JSON: by headers a title could hold neither "Xûr" nor be kept from ending the header.
"""

from __future__ import annotations

import re
from typing import Any

from vaultraider.channels._channel import Channel, Out, Values, host_of
from vaultraider.channels._text import fit, one_line, plain
from vaultraider.domain.errors import InvalidInput
from vaultraider.domain.notifications import Message
from vaultraider.ports import ChannelForm, FormField, Sent

_TOPIC = re.compile(r"[-_A-Za-z0-9]{1,64}")
_TOKEN = re.compile(r"[\x21-\x7e]{1,200}")
_BYTES = 4000
"""Of a message: above 4096 ntfy makes an attachment of it."""
_PRIORITIES = {"info": 3, "good": 3, "warn": 4, "bad": 4}
_TAGS = {"info": "information_source", "good": "white_check_mark", "warn": "warning", "bad": "x"}


def form(out: Out) -> ChannelForm:
    return ChannelForm(
        kind="ntfy",
        title="ntfy",
        help="To the ntfy app on your phone, by ntfy.sh or a server of your own.",
        icon="bell",
        fields=(
            FormField(name="server", label="Server", kind="address", placeholder="https://ntfy.sh", default="https://ntfy.sh"),
            FormField(
                name="topic",
                label="Topic",
                kind="secret",
                help="Whoever knows it can read along: take one that nobody guesses, and subscribe to it in the app.",
            ),
            FormField(
                name="token", label="Access token", kind="secret", required=False, help="Where the topic is protected: tk_…"
            ),
        ),
    )


def check(out: Out, given: Values) -> dict[str, Any]:
    address = out.check_address("server", given["server"])
    if address.target not in ("", "/"):
        raise InvalidInput("server", "Give the server alone, as https://ntfy.sh. The topic has a field of its own.")
    if not _TOPIC.fullmatch(given["topic"]):
        raise InvalidInput("topic", "A topic is made of letters, digits, - and _, at most 64 of them.")
    if not _TOKEN.fullmatch(given.get("token", "tk_")):
        raise InvalidInput("token", "The access token holds a character that no token has. Copy it again.")
    return {**given, "server": address.url.rstrip("/")}


def label(settings: Values) -> str:
    return host_of(settings["server"])


def send(out: Out, settings: Values, message: Message) -> Sent:
    body = {
        "topic": settings["topic"],
        "title": fit(one_line(message.title), 250),
        "message": in_bytes(plain(message.text), _BYTES) or fit(one_line(message.title), 250),
        "priority": _PRIORITIES[message.level],
        "tags": [_TAGS[message.level]],
        "click": out.link(message),
    }
    headers = {"Authorization": f"Bearer {settings['token']}"} if settings.get("token") else {}
    out.post("ntfy", settings["server"] + "/", body, headers=headers)
    return Sent("ntfy took it.")


def in_bytes(text: str, limit: int) -> str:
    """Cut at a letter, with "…", so that it has at most ``limit`` bytes in UTF-8."""
    whole = text.encode()
    return text if len(whole) <= limit else whole[: limit - 3].decode(errors="ignore") + "…"


CHANNEL = Channel(form=form, check=check, label=label, send=send)
