"""Small PNGs of our drawings and of Bungie's pictures: they look like it, and weigh little."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from vaultraider.drawing import KINDS, draw_item
from vaultraider.drawing.mark import draw_mark
from vaultraider.drawing.raster import small_png
from vaultraider.web import app

SVG = "image/svg+xml"


def opened(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    image.load()
    return image


def photograph(format: str) -> bytes:
    """Something with more colours than a palette has."""
    image = Image.new("RGB", (128, 128))
    image.putdata([(x * 2, y * 2, x + y) for y in range(128) for x in range(128)])
    file = io.BytesIO()
    image.save(file, format)
    return file.getvalue()


def colours(image: Image.Image) -> set[tuple[int, ...]]:
    plain = image.convert("RGBA").convert("RGB").tobytes()
    return {tuple(plain[at : at + 3]) for at in range(0, len(plain), 3)}


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean over all dots and channels, of 255."""
    return (
        sum(ImageStat.Stat(ImageChops.difference(one.convert("RGBA").convert("RGB"), other.convert("RGBA").convert("RGB"))).mean)
        / 3
    )


@pytest.mark.parametrize("kind", sorted(KINDS)[::5])
def test_a_drawing(kind: str) -> None:
    png = small_png(draw_item(kind, "exotic", "solar", "titan", 7).encode(), SVG, 96)
    image = opened(png)
    assert (image.size, image.mode) == ((96, 96), "P")
    assert len(png) < 5_000
    assert image.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 0), "its cut corner"
    assert image.convert("RGBA").getpixel((48, 4))[3] == 255
    assert len(colours(image)) > 20


@pytest.mark.parametrize(("format", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("GIF", "image/gif")])
def test_a_picture_of_bungies(format: str, media_type: str) -> None:
    content = photograph(format)
    png = small_png(content, media_type, 96)
    assert len(png) < 9_000
    assert (
        difference(opened(png), opened(content).convert("RGBA").convert("RGB").resize((96, 96), Image.Resampling.BILINEAR)) < 12
    )


def test_one_colour() -> None:
    png = small_png(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', SVG, 8)
    assert colours(opened(png)) == {(255, 255, 255)}


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(b"", SVG), (b"<svg", SVG), (b"\xff", SVG), (b"<html>", "text/html"), (b"GIF89a", "application/pdf")],
)
def test_what_cannot_be_drawn(content: bytes, media_type: str) -> None:
    with pytest.raises(ValueError):
        small_png(content, media_type, 16)


def test_a_damaged_picture_is_an_empty_one() -> None:
    assert opened(small_png(photograph("PNG")[:60], "image/png", 16)).size == (16, 16)


def test_no_file_is_opened(tmp_path: Path) -> None:
    """resvg would: a drawing that leads anywhere is none of ours, and refused."""
    file = tmp_path / "secret.png"
    Image.new("RGB", (8, 8), "#ff0000").save(file)
    head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" viewBox="0 0 8 8">'
    for address in (file.as_posix(), file.as_uri(), "http://127.0.0.1:9/x.png"):
        for attribute in ("href", "x:href"):
            svg = f'{head}<image width="8" height="8" {attribute}="{address}"/></svg>'
            with pytest.raises(ValueError, match="leads elsewhere"):
                small_png(svg.encode(), SVG, 8)
    with pytest.raises(ValueError, match="leads elsewhere"):
        small_png(b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + head.encode() + b"&x;</svg>", SVG, 8)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_none_of_our_drawings_is_refused(kind: str) -> None:
    assert small_png(draw_item(kind, "rare", None, "hunter", 3).encode(), SVG, 8)


def test_the_mark_is_the_pages_mark() -> None:
    on_pages = (Path(app.__file__).parent / "templates" / "_mark.svg").read_text(encoding="utf-8")
    paths = re.compile(r' d="([^"]+)"')
    assert paths.findall(draw_mark("#000")) == paths.findall(on_pages)
