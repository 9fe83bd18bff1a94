"""Weapon definitions: kinds with their own stats and groups, and every named weapon with its eleven sockets."""

from __future__ import annotations

import random
from typing import NamedTuple

from vaultraider.simulator.demo import names
from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.demo.book import Book, Row, Sockets, equipping
from vaultraider.simulator.demo.hashes import hash_of, identifier_hash
from vaultraider.simulator.demo.plugs import CATALYST, CATALYST_TRAIT, EMPTY_CATALYST, Shared

PRIMARY, SPECIAL, HEAVY = 1, 2, 3
SLOTS = {"kinetic": s.KINETIC, "energy": s.ENERGY, "power": s.POWER}
SLOT_CATEGORY = {"kinetic": 2, "energy": 3, "power": 4}
EXOTIC_WEAPON = "exotic_weapon"
WEAPON = 3
"""DestinyItemType"""

GUN = (s.IMPACT, s.RANGE, s.STABILITY, s.HANDLING, s.RELOAD, s.AIM, s.AMMO_GEN, s.RECOIL, s.AIRBORNE, s.ZOOM)
LAUNCHER = (s.BLAST, s.VELOCITY, s.STABILITY, s.HANDLING, s.RELOAD, s.AIM, s.AMMO_GEN, s.RECOIL, s.AIRBORNE, s.ZOOM)
BOW = (s.IMPACT, s.ACCURACY, s.STABILITY, s.HANDLING, s.RELOAD, s.AIM, s.AMMO_GEN, s.RECOIL, s.AIRBORNE, s.ZOOM)
BLADE = (s.IMPACT, s.SWING, s.CHARGE_RATE, s.GUARD_RES, s.GUARD_END, s.AMMO_CAP)
SPEAR = (s.IMPACT, s.RANGE, s.SHIELD, s.HANDLING, s.RELOAD, s.AIM, s.AMMO_GEN, s.AIRBORNE, s.ZOOM)


class Kind(NamedTuple):
    """``rate``: the stat that is shown as a number, with its display points (investment value, shown value)."""

    name: str
    sub_type: int
    category: int
    ammo: int
    stats: tuple[int, ...]
    rate: int
    rates: tuple[tuple[int, int], ...]
    magazine: tuple[int, int]
    """Shown magazine at investment 0 and 100."""


_RPM_LIGHT = ((0, 260), (40, 360), (60, 450), (80, 600), (100, 720))
KINDS = {
    "auto_rifle": Kind("Auto Rifle", 6, 5, PRIMARY, GUN, s.RPM, _RPM_LIGHT, (22, 68)),
    "hand_cannon": Kind("Hand Cannon", 9, 6, PRIMARY, GUN, s.RPM, ((0, 110), (40, 120), (60, 140), (100, 180)), (7, 15)),
    "pulse_rifle": Kind("Pulse Rifle", 13, 7, PRIMARY, GUN, s.RPM, ((0, 340), (50, 390), (80, 450), (100, 540)), (18, 46)),
    "scout_rifle": Kind("Scout Rifle", 14, 8, PRIMARY, GUN, s.RPM, ((0, 120), (50, 150), (75, 180), (100, 260)), (9, 24)),
    "submachine_gun": Kind("Submachine Gun", 24, 3954685534, PRIMARY, GUN, s.RPM, ((0, 600), (50, 720), (100, 900)), (19, 47)),
    "sidearm": Kind("Sidearm", 17, 14, PRIMARY, GUN, s.RPM, ((0, 260), (50, 300), (80, 450), (100, 491)), (9, 31)),
    "bow": Kind("Combat Bow", 31, 3317538576, PRIMARY, BOW, s.DRAW_TIME, ((0, 1000), (50, 720), (100, 500)), (1, 1)),
    "shotgun": Kind("Shotgun", 7, 11, SPECIAL, GUN, s.RPM, ((0, 55), (50, 65), (80, 80), (100, 140)), (4, 9)),
    "sniper_rifle": Kind("Sniper Rifle", 12, 10, SPECIAL, GUN, s.RPM, ((0, 72), (50, 90), (100, 140)), (3, 8)),
    "fusion_rifle": Kind("Fusion Rifle", 11, 9, SPECIAL, GUN, s.CHARGE_TIME, ((0, 1100), (50, 780), (100, 460)), (4, 10)),
    "trace_rifle": Kind("Trace Rifle", 25, 2489664120, SPECIAL, GUN, s.RPM, ((0, 1000), (100, 1000)), (60, 118)),
    "linear_fusion": Kind("Linear Fusion Rifle", 22, 1504945536, HEAVY, GUN, s.CHARGE_TIME, ((0, 1000), (100, 400)), (4, 7)),
    "grenade_launcher": Kind("Grenade Launcher", 23, 153950757, HEAVY, LAUNCHER, s.RPM, ((0, 72), (50, 90), (100, 150)), (1, 9)),
    "rocket_launcher": Kind("Rocket Launcher", 10, 13, HEAVY, LAUNCHER, s.RPM, ((0, 15), (50, 20), (100, 30)), (1, 2)),
    "machine_gun": Kind("Machine Gun", 8, 12, HEAVY, GUN, s.RPM, ((0, 360), (50, 450), (100, 900)), (38, 97)),
    "sword": Kind("Sword", 18, 54, HEAVY, BLADE, s.RPM, ((0, 40), (100, 80)), (30, 76)),
    "glaive": Kind("Glaive", 33, 3871742104, SPECIAL, SPEAR, s.RPM, ((0, 45), (50, 55), (100, 80)), (3, 7)),
}


def add_stat_groups(book: Book) -> None:
    """One group a kind: impact bends, the rate is a number, reload and handling are straight, the magazine is short."""
    for key, kind in KINDS.items():
        scaled = [_scaled(kind.rate, 0, kind.rates, number=True)]
        for stat in kind.stats:
            points = ((0, 6), (25, 29), (60, 67), (100, 100)) if stat in (s.IMPACT, s.BLAST) else ((0, 0), (100, 100))
            scaled.append(_scaled(stat, 100, points, number=stat in (s.RECOIL, s.ZOOM)))
        low, high = kind.magazine
        scaled.append(_scaled(s.MAGAZINE, 0, ((0, low), (35, low + (high - low) * 3 // 10), (100, high)), number=True))
        book.add(
            "DestinyStatGroupDefinition",
            group_hash(key),
            maximumValue=100,
            uiPosition=0,
            scaledStats=scaled,
            overrides={},
        )


def _scaled(stat: int, maximum: int, points: tuple[tuple[int, int], ...], *, number: bool) -> Row:
    return {
        "statHash": stat,
        "maximumValue": maximum or 100,
        "displayAsNumeric": number,
        "displayInterpolation": [{"value": value, "weight": weight} for value, weight in points],
    }


def group_hash(kind: str) -> int:
    return hash_of(f"statgroup:{kind}")


class Weapon(NamedTuple):
    """A weapon as the demo owns copies of it. ``pools``: random plugs by socket."""

    hash: int
    slot: int
    kind: str
    tier: int
    element: str
    pools: dict[int, list[int]]
    fixed: dict[int, int]
    craftable: bool
    ornaments: list[int]


MASTERWORK, TRACKER, ORNAMENT, LEVEL = 7, 8, 10, 11
"""Socket places of a legendary weapon: 0 frame, 1 barrel, 2 magazine, 3 and 4 traits, 5 origin, 6 mod, 9 shader."""


def add_weapons(book: Book, shared: Shared) -> list[Weapon]:
    add_stat_groups(book)
    found: list[Weapon] = []
    for slot, text in names.WEAPONS.items():
        for line in text.splitlines():
            kind, entries = line.split(":")
            for entry in entries.split(","):
                name, element = entry.split("/")
                found.append(_legendary(book, shared, name, slot, kind, element))
    for name, slot, kind, element in names.ODD_WEAPONS:
        found.append(_legendary(book, shared, name, slot, kind, element, odd=True))
    for line in names.EXOTICS.splitlines():
        slot, kind, entry = line.split(":")
        name, element = entry.split("/")
        found.append(_exotic(book, shared, name, slot, kind, element))
    for line in names.PLAIN_WEAPONS.splitlines():
        slot, kind, entry, tier = line.split(":")
        name, element = entry.split("/")
        found.append(_legendary(book, shared, name, slot, kind, element, tier=int(tier)))
    return found


def _legendary(
    book: Book, shared: Shared, name: str, slot: str, kind: str, element: str, tier: int = 5, odd: bool = False
) -> Weapon:
    key = f"weapon:{slot}:{kind}:{name}"
    dice = random.Random(key)
    craftable = tier == 5 and not odd and dice.random() < 0.25
    traits = dice.sample(shared.traits, 14)
    first, second = traits[:7], traits[7:]
    if craftable:
        first, second = [first + [shared.enhanced[plug] for plug in first], second + [shared.enhanced[plug] for plug in second]]
    pools = {1: shared.barrels, 2: shared.magazines, 3: first, 4: second, 5: dice.sample(shared.origins, 2)}
    fixed = {0: dice.choice(shared.frames), 6: shared.empty_mod, 9: shared.default_shader}
    skins = [_skin(book, key, f"{name} Ornament" if name else "")] if dice.random() < 0.3 else []
    sockets = Sockets(book)
    sockets.add("intrinsic", initial=fixed[0], plugs=[fixed[0]])
    for place, socket in ((1, "barrel"), (2, "magazine"), (3, "trait"), (4, "trait"), (5, "origin")):
        pool = pools[place]
        sockets.add(socket, initial=pool[0], random=book.plug_set(f"{key}:{place}", pool))
    sockets.add(
        "weapon-mod", initial=shared.empty_mod, reusable=book.plug_set("weapon-mods", [shared.empty_mod, *shared.weapon_mods])
    )
    masterworks = [plug for tiers in shared.masterworks.values() for plug in tiers]
    sockets.add("masterwork", initial=masterworks[0], reusable=book.plug_set("weapon-masterworks", masterworks))
    sockets.add("tracker", initial=0, reusable=book.plug_set("trackers", shared.trackers))
    sockets.add("weapon-shader", initial=shared.default_shader, reusable=_shader_set(book, shared))
    sockets.add("weapon-ornament", plugs=skins)
    if craftable:
        sockets.add("level", initial=0, plugs=[shared.level], visible=False)
    hash = _add(book, key, name, slot, kind, element, tier, sockets, dice, picture=not odd and dice.random() < 0.02)
    return Weapon(hash, SLOTS[slot], kind, tier, element, pools, fixed, craftable, skins)


def _exotic(book: Book, shared: Shared, name: str, slot: str, kind: str, element: str) -> Weapon:
    key = f"weapon:{slot}:{kind}:{name}"
    dice = random.Random(key)
    intrinsic = book.plug(
        f"{key}:intrinsic", f"Heart of {name}", "intrinsics", kind="Intrinsic", tier=6, description="The one thing this does."
    )
    trait = book.plug(
        f"{key}:trait", f"Habit of {name}", "frames", kind="Trait", tier=6, description="The other thing this does."
    )
    empty = book.plug(f"{key}:no-catalyst", "Empty Catalyst Socket", EMPTY_CATALYST, tier=6, dummy=True)
    catalyst = book.plug(
        f"{key}:catalyst",
        f"{name} Catalyst",
        CATALYST,
        kind="Catalyst",
        tier=6,
        description="Defeat enemies with it to unlock.",
        stats={s.RANGE: 10, s.STABILITY: 10},
        traitIds=[CATALYST_TRAIT],
        traitHashes=[identifier_hash(CATALYST_TRAIT)],
        objectives={"objectiveHashes": [shared.objectives["catalyst"]], "displayActivityHashes": []},
    )
    skins = [_skin(book, f"{key}:{n}", f"{name}, {word}") for n, word in enumerate(("gilt", "in mourning"))]
    fixed = {
        0: intrinsic,
        1: dice.choice(shared.barrels),
        2: dice.choice(shared.magazines),
        3: trait,
        4: dice.choice(shared.traits),
        5: empty,
        6: catalyst,
        7: shared.default_shader,
    }
    sockets = Sockets(book)
    for place, socket in enumerate(("intrinsic", "barrel", "magazine", "trait", "trait")):
        sockets.add(socket, initial=fixed[place], plugs=[fixed[place]])
    sockets.add("catalyst", initial=empty, plugs=[empty, catalyst])
    sockets.add("tracker", initial=0, reusable=book.plug_set("trackers", shared.trackers))
    sockets.add("weapon-shader", initial=shared.default_shader, reusable=_shader_set(book, shared))
    sockets.add("weapon-ornament", plugs=skins)
    hash = _add(book, key, name, slot, kind, element, 6, sockets, dice, picture=dice.random() < 0.1)
    return Weapon(hash, SLOTS[slot], kind, 6, element, {}, fixed, False, skins)


def _shader_set(book: Book, shared: Shared) -> int:
    return book.plug_set("shaders", [shared.default_shader, *shared.shaders])


def _skin(book: Book, key: str, name: str) -> int:
    return book.plug(
        f"{key}:skin", name, "weapon_skins", kind="Weapon Ornament", sub_type=21, categories=(59, 3124752623), tier=5
    )


def _add(
    book: Book,
    key: str,
    name: str,
    slot: str,
    kind: str,
    element: str,
    tier: int,
    sockets: Sockets,
    dice: random.Random,
    *,
    picture: bool,
) -> int:
    family = KINDS[kind]
    bucket = SLOTS[slot]
    ammo = SPECIAL if kind == "grenade_launcher" and slot != "power" else family.ammo
    if slot == "power" and ammo != HEAVY:
        ammo = HEAVY
    damage_hash, damage, _ = s.DAMAGE[element]
    values = {stat: dice.randint(18, 72) for stat in family.stats}
    values |= {family.rate: dice.choice(family.rates)[0], s.MAGAZINE: dice.randint(15, 60)}
    if s.ZOOM in values:
        values[s.ZOOM] = dice.randint(12, 24)
    categories = (SLOT_CATEGORY[slot], 1, family.category)
    return book.add_item(
        key,
        name,
        family.name,
        tier,
        bucket,
        item_type=WEAPON,
        sub_type=family.sub_type,
        categories=categories,
        description="" if not name else f"Maker's mark worn smooth. {len(name)} notches on the stock.",
        icon=book.picture(key) if picture else "",
        equippable=True,
        sockets=sockets.block(),
        equippingBlock=equipping(bucket, ammo=ammo, label=EXOTIC_WEAPON if tier == 6 else ""),
        stats={
            "disablePrimaryStatDisplay": False,
            "statGroupHash": group_hash(kind),
            "stats": {
                str(stat): {"statHash": stat, "value": value, "minimum": 0, "maximum": 0, "displayMaximum": 0}
                for stat, value in values.items()
            },
            "hasDisplayableStats": True,
            "primaryBaseStatHash": s.S_ATTACK,
        },
        investmentStats=[
            {"statTypeHash": stat, "value": value, "isConditionallyActive": False}
            for stat, value in {s.S_ATTACK: 0, s.S_POWER: 0, **values}.items()
        ],
        quality={
            "itemLevels": [],
            "qualityLevel": 0,
            "infusionCategoryName": "",
            "infusionCategoryHash": 0,
            "infusionCategoryHashes": [],
            "progressionLevelRequirementHash": 0,
            "currentVersion": 0,
            "versions": [{"powerCapHash": s.NO_CAP}],
            "displayVersionWatermarkIcons": [""],
        },
        damageTypeHashes=[damage_hash],
        damageTypes=[damage],
        defaultDamageType=damage,
        defaultDamageTypeHash=damage_hash,
        flavorText="Signed for, never collected." if name else "",
        seasonHash=s.SEASON,
        collectibleHash=hash_of(f"collectible:{key}"),
    )
