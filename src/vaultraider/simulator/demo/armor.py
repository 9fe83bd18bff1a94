"""Armour definitions: sets of 3.0 with archetypes and tuning, sets of 2.0 with four rolled plugs, and exotics."""

from __future__ import annotations

import random
from typing import NamedTuple

from vaultraider.simulator.demo import names
from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.demo.book import Book, Row, Sockets, equipping
from vaultraider.simulator.demo.hashes import hash_of
from vaultraider.simulator.demo.plugs import MOD_SLOTS, Shared

SUB_TYPES = (26, 27, 28, 29, 30)
PIECE_CATEGORY = (45, 46, 47, 48, 49)
CLASS_CATEGORY = {s.TITAN: 22, s.HUNTER: 23, s.WARLOCK: 21}
KIND_NAMES = ("Helmet", "Gauntlets", "Chest Armor", "Leg Armor")
CLASS_ITEM_NAMES = {s.TITAN: "Titan Mark", s.HUNTER: "Hunter Cloak", s.WARLOCK: "Warlock Bond"}
EXOTIC_ARMOR = "exotic_armor"
STAT_GROUP = hash_of("statgroup:armor")


class Armor(NamedTuple):
    """A piece of armour as the demo owns copies of it. ``old``: armour 2.0."""

    hash: int
    slot: int
    piece: int
    class_type: int
    tier: int
    old: bool
    perk: int
    ornaments: list[int]


# Socket places: 0 general mod, 1 to 3 mods of the piece, 4 masterwork, 5 shader, 6 ornament;
# 3.0: 7 to 9 rolled stats, 10 archetype, 11 tuning; 2.0: 7 to 10 rolled stats. Exotics: one place more, their perk.
MASTERWORK, SHADER, ORNAMENT, STATS = 4, 5, 6, 7
ARCHETYPE, TUNING = 10, 11


def add_armor(book: Book, shared: Shared) -> list[Armor]:
    points = [{"value": value, "weight": value} for value in (-100, 0, 100)]
    book.add(
        "DestinyStatGroupDefinition",
        STAT_GROUP,
        maximumValue=100,
        uiPosition=0,
        scaledStats=[
            {"statHash": stat, "maximumValue": 100, "displayAsNumeric": False, "displayInterpolation": points}
            for stat in s.ARMOR_STATS
        ],
        overrides={},
    )
    found = []
    for class_type, sets in names.SETS.items():
        for name in sets:
            bonus = _set_bonus(book, name)
            for piece, noun in enumerate(names.PIECES[class_type]):
                found.append(_piece(book, shared, f"{name} {noun}", class_type, piece, 5, bonus, old=name in names.OLD_SETS))
    for class_type, piece, name in names.EXOTIC_ARMOR:
        found.append(_piece(book, shared, name, class_type, piece, 6, 0, old=False))
    for class_type in names.PIECES:
        for piece, noun in enumerate(names.PIECES[class_type][:4]):
            found.append(_piece(book, shared, f"Hand-Me-Down {noun}", class_type, piece, 4, 0, old=True))
    return found


def _set_bonus(book: Book, name: str) -> int:
    hash = hash_of(f"set:{name}")
    if hash in book.tables.get("DestinyEquipableItemSetDefinition", {}):
        return hash
    perks = [book.perk(f"{name}, {count} pieces", f"Wear {count} pieces of {name}: it shows.") for count in (2, 4)]
    book.add(
        "DestinyEquipableItemSetDefinition",
        hash,
        displayProperties=s.display(name),
        setItems=[],
        setPerks=[{"requiredSetCount": count, "sandboxPerkHash": perk} for count, perk in zip((2, 4), perks, strict=True)],
    )
    return hash


def _piece(book: Book, shared: Shared, name: str, class_type: int, piece: int, tier: int, bonus: int, *, old: bool) -> Armor:
    key = f"armor:{class_type}:{piece}:{name}"
    dice = random.Random(key)
    slot = s.ARMOR_SLOTS[piece]
    kind = CLASS_ITEM_NAMES[class_type] if piece == 4 else KIND_NAMES[piece]
    perk = 0
    if tier == 6:
        perk = book.plug(
            f"{key}:intrinsic", f"Secret of {name}", "intrinsics", kind="Intrinsic", tier=6, description="Why one wears it."
        )
    skins = []
    if tier >= 5 and dice.random() < 0.35:
        skins = [
            book.plug(
                f"{key}:skin",
                f"{name} Ornament",
                "armor_skins",
                kind="Armor Ornament",
                sub_type=21,
                categories=(59, 1742617626),
            )
        ]
    sockets = _sockets(book, shared, piece, perk, skins, old=old)
    label = EXOTIC_ARMOR if tier == 6 else ""
    fields: Row = {}
    if tier >= 5:
        fields["collectibleHash"] = hash_of(f"collectible:{key}")
    hash = book.add_item(
        key,
        name,
        kind,
        tier,
        slot,
        item_type=2,
        sub_type=SUB_TYPES[piece],
        categories=(CLASS_CATEGORY[class_type], PIECE_CATEGORY[piece], 20),
        description="Cut for somebody who left it behind.",
        icon=book.picture(key) if dice.random() < 0.02 else "",
        class_type=class_type,
        equippable=True,
        sockets=sockets.block(),
        equippingBlock=equipping(slot, label=label, set_hash=bonus),
        stats={
            "disablePrimaryStatDisplay": False,
            "statGroupHash": STAT_GROUP,
            "stats": {
                str(stat): {"statHash": stat, "value": 0, "minimum": 0, "maximum": 0, "displayMaximum": 0}
                for stat in s.ARMOR_STATS
            },
            "hasDisplayableStats": True,
            "primaryBaseStatHash": s.S_DEFENSE,
        },
        investmentStats=[
            {"statTypeHash": stat, "value": 0, "isConditionallyActive": False} for stat in (s.S_DEFENSE, s.S_POWER, s.S_FOUND)
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
        seasonHash=s.PAST_SEASON if old else s.SEASON,
        **fields,
    )
    if bonus:
        book.tables["DestinyEquipableItemSetDefinition"][bonus]["setItems"].append(hash)
    return Armor(hash, slot, piece, class_type, tier, old, perk, skins)


def _sockets(book: Book, shared: Shared, piece: int, perk: int, skins: list[int], *, old: bool) -> Sockets:
    sockets = Sockets(book)
    empty = shared.empty_armor_mod
    general = book.plug_set("armor-general", [empty, *shared.armor_mods["enhancements.v2_general"]])
    sockets.add("armor-general", initial=empty, reusable=general)
    slot = MOD_SLOTS[piece]
    own = book.plug_set(slot, [empty, *shared.armor_mods[slot]])
    for _ in range(3):
        sockets.add(f"armor-mod:{slot}", initial=empty, reusable=own)
    if old:
        steps = shared.old_armor_masterworks
        sockets.add("armor-masterwork-old", initial=steps[0], reusable=book.plug_set("armor-masterworks-old", steps))
    else:
        steps = shared.armor_masterworks
        sockets.add("armor-masterwork", initial=steps[0], reusable=book.plug_set("armor-masterworks", steps))
    sockets.add(
        "armor-shader",
        initial=shared.default_shader,
        reusable=book.plug_set("shaders", [shared.default_shader, *shared.shaders]),
    )
    sockets.add("armor-ornament", plugs=skins)
    rolls = book.plug_set("armor-stats", list(shared.stat_rolls.values()))
    for _ in range(4 if old else 3):
        sockets.add("armor-stat", random=rolls, visible=False)
    if not old:
        sockets.add("archetype", random=book.plug_set("archetypes", shared.archetypes))
        sockets.add("tuning", random=book.plug_set("tunings", shared.tunings))
    if perk:
        sockets.add("armor-perk", initial=perk, plugs=[perk])
    return sockets
