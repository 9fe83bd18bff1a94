"""What a player does in the game: finds, moves, deletes, wears, locks, uses up, fills. The game's rules hold here, too."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import msgspec

from vaultraider.simulator.equip_rules import refusal, wear
from vaultraider.simulator.game import Game, Kind
from vaultraider.simulator.placing import Place, breaks_uniqueness, has_room, home_of, lay, lying_at, place_of, put, take
from vaultraider.simulator.player import Doing, Hand, PlayerError
from vaultraider.simulator.transfer_rules import home
from vaultraider.simulator.world import POSTMASTER, VAULT, Account, Character, Item, World

Deed = Callable[[Hand], list[Item]]
"""Returns what it touched."""


def touch(hand: Hand) -> list[Item]:
    """Infuses and locks: the item stays where it is, its numbers change."""
    chosen = hand.choose(_vaulted(hand.account))
    for one in chosen:
        one.power += 1
        one.locked = not one.locked
    return chosen


def lock(hand: Hand) -> list[Item]:
    """Locks or unlocks (``locked``), or turns each lock over."""
    chosen = hand.choose([one for one in hand.account.items if one.id and hand.game.kind(one.hash).lockable])
    for one in chosen:
        one.locked = not one.locked if hand.doing.locked is None else hand.doing.locked
    return chosen


def delete(hand: Hand) -> list[Item]:
    """Takes apart what is neither locked nor worn; named things in any case, but for what is worn. ``hash``: its stacks."""
    if hand.doing.hash:
        chosen = _stacks(hand)
    else:
        chosen = hand.choose([one for one in _vaulted(hand.account) if not one.locked])
    if any(one.equipped for one in chosen):
        raise PlayerError("What is worn cannot be taken apart.")
    for one in chosen:
        hand.account.items.remove(one)
    return chosen


def find(hand: Hand) -> list[Item]:
    """New drops go to the postmaster, which throws out its oldest when it is full."""
    who = hand.who()
    slots = {hand.game.kind(one.hash).bucket for one in hand.account.items if one.equipped}
    patterns = [one for one in hand.account.items if one.id and one.plugs and one.bucket in slots and _is_weapon(hand, one)]
    if not patterns:
        raise PlayerError("There is nothing to find more of.")
    found = [_copy(hand, hand.dice.choice(patterns), Place(who.id, POSTMASTER)) for _ in range(hand.doing.count)]
    _overflow(hand, who)
    return found


def fill_postmaster(hand: Hand) -> list[Item]:
    """New drops until it is full but for ``leave`` slots."""
    who = hand.who()
    capacity = hand.game.bucket(POSTMASTER).capacity or 0
    hand.doing.count = capacity - hand.doing.leave - len(lying_at(hand.account, Place(who.id, POSTMASTER)))
    return find(hand) if hand.doing.count > 0 else []


def fill(hand: Hand) -> list[Item]:
    """Copies of what lies there fill a place but for ``leave`` slots: the vault, or ``bucket`` of ``character``."""
    if hand.doing.to == "vault":
        place = Place("", VAULT)
    else:
        bucket = hand.game.bucket(hand.doing.bucket)
        place = Place("" if bucket.account else hand.who().id, bucket.hash)
    there = lying_at(hand.account, place)
    patterns = [one for one in there if one.id and not hand.game.kind(one.hash).unique and hand.game.is_known(one.hash)]
    if not patterns:
        raise PlayerError("There is nothing there to have more of.")
    free = (hand.game.bucket(place.bucket).capacity or 0) - hand.doing.leave - len(there)
    return [_copy(hand, hand.dice.choice(patterns), place) for _ in range(free)]


def move(hand: Hand) -> list[Item]:
    """To the vault or to a character (``to``), as far as there is room; by chance, from a guardian into the vault."""
    target = hand.doing.to or "vault"
    loose = [one for one in hand.account.items if one.owner and not one.equipped and _is_gear(hand, one)]
    moved = []
    for one in hand.choose(loose):
        kind = home_of(hand.game, one)
        vault = hand.game.vault_of(kind.bucket)
        place = Place("", vault) if target == "vault" else home(hand.game, kind, hand.who(target))
        if one.equipped or not vault or not kind.movable or place == place_of(one):
            continue
        if _fits(hand, kind, one, place):
            _carry(hand, kind, one, place)
            moved.append(one)
    return moved


def collect(hand: Hand) -> list[Item]:
    """Takes things out of a postmaster, as far as there is room."""
    who = hand.who()
    taken = []
    for one in hand.choose(lying_at(hand.account, Place(who.id, POSTMASTER))):
        kind = home_of(hand.game, one)
        place = home(hand.game, kind, who)
        if place.bucket != POSTMASTER and _fits(hand, kind, one, place):
            _carry(hand, kind, one, place)
            taken.append(one)
    return taken


def equip(hand: Hand) -> list[Item]:
    """Wears what was named, wherever its character is; by chance, another plain thing in as many slots."""
    chosen = hand.named or _something_to_wear(hand, hand.who())
    for one in chosen:
        who = hand.account.character(one.owner)
        if who is None or refusal(hand.account, hand.game, who, one, in_game=True):
            raise PlayerError(f"{one.id} cannot be worn by who has it.")
        wear(hand.account, one)
    return chosen


def use(hand: Hand) -> list[Item]:
    """Uses up ``quantity`` of the stacks of ``hash``, or of one by chance."""
    stacks = _stacks(hand)
    take(hand.account, stacks, min(hand.doing.quantity, sum(one.quantity for one in stacks)))
    return stacks


def split(hand: Hand) -> list[Item]:
    """Makes two stacks of one: ``quantity`` of ``hash`` lie apart from now on, if a slot is free."""
    stack = max(_stacks(hand), key=lambda one: one.quantity)
    place = place_of(stack)
    capacity = hand.game.bucket(place.bucket).capacity
    kind = hand.game.kind(stack.hash)
    if kind.unique or stack.quantity <= hand.doing.quantity:
        raise PlayerError("That stack cannot be split so.")
    if capacity is not None and len(lying_at(hand.account, place)) >= capacity:
        raise PlayerError("There is no slot for another stack.")
    stack.quantity -= hand.doing.quantity
    fresh = msgspec.structs.replace(stack, quantity=hand.doing.quantity)
    hand.account.items.append(fresh)
    return [stack, fresh]


def track(hand: Hand) -> list[Item]:
    """Follows another quest, or stops to."""
    chosen = hand.choose([one for one in hand.account.items if hand.game.kind(one.hash).trackable])
    for one in chosen:
        one.tracked = not one.tracked
    return chosen


def enter(hand: Hand) -> list[Item]:
    """Begins to play ``where`` (an activity); with ``locked`` the equipment is locked there."""
    go(hand.account, hand.who(), hand.doing.where or "activity", locked=bool(hand.doing.locked))
    return []


def leave(hand: Hand) -> list[Item]:
    """Goes ``where`` (orbit): the equipment is free again."""
    go(hand.account, hand.who(), hand.doing.where or "orbit", locked=bool(hand.doing.locked))
    return []


def go(account: Account, who: Character, where: str, *, locked: bool) -> None:
    """A person plays one guardian at a time: the others are offline meanwhile."""
    if where not in ("orbit", "social", "activity", "offline"):
        raise PlayerError(f"Nobody can be in {where}; try orbit, social, activity or offline.")
    for one in account.characters:
        if one is not who and where != "offline" and one.where != "offline":
            one.where = "offline"
    who.where, who.equipment_locked = where, locked
    account.playing = any(one.where != "offline" for one in account.characters)


def _vaulted(account: Account) -> list[Item]:
    return [one for one in account.items if one.bucket == VAULT and one.id and one.plugs]


def _is_gear(hand: Hand, one: Item) -> bool:
    kind = hand.game.kind(one.hash)
    return bool(one.id and one.plugs) and one.bucket == kind.bucket and bool(hand.game.vault_of(kind.bucket))


def _is_weapon(hand: Hand, one: Item) -> bool:
    return _is_gear(hand, one) and hand.game.kind(one.hash).class_type == 3 and one.power > 0


def _stacks(hand: Hand) -> list[Item]:
    """The stacks of ``hash`` (or of one kind by chance) in one place: with a character or in the pocket, else in the vault."""
    stacks = [one for one in hand.account.items if not one.id and one.owner == hand.doing.character]
    if stacks:
        hash = hand.doing.hash or hand.dice.choice(stacks).hash
        stacks = [one for one in stacks if one.hash == hash]
    if not stacks:
        raise PlayerError("There is no such stack.")
    place = min((place_of(one) for one in stacks), key=lambda place: place.bucket == VAULT)
    return [one for one in stacks if place_of(one) == place]


def _fits(hand: Hand, kind: Kind, item: Item, place: Place) -> bool:
    there = lying_at(hand.account, place)
    stacked = not item.id
    if breaks_uniqueness(hand.game, kind, there, item.quantity, stacked=stacked):
        return False
    return has_room(hand.game, kind, there, place, item.quantity, stacked=stacked)


def _carry(hand: Hand, kind: Kind, item: Item, place: Place) -> None:
    if item.id:
        put(hand.account, item, place)
    else:
        lay(hand.account, kind, take(hand.account, [item], item.quantity), place)


def _copy(hand: Hand, pattern: Item, place: Place) -> Item:
    """Another of its kind with an id of its own, as it drops: neither worn nor locked."""
    fresh = msgspec.structs.replace(
        pattern,
        id=hand.world.new_instance(),
        owner=place.owner,
        bucket=place.bucket,
        plugs=list(pattern.plugs),
        choices=dict(pattern.choices),
        equipped=False,
        locked=False,
        crafted=False,
        tracked=False,
    )
    hand.account.items.append(fresh)
    return fresh


def _overflow(hand: Hand, who: Character) -> None:
    waiting = lying_at(hand.account, Place(who.id, POSTMASTER))
    capacity = hand.game.bucket(POSTMASTER).capacity or len(waiting)
    for one in waiting[: max(0, len(waiting) - capacity)]:
        hand.account.items.remove(one)


def _something_to_wear(hand: Hand, who: Character) -> list[Item]:
    worn = {one.bucket for one in hand.account.items if one.owner == who.id and one.equipped and _is_gear(hand, one)}
    chosen = []
    for slot in hand.dice.sample(sorted(worn), min(hand.doing.count, len(worn))):
        plain = [
            one
            for one in lying_at(hand.account, Place(who.id, slot))
            if not one.equipped
            and not hand.game.kind(one.hash).label
            and not refusal(hand.account, hand.game, who, one, in_game=True)
        ]
        if plain:
            chosen.append(hand.dice.choice(plain))
    return chosen


DEEDS: dict[str, Deed] = {
    one.__name__: one
    for one in (
        touch,
        lock,
        delete,
        find,
        fill_postmaster,
        fill,
        move,
        collect,
        equip,
        use,
        split,
        track,
        enter,
        leave,
    )
}


def play(world: World, account: Account, game: Game, deed: str, params: dict[str, Any]) -> list[str]:
    """Does ``deed`` (a key of DEEDS). Returns the ids of the instances that it touched. Raises PlayerError."""
    if deed not in DEEDS:
        raise PlayerError(f"The player cannot {deed}; try one of {', '.join(DEEDS)}.")
    try:
        doing = msgspec.convert(params, Doing, strict=False)
    except msgspec.ValidationError as error:
        raise PlayerError(f"Nobody can {deed} like that: {error}") from error
    dice = random.Random(f"{account.id}:{world.revision}:{deed}")
    touched = DEEDS[deed](Hand(world=world, account=account, game=game, doing=doing, dice=dice))
    world.changed()
    return [one.id for one in touched if one.id]
