"""Parts that several guns share. ``rng`` picks among the shapes of a part."""

from __future__ import annotations

from random import Random

from vaultraider.drawing.shapes import box, poly


def stock(rng: Random, x: float, y0: float, y1: float, reach: float = 15) -> tuple[list[str], list[str]]:
    """A shoulder stock that ends at ``x``, between ``y0`` and ``y1``: bodies and recesses."""
    kind, back, height = rng.randrange(3), x - reach, y1 - y0
    if kind == 0:
        return [poly(f"{reach} 1, 0 2, 0 {height + 5}, 3.5 {height + 5}, {reach} {height}", back, y0)], []
    if kind == 1:
        frame = f"{reach} .5, 2 1, 0 3, 0 {height + 6}, 4 {height + 6}, 6 {height + 1}, {reach} {height}"
        hollow = f"{reach - 3} 4, 5 4, 5 {height - 0.5}, {reach - 3} {height - 2}"
        return [poly(frame, back, y0)], [poly(hollow, back, y0)]
    outline = f"{reach} 1, 5 1, 0 -.5, 0 {height + 4}, 4 {height + 4}, 8 {height - 1}, {reach} {height - 0.5}"
    return [poly(outline, back, y0)], [box(back + 1.5, y0 + 2, back + 2.8, y1 + 2)]


def sight(rng: Random, x: float, y: float) -> list[str]:
    """Iron or reflex sight, standing on the line ``y``."""
    kind = rng.randrange(3)
    if kind == 0:
        return [box(x - 4, y - 2, x + 5, y + 0.5, 0.6)]
    if kind == 1:
        return [poly("-3 0, -3 -4.5, 1 -4.5, 3 -2, 3 0", x, y)]
    return [box(x - 7, y - 1.6, x + 9, y + 0.4), poly("-6 -1.5, -5 -4, -3.5 -4, -3 -1.5", x, y)]


def scope(x: float, y: float) -> list[str]:
    """A telescope on two feet, standing on the line ``y``."""
    return [
        box(x - 8, y - 6, x + 7, y - 2, 1),
        box(x + 5, y - 7, x + 10, y - 1, 1),
        box(x - 4, y - 2, x - 1, y + 0.5),
        box(x + 2, y - 2, x + 5, y + 0.5),
    ]


def grip(x: float, y: float, drop: float = 9) -> str:
    return poly(f"0 0, 5 0, 3 {drop}, -2 {drop}", x, y)


def guard(x: float, y: float) -> str:
    """Trigger guard."""
    return poly("4.5 0, 4.5 3.6, 9 3.6, 10.5 0, 9.3 0, 8.3 2.4, 5.7 2.4, 5.7 0", x, y)
