"""Stats by the words of the query language."""

from __future__ import annotations

from vaultraider.domain import hashes

WEAPON_STATS = {
    "rpm": hashes.ROUNDS_PER_MINUTE,
    "rof": hashes.ROUNDS_PER_MINUTE,
    "charge": hashes.CHARGE_TIME,
    "impact": 4043523819,
    "handling": 943549884,
    "ventspeed": 602570185,
    "heatgen": 3481294762,
    "cooling": 4006394725,
    "range": 1240592695,
    "stability": 155624089,
    "reload": 4188031367,
    "magazine": hashes.MAGAZINE,
    "aimassist": 1345609583,
    "equipspeed": 943549884,
    "shieldduration": 1842278586,
    "velocity": 2523465841,
    "blastradius": 3614673599,
    "recoildirection": hashes.RECOIL_DIRECTION,
    "drawtime": hashes.DRAW_TIME,
    "zoom": 3555269338,
    "airborne": 2714457168,
    "accuracy": 1591432999,
    "ammogen": 1931675084,
    "persistence": 3085395333,
    "swingspeed": 2837207746,
    "guardefficiency": 2762071195,
    "guardresistance": 209426660,
    "chargerate": 3022301683,
    "guardendurance": 3736848092,
    "ammocapacity": 925767036,
}
NEW_ARMOR_STATS = {
    "weapons": hashes.WEAPONS_STAT,
    "health": hashes.HEALTH,
    "class": hashes.CLASS_STAT,
    "grenade": hashes.GRENADE,
    "super": hashes.SUPER,
    "melee": hashes.MELEE,
}
OLD_ARMOR_STATS = {
    "mobility": hashes.WEAPONS_STAT,
    "resilience": hashes.HEALTH,
    "recovery": hashes.CLASS_STAT,
    "discipline": hashes.GRENADE,
    "intellect": hashes.SUPER,
    "strength": hashes.MELEE,
}
"""What the six were called before Armor 3.0. They kept their hashes."""

TOTAL, ANY = "total", "any"
ARMOR_STATS = {**NEW_ARMOR_STATS, **OLD_ARMOR_STATS, TOTAL: hashes.TOTAL}
STATS = {**WEAPON_STATS, **ARMOR_STATS}
STAT_WORDS = (*STATS, ANY)
RANKS = {
    "highest": 0,
    "secondhighest": 1,
    "thirdhighest": 2,
    "fourthhighest": 3,
    "fifthhighest": 4,
    "sixthhighest": 5,
}
"""Of the six stats of a piece of armour, by their values."""
