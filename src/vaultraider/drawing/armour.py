"""Armour seen from the front. Each class has its own shape: Titan plates, Hunter cloak and hood, Warlock dome and robe."""

from __future__ import annotations

from random import Random

from vaultraider.drawing.shapes import Art, box, disc, mirror, poly, ring


def helmet(rng: Random, guardian_class: str) -> Art:
    visor = rng.randrange(3)
    if guardian_class == "titan":
        body = [mirror("32 11, 43 13, 50 21, 51 35, 46 49, 39 54, 32 54")]
        if rng.random() < 0.5:
            body.append(mirror("32 5, 35 7, 35 14, 32 15"))
        dark = [
            mirror("32 42, 38 42, 36.6 50, 32 50"),
            poly("13.4 34, 17 33, 19.4 45, 17.6 48"),
            poly("50.6 34, 47 33, 44.6 45, 46.4 48"),
        ]
        core = [
            mirror("32 29, 45 27, 44 33, 35 34, 35 40, 32 40"),
            mirror("32 28, 46 26, 44.6 32, 32 33"),
            mirror("32 27, 45 25, 45 28, 32 30.4"),
        ][visor]
        return Art(body, dark, [core])
    if guardian_class == "hunter":
        body = [
            "M32 6C44 10 52 22 52 38C52 47 49 53 45 58L40 54C42 48 43 44 43 38C43 30 38 24 32 22"
            "C26 24 21 30 21 38C21 44 22 48 24 54L19 58C15 53 12 47 12 38C12 22 20 10 32 6Z",
            mirror("32 26, 37 28, 40.4 35, 39 47, 35 53, 32 53"),
        ]
        dark = [mirror("32 43, 36 44, 34.4 50, 32 50"), "M32 8.6L33 21L31 21Z"]
        core = [
            mirror("32 35, 39 33.4, 38.4 37.6, 32 39"),
            poly("26 34, 30.6 36, 30 38.6, 25.6 37") + poly("38 34, 33.4 36, 34 38.6, 38.4 37"),
            disc(32, 36.4, 3.2),
        ][visor]
        return Art(body, dark, [core])
    body = ["M32 9C45 9 52 18 52 30C52 38 49 44 46 48L40 54H24L18 48C15 44 12 38 12 30C12 18 19 9 32 9Z"]
    dark = [
        mirror("32 45, 37 44, 35 51, 32 51"),
        "M14.6 34C17 41 20 45 24.6 49L22 51L18.6 47C16 43 14.6 39 14.6 34Z",
        "M49.4 34C47 41 44 45 39.4 49L42 51L45.4 47C48 43 49.4 39 49.4 34Z",
    ]
    core = [
        "M16 27C22 22 42 22 48 27C48 32 46 36 43 39C38 35 26 35 21 39C18 36 16 32 16 27Z",
        "M18 26C26 23 38 23 46 26L44 34C38 31 26 31 20 34Z",
        "M32 17L36 22L46 26C46 33 42 38 32 41C22 38 18 33 18 26L28 22Z",
    ][visor]
    return Art(body, dark, [core])


def gauntlets(rng: Random, guardian_class: str) -> Art:
    hand = poly(
        "24 30, 40 30, 42 22, 41 12, 37.6 10, 37 18, 36 18, 35.4 8, 31.6 8, 31.4 18, 30.4 18,"
        "29.6 9.4, 26 10.4, 26.4 19, 25.4 19.4, 22.6 15, 19.6 16.6, 22 25"
    )
    cuff = {
        "titan": poly("21 29, 43 29, 48 36, 46 54, 42 58, 22 58, 18 54, 16 36"),
        "hunter": poly("23 29, 41 29, 44 40, 43 56, 21 56, 20 40"),
        "warlock": poly("23 29, 41 29, 43 38, 49 54, 44 58, 20 58, 15 54, 21 38"),
    }[guardian_class]
    dark = [box(23, 31.6, 41, 33, 0.4)] + (
        [box(20, 45, 44, 46.4), box(21, 50, 43, 51.4)]
        if rng.random() < 0.5
        else [poly("22 54, 26 38, 27.4 38, 24 54"), poly("42 54, 38 38, 36.6 38, 40 54")]
    )
    cores = [poly("32 36, 36 40, 32 47, 28 40"), box(29.6, 36, 34.4, 43, 1.4), mirror("32 36, 38 36, 36 40, 32 42")]
    return Art([hand, cuff], dark, [cores[rng.randrange(3)]])


def chest(rng: Random, guardian_class: str) -> Art:
    if guardian_class == "titan":
        body = [
            mirror("32 16, 36 12, 42 12, 44 18, 44 36, 41 46, 38 54, 32 54"),
            poly("45 11, 57 15, 60 25, 56 31, 46 28"),
            poly("19 11, 7 15, 4 25, 8 31, 18 28"),
        ]
        dark = [mirror("32 36, 41 34, 40.6 36, 32 38.4"), mirror("32 44, 39 42, 38.4 44, 32 46")]
    elif guardian_class == "hunter":
        body = [
            mirror("32 18, 37 12, 44 15, 47 22, 43 30, 43 42, 40 54, 32 54"),
            poly("46 15, 54 19, 56 28, 48 27"),
            poly("18 15, 10 19, 8 28, 16 27"),
        ]
        dark = [poly("24 20, 26.4 19, 42 44, 41 47"), box(22, 45, 42, 46.6)]
    else:
        body = [mirror("32 15, 36 9, 41 11, 50 17, 53 29, 46 30, 43 26, 43 38, 49 58, 32 55")]
        dark = [
            poly("31.3 36, 32.7 36, 33.4 55, 30.6 55"),
            poly("22 38, 23.4 38, 19 56, 17.4 56.4"),
            poly("42 38, 40.6 38, 45 56, 46.6 56.4"),
        ]
    core = [poly("32 20, 36 25, 32 32, 28 25"), mirror("32 22, 39 19, 38 24, 32 28"), disc(32, 25.4, 3.8)][rng.randrange(3)]
    return Art(body, dark, [core])


def legs(rng: Random, guardian_class: str) -> Art:
    wide = {"titan": 1.6, "hunter": 0, "warlock": 0.6}[guardian_class]
    body = [
        mirror("32 8, 43 8, 44.6 14, 32 17"),
        poly(f"33 17, 44.6 15, {46 + wide} 28, 43.4 36, {45 + wide} 48, {51 + wide} 55, 50 58, 35.6 58, 36 46, 33.6 34"),
        poly(f"31 17, 19.4 15, {18 - wide} 28, 20.6 36, {19 - wide} 48, {13 - wide} 55, 14 58, 28.4 58, 28 46, 30.4 34"),
    ]
    dark = [poly("36.4 46, 45 45, 45 46.6, 36.4 47.6"), poly("27.6 46, 19 45, 19 46.6, 27.6 47.6"), box(20, 11, 44, 12.2)]
    if guardian_class == "warlock":
        body += [poly("20 10, 15 36, 19.4 37, 24 16"), poly("44 10, 49 36, 44.6 37, 40 16")]
    core = [
        poly("39.6 29, 44 32, 40.6 38, 36.6 33") + poly("24.4 29, 20 32, 23.4 38, 27.4 33"),
        box(36.4, 30, 43, 33.4, 1.2) + box(21, 30, 27.6, 33.4, 1.2),
    ][rng.randrange(2)]
    return Art(body, dark, [core])


def class_item(rng: Random, guardian_class: str) -> Art:
    if guardian_class == "titan":
        tail = rng.choice([58, 52, 56])
        body = [box(14, 9, 50, 16, 2), poly(f"20 16, 44 16, 44 {tail - 4}, 32 {tail + 2}, 20 {tail - 8}")]
        return Art(
            body,
            [box(20, 19.4, 44, 20.6), poly("22.6 22, 24 22, 24 48, 22.6 47")],
            [poly("32 26, 38 33, 32 44, 26 33"), box(28.6, 10.6, 35.4, 14.4, 1)],
        )
    if guardian_class == "hunter":
        body = ["M32 7C38 8 42 13 43 19L53 54L45 52L42 58L36 53L30 58L25 52L20 57L11 54L21 19C22 13 26 8 32 7Z"]
        return Art(
            body,
            ["M32 12C36 13 38 16 38.6 20C36 23 28 23 25.4 20C26 16 28 13 32 12Z"],
            [poly("28 26, 36 26, 37.6 44, 32 48, 26.4 44")],
        )
    body = [
        ring(32, 32, 21, 14),
        box(28, 7, 36, 20, 1.6),
        box(9.6, 28, 15, 36, 1),
        box(49, 28, 54.4, 36, 1),
        box(28, 47, 36, 55, 1),
    ]
    return Art(body, [], [poly("32 24, 38 32, 32 40, 26 32"), box(30.6, 10, 33.4, 17)], has_holes=True)
