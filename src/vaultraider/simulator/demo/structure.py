"""The game's skeleton, by its real numbers: buckets, stats, classes, tiers, elements, slots, categories. Words are plain ones."""

from __future__ import annotations

from typing import Any, NamedTuple

from vaultraider.simulator.demo.hashes import hash_of as hash_of


class Bucket(NamedTuple):
    """``scope`` 0 character, 1 account; ``location`` 0 unknown, 1 inventory, 2 vault, 4 postmaster."""

    hash: int
    name: str
    capacity: int
    category: int = 0
    order: int = 0
    scope: int = 0
    location: int = 1
    transferable: bool = False
    enabled: bool = True
    fifo: bool = False


KINETIC, ENERGY, POWER = 1498876634, 2465295065, 953998645
HELMET, GAUNTLETS, CHEST, LEGS, CLASS_ITEM = 3448274439, 3551918588, 14239492, 20886954, 1585787867
GHOST, VEHICLE, SHIPS = 4023194814, 2025709351, 284967655
SUBCLASS, EMBLEMS, FINISHERS, ARTIFACTS = 3284755031, 4274335291, 3683254069, 1506418338
EMOTES, CLAN_BANNERS, ENGRAMS, QUESTS = 1107761855, 4292445962, 375726501, 1345459588
CONSUMABLES, MODIFICATIONS, GENERAL, MATERIALS = 1469714392, 3313201758, 138197802, 3865314626
POSTMASTER, SPECIAL_ORDERS, MESSAGES = 215593132, 1367666825, 3161908920
GLIMMER, BRIGHT_DUST, SILVER = 2689798308, 2689798311, 2689798310
SHADERS = 2973005342
NAMELESS = 444348033

WEAPON_SLOTS = (KINETIC, ENERGY, POWER)
ARMOR_SLOTS = (HELMET, GAUNTLETS, CHEST, LEGS, CLASS_ITEM)

BUCKETS = (
    Bucket(SUBCLASS, "Subclass", 10, 3, 10),
    Bucket(KINETIC, "Kinetic Weapons", 10, 3, 20, transferable=True),
    Bucket(ENERGY, "Energy Weapons", 10, 3, 30, transferable=True),
    Bucket(POWER, "Power Weapons", 10, 3, 40, transferable=True),
    Bucket(GHOST, "Ghost", 10, 3, 45, transferable=True),
    Bucket(ARTIFACTS, "Artifacts", 4, 3, 46),
    Bucket(HELMET, "Helmet", 10, 3, 50, transferable=True),
    Bucket(GAUNTLETS, "Gauntlets", 10, 3, 60, transferable=True),
    Bucket(CHEST, "Chest Armor", 10, 3, 70, transferable=True),
    Bucket(LEGS, "Leg Armor", 10, 3, 80, transferable=True),
    Bucket(CLASS_ITEM, "Class Armor", 10, 3, 90, transferable=True),
    Bucket(VEHICLE, "Vehicle", 10, 3, 110, transferable=True),
    Bucket(SHIPS, "Ships", 10, 3, 130, transferable=True),
    Bucket(EMBLEMS, "Emblems", 10, 3, 150),
    Bucket(FINISHERS, "Finishers", 10, 3, 160),
    Bucket(EMOTES, "Emotes", 1, enabled=False),
    Bucket(CLAN_BANNERS, "Clan Banners", 1, enabled=False),
    Bucket(QUESTS, "Quests", 63, enabled=False),
    Bucket(ENGRAMS, "Engrams", 10, 1, 40),
    Bucket(MATERIALS, "Materials", 0, 1, 10),
    Bucket(MODIFICATIONS, "Modifications", 50, 1, 20, 1, 0, True),
    Bucket(CONSUMABLES, "Consumables", 50, 1, 30, 1, 0, True),
    Bucket(GENERAL, "General", 1000, 1, 30, 1, 2),
    Bucket(POSTMASTER, "Lost Items", 21, location=4, fifo=True),
    Bucket(SPECIAL_ORDERS, "Special Orders", 20, scope=1, location=4),
    Bucket(MESSAGES, "Messages", 20, location=4, fifo=True),
    Bucket(GLIMMER, "Glimmer", 1, 2, 10, 1, 0),
    Bucket(BRIGHT_DUST, "Bright Dust", 1, 2, 60, 1, 0),
    Bucket(SILVER, "Silver", 1, 0, 40, 1, 0, enabled=False),
    Bucket(SHADERS, "Shaders", 50, scope=1, location=0, enabled=False),
    Bucket(NAMELESS, "", 1, enabled=False),
)
VAULTABLE = tuple(bucket.hash for bucket in BUCKETS if bucket.transferable)
EQUIP_SLOTS = (SUBCLASS, *WEAPON_SLOTS, GHOST, ARTIFACTS, *ARMOR_SLOTS, VEHICLE, SHIPS, EMBLEMS, FINISHERS, EMOTES, CLAN_BANNERS)

VAULT_VENDOR, XUR, XUR_OFFERS = 1037843411, 2190858386, 3751514131

# Stats.
S_POWER, S_DEFENSE, S_ATTACK, S_FOUND = 1935470627, 3897883278, 1480404414, 1885944937
S_HEALTH, S_MELEE, S_GRENADE, S_SUPER, S_CLASS, S_WEAPONS = (
    392767087,
    4244567218,
    1735777505,
    144602215,
    1943323491,
    2996146975,
)
ARMOR_STATS = (S_WEAPONS, S_HEALTH, S_CLASS, S_GRENADE, S_SUPER, S_MELEE)
RPM, IMPACT, RANGE, ACCURACY, CHARGE_TIME, VELOCITY = 4284893193, 4043523819, 1240592695, 1591432999, 2961396640, 2523465841
BLAST, STABILITY, MAGAZINE, AMMO_GEN, HANDLING, RELOAD = 3614673599, 155624089, 3871231066, 1931675084, 943549884, 4188031367
AIM, RECOIL, ZOOM, SWING, GUARD_RES, GUARD_EFF = 1345609583, 2715839340, 3555269338, 2837207746, 209426660, 2762071195
AMMO_CAP, GUARD_END, SHIELD, AIRBORNE, CHARGE_RATE, DRAW_TIME = (
    925767036,
    3736848092,
    1842278586,
    2714457168,
    3022301683,
    447667954,
)
SPEED, BOOST, DURABILITY, MOD_COST, ANY_COST = 1501155019, 3017642079, 360359141, 514071887, 3578062600

STATS: tuple[tuple[int, str, int, int], ...] = (
    # hash, name, aggregationType, statCategory
    (S_POWER, "Power", 0, 3),
    (S_DEFENSE, "Defense", 2, 3),
    (S_HEALTH, "Health", 1, 2),
    (S_MELEE, "Melee", 1, 2),
    (S_GRENADE, "Grenade", 1, 2),
    (S_SUPER, "Super", 1, 2),
    (S_CLASS, "Class", 1, 2),
    (S_WEAPONS, "Weapons", 1, 2),
    (S_FOUND, "", 0, 3),
    (DURABILITY, "Durability", 2, 1),
    (SPEED, "Speed", 2, 0),
    (BOOST, "Boost", 2, 1),
    (S_ATTACK, "Attack", 1, 3),
    (RPM, "Rounds Per Minute", 2, 1),
    (IMPACT, "Impact", 2, 1),
    (RANGE, "Range", 2, 1),
    (ACCURACY, "Accuracy", 2, 1),
    (CHARGE_TIME, "Charge Time", 2, 1),
    (CHARGE_RATE, "Charge Rate", 2, 1),
    (VELOCITY, "Velocity", 2, 1),
    (BLAST, "Blast Radius", 2, 1),
    (STABILITY, "Stability", 2, 1),
    (MAGAZINE, "Magazine", 2, 1),
    (AMMO_GEN, "Ammo Generation", 2, 1),
    (HANDLING, "Handling", 2, 1),
    (RELOAD, "Reload Speed", 2, 1),
    (AIM, "Aim Assistance", 2, 1),
    (RECOIL, "Recoil Direction", 2, 1),
    (ZOOM, "Zoom", 1, 1),
    (SWING, "Swing Speed", 1, 1),
    (GUARD_RES, "Guard Resistance", 1, 1),
    (GUARD_EFF, "Guard Efficiency", 1, 1),
    (AMMO_CAP, "Ammo Capacity", 1, 1),
    (GUARD_END, "Guard Endurance", 1, 1),
    (SHIELD, "Shield Duration", 1, 1),
    (AIRBORNE, "Airborne Effectiveness", 2, 1),
    (DRAW_TIME, "Draw Time", 2, 1),
    (ANY_COST, "Any Energy Type Cost", 2, 0),
    (MOD_COST, "Mod Cost", 2, 0),
)

TITAN, HUNTER, WARLOCK, ANY_CLASS = 0, 1, 2, 3
CLASSES = ((3655393761, "Titan", TITAN), (671679327, "Hunter", HUNTER), (2271682572, "Warlock", WARLOCK))
RACES = ((3887404748, "Human", 0), (2803282938, "Awoken", 1), (898834093, "Exo", 2))
GENDERS = ((3111576190, "Body Type 1", 0), (2204441813, "Body Type 2", 1))
TIERS = {
    2: (2395677314, "Common"),
    3: (2395677314, "Common"),
    4: (2127292149, "Rare"),
    5: (4008398120, "Legendary"),
    6: (2759499571, "Exotic"),
}
"""tierType to (hash, name)."""
DAMAGE = {
    "kinetic": (3373582085, 1, "Kinetic"),
    "arc": (2303181850, 2, "Arc"),
    "solar": (1847026933, 3, "Solar"),
    "void": (3454344768, 4, "Void"),
    "stasis": (151347233, 6, "Stasis"),
    "strand": (3949783978, 7, "Strand"),
}
ENERGY_TYPES = (
    (1198124803, "Any", 0),
    (728351493, "Arc", 1),
    (591714140, "Solar", 2),
    (4069572561, "Void", 3),
    (3340383460, "Ghost", 4),
    (3440230265, "Subclass", 5),
    (1819698290, "Stasis", 6),
)
ANY_ENERGY, GHOST_ENERGY = 1198124803, 3340383460
POWER_CAPS = ((2759499571, 999990), (2471437758, 1010))
NO_CAP = 2759499571

# Socket categories.
C_INTRINSIC, C_WEAPON_PERKS, C_WEAPON_MODS, C_WEAPON_COSMETICS = 3956125808, 4241085061, 2685412949, 2048875504
C_ARMOR_TIER, C_ARMOR_MODS, C_ARMOR_COSMETICS, C_ARMOR_PERKS = 760375309, 590099826, 1926152773, 3154740035
C_GHOST_PERKS, C_GHOST_MODS, C_VEHICLE_PERKS, C_VEHICLE_MODS, C_EMBLEM = 3301318876, 3886482628, 2278110604, 4243480345, 279738248
C_SUPER, C_ABILITIES, C_ASPECTS, C_FRAGMENTS = 457473665, 309722977, 2140934067, 1313488945
SOCKET_CATEGORIES = (
    (C_INTRINSIC, "Intrinsic Traits", 6),
    (C_WEAPON_PERKS, "Weapon Perks", 1),
    (C_WEAPON_MODS, "Weapon Mods", 2),
    (C_WEAPON_COSMETICS, "Weapon Cosmetics", 2),
    (C_ARMOR_TIER, "Armor Tier", 5),
    (C_ARMOR_MODS, "Armor Mods", 2),
    (C_ARMOR_COSMETICS, "Armor Cosmetics", 2),
    (C_ARMOR_PERKS, "Armor Perks", 6),
    (C_GHOST_PERKS, "Ghost Shell Perks", 3),
    (C_GHOST_MODS, "Ghost Mods", 2),
    (C_VEHICLE_PERKS, "Vehicle Perks", 3),
    (C_VEHICLE_MODS, "Vehicle Mods", 2),
    (C_EMBLEM, "Emblem Customization", 2),
    (C_SUPER, "Super", 8),
    (C_ABILITIES, "Abilities", 7),
    (C_ASPECTS, "Aspects", 7),
    (C_FRAGMENTS, "Fragments", 7),
)

ITEM_CATEGORIES = (
    (1, "Weapon"),
    (2, "Kinetic Weapon"),
    (3, "Energy Weapon"),
    (4, "Power Weapon"),
    (5, "Auto Rifle"),
    (6, "Hand Cannon"),
    (7, "Pulse Rifle"),
    (8, "Scout Rifle"),
    (9, "Fusion Rifle"),
    (10, "Sniper Rifle"),
    (11, "Shotgun"),
    (12, "Machine Gun"),
    (13, "Rocket Launcher"),
    (14, "Sidearm"),
    (16, "Quest Step"),
    (18, "Currencies"),
    (19, "Emblems"),
    (20, "Armor"),
    (21, "Warlock"),
    (22, "Titan"),
    (23, "Hunter"),
    (34, "Engrams"),
    (35, "Consumables"),
    (39, "Ghosts"),
    (40, "Materials"),
    (41, "Shaders"),
    (42, "Ships"),
    (43, "Vehicles"),
    (44, "Emotes"),
    (45, "Helmets"),
    (46, "Arms"),
    (47, "Chest"),
    (48, "Legs"),
    (49, "Class Items"),
    (50, "Subclasses"),
    (52, "Inventory"),
    (53, "Quests"),
    (54, "Swords"),
    (58, "Clan Banners"),
    (59, "Mods"),
    (153950757, "Grenade Launchers"),
    (1504945536, "Linear Fusion Rifles"),
    (2489664120, "Trace Rifles"),
    (3954685534, "Submachine Guns"),
    (3317538576, "Bows"),
    (3871742104, "Glaives"),
    (1112488720, "Finishers"),
    (1378222069, "Seasonal Artifacts"),
    (1784235469, "Bounties"),
    (610365472, "Weapon Mods"),
    (4104513227, "Armor Mods"),
    (1742617626, "Armor Ornaments"),
    (3124752623, "Weapon Ornaments"),
    (1449602859, "Ghost Mods"),
    (3109687656, "Dummies"),
)


def display(name: str, description: str = "", icon: str = "") -> dict[str, Any]:
    """``displayProperties``. Without a picture there is no ``icon`` and ``hasIcon`` is false."""
    found: dict[str, Any] = {"description": description, "name": name, "hasIcon": bool(icon)}
    if icon:
        found["icon"] = icon
    return found


def row(hash: int, index: int, **fields: Any) -> dict[str, Any]:
    return {**fields, "hash": hash, "index": index, "redacted": False, "blacklisted": False}


SEASON = hash_of("season:current")
PAST_SEASON = hash_of("season:past")
