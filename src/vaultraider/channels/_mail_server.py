"""A server that takes our e-mail: the owner's, for everybody, or a person's own."""

from __future__ import annotations

from typing import Literal

import msgspec

Security = Literal["starttls", "tls", "none"]


class MailServer(msgspec.Struct, frozen=True, kw_only=True):
    """``sender``: whom the messages are from. ``is_owners``: it may stand in the server's own network, and speak without TLS."""

    host: str
    port: int
    security: Security
    sender: str
    user: str = ""
    password: str = ""
    is_owners: bool = False

    def __repr__(self) -> str:
        return f"MailServer({self.host}:{self.port})"
