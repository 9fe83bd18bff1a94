"""Fills guardians, pockets and vaults: 9 + 1 in every slot, stacks in several pieces, and the odd things that break programs."""

from __future__ import annotations

from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.demo.rolls import Rolls
from vaultraider.simulator.demo.weapons import Weapon
from vaultraider.simulator.world import Account, Character, Item

FULL = 10
EXOTIC_SLOT = {s.TITAN: s.ENERGY, s.HUNTER: s.POWER, s.WARLOCK: s.KINETIC}
"""Where the guardian of that class wears an exotic weapon."""


def fill_character(account: Account, character: Character, rolls: Rolls, *, waiting: int) -> None:
    """``waiting``: how many items lie at the postmaster."""
    me = character.id
    for slot in s.WEAPON_SLOTS:
        _weapons(account, character, rolls, slot)
    exotic = rolls.dice.randrange(4)
    for piece, slot in enumerate(s.ARMOR_SLOTS):
        _armor(account, character, rolls, slot, exotic == piece)
    things = rolls.catalogue.things
    for hashes, bucket, count in (
        (things.ghosts, s.GHOST, 4),
        (things.vehicles, s.VEHICLE, 4),
        (things.ships, s.SHIPS, 3),
        (things.finishers, s.FINISHERS, 4),
    ):
        start = rolls.dice.randrange(len(hashes))
        for place in range(count):
            account.items.append(rolls.plain(hashes[(start + place) % len(hashes)], bucket, me, equipped=place == 0))
    _emblems(account, character, rolls)
    for place, hash in enumerate(things.subclasses[character.class_type]):
        account.items.append(rolls.plain(hash, s.SUBCLASS, me, equipped=place == character.class_type))
    account.items += [
        rolls.plain(things.artifact, s.ARTIFACTS, me, equipped=True),
        rolls.plain(things.emotes[character.class_type], s.EMOTES, me, equipped=True),
        rolls.plain(things.clan_banner, s.CLAN_BANNERS, me, equipped=True),
        rolls.plain(things.unknown_bucket, s.NAMELESS, me),
        rolls.plain(things.message, s.MESSAGES, me),
    ]
    _quests(account, character, rolls)
    for hash in things.engrams[: 2 + character.class_type]:
        account.items.append(rolls.plain(hash, s.ENGRAMS, me, power=rolls.dice.randint(535, 550)))
    _postmaster(account, character, rolls, waiting)


def _weapons(account: Account, character: Character, rolls: Rolls, slot: int) -> None:
    mine = [weapon for weapon in rolls.catalogue.weapons if weapon.slot == slot]
    exotics = [weapon for weapon in mine if weapon.tier == 6]
    legendary = [weapon for weapon in mine if weapon.tier == 5 and _is_named(weapon, rolls)]
    chosen = [*rolls.dice.sample(legendary, min(FULL - 1, len(legendary))), rolls.dice.choice(exotics)]
    while len(chosen) < FULL:
        chosen.insert(0, rolls.dice.choice(legendary))
    worn = FULL - 1 if EXOTIC_SLOT[character.class_type] == slot else 0
    for place, weapon in enumerate(chosen):
        item = rolls.weapon(weapon, slot, character.id)
        item.equipped = place == worn
        item.power = rolls.dice.randint(545, 550) if item.equipped else rolls.dice.randint(520, 550)
        account.items.append(item)


def _armor(account: Account, character: Character, rolls: Rolls, slot: int, wears_exotic: bool) -> None:
    mine = [one for one in rolls.catalogue.armor if one.slot == slot and one.class_type == character.class_type]
    plain = [one for one in mine if one.tier == 5]
    exotics = [one for one in mine if one.tier == 6]
    for place in range(FULL):
        armor = plain[place % len(plain)]
        if place == 0 and wears_exotic and exotics:
            armor = exotics[0]
        item = rolls.armor(armor, slot, character.id)
        item.equipped = place == 0
        item.power = rolls.dice.randint(544, 550) if item.equipped else rolls.dice.randint(515, 550)
        account.items.append(item)


def _emblems(account: Account, character: Character, rolls: Rolls) -> None:
    emblems = rolls.catalogue.things.emblems
    others = [hash for hash in emblems if hash != character.emblem][: FULL - 1]
    for hash in (character.emblem, *others):
        account.items.append(rolls.plain(hash, s.EMBLEMS, character.id, equipped=hash == character.emblem))


def _quests(account: Account, character: Character, rolls: Rolls) -> None:
    things, goals = rolls.catalogue.things, rolls.catalogue.shared.objectives
    for place, hash in enumerate(things.quests):
        done = [(goals["steps"], rolls.dice.randint(0, 10)), (goals["parts"], rolls.dice.randint(0, 25))]
        account.items.append(rolls.plain(hash, s.QUESTS, character.id, objectives=done, tracked=place < 2))
    for hash in things.bounties:
        item = rolls.plain(hash, s.QUESTS, character.id, objectives=[(goals["steps"], rolls.dice.randint(0, 10))])
        item.expires = "2026-12-01T17:00:00Z"
        account.items.append(item)


def _postmaster(account: Account, character: Character, rolls: Rolls, waiting: int) -> None:
    things = rolls.catalogue.things
    armor = [one for one in rolls.catalogue.armor if one.class_type == character.class_type and one.tier == 5]
    for place in range(waiting):
        if place == 5:
            account.items.append(rolls.plain(things.side_effect, s.POSTMASTER, character.id))
        elif place == 7:
            hash, _ = things.stacks[0]
            account.items.append(Item(hash=hash, quantity=3, bucket=s.POSTMASTER, owner=character.id))
        elif place % 3:
            engram = things.engrams[place % len(things.engrams)]
            account.items.append(rolls.plain(engram, s.POSTMASTER, character.id, power=rolls.dice.randint(535, 550)))
        elif place % 2:
            account.items.append(rolls.armor(rolls.dice.choice(armor), s.POSTMASTER, character.id))
        else:
            account.items.append(rolls.weapon(rolls.dice.choice(rolls.catalogue.weapons[:60]), s.POSTMASTER, character.id))


def fill_pockets(account: Account, rolls: Rolls) -> None:
    """Consumables and mods, which the guardians share, and the currencies."""
    things = rolls.catalogue.things
    for hash, owned in things.stacks:
        most = _most(hash, rolls)
        left = owned
        while left > 0:
            account.items.append(Item(hash=hash, quantity=min(left, most), bucket=s.CONSUMABLES))
            left -= most
    for hash in things.tokens:
        account.items.append(Item(hash=hash, quantity=rolls.dice.randint(1, 400), bucket=s.CONSUMABLES))
    account.items += [
        Item(hash=things.nameless, quantity=4, bucket=s.CONSUMABLES),
        Item(hash=things.package, quantity=2, bucket=s.CONSUMABLES),
        Item(hash=things.missing[0], quantity=7, bucket=s.CONSUMABLES),
        Item(hash=things.classified[2], quantity=1, bucket=s.CONSUMABLES),
        rolls.plain(things.unique, s.CONSUMABLES),
    ]
    account.items += [Item(hash=hash, quantity=rolls.dice.randint(1, 6), bucket=s.MODIFICATIONS) for hash in things.mods]
    account.items += [rolls.plain(hash, s.SPECIAL_ORDERS) for hash in things.orders]
    account.currencies = dict(things.currencies)


def fill_vault(account: Account, rolls: Rolls, *, total: int, odd: bool) -> None:
    """``odd``: with classified and missing definitions, strange names, and each exotic once."""
    catalogue, things = rolls.catalogue, rolls.catalogue.things
    vault: list[Item] = []
    if odd:
        vault += _oddities(rolls)
        vault += [rolls.weapon(one, s.GENERAL) for one in catalogue.weapons if one.tier != 5]
        vault += [rolls.armor(one, s.GENERAL) for one in catalogue.armor if one.tier != 5]
        vault += [
            Item(hash=hash, quantity=min(_most(hash, rolls), max(1, owned * 2 % 97)), bucket=s.GENERAL)
            for hash, owned in things.stacks[2:14]
            if owned > 1
        ]
        # One stack that is full and one of the same that is not.
        vault += [Item(hash=things.stacks[3][0], quantity=_most(things.stacks[3][0], rolls), bucket=s.GENERAL)]
        vault += [Item(hash=hash, quantity=2, bucket=s.GENERAL) for hash in things.mods[:3]]
    for hashes, count in ((things.ghosts, 9), (things.vehicles, 6), (things.ships, 4)):
        vault += [rolls.plain(hashes[place % len(hashes)], s.GENERAL) for place in range(count)]
    vault = vault[:total]
    weapons = [one for one in catalogue.weapons if one.tier == 5 and _is_named(one, rolls)]
    armor = [one for one in catalogue.armor if one.tier == 5]
    turn = 0
    while len(vault) < total:
        turn += 1
        if turn % 11 < 5:
            weapon = weapons[turn % len(weapons)] if turn < 3 * len(weapons) else rolls.dice.choice(weapons)
            vault.append(rolls.weapon(weapon, s.GENERAL))
        else:
            vault.append(rolls.armor(rolls.dice.choice(armor), s.GENERAL))
    account.items += vault


def _oddities(rolls: Rolls) -> list[Item]:
    things = rolls.catalogue.things
    found = [rolls.weapon(one, s.GENERAL) for one in rolls.catalogue.weapons if one.tier == 5 and not _is_named(one, rolls)]
    found += [rolls.plain(hash, s.GENERAL, power=540) for hash in things.classified[:2]]
    found += [rolls.plain(hash, s.GENERAL, power=531) for hash in things.missing[1:]]
    found.append(rolls.plain(things.mask, s.GENERAL, power=500))
    return found


def _is_named(weapon: Weapon, rolls: Rolls) -> bool:
    """Whether its name is one of the ordinary ones."""
    name = rolls.catalogue.book.item(weapon.hash)["displayProperties"]["name"]
    return name.isascii() and bool(name) and name == name.strip() and len(name) < 60 and "<" not in name


def _most(hash: int, rolls: Rolls) -> int:
    return int(rolls.catalogue.book.item(hash)["inventory"]["maxStackSize"])
