"""What SetLockState and SetTrackedState check, and what they do. Pure: a world, an account, a game."""

from __future__ import annotations

from vaultraider.simulator.answers import ApiError
from vaultraider.simulator.game import Game
from vaultraider.simulator.requests import StateRequest
from vaultraider.simulator.transfer_rules import character_of
from vaultraider.simulator.world import Account, Item, World


def set_lock_state(world: World, account: Account, game: Game, request: StateRequest) -> Item:
    """Locks or unlocks what lies on the character or in a place of the account's. Raises ApiError and changes nothing.

    The character must be a real one even for what lies in the vault.
    """
    item = _find(account, request)
    if not is_lockable(game, item):
        raise ApiError(1663)
    item.locked = request.state
    world.changed()
    return item


def set_tracked_state(world: World, account: Account, game: Game, request: StateRequest) -> Item:
    """Follows a quest or bounty, or stops to. Raises ApiError and changes nothing."""
    item = _find(account, request)
    if not game.kind(item.hash).trackable:
        raise ApiError(1663)
    if item.tracked and request.state:
        raise ApiError(1658)
    item.tracked = request.state
    world.changed()
    return item


def is_lockable(game: Game, item: Item) -> bool:
    """As a profile that was captured told of that very copy, else by its kind."""
    return game.kind(item.hash).lockable if item.lockable is None else item.lockable


def _find(account: Account, request: StateRequest) -> Item:
    character = character_of(account, request.character)
    item = account.item(request.instance)
    if item is None or item.owner not in ("", character.id):
        raise ApiError(1623)
    return item
