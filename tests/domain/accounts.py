"""A small account, as GetProfile tells it, and the definitions that belong to it. All names are invented."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.domain.memory_definitions import MemoryDefinitions

from vaultraider.domain import hashes
from vaultraider.domain.definitions import (
    BucketDefinition,
    InvestmentStat,
    ItemDefinition,
    NamedDefinition,
    ObjectiveDefinition,
    PlugInfo,
    ScaledStat,
    SocketCategoryEntry,
    SocketEntry,
    StatDefinition,
    StatGroupDefinition,
)
from vaultraider.domain.snapshot import ProfileSnapshot, read_snapshot

READ = datetime(2026, 11, 17, 17, 0, tzinfo=UTC)
TITAN, HUNTER, WARLOCK = "2305843009000000001", "2305843009000000002", "2305843009000000003"
MEMBERSHIP = "4611686018000000001"

RIFLE, EXOTIC_CANNON, HELM, SHIP, EMBLEM, CORE, ENGRAM, FINISHER, HIDDEN, TRAP = (
    101, 102, 103, 104, 105, 106, 107, 108, 109, 110,
)  # fmt: skip
BARREL, MAGWORK, SHADER, ROLL = 201, 202, 203, 204
UNKNOWN = 4040404040
RANGE = 1240592695

_BUCKETS = [
    BucketDefinition(hashes.KINETIC, "Kinetic Weapons", capacity=10, category=3, location=1, transferable=True),
    BucketDefinition(hashes.HELMET, "Helmet", capacity=10, category=3, location=1, transferable=True),
    BucketDefinition(hashes.SHIP, "Ships", capacity=10, category=3, location=1, transferable=True),
    BucketDefinition(hashes.EMBLEM, "Emblems", capacity=10, category=3, location=1),
    BucketDefinition(hashes.FINISHER, "Finishers", capacity=10, category=3, location=1),
    BucketDefinition(hashes.CONSUMABLES, "Consumables", capacity=50, scope=1, category=1, transferable=True),
    BucketDefinition(hashes.VAULT, "General", capacity=1000, scope=1, category=1, location=2),
    BucketDefinition(hashes.POSTMASTER, "Lost Items", capacity=21, location=4, fifo=True),
    BucketDefinition(hashes.QUESTS, "Quests", capacity=63, location=1),
    BucketDefinition(777, "Tea chest", capacity=3, location=1),
]

_SIX = hashes.ARMOR_STAT_HASHES
_RIFLE_STATS = (InvestmentStat(RANGE, 40), InvestmentStat(hashes.MAGAZINE, 50))

_ITEMS = [
    ItemDefinition(
        RIFLE,
        "Sable Verdict",
        type_name="Hand Cannon",
        tier_type=5,
        bucket=hashes.KINETIC,
        is_instanced=True,
        item_type=3,
        item_sub_type=9,
        damage_type=1,
        ammo_type=1,
        stat_group=1,
        investment_stats=_RIFLE_STATS,
        sockets=(SocketEntry(), SocketEntry(), SocketEntry()),
        socket_categories=(SocketCategoryEntry(4241085061, (0, 1)), SocketCategoryEntry(2048875504, (2,))),
    ),
    ItemDefinition(
        EXOTIC_CANNON, "The Unlit Room", type_name="Hand Cannon", tier_type=6, bucket=hashes.KINETIC, item_type=3, item_sub_type=9
    ),
    ItemDefinition(
        HELM,
        "Ashlar Helm",
        type_name="Helmet",
        tier_type=5,
        bucket=hashes.HELMET,
        class_type=0,
        item_type=2,
        item_sub_type=26,
        stat_group=2,
        sockets=(SocketEntry(),),
    ),
    ItemDefinition(SHIP, "Grey Heron", type_name="Ship", tier_type=4, bucket=hashes.SHIP, item_type=21),
    ItemDefinition(EMBLEM, "Nine of Keys", type_name="Emblem", bucket=hashes.EMBLEM, item_type=14),
    ItemDefinition(CORE, "Ember Salt", type_name="Material", tier_type=5, bucket=hashes.CONSUMABLES, max_stack=999, item_type=10),
    ItemDefinition(ENGRAM, "Sealed Engram", type_name="Engram", bucket=hashes.ENGRAMS, item_type=8),
    ItemDefinition(FINISHER, "Bow to the Crowd", type_name="Finisher", bucket=hashes.FINISHER),
    ItemDefinition(HIDDEN, "", bucket=hashes.KINETIC, redacted=True),
    ItemDefinition(TRAP, "Spring-loaded Box", bucket=hashes.CONSUMABLES, pull_has_side_effects=True),
    ItemDefinition(
        BARREL, "Fluted Bore", type_name="Barrel", plug=PlugInfo(1, "barrels"), investment_stats=(InvestmentStat(RANGE, 10),)
    ),
    ItemDefinition(
        MAGWORK,
        "Masterwork: Range",
        icon="/common/mw.png",
        plug=PlugInfo(2, "v400.plugs.weapons.masterworks.stat.range", ui_label="masterwork"),
        investment_stats=(InvestmentStat(RANGE, 10),),
    ),
    ItemDefinition(ROLL, "", plug=PlugInfo(3, "armor_stats"), investment_stats=tuple(InvestmentStat(stat, 10) for stat in _SIX)),
]

_LINE = ((0, 0), (100, 100))


def definitions(key: str = "en-test") -> MemoryDefinitions:
    names = {RANGE: "Range", hashes.MAGAZINE: "Magazine"} | {stat: f"Armour stat {stat}" for stat in _SIX}
    return MemoryDefinitions(
        {
            "InventoryItem": {item.hash: item for item in _ITEMS},
            "InventoryBucket": {bucket.hash: bucket for bucket in _BUCKETS},
            "Stat": {hash: StatDefinition(hash, name) for hash, name in names.items()},
            "StatGroup": {
                1: StatGroupDefinition(
                    1, scaled=(ScaledStat(RANGE, 100, False, _LINE), ScaledStat(hashes.MAGAZINE, 100, True, ((0, 9), (100, 20))))
                ),
                2: StatGroupDefinition(2, scaled=tuple(ScaledStat(stat, 42, False, _LINE) for stat in _SIX)),
            },
            "Class": {1: NamedDefinition(1, "Titan", names=("Titan", "Titaness"))},
            "Race": {1: NamedDefinition(1, "Exo")},
            "Gender": {1: NamedDefinition(1, "Body Type 2")},
            "Record": {5: NamedDefinition(5, "Quiet Ones", names=("Warden", "Wardress"))},
            "SocketCategory": {4241085061: NamedDefinition(4241085061, "Weapon perks")},
            "Objective": {6: ObjectiveDefinition(6, description="Foes defeated", completion=50)},
        },
        key=key,
        vault={hashes.KINETIC, hashes.HELMET, hashes.SHIP, hashes.CONSUMABLES},
    )


def thing(hash: int, id: int | None = None, bucket: int = hashes.VAULT, **more: Any) -> dict[str, Any]:
    """DestinyItemComponent."""
    item: dict[str, Any] = {
        "itemHash": hash,
        "quantity": 1,
        "bindStatus": 0,
        "location": 2 if bucket in (hashes.VAULT, hashes.CONSUMABLES) else 1,
        "bucketHash": bucket,
        "transferStatus": 0,
        "lockable": True,
        "state": 0,
        "dismantlePermission": 2,
        "isWrapper": False,
        "tooltipNotificationIndexes": [],
    }
    if id is not None:
        item["itemInstanceId"] = instance_id(id)
    return item | more


def instance_id(number: int) -> str:
    """Beyond 2**53, as Bungie's are."""
    return str(6917529000000000000 + number)


def instance(power: int = 0, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"damageType": 0, "itemLevel": 0, "quality": 0, "isEquipped": False, "canEquip": True}
    if power:
        found["primaryStat"] = {"statHash": hashes.ATTACK, "value": power}
    return found | more


def sockets(*plugs: int | None, hidden: tuple[int, ...] = (), off: tuple[int, ...] = ()) -> dict[str, Any]:
    """Sockets with these plugs; ``hidden`` and ``off`` are positions."""
    return {
        "sockets": [
            {"isEnabled": bool(plug) and at not in off, "isVisible": bool(plug) and at not in hidden}
            | ({"plugHash": plug} if plug else {})
            for at, plug in enumerate(plugs)
        ]
    }


def character(id: str, class_type: int = 0, played: str = "2026-11-17T16:00:00Z") -> dict[str, Any]:
    return {
        "membershipId": MEMBERSHIP,
        "membershipType": 3,
        "characterId": id,
        "dateLastPlayed": played,
        "minutesPlayedTotal": "1234",
        "light": 540,
        "stats": {"1935470627": 540, str(hashes.HEALTH): 88},
        "raceHash": 1,
        "genderHash": 1,
        "classHash": 1 if class_type == 0 else 0,
        "classType": class_type,
        "genderType": 1,
        "emblemHash": EMBLEM,
        "emblemColor": {"red": 255, "green": 0, "blue": 16, "alpha": 255},
        "titleRecordHash": 5 if class_type == 0 else 0,
    }


def account(minted: str | None = "2026-11-17T16:59:00.000Z") -> dict[str, Any]:
    """The ``Response`` of GetProfile for the small account: a fresh copy that may be changed."""
    body: dict[str, Any] = {
        "profile": {
            "data": {
                "userInfo": {"membershipType": 3, "membershipId": MEMBERSHIP, "displayName": "marrow"},
                "dateLastPlayed": "2026-11-17T16:00:00Z",
                "characterIds": [TITAN, HUNTER],
            },
            "privacy": 1,
        },
        "profileInventory": {
            "data": {
                "items": [
                    thing(RIFLE, 1, state=5),
                    thing(EXOTIC_CANNON, 2),
                    thing(CORE, quantity=999),
                    thing(CORE, bucket=hashes.CONSUMABLES, quantity=12, lockable=False),
                    thing(CORE, bucket=hashes.CONSUMABLES, quantity=999, lockable=False),
                    thing(UNKNOWN, 3),
                    thing(HIDDEN, 4),
                ]
            },
            "privacy": 2,
        },
        "profileCurrencies": {"data": {"items": [thing(CORE, bucket=hashes.CONSUMABLES, quantity=250)]}, "privacy": 2},
        "characters": {
            "data": {TITAN: character(TITAN), HUNTER: character(HUNTER, 1, "2026-11-16T10:00:00Z")},
            "privacy": 1,
        },
        "characterInventories": {
            "data": {
                TITAN: {
                    "items": [
                        thing(RIFLE, 5, hashes.KINETIC),
                        thing(SHIP, 6, hashes.SHIP),
                        thing(EMBLEM, 7, hashes.EMBLEM),
                        thing(CORE, bucket=hashes.POSTMASTER, quantity=5, location=4),
                        thing(TRAP, bucket=hashes.POSTMASTER, location=4),
                        thing(FINISHER, 12, hashes.FINISHER, transferStatus=2),
                        thing(UNKNOWN, 8, 777),
                    ]
                },
                HUNTER: {"items": [thing(HELM, 9, hashes.HELMET)]},
            },
            "privacy": 2,
        },
        "characterEquipment": {
            "data": {
                TITAN: {"items": [thing(HELM, 10, hashes.HELMET, transferStatus=1)]},
                HUNTER: {"items": [thing(RIFLE, 11, hashes.KINETIC, transferStatus=1)]},
            },
            "privacy": 1,
        },
        "profileTransitoryData": {"privacy": 2},
        "itemComponents": {
            "instances": {
                "data": {
                    instance_id(1): instance(530, damageType=1),
                    instance_id(2): instance(535, damageType=3),
                    instance_id(3): instance(520),
                    instance_id(4): instance(itemLevel=54, quality=2),
                    instance_id(5): instance(541, damageType=1, gearTier=3),
                    instance_id(9): instance(500, energy={"energyCapacity": 7, "energyUsed": 1}),
                    instance_id(10): instance(510, energy={"energyCapacity": 10, "energyUsed": 1}),
                    instance_id(11): instance(538, damageType=1),
                },
                "privacy": 1,
            },
            "sockets": {
                "data": {
                    instance_id(1): sockets(BARREL, MAGWORK, SHADER),
                    instance_id(5): sockets(BARREL, MAGWORK, None, off=(1,)),
                    instance_id(9): sockets(ROLL, hidden=(0,)),
                    instance_id(10): sockets(ROLL, hidden=(0,)),
                    instance_id(11): sockets(BARREL, UNKNOWN, None),
                },
                "privacy": 1,
            },
            "reusablePlugs": {
                "data": {
                    instance_id(1): {
                        "plugs": {
                            "0": [
                                {"plugItemHash": MAGWORK, "canInsert": True, "enabled": True},
                                {"plugItemHash": BARREL, "canInsert": True, "enabled": True},
                            ]
                        }
                    }
                },
                "privacy": 1,
            },
            "plugObjectives": {
                "data": {
                    instance_id(1): {
                        "objectivesPerPlug": {
                            "202": [
                                {"objectiveHash": 6, "progress": 20, "completionValue": 50, "complete": False, "visible": True}
                            ]
                        }
                    }
                },
                "privacy": 1,
            },
        },
    }
    if minted is not None:
        body["responseMintedTimestamp"] = minted
    return deepcopy(body)


def encode(body: dict[str, Any]) -> bytes:
    return json.dumps(body).encode()


def snapshot(body: dict[str, Any] | None = None, after: float = 0.0) -> ProfileSnapshot:
    """The account as read ``after`` seconds."""
    return read_snapshot(encode(account() if body is None else body), READ + timedelta(seconds=after))
