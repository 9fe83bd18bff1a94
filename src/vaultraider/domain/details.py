"""Everything about one item, named, for its sheet: sockets with their alternatives, stats with what adds to them, objectives."""

from __future__ import annotations

from msgspec import UNSET, Raw, UnsetType

from vaultraider.domain import hashes
from vaultraider.domain.buckets import ACCOUNT_STORE, VAULT_STORE
from vaultraider.domain.catalogue import Catalogue, KnownItem, KnownPlug, item_facts, stat_facts
from vaultraider.domain.definitions import Definitions, ItemDefinition
from vaultraider.domain.entries import INSTANCE, Entry, copy_of
from vaultraider.domain.items import CRAFTED, NO_INSTANCE, STUCK_SENTENCES, InstanceData
from vaultraider.domain.patterns import pattern_of
from vaultraider.domain.profile import Profile
from vaultraider.domain.profile_parts import (
    ItemBase,
    ItemDetails,
    ItemStat,
    Objective,
    PatternProgress,
    Socket,
    SocketPlug,
    StatLine,
    Transferability,
)
from vaultraider.domain.snapshot import decode_or_salvage
from vaultraider.domain.sockets import (
    OBJECTIVES,
    PLUG_OBJECTIVES,
    REUSABLE_PLUGS,
    SOCKETS,
    ObjectiveData,
    ObjectivesData,
    PlugObjectivesData,
    ReusablePlug,
    ReusablePlugsData,
    SocketData,
    SocketsData,
    crafted_level,
)

_MASTERWORK_WORDS = "masterworks"
_TRACKER_WORDS = "trackers"
_MOD_PREFIXES = ("enhancements.", "v400.weapon.mod", "core.gear_systems.armor_tiering.plugs.tuning")
_TUNING = "core.gear_systems.armor_tiering.plugs.tuning"


def describe_item(profile: Profile, entry: Entry) -> ItemDetails:
    """The sheet of one item of a profile."""
    catalogue, item = profile.catalogue, entry.item
    known = catalogue.item(item.hash)
    definition = known.definition
    sockets = _decoded_sockets(entry)
    choices = _choices(profile, entry)
    facts = item_facts(item.hash, definition, catalogue.key)
    stuck = item.stuck
    can_move = not isinstance(stuck, str)
    shared = {name: getattr(item, name) for name in ItemBase.__struct_fields__}
    return ItemDetails(
        **shared,
        name=facts.name,
        type=facts.type,
        tier=facts.tier,
        kind=facts.kind,
        description=definition.description if definition else "",
        icon=facts.icon,
        bucket_name=next((bucket.name for bucket in profile.buckets if bucket.hash == item.bucket), ""),
        store_name=_store_name(profile, item.store),
        definition=facts,
        stats=_stat_lines(entry, known, sockets, catalogue),
        sockets=_sockets(sockets, choices, definition, catalogue),
        objectives=_objectives(profile, entry, catalogue.definitions),
        copies=[other.item.id for other in profile.entries if other.item.hash == item.hash and other is not entry],
        transferability=Transferability(
            can_move=can_move,
            reason=stuck,
            sentence=STUCK_SENTENCES[stuck] if isinstance(stuck, str) else UNSET,
        ),
        crafted_level=(crafted_level(entry.plug_objectives, catalogue.definitions) or UNSET)
        if entry.data.state & CRAFTED
        else UNSET,
        tuned_stat=_tuned_stat(choices, catalogue) or UNSET,
        pattern=_pattern(profile, definition),
    )


def _pattern(profile: Profile, definition: ItemDefinition | None) -> PatternProgress | UnsetType:
    found = pattern_of(profile.snapshot, definition, profile.catalogue.definitions)
    return PatternProgress(done=found.done, needed=found.needed, unlocked=found.unlocked) if found is not None else UNSET


def _store_name(profile: Profile, store: str) -> str:
    if store == VAULT_STORE:
        return "Vault"
    if store == ACCOUNT_STORE:
        return "All characters"
    for character in profile.characters:
        if character.id == store:
            return character.nickname if isinstance(character.nickname, str) else character.class_name
    return "A character"


def _decoded_sockets(entry: Entry) -> list[SocketData]:
    return decode_or_salvage(entry.sockets, SOCKETS, SocketsData).sockets if entry.sockets is not None else []


def _choices(profile: Profile, entry: Entry) -> dict[int, list[ReusablePlug]]:
    """What this copy can have in each socket, by socket index."""
    part = profile.snapshot.body.item_components.reusable_plugs
    raw = part.data.get(entry.data.item_instance_id) if part is not None and part.data is not None else None
    if raw is None:
        return {}
    found = decode_or_salvage(raw, REUSABLE_PLUGS, ReusablePlugsData).plugs
    return {int(index): plugs for index, plugs in found.items() if index.isascii() and index.isdigit() and len(index) < 4}


def _sockets(
    sockets: list[SocketData], choices: dict[int, list[ReusablePlug]], definition: ItemDefinition | None, catalogue: Catalogue
) -> list[Socket]:
    """Visible sockets in the order of their categories; those of no category last."""
    category_of = {
        index: group.category for group in (definition.socket_categories if definition else ()) for index in group.indexes
    }
    order = {group.category: place for place, group in enumerate(definition.socket_categories if definition else ())}
    found: list[tuple[int, Socket]] = []
    for index, socket in enumerate(sockets):
        if not socket.plug_hash or not socket.is_visible:
            continue
        category = category_of.get(index, 0)
        row = catalogue.definitions.named("SocketCategory", category) if category else None
        plug = catalogue.definitions.item(socket.plug_hash)
        shown = Socket(
            category=row.name if row is not None else "",
            category_hash=category,
            plugs=_socket_plugs(socket, choices.get(index, []), catalogue),
            label=plug.type_name if plug is not None and plug.type_name else UNSET,
        )
        found.append((order.get(category, len(order)), shown))
    found.sort(key=lambda pair: pair[0])
    return [socket for _, socket in found]


def _socket_plugs(socket: SocketData, choices: list[ReusablePlug], catalogue: Catalogue) -> list[SocketPlug]:
    plugs = [_socket_plug(plug.plug_item_hash, socket, plug.enabled, catalogue) for plug in choices]
    if not any(plug.plugged for plug in plugs):
        plugs.insert(0, _socket_plug(socket.plug_hash, socket, socket.is_enabled, catalogue))
    return plugs


def _socket_plug(hash: int, socket: SocketData, enabled: bool, catalogue: Catalogue) -> SocketPlug:
    row = catalogue.definitions.item(hash)
    plugged = hash == socket.plug_hash
    return SocketPlug(
        hash=hash,
        name=(row.name.strip() or row.type_name or "Unnamed plug") if row is not None else "Unknown plug",
        description=row.text if row is not None else "",
        plugged=plugged,
        enabled=socket.is_enabled if plugged else enabled,
        icon=f"/icons/plugs/{hash}?v={catalogue.key}" if row is not None and row.icon else UNSET,
    )


def _stat_lines(entry: Entry, known: KnownItem, sockets: list[SocketData], catalogue: Catalogue) -> list[StatLine]:
    stats = entry.item.stats
    if not isinstance(stats, tuple):
        return []
    group = known.definition.stat_group if known.definition is not None else 0
    scales = {scale.stat: scale for scale in catalogue.scales(group)}
    masterwork, mods = _shares(entry, known, sockets, stats, catalogue)
    lines = []
    for stat in stats:
        facts = stat_facts(stat.hash, catalogue.definitions)
        scale = scales.get(stat.hash)
        if scale is not None:
            facts.maximum = scale.top if scale.top > 0 and stat.hash not in hashes.ARMOR_STAT_HASHES else UNSET
            facts.number = True if scale.as_number or facts.number is True else UNSET
            facts.smaller_is_better = True if scale.smaller_is_better else UNSET
        lines.append(
            StatLine(
                hash=stat.hash,
                name=facts.name,
                value=stat.value,
                base=stat.base,
                masterwork=masterwork.get(stat.hash) or UNSET,
                mods=mods.get(stat.hash) or UNSET,
                maximum=facts.maximum,
                number=facts.number,
                smaller_is_better=facts.smaller_is_better,
            )
        )
    return lines


def _shares(
    entry: Entry, known: KnownItem, sockets: list[SocketData], stats: tuple[ItemStat, ...], catalogue: Catalogue
) -> tuple[dict[int, int], dict[int, int]]:
    """What the masterwork and the mods add to each shown value: the difference that taking them out would make."""
    model, definition = known.model, known.definition
    if model is None or definition is None:
        return {}, {}
    plugs = [
        (catalogue.plug(socket.plug_hash), catalogue.definitions.item(socket.plug_hash))
        for index, socket in enumerate(sockets)
        if socket.plug_hash and socket.is_enabled and index not in known.inert
    ]
    instance = decode_or_salvage(entry.instance, INSTANCE, InstanceData) if entry.instance is not None else NO_INSTANCE
    copy = copy_of(entry.data, instance, known, [plug for plug, _ in plugs], entry.plug_objectives, catalogue)
    values = {stat.hash: stat.value for stat in stats}

    def without(taken: tuple[KnownPlug, ...]) -> dict[int, int]:
        rest = model.of([plug.effects for plug, _ in plugs if plug not in taken], copy)
        left = {stat.hash: stat.value for stat in rest}
        return {hash: value - left.get(hash, 0) for hash, value in values.items()}

    return (
        without(tuple(plug for plug, row in plugs if is_masterwork(row))),
        without(tuple(plug for plug, row in plugs if _is_mod(row))),
    )


def is_masterwork(plug: ItemDefinition | None) -> bool:
    """Whether it is what a masterwork puts into its socket."""
    category = plug.plug.category if plug is not None and plug.plug is not None else ""
    return _MASTERWORK_WORDS in category and _TRACKER_WORDS not in category


def _is_mod(plug: ItemDefinition | None) -> bool:
    return plug is not None and plug.plug is not None and plug.plug.category.startswith(_MOD_PREFIXES)


def _tuned_stat(choices: dict[int, list[ReusablePlug]], catalogue: Catalogue) -> str:
    """The stat that every tuning of this piece raises (each takes from another); Balanced Tuning raises none above the rest."""
    for plugs in choices.values():
        for choice in plugs:
            row = catalogue.definitions.item(choice.plug_item_hash)
            if row is None or row.plug is None or not row.plug.category.startswith(_TUNING):
                continue
            raised = [stat.stat for stat in row.investment_stats if stat.value > 0]
            if len(raised) == 1:
                return stat_facts(raised[0], catalogue.definitions).name
    return ""


def _objectives(profile: Profile, entry: Entry, definitions: Definitions) -> list[Objective]:
    """The item's own (quests, catalysts), then those of what is plugged (kill trackers)."""
    found: list[ObjectiveData] = []
    part = profile.snapshot.body.item_components.objectives
    raw: Raw | None = part.data.get(entry.data.item_instance_id) if part is not None and part.data is not None else None
    if raw is not None:
        found += decode_or_salvage(raw, OBJECTIVES, ObjectivesData).objectives
    if entry.plug_objectives is not None:
        plugged = decode_or_salvage(entry.plug_objectives, PLUG_OBJECTIVES, PlugObjectivesData).objectives_per_plug
        found += [objective for listed in plugged.values() for objective in listed]
    return [_objective(data, definitions) for data in found if data.visible]


def _objective(data: ObjectiveData, definitions: Definitions) -> Objective:
    row = definitions.objective(data.objective_hash)
    return Objective(
        name=(row.description or row.name or "Objective") if row is not None else "Objective",
        progress=data.progress,
        completion=data.completion_value or (row.completion if row is not None else 0),
        complete=data.complete,
    )
