"""Where notifications go: one file, one kind of channel, found by its `CHANNEL`."""

from __future__ import annotations

from vaultraider.channels._mail_server import MailServer
from vaultraider.channels._registry import Channels

__all__ = ["Channels", "MailServer"]
