"""Short and heavy guns, muzzle to the right."""

from __future__ import annotations

from random import Random

from vaultraider.drawing.gun_parts import grip, guard, sight, stock
from vaultraider.drawing.shapes import Art, box, disc, poly


def submachine_gun(rng: Random) -> Art:
    front = rng.random() < 0.5
    magazine = 35 if front else 29
    body = [
        box(16, 24.5, 43, 33, 1.5),
        box(43, 27, 52, 30.6, 0.8),
        grip(21, 33, 10),
        guard(21, 33),
        poly(f"{magazine} 33, {magazine + 5} 33, {magazine + 6} 48, {magazine + 1.4} 48"),
        poly("16 26, 7 26, 5 28, 5 37, 7.2 37, 7.2 29, 8.4 28, 16 28"),
        *sight(rng, 29, 24.5),
    ]
    if not front:
        body.append(poly("40 33, 43 33, 42.4 40, 39.6 40"))
    return Art(body, [box(19, 30, 27, 31)], [box(29, 26.8, 40, 28.8, 0.8), box(magazine + 1.6, 37, magazine + 4.4, 44, 0.6)])


def sidearm(rng: Random) -> Art:
    body = [
        poly("12 21, 51 21, 53 23.5, 53 31, 12 31"),
        poly("13 31, 26 31, 22.5 49, 10.5 49, 11 44"),
        poly("26 31, 37 31, 36 38, 25 38.5, 25.4 36.6, 33.6 36.2, 34 32.6, 26 32.6"),
        box(12, 19, 16, 21.5),
        box(48, 19.3, 50.5, 21.5),
    ]
    if rng.random() < 0.5:
        body.append(box(39, 31, 50, 35.5, 1))
    return Art(
        body,
        [box(14.5, 23, 15.7, 29), box(17.3, 23, 18.5, 29), box(20, 23, 21.2, 29)],
        [box(27, 24, 46, 27, 1), poly("15.2 36, 20.6 36, 19.2 44, 13.4 44")],
    )


def hand_cannon(rng: Random) -> Art:
    long = rng.uniform(53, 59)
    body = [
        poly(f"28 20, {long - 1} 20, {long} 21.4, {long} 29.6, 28 30"),
        box(18, 20.5, 33, 34.5, 3.4),
        poly("10 23, 18 21.5, 20 33, 21 35, 16.5 49, 6 48.4, 9.5 38, 11 30"),
        poly("20 34, 33 34, 32.4 40.2, 21.5 40.8, 21.9 38.8, 29.8 38.2, 30.2 35.6, 20 36"),
        poly("10 24, 7.4 18, 10 17.4, 14 22"),
    ]
    if rng.random() < 0.6:
        body.append(box(33, 30, long - 5, 33.4, 0.8))
    body.append(box(long - 4, 18, long - 1, 20.5))
    return Art(
        body,
        [box(21.4, 22.4, 22.7, 32.4), box(28.2, 22.4, 29.5, 32.4)],
        [box(23.8, 24.6, 27.2, 30.4, 1.2), box(36, 22.6, long - 3, 25, 0.8)],
    )


def shotgun(rng: Random) -> Art:
    body, dark = stock(rng, 19, 26, 34, 15)
    body += [
        box(18, 25.5, 36, 34, 1.6),
        box(35, 26, 60, 29.2),
        box(35, 30.2, 56, 33.2),
        grip(20.5, 33.6, 8.5),
        guard(20.5, 33.6),
        box(40, 29, 51, 35.4, 1.4),
        box(57.6, 24.2, 59.4, 26.4),
    ]
    if rng.random() < 0.5:
        body += [box(24, 23.6, 33, 25.6)]
    dark += [box(42.4, 30.6, 43.6, 34), box(45, 30.6, 46.2, 34), box(47.6, 30.6, 48.8, 34)]
    return Art(body, dark, [box(23, 28, 33, 30.2, 0.8), box(52.4, 31, 55, 32.4)])


def grenade_launcher(rng: Random) -> Art:
    body, dark = stock(rng, 19, 26, 34, 14)
    heavy = rng.random() < 0.5
    body += [
        box(18, 25.4, 31, 34.6, 1.6),
        box(30, 23.6, 56, 33.4, 1.6),
        box(53, 22.4, 59, 34.6, 1.2),
        grip(20.4, 34.2, 9),
        guard(20.4, 34.2),
        poly("28 25, 30 20.6, 32.4 20.6, 33 24"),
    ]
    if heavy:
        body += [disc(36, 36.4, 6.8)]
        dark += [disc(36, 36.4, 2)]
    else:
        body += [box(36, 33, 47, 37.4, 1.2)]
    return Art(
        body,
        [*dark, box(44, 25.4, 45.4, 31.6), box(48, 25.4, 49.4, 31.6)],
        [box(33, 27, 41.4, 29.8, 1), box(55.4, 25.4, 57, 31.6)],
    )


def rocket_launcher(rng: Random) -> Art:
    body = [
        box(9, 22, 54, 34, 1.4),
        poly("9 24, 3 20.4, 3 35.6, 9 32"),
        box(51, 20.2, 57, 35.8, 1.2),
        grip(27, 34, 10),
        guard(27, 34),
        poly("40 34, 44 34, 42.6 42, 39 42"),
        box(14, 34, 24, 37.4, 1),
        box(24, 17, 34, 22.4, 1),
        box(33, 15.8, 37, 20.4, 0.8),
    ]
    if rng.random() < 0.5:
        body.append(poly("57 24, 62 28, 57 32"))
    return Art(body, [box(13, 24, 14.4, 32), box(17, 24, 18.4, 32)], [box(24, 26.6, 46, 29.4, 1), box(53, 23, 55, 33)])


def machine_gun(rng: Random) -> Art:
    body, dark = stock(rng, 17, 25, 34, 13)
    body += [
        box(16, 24, 38, 34.6, 1.6),
        box(37, 25.6, 50, 33, 1),
        box(50, 28, 60, 30.8),
        box(57, 27, 62, 31.8, 0.6),
        grip(19, 34.4, 9),
        guard(19, 34.4),
        box(28.6, 33, 40, 44.4, 1.8),
        poly("20 24, 22 19, 33 19, 35 24, 32.8 24, 31.4 21.2, 23.6 21.2, 22.2 24"),
        poly("47 33, 49 33, 46.6 42, 44.6 42"),
        poly("49 33, 51 33, 53.6 42, 51.6 42"),
    ]
    return Art(
        body,
        [*dark, box(39.4, 27.6, 40.6, 31), box(42.4, 27.6, 43.6, 31), box(45.4, 27.6, 46.6, 31)],
        [box(20, 27, 34, 29.4, 0.9), box(31, 36.6, 37.6, 41.4, 0.8)],
    )
