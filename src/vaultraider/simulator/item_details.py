"""What a profile tells of one item: the row in its list, and the details that follow (components 300 to 310)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.equip_rules import rival
from vaultraider.simulator.live_stats import live_stats
from vaultraider.simulator.lock_rules import is_lockable
from vaultraider.simulator.placing import home_of
from vaultraider.simulator.view import ITEM, PRIVATE, PUBLIC, Json, View
from vaultraider.simulator.world import POSTMASTER, VAULT, Item

UNIQUE_EQUIP, FAILED_UNLOCK, FAILED_LEVEL, WRAPPED = 2, 4, 8, 16
"""Flags of EquipFailureReason."""
ITEM_DATA = {
    300: "instances",
    301: "objectives",
    302: "perks",
    303: "renderData",
    304: "stats",
    305: "sockets",
    306: "talentGrids",
    308: "plugStates",
    309: "plugObjectives",
    310: "reusablePlugs",
}


def item_component(view: View, item: Item) -> Json:
    kind = home_of(view.game, item)
    stuck = item.stuck or not kind.movable or bool(kind.bucket and not view.game.vault_of(kind.bucket))
    status = (1 if item.equipped else 0) | (2 if stuck else 0)
    component: Json = {
        "itemHash": item.hash,
        "quantity": item.quantity,
        "bindStatus": 0,
        "location": _location(item),
        "bucketHash": item.bucket,
        "transferStatus": status,
        "lockable": is_lockable(view.game, item),
        "state": state_of(item),
        "dismantlePermission": 2 if item.id else 0,
        "isWrapper": False,
        "tooltipNotificationIndexes": [],
    }
    if item.id:
        component["itemInstanceId"] = item.id
    if item.version is not None:
        component["versionNumber"] = item.version
    if item.style:
        component["overrideStyleItemHash"] = item.style
    if item.expires:
        component["expirationDate"] = item.expires
    return component


def state_of(item: Item) -> int:
    flags = ((item.locked, 1), (item.tracked, 2), (item.masterwork, 4), (item.crafted, 8), (item.highlighted, 16))
    return sum(bit for on, bit in flags if on)


def _location(item: Item) -> int:
    """What the API says, which for account-wide pockets is "vault" (seen in a profile of 2021)."""
    if item.bucket in (POSTMASTER, s.MESSAGES, s.SPECIAL_ORDERS):
        return 4
    return 2 if item.bucket in (VAULT, s.CONSUMABLES, s.MODIFICATIONS) else 1


def item_components(view: View, items: Iterable[Item], wanted: frozenset[int]) -> Json:
    instanced = [one for one in items if one.id]
    sets: Json = {}
    for number, key in ITEM_DATA.items():
        if number in wanted:
            details = {one.id: detail for one in instanced if (detail := DETAILS[number](view, one)) is not None}
            sets[key] = {"data": details, "privacy": PUBLIC if view.account.inventory_public else PRIVATE}
    return sets


def _instance(view: View, item: Item) -> Json:
    definition = view.lookup(ITEM, item.hash) or {}
    damage = definition.get("defaultDamageType", 0)
    can_equip, reason = equip_state(view, item)
    instance: Json = {
        "damageType": damage,
        "itemLevel": item.power // 10,
        "quality": item.power % 10,
        "isEquipped": item.equipped,
        "canEquip": can_equip,
        "equipRequiredLevel": item.level,
        "unlockHashesRequiredToEquip": [],
        "cannotEquipReason": reason,
    }
    if "defaultDamageTypeHash" in definition:
        instance["damageTypeHash"] = definition["defaultDamageTypeHash"]
    kind = definition.get("itemType")
    if item.power and kind in (2, 3):
        stat = s.S_ATTACK if kind == 3 else s.S_DEFENSE
        instance["primaryStat"] = {"statHash": stat, "value": item.power}
    if item.energy:
        used = sum(_cost(view, plug) for plug in item.plugs)
        instance["energy"] = {
            "energyTypeHash": s.ANY_ENERGY,
            "energyType": 0,
            "energyCapacity": item.energy,
            "energyUsed": used,
            "energyUnused": max(0, item.energy - used),
        }
    if item.gear_tier:
        instance["gearTier"] = item.gear_tier
    return instance


def equip_state(view: View, item: Item) -> tuple[bool, int]:
    """``canEquip`` and ``cannotEquipReason``, a set of flags, as a profile of 2021 has them: what nobody carries is "wrapped"."""
    kind = view.game.kind(item.hash)
    wearer = view.account.character(item.owner)
    if not kind.equippable:
        return False, 0
    if wearer is None or view.game.bucket(item.bucket).is_postmaster:
        return False, WRAPPED
    reason = UNIQUE_EQUIP if not item.equipped and rival(view.account, view.game, wearer, item, kind) else 0
    reason |= 0 if kind.class_type in (s.ANY_CLASS, wearer.class_type) else FAILED_UNLOCK
    reason |= FAILED_LEVEL if item.level > wearer.level else 0
    return not reason, reason


def _cost(view: View, plug: int) -> int:
    definition = view.lookup(ITEM, plug) if plug else None
    return int((definition or {}).get("plug", {}).get("energyCost", {}).get("energyCost", 0))


def progress(view: View, objective: int, done: int) -> Json:
    definition = view.lookup("DestinyObjectiveDefinition", objective) or {}
    goal = definition.get("completionValue", 0)
    return {
        "objectiveHash": objective,
        "progress": done,
        "completionValue": goal,
        "complete": bool(goal) and done >= goal,
        "visible": True,
    }


def _objectives(view: View, item: Item) -> Json | None:
    if not item.objectives:
        return None
    return {"objectives": [progress(view, objective, done) for objective, done in item.objectives]}


def _perks(view: View, item: Item) -> Json | None:
    rows = (view.lookup(ITEM, plug) or {} for plug in item.plugs if plug)
    perks = [
        {"perkHash": perk["perkHash"], "iconPath": "", "isActive": True, "visible": True}
        for row in rows
        for perk in row.get("perks", ())
    ]
    return {"perks": perks} if perks else None


def _render(view: View, item: Item) -> Json | None:
    return {"useCustomDyes": False, "artRegions": {}} if item.plugs else None


def stats_of(view: View, item: Item) -> dict[int, int]:
    definition = view.lookup(ITEM, item.hash)
    group = definition and view.lookup("DestinyStatGroupDefinition", definition.get("stats", {}).get("statGroupHash", 0))
    if not definition or not group:
        return {}
    return live_stats(definition, item.plugs, lambda hash: view.lookup(ITEM, hash), group)


def _stats(view: View, item: Item) -> Json | None:
    found = stats_of(view, item)
    return {"stats": {str(hash): {"statHash": hash, "value": value} for hash, value in found.items()}} if found else None


def _sockets(view: View, item: Item) -> Json | None:
    definition = view.lookup(ITEM, item.hash) or {}
    entries = definition.get("sockets", {}).get("socketEntries", [])
    sockets = []
    for place, plug in enumerate(item.plugs):
        visible = entries[place]["defaultVisible"] if place < len(entries) else True
        socket: Json = {"isEnabled": bool(plug), "isVisible": visible and bool(plug)}
        if plug:
            socket["plugHash"] = plug
        sockets.append(socket)
    return {"sockets": sockets} if sockets else None


def _no_detail(view: View, item: Item) -> None:
    """Talent grids and plug states: the components are there, with nothing in them."""


def _plug_objectives(view: View, item: Item) -> Json | None:
    if not item.plug_objectives:
        return None
    return {
        "objectivesPerPlug": {
            str(plug): [progress(view, objective, done) for objective, done in rows]
            for plug, rows in item.plug_objectives.items()
        }
    }


def _reusable_plugs(view: View, item: Item) -> Json | None:
    if not item.choices:
        return None
    return {
        "plugs": {
            str(place): [{"plugItemHash": plug, "canInsert": True, "enabled": True} for plug in plugs]
            for place, plugs in item.choices.items()
        }
    }


DETAILS: dict[int, Callable[[View, Item], Json | None]] = {
    300: _instance,
    301: _objectives,
    302: _perks,
    303: _render,
    304: _stats,
    305: _sockets,
    306: _no_detail,
    308: _no_detail,
    309: _plug_objectives,
    310: _reusable_plugs,
}
