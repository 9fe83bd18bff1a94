"""The book of definitions while it is written: tables of rows by hash, in English."""

from __future__ import annotations

import hashlib
from typing import Any

from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.demo.hashes import hash_of, identifier_hash
from vaultraider.simulator.pictures import Placeholder

ITEMS = "DestinyInventoryItemDefinition"
PLUG_SETS = "DestinyPlugSetDefinition"
SOCKET_TYPES = "DestinySocketTypeDefinition"
ICONS = "/common/destiny2_content/icons/"

Row = dict[str, Any]
Changes = dict[int, int]
"""Stat hash to the number that a plug adds."""

STAT_WORDS = {
    "impact": s.IMPACT,
    "range": s.RANGE,
    "stability": s.STABILITY,
    "handling": s.HANDLING,
    "reload": s.RELOAD,
    "magazine": s.MAGAZINE,
    "aim": s.AIM,
    "recoil": s.RECOIL,
    "zoom": s.ZOOM,
    "airborne": s.AIRBORNE,
    "weapons": s.S_WEAPONS,
    "health": s.S_HEALTH,
    "class": s.S_CLASS,
    "grenade": s.S_GRENADE,
    "super": s.S_SUPER,
    "melee": s.S_MELEE,
}


def changes(text: str) -> Changes:
    """ "range+5,handling-10" as numbers by stat."""
    found: Changes = {}
    for part in filter(None, text.split(",")):
        name = part.rstrip("+-0123456789")
        found[STAT_WORDS[name]] = int(part[len(name) :])
    return found


class Book:
    """Tables being filled. ``pictures``: every placeholder picture that exists, by path."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[int, Row]] = {}
        self.pictures: dict[str, Placeholder] = {}

    def add(self, table: str, hash: int, **fields: Any) -> int:
        rows = self.tables.setdefault(table, {})
        rows[hash] = s.row(hash, len(rows), **fields)
        return hash

    def picture(self, key: str, width: int = 96, height: int = 96, hue: int | None = None) -> str:
        path = f"{ICONS}{hashlib.md5(key.encode(), usedforsecurity=False).hexdigest()}.png"
        self.pictures[path] = Placeholder(width, height, hue)
        return path

    def item(self, hash: int) -> Row:
        return self.tables[ITEMS][hash]

    def add_item(
        self,
        key: str,
        name: str,
        kind: str,
        tier: int,
        bucket: int,
        *,
        item_type: int,
        sub_type: int = 0,
        categories: tuple[int, ...] = (),
        description: str = "",
        icon: str = "",
        class_type: int = s.ANY_CLASS,
        instanced: bool = True,
        stack: int = 1,
        equippable: bool = False,
        movable: bool | None = None,
        label: str = "",
        hash: int = 0,
        **more: Any,
    ) -> int:
        """One DestinyInventoryItemDefinition with every field that such a row has. Returns its hash.

        ``hash``: for the few plugs that programs know by number.
        """
        tier_hash, tier_name = s.TIERS[tier]
        transferable = bucket in s.VAULTABLE if movable is None else movable
        inventory: Row = {
            "maxStackSize": stack,
            "bucketTypeHash": bucket,
            "recoveryBucketTypeHash": s.POSTMASTER,
            "tierTypeHash": tier_hash,
            "isInstanceItem": instanced,
            "nonTransferrableOriginal": not transferable,
            "tierTypeName": tier_name,
            "tierType": tier,
            "expirationTooltip": "",
            "expiredInActivityMessage": "",
            "expiredInOrbitMessage": "",
            "suppressExpirationWhenObjectivesComplete": True,
        }
        if label:
            inventory["stackUniqueLabel"] = label
        fields: Row = {
            "displayProperties": s.display(name, description, icon),
            "tooltipNotifications": [],
            "itemTypeDisplayName": kind,
            "flavorText": "",
            "uiItemDisplayStyle": "",
            "itemTypeAndTierDisplayName": f"{tier_name} {kind}".strip(),
            "displaySource": "",
            "inventory": inventory,
            "investmentStats": [],
            "perks": [],
            "allowActions": True,
            "doesPostmasterPullHaveSideEffects": False,
            "nonTransferrable": not transferable,
            "itemCategoryHashes": list(categories),
            "specialItemType": 0,
            "itemType": item_type,
            "itemSubType": sub_type,
            "classType": class_type,
            "breakerType": 0,
            "equippable": equippable,
            "defaultDamageType": 0,
            "isWrapper": False,
            "isFeaturedItem": False,
            "isHolofoil": False,
            "isAdept": False,
            "traitIds": [],
            "traitHashes": [],
        }
        hash = hash or hash_of(key)
        if hash in self.tables.get(ITEMS, {}):
            raise KeyError(f"two items are called {key}")
        return self.add(ITEMS, hash, **(fields | more))

    def plug(
        self,
        key: str,
        name: str,
        category: str,
        *,
        kind: str = "",
        tier: int = 5,
        description: str = "",
        stats: Changes | None = None,
        conditional: tuple[int, ...] = (),
        cost: int = 0,
        capacity: int = 0,
        energy: int = s.ANY_ENERGY,
        sub_type: int = 0,
        categories: tuple[int, ...] = (59,),
        item_type: int = 19,
        bucket: int = s.MODIFICATIONS,
        ui_label: str = "",
        dummy: bool = False,
        **more: Any,
    ) -> int:
        """A plug: an item that goes into sockets of other items. ``conditional``: stats that count only sometimes."""
        block: Row = {
            "insertionRules": [],
            "plugCategoryIdentifier": category,
            "plugCategoryHash": identifier_hash(category),
            "onActionRecreateSelf": False,
            "insertionMaterialRequirementHash": 0,
            "previewItemOverrideHash": 0,
            "enabledMaterialRequirementHash": 0,
            "enabledRules": [],
            "uiPlugLabel": ui_label,
            "plugStyle": 1 if ui_label == "masterwork" else 0,
            "plugAvailability": 0,
            "alternateUiPlugLabel": "",
            "alternatePlugStyle": 0,
            "isDummyPlug": dummy,
            "applyStatsToSocketOwnerItem": False,
        }
        if cost:
            block["energyCost"] = {"energyCost": cost, "energyTypeHash": energy, "energyType": 0}
        if capacity:
            block["energyCapacity"] = {"capacityValue": capacity, "energyTypeHash": energy, "energyType": 0}
        perk = self.perk(name, description) if description and name else 0
        return self.add_item(
            key,
            name,
            kind,
            tier,
            bucket,
            item_type=item_type,
            sub_type=sub_type,
            categories=categories,
            description=description,
            instanced=False,
            plug=block,
            investmentStats=[
                {"statTypeHash": stat, "value": value, "isConditionallyActive": stat in conditional}
                for stat, value in (stats or {}).items()
            ],
            perks=[{"requirementDisplayString": "", "perkHash": perk, "perkVisibility": 0}] if perk else [],
            **more,
        )

    def perk(self, name: str, description: str) -> int:
        return self.add(
            "DestinySandboxPerkDefinition",
            hash_of(f"perk:{name}"),
            displayProperties=s.display(name, description),
            isDisplayable=True,
            damageType=0,
        )

    def plug_set(self, key: str, plugs: list[int], *, rolls: bool = True) -> int:
        """One DestinyPlugSetDefinition; the same key twice is the same set."""
        hash = hash_of(f"plugset:{key}")
        if hash in self.tables.get(PLUG_SETS, {}):
            return hash
        return self.add(
            PLUG_SETS,
            hash,
            displayProperties=s.display(""),
            isFakePlugSet=False,
            reusablePlugItems=[
                {
                    "weight": 0,
                    "alternateWeight": 0,
                    "currentlyCanRoll": rolls,
                    "plugItemHash": plug,
                    "craftingRequirements": {"unlockRequirements": [], "materialRequirementHashes": []},
                }
                for plug in plugs
            ],
        )

    def socket_type(self, key: str, category: int, whitelist: tuple[str, ...], visibility: int = 0) -> int:
        return self.add(
            SOCKET_TYPES,
            hash_of(f"socket:{key}"),
            displayProperties=s.display(""),
            insertAction={"actionExecuteSeconds": 1, "actionSoundHash": 0, "isPositiveAction": False, "actionType": 0},
            plugWhitelist=[
                {"categoryHash": identifier_hash(name), "categoryIdentifier": name, "reinitializationPossiblePlugHashes": []}
                for name in whitelist
            ],
            socketCategoryHash=category,
            visibility=visibility,
            alwaysRandomizeSockets=False,
            isPreviewEnabled=False,
            hideDuplicateReusablePlugs=False,
            overridesUiAppearance=False,
            avoidDuplicatesOnInitialization=False,
            currencyScalars=[],
        )


class Sockets:
    """The socket block of one item while it is put together."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.entries: list[Row] = []
        self.categories: dict[int, list[int]] = {}

    def add(
        self,
        kind: str,
        *,
        initial: int = 0,
        random: int = 0,
        reusable: int = 0,
        plugs: list[int] | None = None,
        visible: bool = True,
    ) -> int:
        """``random`` and ``reusable`` are plug sets. Returns the socket's index."""
        type_hash = hash_of(f"socket:{kind}")
        entry: Row = {
            "socketTypeHash": type_hash,
            "singleInitialItemHash": initial,
            "reusablePlugItems": [{"plugItemHash": plug} for plug in plugs or []],
            "preventInitializationOnVendorPurchase": False,
            "hidePerksInItemTooltip": False,
            "plugSources": 13 if random else 2,
            "overridesUiAppearance": False,
            "defaultVisible": visible,
        }
        if random:
            entry["randomizedPlugSetHash"] = random
        if reusable:
            entry["reusablePlugSetHash"] = reusable
        self.entries.append(entry)
        place = len(self.entries) - 1
        category = self.book.tables[SOCKET_TYPES][type_hash]["socketCategoryHash"]
        if category:
            self.categories.setdefault(category, []).append(place)
        return place

    def block(self) -> Row:
        return {
            "detail": "",
            "socketEntries": self.entries,
            "intrinsicSockets": [],
            "socketCategories": [
                {"socketCategoryHash": category, "socketIndexes": places} for category, places in self.categories.items()
            ],
        }


def equipping(slot: int, *, ammo: int = 0, label: str = "", set_hash: int = 0) -> Row:
    """``equippingBlock``. ``label``: of items with the same one only one may be worn."""
    block: Row = {
        "uniqueLabelHash": identifier_hash(label) if label else 0,
        "equipmentSlotTypeHash": slot,
        "attributes": 0,
        "ammoType": ammo,
        "displayStrings": [""],
    }
    if label:
        block["uniqueLabel"] = label
    if set_hash:
        block["equipableItemSetHash"] = set_hash
    return block
