"""For the demo: nothing leaves the machine. What was told stands in the log, and whole on the page of notifications."""

from __future__ import annotations

import logging
from typing import Any

from vaultraider.channels._channel import Channel, Out, Values
from vaultraider.channels._text import fit, one_line
from vaultraider.domain.notifications import Message
from vaultraider.ports import ChannelForm, Sent

logger = logging.getLogger(__name__)


def form(out: Out) -> ChannelForm:
    return ChannelForm(
        kind="console",
        title="This demo",
        help="Messages are shown on the page of notifications and leave nothing behind elsewhere.",
        icon="terminal",
        fields=(),
        only_demo=True,
    )


def check(out: Out, given: Values) -> dict[str, Any]:
    return {}


def label(settings: Values) -> str:
    return "shown on the page"


def send(out: Out, settings: Values, message: Message) -> Sent:
    logger.info("Told (%s): %s", message.kind, fit(one_line(message.title), 200))
    return Sent("It is shown on the page of notifications.")


CHANNEL = Channel(form=form, check=check, label=label, send=send)
