"""Hashes that the rules name, each with what it is called in the manifest (tables of 2025 and 2026).

Only what cannot be read from the data is here: capacities, names, stat curves and accepted buckets come from the definitions.
"""

from __future__ import annotations

# DestinyInventoryBucketDefinition
KINETIC = 1498876634
ENERGY = 2465295065
POWER = 953998645
HELMET = 3448274439
GAUNTLETS = 3551918588
CHEST = 14239492
LEGS = 20886954
CLASS_ITEM = 1585787867
GHOST = 4023194814
VEHICLE = 2025709351
SHIP = 284967655
SUBCLASS = 3284755031
EMBLEM = 4274335291
EMOTE = 1107761855
FINISHER = 3683254069
ARTIFACT = 1506418338
CLAN_BANNER = 4292445962
ENGRAMS = 375726501
QUESTS = 1345459588
CONSUMABLES = 1469714392
MODIFICATIONS = 3313201758
MATERIALS = 3865314626
VAULT = 138197802
"""Named "General"."""
POSTMASTER = 215593132
"""Named "Lost Items"."""
SPECIAL_ORDERS = 1367666825
MESSAGES = 3161908920

# DestinyStatDefinition
ATTACK = 1480404414
DEFENSE = 3897883278
LIGHT = 1935470627
"""Named "Power"."""
MAGAZINE = 3871231066
CHARGE_TIME = 2961396640
DRAW_TIME = 447667954
ROUNDS_PER_MINUTE = 4284893193
RECOIL_DIRECTION = 2715839340
WEAPONS_STAT = 2996146975
HEALTH = 392767087
CLASS_STAT = 1943323491
GRENADE = 1735777505
SUPER = 144602215
MELEE = 4244567218
"""The six armour stats of Armor 3.0 wear the hashes of Mobility, Resilience, Recovery, Discipline, Intellect and Strength."""
TOTAL = -1000
"""Ours: the sum of the six. Bungie has no hash for it."""

# Plugs and their categories (DestinyInventoryItemDefinition.plug.plugCategoryHash)
INTRINSICS = 1744546145
ARMOR_STATS = "armor_stats"
"""An identifier, not a hash: the Armor 3.0 plugs that carry a piece's base stats."""
ARMOR_3_MASTERWORKS = "v460.plugs.armor.masterworks"
WEAPON_ENHANCERS = "crafting.plugs.weapons.mods.enhancers"
WEAPON_MASTERWORKS = "v400.plugs.weapons.masterworks"
BALANCED_TUNING = 3122197216
ELEMENTAL_CAPACITORS = frozenset({3511092054, 711234314})
CLASS_FRAGMENTS = frozenset({2272984671, 1727069360})
"""Echo of Persistence, Spark of Focus: they lower the stat of the wearer's class only."""
BIPOD = 2282937672
EXOTIC_CATALYST = "item.exotic_catalyst"
"""In ``traitIds``."""

# DestinySocketCategoryDefinition
COSMETIC_CATEGORIES = frozenset({2048875504, 1926152773, 2549160099})
"""Weapon, armour and ghost cosmetics: what is in there never changes a stat."""

WEAPON_BUCKETS = (KINETIC, ENERGY, POWER)
ARMOR_BUCKETS = (HELMET, GAUNTLETS, CHEST, LEGS, CLASS_ITEM)
GEAR_BUCKETS = WEAPON_BUCKETS + ARMOR_BUCKETS
POSTMASTER_BUCKETS = frozenset({POSTMASTER, SPECIAL_ORDERS, MESSAGES})
ARMOR_STAT_HASHES = (WEAPONS_STAT, HEALTH, CLASS_STAT, GRENADE, SUPER, MELEE)
POWER_STATS = frozenset({ATTACK, DEFENSE, LIGHT})
