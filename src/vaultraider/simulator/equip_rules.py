"""What EquipItem and EquipItems check, and what they do. Pure: a world, an account, a game."""

from __future__ import annotations

from typing import NamedTuple

from vaultraider.simulator.answers import ApiError
from vaultraider.simulator.game import ANY_CLASS, Game, Kind
from vaultraider.simulator.requests import EquipManyRequest, ItemRequest
from vaultraider.simulator.transfer_rules import character_of
from vaultraider.simulator.world import Account, Character, Item, World


class Worn(NamedTuple):
    """What an equip did. ``instead``: what came off."""

    item: Item
    instead: Item | None


class Row(NamedTuple):
    """One item of EquipItems and the code that it got."""

    instance: str
    code: int


def equip_item(world: World, account: Account, game: Game, request: ItemRequest) -> Worn:
    """Raises ApiError and changes nothing where the game refuses; else the revision grows."""
    worn = _wear(account, game, character_of(account, request.character), request.instance)
    world.changed()
    return worn


def equip_items(
    world: World, account: Account, game: Game, request: EquipManyRequest, *, missing: str = "omit"
) -> tuple[list[Row], list[Worn]]:
    """One after the other, as sent: an exotic that comes off first makes room for the next. Each has its own row.

    ``missing``: items that the character does not have are left out of the rows ("omit") or told 1623. Raises ApiError 1620.
    """
    character = character_of(account, request.character)
    rows: list[Row] = []
    done: list[Worn] = []
    for number in request.item_ids:
        instance = str(number)
        try:
            done.append(_wear(account, game, character, instance))
            rows.append(Row(instance, 1))
        except ApiError as refusal:
            if refusal.number != 1623 or missing != "omit":
                rows.append(Row(instance, refusal.number))
    if done:
        world.changed()
    return rows, done


def _wear(account: Account, game: Game, character: Character, instance: str) -> Worn:
    item = account.item(instance)
    if item is None or item.owner != character.id or game.bucket(item.bucket).is_postmaster:
        raise ApiError(1623)
    reason = refusal(account, game, character, item)
    if reason:
        raise ApiError(reason)
    return wear(account, item)


def wear(account: Account, item: Item) -> Worn:
    """Puts on what its owner carries; what was worn in that slot comes off."""
    instead = None
    for one in account.items:
        if one.equipped and one is not item and one.owner == item.owner and one.bucket == item.bucket:
            one.equipped, instead = False, one
    item.equipped = True
    return Worn(item, instead)


def refusal(account: Account, game: Game, character: Character, item: Item, *, in_game: bool = False) -> int:
    """Why this character cannot put on what it carries, as Bungie's code; 0 where it can.

    ``in_game``: the player does it, whom no activity hinders.
    """
    kind = game.kind(item.hash)
    if rival(account, game, character, item, kind):
        return 1641
    if kind.class_type not in (ANY_CLASS, character.class_type) and kind.equippable:
        return 1639
    if item.level > character.level:
        return 1638
    if character.where == "activity" and not in_game:
        return 1671
    if not in_game and character.equipment_locked and character.where == "offline":
        # Whoever logs out inside an activity that locks equipment stays locked (DestinyItemManager/DIM #6757).
        return 1640
    return 0 if kind.equippable else 1640


def rival(account: Account, game: Game, character: Character, item: Item, kind: Kind) -> Item | None:
    """The worn item of the same label in another slot: of exotic weapons, and of exotic armour, only one may be worn."""
    if not kind.label:
        return None
    worn = (one for one in account.items if one.equipped and one.owner == character.id and one.bucket != item.bucket)
    return next((one for one in worn if game.kind(one.hash).label == kind.label), None)
