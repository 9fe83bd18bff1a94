"""A Bungie that gives pictures by hand, and a folder before it."""

from __future__ import annotations

import threading

from vaultraider.domain.errors import NotFound
from vaultraider.ports import Picture

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
JPEG = b"\xff\xd8\xff\xe0" + bytes(64)
ICON = "/common/destiny2_content/icons/0a1b2c.png"


class HandPictures:
    """Fits the port ``PictureSource``. Without ``gate`` set nothing comes back; ``trouble`` is raised instead of an answer."""

    def __init__(self) -> None:
        self.pictures: dict[str, bytes] = {ICON: PNG}
        self.trouble: Exception | None = None
        self.asked: list[str] = []
        self.gave_up: list[str] = []
        """For what nobody opened the gate: somebody waited for it."""
        self.gate = threading.Event()
        self.gate.set()
        self._lock = threading.Lock()

    def picture(self, path: str) -> Picture:
        with self._lock:
            self.asked.append(path)
        if not self.gate.wait(5):
            self.gave_up.append(path)
        if self.trouble:
            raise self.trouble
        if path not in self.pictures:
            raise NotFound("Bungie.net does not have this picture.")
        return Picture(content=self.pictures[path], media_type="image/png")
