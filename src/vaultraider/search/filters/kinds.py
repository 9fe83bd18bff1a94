"""What an item is: its type and its slot."""

from __future__ import annotations

from vaultraider.domain import hashes
from vaultraider.search.filters._filter import Filter, Test
from vaultraider.search.filters._making import by_word, of_item
from vaultraider.search.items import SearchItem

ACCESSORIES = 687325600
"""DestinyInventoryBucketDefinition; what was once kept there has gone."""

WEAPON_WORDS = {
    "autorifle": "auto_rifle",
    "handcannon": "hand_cannon",
    "pulserifle": "pulse_rifle",
    "scoutrifle": "scout_rifle",
    "fusionrifle": "fusion_rifle",
    "sniperrifle": "sniper_rifle",
    "shotgun": "shotgun",
    "machinegun": "machine_gun",
    "lmg": "machine_gun",
    "rocketlauncher": "rocket_launcher",
    "sidearm": "sidearm",
    "sword": "sword",
    "tracerifle": "trace_rifle",
    "linearfusionrifle": "linear_fusion",
    "lfr": "linear_fusion",
    "submachine": "submachine_gun",
    "smg": "submachine_gun",
    "bow": "bow",
    "glaive": "glaive",
    "grenadelauncher": "grenade_launcher",
}
CATEGORY_WORDS = {"transmat": 208981632, "weaponmod": 610365472, "armormod": 4104513227, "reptoken": 2088636411}
"""DestinyItemCategoryDefinition."""

SLOT_WORDS = {
    "kineticslot": hashes.KINETIC,
    "energy": hashes.ENERGY,
    "power": hashes.POWER,
    "helmet": hashes.HELMET,
    "gauntlets": hashes.GAUNTLETS,
    "chest": hashes.CHEST,
    "leg": hashes.LEGS,
    "classitem": hashes.CLASS_ITEM,
    "subclass": hashes.SUBCLASS,
    "seasonalartifacts": hashes.ARTIFACT,
    "ghost": hashes.GHOST,
    "emblems": hashes.EMBLEM,
    "ships": hashes.SHIP,
    "vehicle": hashes.VEHICLE,
    "emotes": hashes.EMOTE,
    "finishers": hashes.FINISHER,
    "accessories": ACCESSORIES,
    "consumables": hashes.CONSUMABLES,
    "modifications": hashes.MODIFICATIONS,
    "engrams": hashes.ENGRAMS,
}
WAITING_WORDS = {"lostitems": hashes.POSTMASTER, "messages": hashes.MESSAGES, "specialorders": hashes.SPECIAL_ORDERS}
"""Where something lies, rather than where it belongs."""


def _of_kind(kind: str) -> Test:
    return lambda item: item.blueprint.kind == kind


def _of_category(category: int) -> Test:
    return lambda item: item.definition is not None and category in item.definition.categories


def _of_slot(bucket: int) -> Test:
    return lambda item: item.bucket == bucket


def _waiting_in(bucket: int) -> Test:
    return lambda item: item.entry.data.bucket_hash == bucket


def _launches(item: SearchItem) -> bool:
    return item.blueprint.kind == "grenade_launcher"


_TYPES: dict[str, Test] = (
    {word: _of_kind(kind) for word, kind in WEAPON_WORDS.items()}
    | {word: _of_category(category) for word, category in CATEGORY_WORDS.items()}
    | {
        "heavygrenadelauncher": lambda item: _launches(item) and item.blueprint.ammo == "heavy",
        "specialgrenadelauncher": lambda item: _launches(item) and item.blueprint.ammo == "special",
    }
)
_SLOTS: dict[str, Test] = {word: _of_slot(bucket) for word, bucket in SLOT_WORDS.items()} | {
    word: _waiting_in(bucket) for word, bucket in WAITING_WORDS.items()
}


FILTERS = (
    Filter(
        keywords=("weapon",),
        make=of_item(lambda item: item.blueprint.is_weapon),
        help="Weapons.",
        example="is:weapon is:exotic",
    ),
    Filter(
        keywords=("armor",),
        make=of_item(lambda item: item.blueprint.is_armor),
        help="Armour: helmets, gauntlets, chest and leg armour, class items.",
        example="is:armor is:exotic",
    ),
    Filter(
        keywords=("equipment", "equippable"),
        make=of_item(lambda item: item.definition is not None and item.definition.equippable),
        help="Everything that a guardian can put on or use: gear, ghosts, ships, emblems and the like.",
        example="is:equipment -is:weapon -is:armor",
    ),
    Filter(
        keywords=tuple(_TYPES),
        make=by_word(_TYPES),
        help="Items of this type, from auto rifles to mods and emblems. Fusion rifles are without the linear ones.",
        example="is:handcannon",
    ),
    Filter(
        keywords=tuple(_SLOTS),
        make=by_word(_SLOTS),
        help="Items of this slot. “lostitems”, “messages” and “specialorders” are parts of the postmaster.",
        example="is:helmet",
    ),
)
