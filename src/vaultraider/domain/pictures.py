"""Bungie's pictures: which paths may be asked for, and what a file is by its first bytes."""

from __future__ import annotations

import re

_PATH = re.compile(
    r"/(?:common/destiny2_content|img)/(?:[A-Za-z0-9_\-]+/)*[A-Za-z0-9_\-][A-Za-z0-9_\-.]*\.(?:jpe?g|png|webp|gif)", re.IGNORECASE
)
"""The path comes from outside: it must not lead to another host, nor to anything that is no picture. SVG can hold scripts."""


def is_picture_path(path: str) -> bool:
    """Whether this is the path of a picture on Bungie's host, and of nothing else."""
    return len(path) <= 300 and _PATH.fullmatch(path) is not None


def picture_type(content: bytes) -> str | None:
    """What a file is by its first bytes; None for what is no picture of ours."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return None
