"""Sockets: what is plugged where, as Bungie sends it, and what can be read off it."""

from __future__ import annotations

import msgspec
from msgspec import Raw

from vaultraider.domain.definitions import Definitions
from vaultraider.domain.snapshot import decode_or_salvage

CRAFTING_LEVEL_STYLE, CRAFTING_TIME_STYLE = 2, 4
"""DestinyObjectiveUiStyle: the level of a crafted weapon, and when it was shaped."""


class SocketData(msgspec.Struct, rename="camel", gc=False):
    """One socket of one item. ``plug_hash`` 0: nothing is in it."""

    plug_hash: int = 0
    is_enabled: bool = False
    is_visible: bool = False


class SocketsData(msgspec.Struct):
    sockets: list[SocketData] = []


class ReusablePlug(msgspec.Struct, rename="camel", gc=False):
    plug_item_hash: int = 0
    can_insert: bool = False
    enabled: bool = False


class ReusablePlugsData(msgspec.Struct):
    """The alternatives of a copy, by socket index as text."""

    plugs: dict[str, list[ReusablePlug]] = {}


class ObjectiveData(msgspec.Struct, rename="camel", gc=False):
    objective_hash: int = 0
    progress: int = 0
    completion_value: int = 0
    complete: bool = False
    visible: bool = True


class ObjectivesData(msgspec.Struct):
    objectives: list[ObjectiveData] = []


class PlugObjectivesData(msgspec.Struct, rename="camel"):
    """Objectives of what is plugged (kill trackers, a crafted weapon's level), by plug hash as text."""

    objectives_per_plug: dict[str, list[ObjectiveData]] = {}


SOCKETS = msgspec.json.Decoder(SocketsData)
REUSABLE_PLUGS = msgspec.json.Decoder(ReusablePlugsData)
OBJECTIVES = msgspec.json.Decoder(ObjectivesData)
PLUG_OBJECTIVES = msgspec.json.Decoder(PlugObjectivesData)


def crafted_level(plug_objectives: Raw | None, definitions: Definitions) -> int:
    """The level of a crafted weapon, or 0 where nothing says so."""
    return _progress(plug_objectives, definitions, CRAFTING_LEVEL_STYLE)


def crafted_at(plug_objectives: Raw | None, definitions: Definitions) -> int:
    """When a crafted weapon was first shaped, in seconds since 1970, or 0 where nothing says so. It stays when shaping it
    anew gives it another id."""
    return _progress(plug_objectives, definitions, CRAFTING_TIME_STYLE)


def _progress(plug_objectives: Raw | None, definitions: Definitions, style: int) -> int:
    if plug_objectives is None:
        return 0
    data = decode_or_salvage(plug_objectives, PLUG_OBJECTIVES, PlugObjectivesData)
    for objectives in data.objectives_per_plug.values():
        for objective in objectives:
            row = definitions.objective(objective.objective_hash)
            if row is not None and row.ui_style == style:
                return objective.progress
    return 0
