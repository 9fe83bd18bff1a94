"""Path data from a few numbers. Everything is drawn on a field of 64 by 64, one decimal is enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Art:
    """A silhouette: filled bodies, recesses cut into them, and the lit core. Each is SVG path data."""

    body: Sequence[str]
    dark: Sequence[str]
    core: Sequence[str]
    has_holes: bool = False
    """The bodies are meant for the even-odd rule: a ring's hole shows the ground."""


def number(value: float) -> str:
    """Short number: one decimal, no trailing zero, no leading zero."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    if text in ("-0", ""):
        return "0"
    if text.startswith("-0."):
        return "-" + text[2:]
    return text[1:] if text.startswith("0.") else text


def points(text: str, x: float = 0, y: float = 0) -> list[tuple[float, float]]:
    """Reads ``"x y, x y"``, shifted by ``x`` and ``y``."""
    pairs = (pair.split() for pair in text.split(","))
    return [(float(px) + x, float(py) + y) for px, py in pairs]


def path(corners: Sequence[tuple[float, float]]) -> str:
    """A closed polygon through these corners."""
    (x, y), *rest = corners
    return f"M{number(x)} {number(y)}" + "".join(f"L{number(x)} {number(y)}" for x, y in rest) + "Z"


def poly(text: str, x: float = 0, y: float = 0) -> str:
    """A closed polygon, its corners written ``"x y, x y"``, shifted by ``x`` and ``y``."""
    return path(points(text, x, y))


def mirror(text: str) -> str:
    """A shape that is symmetrical about x = 32, given its right half from top to bottom."""
    half = points(text)
    return path(half + [(64 - x, y) for x, y in reversed(half) if x != 32])


def box(x0: float, y0: float, x1: float, y1: float, cut: float = 0) -> str:
    """A rectangle, its corners cut by ``cut``."""
    if not cut:
        return path([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
    upper = [(x0 + cut, y0), (x1 - cut, y0), (x1, y0 + cut), (x1, y1 - cut)]
    lower = [(x1 - cut, y1), (x0 + cut, y1), (x0, y1 - cut), (x0, y0 + cut)]
    return path(upper + lower)


def disc(x: float, y: float, radius: float) -> str:
    return _circle(x, y, radius) + "Z"


def ring(x: float, y: float, radius: float, inner: float) -> str:
    """A disc with a hole, for the even-odd rule."""
    return disc(x, y, radius) + disc(x, y, inner)


def circle(x: float, y: float, radius: float) -> str:
    """A line round a point, to be stroked."""
    return _circle(x, y, radius)


def _circle(x: float, y: float, radius: float) -> str:
    r, width = number(radius), number(2 * radius)
    return f"M{number(x - radius)} {number(y)}a{r} {r} 0 1 0 {width} 0a{r} {r} 0 1 0 -{width} 0"
