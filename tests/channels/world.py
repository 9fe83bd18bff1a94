"""Channels with stand-ins of their services on this machine, and the messages that go there."""

from __future__ import annotations

from typing import Any

from tests.clocks import HandClock

from vaultraider.channels import Channels, MailServer
from vaultraider.domain.notifications import Message
from vaultraider.outbound import Doorway, OutboundClient

SITE = "https://vault.example"
SHORT = 0.5
"""Seconds, where waiting is what is tested."""
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40

XUR = Message(
    kind="xur-arrived",
    key="2026-11-20",
    title="Xûr is here: Perihelion, Copper Thesis",
    text="Until Tuesday, 17:00 UTC.\nPerihelion (hand cannon), 23 Strange Coins.\nCopper Thesis (auto rifle).",
    link="/xur",
    level="good",
)
FAILED = Message(
    kind="transfer-failed", key="41", title="A move failed", text="The vault is full.", link="/journal?id=41&x=1", level="bad"
)

EVIL = (
    'Rocket\r\nBcc: evil@example.org\r\n\r\n<script>alert("1")</script> @everyone @here <@123> <@&123> <!channel> <!everyone> '
    "<https://evil.example|Bungie.net> [Bungie.net](https://evil.example) **bold** __u__ ~~s~~ `code` ||spoiler|| > quote # h "
    "& &amp; \x00\x07\x1b[31m \u202eevil\u202c \u200f \ud800 😀 :tada: \u2028 end"
)
HOSTILE = Message(kind="transfer-failed", key=EVIL, title=EVIL, text=EVIL + "\n" + EVIL, link="//evil.example/", level="warn")
LONG = Message(kind="transfer-failed", key="long", title="Ä&😀*" * 2000, text="<😀_&" * 20_000, link="/x", level="info")


def channels(
    *, seconds: float = 10.0, mail: MailServer | None = None, allow: tuple[str, ...] = ("127.0.0.1",), **more: Any
) -> Channels:
    return Channels(clock=HandClock(), site=SITE, mail=mail, client=OutboundClient(Doorway(allow), seconds=seconds), **more)


def settings_for(kind: str, url: str) -> dict[str, Any]:
    """What a person puts into the form of this kind for a service at ``url``."""
    return {
        "slack": {"address": f"{url}/services/T0001/B0001/abcdefgh"},
        "discord": {"address": f"{url}/api/webhooks/1234567890/abc-DEF_123"},
        "ntfy": {"server": url, "topic": "marrows-vault-81", "token": "tk_abcdefgh"},
        "webhook": {"address": f"{url}/hooks/vault?who=marrow", "secret": "a-secret-of-some-thirty-letters!"},
        "apprise": {"address": url.replace("http://", "gotify://") + "/AbCdEfGhIjKlMnO"},
    }[kind]


WEB = ("slack", "discord", "ntfy", "webhook", "apprise")
"""The kinds that speak HTTP."""
