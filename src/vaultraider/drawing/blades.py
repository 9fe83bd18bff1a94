"""Weapons without a barrel: bow, sword, glaive."""

from __future__ import annotations

from random import Random

from vaultraider.drawing.shapes import Art, box, disc, number, poly


def bow(rng: Random) -> Art:
    curve = rng.uniform(-2, 3)
    tip, belly = number(38 + curve), number(43 + curve)
    limb = f"M18 6C{tip} 12 {belly} 22 42 32C{belly} 42 {tip} 52 18 58L17 55.6C34 48 36 42 36.6 32C36 22 34 16 17 8.4Z"
    body = [
        limb,
        box(36, 26, 43, 38, 1.6),
        poly("17 8, 18.6 8, 14.2 32, 18.6 56, 17 56, 12.4 32"),
        box(12, 31.1, 54, 32.9),
        poly("52 28.2, 60 32, 52 35.8, 54 32"),
    ]
    return Art(
        body,
        [],
        [
            poly("37.6 28, 41.2 28, 41.2 30, 37.6 30"),
            poly("37.6 34, 41.2 34, 41.2 36, 37.6 36"),
            poly("12 31, 8 28, 10.4 32, 8 36, 12 33"),
        ],
    )


def sword(rng: Random) -> Art:
    half = rng.uniform(4.6, 6.2)
    if rng.random() < 0.5:
        blade = poly(f"21 {32 - half}, 50 {32 - half * 0.8}, 61 32, 50 {32 + half * 0.8}, 21 {32 + half}")
        core = poly("23 31.2, 48 31.4, 56 32, 48 32.6, 23 32.8")
    else:
        tip, edge = f"54 {32 - half * 1.2}, 61 {32 - half * 1.4}", 32 + half
        blade = poly(f"21 {32 - half}, {tip}, 56 {32 + half * 0.5}, 46 {edge}, 21 {edge}")
        core = poly(f"23 {edge - 2}, 46 {edge - 2}, 54 {32 + half * 0.2}, 46 {edge - 3.6}, 23 {edge - 3.6}")
    return Art(
        [blade, box(17.4, 22.6, 21.4, 41.4, 1.4), box(6, 30, 18, 34, 1), disc(5.6, 32, 3)],
        [box(9, 30, 10, 34), box(12, 30, 13, 34), box(15, 30, 16, 34)],
        [core, box(18.6, 26.6, 20.2, 37.4, 0.5)],
    )


def glaive(rng: Random) -> Art:
    peak = rng.uniform(-2, 2)
    body = [
        box(4, 30.6, 42, 33.4),
        poly(f"40 27, 47 {22 + peak}, 61 31, 54 36, 46 38, 40 36.4"),
        box(34, 27.4, 41, 36.6, 1.4),
        box(14, 29.6, 21, 34.4, 0.8),
        poly("4 32, 1 29, 6 29.4, 8 32, 6 34.6, 1 35"),
        poly("26 33, 30 33, 28.6 39, 25.4 39"),
    ]
    return Art(body, [box(36, 29, 37.2, 35)], [poly("44 30, 57 31.2, 50 33.6, 44 34"), box(24, 31.3, 32, 32.7)])
