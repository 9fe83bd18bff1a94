"""A profile as planning sees it: what lies where, and what the game allows with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from vaultraider.domain import hashes
from vaultraider.domain.annotations import NOTHING, Annotation, annotation_key
from vaultraider.domain.buckets import ACCOUNT_STORE, capacity_of
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.definitions import ItemDefinition
from vaultraider.domain.entries import Entry
from vaultraider.domain.items import NOT_TRANSFERRABLE_STATUS, kind_of, missing_name, name_of, stuck_reason
from vaultraider.domain.profile import Profile
from vaultraider.domain.profile_parts import Character, Stuck
from vaultraider.domain.snapshot import decode_or_salvage
from vaultraider.domain.transfers.world import ANY_CLASS, Guardian, Thing, World

UNLIMITED = 1_000_000
"""Where the definitions do not say how much fits: we do not stop what Bungie may allow."""
MAX_LEVEL = 50
_ENGRAM_TYPE = 8
_GUARDIANS = {"titan": 0, "hunter": 1, "warlock": 2}
_CATCH_ALL = (0, hashes.VAULT, *hashes.POSTMASTER_BUCKETS)
"""Buckets that are no item's own: where something without a definition may lie."""


class _Requirements(msgspec.Struct, rename="camel", gc=False):
    equip_required_level: int = 0


_REQUIREMENTS = msgspec.json.Decoder(_Requirements)


class _Level(msgspec.Struct, rename="camel", gc=False):
    base_character_level: int = MAX_LEVEL


_LEVEL = msgspec.json.Decoder(_Level)


def world_of(
    profile: Profile,
    *,
    keep_locked: bool = False,
    moved: Mapping[str, float] | None = None,
    full: frozenset[tuple[str, int]] = frozenset(),
    annotations: Mapping[str, Annotation] | None = None,
) -> World:
    """What a plan needs to know of a profile. ``moved``: when an instance was last moved through us, as timestamps.
    ``full``: places (store, bucket) that Bungie called full, whatever we see; of the vault any bucket will do.
    ``annotations``: what the player says of the items. Never raises."""
    catalogue = profile.catalogue
    return World(
        guardians=tuple(_guardian(character, profile) for character in profile.characters),
        things=_things(profile, moved or {}, annotations or {}),
        capacities=_capacities(catalogue),
        vault_capacity=capacity_of(hashes.VAULT, catalogue.definitions) or UNLIMITED,
        vaulted=catalogue.vaulted,
        full=full,
        keep_locked=keep_locked,
    )


def _things(profile: Profile, moved: Mapping[str, float], annotations: Mapping[str, Annotation]) -> dict[str, Thing]:
    accounts = frozenset(row.hash for row in profile.catalogue.definitions.buckets() if row.scope == 1)
    shared = accounts.difference(_CATCH_ALL)
    seen = _Seen(profile.catalogue, shared, moved, profile.loadouts(), annotations)
    return {entry.item.id: _thing(entry, seen) for entry in profile.entries}


class _Seen(NamedTuple):
    """What is the same for all items. ``shared``: the buckets of which all characters have one."""

    catalogue: Catalogue
    shared: frozenset[int]
    moved: Mapping[str, float]
    loadouts: Mapping[str, frozenset[str]]
    annotations: Mapping[str, Annotation]


_NONE: frozenset[str] = frozenset()


def _thing(entry: Entry, seen: _Seen) -> Thing:
    item, data = entry.item, entry.data
    known = seen.catalogue.item(data.item_hash)
    row = known.definition
    return Thing(
        id=item.id,
        hash=item.hash,
        name=name_of(row) if row is not None else missing_name(item.hash),
        slot=item.bucket,
        store=item.store,
        place=item.place,
        instance=data.item_instance_id,
        quantity=data.quantity,
        max_stack=_max_stack(entry, row),
        unique=row.stack_unique_label if row is not None else "",
        account=item.bucket in seen.shared or (item.store == ACCOUNT_STORE and item.place != "postmaster"),
        stuck=_stuck(entry, row, seen.catalogue.vaulted),
        bound=_bound(entry, row),
        equippable=row is not None and row.equippable and bool(data.item_instance_id),
        guardian=known.guardian if row is not None else ANY_CLASS,
        level=_required_level(entry),
        label=row.unique_label if row is not None else "",
        tier=row.tier_type if row is not None else 0,
        power=item.power if isinstance(item.power, int) else 0,
        type=kind_of(row) if row is not None else "",
        element=item.element if isinstance(item.element, str) else "",
        locked=item.locked is True,
        lockable=data.lockable and bool(data.item_instance_id),
        tracked=item.tracked is True,
        trackable=item.bucket == hashes.QUESTS and bool(data.item_instance_id),
        engram=row is not None and row.item_type == _ENGRAM_TYPE,
        tag=seen.annotations.get(annotation_key(data.item_hash, data.item_instance_id), NOTHING).tag,
        loadouts=seen.loadouts.get(data.item_instance_id, _NONE),
        moved=seen.moved.get(data.item_instance_id, 0.0),
    )


def _max_stack(entry: Entry, row: ItemDefinition | None) -> int:
    """Of what the manifest does not know, what lies there fits in one stack, and nothing is said of more."""
    return max(row.max_stack if row is not None else entry.data.quantity, 1)


def _stuck(entry: Entry, row: ItemDefinition | None, vaulted: frozenset[int]) -> Stuck | None:
    """As the profile says; of what is worn, whether it could move once it is off."""
    reason = entry.item.stuck
    if not isinstance(reason, str):
        return None
    return reason if reason != "equipped" else _stuck_once_off(entry, row, vaulted)


def _stuck_once_off(entry: Entry, row: ItemDefinition | None, vaulted: frozenset[int]) -> Stuck | None:
    carried = msgspec.structs.replace(entry.data, transfer_status=entry.data.transfer_status & NOT_TRANSFERRABLE_STATUS)
    return stuck_reason(carried, "inventory", row, vaulted)


def _bound(entry: Entry, row: ItemDefinition | None) -> bool:
    return bool(entry.data.transfer_status & NOT_TRANSFERRABLE_STATUS) or (row is not None and row.non_transferrable)


def _required_level(entry: Entry) -> int:
    if entry.instance is None:
        return 0
    return decode_or_salvage(entry.instance, _REQUIREMENTS, _Requirements).equip_required_level


def _guardian(character: Character, profile: Profile) -> Guardian:
    class_and_race = " ".join(part for part in (character.race, character.class_name) if part)
    name = character.nickname if isinstance(character.nickname, str) else class_and_race
    part = profile.snapshot.body.characters
    raw = part.data.get(character.id) if part is not None and part.data is not None else None
    level = decode_or_salvage(raw, _LEVEL, _Level).base_character_level if raw is not None else MAX_LEVEL
    return Guardian(
        id=character.id, name=name or "Your guardian", guardian=_GUARDIANS.get(character.guardian, ANY_CLASS), level=level
    )


def _capacities(catalogue: Catalogue) -> dict[int, int]:
    """Where a bucket says nothing, it is left out: nobody knows when it is full."""
    rows = catalogue.definitions.buckets()
    return {row.hash: row.capacity for row in rows if row.capacity > 0 and row.hash not in _CATCH_ALL}
