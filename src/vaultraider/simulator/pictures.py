"""Placeholder pictures: plain patterns drawn from the file's name, never a picture of the game."""

from __future__ import annotations

import colorsys
import hashlib
import math
import struct
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from vaultraider.simulator.answers import Answer, html

if TYPE_CHECKING:
    from vaultraider.simulator.routing import Call


class Placeholder(NamedTuple):
    """A picture that exists: pixels, and the degree of its colour where it must have a certain one."""

    width: int
    height: int
    hue: int | None = None


def picture(call: Call) -> Answer:
    placeholder = call.box.source.placeholder(call.path)
    if placeholder is None:
        call.problem = "unknown path"
        return html(404, "Not Found", "There is no such picture.")
    return Answer(
        body=png(call.path, *placeholder),
        content_type="image/png",
        headers={"Cache-Control": "public, max-age=31536000"},
        compressible=False,
    )


@lru_cache(maxsize=512)
def png(key: str, width: int, height: int, hue: int | None = None) -> bytes:
    """Fine lines on a dark ground; their colour, and how many petals a square one has, follow from ``key``."""
    seed = hashlib.sha256(key.encode()).digest()
    turn = seed[0] / 256 if hue is None else hue / 360
    ground, line = _colour(turn, 0.62, 0.26), _colour(turn, 0.50, 0.92)
    lines = _rosette(width, 3 + seed[1] % 6, 5 + seed[2] % 4) if width == height else _waves(width, height, 9 + seed[1] % 9)
    shades = [bytes(round(a + (b - a) * step / 8) for a, b in zip(ground, line, strict=True)) for step in range(9)]
    rows = b"".join(b"\x00" + b"".join(map(shades.__getitem__, row)) for row in lines)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", zlib.compress(rows, 6)),
            _chunk(b"IEND", b""),
        )
    )


def _colour(hue: float, saturation: float, value: float) -> bytes:
    return bytes(round(part * 255) for part in colorsys.hsv_to_rgb(hue, saturation, value))


def _rosette(size: int, petals: int, gap: int) -> list[list[int]]:
    """Rings that bend ``petals`` times round the middle, ``gap`` pixels apart, fading outwards; each cell 0 (ground) to 8."""
    middle = (size - 1) / 2
    rows = []
    for y in range(size):
        row = []
        for x in range(size):
            away = math.hypot(x - middle, y - middle)
            bend = away + size * 0.06 * math.cos(petals * math.atan2(y - middle, x - middle))
            edge = max(0.0, 1 - away / (size * 0.62))
            row.append(round((2 + 6 * max(0.0, math.cos(2 * math.pi * bend / gap))) * edge))
        rows.append(row)
    return rows


def _waves(width: int, height: int, gap: int) -> list[list[int]]:
    """Quiet lines that run across a banner; each cell 0 (ground) to 8."""
    wave = [round(gap * math.sin(2 * math.pi * x / max(1, width) * 3)) for x in range(width)]
    shade = [round(3 * max(0.0, math.cos(2 * math.pi * step / gap))) for step in range(gap)]
    return [[shade[(y + drop) % gap] for drop in wave] for y in range(height)]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
