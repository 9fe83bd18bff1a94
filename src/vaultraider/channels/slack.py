"""Slack, by an incoming webhook: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks"""

from __future__ import annotations

from typing import Any

from vaultraider.channels._channel import Channel, Out, Values, host_of
from vaultraider.channels._text import fit, one_line, plain
from vaultraider.domain.errors import InvalidInput
from vaultraider.domain.notifications import Message
from vaultraider.ports import ChannelForm, FormField, Sent

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_HEADER = 150
_SECTION = 3000


def form(out: Out) -> ChannelForm:
    return ChannelForm(
        kind="slack",
        title="Slack",
        help="To a channel of a workspace. In Slack, make an app with an incoming webhook, and copy its address.",
        icon="slack",
        fields=(
            FormField(
                name="address",
                label="Webhook address",
                kind="secret",
                help="Whoever knows it can write to the channel.",
                placeholder="https://hooks.slack.com/services/…",
            ),
        ),
    )


def check(out: Out, given: Values) -> dict[str, Any]:
    address = out.check_address("address", given["address"])
    if address.host == "slack.com" or (address.host.endswith(".slack.com") and not address.host.startswith("hooks.")):
        raise InvalidInput("address", "This is a page of Slack's. The webhook's address begins with https://hooks.slack.com/.")
    return {"address": address.url}


def label(settings: Values) -> str:
    return "Slack" if host_of(settings["address"]) == "hooks.slack.com" else host_of(settings["address"])


def escape(letter: str) -> str:
    """Slack's three: without them <!channel> wakes everybody, and <https://…|Bungie.net> is a link with a false face."""
    return _ESCAPES.get(letter, letter)


def send(out: Out, settings: Values, message: Message) -> Sent:
    title, text = one_line(message.title), plain(message.text)
    blocks: list[dict[str, Any]] = [{"type": "header", "text": _plain_text(title, _HEADER)}]
    if text:
        blocks.append({"type": "section", "text": _plain_text(text, _SECTION)})
    link = {"type": "mrkdwn", "text": f"<{out.link(message)}|Open Vault Raider>", "verbatim": True}
    blocks.append({"type": "context", "elements": [link]})
    body = {
        "text": fit(title, _HEADER, escape),  # what notifications and screen readers say
        "mrkdwn": False,
        "blocks": blocks,
        "unfurl_links": False,
        "unfurl_media": False,
    }
    out.post("Slack", settings["address"], body)
    return Sent("Slack took it.")


def _plain_text(text: str, limit: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": fit(text, limit, escape), "emoji": False}


CHANNEL = Channel(form=form, check=check, label=label, send=send)
