"""A profile's components, built from the world. One small builder a component; the table at the end says which is which."""

from __future__ import annotations

from collections.abc import Callable

from vaultraider.simulator.clock import iso
from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.item_details import item_component, item_components, stats_of
from vaultraider.simulator.records import profile_records
from vaultraider.simulator.user import info_card
from vaultraider.simulator.view import ITEM, PRIVATE, PUBLIC, Json, View
from vaultraider.simulator.world import Account, Character, Item, Loadout

MODES = {"social": 40, "activity": 18}
"""Where a guardian can be, as DestinyActivityModeType (18: a strike); in orbit there is none."""
LOADOUT_SLOTS = 9
NO_HASH = 0x811C9DC5
"""What the game writes where no name, colour, icon or plug is set: the hash of no text."""


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
        "levelProgression": _level(character.level),
        "baseCharacterLevel": character.level,
        "percentToNextLevel": 0.0,
    }
    if character.title:
        component["titleRecordHash"] = character.title
    return component


def _level(level: int = 50) -> Json:
    return {
        "progressionHash": 1716568313,
        "dailyProgress": 0,
        "dailyLimit": 0,
        "weeklyProgress": 0,
        "weeklyLimit": 0,
        "currentProgress": 0,
        "level": level,
        "levelCap": 50,
        "stepIndex": level,
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
    """Only the guardian who is played is somewhere; the others' activity is 0."""

    def activity(one: Character) -> Json:
        playing = view.account.playing and one.where != "offline"
        return {
            "dateActivityStarted": one.last_played,
            "availableActivities": [],
            "availableActivityInteractables": [],
            "currentActivityHash": s.hash_of(f"activity:{one.where}") if playing else 0,
            "currentActivityModeHash": s.hash_of(f"mode:{one.where}") if playing and one.where in MODES else 0,
            "currentActivityModeHashes": [s.hash_of(f"mode:{one.where}")] if playing and one.where in MODES else [],
            "currentActivityModeTypes": [MODES[one.where]] if playing and one.where in MODES else [],
        }

    return view.progression(_each(view, activity))


def _loadouts(view: View) -> Json:
    """As many as the constants say; one that was never saved names no item."""
    if not view.private:
        return {"privacy": PRIVATE}
    constants = view.lookup("DestinyLoadoutConstantsDefinition", 1) or {}
    places = range(int(constants.get("loadoutCountPerCharacter", 0)))
    return view.inventory(_each(view, lambda one: {"loadouts": [_loadout(one.loadouts.get(place)) for place in places]}))


def _loadout(saved: Loadout | None) -> Json:
    if saved is None:
        empty = [{"itemInstanceId": "0", "plugItemHashes": []} for _ in range(LOADOUT_SLOTS)]
        return {"colorHash": NO_HASH, "iconHash": NO_HASH, "nameHash": NO_HASH, "items": empty}
    items = [{"itemInstanceId": id, "plugItemHashes": [plug or NO_HASH for plug in plugs]} for id, plugs in saved.items]
    return {"colorHash": saved.color, "iconHash": saved.icon, "nameHash": saved.name, "items": items}


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
    900: ("profileRecords", lambda view: view.progression(profile_records(view))),
    1000: ("profileTransitoryData", _transitory),
    1100: ("metrics", _nothing({"metrics": {}, "metricsRootNodeHash": 0})),
    1200: ("profileStringVariables", _nothing({"integerValuesByHash": {}})),
    1300: ("characterCraftables", _nothing_each({"craftables": {}, "craftingRootNodeHash": 0})),
}
