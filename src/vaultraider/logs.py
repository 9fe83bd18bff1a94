"""One readable log on stderr, without secrets.

Whatever looks like a secret is masked at the very end, where every line passes: the code that logs must not be trusted
to know what an address or an exception of a library carries.
"""

from __future__ import annotations

import logging
import re
import sys
from typing import TextIO

MASK = "•••"

_NAMES = (
    r"access_token|refresh_token|client_secret|api_key|csrf_token|set_?up_token|token|password|secret"
    r"|x-api-key|x-csrftoken|authorization|cookie|set-cookie|vaultraider_session"
)
_SECRETS = (
    # Bungie's way back to us; elsewhere "code" and "state" are plain words
    re.compile(r"""(?i)([?&](?:code|state)=)[^\s"'&#]+"""),
    re.compile(r"""(?i)(["'](?:code|state)["']\s*:\s*["'])[^"']+"""),
    # name=value in addresses and forms, "name": "value" in JSON, name='value' in a repr, Header: value
    re.compile(rf"""(?i)(?<![\w-])(["']?(?:{_NAMES})["']?\s*[=:]\s*["']?)(?!\s)(?:(?:bearer|basic)\s+)?[^\s"'&,;}})>]+"""),
    re.compile(r"(?i)(\b(?:bearer|basic)\s+)[\w.~+/=-]{8,}"),
    # the password in an address: redis://:secret@host, postgresql://user:secret@host
    re.compile(r"(://[^/\s:@]*:)[^\s@]+(?=@)"),
    # who knows a webhook's address can write there
    re.compile(r"(hooks\.slack(?:-gov)?\.com/\w+/)[\w/-]{8,}"),
    re.compile(r"(/api/(?:v\d+/)?webhooks/\d+/)[\w-]{8,}"),
    # who holds an invitation's link comes in
    re.compile(r"(/invitations/)[\w-]{16,}"),
)


def redact(text: str) -> str:
    """Masks everything in ``text`` that looks like a secret; the name before it stays."""
    for pattern in _SECRETS:
        text = pattern.sub(rf"\g<1>{MASK}", text)
    return text


class RedactingFormatter(logging.Formatter):
    """Masks the finished line, traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def set_up_logging(*, debug: bool = False, quiet: bool = False, stream: TextIO | None = None) -> None:
    """Sends every log to ``stream`` (stderr), from INFO; ``debug``: from DEBUG; ``quiet``: from ERROR, for short commands.

    Calling it again replaces what was set up before.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%H:%M:%S"))
    handler.set_name("vaultraider")
    root = logging.getLogger()
    for old in [each for each in root.handlers if each.get_name() == "vaultraider"]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG if debug else logging.ERROR if quiet else logging.INFO)
    # These tell of each connection, message and step; even with --debug that hides our own lines.
    for name in ("celery", "kombu", "amqp", "httpcore2", "httpx2", "hpack", "alembic", "asyncio"):
        logging.getLogger(name).setLevel(logging.INFO if debug else logging.WARNING)
