"""Bungie's pictures, one at a time."""

from __future__ import annotations

import re
import threading

from vaultraider.bungie._client import Client
from vaultraider.bungie._endpoint import Endpoint
from vaultraider.bungie._wire import Request
from vaultraider.domain.errors import BungieGarbled, NotFound
from vaultraider.ports import Picture

ENDPOINTS: list[Endpoint] = []
"""Pictures are plain files beside the API."""

LARGEST_PICTURE = 4 * 2**20
LONGEST_FETCH = 20.0
AT_ONCE = 4
"""So many at a time: a vault has six hundred of them, and a profile must not wait behind."""

_PATH = re.compile(
    r"/(?:common/destiny2_content|img)/(?:[A-Za-z0-9_\-]+/)*[A-Za-z0-9_\-][A-Za-z0-9_\-.]*\.(?:jpe?g|png|webp|gif)", re.IGNORECASE
)
"""The path comes from outside: it must not lead to another host, nor to anything that is no picture. SVG can hold scripts."""


class Pictures:
    """Fits the port ``PictureSource``."""

    def __init__(self, client: Client, *, largest: int = LARGEST_PICTURE) -> None:
        self._client = client
        self._largest = largest
        self._places = threading.BoundedSemaphore(AT_ONCE)

    def picture(self, path: str) -> Picture:
        if not _PATH.fullmatch(path):
            raise NotFound("There is no picture there.")
        wire = self._client.wire
        with self._places:
            self._client.gate.enter()
            request = Request(url=wire.bases["www"] + path, accept_encoding="identity")
            answer = wire.send(request, until=wire.monotonic() + LONGEST_FETCH, limit=self._largest)
        if answer.status == 404:
            raise NotFound("Bungie.net does not have this picture.")
        if answer.status != 200:
            raise self._client.file_trouble(answer)
        media_type = picture_type(answer.body)
        if media_type is None or not answer.media_type.startswith("image/"):
            raise BungieGarbled("Bungie.net sent something else instead of a picture.")
        return Picture(content=answer.body, media_type=media_type)


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
