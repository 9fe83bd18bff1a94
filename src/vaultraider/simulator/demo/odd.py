"""The odd ones: classified, missing from every manifest, without a name or a slot, unique, or with a will of their own."""

from __future__ import annotations

from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.demo.book import ITEMS, Book, Row, equipping
from vaultraider.simulator.demo.hashes import hash_of

MISSING = tuple(hash_of(f"missing:{place}") for place in range(4))
"""Owned, though no manifest tells of them yet."""


def secret(hash: int, place: int) -> Row:
    """What the game knows of an item that no manifest tells of yet: the first is a stack, the others are weapons."""
    bucket = s.CONSUMABLES if place == 0 else s.WEAPON_SLOTS[place % 3]
    book = Book()
    book.add_item(
        f"missing:{place}",
        "",
        "",
        5,
        bucket,
        item_type=0,
        instanced=place > 0,
        stack=1 if place else 99,
        equippable=place > 0,
        equippingBlock=equipping(bucket),
        hash=hash,
    )
    return book.item(hash)


def classified(book: Book, place: int) -> int:
    """Bungie shows no more of these than a word; they may be moved all the same."""
    hash = hash_of(f"classified:{place}")
    bucket = (s.ENERGY, s.CHEST, s.CONSUMABLES)[place]
    book.add(
        ITEMS,
        hash,
        displayProperties=s.display("Classified", "Not described yet."),
        inventory={
            "maxStackSize": 1,
            "bucketTypeHash": bucket,
            "recoveryBucketTypeHash": 0,
            "tierTypeHash": 0,
            "isInstanceItem": bucket != s.CONSUMABLES,
            "nonTransferrableOriginal": False,
            "tierType": 0,
        },
        allowActions=True,
        nonTransferrable=False,
        specialItemType=0,
        itemType=0,
        itemSubType=0,
        classType=0,
        equippable=False,
        defaultDamageType=0,
    )
    book.item(hash)["redacted"] = True
    return hash


def nameless(book: Book) -> int:
    return book.add_item("dummy:nameless", "", "", 2, s.CONSUMABLES, item_type=20, categories=(3109687656,), stack=99)


def key_to_nowhere(book: Book) -> int:
    """Of a bucket that has no name."""
    return book.add_item("odd:drawer", "Key to No Drawer", "", 4, s.NAMELESS, item_type=0, movable=False)


def mask(book: Book) -> int:
    """A festival mask: armour without stats or sockets."""
    return book.add_item(
        "odd:mask",
        "Papier-Mâché Moon",
        "Mask",
        5,
        s.HELMET,
        item_type=2,
        sub_type=19,
        categories=(20, 45, 55),
        equippable=True,
        equippingBlock=equipping(s.HELMET),
    )


def heirloom(book: Book) -> int:
    """Armour that stays with its owner."""
    return book.add_item(
        "odd:heirloom",
        "Grandmother's Knot",
        "Keepsake",
        5,
        s.CLASS_ITEM,
        item_type=2,
        sub_type=19,
        categories=(20, 49),
        description="It goes nowhere without you.",
        equippable=True,
        movable=False,
        equippingBlock=equipping(s.CLASS_ITEM),
    )


def side_effect(book: Book) -> int:
    """Taking it from the postmaster does something else as well."""
    return book.add_item(
        "odd:side-effect",
        "Half-Finished Contract",
        "Contract",
        5,
        s.CONSUMABLES,
        item_type=9,
        categories=(35, 52),
        doesPostmasterPullHaveSideEffects=True,
    )


def unique(book: Book) -> int:
    """One of it is all that anybody can have."""
    return book.add_item(
        "odd:unique", "The Only Lantern", "Consumable", 6, s.CONSUMABLES, item_type=9, categories=(35,), label="demo.lantern"
    )


def package(book: Book) -> int:
    return book.add_item(
        "odd:package",
        "Wrapped Surprise",
        "Package",
        5,
        s.CONSUMABLES,
        item_type=25,
        categories=(268598612, 35),
        stack=5,
        movable=False,
    )
