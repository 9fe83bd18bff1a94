"""Where the demo's things come from: seasons, sources, makers, patterns and editions, spread over what is there already.

Nothing here is drawn from the dice that make the rest, so that items stay what they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.demo.armor import Armor
from vaultraider.simulator.demo.book import ITEMS, PLUG_SETS, Book, Row
from vaultraider.simulator.demo.hashes import hash_of, identifier_hash
from vaultraider.simulator.demo.weapons import Weapon

T = TypeVar("T")

SOURCES = (
    (412991783, "Source: strikes along the quay."),
    (2915991372, "Source: matches in the sail loft."),
    (186854335, "Source: the ferryman's wager."),
    (2065138144, "Source: the raid below the glass house."),
    (506073192, "Source: the dungeon of riddles."),
    (1312894505, "Source: the iron week."),
    (3952847349, "Source: the feast of first frost."),
    (1593696611, "Source: the season's ledger."),
    (3334812276, "Source: engrams, opened."),
    (901482731, "Source: the harbour's tale."),
)
"""Bungie's own hashes, which programs know by heart, and what the demo calls them."""
ELSEWHERE = (hash_of("source:harbour"), "Source: somewhere in the harbour.")
RELEASES = ("v400.season", "v460.annual", "v520.season", "v600.annual", "v700.season", "v800.season", "v820.season")
"""The rest is of the season that runs, or of the one before."""
FOUNDRIES = ("suros", "hakke", "omolon", "veist", "daito", "tex_mechanica")
ADEPTS = ("Sable Verdict", "Red Almanac", "Iron Weather")
HOLOFOILS = ("Nightjar Accord", "Vesper Clause")
BREAKERS = {"Winter's Proxy": 2, "Gravedigger's Waltz": 3, "The Unlit Room": 1, "Pilot Light": 2}
"""DestinyBreakerType by name: 1 pierces shields, 2 disrupts, 3 staggers."""
REWARDS = {"Six Clean Shots": 3114385605, "Carry the Lantern": 73143230}
"""What two bounties pay: powerful gear, and pinnacle gear."""
INFUSION = hash_of("infusion:gear")
PATTERN_TYPE = 30
LEVELS = (7, 11, 13, 16)
"""What enhanced traits ask of a shaped weapon."""


def add_origins(book: Book, weapons: Iterable[Weapon], armor: Iterable[Armor], bounties: Iterable[int]) -> None:
    for weapon in weapons:
        row = book.item(weapon.hash)
        _common(row)
        name = row["displayProperties"]["name"]
        row["isAdept"], row["isHolofoil"] = name in ADEPTS, name in HOLOFOILS
        row["breakerType"] = BREAKERS.get(name, 0)
        if weapon.tier == 5:
            _trait(row, f"foundry.{_one_of(FOUNDRIES, 'foundry', row)}")
        if weapon.craftable:
            _pattern(book, row)
    for piece in armor:
        _common(book.item(piece.hash))
    for bounty in bounties:
        row = book.item(bounty)
        paid = REWARDS.get(row["displayProperties"]["name"])
        if paid is not None:
            row["value"] = {"itemValue": [{"itemHash": paid, "quantity": 1}], "valueDescription": ""}
    _stand_ins(book)


def source_of(row: Row) -> tuple[int, str]:
    """Of what is collected: Bungie's hash and the sentence. Some things are from nowhere in particular."""
    return _one_of((*SOURCES, ELSEWHERE, ELSEWHERE), "source", row)


def _common(row: Row) -> None:
    row["quality"] |= {"infusionCategoryHash": INFUSION, "infusionCategoryHashes": [INFUSION]}
    release = _one_of((*RELEASES, "", "", "", ""), "release", row)
    if release and row["seasonHash"] == s.SEASON:
        row["seasonHash"] = 0
        _trait(row, f"releases.{release}")


def _trait(row: Row, identifier: str) -> None:
    row["traitIds"] = [*row["traitIds"], identifier]
    row["traitHashes"] = [*row["traitHashes"], identifier_hash(identifier)]


def _one_of(choices: Sequence[T], what: str, row: Row) -> T:
    return choices[hash_of(f"{what}:{row['hash']}") % len(choices)]


def _pattern(book: Book, row: Row) -> None:
    name = row["displayProperties"]["name"]
    row["inventory"]["recipeItemHash"] = book.add_item(
        f"pattern:{row['hash']}", name, "Weapon Pattern", 5, 0, item_type=PATTERN_TYPE, instanced=False, movable=False
    )
    for socket in row["sockets"]["socketEntries"][3:5]:
        plugs: list[dict[str, Any]] = book.tables[PLUG_SETS][socket["randomizedPlugSetHash"]]["reusablePlugItems"]
        for plug in plugs:
            if book.tables[ITEMS][plug["plugItemHash"]]["inventory"]["tierType"] == 3:
                level = LEVELS[plug["plugItemHash"] % len(LEVELS)]
                plug["craftingRequirements"] = {"unlockRequirements": [], "materialRequirementHashes": [], "requiredLevel": level}


def _stand_ins(book: Book) -> None:
    """What bounties say that they pay; nobody ever holds it."""
    for name, hash in (("Powerful Gear", 3114385605), ("Pinnacle Gear", 73143230)):
        book.add_item(f"reward:{name}", name, "", 5, 0, item_type=20, instanced=False, movable=False, hash=hash)
