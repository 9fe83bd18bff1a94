"""Long guns with one barrel line, muzzle to the right."""

from __future__ import annotations

from random import Random

from vaultraider.drawing.gun_parts import grip, guard, scope, sight, stock
from vaultraider.drawing.shapes import Art, box, disc, poly, ring


def auto_rifle(rng: Random) -> Art:
    reach = rng.uniform(54, 59)
    body, dark = stock(rng, 20, 26, 34)
    body += [
        box(19, 25.5, 39, 34.5, 1.5),
        box(38, 27, 50, 33, 1),
        box(50, 28.6, reach, 31.4),
        box(reach - 3.5, 27.6, reach + 1, 32.4, 0.6),
        grip(22, 34, 9),
        guard(22, 34),
        poly("31 34, 37 34, 39.5 40, 41 46, 36 47, 33.5 41"),
        *sight(rng, 29, 25.5),
    ]
    dark += [box(41, 29.4, 48, 30.6)]
    return Art(body, dark, [box(24, 28.4, 35, 30.4, 0.8), poly("34.5 38.5, 38 38, 39.3 42.4, 36.2 43.2")])


def scout_rifle(rng: Random) -> Art:
    body, dark = stock(rng, 20, 27, 34, 16)
    body += [
        box(19, 26.5, 37, 33.5, 1.4),
        box(36, 28, 47, 32.5, 0.8),
        box(47, 29, 60, 31.2),
        box(57.5, 28.2, 61, 32, 0.5),
        grip(21.5, 33.5, 8.5),
        guard(21.5, 33.5),
        poly("30 33, 35.5 33, 36.5 39, 31 39"),
        *scope(27, 26.5),
    ]
    dark += [box(38, 29.6, 45, 30.6)]
    return Art(body, dark, [box(33.2, 20.4, 35.4, 24.6), box(23, 29, 33, 30.7, 0.7)])


def pulse_rifle(rng: Random) -> Art:
    tip = rng.uniform(55, 59)
    body = [
        poly("5 25.5, 42 25, 45 27, 45 33, 30 34.5, 10 36.5, 5 36.5"),
        box(44, 27.4, 51, 32.4, 0.8),
        box(51, 28.7, tip, 31.2),
        grip(27, 34, 9),
        guard(27, 33.4),
        poly("12 36, 20 35.4, 22 43, 14.5 44"),
        poly("16 25, 19 20.5, 38 20.5, 41 25, 38 25, 36.5 22.6, 20.5 22.6, 19 25"),
    ]
    return Art(
        body,
        [box(7, 28, 8.6, 34), box(46, 29.4, 49.5, 30.5)],
        [poly("22 27.6, 40 27.3, 40 29.3, 22 29.8"), poly("14.6 38, 19.4 37.6, 20.2 40.4, 15.4 41")],
    )


def sniper_rifle(rng: Random) -> Art:
    body, dark = stock(rng, 17, 27, 34, 14)
    body += [
        box(16, 27, 34, 33.6, 1.4),
        box(33, 28.4, 45, 32.2, 0.8),
        box(45, 29.2, 60, 31.2),
        box(55.5, 27.6, 62, 32.8, 0.8),
        grip(19, 33.4, 8.5),
        guard(19, 33.4),
        poly("27 33.4, 32 33.4, 32 38.6, 27 38.6"),
        poly("42 32, 44 32, 40 42, 38 42"),
        poly("43 32, 45 32, 48 42, 46 42"),
        box(13, 20, 32, 24.4, 1.2),
        box(30, 18.6, 37, 25.8, 1.2),
        box(10.6, 19.2, 15, 25.2, 1),
        box(17, 24, 20, 27.4),
        box(25.6, 24, 28.6, 27.4),
    ]
    return Art(
        body,
        [*dark, box(57.4, 28, 58.4, 32.4), box(59.6, 28, 60.6, 32.4)],
        [box(34.6, 20, 36.2, 24.4), box(20, 29.4, 30, 31, 0.7)],
    )


def fusion_rifle(rng: Random) -> Art:
    lift = rng.uniform(-1, 1)
    body, dark = stock(rng, 17, 25, 34, 12)
    body += [
        box(16, 23.5, 39, 35.5, 2.4),
        poly(f"38 24, 57 {22.6 + lift}, 60 {24.6 + lift}, 57 27, 38 28"),
        poly(f"38 31.6, 57 32.6, 60 {35 - lift}, 57 {36.8 - lift}, 38 35.6"),
        grip(20, 35, 9),
        guard(20, 35),
        box(22, 21, 33, 24, 0.8),
    ]
    return Art(body, dark, [box(39, 28.8, 56, 30.9, 1), disc(29, 29.5, 3.6), ring(29, 29.5, 5.2, 4.5)])


def trace_rifle(rng: Random) -> Art:
    body, dark = stock(rng, 18, 26, 34, 13)
    body += [
        box(17, 25, 36, 35, 2),
        poly("35 26, 48 27, 48 33, 35 34"),
        poly("47 25, 52 23.4, 57 26, 52 27.4, 47 28.4"),
        poly("47 35, 52 36.6, 57 34, 52 32.6, 47 31.6"),
        grip(20, 34.6, 9),
        guard(20, 34.6),
        box(24, 21.4, 31, 25.6, 1),
    ]
    return Art(body, dark, [poly("49 30, 53 28.6, 61 30, 53 31.4"), box(21, 28.6, 33, 31.4, 1.4), box(38, 29.2, 46, 30.8)])


def linear_fusion(rng: Random) -> Art:
    body, dark = stock(rng, 17, 26, 34, 13)
    body += [
        box(16, 24.6, 34, 35, 2),
        box(33, 24.6, 61, 27.6, 0.8),
        box(33, 31.6, 61, 34.4, 0.8),
        box(44, 24.6, 47, 34.4),
        box(55, 24.6, 58, 34.4),
        grip(19, 34.6, 9),
        guard(19, 34.6),
        *scope(26, 24.6),
    ]
    return Art(body, dark, [box(34, 28.7, 61, 30.4), box(20, 28.4, 31, 30.8, 1)])
