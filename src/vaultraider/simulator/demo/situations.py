"""What makes moving hard, put into the demo on purpose: exotics in several slots, twins, another class's armour, stuck things."""

from __future__ import annotations

import msgspec

from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.demo.hashes import hash_of
from vaultraider.simulator.demo.rolls import Rolls
from vaultraider.simulator.world import Account, Character, Item, Loadout

TWIN_SLOTS = (s.KINETIC, s.GAUNTLETS)
LOADOUT_BUCKETS = (s.SUBCLASS, *s.WEAPON_SLOTS, *s.ARMOR_SLOTS)
"""What one of the game's loadouts holds, in its order."""


def arrange(account: Account, rolls: Rolls) -> None:
    """Exchanges some of what the guardians carry. Nothing is worn or taken off, and no bucket holds more than before."""
    for character in account.characters:
        _carry_exotics(account, character, rolls)
        _carry_another_class(account, character, rolls)
        for slot in TWIN_SLOTS:
            _make_twins(account, character, slot)
    first = account.characters[0]
    _exchange(account, _carried(account, first, s.CLASS_ITEM)[-1], rolls.plain(rolls.catalogue.things.heirloom, s.CLASS_ITEM))
    _fill_postmaster_oddly(account, first, rolls)
    _save_loadouts(account, first)


def set_level(account: Account, character: Character, level: int) -> None:
    """A younger guardian, whose things ask for no more than that; what lies in the vault asks for more."""
    character.level = level
    for one in account.items:
        one.level = min(one.level, level) if one.owner == character.id else one.level


def _carried(account: Account, character: Character, bucket: int) -> list[Item]:
    return [one for one in account.items if one.owner == character.id and one.bucket == bucket and not one.equipped]


def _exchange(account: Account, old: Item, fresh: Item) -> None:
    """The new one lies where the old one lay."""
    fresh.owner, fresh.bucket = old.owner, old.bucket
    account.items[account.items.index(old)] = fresh


def _carry_exotics(account: Account, character: Character, rolls: Rolls) -> None:
    """Each exotic piece of the class that is not worn lies in its slot: only one can be put on at a time."""
    worn = {one.hash for one in account.items if one.owner == character.id and one.equipped}
    for armor in rolls.catalogue.armor:
        if armor.tier == 6 and armor.class_type == character.class_type and armor.hash not in worn:
            old = _carried(account, character, armor.slot)[-1]
            _exchange(account, old, rolls.armor(armor, armor.slot))


def _carry_another_class(account: Account, character: Character, rolls: Rolls) -> None:
    other = (character.class_type + 1) % 3
    armor = next(one for one in rolls.catalogue.armor if one.class_type == other and one.slot == s.LEGS and one.tier == 5)
    _exchange(account, _carried(account, character, s.LEGS)[-2], rolls.armor(armor, s.LEGS))


def _make_twins(account: Account, character: Character, slot: int) -> None:
    """Two copies of one thing beside each other, the one locked and the other not."""
    one, other = _carried(account, character, slot)[1:3]
    one.locked = True
    _exchange(account, other, msgspec.structs.replace(one, id=other.id, locked=False, plugs=list(one.plugs)))


def _fill_postmaster_oddly(account: Account, character: Character, rolls: Rolls) -> None:
    """In place of engrams: a stack of which there may be one, a thing of which there may be one, and a large stack."""
    things = rolls.catalogue.things
    waiting = [one for one in _carried(account, character, s.POSTMASTER) if one.hash in things.engrams]
    chip = next(hash for hash, _ in things.stacks if rolls.catalogue.book.item(hash)["inventory"].get("stackUniqueLabel"))
    large = max(things.stacks, key=lambda stack: stack[1])[0]
    for old, fresh in zip(
        waiting[3:],
        (
            Item(hash=chip, quantity=1, bucket=s.POSTMASTER),
            rolls.plain(things.unique, s.POSTMASTER),
            Item(hash=large, quantity=60, bucket=s.POSTMASTER),
        ),
        strict=False,
    ):
        _exchange(account, old, fresh)


def _save_loadouts(account: Account, character: Character) -> None:
    """What is worn, and something else in each slot."""
    worn = [_worn(account, character, bucket) for bucket in LOADOUT_BUCKETS]
    other = [_carried(account, character, bucket)[0] for bucket in LOADOUT_BUCKETS]
    for place, items in ((0, worn), (2, other)):
        character.loadouts[place] = Loadout(
            name=hash_of(f"loadout:Name:{place}"),
            color=hash_of("loadout:Color:0"),
            icon=hash_of("loadout:Icon:1"),
            items=[(one.id, list(one.plugs)) for one in items],
        )


def _worn(account: Account, character: Character, bucket: int) -> Item:
    return next(one for one in account.items if one.owner == character.id and one.bucket == bucket and one.equipped)
