"""Patterns of weapons that can be shaped: the triumphs that count them, and how far somebody is.

Nothing here is drawn from the dice that make the rest, so that items stay what they were.
"""

from __future__ import annotations

from collections.abc import Iterable

from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.demo.book import ITEMS, Book
from vaultraider.simulator.demo.hashes import hash_of
from vaultraider.simulator.demo.weapons import WEAPON, Weapon
from vaultraider.simulator.world import Account

RECORDS = "DestinyRecordDefinition"
PATTERN_TOAST = 8
"""DestinyRecordToastStyle: what the game shows when a pattern is unlocked."""
NEEDED = 5


def add_pattern_records(book: Book, objective: int) -> None:
    """Only its name tells which weapon a triumph is about."""
    for hash, row in list(book.tables[ITEMS].items()):
        if row["itemType"] == WEAPON and row["inventory"].get("recipeItemHash"):
            book.add(
                RECORDS,
                record_of(hash),
                displayProperties=s.display(row["displayProperties"]["name"], "Extract its pattern to unlock it."),
                scope=0,
                titleInfo={"hasTitle": False},
                completionInfo={
                    "partialCompletionObjectiveCountThreshold": 0,
                    "ScoreValue": 0,
                    "shouldFireToast": True,
                    "toastStyle": PATTERN_TOAST,
                },
                objectiveHashes=[objective],
            )


def learn_patterns(account: Account, weapons: Iterable[Weapon]) -> None:
    """Of what they have shaped they know the pattern; of the rest it depends on the weapon."""
    shaped = {item.hash for item in account.items if item.crafted}
    for weapon in weapons:
        if weapon.craftable:
            known = weapon.hash in shaped or weapon.hash % 3 == 0
            account.patterns[record_of(weapon.hash)] = NEEDED if known else weapon.hash % NEEDED


def record_of(weapon: int) -> int:
    return hash_of(f"record:pattern:{weapon}")
