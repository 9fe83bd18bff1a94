"""A profile's components, built from the world. One small builder a component; the table at the end says which is which."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from vaultraider.simulator.clock import iso
from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.live_stats import live_stats
from vaultraider.simulator.user import info_card
from vaultraider.simulator.world import POSTMASTER, VAULT, Account, Character, Item, Person, World

Json = dict[str, Any]
Lookup = Callable[[str, int], Json | None]
"""Table and hash to definition."""
ITEM = "DestinyInventoryItemDefinition"
ACCOUNT_BUCKETS = frozenset(bucket.hash for bucket in s.BUCKETS if bucket.scope == 1) | {VAULT}
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
PUBLIC, PRIVATE = 1, 2


class View(msgspec.Struct, kw_only=True):
    """Who looks at whose profile. ``private``: the owner, with the right to see what is private."""

    world: World
    account: Account
    private: bool
    now: float
    lookup: Lookup

    @property
    def person(self) -> Person:
        return next(one for one in self.world.people if one.id == self.account.person)

    @property
    def sees_inventory(self) -> bool:
        return self.private or self.account.inventory_public

    @property
    def sees_progression(self) -> bool:
        return self.private or self.account.progression_public

    def inventory(self, data: Any) -> Json:
        """Own private things come with privacy 2 and data; other people's without (Bungie-net/api #246)."""
        privacy = PUBLIC if self.account.inventory_public else PRIVATE
        return {"data": data, "privacy": privacy} if self.sees_inventory else {"privacy": PRIVATE}

    def progression(self, data: Any) -> Json:
        return {"data": data, "privacy": PUBLIC} if self.sees_progression else {"privacy": PRIVATE}


def build(view: View, wanted: frozenset[int]) -> Json:
    """Response key to component. Components that were not asked for are absent; ``itemComponents`` is always there."""
    parts: Json = {}
    for number, (key, builder) in BUILDERS.items():
        if number in wanted:
            parts[key] = builder(view)
    if 305 in wanted:
        parts["profilePlugSets"] = view.inventory({"plugs": {}})
        parts["characterPlugSets"] = view.inventory({one.id: {"plugs": {}} for one in view.account.characters})
    parts["itemComponents"] = item_components(view, _listed(view, wanted), wanted)
    return parts


def _listed(view: View, wanted: frozenset[int]) -> list[Item]:
    """The items that the requested lists show: their details follow them."""
    found: list[Item] = []
    for one in view.account.items:
        place = 102 if not one.owner else 205 if one.equipped else 201
        if place in wanted and (place == 205 or view.sees_inventory):
            found.append(one)
    return found


def item_components(view: View, items: Iterable[Item], wanted: frozenset[int]) -> Json:
    instanced = [one for one in items if one.id]
    sets: Json = {}
    for number, key in ITEM_DATA.items():
        if number in wanted:
            details = {one.id: detail for one in instanced if (detail := DETAILS[number](view, one)) is not None}
            sets[key] = {"data": details, "privacy": PUBLIC if view.account.inventory_public else PRIVATE}
    return sets


# -- lists of items ---------------------------------------------------------------------------------------------------------


def item_component(view: View, item: Item) -> Json:
    definition = view.lookup(ITEM, item.hash) or {}
    equip_only = item.bucket in (s.SUBCLASS, s.EMBLEMS, s.CLAN_BANNERS, s.EMOTES, s.FINISHERS, s.ARTIFACTS)
    status = (1 if item.equipped else 0) | (2 if definition.get("nonTransferrable", False) or equip_only else 0)
    component: Json = {
        "itemHash": item.hash,
        "quantity": item.quantity,
        "bindStatus": 0,
        "location": _location(item),
        "bucketHash": item.bucket,
        "transferStatus": status,
        "lockable": definition.get("itemType") in (2, 3, 24, 22, 21),
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


def _profile_inventory(view: View) -> Json:
    return view.inventory({"items": [item_component(view, one) for one in view.account.items if not one.owner]})


def _profile_currencies(view: View) -> Json:
    items = []
    for hash, quantity in view.account.currencies.items():
        definition = view.lookup(ITEM, hash) or {}
        bucket = definition.get("inventory", {}).get("bucketTypeHash", s.GLIMMER)
        stack = item_component(view, Item(hash=hash, quantity=quantity, bucket=bucket))
        items.append(stack | {"transferStatus": 2})
    return view.inventory({"items": items})


def _character_inventories(view: View) -> Json:
    return view.inventory(_by_character(view, equipped=False))


def _character_equipment(view: View) -> Json:
    return {"data": _by_character(view, equipped=True), "privacy": PUBLIC}


def _by_character(view: View, *, equipped: bool) -> Json:
    found: Json = {character.id: {"items": []} for character in view.account.characters}
    for one in view.account.items:
        if one.owner in found and one.equipped is equipped:
            found[one.owner]["items"].append(item_component(view, one))
    return found


# -- details of items -------------------------------------------------------------------------------------------------------


def _instance(view: View, item: Item) -> Json:
    definition = view.lookup(ITEM, item.hash) or {}
    damage = definition.get("defaultDamageType", 0)
    wearer = view.account.character(item.owner)
    class_type = definition.get("classType", s.ANY_CLASS)
    fits = wearer is None or class_type in (s.ANY_CLASS, wearer.class_type)
    can_equip = bool(definition.get("equippable")) and fits and wearer is not None and item.bucket != POSTMASTER
    instance: Json = {
        "damageType": damage,
        "itemLevel": item.power // 10,
        "quality": item.power % 10,
        "isEquipped": item.equipped,
        "canEquip": can_equip,
        "equipRequiredLevel": 0,
        "unlockHashesRequiredToEquip": [],
        "cannotEquipReason": 0 if can_equip else 16 if not definition.get("equippable") else 4,
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


# -- people and guardians ---------------------------------------------------------------------------------------------------


def _profile(view: View) -> Json:
    account = view.account
    data = {
        "userInfo": info_card(view.person, account),
        "dateLastPlayed": account.last_played or "0001-01-01T00:00:00Z",
        "versionsOwned": 4095,
        "characterIds": [one.id for one in account.characters],
        "seasonHashes": [s.SEASON],
        "eventCardHashesOwned": [],
        "currentSeasonHash": s.SEASON,
        "currentSeasonRewardPowerCap": 550,
        "currentGuardianRank": account.guardian_rank,
        "lifetimeHighestGuardianRank": account.guardian_rank,
        "renewedGuardianRank": 0,
    }
    return {"data": data, "privacy": PUBLIC}


def _characters(view: View) -> Json:
    return {"data": {one.id: _character(view, one) for one in view.account.characters}, "privacy": PUBLIC}


def power_of(account: Account, character: Character) -> int:
    """The mean of what is worn in the eight slots, plus nothing: the artifact no longer counts."""
    slots = (*s.WEAPON_SLOTS, *s.ARMOR_SLOTS)
    worn = [one.power for one in account.items if one.owner == character.id and one.equipped and one.bucket in slots]
    return sum(worn) // len(slots) if worn else 0


def _character(view: View, character: Character) -> Json:
    account = view.account
    light = power_of(account, character)
    totals = dict.fromkeys(s.ARMOR_STATS, 0)
    for one in account.items:
        if one.owner == character.id and one.equipped and one.bucket in s.ARMOR_SLOTS:
            for stat, value in stats_of(view, one).items():
                totals[stat] = totals.get(stat, 0) + value
    emblem = view.lookup(ITEM, character.emblem) or {}
    color = {name: int(value) for name, value in emblem.get("backgroundColor", {}).items() if name != "colorHash"}
    component: Json = {
        "membershipId": account.id,
        "membershipType": account.type,
        "characterId": character.id,
        "dateLastPlayed": character.last_played,
        "minutesPlayedThisSession": str(character.minutes_session),
        "minutesPlayedTotal": str(character.minutes_total),
        "light": light,
        "stats": {str(s.S_POWER): light} | {str(stat): min(200, value) for stat, value in totals.items()},
        "raceHash": next(hash for hash, _, number in s.RACES if number == character.race_type),
        "genderHash": next(hash for hash, _, number in s.GENDERS if number == character.gender_type),
        "classHash": next(hash for hash, _, number in s.CLASSES if number == character.class_type),
        "raceType": character.race_type,
        "classType": character.class_type,
        "genderType": character.gender_type,
        "emblemPath": emblem.get("displayProperties", {}).get("icon", ""),
        "emblemBackgroundPath": emblem.get("secondaryIcon", ""),
        "emblemHash": character.emblem,
        "emblemColor": color,
        "levelProgression": _level(),
        "baseCharacterLevel": 50,
        "percentToNextLevel": 0.0,
    }
    if character.title:
        component["titleRecordHash"] = character.title
    return component


def _level() -> Json:
    return {
        "progressionHash": 1716568313,
        "dailyProgress": 0,
        "dailyLimit": 0,
        "weeklyProgress": 0,
        "weeklyLimit": 0,
        "currentProgress": 0,
        "level": 50,
        "levelCap": 50,
        "stepIndex": 50,
        "progressToNextLevel": 0,
        "nextLevelAt": 0,
    }


def _each(view: View, data: Callable[[Character], Json]) -> Json:
    return {one.id: data(one) for one in view.account.characters}


def _profile_progression(view: View) -> Json:
    artifact = s.hash_of("artifact:Tide Clock")
    return view.progression(
        {
            "checklists": {},
            "seasonalArtifact": {
                "artifactHash": artifact,
                "pointProgression": _level(),
                "pointsAcquired": 12,
                "powerBonusProgression": _level(),
                "powerBonus": view.account.artifact_power,
            },
        }
    )


def _platform_silver(view: View) -> Json:
    return view.inventory({"platformSilver": {}}) if view.private else {"privacy": PRIVATE}


def _character_progressions(view: View) -> Json:
    empty: Json = {"progressions": {}, "factions": {}, "milestones": {}, "quests": [], "checklists": {}}
    return view.progression(_each(view, lambda _: empty | {"uninstancedItemObjectives": {}}))


def _character_render(view: View) -> Json:
    def render(one: Character) -> Json:
        worn = [item.hash for item in view.account.items if item.owner == one.id and item.equipped]
        return {
            "customDyes": [],
            "customization": {"hairColors": [], "wearHelmet": True, "hairIndex": 0},
            "peerView": {"equipment": [{"itemHash": hash, "dyes": []} for hash in worn]},
        }

    return {"data": _each(view, render), "privacy": PUBLIC}


def _character_activities(view: View) -> Json:
    def activity(one: Character) -> Json:
        playing = view.account.playing and one.where != "offline"
        return {
            "dateActivityStarted": one.last_played,
            "availableActivities": [],
            "availableActivityInteractables": [],
            "currentActivityHash": s.hash_of(f"activity:{one.where}") if playing else 0,
            "currentActivityModeHash": 0,
            "currentActivityModeHashes": [],
            "currentActivityModeTypes": [40] if playing and one.where == "social" else [],
        }

    return view.progression(_each(view, activity))


def _loadouts(view: View) -> Json:
    return view.inventory(_each(view, lambda _: {"loadouts": []})) if view.private else {"privacy": PRIVATE}


def _transitory(view: View) -> Json:
    """Data only while somebody plays: that is how programs know."""
    if not view.account.playing or not view.private:
        return {"privacy": PRIVATE}
    last = max(view.account.characters, key=lambda one: one.last_played)
    member = {"membershipId": view.account.id, "emblemHash": last.emblem, "displayName": view.person.name, "status": 11}
    data = {
        "partyMembers": [member],
        "currentActivity": {
            "startTime": iso(view.now - 900),
            "score": 0.0,
            "highestOpposingFactionScore": 0.0,
            "numberOfOpponents": 0,
            "numberOfPlayers": 1,
        },
        "joinability": {"openSlots": 2, "privacySetting": 1, "closedReasons": 0},
        "tracking": [],
        "lastOrbitedDestinationHash": s.hash_of("destination:harbour"),
    }
    return {"data": data, "privacy": PRIVATE}


def _nothing(data: Json) -> Callable[[View], Json]:
    return lambda view: view.progression(data)


def _nothing_each(data: Json) -> Callable[[View], Json]:
    return lambda view: view.progression(_each(view, lambda _: data))


BUILDERS: dict[int, tuple[str, Callable[[View], Json]]] = {
    100: ("profile", _profile),
    102: ("profileInventory", _profile_inventory),
    103: ("profileCurrencies", _profile_currencies),
    104: ("profileProgression", _profile_progression),
    105: ("platformSilver", _platform_silver),
    200: ("characters", _characters),
    201: ("characterInventories", _character_inventories),
    202: ("characterProgressions", _character_progressions),
    203: ("characterRenderData", _character_render),
    204: ("characterActivities", _character_activities),
    205: ("characterEquipment", _character_equipment),
    206: ("characterLoadouts", _loadouts),
    700: ("profilePresentationNodes", _nothing({"nodes": {}})),
    800: (
        "profileCollectibles",
        _nothing({"recentCollectibleHashes": [], "newnessFlaggedCollectibleHashes": [], "collectibles": {}}),
    ),
    900: ("profileRecords", _nothing({"score": 0, "activeScore": 0, "legacyScore": 0, "lifetimeScore": 0, "records": {}})),
    1000: ("profileTransitoryData", _transitory),
    1100: ("metrics", _nothing({"metrics": {}, "metricsRootNodeHash": 0})),
    1200: ("profileStringVariables", _nothing({"integerValuesByHash": {}})),
    1300: ("characterCraftables", _nothing_each({"craftables": {}, "craftingRootNodeHash": 0})),
}
NAMES = {
    "profiles": 100,
    "vendorreceipts": 101,
    "profileinventories": 102,
    "profilecurrencies": 103,
    "profileprogression": 104,
    "platformsilver": 105,
    "characters": 200,
    "characterinventories": 201,
    "characterprogressions": 202,
    "characterrenderdata": 203,
    "characteractivities": 204,
    "characterequipment": 205,
    "characterloadouts": 206,
    "iteminstances": 300,
    "itemobjectives": 301,
    "itemperks": 302,
    "itemrenderdata": 303,
    "itemstats": 304,
    "itemsockets": 305,
    "itemtalentgrids": 306,
    "itemcommondata": 307,
    "itemplugstates": 308,
    "itemplugobjectives": 309,
    "itemreusableplugs": 310,
    "vendors": 400,
    "vendorcategories": 401,
    "vendorsales": 402,
    "kiosks": 500,
    "currencylookups": 600,
    "presentationnodes": 700,
    "collectibles": 800,
    "records": 900,
    "transitory": 1000,
    "metrics": 1100,
    "stringvariables": 1200,
    "craftables": 1300,
    "socialcommendations": 1400,
}
KNOWN = frozenset(NAMES.values())
