"""Asking addresses that people gave: only where it can do no harm.

addresses    which addresses are public, which names and ports are asked
web_address  what people type, read strictly
doorway      looks up, judges, connects: one step, nothing between
streams      such connections for the HTTP library, with one end to all waiting
client       asks and fetches: sizes, times, redirects
"""

from __future__ import annotations

from vaultraider.outbound.client import Answer, OutboundClient
from vaultraider.outbound.doorway import Doorway
from vaultraider.outbound.web_address import WebAddress, web_address

__all__ = ["Answer", "Doorway", "OutboundClient", "WebAddress", "web_address"]
