"""Plugs, plug sets and socket types that many items share."""

from __future__ import annotations

from itertools import permutations
from typing import NamedTuple

from vaultraider.simulator.demo import names
from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.demo.book import STAT_WORDS, Book, changes
from vaultraider.simulator.demo.hashes import hash_of

MASTERWORK_PREFIX = "v400.plugs.weapons.masterworks.stat."
ARMOR_MASTERWORK = "v460.plugs.armor.masterworks"
OLD_ARMOR_MASTERWORK = "v400.plugs.armor.masterworks"
TRACKER = "v400.plugs.weapons.masterworks.trackers"
TUNING = "core.gear_systems.armor_tiering.plugs.tuning.mods"
LEVEL = "crafting.plugs.weapons.mods.transfusers.level"
CATALYST = "exotic_weapon_masterwork_upgrade"
EMPTY_CATALYST = "v400.empty.exotic.masterwork"
BALANCED_TUNING = 3122197216
CATALYST_TRAIT = "item.exotic_catalyst"
MOD_SLOTS = (
    "enhancements.v2_head",
    "enhancements.v2_arms",
    "enhancements.v2_chest",
    "enhancements.v2_legs",
    "enhancements.v2_class_item",
)
ENHANCED = " (enhanced)"
UI_STYLES = {"crafting_weapon_level": 2, "crafting_weapon_level_progress": 3, "crafting_weapon_timestamp": 4}
"""DestinyObjectiveUiStyle by label: how programs know an objective that has no name of its own."""


class Shared(NamedTuple):
    """Plugs by what they are for. Lists keep the order in which items offer them."""

    frames: list[int]
    barrels: list[int]
    magazines: list[int]
    traits: list[int]
    enhanced: dict[int, int]
    origins: list[int]
    weapon_mods: list[int]
    empty_mod: int
    masterworks: dict[str, list[int]]
    trackers: list[int]
    shaders: list[int]
    default_shader: int
    level: int
    armor_mods: dict[str, list[int]]
    empty_armor_mod: int
    armor_masterworks: list[int]
    old_armor_masterworks: list[int]
    archetypes: list[int]
    stat_rolls: dict[tuple[int, int], int]
    tunings: list[int]
    objectives: dict[str, int]


SOCKETS: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("intrinsic", s.C_INTRINSIC, ("intrinsics", "frames")),
    ("barrel", s.C_WEAPON_PERKS, ("barrels", "scopes", "tubes", "blades", "bowstrings")),
    ("magazine", s.C_WEAPON_PERKS, ("magazines", "batteries", "arrows", "guards", "magazines_gl")),
    ("trait", s.C_WEAPON_PERKS, ("frames",)),
    ("origin", s.C_WEAPON_PERKS, ("origins",)),
    ("weapon-mod", s.C_WEAPON_MODS, ("v400.weapon.mod_guns", "v400.weapon.mod_empty")),
    (
        "masterwork",
        s.C_WEAPON_MODS,
        ("plugs.masterworks.weapons.default", *(MASTERWORK_PREFIX + name for name in names.MASTERWORK_STATS)),
    ),
    ("catalyst", s.C_WEAPON_MODS, (EMPTY_CATALYST, CATALYST)),
    ("tracker", s.C_WEAPON_COSMETICS, (TRACKER,)),
    ("level", s.C_WEAPON_MODS, (LEVEL,)),
    ("weapon-shader", s.C_WEAPON_COSMETICS, ("shader",)),
    ("weapon-ornament", s.C_WEAPON_COSMETICS, ("weapon_skins",)),
    ("armor-perk", s.C_ARMOR_PERKS, ("intrinsics",)),
    ("armor-general", s.C_ARMOR_MODS, ("enhancements.v2_general",)),
    *((f"armor-mod:{slot}", s.C_ARMOR_MODS, (slot,)) for slot in MOD_SLOTS),
    ("armor-masterwork", s.C_ARMOR_TIER, (ARMOR_MASTERWORK,)),
    ("armor-masterwork-old", s.C_ARMOR_TIER, ("plugs.masterworks.armor.default", OLD_ARMOR_MASTERWORK)),
    ("armor-stat", 0, ("armor_stats",)),
    ("archetype", s.C_ARMOR_PERKS, ("armor_archetypes",)),
    ("tuning", s.C_ARMOR_MODS, (TUNING,)),
    ("armor-shader", s.C_ARMOR_COSMETICS, ("shader",)),
    ("armor-ornament", s.C_ARMOR_COSMETICS, ("armor_skins",)),
    ("ghost-mod", s.C_GHOST_MODS, ("enhancements.ghosts_economic",)),
    ("ghost-hologram", s.C_GHOST_PERKS, ("hologram",)),
    ("vehicle-perk", s.C_VEHICLE_PERKS, ("v300.vehicles.mod.speed",)),
    ("ship-effect", s.C_VEHICLE_MODS, ("ship.spawnfx",)),
    ("emblem-variant", s.C_EMBLEM, ("emblem.variant",)),
    ("super", s.C_SUPER, ("shared.supers",)),
    ("ability", s.C_ABILITIES, ("shared.abilities",)),
    ("aspect", s.C_ASPECTS, ("shared.aspects",)),
    ("fragment", s.C_FRAGMENTS, ("shared.fragments",)),
)


def add_shared(book: Book) -> Shared:
    """Writes them all into the book."""
    for kind, category, whitelist in SOCKETS:
        book.socket_type(kind, category, whitelist, visibility=0 if category else 1)
    objectives = _objectives(book)
    traits = _weapon_plugs(book, "trait", names.TRAITS, "frames", "Trait")
    enhanced = {
        plain: book.plug(
            f"trait:{name}{ENHANCED}",
            name,
            "frames",
            kind="Enhanced Trait",
            tier=3,
            description=f"{_tells(name)} Enhanced: it does so a little longer.",
            stats={stat: value + 2 for stat, value in changes(text).items()} or {s.STABILITY: 2},
        )
        for plain, (name, text) in zip(traits, names.TRAITS, strict=True)
    }
    return Shared(
        frames=[
            book.plug(f"frame:{name}", name, "intrinsics", kind="Intrinsic", description=f"A plain {name.lower()}.")
            for name in names.FRAMES
        ],
        barrels=_weapon_plugs(book, "barrel", names.BARRELS, "barrels", "Barrel"),
        magazines=_weapon_plugs(book, "magazine", names.MAGAZINES, "magazines", "Magazine"),
        traits=traits,
        enhanced=enhanced,
        origins=_weapon_plugs(book, "origin", tuple((name, "") for name in names.ORIGINS), "origins", "Origin Trait"),
        weapon_mods=[
            book.plug(
                f"weaponmod:{name}",
                name,
                "v400.weapon.mod_guns",
                kind="Weapon Mod",
                description=_tells(name),
                stats=changes(text),
                categories=(59, 610365472),
            )
            for name, text in names.WEAPON_MODS
        ],
        empty_mod=book.plug("weaponmod:empty", "Empty Mod Socket", "v400.weapon.mod_empty", kind="", tier=2, dummy=True),
        masterworks={name: _masterworks(book, name) for name in names.MASTERWORK_STATS},
        trackers=[
            book.plug("tracker:kills", "Kill Tracker", TRACKER, kind="Memento", description="Counts what this weapon defeats."),
            book.plug("tracker:crucible", "Crucible Tracker", TRACKER, kind="Memento", description="Counts defeated guardians."),
        ],
        shaders=[
            book.plug(f"shader:{name}", name, "shader", kind="Shader", sub_type=20, categories=(41, 52), bucket=s.SHADERS)
            for name in names.SHADER_NAMES
        ],
        default_shader=book.plug(
            "shader:default",
            "Default Shader",
            "shader",
            kind="Restore Defaults",
            tier=2,
            sub_type=20,
            categories=(41,),
            dummy=True,
        ),
        level=book.plug("weapon:level", "Weapon Level Boost", LEVEL, kind="", tier=2, ui_label="crafting_level"),
        armor_mods=_armor_mods(book),
        empty_armor_mod=book.plug("armormod:empty", "Empty Mod Socket", "enhancements.v2_general", tier=2, dummy=True),
        armor_masterworks=_armor_masterworks(book),
        old_armor_masterworks=[
            book.plug(
                f"armor2:masterwork:{tier}",
                "Masterwork" if tier == 10 else "Armor Energy",
                OLD_ARMOR_MASTERWORK,
                kind="Masterwork",
                tier=5 if tier == 10 else 2,
                capacity=tier,
                stats=dict.fromkeys(s.ARMOR_STATS, 2) if tier == 10 else {},
                ui_label="masterwork" if tier == 10 else "",
            )
            for tier in range(1, 11)
        ],
        archetypes=[
            book.plug(
                f"archetype:{name}",
                name,
                "armor_archetypes",
                kind="Intrinsic",
                description=f"Leans on {_stat_name(first)}, then on {_stat_name(second)}.",
            )
            for name, first, second in names.ARCHETYPES
        ],
        stat_rolls={
            (stat, value): book.plug(f"armorstat:{stat}:{value}", "", "armor_stats", tier=2, stats={stat: value}, dummy=True)
            for stat in s.ARMOR_STATS
            for value in range(1, 31)
        },
        tunings=_tunings(book),
        objectives=objectives,
    )


def _tells(name: str) -> str:
    return f"{name}: does what its name says for a short while."


def _stat_name(place: int) -> str:
    return next(name for hash, name, _, _ in s.STATS if hash == s.ARMOR_STATS[place])


def _weapon_plugs(book: Book, key: str, rows: tuple[tuple[str, str], ...], category: str, kind: str) -> list[int]:
    return [
        book.plug(f"{key}:{name}", name, category, kind=kind, description=_tells(name), stats=changes(text))
        for name, text in rows
    ]


def _masterworks(book: Book, name: str) -> list[int]:
    """Tiers 1 to 10 of one stat; the last one is the masterwork proper."""
    return [
        book.plug(
            f"masterwork:{name}:{tier}",
            "Masterwork" if tier == 10 else f"Tier {tier} Weapon",
            MASTERWORK_PREFIX + name,
            kind="Masterwork",
            tier=5 if tier == 10 else 2,
            stats={STAT_WORDS[name]: tier},
            ui_label="masterwork" if tier == 10 else "",
        )
        for tier in range(1, 11)
    ]


def _armor_mods(book: Book) -> dict[str, list[int]]:
    return {
        slot: [
            book.plug(
                f"armormod:{slot}:{name}",
                name,
                slot,
                kind="Armor Mod",
                tier=2,
                description=_tells(name),
                stats=changes(text),
                cost=cost,
                categories=(59, 4104513227),
            )
            for name, text, cost in rows
        ]
        for slot, rows in names.ARMOR_MODS.items()
    }


def _armor_masterworks(book: Book) -> list[int]:
    """Levels 0 to 5 of armour 3.0: the number goes onto those stats of a piece that have no base value."""
    return [
        book.plug(
            f"armor3:masterwork:{level}",
            "Masterwork" if level == 5 else f"Tier {level}",
            ARMOR_MASTERWORK,
            kind="Masterwork",
            tier=5 if level == 5 else 2,
            capacity=10 if level == 5 else 5 + level,
            stats=dict.fromkeys(s.ARMOR_STATS, level) if level else {},
            conditional=s.ARMOR_STATS,
            ui_label="masterwork" if level == 5 else "",
        )
        for level in range(6)
    ]


def _tunings(book: Book) -> list[int]:
    found = [
        book.plug(
            "tuning:balanced",
            "Balanced Tuning",
            TUNING,
            kind="Armor Mod",
            stats=dict.fromkeys(s.ARMOR_STATS, 1),
            conditional=s.ARMOR_STATS,
            description="A little onto the three lowest stats.",
            hash=BALANCED_TUNING,
        )
    ]
    return found + [
        book.plug(
            f"tuning:{up}:{down}",
            f"+{_stat_name(up)} / -{_stat_name(down)}",
            TUNING,
            kind="Armor Mod",
            stats={s.ARMOR_STATS[up]: 5, s.ARMOR_STATS[down]: -5},
            description=f"More {_stat_name(up)}, less {_stat_name(down)}.",
        )
        for up, down in permutations(range(6), 2)
    ]


def _objectives(book: Book) -> dict[str, int]:
    rows = (
        ("kills", "Enemies defeated", 0, ""),
        ("crucible", "Guardians defeated", 0, ""),
        ("catalyst", "Enemies defeated", 500, ""),
        ("level", "Weapon Level:", 0, "crafting_weapon_level"),
        ("level-progress", "Level Progress:", 1000, "crafting_weapon_level_progress"),
        ("made", "Shaped on:", 0, "crafting_weapon_timestamp"),
        ("steps", "Steps taken", 10, ""),
        ("parts", "Parts gathered", 25, ""),
        ("emblem", "Bells rung", 0, ""),
        ("pattern", "Patterns extracted", 5, ""),
    )
    return {
        key: book.add(
            "DestinyObjectiveDefinition",
            hash_of(f"objective:{key}"),
            displayProperties=s.display(""),
            progressDescription=text,
            completionValue=completion,
            scope=1,
            locationHash=0,
            allowNegativeValue=False,
            allowValueChangeWhenCompleted=not completion,
            isCountingDownward=False,
            valueStyle=0,
            completedValueStyle=0,
            inProgressValueStyle=0,
            allowOvercompletion=True,
            showValueOnComplete=True,
            minimumVisibilityThreshold=0,
            uiLabel=label,
            uiStyle=UI_STYLES.get(label, 0),
        )
        for key, text, completion, label in rows
    }
