"""Guilloche lines, as on a bond or a vault door: the house's signature. Each function gives SVG path data to be stroked."""

from __future__ import annotations

import math
from random import Random

from vaultraider.drawing.shapes import circle, number, path


def engraving(seed: int) -> str:
    """Lines over the whole field of 64 by 64; the seed picks one of four families and its numbers."""
    rng = Random(seed * 104729 + 7)
    family = rng.choice([_turned_ellipses, _waves, _crossing_circles, _turning_polygons])
    return family(rng)


def rosette(x: float, y: float, radius: float, lobes: int, depth: float, phase: float = 0) -> str:
    """One closed wavy line round a centre; it swings out and in by about ``depth`` (a share of the radius), ``lobes`` times.

    ``phase`` turns it: 2 pi is one lobe. Each lobe is two curves, from one crossing of the circle to the next, with the
    control point outside or inside. Neighbours pass into each other without a corner where
    ``1/outside + 1/inside == 2 * cos(half) / radius``.
    """
    half = math.pi / lobes / 2
    reach = [radius / math.cos(half) / (1 - 2 * depth), radius / math.cos(half) / (1 + 2 * depth)]
    start = phase / lobes
    line = f"M{_at(x, y, radius, start)}"
    for step in range(2 * lobes):
        angle = start + 2 * half * step
        line += f"Q{_at(x, y, reach[step % 2], angle + half)} {_at(x, y, radius, angle + 2 * half)}"
    return line + "Z"


def _at(x: float, y: float, radius: float, angle: float) -> str:
    return f"{number(x + radius * math.cos(angle))} {number(y + radius * math.sin(angle))}"


def _turned_ellipses(rng: Random) -> str:
    x, y = rng.choice([(32, 32), (18, 20), (48, 44), (46, 18)])
    count, wide = rng.randrange(7, 12), rng.uniform(26, 38)
    high = wide * rng.uniform(0.28, 0.5)
    return "".join(_ellipse(x, y, wide, high, math.pi * i / count) for i in range(count))


def _ellipse(x: float, y: float, wide: float, high: float, angle: float) -> str:
    dx, dy = wide * math.cos(angle), wide * math.sin(angle)
    arc = f"a{number(wide)} {number(high)} {number(math.degrees(angle))} 1 0"
    return f"M{number(x - dx)} {number(y - dy)}{arc} {number(2 * dx)} {number(2 * dy)}{arc} {number(-2 * dx)} {number(-2 * dy)}"


def _waves(rng: Random) -> str:
    """One line shifted down again and again, its phase drifting."""
    half, height, step = rng.choice([8, 11, 16]), rng.uniform(3, 7), rng.uniform(3.4, 4.6)
    drift = rng.uniform(-1.6, 1.6)
    wave = f"q{number(half / 2)} {number(-height)} {half} 0" + f"t{half} 0" * (80 // half + 2)
    return "".join(f"M{number(i * drift - 2 * half - 6)} {number(i * step)}{wave}" for i in range(-1, int(66 / step) + 2))


def _crossing_circles(rng: Random) -> str:
    """Two sets of rings from opposite corners."""
    centres = [(rng.uniform(-6, 20), rng.uniform(-6, 20)), (rng.uniform(44, 70), rng.uniform(44, 70))]
    gap = rng.uniform(4.2, 5.6)
    return "".join(circle(x, y, gap * i) for x, y in centres for i in range(2, 13))


def _turning_polygons(rng: Random) -> str:
    sides, turn = rng.choice([3, 4, 6]), rng.uniform(5, 9)
    x, y = rng.choice([32, 20, 44]), rng.choice([32, 44, 22])
    return "".join(_polygon(x, y, i * 5.4, sides, math.radians(i * turn)) for i in range(1, 11))


def _polygon(x: float, y: float, radius: float, sides: int, turned: float) -> str:
    angles = (turned + 2 * math.pi * side / sides for side in range(sides))
    return path([(x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in angles])
