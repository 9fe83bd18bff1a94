"""The player in the game, between our calls: finds, moves, deletes, wears and locks things."""

from __future__ import annotations

import random
from collections.abc import Callable

from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.world import POSTMASTER, VAULT, Account, Character, Item, World

POSTMASTER_SIZE = 21


class PlayerError(ValueError):
    """The player cannot do that; the message says why."""


Deed = Callable[[World, Account, int, random.Random], list[str]]


def play(world: World, account: Account, deed: str, count: int) -> list[str]:
    """Does ``deed`` (a key of DEEDS) to ``count`` items. Returns their instance ids. Raises PlayerError."""
    if deed not in DEEDS:
        raise PlayerError(f"The player cannot {deed}; try one of {', '.join(DEEDS)}.")
    dice = random.Random(f"{account.id}:{world.revision}:{deed}")
    touched = DEEDS[deed](world, account, count, dice)
    world.changed()
    return touched


def _vaulted(account: Account) -> list[Item]:
    return [one for one in account.items if one.bucket == VAULT and one.id and one.plugs]


def _touch(world: World, account: Account, count: int, dice: random.Random) -> list[str]:
    """Infuses and locks: the item stays where it is, its numbers change."""
    chosen = dice.sample(_vaulted(account), min(count, len(_vaulted(account))))
    for one in chosen:
        one.power += 1
        one.locked = not one.locked
    return [one.id for one in chosen]


def _delete(world: World, account: Account, count: int, dice: random.Random) -> list[str]:
    loose = [one for one in _vaulted(account) if not one.locked]
    chosen = dice.sample(loose, min(count, len(loose)))
    for one in chosen:
        account.items.remove(one)
    return [one.id for one in chosen]


def _find(world: World, account: Account, count: int, dice: random.Random) -> list[str]:
    """New drops go to the postmaster, which throws out its oldest when it is full."""
    who = _somebody(account)
    patterns = [one for one in account.items if one.id and one.plugs and one.bucket in s.WEAPON_SLOTS]
    if not patterns:
        raise PlayerError("There is nothing to find more of.")
    found = []
    for _ in range(count):
        pattern = dice.choice(patterns)
        fresh = Item(
            hash=pattern.hash,
            id=world.new_instance(),
            bucket=POSTMASTER,
            owner=who.id,
            power=pattern.power,
            plugs=list(pattern.plugs),
            choices=dict(pattern.choices),
            version=pattern.version,
        )
        account.items.append(fresh)
        found.append(fresh.id)
        waiting = [one for one in account.items if one.bucket == POSTMASTER and one.owner == who.id]
        for one in waiting[: max(0, len(waiting) - POSTMASTER_SIZE)]:
            account.items.remove(one)
    return found


def _move(world: World, account: Account, count: int, dice: random.Random) -> list[str]:
    """From a guardian into the vault, as far as there is room."""
    room = 1000 - len(account.vault())
    slots = (*s.WEAPON_SLOTS, *s.ARMOR_SLOTS)
    loose = [one for one in account.items if one.owner and not one.equipped and one.bucket in slots]
    chosen = dice.sample(loose, min(count, room, len(loose)))
    for one in chosen:
        one.bucket, one.owner = VAULT, ""
    return [one.id for one in chosen]


def _equip(world: World, account: Account, count: int, dice: random.Random) -> list[str]:
    """Wears another plain weapon in as many slots."""
    who = _somebody(account)
    changed = []
    for slot in s.WEAPON_SLOTS[:count]:
        mine = [one for one in account.items if one.owner == who.id and one.bucket == slot]
        plain = [one for one in mine if not one.equipped and 3 in one.choices]
        if plain:
            for one in mine:
                one.equipped = one is plain[0]
            changed.append(plain[0].id)
    return changed


def _somebody(account: Account) -> Character:
    if not account.characters:
        raise PlayerError("This account has no guardian.")
    return max(account.characters, key=lambda one: one.last_played)


DEEDS: dict[str, Deed] = {"touch": _touch, "delete": _delete, "find": _find, "move": _move, "equip": _equip}
