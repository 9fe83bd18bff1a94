"""Pictures as small PNGs, for where SVG cannot be shown: e-mail. What is clear stays clear.

resvg does the drawing, and reads Bungie's PNG and JPEG as well. It would open files that a drawing names, so a drawing that leads
anywhere is refused. What it writes has four bytes for each dot, 8 to 15 KB a picture: with a palette it is 3 to 5.
"""

from __future__ import annotations

import base64
import functools
import struct
import zlib
from collections import Counter
from collections.abc import Iterator

COLOURS = 128
"""More cannot be told apart at this size."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RASTER = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})
_DEPTH, _RGBA, _INDEXED = 8, 6, 3

Colour = tuple[int, int, int, int]
"""Red, green, blue, and how much it covers."""
CLEAR: Colour = (255, 255, 255, 0)


@functools.lru_cache(maxsize=256)
def small_png(content: bytes, media_type: str, side: int) -> bytes:
    """A square picture, ``side`` dots wide: an SVG of ours, or one of Bungie's. Raises ValueError for what cannot be read."""
    import resvg_py  # 3 MB that most processes never need

    if media_type in _RASTER:
        svg = _around(content, media_type, side)
    elif media_type == "image/svg+xml":
        svg = _alone(content.decode())
    else:
        raise ValueError(f"There is no picture in {media_type[:40]}.")
    drawn = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=side, height=side, skip_system_fonts=True))
    return _with_palette(drawn)


def _alone(svg: str) -> str:
    if "href" in svg or "<!" in svg:
        raise ValueError("This drawing leads elsewhere.")
    return svg


def _around(content: bytes, media_type: str, side: int) -> str:
    data = base64.b64encode(content).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<image width="{side}" height="{side}" href="data:{media_type};base64,{data}"/></svg>'
    )


def _with_palette(png: bytes) -> bytes:
    width, height, dots = _dots(png)
    palette, place = _palette(Counter(dots))
    indexes = bytes(place[dot] for dot in dots)
    rows = b"".join(b"\0" + indexes[row * width : (row + 1) * width] for row in range(height))
    head = struct.pack(">IIBBBBB", width, height, _DEPTH, _INDEXED, 0, 0, 0)
    colours, cover = b"".join(bytes(colour[:3]) for colour in palette), bytes(colour[3] for colour in palette)
    parts = ((b"IHDR", head), (b"PLTE", colours), (b"tRNS", cover), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _dots(png: bytes) -> tuple[int, int, list[Colour]]:
    """What resvg writes: eight bits, four channels, not interlaced."""
    width = height = 0
    data = b""
    for kind, chunk in _chunks(png):
        if kind == b"IHDR":
            width, height, depth, colours, *_, interlaced = struct.unpack(">IIBBBBB", chunk)
            if (depth, colours, interlaced) != (_DEPTH, _RGBA, 0):
                raise ValueError("This is another kind of PNG than was expected.")
        elif kind == b"IDAT":
            data += chunk
    dots: list[Colour] = []
    above = bytearray(width * 4)
    raw = zlib.decompress(data)
    for start in range(0, len(raw), width * 4 + 1):
        above = _unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + width * 4]), above)
        row = zip(above[0::4], above[1::4], above[2::4], above[3::4], strict=True)
        dots += [dot if dot[3] else CLEAR for dot in row]
    return width, height, dots


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def _unfiltered(kind: int, row: bytearray, above: bytearray) -> bytearray:
    """PNG's five ways of writing a row by what stands left of it and above."""
    for i in range(len(row)):
        left, corner = (row[i - 4], above[i - 4]) if i >= 4 else (0, 0)
        if kind == 1:
            row[i] = (row[i] + left) & 255
        elif kind == 2:
            row[i] = (row[i] + above[i]) & 255
        elif kind == 3:
            row[i] = (row[i] + (left + above[i]) // 2) & 255
        elif kind == 4:
            row[i] = (row[i] + _nearest(left, above[i], corner)) & 255
    return row


def _nearest(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda each: abs(guess - each))


def _palette(counted: Counter[Colour]) -> tuple[list[Colour], dict[Colour, int]]:
    """The colours cut into boxes, the widest in two again and again; each box is one colour, its mean."""
    boxes = [list(counted)]
    while len(boxes) < COLOURS:
        widest = max(boxes, key=lambda box: _width(box)[0] if len(box) > 1 else -1)
        width, channel = _width(widest)
        if width <= 0:
            break
        boxes.remove(widest)
        widest.sort(key=lambda colour: colour[channel])
        middle = _half(widest, counted)
        boxes += [widest[:middle], widest[middle:]]
    palette = [_mean(box, counted) for box in boxes]
    return palette, {colour: index for index, box in enumerate(boxes) for colour in box}


def _width(box: list[Colour]) -> tuple[int, int]:
    """How far apart its colours are, and in which channel most."""
    if len(box) < 2:
        return 0, 0
    return max((max(c[channel] for c in box) - min(c[channel] for c in box), channel) for channel in range(4))


def _half(box: list[Colour], counted: Counter[Colour]) -> int:
    """Where half of the dots are on each side, and at least one colour."""
    half, seen = sum(counted[colour] for colour in box) / 2, 0
    for index, colour in enumerate(box):
        seen += counted[colour]
        if seen >= half:
            return min(max(index, 1), len(box) - 1)
    return len(box) // 2


def _mean(box: list[Colour], counted: Counter[Colour]) -> Colour:
    dots = sum(counted[colour] for colour in box)
    red, green, blue, cover = (round(sum(c[channel] * counted[c] for c in box) / dots) for channel in range(4))
    return red, green, blue, cover
