"""Bungie's pictures, one at a time."""

from __future__ import annotations

import threading

from vaultraider.bungie._client import Client
from vaultraider.bungie._endpoint import Endpoint
from vaultraider.bungie._wire import Request
from vaultraider.domain.errors import BungieGarbled, NotFound
from vaultraider.domain.pictures import is_picture_path, picture_type
from vaultraider.ports import Picture

ENDPOINTS: list[Endpoint] = []
"""Pictures are plain files beside the API."""

LARGEST_PICTURE = 4 * 2**20
LONGEST_FETCH = 20.0
AT_ONCE = 4
"""So many at a time: a vault has six hundred of them, and a profile must not wait behind."""


class Pictures:
    """Fits the port ``PictureSource``."""

    def __init__(self, client: Client, *, largest: int = LARGEST_PICTURE) -> None:
        self._client = client
        self._largest = largest
        self._places = threading.BoundedSemaphore(AT_ONCE)

    def picture(self, path: str) -> Picture:
        if not is_picture_path(path):
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
