"""Definitions made ready: all that can be worked out of the manifest alone, worked out once per hash.

A catalogue belongs to one version of the definitions and grows with what is asked of it: a few thousand of the manifest's
items. Texts are kept as the JSON in which they are sent.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar, cast

import msgspec
from msgspec import UNSET

from vaultraider.domain import hashes
from vaultraider.domain.buckets import vault_accepts
from vaultraider.domain.definitions import Definitions, ItemDefinition
from vaultraider.domain.items import AMMO, CLASSES, ELEMENTS, TIERS, is_classified, kind_of, missing_name, name_of
from vaultraider.domain.profile_parts import ItemFacts, PlugFacts, StatFacts
from vaultraider.domain.stats import (
    NO_EFFECTS,
    PlugEffects,
    Rule,
    Scale,
    StatModel,
    plug_effects,
    scales_of,
    stat_model,
)

T = TypeVar("T")

_ENCODER = msgspec.json.Encoder()
_GEAR = frozenset(hashes.GEAR_BUCKETS)
_WEAPONS = frozenset(hashes.WEAPON_BUCKETS)
_NUMBERS = frozenset(
    {hashes.ROUNDS_PER_MINUTE, hashes.MAGAZINE, hashes.RECOIL_DIRECTION, hashes.CHARGE_TIME, hashes.DRAW_TIME, hashes.TOTAL}
)
_SMALLER_IS_BETTER = frozenset({hashes.CHARGE_TIME, hashes.DRAW_TIME})


class KnownItem:
    """An item's definition made ready; ``definition`` is None where the manifest does not know the hash.

    ``slot``: where it belongs, 0 if unknown. ``facts``: ``"<hash>":{...}`` as sent. ``inert``: sockets that never change a stat.
    """

    __slots__ = ("definition", "exotic", "facts", "gear", "guardian", "inert", "model", "slot", "weapon")

    def __init__(self, definition: ItemDefinition | None, facts: bytes, model: StatModel | None) -> None:
        self.definition = definition
        self.facts = facts
        self.model = model
        self.slot = definition.bucket if definition else 0
        self.gear = self.slot in _GEAR
        self.weapon = self.slot in _WEAPONS
        self.exotic = definition is not None and definition.tier_type == 6
        self.guardian = definition.class_type if definition and definition.class_type in CLASSES else 3
        self.inert = _inert_sockets(definition)


class KnownPlug:
    """A plug made ready. ``whole``: its definition says what it does to stats. ``enhanced``: asks for the weapon's level."""

    __slots__ = ("effects", "enhanced", "facts", "hash", "whole")

    def __init__(self, hash: int, facts: bytes, effects: PlugEffects, *, whole: bool) -> None:
        self.hash = hash
        self.facts = facts
        self.effects = effects
        self.whole = whole
        self.enhanced = any(rule is Rule.ENHANCED for _, _, rule in effects.under)


class Catalogue:
    """One version of the definitions, made ready. Look-ups of unknown hashes answer with what can be said, and never raise."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.key = definitions.key
        self.vaulted = vault_accepts(definitions)
        self._items: dict[int, KnownItem] = {}
        self._plugs: dict[int, KnownPlug] = {}
        self._stats: dict[int, bytes] = {}
        self._scales: dict[int, tuple[Scale, ...]] = {}
        self._worked_out: dict[Hashable, Any] = {}

    def once(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """What others make of the definitions alone, and keep as long as these are read: worked out when first asked for."""
        if key not in self._worked_out:
            self._worked_out[key] = work_out()
        return cast(T, self._worked_out[key])

    @property
    def is_new(self) -> bool:
        """Nothing was asked of it yet."""
        return not self._items

    def preload(self, wanted: Iterable[int]) -> None:
        """Reads many definitions at once, where reading them one by one would be slow."""
        new = [hash for hash in wanted if hash not in self._items and hash not in self._plugs]
        if new:
            self.definitions.preload(new)

    def item(self, hash: int) -> KnownItem:
        found = self._items.get(hash)
        if found is None:
            row = self.definitions.item(hash)
            gear = row is not None and row.bucket in _GEAR
            model = stat_model(row, self.scales(row.stat_group)) if row is not None and gear else None
            found = self._items[hash] = KnownItem(row, self._keyed(hash, item_facts(hash, row, self.key)), model)
        return found

    def plug(self, hash: int) -> KnownPlug:
        found = self._plugs.get(hash)
        if found is None:
            row = self.definitions.item(hash)
            facts = self._keyed(hash, plug_facts(hash, row, self.key))
            effects = plug_effects(row) if row else NO_EFFECTS
            found = self._plugs[hash] = KnownPlug(hash, facts, effects, whole=row is not None and row.plug is not None)
        return found

    def stat(self, hash: int) -> bytes:
        """``"<hash>":{...}`` as sent."""
        found = self._stats.get(hash)
        if found is None:
            found = self._stats[hash] = self._keyed(hash, stat_facts(hash, self.definitions))
        return found

    def scales(self, group: int) -> tuple[Scale, ...]:
        """The scales of a stat group, in display order."""
        found = self._scales.get(group)
        if found is None:
            found = self._scales[group] = scales_of(group, self.definitions) if group else ()
        return found

    @staticmethod
    def _keyed(hash: int, facts: msgspec.Struct) -> bytes:
        return b'"%d":%b' % (hash, _ENCODER.encode(facts))


def item_facts(hash: int, item: ItemDefinition | None, key: str) -> ItemFacts:
    """What all copies share; for a hash that the manifest does not know, that it is missing."""
    icon = f"/icons/items/{hash}?v={key}"
    if item is None:
        return ItemFacts(name=missing_name(hash), type="", tier="unknown", kind="unknown", icon=icon, missing=True)
    return ItemFacts(
        name=name_of(item),
        type=item.type_name,
        tier=TIERS.get(item.tier_type, "unknown"),
        kind=kind_of(item),
        icon=icon,
        guardian=CLASSES.get(item.class_type, UNSET),
        ammo=AMMO.get(item.ammo_type, UNSET),
        element=ELEMENTS.get(item.damage_type, UNSET),
        classified=True if is_classified(item) else UNSET,
    )


def plug_facts(hash: int, plug: ItemDefinition | None, key: str) -> PlugFacts:
    if plug is None:
        return PlugFacts(name="Unknown plug")
    icon = f"/icons/plugs/{hash}?v={key}" if plug.icon else UNSET
    return PlugFacts(name=plug.name.strip() or plug.type_name or "Unnamed plug", icon=icon, type=plug.type_name or UNSET)


def stat_facts(hash: int, definitions: Definitions) -> StatFacts:
    stat = definitions.stat(hash)
    name = "Total" if hash == hashes.TOTAL else (stat.name if stat else "")
    return StatFacts(
        name=name or f"Stat {hash}",
        number=True if hash in _NUMBERS else UNSET,
        smaller_is_better=True if hash in _SMALLER_IS_BETTER else UNSET,
    )


def _inert_sockets(item: ItemDefinition | None) -> frozenset[int]:
    if item is None:
        return frozenset()
    groups = [group.indexes for group in item.socket_categories if group.category in hashes.COSMETIC_CATEGORIES]
    return frozenset(index for indexes in groups for index in indexes)
