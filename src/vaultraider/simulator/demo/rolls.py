"""Copies of definitions as somebody owns them: rolled perks, stats, masterworks, locks. All chance comes from the given dice."""

from __future__ import annotations

import random
from collections.abc import Callable

from vaultraider.simulator.demo import names
from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.demo.armor import MASTERWORK, ORNAMENT, TUNING, Armor
from vaultraider.simulator.demo.plugs import MOD_SLOTS
from vaultraider.simulator.demo.tables import Catalogue
from vaultraider.simulator.demo.weapons import Weapon
from vaultraider.simulator.world import Item

TOP, FLOOR = 550, 480
LEVEL = 50
"""Of a character, to wear gear."""


class Rolls:
    """Rolls items. ``next_id`` gives instance ids."""

    def __init__(self, catalogue: Catalogue, dice: random.Random, next_id: Callable[[], str]) -> None:
        self.catalogue = catalogue
        self.dice = dice
        self.next_id = next_id

    def power(self, tier: int) -> int:
        if tier < 5:
            return self.dice.randint(410, 470)
        return min(TOP, max(FLOOR, round(self.dice.triangular(498, 550, 547))))

    def weapon(self, weapon: Weapon, bucket: int, owner: str = "") -> Item:
        item = Item(hash=weapon.hash, id=self.next_id(), bucket=bucket, owner=owner, power=self.power(weapon.tier), level=LEVEL)
        item.locked = weapon.tier == 6 or self.dice.random() < 0.4
        return self._exotic_weapon(item, weapon) if weapon.tier == 6 else self._rolled_weapon(item, weapon)

    def _rolled_weapon(self, item: Item, weapon: Weapon) -> Item:
        shared, dice = self.catalogue.shared, self.dice
        item.version = 0
        item.gear_tier = dice.choices([0, 1, 2, 3, 4, 5], [10, 8, 16, 30, 24, 12])[0] if weapon.tier == 5 else 0
        item.crafted = weapon.craftable and dice.random() < 0.35
        plugs = [0] * (12 if weapon.craftable else 11)
        for place, plug in weapon.fixed.items():
            plugs[place] = plug
        for place, pool in weapon.pools.items():
            offered = 1 if item.crafted or place == 5 else dice.choices([1, 2, 3], [4, 4, 2])[0]
            options = dice.sample(pool, min(offered, len(pool)))
            plugs[place] = dice.choice(options)
            item.choices[place] = options
        self._weapon_mod(item, plugs)
        stat = dice.choice(names.MASTERWORK_STATS)
        tier = 10 if item.crafted or dice.random() < 0.22 else dice.randint(1, 6)
        plugs[7] = shared.masterworks[stat][tier - 1]
        item.masterwork = tier == 10
        if item.masterwork:
            plugs[8] = shared.trackers[0]
            item.choices[8] = list(shared.trackers)
            item.plug_objectives[shared.trackers[0]] = [(shared.objectives["kills"], dice.randint(3, 9000))]
        if dice.random() < 0.3:
            plugs[9] = dice.choice(shared.shaders)
        if weapon.ornaments and dice.random() < 0.5:
            plugs[10] = item.style = weapon.ornaments[0]
        item.highlighted = weapon.craftable and not item.crafted and dice.random() < 0.2
        if item.crafted:
            plugs[11] = shared.level
            item.plug_objectives[shared.level] = [
                (shared.objectives["level"], dice.randint(1, 32)),
                (shared.objectives["level-progress"], dice.randint(0, 1000)),
                (shared.objectives["made"], 1_700_000_000 + dice.randint(0, 60_000_000)),
            ]
        item.plugs = plugs
        return item

    def _weapon_mod(self, item: Item, plugs: list[int]) -> None:
        shared = self.catalogue.shared
        offered = [shared.empty_mod, *shared.weapon_mods[:-1]]
        plugs[6] = self.dice.choice(offered)
        item.choices[6] = offered

    def _exotic_weapon(self, item: Item, weapon: Weapon) -> Item:
        shared, dice = self.catalogue.shared, self.dice
        fixed = weapon.fixed
        item.masterwork = dice.random() < 0.5
        catalyst = fixed[6] if item.masterwork else fixed[5]
        tracker = shared.trackers[0] if item.masterwork else 0
        skin = dice.choice([0, *weapon.ornaments])
        item.style = skin
        item.plugs = [fixed[0], fixed[1], fixed[2], fixed[3], fixed[4], catalyst, tracker, fixed[7], skin]
        item.choices = {5: [fixed[5], fixed[6]]}
        done = 500 if item.masterwork else dice.randint(0, 480)
        item.plug_objectives[fixed[6]] = [(shared.objectives["catalyst"], done)]
        if tracker:
            item.plug_objectives[tracker] = [(shared.objectives["kills"], dice.randint(500, 20_000))]
        return item

    def armor(self, armor: Armor, bucket: int, owner: str = "") -> Item:
        item = Item(hash=armor.hash, id=self.next_id(), bucket=bucket, owner=owner, power=self.power(armor.tier), level=LEVEL)
        item.version = 0
        item.locked = armor.tier == 6 or self.dice.random() < 0.35
        plugs = [self.catalogue.shared.empty_armor_mod] * 4 + [0, self.catalogue.shared.default_shader, 0]
        (self._old_armor if armor.old else self._new_armor)(item, armor, plugs)
        if armor.perk:
            plugs.append(armor.perk)
        if armor.ornaments and self.dice.random() < 0.5:
            plugs[ORNAMENT] = item.style = armor.ornaments[0]
        if self.dice.random() < 0.3:
            plugs[5] = self.dice.choice(self.catalogue.shared.shaders)
        item.plugs = plugs
        self._mods(item, armor)
        return item

    def _mods(self, item: Item, armor: Armor) -> None:
        """Fills some sockets as far as the energy reaches."""
        shared = self.catalogue.shared
        left = item.energy
        lists = [shared.armor_mods["enhancements.v2_general"]] + [shared.armor_mods[MOD_SLOTS[armor.piece]]] * 3
        for place, offered in enumerate(lists):
            mod = self.dice.choice(offered)
            cost = self.catalogue.book.item(mod)["plug"].get("energyCost", {}).get("energyCost", 0)
            if cost <= left and self.dice.random() < 0.6:
                item.plugs[place] = mod
                left -= cost

    def _new_armor(self, item: Item, armor: Armor, plugs: list[int]) -> None:
        """3.0: the archetype says which two stats are high; a third is rolled; tier 5 can be tuned."""
        shared, dice = self.catalogue.shared, self.dice
        item.gear_tier = dice.choices([1, 2, 3, 4, 5], [8, 16, 34, 28, 14])[0] if armor.tier == 5 else 2
        place = dice.randrange(len(names.ARCHETYPES))
        _, first, second = names.ARCHETYPES[place]
        third = dice.choice([stat for stat in range(6) if stat not in (first, second)])
        high = 30 if item.gear_tier == 5 else dice.randint(22 + item.gear_tier, 26 + item.gear_tier // 2)
        values = (high, dice.randint(18, 25), dice.randint(8, 20))
        level = 5 if dice.random() < 0.3 else dice.randint(0, 4)
        item.masterwork = level == 5
        item.energy = (11 if item.gear_tier == 5 else 10) if level == 5 else 5 + level
        plugs[MASTERWORK] = shared.armor_masterworks[level]
        plugs += [
            shared.stat_rolls[s.ARMOR_STATS[stat], value] for stat, value in zip((first, second, third), values, strict=True)
        ]
        plugs += [shared.archetypes[place], 0]
        if item.gear_tier == 5:
            up = dice.randrange(6)
            offered = [shared.tunings[0]] + [shared.tunings[1 + up * 5 + n] for n in range(5)]
            plugs[TUNING] = dice.choice(offered)
            item.choices[TUNING] = offered

    def _old_armor(self, item: Item, armor: Armor, plugs: list[int]) -> None:
        """2.0: four plugs, two over the first three stats and two over the others."""
        shared, dice = self.catalogue.shared, self.dice
        item.energy = 10 if dice.random() < 0.4 else dice.randint(1, 9)
        item.masterwork = item.energy == 10
        plugs[MASTERWORK] = shared.old_armor_masterworks[item.energy - 1]
        for group in (s.ARMOR_STATS[:3], s.ARMOR_STATS[3:]):
            plugs += [shared.stat_rolls[dice.choice(group), dice.randint(2, 16)] for _ in range(2)]

    def plain(self, hash: int, bucket: int, owner: str = "", **more: object) -> Item:
        """Ghosts, ships, emblems and the like: every socket as it came."""
        plugs = self.catalogue.things.plugs_of.get(hash, [])
        item = Item(hash=hash, id=self.next_id(), bucket=bucket, owner=owner, plugs=list(plugs))
        for name, value in more.items():
            setattr(item, name, value)
        return item
