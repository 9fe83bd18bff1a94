"""Items: what Bungie's numbers mean (type, tier, element, class, flags), and whether an item can move."""

from __future__ import annotations

import msgspec

from vaultraider.domain import hashes
from vaultraider.domain.definitions import ItemDefinition
from vaultraider.domain.profile_parts import Ammo, Element, GuardianClass, Kind, Place, Stuck, Tier

LOCKED, TRACKED, MASTERWORK, CRAFTED, HIGHLIGHTED = 1, 2, 4, 8, 16
"""``state``; what is highlighted is an objective: of a weapon, that its pattern can be extracted."""

EQUIPPED_STATUS, NOT_TRANSFERRABLE_STATUS = 1, 2
"""``transferStatus``; an equipped subclass or emblem carries both."""

TIERS: dict[int, Tier] = {1: "common", 2: "common", 3: "uncommon", 4: "rare", 5: "legendary", 6: "exotic"}
"""DestinyTierType: its "Basic" is the white of the game, its "Common" the green."""
CLASSES: dict[int, GuardianClass] = {0: "titan", 1: "hunter", 2: "warlock"}
ELEMENTS: dict[int, Element] = {1: "kinetic", 2: "arc", 3: "solar", 4: "void", 6: "stasis", 7: "strand"}
AMMO: dict[int, Ammo] = {1: "primary", 2: "special", 3: "heavy"}

WEAPON_KINDS: dict[int, Kind] = {
    6: "auto_rifle", 7: "shotgun", 8: "machine_gun", 9: "hand_cannon", 10: "rocket_launcher", 11: "fusion_rifle",
    12: "sniper_rifle", 13: "pulse_rifle", 14: "scout_rifle", 17: "sidearm", 18: "sword", 22: "linear_fusion",
    23: "grenade_launcher", 24: "submachine_gun", 25: "trace_rifle", 31: "bow", 33: "glaive",
}  # fmt: skip
"""DestinyItemSubType."""
ARMOR_KINDS: dict[int, Kind] = {26: "helmet", 27: "gauntlets", 28: "chest", 29: "legs", 30: "class_item"}
TYPE_KINDS: dict[int, Kind] = {
    1: "material", 8: "engram", 9: "consumable", 10: "material", 12: "quest", 13: "quest", 14: "emblem", 15: "quest",
    16: "subclass", 19: "mod", 21: "ship", 22: "sparrow", 24: "ghost", 26: "quest",
}  # fmt: skip
"""DestinyItemType."""
BUCKET_KINDS: dict[int, Kind] = {
    hashes.HELMET: "helmet",
    hashes.GAUNTLETS: "gauntlets",
    hashes.CHEST: "chest",
    hashes.LEGS: "legs",
    hashes.CLASS_ITEM: "class_item",
    hashes.GHOST: "ghost",
    hashes.VEHICLE: "sparrow",
    hashes.SHIP: "ship",
    hashes.EMBLEM: "emblem",
    hashes.SUBCLASS: "subclass",
    hashes.ENGRAMS: "engram",
    hashes.QUESTS: "quest",
    hashes.MATERIALS: "material",
    hashes.CONSUMABLES: "consumable",
    hashes.MODIFICATIONS: "mod",
}
CATEGORY_KINDS: dict[int, Kind] = {
    5: "auto_rifle", 6: "hand_cannon", 7: "pulse_rifle", 8: "scout_rifle", 1504945536: "linear_fusion", 9: "fusion_rifle",
    10: "sniper_rifle", 11: "shotgun", 12: "machine_gun", 13: "rocket_launcher", 14: "sidearm", 54: "sword",
    153950757: "grenade_launcher", 2489664120: "trace_rifle", 3317538576: "bow", 3871742104: "glaive",
    3954685534: "submachine_gun", 41: "shader", 34: "engram", 40: "material", 35: "consumable",
}  # fmt: skip
"""DestinyItemCategoryDefinition; the narrower stands first (linear fusion rifles are fusion rifles too)."""
NAME_KINDS: tuple[tuple[str, Kind], ...] = (
    ("linear fusion rifle", "linear_fusion"), ("fusion rifle", "fusion_rifle"), ("auto rifle", "auto_rifle"),
    ("scout rifle", "scout_rifle"), ("pulse rifle", "pulse_rifle"), ("submachine gun", "submachine_gun"), ("sidearm", "sidearm"),
    ("hand cannon", "hand_cannon"), ("combat bow", "bow"), ("shotgun", "shotgun"), ("sniper rifle", "sniper_rifle"),
    ("trace rifle", "trace_rifle"), ("grenade launcher", "grenade_launcher"), ("rocket launcher", "rocket_launcher"),
    ("machine gun", "machine_gun"), ("sword", "sword"), ("glaive", "glaive"), ("shader", "shader"), ("engram", "engram"),
    ("material", "material"), ("bounty", "quest"), ("quest", "quest"),
)  # fmt: skip
"""Last resort, for rows that carry little but a type's name; it works in English only."""
SHADER_SUB_TYPE = 20
CLASSIFIED_NAME = "Classified"
UNNAMED = "Unnamed item"
CLASSIFIED_HASH = 1826822442
"""What Destiny's first years sent in place of what they hid."""


class PrimaryStat(msgspec.Struct, rename="camel", gc=False):
    stat_hash: int = 0
    value: int = 0


class Energy(msgspec.Struct, rename="camel", gc=False):
    energy_capacity: int = 0
    energy_used: int = 0


class ItemData(msgspec.Struct, rename="camel", gc=False):
    """DestinyItemComponent. ``bucket_hash`` is where it is now. A stack has no instance id."""

    item_hash: int = 0
    item_instance_id: str = ""
    quantity: int = 1
    location: int = 0
    bucket_hash: int = 0
    transfer_status: int = 0
    lockable: bool = False
    state: int = 0
    version_number: int = 0
    override_style_item_hash: int = 0
    expiration_date: str = ""


class InstanceData(msgspec.Struct, rename="camel", gc=False):
    """DestinyItemInstanceComponent."""

    damage_type: int = 0
    primary_stat: PrimaryStat | None = None
    item_level: int = 0
    quality: int = 0
    energy: Energy | None = None
    gear_tier: int | None = None
    can_equip: bool | None = None
    cannot_equip_reason: int = 0
    """Flags: 1 cannot be worn, 2 another of its kind is worn (exotics), 4 not unlocked, 8 level too low, 16 wrapped, 32 not
    loaded, 64 switched off, 128 against the activity's rules."""
    equip_required_level: int = 0


NO_INSTANCE = InstanceData()


def kind_of(item: ItemDefinition) -> Kind:
    """The silhouette to draw: by type, else by slot, category, and at last by the type's name."""
    if item.item_type == 3 and item.item_sub_type in WEAPON_KINDS:
        return WEAPON_KINDS[item.item_sub_type]
    if item.item_type == 2 and item.item_sub_type in ARMOR_KINDS:
        return ARMOR_KINDS[item.item_sub_type]
    if item.item_sub_type == SHADER_SUB_TYPE:
        return "shader"
    if item.item_type in TYPE_KINDS:
        return TYPE_KINDS[item.item_type]
    found = next((kind for category, kind in CATEGORY_KINDS.items() if category in item.categories), None)
    if found is None and item.bucket not in hashes.ARMOR_BUCKETS:
        type_name = item.type_name.lower()
        found = next((kind for words, kind in NAME_KINDS if words in type_name), None)
    return found or BUCKET_KINDS.get(item.bucket, "unknown")


def missing_name(hash: int) -> str:
    """What an item is called whose definition is missing; the hash tells two of them apart."""
    return f"Unknown item ({hash})"


def name_of(item: ItemDefinition) -> str:
    """Never empty: classified and unnamed ones say so."""
    return item.name.strip() or (CLASSIFIED_NAME if is_classified(item) else UNNAMED)


def is_classified(item: ItemDefinition) -> bool:
    return item.redacted or item.hash == CLASSIFIED_HASH


def power_of(instance: InstanceData, item: ItemDefinition | None) -> int:
    """0 for none. Engrams and hidden items have no primary stat: theirs is in level and quality."""
    stat = instance.primary_stat
    if stat is not None and stat.stat_hash in hashes.POWER_STATS:
        return max(stat.value, 0)
    if item is not None and (item.item_type == 8 or item.bucket == hashes.ENGRAMS or is_classified(item)):
        return max(instance.item_level * 10 + instance.quality, 0)
    return 0


def stuck_reason(data: ItemData, place: Place, item: ItemDefinition | None, vaulted: frozenset[int]) -> Stuck | None:
    """Why an item cannot be transferred as it is, or None. ``vaulted``: the slots whose items the vault takes.

    An item without a definition is judged by its copy alone: it can be moved like any other.
    """
    if place == "postmaster":
        if data.bucket_hash != hashes.POSTMASTER:
            return "not-transferrable"
        return "pull-side-effects" if item is not None and item.pull_has_side_effects else None
    if data.transfer_status & NOT_TRANSFERRABLE_STATUS or (item is not None and item.non_transferrable):
        return "not-transferrable"
    if data.transfer_status & EQUIPPED_STATUS or place == "equipped":
        return "equipped"
    if place != "vault" and item is not None and item.bucket and item.bucket not in vaulted:
        return "no-vault-slot"
    return None


STUCK_SENTENCES: dict[Stuck, str] = {
    "equipped": "It is equipped. Equip something else in its slot first.",
    "not-transferrable": "The game does not let this item be moved.",
    "no-vault-slot": "The vault has no place for items of this slot.",
    "pull-side-effects": "Taking it from the postmaster would do something else as well. Collect it in the game.",
}
"""What to tell the player."""
