"""The fields that the memory keeps of an accepted state: this file is the one place that lists them.

What is not here is not compared: minted times, times of play, what the game allows just now (``canEquip``), objectives and kill
trackers, which grow with each shot. Nothing here depends on the definitions, so that a new manifest changes no moment.
"""

from __future__ import annotations

import msgspec


class KeptItem(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One item or one stack, by Bungie's numbers (DestinyItemComponent, its instance and sockets).

    ``holder``: a character's id, "" for what the account shares. ``bucket`` and ``location``: where it lies, not where it
    belongs. ``primary``: (stat hash, value). ``energy``: (capacity, used). ``sockets``: in socket order, plug hash * 4 + 2 if
    enabled + 1 if visible; None where nothing was ever told of them. New fields go to the end and have a default: what is stored
    stays readable.
    """

    hash: int
    holder: str = ""
    equipped: bool = False
    bucket: int = 0
    location: int = 0
    quantity: int = 1
    state: int = 0
    transfer_status: int = 0
    lockable: bool = False
    version: int = 0
    style: int = 0
    expires: str = ""
    damage: int = 0
    primary: tuple[int, int] | None = None
    level: int = 0
    quality: int = 0
    energy: tuple[int, int] | None = None
    gear_tier: int | None = None
    sockets: tuple[int, ...] | None = None


class KeptCharacter(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """DestinyCharacterComponent. ``stats``: (hash, value) by hash."""

    class_type: int = 3
    class_hash: int = 0
    race_hash: int = 0
    gender_hash: int = 0
    gender_type: int = 0
    light: int = 0
    emblem: int = 0
    colour: tuple[int, int, int] | None = None
    title: int = 0
    stats: tuple[tuple[int, int], ...] = ()


class KeptLoadout(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One of the game's own loadouts. ``items``: (instance id, plug hashes) in Bungie's order; empty places left out."""

    name: int = 0
    colour: int = 0
    icon: int = 0
    items: tuple[tuple[str, tuple[int, ...]], ...] = ()


class Moment(msgspec.Struct, frozen=True):
    """An account at one time.

    ``items`` by instance id. ``stacks`` by item hash, in one order that depends on nothing but themselves. ``currencies``: hash
    to amount. ``loadouts`` by character id, in Bungie's order of places; one whose loadouts were never told is missing.
    """

    characters: dict[str, KeptCharacter] = {}
    items: dict[str, KeptItem] = {}
    stacks: dict[int, tuple[KeptItem, ...]] = {}
    currencies: dict[int, int] = {}
    loadouts: dict[str, tuple[KeptLoadout, ...]] = {}
