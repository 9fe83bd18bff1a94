"""DestinyInventoryItemDefinition: what we read of a row, and the definition made of it."""

from __future__ import annotations

from operator import attrgetter

from vaultraider.manifest.rows import MISSING_ICON, NO_DISPLAY, Display, Raw, picture

TIER_HASHES = {1: 3772930460, 2: 3340296461, 3: 2395677314, 4: 2127292149, 5: 4008398120, 6: 2759499571}
"""DestinyItemTierTypeDefinition by ``tierType``. The names moved once ("Uncommon" became "Common"); these numbers did not."""
TIER_TYPES = {hash: number for number, hash in TIER_HASHES.items()} | {1801258597: 0}
UNKNOWN_CLASS = 3


class _Inventory(Raw, frozen=True):
    max_stack_size: int = 1
    bucket_type_hash: int = 0
    recovery_bucket_type_hash: int = 0
    tier_type_hash: int = 0
    is_instance_item: bool = False
    tier_type_name: str = ""
    tier_type: int | None = None
    stack_unique_label: str = ""
    recipe_item_hash: int = 0


class _Stat(Raw, frozen=True):
    stat_hash: int = 0
    value: int = 0


class _Stats(Raw, frozen=True):
    stat_group_hash: int = 0
    stats: dict[str, _Stat] = {}


class _Equipping(Raw, frozen=True):
    unique_label: str = ""
    unique_label_hash: int = 0
    equipment_slot_type_hash: int = 0
    ammo_type: int = 0
    equipable_item_set_hash: int = 0


class _Version(Raw, frozen=True):
    power_cap_hash: int = 0


class _Quality(Raw, frozen=True):
    current_version: int = 0
    infusion_category_hash: int = 0
    infusion_category_hashes: tuple[int, ...] | None = None
    versions: tuple[_Version, ...] = ()
    display_version_watermark_icons: tuple[str, ...] = ()


class _PlugItem(Raw, frozen=True):
    plug_item_hash: int = 0


class _Socket(Raw, frozen=True):
    socket_type_hash: int = 0
    single_initial_item_hash: int = 0
    reusable_plug_items: tuple[_PlugItem, ...] = ()
    randomized_plug_items: tuple[_PlugItem, ...] = ()
    reusable_plug_set_hash: int = 0
    randomized_plug_set_hash: int = 0
    default_visible: bool = True


class _SocketCategory(Raw, frozen=True):
    socket_category_hash: int = 0
    socket_indexes: tuple[int, ...] = ()


class _Sockets(Raw, frozen=True):
    socket_entries: tuple[_Socket, ...] = ()
    intrinsic_sockets: tuple[_PlugItem, ...] = ()
    socket_categories: tuple[_SocketCategory, ...] = ()


class _Investment(Raw, frozen=True):
    stat_type_hash: int = 0
    value: int = 0
    is_conditionally_active: bool = False


class _Perk(Raw, frozen=True):
    perk_hash: int = 0


class _EnergyCost(Raw, frozen=True):
    energy_cost: int = 0
    energy_type: int = 0


class _EnergyCapacity(Raw, frozen=True):
    capacity_value: int = 0
    energy_type: int = 0


class _Plug(Raw, frozen=True):
    plug_category_hash: int = 0
    plug_category_identifier: str = ""
    ui_plug_label: str = ""
    energy_cost: _EnergyCost | None = None
    energy_capacity: _EnergyCapacity | None = None


class _Objectives(Raw, frozen=True):
    objective_hashes: tuple[int, ...] = ()


class _SetItem(Raw, frozen=True):
    item_hash: int = 0


class _SetData(Raw, frozen=True):
    item_list: tuple[_SetItem, ...] = ()


class _Reward(Raw, frozen=True):
    item_hash: int = 0


class _Value(Raw, frozen=True):
    item_value: tuple[_Reward, ...] = ()


class RawItem(Raw, frozen=True):
    display_properties: Display = NO_DISPLAY
    inventory: _Inventory | None = None
    item_type_display_name: str | None = None
    item_type_and_tier_display_name: str = ""
    class_type: int = UNKNOWN_CLASS
    stat_group_hash: int = 0
    item_type: int = 0
    item_sub_type: int = 0
    equippable: bool = False
    non_transferrable: bool = False
    does_postmaster_pull_have_side_effects: bool = False
    redacted: bool = False
    blacklisted: bool = False
    collectible_hash: int = 0
    default_damage_type: int = 0
    default_damage_type_hash: int = 0
    breaker_type: int = 0
    icon_watermark: str = ""
    icon_watermark_featured: str = ""
    secondary_icon: str = ""
    secondary_overlay: str = ""
    secondary_special: str = ""
    is_featured_item: bool = False
    is_adept: bool = False
    is_holofoil: bool = False
    item_category_hashes: tuple[int, ...] = ()
    trait_ids: tuple[str, ...] = ()
    stats: _Stats | None = None
    equipping_block: _Equipping | None = None
    quality: _Quality | None = None
    sockets: _Sockets | None = None
    plug: _Plug | None = None
    objectives: _Objectives | None = None
    set_data: _SetData | None = None
    investment_stats: tuple[_Investment, ...] = ()
    perks: tuple[_Perk, ...] = ()
    season_hash: int = 0
    value: _Value | None = None


Row = tuple[object, ...]
"""A Struct's values in the order of its fields: what an array-like Struct is stored as."""

_STAT = attrgetter("stat_hash", "value")
_INVESTMENT = attrgetter("stat_type_hash", "value", "is_conditionally_active")
_CATEGORY = attrgetter("socket_category_hash", "socket_indexes")
_PLUG_ITEM = attrgetter("plug_item_hash")
_PERK = attrgetter("perk_hash")
_POWER_CAP = attrgetter("power_cap_hash")
_SET_ITEM = attrgetter("item_hash")


class ItemShaper:
    """Makes the stored rows of one manifest's items: the fields of ``domain.definitions.ItemDefinition``, in their order.

    ``tier_names``: by hash of DestinyItemTierTypeDefinition; ``damage_types``: number by hash of DestinyDamageTypeDefinition;
    ``collectibles``: by the hash of their item. All fill what a row does not say itself. ``seasons``: number by hash of
    DestinySeasonDefinition. ``perks``: name and description by hash of DestinySandboxPerkDefinition.
    """

    def __init__(
        self,
        tier_names: dict[int, str],
        damage_types: dict[int, int],
        collectibles: dict[int, int] | None = None,
        seasons: dict[int, int] | None = None,
        perks: dict[int, tuple[str, str]] | None = None,
    ) -> None:
        self._tier_names = tier_names
        self._damage_types = damage_types
        self._collectibles = collectibles or {}
        self._seasons = seasons or {}
        self._perks = perks or {}
        self._tier_words = {name for name in tier_names.values() if name}
        self._type_names = _TypeNames(self._tier_words)

    def __call__(self, hash: int, raw: RawItem) -> Row:
        display = raw.display_properties
        inventory = raw.inventory or NO_INVENTORY
        equipping = raw.equipping_block or NO_EQUIPPING
        quality = raw.quality or NO_QUALITY
        sockets = raw.sockets or NO_SOCKETS
        stats = raw.stats or NO_STATS
        tier_type, tier_name = self._tier(inventory)
        type_name = raw.item_type_display_name
        icon = display.icon
        # Thirty thousand times: plain tuples and lists, and a guard before each loop, take half the time of Structs by keyword.
        return (
            hash,
            display.name,
            display.description,
            icon if icon != MISSING_ICON else "",
            _watermark(raw.icon_watermark, quality) if raw.quality else raw.icon_watermark,
            raw.secondary_icon and picture(raw.secondary_icon),
            raw.secondary_special and picture(raw.secondary_special),
            self._type_names[raw.item_type_and_tier_display_name] if type_name is None else type_name,
            tier_type,
            tier_name,
            inventory.bucket_type_hash,
            inventory.recovery_bucket_type_hash,
            inventory.max_stack_size,
            inventory.stack_unique_label,
            inventory.is_instance_item,
            raw.non_transferrable,
            raw.does_postmaster_pull_have_side_effects,
            raw.class_type,
            raw.item_type,
            raw.item_sub_type,
            raw.item_category_hashes,
            raw.default_damage_type or self._damage_types.get(raw.default_damage_type_hash, 0),
            equipping.ammo_type,
            equipping.unique_label or (str(equipping.unique_label_hash) if equipping.unique_label_hash else ""),
            equipping.equipment_slot_type_hash,
            raw.equippable,
            stats.stat_group_hash or raw.stat_group_hash,
            list(map(_STAT, stats.stats.values())) if stats.stats else (),
            list(map(_INVESTMENT, raw.investment_stats)) if raw.investment_stats else (),
            _sockets(sockets.socket_entries) if sockets.socket_entries else (),
            list(map(_CATEGORY, sockets.socket_categories)) if sockets.socket_categories else (),
            _plug(raw.plug) if raw.plug else None,
            list(map(_PERK, raw.perks)) if raw.perks else (),
            equipping.equipable_item_set_hash,
            raw.collectible_hash or self._collectibles.get(hash, 0),
            inventory.recipe_item_hash,
            list(map(_POWER_CAP, quality.versions)) if quality.versions else (),
            raw.trait_ids,
            raw.redacted,
            raw.blacklisted,
            quality.display_version_watermark_icons,
            raw.icon_watermark_featured,
            raw.secondary_overlay and picture(raw.secondary_overlay),
            raw.breaker_type,
            raw.objectives.objective_hashes if raw.objectives else (),
            list(map(_SET_ITEM, raw.set_data.item_list)) if raw.set_data else (),
            list(map(_PLUG_ITEM, sockets.intrinsic_sockets)) if sockets.intrinsic_sockets else (),
            raw.is_featured_item,
            raw.is_adept,
            raw.is_holofoil,
            self._seasons.get(raw.season_hash, 0) if raw.season_hash else 0,
            bool(quality.infusion_category_hash or quality.infusion_category_hashes),
            _rewards(raw.value) if raw.value else (),
            self._grants(raw.perks, display) if raw.perks else (),
        )

    def _grants(self, perks: tuple[_Perk, ...], display: Display) -> list[Row]:
        """Mostly the perk says what the row says: that is not kept twice."""
        found: dict[Row, None] = {}
        for perk in perks:
            name, description = self._perks.get(perk.perk_hash, ("", ""))
            name = "" if name == display.name else name
            description = "" if description == display.description else description
            if name or description:
                found[(name, description)] = None
        return list(found)

    def _tier(self, inventory: _Inventory) -> tuple[int, str]:
        number = inventory.tier_type
        if number is None:
            number = TIER_TYPES.get(inventory.tier_type_hash, 0)
        name = inventory.tier_type_name
        if name:
            self._tier_words.add(name)
            return number, name
        return number, self._tier_names.get(inventory.tier_type_hash or TIER_HASHES.get(number, 0), "")


class _TypeNames(dict[str, str]):
    """The type alone of "Legendary Hand Cannon", by the whole: the tier stands first or last, as the language has it."""

    def __init__(self, tier_words: set[str]) -> None:
        super().__init__()
        self._tier_words = tier_words

    def __missing__(self, type_and_tier: str) -> str:
        first, _, rest = type_and_tier.partition(" ")
        start, _, last = type_and_tier.rpartition(" ")
        name = rest if first in self._tier_words else start if last in self._tier_words else type_and_tier
        self[type_and_tier] = name
        return name


def _watermark(plain: str, quality: _Quality) -> str:
    versions = quality.display_version_watermark_icons
    if 0 <= quality.current_version < len(versions):
        return versions[quality.current_version] or plain
    return plain


def _rewards(value: _Value) -> list[int]:
    """Bungie fills the places that are free with zeros."""
    return [reward.item_hash for reward in value.item_value if reward.item_hash]


def _sockets(entries: tuple[_Socket, ...]) -> list[Row]:
    """As ``domain.definitions.SocketEntry``."""
    return [
        (
            entry.socket_type_hash,
            entry.single_initial_item_hash,
            entry.reusable_plug_set_hash,
            entry.randomized_plug_set_hash,
            list(map(_PLUG_ITEM, entry.reusable_plug_items or entry.randomized_plug_items)),
            entry.default_visible,
        )
        for entry in entries
    ]


def _plug(raw: _Plug) -> Row:
    """As ``domain.definitions.PlugInfo``."""
    cost, capacity = raw.energy_cost, raw.energy_capacity
    energy_type = cost.energy_type if cost else capacity.energy_type if capacity else 0
    return (
        raw.plug_category_hash,
        raw.plug_category_identifier,
        cost.energy_cost if cost else 0,
        energy_type,
        capacity.capacity_value if capacity else 0,
        raw.ui_plug_label,
    )


NO_INVENTORY = _Inventory()
NO_EQUIPPING = _Equipping()
NO_QUALITY = _Quality()
NO_SOCKETS = _Sockets()
NO_STATS = _Stats()
