"""The whole set of demo definitions, written once: every table that a real manifest has and a program may ask for."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any, NamedTuple

from vaultraider.simulator.demo import names
from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.demo.armor import Armor, add_armor
from vaultraider.simulator.demo.book import ITEMS, Book, Row
from vaultraider.simulator.demo.hashes import hash_of
from vaultraider.simulator.demo.origins import add_origins, source_of
from vaultraider.simulator.demo.patterns import add_pattern_records
from vaultraider.simulator.demo.plugs import Shared, add_shared
from vaultraider.simulator.demo.things import Things, add_things
from vaultraider.simulator.demo.traders import HARBOUR, Goods, Trader, add_traders
from vaultraider.simulator.demo.weapons import Weapon, add_weapons
from vaultraider.simulator.demo.words import translated

TITLE = hash_of("record:title:Lamplighter")


class Catalogue(NamedTuple):
    """The definitions, and how the demo finds its way in them."""

    book: Book
    shared: Shared
    weapons: list[Weapon]
    armor: list[Armor]
    things: Things
    traders: list[Trader]


@cache
def catalogue() -> Catalogue:
    """Written at the first call, some tenth of a second; the same for every seed."""
    book = Book()
    _skeleton(book)
    shared = add_shared(book)
    weapons = add_weapons(book, shared)
    armor = add_armor(book, shared)
    things = add_things(book, shared)
    traders = add_traders(book, Goods(weapons, armor, things))
    add_origins(book, weapons, armor, things.bounties)
    add_pattern_records(book, shared.objectives["pattern"])
    _around(book)
    return Catalogue(book, shared, weapons, armor, things, traders)


def tables(language: str, edition: int = 0, extra_items: int = 0) -> dict[str, dict[int, Row]]:
    """All rows in a language. Each ``edition`` after 0 tells one classified item and adds one new item, as patches do."""
    found = catalogue().book.tables
    items = dict(found[ITEMS])
    _patch(items, edition)
    for place in range(extra_items):
        items |= _extra(place, len(items))
    rows = found | {ITEMS: items}
    return {table: {hash: translated(row, language) for hash, row in content.items()} for table, content in sorted(rows.items())}


def _patch(items: dict[int, Row], edition: int) -> None:
    things = catalogue().things
    for number in range(1, edition + 1):
        if number <= len(things.classified):
            hash = things.classified[number - 1]
            told = copy.deepcopy(items[hash])
            told["displayProperties"] = s.display(f"No Longer Secret No. {number}", "It was a lantern all along.")
            told["redacted"] = False
            items[hash] = told
        items |= _extra(1_000_000 + number, len(items))


def _extra(place: int, index: int) -> dict[int, Row]:
    pattern = catalogue().book.item(catalogue().things.tokens[0])
    hash = hash_of(f"extra:{place}")
    row = copy.deepcopy(pattern) | {"hash": hash, "index": index}
    row["displayProperties"] = s.display(f"Catalogue Entry {place}", "One of very many.")
    return {hash: row}


def _skeleton(book: Book) -> None:
    for bucket in s.BUCKETS:
        book.add(
            "DestinyInventoryBucketDefinition",
            bucket.hash,
            displayProperties=s.display(bucket.name) if bucket.name else {"hasIcon": False},
            scope=bucket.scope,
            category=bucket.category,
            bucketOrder=bucket.order,
            itemCount=bucket.capacity,
            location=bucket.location,
            hasTransferDestination=bucket.transferable,
            enabled=bucket.enabled,
            fifo=bucket.fifo,
        )
    for hash, name, aggregation, category in s.STATS:
        book.add(
            "DestinyStatDefinition",
            hash,
            displayProperties=s.display(name),
            aggregationType=aggregation,
            hasComputedBlock=False,
            statCategory=category,
            interpolate=False,
        )
    for hash, name, class_type in s.CLASSES:
        book.add(
            "DestinyClassDefinition",
            hash,
            classType=class_type,
            displayProperties=s.display(name),
            genderedClassNames={"Male": name, "Female": name},
            genderedClassNamesByGenderHash={str(gender): name for gender, _, _ in s.GENDERS},
        )
    for hash, name, race_type in s.RACES:
        book.add(
            "DestinyRaceDefinition",
            hash,
            displayProperties=s.display(name),
            raceType=race_type,
            genderedRaceNames={"Male": name, "Female": name},
            genderedRaceNamesByGenderHash={str(gender): name for gender, _, _ in s.GENDERS},
        )
    for hash, name, gender_type in s.GENDERS:
        book.add("DestinyGenderDefinition", hash, genderType=gender_type, displayProperties=s.display(name))
    for hash, number, name in s.DAMAGE.values():
        book.add("DestinyDamageTypeDefinition", hash, displayProperties=s.display(name), showIcon=False, enumValue=number)
    for hash, name, number in s.ENERGY_TYPES:
        book.add(
            "DestinyEnergyTypeDefinition",
            hash,
            displayProperties=s.display(name),
            showIcon=False,
            enumValue=number,
            costStatHash=s.ANY_COST,
        )
    for hash, name in dict.fromkeys(s.TIERS.values()):
        book.add("DestinyItemTierTypeDefinition", hash, displayProperties=s.display(name))
    for hash, cap in s.POWER_CAPS:
        book.add("DestinyPowerCapDefinition", hash, powerCap=cap)
    for hash, name, style in s.SOCKET_CATEGORIES:
        book.add(
            "DestinySocketCategoryDefinition",
            hash,
            displayProperties=s.display(name),
            uiCategoryStyle=0,
            categoryStyle=style,
        )
    for hash, name in s.ITEM_CATEGORIES:
        book.add("DestinyItemCategoryDefinition", hash, displayProperties=s.display(name), visible=True, deprecated=False)
    for bucket_hash in s.EQUIP_SLOTS:
        name = next(bucket.name for bucket in s.BUCKETS if bucket.hash == bucket_hash)
        book.add(
            "DestinyEquipmentSlotDefinition",
            bucket_hash,
            displayProperties=s.display(name),
            equipmentCategoryHash=0,
            bucketTypeHash=bucket_hash,
            applyCustomArtDyes=False,
            artDyeChannels=[],
        )


def _around(book: Book) -> None:
    """Vendors that sell nothing, records, seasons, places: what stands around the items."""
    accepted = [{"acceptedInventoryBucketHash": bucket, "destinationInventoryBucketHash": s.GENERAL} for bucket in s.VAULTABLE]
    vendors: tuple[tuple[int, str, str, list[Row]], ...] = (
        (s.VAULT_VENDOR, "Vault", "VAULT", accepted),
        (hash_of("vendor:postmaster"), "Postmaster", "POSTMASTER", []),
    )
    for hash, name, identifier, items in vendors:
        book.add(
            "DestinyVendorDefinition",
            hash,
            displayProperties=s.display(name),
            vendorIdentifier=identifier,
            enabled=True,
            visible=True,
            inhibitBuying=False,
            inhibitSelling=True,
            acceptedItems=items,
            itemList=[],
            categories=[],
            displayCategories=[],
            resetIntervalMinutes=10080,
            resetOffsetMinutes=0,
            returnWithVendorRequest=identifier != "VAULT",
        )
    book.add("DestinyVendorGroupDefinition", HARBOUR, order=0, categoryName="Harbour")
    book.add(
        "DestinyRecordDefinition",
        TITLE,
        displayProperties=s.display("Lamplighter", "Lit every lamp there is."),
        scope=0,
        titleInfo={
            "hasTitle": True,
            "titlesByGender": {"Male": "Lamplighter", "Female": "Lamplighter"},
            "titlesByGenderHash": {str(gender): "Lamplighter" for gender, _, _ in s.GENDERS},
        },
        objectiveHashes=[],
    )
    for hash, name, number in ((s.PAST_SEASON, "Season of the Long Tide", 27), (s.SEASON, "Season of the Lamp", 28)):
        book.add(
            "DestinySeasonDefinition",
            hash,
            displayProperties=s.display(name),
            seasonNumber=number,
            artifactItemHash=hash_of("artifact:Tide Clock"),
        )
    book.add(
        "DestinyProgressionDefinition",
        1716568313,
        displayProperties=s.display("Guardian level"),
        scope=1,
        repeatLastStep=False,
        steps=[],
    )
    place = book.add("DestinyPlaceDefinition", hash_of("place:harbour"), displayProperties=s.display("The Harbour"))
    book.add(
        "DestinyDestinationDefinition", hash_of("destination:harbour"), displayProperties=s.display("Quayside"), placeHash=place
    )
    for where, name in (("orbit", "Orbit"), ("social", "The Quay"), ("activity", "The Long Watch")):
        book.add(
            "DestinyActivityDefinition",
            hash_of(f"activity:{where}"),
            displayProperties=s.display(name),
            placeHash=place,
            activityLevel=0,
        )
    for where, name, mode in (("social", "Social", 40), ("activity", "Strikes", 18)):
        book.add("DestinyActivityModeDefinition", hash_of(f"mode:{where}"), displayProperties=s.display(name), modeType=mode)
    book.add("DestinyMilestoneDefinition", hash_of("milestone:weekly"), displayProperties=s.display("The Week's Round"))
    book.add("DestinyFactionDefinition", hash_of("faction:watch"), displayProperties=s.display("The Watch"))
    book.add("DestinyTraitDefinition", hash_of("trait:keeper"), displayProperties=s.display("Keeper"))
    book.add("DestinyMetricDefinition", hash_of("metric:bells"), displayProperties=s.display("Bells rung"))
    for node in ("collections", "records"):
        book.add(
            "DestinyPresentationNodeDefinition",
            hash_of(f"node:{node}"),
            displayProperties=s.display(node.title()),
            children={"presentationNodes": [], "collectibles": [], "records": [], "metrics": []},
        )
    for number, name in ((1, "Barrier"), (2, "Overload"), (3, "Unstoppable")):
        book.add("DestinyBreakerTypeDefinition", hash_of(f"breaker:{name}"), displayProperties=s.display(name), enumValue=number)
    _loadouts(book)
    _collectibles(book)


def _loadouts(book: Book) -> None:
    parts: dict[str, list[int]] = {}
    for part, words in (("Name", ("Rounds", "Storm", "Harvest")), ("Color", ("Slate", "Amber")), ("Icon", ("Lamp", "Bell"))):
        table = f"DestinyLoadout{part}Definition"
        for place, word in enumerate(words):
            field: dict[str, Any] = {"name": word} if part == "Name" else {f"{part.lower()}ImagePath": ""}
            parts.setdefault(part, []).append(book.add(table, hash_of(f"loadout:{part}:{place}"), **field))
    book.add(
        "DestinyLoadoutConstantsDefinition",
        1,
        displayProperties=s.display(""),
        loadoutCountPerCharacter=12,
        loadoutNameHashes=parts["Name"],
        loadoutColorHashes=parts["Color"],
        loadoutIconHashes=parts["Icon"],
        loadoutPreviewFilterOutSocketCategoryHashes=[],
        loadoutPreviewFilterOutSocketTypeHashes=[],
    )
    book.add("DestinyInventoryItemConstantsDefinition", 1, displayProperties=s.display(""), gearTierOverlayImagePaths=[])


def _collectibles(book: Book) -> None:
    for row in list(book.tables[ITEMS].values()):
        hash = row.get("collectibleHash")
        if hash:
            source, sentence = source_of(row)
            book.add(
                "DestinyCollectibleDefinition",
                hash,
                displayProperties=row["displayProperties"],
                scope=0,
                sourceString=sentence,
                sourceHash=source,
                itemHash=row["hash"],
                presentationNodeType=2,
            )


__all__ = ["TITLE", "Catalogue", "catalogue", "names", "tables"]
