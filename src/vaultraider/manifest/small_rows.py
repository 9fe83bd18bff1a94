"""Every table but the items: what we read of a row, and the definition made of it."""

from __future__ import annotations

from operator import attrgetter

import msgspec

from vaultraider.domain.definitions import (
    PATTERN_TOAST,
    BucketDefinition,
    CollectibleDefinition,
    NamedDefinition,
    ObjectiveDefinition,
    PlugSetDefinition,
    ScaledStat,
    SocketTypeDefinition,
    StatDefinition,
    StatGroupDefinition,
)
from vaultraider.manifest.rows import NO_DISPLAY, Display, Raw, picture


class RawBucket(Raw, frozen=True):
    display_properties: Display = NO_DISPLAY
    item_count: int = 0
    scope: int = 0
    category: int = 0
    bucket_order: int = 0
    location: int = 0
    has_transfer_destination: bool = False
    fifo: bool = False
    enabled: bool = True


def bucket(hash: int, raw: RawBucket) -> BucketDefinition:
    return BucketDefinition(
        hash,
        raw.display_properties.name,
        capacity=raw.item_count,
        scope=raw.scope,
        category=raw.category,
        order=raw.bucket_order,
        location=raw.location,
        transferable=raw.has_transfer_destination,
        fifo=raw.fifo,
        enabled=raw.enabled,
    )


class RawStat(Raw, frozen=True):
    display_properties: Display = NO_DISPLAY
    aggregation_type: int = 0
    interpolate: bool = False
    index: int = 0


def stat(hash: int, raw: RawStat) -> StatDefinition:
    display = raw.display_properties
    return StatDefinition(
        hash,
        display.name,
        description=display.description,
        icon=picture(display.icon),
        aggregation=raw.aggregation_type,
        interpolate=raw.interpolate,
        order=raw.index,
    )


class _Point(Raw, frozen=True):
    value: int = 0
    weight: int = 0


class _Scaled(Raw, frozen=True):
    stat_hash: int = 0
    maximum_value: int = 100
    display_as_numeric: bool = False
    display_interpolation: tuple[_Point, ...] = ()


class RawStatGroup(Raw, frozen=True):
    maximum_value: int = 100
    ui_position: int = 0
    scaled_stats: tuple[_Scaled, ...] = ()


def stat_group(hash: int, raw: RawStatGroup) -> StatGroupDefinition:
    scaled = tuple(
        ScaledStat(
            entry.stat_hash,
            entry.maximum_value,
            entry.display_as_numeric,
            tuple((point.value, point.weight) for point in entry.display_interpolation),
        )
        for entry in raw.scaled_stats
    )
    return StatGroupDefinition(hash, maximum=raw.maximum_value, ui_position=raw.ui_position, scaled=scaled)


class _CraftingRequirements(Raw, frozen=True):
    required_level: int | None = None


class _PlugSetItem(Raw, frozen=True):
    plug_item_hash: int = 0
    currently_can_roll: bool = True
    crafting_requirements: _CraftingRequirements | None = None


class RawPlugSet(Raw, frozen=True):
    reusable_plug_items: tuple[_PlugSetItem, ...] = ()


_PLUG = attrgetter("plug_item_hash", "currently_can_roll")


def plug_set(hash: int, raw: RawPlugSet) -> PlugSetDefinition:
    plugs = raw.reusable_plug_items
    return PlugSetDefinition(
        hash,
        plugs=tuple([(plug.plug_item_hash, plug.currently_can_roll) for plug in plugs]),
        levels=tuple([(plug.plug_item_hash, level) for plug in plugs if (level := _required_level(plug))]),
    )


def _required_level(plug: _PlugSetItem) -> int:
    return (plug.crafting_requirements.required_level or 0) if plug.crafting_requirements is not None else 0


class RawCollectible(Raw, frozen=True):
    display_properties: Display = NO_DISPLAY
    source_hash: int | None = None
    source_string: str = ""
    item_hash: int = 0


def collectible(hash: int, raw: RawCollectible) -> CollectibleDefinition:
    return CollectibleDefinition(
        hash, raw.display_properties.name, source=raw.source_hash or 0, source_text=raw.source_string, item=raw.item_hash
    )


class _Whitelisted(Raw, frozen=True):
    category_hash: int = 0
    category_identifier: str = ""


class RawSocketType(Raw, frozen=True):
    display_properties: Display = NO_DISPLAY
    socket_category_hash: int = 0
    plug_whitelist: tuple[_Whitelisted, ...] = ()


def socket_type(hash: int, raw: RawSocketType) -> SocketTypeDefinition:
    return SocketTypeDefinition(
        hash,
        raw.display_properties.name,
        category=raw.socket_category_hash,
        whitelist=tuple([(entry.category_hash, entry.category_identifier) for entry in raw.plug_whitelist]),
    )


class RawObjective(Raw, frozen=True):
    display_properties: Display = NO_DISPLAY
    progress_description: str = ""
    completion_value: int = 0
    ui_style: int = 0


def objective(hash: int, raw: RawObjective) -> ObjectiveDefinition:
    display = raw.display_properties
    return ObjectiveDefinition(
        hash, display.name, raw.progress_description or display.description, raw.completion_value, raw.ui_style
    )


class RawNamed(Raw, frozen=True):
    """Each of the small tables knows its rows by one number, under a name of its own."""

    display_properties: Display = NO_DISPLAY
    class_type: int | None = None
    race_type: int | None = None
    gender_type: int | None = None
    enum_value: int | None = None
    power_cap: int | None = None
    category_style: int | None = None
    season_number: int | None = None
    gendered_class_names: dict[str, str] = {}
    gendered_race_names: dict[str, str] = {}


def named(hash: int, raw: RawNamed) -> NamedDefinition:
    display = raw.display_properties
    numbers = (
        raw.class_type,
        raw.race_type,
        raw.gender_type,
        raw.enum_value,
        raw.power_cap,
        raw.category_style,
        raw.season_number,
    )
    return NamedDefinition(
        hash,
        display.name,
        icon=picture(display.icon),
        value=next((number for number in numbers if number is not None), 0),
        description=display.description,
        names=_by_gender(raw.gendered_class_names or raw.gendered_race_names),
    )


class RawSandboxPerk(Raw, frozen=True):
    display_properties: Display = NO_DISPLAY


def sandbox_perk(hash: int, raw: RawSandboxPerk) -> NamedDefinition | None:
    """Only those that say something: they are there for their texts."""
    display = raw.display_properties
    if not display.name and not display.description:
        return None
    return NamedDefinition(hash, display.name, description=display.description)


class _Title(Raw, frozen=True):
    has_title: bool = False
    titles_by_gender: dict[str, str] = {}


NO_TITLE = _Title()


class _Completion(Raw, frozen=True):
    toast_style: int = 0


NO_COMPLETION = _Completion()


class RawRecord(Raw, frozen=True):
    display_properties: Display = NO_DISPLAY
    title_info: _Title = NO_TITLE
    completion_info: _Completion = NO_COMPLETION


def record(hash: int, raw: RawRecord) -> NamedDefinition | None:
    """Only records that give a title or count a weapon's pattern: the others are thousands, and nothing shows them."""
    toast = raw.completion_info.toast_style
    if not raw.title_info.has_title and toast != PATTERN_TOAST:
        return None
    display = raw.display_properties
    return NamedDefinition(
        hash,
        display.name,
        icon=picture(display.icon),
        value=toast if toast == PATTERN_TOAST else 0,
        description=display.description,
        names=_by_gender(raw.title_info.titles_by_gender),
    )


def _by_gender(names: dict[str, str]) -> tuple[str, ...]:
    if not names:
        return ()
    return (names.get("Male", ""), names.get("Female", ""))


class _Accepted(Raw, frozen=True):
    accepted_inventory_bucket_hash: int = 0
    destination_inventory_bucket_hash: int = 0


class RawVendor(Raw, frozen=True):
    accepted_items: tuple[_Accepted, ...] = ()


def accepted_buckets(row: bytes) -> frozenset[int]:
    """Buckets that a vendor's row accepts items from; empty where the row does not say."""
    try:
        raw = msgspec.json.decode(row, type=RawVendor)
    except msgspec.DecodeError:
        return frozenset()
    return frozenset(entry.accepted_inventory_bucket_hash for entry in raw.accepted_items)
