"""Placeholder pictures: plain patterns drawn from the file's name, never a picture of the game."""

from __future__ import annotations

import hashlib
import struct
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

from vaultraider.simulator.answers import Answer, html

if TYPE_CHECKING:
    from vaultraider.simulator.routing import Call


def picture(call: Call) -> Answer:
    size = call.box.source.picture_size(call.path)
    if size is None:
        call.problem = "unknown path"
        return html(404, "Not Found", "There is no such picture.")
    return Answer(
        body=png(call.path, *size),
        content_type="image/png",
        headers={"Cache-Control": "public, max-age=31536000"},
        compressible=False,
    )


@lru_cache(maxsize=512)
def png(key: str, width: int, height: int) -> bytes:
    """Two colours in slanted stripes; which ones and how steep follows from ``key``."""
    seed = hashlib.sha256(key.encode()).digest()
    dark = bytes(part // 4 + 16 for part in seed[:3])
    light = bytes(part // 3 + 70 for part in seed[3:6])
    band, slant = 6 + seed[6] % 10, 1 + seed[7] % 3
    stripe = bytearray()
    for x in range(width + height * slant + 2 * band):
        stripe += light if (x // band) % 2 else dark
    rows = bytearray()
    for y in range(height):
        start = (y * slant) % (2 * band)
        rows += b"\x00" + stripe[start * 3 : (start + width) * 3]
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", zlib.compress(bytes(rows), 6)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
