"""What the manifest says, cut down to what the product uses.

One Struct a table, stored as array-like msgpack rows by ``manifest/`` and read back by hash. A hash is unsigned 32 bit.
Names follow Bungie's Destiny.Definitions schemas; a field that a row lacks has the default given here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

import msgspec

PATTERN_TOAST = 8
"""DestinyRecordToastStyle: what the game shows when the pattern of a weapon is unlocked."""


class Definition(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Base: every row has a hash and a name, which may be empty."""

    hash: int
    name: str = ""


class InvestmentStat(msgspec.Struct, frozen=True, array_like=True, gc=False):
    stat: int
    value: int
    conditional: bool = False


class SocketEntry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One of an item's sockets as defined, before anything is plugged by a copy of it."""

    socket_type: int = 0
    initial_plug: int = 0
    reusable_plug_set: int = 0
    randomized_plug_set: int = 0
    reusable_plugs: tuple[int, ...] = ()
    visible: bool = True


class SocketCategoryEntry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    category: int
    indexes: tuple[int, ...]


class PlugInfo(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Only on items that are plugs."""

    category_hash: int = 0
    category: str = ""
    energy_cost: int = 0
    energy_type: int = 0
    energy_capacity: int = 0
    ui_label: str = ""


class ItemDefinition(Definition, frozen=True):
    """DestinyInventoryItemDefinition. ``icon``, ``watermark``, ``emblem`` ... are Bungie paths ("/common/..."), or empty."""

    description: str = ""
    icon: str = ""
    watermark: str = ""
    secondary_icon: str = ""
    secondary_special: str = ""
    type_name: str = ""
    tier_type: int = 0
    tier_name: str = ""
    bucket: int = 0
    recovery_bucket: int = 0
    max_stack: int = 1
    stack_unique_label: str = ""
    is_instanced: bool = False
    non_transferrable: bool = False
    pull_has_side_effects: bool = False
    class_type: int = 3
    item_type: int = 0
    item_sub_type: int = 0
    categories: tuple[int, ...] = ()
    damage_type: int = 0
    ammo_type: int = 0
    unique_label: str = ""
    equipment_slot: int = 0
    equippable: bool = False
    stat_group: int = 0
    stats: tuple[tuple[int, int], ...] = ()
    """The static ``stats.stats`` block, as (stat, value): used where an item has no investment stats."""
    investment_stats: tuple[InvestmentStat, ...] = ()
    sockets: tuple[SocketEntry, ...] = ()
    socket_categories: tuple[SocketCategoryEntry, ...] = ()
    plug: PlugInfo | None = None
    perks: tuple[int, ...] = ()
    set_hash: int = 0
    """The armour set (DestinyEquipableItemSetDefinition)."""
    collectible: int = 0
    recipe: int = 0
    power_caps: tuple[int, ...] = ()
    """Hashes in PowerCap, by version of the item."""
    trait_ids: tuple[str, ...] = ()
    redacted: bool = False
    """Classified: Bungie hides what it is. It can be owned, and moved, all the same."""
    blacklisted: bool = False
    version_watermarks: tuple[str, ...] = ()
    """Watermark by version of the item (an instance says which one it is)."""
    featured_watermark: str = ""
    secondary_overlay: str = ""
    breaker_type: int = 0
    objectives: tuple[int, ...] = ()
    set_items: tuple[int, ...] = ()
    """The steps of a quest line, in order, as item hashes."""
    intrinsic_plugs: tuple[int, ...] = ()
    featured: bool = False
    adept: bool = False
    holofoil: bool = False
    season: int = 0
    """The number of the season that the row names, 0 where it names none: most do not."""
    infusable: bool = False
    """It belongs to a category within which power can be passed on."""
    rewards: tuple[int, ...] = ()
    """What a bounty or a quest pays, as item hashes."""
    grants: tuple[tuple[str, str], ...] = ()
    """Name and description of each perk (DestinySandboxPerkDefinition), "" for what the row says itself; those that add nothing
    are left out. Many a mod has no other text."""

    @property
    def text(self) -> str:
        """The description, else what the perks say, each on a line of its own."""
        return self.description or "\n".join(dict.fromkeys([said for _, said in self.grants if said]))


class BucketDefinition(Definition, frozen=True):
    """DestinyInventoryBucketDefinition. ``scope`` 0 character, 1 account; ``location`` 0-4 as an item's."""

    capacity: int = 0
    scope: int = 0
    category: int = 0
    order: int = 0
    location: int = 0
    transferable: bool = False
    fifo: bool = False
    enabled: bool = True


class StatDefinition(Definition, frozen=True):
    description: str = ""
    icon: str = ""
    aggregation: int = 0
    interpolate: bool = False
    order: int = 0
    """``index`` of the row."""


class ScaledStat(msgspec.Struct, frozen=True, array_like=True, gc=False):
    stat: int
    maximum: int
    as_number: bool = False
    points: tuple[tuple[int, int], ...] = ()
    """Display interpolation as (value, weight), in the manifest's order."""


class StatGroupDefinition(Definition, frozen=True):
    maximum: int = 100
    ui_position: int = 0
    scaled: tuple[ScaledStat, ...] = ()


class NamedDefinition(Definition, frozen=True):
    """Class, race, gender, damage type, tier, socket category, energy type, power cap, season, record: a name, a picture and a
    number."""

    icon: str = ""
    value: int = 0
    """``classType``, ``raceType``, ``enumValue``, ``powerCap``, ``seasonNumber``: whatever number the table is known by. Of a
    record ``PATTERN_TOAST`` where it counts a pattern."""
    description: str = ""
    names: tuple[str, ...] = ()
    """Gendered class or race names by gender type (0 masculine, 1 feminine), where given."""


class PlugSetDefinition(Definition, frozen=True):
    plugs: tuple[tuple[int, bool], ...] = ()
    """(plug item hash, currently can roll)"""
    levels: tuple[tuple[int, int], ...] = ()
    """(plug item hash, level that a crafted weapon needs for it); only of those that need one."""


class CollectibleDefinition(Definition, frozen=True):
    """DestinyCollectibleDefinition. ``source``: where its item comes from, as Bungie's hash; ``source_text`` says it in the
    manifest's language. ``item``: the item's hash."""

    source: int = 0
    source_text: str = ""
    item: int = 0


class SocketTypeDefinition(Definition, frozen=True):
    category: int = 0
    whitelist: tuple[tuple[int, str], ...] = ()
    """(category hash, category identifier)"""


class ObjectiveDefinition(Definition, frozen=True):
    """``description`` is the row's ``progressDescription`` where it has one."""

    description: str = ""
    completion: int = 0
    ui_style: int = 0
    """2: the level of a crafted weapon (DestinyObjectiveUiStyle)."""


class Definitions(Protocol):
    """One version of the manifest in one language. Every look-up of an unknown hash gives None, and never raises."""

    @property
    def version(self) -> str:
        """Bungie's ``version`` string: opaque, shown to people, never compared."""

    @property
    def key(self) -> str:
        """What tells two sets of definitions apart: language and content path. Safe in an address."""

    @property
    def language(self) -> str: ...

    @property
    def vault_buckets(self) -> frozenset[int]:
        """Buckets whose items the vault accepts (the vault vendor's accepted items)."""

    @property
    def patterns(self) -> Mapping[str, int]:
        """Records that count the pattern of a weapon, by the weapon's name: nothing else links the two."""

    def preload(self, items: Iterable[int]) -> None:
        """Reads many items in a few queries, so that the ``item`` calls that follow are look-ups in memory."""

    def item(self, hash: int) -> ItemDefinition | None: ...
    def bucket(self, hash: int) -> BucketDefinition | None: ...
    def buckets(self) -> list[BucketDefinition]: ...
    def stat(self, hash: int) -> StatDefinition | None: ...
    def stat_group(self, hash: int) -> StatGroupDefinition | None: ...
    def plug_set(self, hash: int) -> PlugSetDefinition | None: ...
    def socket_type(self, hash: int) -> SocketTypeDefinition | None: ...
    def objective(self, hash: int) -> ObjectiveDefinition | None: ...
    def collectible(self, hash: int) -> CollectibleDefinition | None: ...

    def named(self, table: str, hash: int) -> NamedDefinition | None:
        """A row of a small table: Class, Race, Gender, DamageType, ItemTierType, SocketCategory, EnergyType, PowerCap,
        Season, EquipableItemSet, Record (only those that give a title or count a pattern)."""

    def full(self, table: str, hash: int) -> dict[str, object] | None:
        """The whole row as Bungie wrote it, from the original file. Slow; for one item's details."""
