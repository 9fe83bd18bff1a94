"""Everything that is neither weapon nor armour."""

from __future__ import annotations

from random import Random

from vaultraider.drawing.shapes import Art, box, disc, mirror, poly, ring


def ghost(rng: Random) -> Art:
    turn = rng.uniform(-3, 3)
    body = [
        poly("32 5, 39 20, 32 23, 25 20"),
        poly("32 59, 39 44, 32 41, 25 44"),
        poly("5 32, 20 25, 23 32, 20 39"),
        poly("59 32, 44 25, 41 32, 44 39"),
        poly(f"13 {13 + turn}, 22 19, 19 22"),
        poly(f"51 {13 + turn}, 42 19, 45 22"),
        poly(f"13 {51 - turn}, 22 45, 19 42"),
        poly(f"51 {51 - turn}, 42 45, 45 42"),
        disc(32, 32, 8.4),
    ]
    return Art(body, [disc(32, 32, 6)], [disc(32, 32, 3.6)])


def sparrow(_rng: Random) -> Art:
    body = [
        poly("4 33, 16 26, 36 24, 48 27, 61 35, 60 38, 44 38, 34 41, 14 40, 4 37"),
        poly("16 26, 10 15, 16 14, 24 25"),
        box(1, 33, 8, 38, 1),
        poly("30 24, 35 18, 38 18, 36 24"),
    ]
    return Art(body, [poly("20 34, 42 33, 40 35, 20 36")], [box(2, 34.4, 6, 36.6, 0.8), poly("50 32, 57 35.4, 48 35.4")])


def ship(rng: Random) -> Art:
    sweep = rng.uniform(0, 6)
    body = [mirror(f"32 5, 35 16, 37 30, {57 - sweep} 46, {57 - sweep} 51, 38 47, 36 57, 32 55")]
    return Art(
        body,
        [mirror("32 30, 34 32, 34 44, 32 46")],
        [mirror("32 14, 34 20, 33.6 26, 32 27"), box(26, 53, 29.6, 59, 0.6) + box(34.4, 53, 38, 59, 0.6)],
    )


def emblem(rng: Random) -> Art:
    cores = [poly("32 18, 42 30, 32 44, 22 30"), disc(32, 30, 9), mirror("32 18, 43 22, 40 36, 32 43")]
    shield, field = poly("14 8, 50 8, 50 50, 32 58, 14 50"), poly("18 12, 46 12, 46 47.4, 32 53.6, 18 47.4")
    return Art([shield], [field], [cores[rng.randrange(3)]])


def shader(_rng: Random) -> Art:
    return Art(
        [box(12, 12, 52, 52, 4)],
        [],
        [poly("16 16, 33 16, 16 33"), poly("37 16, 48 16, 48 27, 27 48, 16 48, 16 37"), poly("48 31, 48 48, 31 48")],
    )


def material(rng: Random) -> Art:
    left, right = rng.uniform(-2, 2), rng.uniform(-3, 3)
    body = [
        poly(f"30 {6 + left}, 39 18, 36 46, 27 44, 23 20"),
        poly("14 24, 21 30, 25 48, 17 52, 11 38"),
        poly(f"46 {20 + right}, 53 32, 47 52, 39 48, 40 28"),
        poly("12 54, 24 49, 38 49, 52 54, 44 58, 20 58"),
    ]
    return Art(body, [], [poly(f"30 {10 + left}, 35.6 19, 33 40, 30 38"), poly(f"46 {25 + right}, 49.6 32, 46.4 45, 44 42")])


def consumable(rng: Random) -> Art:
    kind = rng.randrange(3)
    if kind == 0:
        return Art(
            [box(27, 7, 37, 14, 1), poly("28 14, 36 14, 37 24, 47 42, 47 52, 43 57, 21 57, 17 52, 17 42, 27 24")],
            [],
            [poly("24.6 36, 39.4 36, 43 43, 43 51, 41 53, 23 53, 21 51, 21 43")],
        )
    if kind == 1:
        return Art(
            [poly("32 6, 54 19, 54 45, 32 58, 10 45, 10 19")],
            [poly("32 11, 49.6 21.4, 49.6 42.6, 32 53, 14.4 42.6, 14.4 21.4")],
            [poly("32 20, 42 32, 32 44, 22 32")],
        )
    star = poly("32 21, 35 29, 43 32, 35 35, 32 43, 29 35, 21 32, 29 29")
    return Art([ring(32, 32, 24, 19), disc(32, 32, 15)], [], [star], has_holes=True)


def mod(rng: Random) -> Art:
    legs = [box(20 + 10 * i, y, 24 + 10 * i, y + 7) for y in (5, 52) for i in range(3)]
    cores = [poly("32 20, 44 32, 32 44, 20 32"), box(22, 22, 42, 42, 4), mirror("32 20, 44 42, 32 37")]
    return Art([box(12, 12, 52, 52, 7), *legs], [box(17, 17, 47, 47, 5)], [cores[rng.randrange(3)]])


def engram(_rng: Random) -> Art:
    body = [poly("32 5, 55 19, 55 45, 32 59, 9 45, 9 19")]
    dark = [
        poly("32 5, 32.8 5.5, 32.8 17, 31.2 17, 31.2 5.5"),
        poly("9 19, 20.4 24.4, 19.6 25.8, 9 20.6"),
        poly("55 19, 43.6 24.4, 44.4 25.8, 55 20.6"),
        poly("31.3 47, 32.7 47, 32.7 58.6, 31.3 58.6"),
    ]
    return Art(body, dark, [poly("32 17, 45 39, 19 39"), poly("20 42, 44 42, 32 47")])


def subclass(_rng: Random) -> Art:
    return Art(
        [poly("32 4, 60 32, 32 60, 4 32")],
        [poly("32 9, 55 32, 32 55, 9 32")],
        [poly("32 16, 36.6 27.4, 48 32, 36.6 36.6, 32 48, 27.4 36.6, 16 32, 27.4 27.4")],
    )


def quest(_rng: Random) -> Art:
    return Art(
        [poly("16 7, 42 7, 50 15, 50 57, 16 57")],
        [poly("42 7, 50 15, 42 15")] + [box(22, y, 44, y + 2) for y in (40, 46)],
        [poly("32 18, 36 25, 43 28, 36 31, 32 38, 28 31, 21 28, 28 25")],
    )


def perk(rng: Random) -> Art:
    """A plug without a picture of its own: a disc with a device."""
    cores = [
        poly("32 16, 48 32, 32 48, 16 32"),
        mirror("32 15, 46 40, 32 34"),
        poly("32 15, 36 28, 49 32, 36 36, 32 49, 28 36, 15 32, 28 28"),
        box(20, 20, 44, 44, 6),
        disc(32, 32, 13),
    ]
    return Art([disc(32, 32, 27)], [disc(32, 32, 24)], [cores[rng.randrange(len(cores))]])


def unknown(rng: Random) -> Art:
    """A sealed crate: we know that it is there, not what it is."""
    lid = rng.choice([20, 22, 24])
    body = [box(9, lid, 55, 56, 3), poly(f"13 10, 51 10, 57 {lid - 2}, 7 {lid - 2}")]
    return Art(body, [box(14, lid + 5, 50, 51, 2)], [box(27, lid + 9, 37, lid + 19, 2), box(29.6, lid + 19, 34.4, lid + 25, 1)])
