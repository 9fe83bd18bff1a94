"""What becomes of Bungie's rows, of all years and of none."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultraider.domain.definitions import CollectibleDefinition, ItemDefinition, NamedDefinition
from vaultraider.manifest.items import ItemShaper, RawItem
from vaultraider.manifest.rows import MISSING_ICON, salvage
from vaultraider.manifest.tables import TABLES, item_shaper, signed, unsigned

TIERS = {4008398120: NamedDefinition(4008398120, "Legendary"), 2395677314: NamedDefinition(2395677314, "Common")}
DAMAGE = {1847026933: NamedDefinition(1847026933, "Solar", value=3)}
COLLECTIBLES = {900: CollectibleDefinition(900, source=5, item=41), 901: CollectibleDefinition(901, source=6)}
PERKS = {
    17: NamedDefinition(17, "Emberwake", description="It hums."),
    18: NamedDefinition(18, "Emberwake", description="Melee damage refills it."),
    19: NamedDefinition(19, "Slow Burn", description="It hums."),
}
SEASONS = {2809059424: NamedDefinition(2809059424, "Season of Arrivals", value=11)}


def stored(raw: RawItem, hash: int = 1) -> ItemDefinition:
    """Through the file's form and back: what a reader gets."""
    row = msgspec.msgpack.encode(item_shaper(TIERS, DAMAGE, COLLECTIBLES, SEASONS, PERKS)(hash, raw))
    return msgspec.msgpack.decode(row, type=ItemDefinition)


def shape(row: dict[str, Any], hash: int = 1) -> ItemDefinition:
    return stored(msgspec.json.decode(json.dumps(row), type=RawItem), hash)


WHOLE = {
    "displayProperties": {"name": "Emberwake", "description": "It hums.", "icon": "/common/a.jpg", "hasIcon": True},
    "iconWatermark": "/common/w0.png",
    "iconWatermarkFeatured": "/common/wf.png",
    "secondaryIcon": "/common/banner.jpg",
    "secondaryOverlay": "/common/overlay.png",
    "secondarySpecial": MISSING_ICON,
    "isFeaturedItem": True,
    "isHolofoil": True,
    "isAdept": True,
    "itemTypeDisplayName": "Hand Cannon",
    "itemTypeAndTierDisplayName": "Legendary Hand Cannon",
    "inventory": {
        "maxStackSize": 1,
        "bucketTypeHash": 1498876634,
        "recoveryBucketTypeHash": 215593132,
        "tierTypeHash": 4008398120,
        "isInstanceItem": True,
        "tierTypeName": "Legendary",
        "tierType": 5,
        "stackUniqueLabel": "one.of.them",
        "recipeItemHash": 4040,
    },
    "setData": {"itemList": [{"trackingValue": 1, "itemHash": 71}, {"trackingValue": 2, "itemHash": 72}]},
    "stats": {"statGroupHash": 55, "stats": {"155624089": {"statHash": 155624089, "value": 49, "minimum": 1}}},
    "equippingBlock": {
        "uniqueLabel": "exotic_weapon",
        "uniqueLabelHash": 4017842899,
        "equipmentSlotTypeHash": 1498876634,
        "ammoType": 1,
        "equipableItemSetHash": 2151917545,
    },
    "quality": {
        "currentVersion": 1,
        "infusionCategoryHash": 2601628231,
        "infusionCategoryHashes": [2601628231],
        "versions": [{"powerCapHash": 6}, {"powerCapHash": 7}],
        "displayVersionWatermarkIcons": ["/common/w0.png", "/common/w1.png"],
    },
    "sockets": {
        "socketEntries": [
            {
                "socketTypeHash": 88,
                "singleInitialItemHash": 1000,
                "reusablePlugItems": [{"plugItemHash": 1000}, {"plugItemHash": 1001}],
                "reusablePlugSetHash": 66,
                "randomizedPlugSetHash": 67,
                "defaultVisible": False,
            },
        ],
        "intrinsicSockets": [{"plugItemHash": 1002, "socketTypeHash": 89, "defaultVisible": True}],
        "socketCategories": [{"socketCategoryHash": 9, "socketIndexes": [0]}],
    },
    "plug": {
        "plugCategoryHash": 31,
        "plugCategoryIdentifier": "frames",
        "uiPlugLabel": "masterwork",
        "energyCost": {"energyCost": 3, "energyTypeHash": 1, "energyType": 2},
        "energyCapacity": {"capacityValue": 10, "energyTypeHash": 1, "energyType": 6},
    },
    "objectives": {"objectiveHashes": [99]},
    "investmentStats": [{"statTypeHash": 155624089, "value": 50, "isConditionallyActive": True}],
    "perks": [{"perkHash": 17, "requirementDisplayString": ""}, {"perkHash": 18}],
    "itemCategoryHashes": [1, 2],
    "traitIds": ["releases.v900"],
    "itemType": 3,
    "itemSubType": 9,
    "classType": 1,
    "breakerType": 2,
    "equippable": True,
    "defaultDamageType": 3,
    "defaultDamageTypeHash": 1847026933,
    "collectibleHash": 12,
    "seasonHash": 2809059424,
    "value": {"itemValue": [{"itemHash": 73143230, "quantity": 1}, {"itemHash": 0, "quantity": 0}]},
    "nonTransferrable": True,
    "doesPostmasterPullHaveSideEffects": True,
    "blacklisted": True,
    "redacted": True,
}


def test_every_field_of_a_whole_row_lands_where_it_belongs() -> None:
    # By name: the shaper hands them over by position.
    assert json.loads(msgspec.json.encode(msgspec.structs.asdict(shape(WHOLE, 4_000_000_001)))) == {
        "hash": 4_000_000_001,
        "name": "Emberwake",
        "description": "It hums.",
        "icon": "/common/a.jpg",
        "watermark": "/common/w1.png",
        "secondary_icon": "/common/banner.jpg",
        "secondary_special": "",
        "type_name": "Hand Cannon",
        "tier_type": 5,
        "tier_name": "Legendary",
        "bucket": 1498876634,
        "recovery_bucket": 215593132,
        "max_stack": 1,
        "stack_unique_label": "one.of.them",
        "is_instanced": True,
        "non_transferrable": True,
        "pull_has_side_effects": True,
        "class_type": 1,
        "item_type": 3,
        "item_sub_type": 9,
        "categories": [1, 2],
        "damage_type": 3,
        "ammo_type": 1,
        "unique_label": "exotic_weapon",
        "equipment_slot": 1498876634,
        "equippable": True,
        "stat_group": 55,
        "stats": [[155624089, 49]],
        "investment_stats": [[155624089, 50, True]],
        "sockets": [[88, 1000, 66, 67, [1000, 1001], False]],
        "socket_categories": [[9, [0]]],
        "plug": [31, "frames", 3, 2, 10, "masterwork"],
        "perks": [17, 18],
        "set_hash": 2151917545,
        "collectible": 12,
        "recipe": 4040,
        "power_caps": [6, 7],
        "trait_ids": ["releases.v900"],
        "redacted": True,
        "blacklisted": True,
        "version_watermarks": ["/common/w0.png", "/common/w1.png"],
        "featured_watermark": "/common/wf.png",
        "secondary_overlay": "/common/overlay.png",
        "breaker_type": 2,
        "objectives": [99],
        "set_items": [71, 72],
        "intrinsic_plugs": [1002],
        "featured": True,
        "adept": True,
        "holofoil": True,
        "season": 11,
        "infusable": True,
        "rewards": [73143230],
        "grants": [["", "Melee damage refills it."]],
    }


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"inventory": {"tierType": 6}}, {"tier_type": 6}),
        ({"inventory": {"tierTypeHash": 2127292149}}, {"tier_type": 4}),
        ({"inventory": {"tierType": 0, "tierTypeHash": 0}}, {"tier_type": 0, "tier_name": ""}),
        # 2019 calls the third tier Uncommon; the table of 2026 calls it Common.
        ({"inventory": {"tierType": 3, "tierTypeHash": 2395677314, "tierTypeName": "Uncommon"}}, {"tier_name": "Uncommon"}),
        ({"inventory": {"tierType": 3}}, {"tier_name": "Common"}),
        ({"inventory": {}}, {"tier_type": 0, "max_stack": 1}),
        ({}, {"name": "", "class_type": 3, "tier_type": 0, "sockets": (), "plug": None}),
        ({"itemTypeAndTierDisplayName": "Legendary Hand Cannon"}, {"type_name": "Hand Cannon"}),
        ({"itemTypeAndTierDisplayName": "Revolver Legendary"}, {"type_name": "Revolver"}),
        ({"itemTypeAndTierDisplayName": "Lore"}, {"type_name": "Lore"}),
        ({"itemTypeAndTierDisplayName": "Legendary X", "itemTypeDisplayName": ""}, {"type_name": ""}),
        ({"defaultDamageTypeHash": 1847026933}, {"damage_type": 3}),
        ({"defaultDamageTypeHash": 5}, {"damage_type": 0}),
        ({"statGroupHash": 8}, {"stat_group": 8}),
        ({"equippingBlock": {"uniqueLabelHash": 4017842899}}, {"unique_label": "4017842899"}),
        ({"iconWatermark": "/w"}, {"watermark": "/w"}),
        ({"iconWatermark": "/w", "quality": {"currentVersion": 5, "displayVersionWatermarkIcons": ["/x"]}}, {"watermark": "/w"}),
        ({"iconWatermark": "/w", "quality": {"displayVersionWatermarkIcons": [""]}}, {"watermark": "/w"}),
        ({"displayProperties": {"name": "Скрижаль \u202e🜂", "icon": MISSING_ICON}}, {"name": "Скрижаль \u202e🜂", "icon": ""}),
        ({"plug": {"energyCapacity": {"capacityValue": 9, "energyType": 4}}}, {}),
        ({"seasonHash": 3}, {"season": 0}),
        ({"quality": {"infusionCategoryHashes": []}}, {"infusable": False}),
        ({"quality": {"infusionCategoryHashes": [7]}}, {"infusable": True}),
    ],
)
def test_rows_of_other_shapes(row: dict[str, Any], expected: dict[str, Any]) -> None:
    made = shape(row)
    assert {name: getattr(made, name) for name in expected} == expected


SMALL: list[tuple[str, dict[str, Any], list[Any]]] = [
    ("Objective", {"displayProperties": {"name": "A", "description": "b"}, "uiStyle": 2}, [1, "A", "b", 0, 2]),
    (
        "Objective",
        {"displayProperties": {"description": "b"}, "progressDescription": "c", "completionValue": 9},
        [1, "", "c", 9, 0],
    ),
    (
        "InventoryBucket",
        {"itemCount": 9, "scope": 1, "category": 3, "bucketOrder": 20, "location": 2, "fifo": True, "enabled": False},
        [1, "", 9, 1, 3, 20, 2, False, True, False],
    ),
    ("InventoryBucket", {"hasTransferDestination": True}, [1, "", 0, 0, 0, 0, 0, True, False, True]),
    (
        "Stat",
        {"displayProperties": {"name": "S", "icon": "/i"}, "aggregationType": 1, "interpolate": True, "index": 4},
        [1, "S", "", "/i", 1, True, 4],
    ),
    (
        "StatGroup",
        {
            "maximumValue": 90,
            "uiPosition": 2,
            "scaledStats": [
                {"statHash": 5, "maximumValue": 80, "displayAsNumeric": True, "displayInterpolation": [{"value": 1, "weight": 2}]}
            ],
        },
        [1, "", 90, 2, [[5, 80, True, [[1, 2]]]]],
    ),
    (
        "PlugSet",
        {"reusablePlugItems": [{"plugItemHash": 7}, {"plugItemHash": 8, "currentlyCanRoll": False}]},
        [1, "", [[7, True], [8, False]], []],
    ),
    (
        "PlugSet",
        {
            "reusablePlugItems": [
                {"plugItemHash": 7, "craftingRequirements": {"unlockRequirements": []}},
                {"plugItemHash": 8, "craftingRequirements": {"requiredLevel": 13}},
            ]
        },
        [1, "", [[7, True], [8, True]], [[8, 13]]],
    ),
    (
        "Collectible",
        {"displayProperties": {"name": "E"}, "sourceHash": 5, "sourceString": "Source: Strikes", "itemHash": 41},
        [1, "E", 5, "Source: Strikes", 41],
    ),
    ("Season", {"displayProperties": {"name": "Arrivals"}, "seasonNumber": 11}, [1, "Arrivals", "", 11, "", []]),
    (
        "SocketType",
        {"socketCategoryHash": 6, "plugWhitelist": [{"categoryHash": 5, "categoryIdentifier": "x"}]},
        [1, "", 6, [[5, "x"]]],
    ),
    ("Class", {"classType": 0, "genderedClassNames": {"Male": "M", "Female": "F"}}, [1, "", "", 0, "", ["M", "F"]]),
    ("Race", {"raceType": 2, "genderedRaceNames": {"Female": "F"}}, [1, "", "", 2, "", ["", "F"]]),
    ("Gender", {"genderType": 1}, [1, "", "", 1, "", []]),
    ("EnergyType", {"enumValue": 6, "displayProperties": {"icon": MISSING_ICON}}, [1, "", "", 6, "", []]),
    ("PowerCap", {"powerCap": 999_950}, [1, "", "", 999_950, "", []]),
    ("SocketCategory", {"categoryStyle": 2}, [1, "", "", 2, "", []]),
    ("Record", {"titleInfo": {"hasTitle": True, "titlesByGender": {"Male": "M"}}}, [1, "", "", 0, "", ["M", ""]]),
    ("Record", {"completionInfo": {"toastStyle": 8}, "displayProperties": {"name": "Oar"}}, [1, "Oar", "", 8, "", []]),
    ("SandboxPerk", {"displayProperties": {"description": "Hums.", "icon": "/p.png"}}, [1, "", "", 0, "Hums.", []]),
]


@pytest.mark.parametrize(("name", "row", "expected"), SMALL)
def test_rows_of_the_other_tables(name: str, row: dict[str, Any], expected: list[Any]) -> None:
    table = next(table for table in TABLES if table.name == name)
    assert table.shape is not None
    made = table.shape(1, msgspec.json.decode(json.dumps(row), type=table.raw))
    read = msgspec.msgpack.decode(msgspec.msgpack.encode(made), type=table.stored)
    assert json.loads(msgspec.json.encode(read)) == expected


@pytest.mark.parametrize(("table", "row"), [("Record", {"completionInfo": {"toastStyle": 1}}), ("SandboxPerk", {})])
def test_what_says_nothing_is_not_kept(table: str, row: dict[str, Any]) -> None:
    kept = next(each for each in TABLES if each.name == table)
    assert kept.shape is not None
    assert kept.shape(1, msgspec.json.decode(json.dumps(row), type=kept.raw)) is None


@pytest.mark.parametrize(
    ("texts", "perks", "grants", "text"),
    [
        ({"name": "Emberwake", "description": "It hums."}, [17], (), "It hums."),
        ({"name": "Emberwake"}, [17], (("", "It hums."),), "It hums."),
        (
            {"name": "Emberwake"},
            [17, 18, 17],
            (("", "It hums."), ("", "Melee damage refills it.")),
            "It hums.\nMelee damage refills it.",
        ),
        ({"name": "Tinder", "description": "It hums."}, [19], (("Slow Burn", ""),), "It hums."),
        ({"name": "Tinder"}, [20], (), ""),
    ],
)
def test_a_plug_has_the_texts_of_its_perks(
    texts: dict[str, str], perks: list[int], grants: tuple[tuple[str, str], ...], text: str
) -> None:
    """What it says itself is not kept twice."""
    made = shape({"displayProperties": texts, "perks": [{"perkHash": perk} for perk in perks]})
    assert (made.grants, made.text) == (grants, text)


def test_a_row_without_its_collectible_is_found_by_the_collectible() -> None:
    assert shape({}, 41).collectible == 900
    assert shape({"collectibleHash": 12}, 41).collectible == 12
    assert shape({}, 0).collectible == 0


def test_plugs_of_2019_lie_in_the_socket() -> None:
    row = {"sockets": {"socketEntries": [{"reusablePlugItems": [], "randomizedPlugItems": [{"plugItemHash": 5}]}]}}
    assert shape(row).sockets[0].reusable_plugs == (5,)


def test_energy_of_a_plug_that_only_holds_energy() -> None:
    plug = shape({"plug": {"energyCapacity": {"capacityValue": 9, "energyType": 4}}}).plug
    assert plug is not None
    assert (plug.energy_capacity, plug.energy_type, plug.energy_cost) == (9, 4, 0)


def test_a_row_that_does_not_fit_keeps_what_does() -> None:
    row = b'{"displayProperties": {"name": "Half"}, "itemType": "three", "inventory": null, "perks": 7, "classType": 2}'
    raw = salvage(row, RawItem)
    assert raw is not None
    made = stored(raw)
    assert (made.name, made.item_type, made.class_type, made.perks) == ("Half", 0, 2, ())


@pytest.mark.parametrize("row", [b"", b"[]", b"7", b"null", b'{"a":', b"\xff\xfe", b"<html>"])
def test_what_is_not_an_object_cannot_be_saved(row: bytes) -> None:
    assert salvage(row, RawItem) is None


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**40), 2**40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from([field.encode_name for table in TABLES for field in msgspec.structs.fields(table.raw)])


@given(st.dictionaries(FIELDS, JSON, max_size=6), st.sampled_from(TABLES))
def test_no_row_whatever_raises(row: dict[str, Any], table: Any) -> None:
    raw = salvage(json.dumps(row).encode(), table.raw)
    assert raw is not None
    made = (table.shape or ItemShaper({}, {}))(1, raw)
    if made is not None:
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(made), type=table.stored).hash == 1


@pytest.mark.parametrize(
    ("hash", "id"), [(0, 0), (2**31 - 1, 2**31 - 1), (2**31, -(2**31)), (2803282938, -1491684358), (2**32 - 1, -1)]
)
def test_ids_are_the_same_32_bits(hash: int, id: int) -> None:
    assert signed(hash) == id
    assert unsigned(id) == hash
