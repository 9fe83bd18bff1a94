"""What lies in pockets: materials, consumables, mods, currencies, quests and bounties."""

from __future__ import annotations

from vaultraider.simulator.demo import names
from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.demo.book import Book, Row
from vaultraider.simulator.demo.plugs import Shared


def stacks(book: Book) -> list[tuple[int, int]]:
    found = []
    for kind, rows, categories in (("Material", names.MATERIALS, (40, 35)), ("Consumable", names.CONSUMABLES, (35, 52))):
        for name, tier, most, owned in rows:
            hash = book.add_item(
                f"{kind}:{name}",
                name,
                kind,
                tier,
                s.CONSUMABLES,
                item_type=9 if kind == "Consumable" else 10,
                categories=categories,
                description="Counted twice, written down once.",
                icon=book.picture(f"{kind}:{name}") if tier == 6 else "",
                instanced=False,
                stack=most,
                label="demo.polaris" if name == "Polaris Chip" else "",
            )
            found.append((hash, owned))
    return found


def tokens(book: Book) -> list[int]:
    """More kinds of stacks, so that the pockets are nearly full."""
    return [
        book.add_item(
            f"token:{place}",
            f"Ferry Token No. {place}",
            "Consumable",
            2 + place % 3,
            s.CONSUMABLES,
            item_type=9,
            categories=(35, 52),
            instanced=False,
            stack=999,
        )
        for place in range(1, 13)
    ]


def inventory_mods(book: Book) -> list[int]:
    return [
        book.plug(
            f"inventory-mod:{name}",
            name,
            "v400.weapon.mod_guns",
            kind="Weapon Mod",
            tier=5 if name[0] in "SLO" else 4,
            description=f"{name}: does what its name says.",
            categories=(59, 610365472),
            stack=25,
        )
        for name in names.INVENTORY_MODS
    ]


def quest(book: Book, shared: Shared, name: str) -> int:
    return book.add_item(
        f"quest:{name}",
        name,
        "Quest Step",
        6 if "Cartographer" in name else 5,
        s.QUESTS,
        item_type=12,
        categories=(16, 53),
        description="Somebody has to.",
        objectives=_objectives(shared.objectives["steps"], shared.objectives["parts"]),
    )


def bounty(book: Book, shared: Shared, name: str) -> int:
    return book.add_item(
        f"bounty:{name}",
        name,
        "Bounty",
        2,
        s.QUESTS,
        item_type=26,
        categories=(1784235469, 35),
        description="Small pay for small work.",
        objectives=_objectives(shared.objectives["steps"]),
    )


def _objectives(*hashes: int) -> Row:
    return {
        "objectiveHashes": list(hashes),
        "displayActivityHashes": [0 for _ in hashes],
        "requireFullObjectiveCompletion": True,
        "questlineItemHash": 0,
        "narrative": "",
        "objectiveVerbName": "",
        "questTypeIdentifier": "",
        "questTypeHash": 0,
    }


def currencies(book: Book) -> dict[int, int]:
    rows = (
        ("Glimmer", s.GLIMMER, 250_000, 183_402),
        ("Bright Dust", s.BRIGHT_DUST, 1_000_000, 12_345),
        ("Silver", s.SILVER, 1_000_000, 200),
    )
    return {
        book.add_item(
            f"currency:{name}",
            name,
            "Currency",
            2,
            bucket,
            item_type=1,
            categories=(18, 52),
            instanced=False,
            stack=most,
            movable=False,
        ): owned
        for name, bucket, most, owned in rows
    }
