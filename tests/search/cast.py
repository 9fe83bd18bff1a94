"""Small vaults made by hand: every item has a name, and what is asked for is said of it, all else is plain."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.domain import accounts as a
from tests.domain.memory_definitions import MemoryDefinitions

from vaultraider.domain import hashes
from vaultraider.domain.annotations import Annotation
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.custom_stats import CustomStat
from vaultraider.domain.definitions import (
    InvestmentStat,
    ItemDefinition,
    NamedDefinition,
    ObjectiveDefinition,
    PlugInfo,
    PlugSetDefinition,
    ScaledStat,
    SocketEntry,
    SocketTypeDefinition,
    StatDefinition,
    StatGroupDefinition,
)
from vaultraider.domain.profile import Profile, assemble_profile
from vaultraider.domain.snapshot import read_snapshot
from vaultraider.domain.wishes import Verdict
from vaultraider.search.world import World

TITAN, HUNTER = a.TITAN, a.HUNTER
VAULT = "vault"
_CURVE = ((0, 0), (100, 100))
WEAPON_GROUP, ARMOR_GROUP = 1, 2
RANGE, STABILITY = 1240592695, 155624089
LEVEL_OBJECTIVE = 77
_STATS = {RANGE: "Range", STABILITY: "Stability"} | {stat: f"Armour stat {stat}" for stat in hashes.ARMOR_STAT_HASHES}


def hash_of(name: str) -> int:
    return zlib.crc32(name.encode())


def plug(
    name: str, category: str, *, stats: Mapping[int, int] | None = None, conditional: bool = False, **more: Any
) -> ItemDefinition:
    info = PlugInfo(hash_of(category), category, energy_capacity=more.pop("capacity", 0))
    found = tuple(InvestmentStat(stat, value, conditional) for stat, value in (stats or {}).items())
    return ItemDefinition(hash_of(name), name, plug=info, investment_stats=found, **more)


@dataclass
class Thing:
    """One copy, or one stack. ``sockets``: (what the definition begins with, what is plugged, what else there is to choose), by
    name; a ``*`` before the first says that it is rolled. ``fields``: of the definition."""

    name: str
    bucket: int = hashes.KINETIC
    store: str = VAULT
    equipped: bool = False
    waiting: bool = False
    state: int = 0
    power: int = 500
    tier: int = 0
    energy: int | None = None
    element: int = 1
    quantity: int = 1
    stack: bool = False
    lockable: bool = True
    transfer_status: int = 0
    sockets: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    counts: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    """Progress of objectives by plug."""
    hash: int = 0
    """Where another thing has the same name."""
    fields: Mapping[str, Any] = field(default_factory=dict)

    def definition(self) -> ItemDefinition:
        places = tuple(
            SocketEntry(
                socket_type=hash_of(f"type of {start}"),
                initial_plug=hash_of(start.removeprefix("*")),
                randomized_plug_set=hash_of(f"set of {self.name} {at}") if start.startswith("*") else 0,
            )
            for at, (start, _, _) in enumerate(self.sockets)
        )
        weapon = self.bucket in hashes.WEAPON_BUCKETS
        armor = self.bucket in hashes.ARMOR_BUCKETS
        plain: dict[str, Any] = {
            "type_name": "Hand Cannon" if weapon else "Armour" if armor else "",
            "tier_type": 5,
            "item_type": 3 if weapon else 2 if armor else 0,
            "item_sub_type": 9 if weapon else 0,
            "ammo_type": 1 if weapon else 0,
            "damage_type": self.element if weapon else 0,
            "class_type": 1 if armor else 3,
            "stat_group": WEAPON_GROUP if weapon else ARMOR_GROUP if armor else 0,
            "investment_stats": (InvestmentStat(RANGE, 40),) if weapon else (),
            "equippable": weapon or armor,
            "is_instanced": not self.stack,
        }
        return ItemDefinition(self.key, self.name, bucket=self.bucket, sockets=places, **(plain | dict(self.fields)))

    @property
    def key(self) -> int:
        return self.hash or hash_of(self.name)


def weapon(name: str, **more: Any) -> Thing:
    return Thing(name, **more)


def armor(name: str, stats: Iterable[int] = (), **more: Any) -> Thing:
    """A piece for hunters, whose ``stats`` are rolled in the order of Weapons, Health, Class, Grenade, Super, Melee."""
    rolled = tuple(("", f"roll {place} {value}", ()) for place, value in enumerate(stats))
    return Thing(name, **({"bucket": hashes.HELMET, "energy": 10, "sockets": rolled + more.pop("sockets", ())} | more))


PLUGS = (
    *(
        plug(f"roll {place} {value}", hashes.ARMOR_STATS, stats={stat: value})
        for place, stat in enumerate(hashes.ARMOR_STAT_HASHES)
        for value in range(41)
    ),
    plug("Masterwork 3.0", hashes.ARMOR_3_MASTERWORKS, stats=dict.fromkeys(hashes.ARMOR_STAT_HASHES, 5), conditional=True),
    plug(
        "Balanced Tuning", "core.gear_systems.armor_tiering.plugs.tuning.mods", stats=dict.fromkeys(hashes.ARMOR_STAT_HASHES, 1)
    ),
    plug(
        "+Melee -Super",
        "core.gear_systems.armor_tiering.plugs.tuning.mods",
        stats={hashes.MELEE: 5, hashes.SUPER: -5},
    ),
    plug("Empty Artifice", "enhancements.artifice"),
    plug("Empty Mod", "enhancements.v2_general"),
    plug("Recovery Mod", "enhancements.v2_general", grants=(("Recuperation", "Picking up orbs heals you."),)),
    plug("King's Mod Socket", "enhancements.raid_v620"),
    plug("Default Shader", "shader", item_sub_type=20),
    plug("Night Coat", "shader", item_sub_type=20),
    plug("No Ornament", "weapon_skins", item_sub_type=21),
    plug("Gilded", "weapon_skins", item_sub_type=21),
    plug("Outlaw", "frames", description="Precision kills greatly decrease reload time.", tier_type=5),
    plug("Kill Clip", "frames", description="Reloading after a kill grants increased damage.", tier_type=5),
    plug("Rampage", "frames", description="Kills with this weapon temporarily grant increased damage.", tier_type=5),
    plug("Rapid Hit", "frames", description="Quick precision hits help stability.", tier_type=5),
    plug("Zen", "frames", tier_type=5),
    plug("Surplus", "frames", tier_type=5),
    plug("Souvenir", "origins"),
    plug("Adaptive Frame", "intrinsics"),
    plug("Secret of Snow", "intrinsics"),
    ItemDefinition(
        hash_of("Range Masterwork"),
        "Range Masterwork",
        plug=PlugInfo(1, "v400.plugs.weapons.masterworks.stat.range"),
        investment_stats=(InvestmentStat(RANGE, 7), InvestmentStat(STABILITY, 3, True)),
    ),
    plug("Kill Tracker", "v400.plugs.weapons.masterworks.trackers"),
    plug("Crucible Tracker", "v400.plugs.weapons.masterworks.trackers"),
    plug("Empty Memento", "mementos"),
    plug("Trials Memento", "mementos"),
    plug("Empty Catalyst", "v400.empty.exotic.masterwork"),
    plug("Catalyst of Snow", "exotic_weapon_masterwork_upgrade"),
    plug("Empty Deepsight", "crafting.plugs.weapons.mods.memories"),
    plug("Harmonic Deepsight", "crafting.plugs.weapons.mods.extractors"),
    plug("Level", "crafting.plugs.weapons.mods.transfusers.level"),
)
ENHANCED_OUTLAW = ItemDefinition(901, "Outlaw", tier_type=3, plug=PlugInfo(1, "frames"), description="As Outlaw, for longer.")
_HASHES = {"Outlaw!": 901, "Balanced Tuning": hashes.BALANCED_TUNING}
_ACCEPTS = {
    "Empty Catalyst": ("v400.empty.exotic.masterwork", "exotic_weapon_masterwork_upgrade"),
    "Empty Memento": ("mementos",),
}


def _plug_hash(name: str) -> int:
    return _HASHES.get(name, hash_of(name)) if name else 0


def catalogue(things: Iterable[Thing], retired: Mapping[str, Iterable[str]] | None = None, language: str = "en") -> Catalogue:
    """``retired``: perks that no longer roll, by the name of the weapon."""
    things = list(things)
    items = {definition.hash: definition for definition in (*PLUGS, ENHANCED_OUTLAW, *(thing.definition() for thing in things))}
    balanced = items.pop(hash_of("Balanced Tuning"))
    items[hashes.BALANCED_TUNING] = ItemDefinition(
        hashes.BALANCED_TUNING, balanced.name, plug=balanced.plug, investment_stats=balanced.investment_stats
    )
    sets = {}
    for thing in things:
        gone = set((retired or {}).get(thing.name, ()))
        for at, (start, plugged, choices) in enumerate(thing.sockets):
            if start.startswith("*"):
                hash = hash_of(f"set of {thing.name} {at}")
                rolls = tuple((_plug_hash(name), name not in gone) for name in dict.fromkeys((plugged, *choices)))
                sets[hash] = PlugSetDefinition(hash, plugs=rolls)
    types = {
        hash_of(f"type of {start}"): SocketTypeDefinition(
            hash_of(f"type of {start}"), whitelist=tuple((hash_of(each), each) for each in categories)
        )
        for start, categories in _ACCEPTS.items()
    }
    scaled = {WEAPON_GROUP: (RANGE, STABILITY), ARMOR_GROUP: hashes.ARMOR_STAT_HASHES}
    definitions = MemoryDefinitions(
        {
            "InventoryItem": items,
            "PlugSet": sets,
            "SocketType": types,
            "Stat": {hash: StatDefinition(hash, name) for hash, name in _STATS.items()},
            "StatGroup": {
                group: StatGroupDefinition(group, scaled=tuple(ScaledStat(stat, 100, False, _CURVE) for stat in stats))
                for group, stats in scaled.items()
            },
            "EquipableItemSet": {9: NamedDefinition(9, "Tide Watch")},
            "Objective": {LEVEL_OBJECTIVE: ObjectiveDefinition(LEVEL_OBJECTIVE, description="Level", ui_style=2)},
        },
        vault={*hashes.GEAR_BUCKETS, hashes.CONSUMABLES, hashes.GHOST},
    )
    definitions.language = language
    return Catalogue(definitions)


def profile(things: Iterable[Thing], known: Catalogue | None = None) -> Profile:
    """Two guardians, a titan who was played last and a hunter, and the vault."""
    things = list(things)
    body: dict[str, Any] = {
        "characters": {
            "data": {TITAN: a.character(TITAN), HUNTER: a.character(HUNTER, 1, "2026-11-16T10:00:00Z")},
            "privacy": 1,
        },
        "profileInventory": {"data": {"items": []}, "privacy": 2},
        "characterInventories": {"data": {TITAN: {"items": []}, HUNTER: {"items": []}}, "privacy": 2},
        "characterEquipment": {"data": {TITAN: {"items": []}, HUNTER: {"items": []}}, "privacy": 1},
        "itemComponents": {
            part: {"data": {}, "privacy": 1} for part in ("instances", "sockets", "reusablePlugs", "plugObjectives")
        },
    }
    for number, thing in enumerate(things, 1):
        _add(body, number, thing)
    return assemble_profile(read_snapshot(json.dumps(body).encode(), a.READ), known or catalogue(things))


def _add(body: dict[str, Any], number: int, thing: Thing) -> None:
    in_vault = thing.store == VAULT
    bucket = hashes.POSTMASTER if thing.waiting else hashes.VAULT if in_vault and not thing.stack else thing.bucket
    item = a.thing(
        thing.key,
        None if thing.stack else number,
        bucket,
        quantity=thing.quantity,
        state=thing.state,
        lockable=thing.lockable,
        transferStatus=thing.transfer_status or int(thing.equipped),
    )
    if thing.waiting:
        item["location"] = 4
    part = "characterEquipment" if thing.equipped else "characterInventories"
    (body["profileInventory"]["data"] if in_vault else body[part]["data"][thing.store])["items"].append(item)
    if thing.stack:
        return
    id, parts = a.instance_id(number), body["itemComponents"]
    more: dict[str, Any] = {"damageType": thing.element} if thing.bucket in hashes.WEAPON_BUCKETS else {}
    if thing.tier:
        more["gearTier"] = thing.tier
    if thing.energy is not None:
        more["energy"] = {"energyCapacity": thing.energy, "energyUsed": 0}
    parts["instances"]["data"][id] = a.instance(thing.power, **more)
    if thing.sockets:
        unseen = tuple(at for at, (_, plugged, _) in enumerate(thing.sockets) if plugged.startswith("roll "))
        parts["sockets"]["data"][id] = a.sockets(*(_plug_hash(plugged) or None for _, plugged, _ in thing.sockets), hidden=unseen)
        parts["reusablePlugs"]["data"][id] = {
            "plugs": {
                str(at): [{"plugItemHash": _plug_hash(name), "canInsert": True, "enabled": True} for name in choices]
                for at, (_, _, choices) in enumerate(thing.sockets)
                if choices
            }
        }
    if thing.counts:
        parts["plugObjectives"]["data"][id] = {
            "objectivesPerPlug": {
                str(_plug_hash(name)): [
                    {"objectiveHash": hash, "progress": progress, "completionValue": 0, "complete": False, "visible": True}
                    for hash, progress in listed.items()
                ]
                for name, listed in thing.counts.items()
            }
        }


def world(
    *things: Thing,
    said: Mapping[str, Annotation] | None = None,
    judged: Mapping[str, Verdict] | None = None,
    retired: Mapping[str, Iterable[str]] | None = None,
    wishable: Iterable[str] = (),
    own: tuple[CustomStat, ...] = (),
    language: str = "en",
) -> World:
    """``said`` and ``judged``: of the thing with this name."""
    found = profile(things, catalogue(things, retired, language))
    ids = {thing.name: a.instance_id(number) for number, thing in enumerate(things, 1)}
    return World(
        found,
        annotations={ids[name]: each for name, each in (said or {}).items()},
        verdicts={ids[name]: each for name, each in (judged or {}).items()},
        wishable=frozenset(map(hash_of, wishable)),
        custom_stats=own,
    )
