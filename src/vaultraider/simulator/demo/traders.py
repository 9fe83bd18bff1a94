"""Who sells what: traders with everything they could ever offer (``itemList``), and how much of it they offer at a time.

Xûr and his second counter stand under their real hashes, as programs know them by those; the others are invented.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from vaultraider.simulator.demo import names
from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.demo.armor import Armor
from vaultraider.simulator.demo.book import Book, Row
from vaultraider.simulator.demo.hashes import hash_of
from vaultraider.simulator.demo.things import Things
from vaultraider.simulator.demo.weapons import Weapon

Rhythm = Literal["weekend", "weekly", "daily", "never"]
COIN = hash_of("Material:Strange Coin")
GLIMMER = hash_of("currency:Glimmer")
CHANDLER, BOARD, EXCHANGE, KEEPSAKES = (hash_of(f"vendor:{name}") for name in ("chandler", "board", "exchange", "keepsakes"))
HARBOUR, STRANGER = hash_of("vendors:tower"), hash_of("vendors:stranger")
ACQUIRED, RANK = "Already Acquired", "Requires Rank 4"


class Shelf(NamedTuple):
    """One display category. ``out``: how many are out at a time, 0 for all.

    ``classes``: "" has nothing to do with classes; "each": so many for every class, seen by all; "own": only what the class of
    who looks can wear. ``sets``: neighbours belong together, and go out together.
    """

    title: str
    out: int = 0
    classes: Literal["", "each", "own"] = ""
    sets: bool = False


class Ware(NamedTuple):
    """One line of ``itemList``. ``failure``: index in the trader's failure strings of what bars it for everybody, or -1."""

    hash: int
    shelf: int
    costs: tuple[tuple[int, int], ...] = ()
    quantity: int = 1
    class_type: int = s.ANY_CLASS
    failure: int = -1


class Trader(NamedTuple):
    """``wares`` by vendorItemIndex. ``public``: everybody may see the wares without signing in."""

    hash: int
    name: str
    subtitle: str
    identifier: str
    rhythm: Rhythm
    group: int
    shelves: tuple[Shelf, ...]
    wares: tuple[Ware, ...]
    failures: tuple[str, ...] = ()
    public: bool = True
    by_api: bool = False
    """What it sells can be bought through the API."""


class Goods(NamedTuple):
    """What can be had at all."""

    weapons: list[Weapon]
    armor: list[Armor]
    things: Things


def add_traders(book: Book, goods: Goods) -> list[Trader]:
    """Writes the vendors' definitions and returns who they are."""
    found = [_xur(book, goods), _xur_offers(goods), _chandler(goods), _board(goods), _exchange(goods), _keepsakes(goods)]
    for trader in found:
        _define(book, trader)
    book.add("DestinyVendorGroupDefinition", STRANGER, order=1, categoryName="From Elsewhere")
    return found


def _xur(book: Book, goods: Goods) -> Trader:
    """Exotic armour of every class; the door to his other counter; rewards that nobody here has the rank for."""
    door = book.add_item(
        "dummy:strange-gear",
        "More Strange Offers",
        "",
        2,
        s.CONSUMABLES,
        item_type=20,
        categories=(3109687656,),
        movable=False,
        instanced=False,
        preview={"screenStyle": "screen_style_set_preview", "previewVendorHash": s.XUR_OFFERS, "previewActionString": ""},
    )
    exotics = [
        Ware(one.hash, 0, ((COIN, 41),), class_type=one.class_type) for one in goods.armor if one.tier == 6 and not one.old
    ]
    rewards = [Ware(hash, 2, quantity=quantity, failure=1) for hash, quantity in _rewards(goods)]
    return Trader(
        hash=s.XUR,
        name="Xûr",
        subtitle="Pedlar of the strange",
        identifier="TOWER_NINE",
        rhythm="weekend",
        group=STRANGER,
        shelves=(Shelf("Exotic Gear", 2, "each"), Shelf("More Strange Offers"), Shelf("Rank Rewards")),
        wares=(*exotics, Ware(door, 1), *rewards),
        failures=(ACQUIRED, RANK),
    )


def _rewards(goods: Goods) -> list[tuple[int, int]]:
    named = {name: hash for (name, *_), (hash, _) in zip(names.MATERIALS, goods.things.stacks, strict=False)}
    return [(named["Enhancement Core"], 7), (named["Enhancement Prism"], 3)]


def _xur_offers(goods: Goods) -> Trader:
    weapons = [Ware(one.hash, 0, ((COIN, 23),)) for one in goods.weapons if one.tier == 6]
    legends = [Ware(one.hash, 1, ((COIN, 17),)) for one in goods.weapons if one.tier == 5 and not one.craftable]
    sets = [Ware(one.hash, 2, ((COIN, 17),), class_type=one.class_type) for one in goods.armor if one.tier == 5 and not one.old]
    engram = Ware(goods.things.engrams[0], 3, ((COIN, 97),))
    return Trader(
        hash=s.XUR_OFFERS,
        name="Strange Gear Offers",
        subtitle="",
        identifier="TOWER_NINE_GEAR",
        rhythm="weekend",
        group=0,
        shelves=(
            Shelf("Exotic Gear", 3),
            Shelf("Legendary Weapons", 6),
            Shelf("Legendary Armor", 5, "own", sets=True),
            Shelf("Engrams"),
        ),
        wares=(engram, *weapons, *legends, *sets),
        failures=(ACQUIRED,),
    )


def _chandler(goods: Goods) -> Trader:
    weapons = [one for one in goods.weapons if one.tier in (4, 5)]
    return Trader(
        hash=CHANDLER,
        name="The Chandler",
        subtitle="Arms and Lamp Oil",
        identifier="HARBOUR_CHANDLER",
        rhythm="weekly",
        group=HARBOUR,
        shelves=(Shelf("Weapons", 5),),
        wares=tuple(Ware(one.hash, 0, ((GLIMMER, 25_000),)) for one in weapons),
    )


def _board(goods: Goods) -> Trader:
    """Bounties belong to a character: without signing in there is nothing to see."""
    return Trader(
        hash=BOARD,
        name="The Night Board",
        subtitle="Small pay for small work",
        identifier="HARBOUR_BOARD",
        rhythm="daily",
        group=HARBOUR,
        shelves=(Shelf("Bounties", 3),),
        wares=tuple(Ware(hash, 0, ((GLIMMER, 3_000),)) for hash in goods.things.bounties),
        failures=(ACQUIRED,),
        public=False,
    )


def _exchange(goods: Goods) -> Trader:
    return Trader(
        hash=EXCHANGE,
        name="The Exchange",
        subtitle="Weighed twice",
        identifier="HARBOUR_EXCHANGE",
        rhythm="daily",
        group=HARBOUR,
        shelves=(Shelf("Materials", 3),),
        wares=tuple(Ware(hash, 0, ((GLIMMER, 10_000),), quantity=5) for hash, _ in goods.things.stacks[:8] if hash != COIN),
        by_api=True,
    )


def _keepsakes(goods: Goods) -> Trader:
    return Trader(
        hash=KEEPSAKES,
        name="Keepsakes",
        subtitle="Nothing here ever changes",
        identifier="HARBOUR_KEEPSAKES",
        rhythm="never",
        group=HARBOUR,
        shelves=(Shelf("Emblems"),),
        wares=tuple(Ware(hash, 0, ((GLIMMER, 250_000),)) for hash in goods.things.emblems[:3]),
    )


def _define(book: Book, trader: Trader) -> None:
    weekly = trader.rhythm in ("weekend", "weekly")
    book.add(
        "DestinyVendorDefinition",
        trader.hash,
        displayProperties=s.display(trader.name) | {"subtitle": trader.subtitle, "requirementsDisplay": []},
        vendorProgressionType=0,
        vendorIdentifier=trader.identifier,
        enabled=True,
        visible=True,
        inhibitBuying=False,
        inhibitSelling=True,
        factionHash=0,
        resetIntervalMinutes=10080 if weekly else 1440 if trader.rhythm == "daily" else 0,
        resetOffsetMinutes=0,
        failureStrings=list(trader.failures),
        unlockRanges=[],
        acceptedItems=[],
        itemList=[_line(trader, index, ware) for index, ware in enumerate(trader.wares)],
        categories=[
            {
                "categoryIndex": place,
                "categoryHash": hash_of(f"category:{trader.identifier}:{place}"),
                "vendorItemIndexes": [index for index, ware in enumerate(trader.wares) if ware.shelf == place],
                "displayTitle": shelf.title,
                "sortValue": place,
            }
            for place, shelf in enumerate(trader.shelves)
        ],
        displayCategories=[
            {
                "index": place,
                "identifier": f"category.{trader.identifier.lower()}.{place}",
                "displayCategoryHash": hash_of(f"category:{trader.identifier}:{place}"),
                "displayProperties": s.display(shelf.title),
                "displayInBanner": False,
                "sortOrder": 0,
            }
            for place, shelf in enumerate(trader.shelves)
        ],
        groups=[{"vendorGroupHash": trader.group}] if trader.group else [],
        locations=[],
        ignoreSaleItemHashes=[],
        returnWithVendorRequest=True,
    )


def _line(trader: Trader, index: int, ware: Ware) -> Row:
    return {
        "vendorItemIndex": index,
        "itemHash": ware.hash,
        "quantity": ware.quantity,
        "failureIndexes": list(range(len(trader.failures))),
        "currencies": [
            {"itemHash": hash, "quantity": quantity, "hasConditionalVisibility": False} for hash, quantity in ware.costs
        ],
        "refundPolicy": 0,
        "refundTimeLimit": 0,
        "creationLevels": [],
        "displayCategoryIndex": ware.shelf,
        "categoryIndex": ware.shelf,
        "originalCategoryIndex": ware.shelf,
        "minimumLevel": 0,
        "maximumLevel": 0,
        "action": {"executeSeconds": 0.0, "isPositive": False},
        "displayCategory": f"category.{trader.identifier.lower()}.{ware.shelf}",
        "inventoryBucketHash": 0,
        "visibilityScope": 0,
        "purchasableScope": 0,
        "exclusivity": -1,
        "sortValue": index,
        "expirationTooltip": "",
        "redirectToSaleIndexes": [],
        "socketOverrides": [],
    }
