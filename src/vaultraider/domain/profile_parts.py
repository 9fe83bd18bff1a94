"""What a player sees, piece by piece: the shapes that the page receives.

A field that is UNSET is left out of the JSON; nothing here is ever null. Ids of Bungie are strings (they exceed 2**53), hashes
are numbers, times are ISO-8601 in UTC.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, UnsetType

Tier = Literal["exotic", "legendary", "rare", "uncommon", "common", "unknown"]
Element = Literal["kinetic", "arc", "solar", "void", "stasis", "strand"]
GuardianClass = Literal["titan", "hunter", "warlock"]
Ammo = Literal["primary", "special", "heavy"]
Place = Literal["equipped", "inventory", "vault", "postmaster"]
Group = Literal["weapons", "armor", "general", "inventory", "postmaster", "other"]
Missing = Literal["absent", "private", "disabled", "empty"]
Stuck = Literal["equipped", "not-transferrable", "no-vault-slot", "pull-side-effects"]
Pending = Literal["unseen", "unconfirmed"]
Kind = Literal[
    "auto_rifle", "scout_rifle", "pulse_rifle", "submachine_gun", "sidearm", "hand_cannon", "bow", "shotgun", "sniper_rifle",
    "fusion_rifle", "trace_rifle", "linear_fusion", "grenade_launcher", "rocket_launcher", "machine_gun", "sword", "glaive",
    "helmet", "gauntlets", "chest", "legs", "class_item", "ghost", "sparrow", "ship", "emblem", "shader", "material",
    "consumable", "mod", "engram", "subclass", "quest", "unknown",
]  # fmt: skip


class ItemStat(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One stat of one item, as ``[hash, value, base]``. ``base`` is without mods, perks and masterwork."""

    hash: int
    value: int
    base: int


class ItemBase(msgspec.Struct, kw_only=True, gc=False):
    """What is said of one item, or one stack, everywhere.

    ``id`` is Bungie's instance id; a stack has none and is called ``s-<hash>-<store>-<n>``, fullest first.
    ``bucket`` is the slot where it belongs by its definition, or where it lies when there is no definition.
    ``store`` is a character's id, "vault" or "account". ``state`` is Bungie's flags (1 locked, 2 tracked, 4 masterwork,
    8 crafted, 16 highlighted objective). ``energy`` is an armour piece's energy capacity. ``stuck`` says why it cannot be
    transferred as it is; absent: it can. ``pending``: it is shown as we left it; Bungie's profile does not show that yet
    ("unseen"), or has not for three minutes ("unconfirmed").
    """

    id: str
    hash: int
    bucket: int
    store: str
    place: Place
    quantity: int | UnsetType = UNSET
    power: int | UnsetType = UNSET
    element: Element | UnsetType = UNSET
    state: int | UnsetType = UNSET
    locked: bool | UnsetType = UNSET
    tracked: bool | UnsetType = UNSET
    masterwork: bool | UnsetType = UNSET
    crafted: bool | UnsetType = UNSET
    gear_tier: int | UnsetType = UNSET
    energy: int | UnsetType = UNSET
    stuck: Stuck | UnsetType = UNSET
    pending: Pending | UnsetType = UNSET


class Item(ItemBase, kw_only=True, gc=False):
    """An item of the profile. ``plugs`` are the hashes of what is visible in its sockets, in socket order."""

    stats: tuple[ItemStat, ...] | UnsetType = UNSET
    plugs: tuple[int, ...] | UnsetType = UNSET


class ItemFacts(msgspec.Struct, kw_only=True):
    """What all copies of an item share. ``missing``: the manifest does not know this hash. ``classified``: it hides it.

    ``kind`` names the silhouette that is drawn where there is no picture; ``icon`` is an address of ours.
    """

    name: str
    type: str
    tier: Tier
    kind: Kind
    icon: str
    guardian: GuardianClass | UnsetType = msgspec.field(name="class", default=UNSET)
    ammo: Ammo | UnsetType = UNSET
    element: Element | UnsetType = UNSET
    classified: bool | UnsetType = UNSET
    missing: bool | UnsetType = UNSET


class PlugFacts(msgspec.Struct, kw_only=True):
    """A perk, mod, ornament ... that sits in a socket."""

    name: str
    icon: str | UnsetType = UNSET
    type: str | UnsetType = UNSET


class StatFacts(msgspec.Struct, kw_only=True):
    """A stat. ``number``: shown without a bar. ``maximum``: the bar's end, 100 unless told."""

    name: str
    maximum: int | UnsetType = UNSET
    number: bool | UnsetType = UNSET
    smaller_is_better: bool | UnsetType = UNSET


class Bucket(msgspec.Struct, kw_only=True):
    """A slot. ``account``: shared by all characters. ``vault``: its items can lie in the vault.

    ``capacity`` counts the equipped one.
    """

    hash: int
    name: str
    group: Group
    capacity: int | UnsetType = UNSET
    account: bool | UnsetType = UNSET
    vault: bool | UnsetType = UNSET


class Occupancy(msgspec.Struct, frozen=True):
    """How full a place is, in slots."""

    used: int
    capacity: int


class Currency(msgspec.Struct, frozen=True):
    hash: int
    quantity: int


class Character(msgspec.Struct, kw_only=True):
    """A guardian.

    ``light`` is Bungie's number; ``max_power`` the mean of the best that could be equipped (one exotic weapon, one exotic
    armour), floored to three decimals, from ``max_power_items`` (ids in slot order); ``drop_power`` the same over any class.
    ``current``: played last. ``playing``: in the game now. ``quests`` and ``postmaster`` count slots.
    """

    id: str
    guardian: Literal["titan", "hunter", "warlock", "unknown"] = msgspec.field(name="class")
    class_name: str
    race: str
    gender: str
    light: int
    stats: tuple[tuple[int, int], ...]
    emblem: str
    background: str
    last_played: str
    minutes_played: int
    current: bool
    playing: bool
    postmaster: Occupancy
    nickname: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    clan: str | UnsetType = UNSET
    max_power: float | UnsetType = UNSET
    max_power_items: tuple[str, ...] | UnsetType = UNSET
    drop_power: float | UnsetType = UNSET
    color: Annotated[str, msgspec.Meta(pattern="^#[0-9a-f]{6}$")] | UnsetType = UNSET
    quests: Occupancy | UnsetType = UNSET


class Incomplete(msgspec.Struct, frozen=True):
    """A part that Bungie did not give; what was last known of it is kept and shown.

    ``component`` is Bungie's name, such as "profileInventory". ``reason`` "empty": it came empty where it cannot be
    (Bungie-net/api #290).
    """

    component: str
    reason: Missing


class StatLine(msgspec.Struct, kw_only=True):
    """A stat of one item, named. ``base`` is without mods, perks and masterwork; ``masterwork`` and ``mods``: what those add."""

    hash: int
    name: str
    value: int
    base: int
    masterwork: int | UnsetType = UNSET
    mods: int | UnsetType = UNSET
    maximum: int | UnsetType = UNSET
    number: bool | UnsetType = UNSET
    smaller_is_better: bool | UnsetType = UNSET


class SocketPlug(msgspec.Struct, kw_only=True):
    """Something that is, or could be, in a socket. ``enabled``: it works, or could be put in now."""

    hash: int
    name: str
    description: str
    plugged: bool
    enabled: bool
    icon: str | UnsetType = UNSET


class Socket(msgspec.Struct, kw_only=True):
    """A socket with what this copy can have in it; what is plugged comes first where the order says nothing."""

    category: str
    category_hash: int
    plugs: list[SocketPlug]
    label: str | UnsetType = UNSET


class Objective(msgspec.Struct, kw_only=True):
    name: str
    progress: int
    completion: int
    complete: bool


class Transferability(msgspec.Struct, kw_only=True):
    """Whether it can be moved as it is; if not, a code and a sentence for the player."""

    can_move: bool
    reason: Stuck | UnsetType = UNSET
    sentence: str | UnsetType = UNSET


class PatternProgress(msgspec.Struct, kw_only=True):
    """``done`` of ``needed`` extractions; ``unlocked``: it can be shaped."""

    done: int
    needed: int
    unlocked: bool


class ItemDetails(ItemBase, kw_only=True):
    """Everything about one item, named: what the item sheet shows.

    ``copies`` are ids of the player's other ones. ``tuned_stat``: which stat of a tier 5 armour piece can be tuned up.
    ``pattern``: of a weapon that can be shaped, where Bungie told.
    """

    name: str
    type: str
    tier: Tier
    kind: Kind
    description: str
    icon: str
    bucket_name: str
    store_name: str
    definition: ItemFacts
    stats: list[StatLine]
    sockets: list[Socket]
    objectives: list[Objective]
    copies: list[str]
    transferability: Transferability
    crafted_level: int | UnsetType = UNSET
    tuned_stat: str | UnsetType = UNSET
    pattern: PatternProgress | UnsetType = UNSET
