"""What of a trader's wares is out in a period, and how each piece rolled. The same seed and period give the same stock."""

from __future__ import annotations

import random
from functools import lru_cache

from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.demo.armor import ORNAMENT, SHADER, Armor
from vaultraider.simulator.demo.rolls import Rolls
from vaultraider.simulator.demo.tables import Catalogue, catalogue
from vaultraider.simulator.demo.traders import Trader
from vaultraider.simulator.demo.weapons import Weapon
from vaultraider.simulator.world import Item

PLAYERS = (s.TITAN, s.HUNTER, s.WARLOCK)
POWER = 500
MASTERWORK = 7
"""Socket of a legendary weapon."""


def stock(trader: Trader, seed: int, number: int, class_type: int) -> list[int]:
    """vendorItemIndexes that are out in period ``number`` for who plays that class, in order.

    Each period goes on in the shuffled row where the last one ended, so that two in a row never offer the same.
    """
    found: list[int] = []
    for place, shelf in enumerate(trader.shelves):
        rows = [index for index, ware in enumerate(trader.wares) if ware.shelf == place]
        classes: tuple[int, ...] = (s.ANY_CLASS,)
        if shelf.classes:
            classes = PLAYERS if shelf.classes == "each" else (class_type,)
        for one in classes:
            mine = [index for index in rows if trader.wares[index].class_type == one] if shelf.classes else list(rows)
            if not shelf.sets:
                random.Random(f"shelf:{seed}:{trader.hash}:{place}:{one}").shuffle(mine)
            found += _window(mine, shelf.out, number)
    return sorted(found)


def _window(row: list[int], count: int, number: int) -> list[int]:
    if not count or count >= len(row):
        return row
    start = number * count % len(row)
    return [row[(start + step) % len(row)] for step in range(count)]


@lru_cache(maxsize=512)
def rolled(trader: int, seed: int, number: int, index: int) -> Item | None:
    """The copy that the trader of that hash sells, or None for what has no instance. Nobody changes it."""
    whole = catalogue()
    dice = random.Random(f"roll:{seed}:{trader}:{number}:{index}")
    hash = next(one for one in whole.traders if one.hash == trader).wares[index].hash
    weapon = next((one for one in whole.weapons if one.hash == hash), None)
    if weapon is not None:
        return _weapon(whole, weapon, dice)
    armor = next((one for one in whole.armor if one.hash == hash), None)
    return _armor(whole, armor, dice) if armor is not None else None


def _weapon(whole: Catalogue, weapon: Weapon, dice: random.Random) -> Item:
    """New from the shelf: a masterwork of the first tier, no tracker, no skin."""
    item = Item(hash=weapon.hash, bucket=weapon.slot, power=POWER, level=50)
    if weapon.tier == 6:
        fixed = weapon.fixed
        item.plugs = [fixed[0], fixed[1], fixed[2], fixed[3], fixed[4], fixed[5], 0, fixed[7], 0]
        return item
    item.version = 0
    item.gear_tier = dice.randint(1, 3) if weapon.tier == 5 else 0
    item.plugs = [0] * (12 if weapon.craftable else 11)
    for place, plug in weapon.fixed.items():
        item.plugs[place] = plug
    for place, pool in weapon.pools.items():
        item.choices[place] = dice.sample(pool, min(2, len(pool)))
        item.plugs[place] = item.choices[place][0]
    item.plugs[MASTERWORK] = dice.choice(list(whole.shared.masterworks.values()))[0]
    return item


def _armor(whole: Catalogue, armor: Armor, dice: random.Random) -> Item:
    item = Rolls(whole, dice, lambda: "").armor(armor, armor.slot)
    item.locked, item.style, item.power = False, 0, POWER
    item.plugs[:4] = [whole.shared.empty_armor_mod] * 4
    item.plugs[SHADER], item.plugs[ORNAMENT] = whole.shared.default_shader, 0
    return item
