"""What TransferItem and PullFromPostmaster check, in Bungie's order, and what they do. Pure: a world, an account, a game."""

from __future__ import annotations

from typing import NamedTuple

from vaultraider.simulator.answers import ApiError
from vaultraider.simulator.game import Game, Kind
from vaultraider.simulator.placing import (
    Place,
    breaks_uniqueness,
    has_room,
    home_of,
    lay,
    lying_at,
    place_of,
    put,
    take,
)
from vaultraider.simulator.requests import PullRequest, TransferRequest
from vaultraider.simulator.world import Account, Character, Item, World

NOT_TRANSFERRABLE = 1660
"""Nobody wrote down what Bungie answers: the knob ``nontransferrable`` says 1660 or 1627."""


class Moved(NamedTuple):
    """What a transfer did. ``item`` None: part of stacks went."""

    item: Item | None
    hash: int
    quantity: int
    source: Place
    target: Place


def transfer_item(
    world: World, account: Account, game: Game, request: TransferRequest, *, nontransferrable: int = NOT_TRANSFERRABLE
) -> Moved:
    """Into the vault or out of it. Raises ApiError and changes nothing where the game refuses; else the revision grows."""
    character = character_of(account, request.character)
    found = _find(account, game, request, character, in_vault=not request.transfer_to_vault)
    first = found[0]
    if first.equipped:
        raise ApiError(1656)
    kind = home_of(game, first)
    vault = game.vault_of(kind.bucket)
    if not vault:
        raise ApiError(1627)
    if not kind.movable or first.stuck:
        raise ApiError(nontransferrable)
    target = Place("", vault) if request.transfer_to_vault else home(game, kind, character)
    return _carry(world, account, game, request, found, kind, target)


def pull_from_postmaster(world: World, account: Account, game: Game, request: PullRequest) -> Moved:
    """Out of the postmaster to where the item belongs: the character's bucket, or the pocket that all share.

    Raises ApiError and changes nothing where the game refuses. What the vault would never take may be pulled all the same.
    """
    character = character_of(account, request.character)
    found = _waiting(account, game, request, character)
    kind = home_of(game, found[0])
    if game.bucket(kind.bucket).is_postmaster:
        # Parcels and messages live there: there is no other place to bring them to.
        raise ApiError(NOT_TRANSFERRABLE)
    return _carry(world, account, game, request, found, kind, home(game, kind, character))


def character_of(account: Account, id: str) -> Character:
    """Raises ApiError 1620: unknown, or somebody else's."""
    found = account.character(id)
    if found is None:
        raise ApiError(1620)
    return found


def home(game: Game, kind: Kind, character: Character) -> Place:
    return Place("" if game.bucket(kind.bucket).account else character.id, kind.bucket)


def _carry(
    world: World, account: Account, game: Game, request: PullRequest, found: list[Item], kind: Kind, target: Place
) -> Moved:
    stacked, owned = not found[0].id, sum(one.quantity for one in found)
    quantity = max(1, min(request.stack_size, owned))
    there = lying_at(account, target)
    if not has_room(game, kind, there, target, quantity, stacked=stacked):
        raise ApiError(1642)
    if breaks_uniqueness(game, kind, there, quantity, stacked=stacked):
        raise ApiError(1648)
    if request.stack_size < 1:
        raise ApiError(18)
    if request.stack_size > owned:
        raise ApiError(1623)
    if kind.side_effects and game.bucket(found[0].bucket).is_postmaster:
        raise ApiError(1673)
    source = place_of(found[0])
    if stacked:
        lay(account, kind, take(account, found, quantity), target)
    else:
        put(account, found[0], target)
    world.changed()
    return Moved(None if stacked else found[0], kind.hash, quantity, source, target)


def _find(account: Account, game: Game, request: TransferRequest, character: Character, *, in_vault: bool) -> list[Item]:
    """The instance, or all stacks of the hash, on the side that the request names. Raises ApiError 1623."""

    def fits(one: Item) -> bool:
        bucket = game.bucket(one.bucket)
        if in_vault or bucket.is_vault:
            return in_vault and bucket.is_vault
        return not bucket.is_postmaster and (one.owner == character.id or (not one.owner and bucket.account))

    return _named(account, request, [one for one in account.items if one.hash == request.item_reference_hash and fits(one)])


def _waiting(account: Account, game: Game, request: PullRequest, character: Character) -> list[Item]:
    def fits(one: Item) -> bool:
        return one.owner in ("", character.id) and game.bucket(one.bucket).is_postmaster

    return _named(account, request, [one for one in account.items if one.hash == request.item_reference_hash and fits(one)])


def _named(account: Account, request: PullRequest, candidates: list[Item]) -> list[Item]:
    """Instance and hash must fit each other: Bungie wants both."""
    found = [one for one in candidates if one.id == request.instance]
    if not found:
        raise ApiError(1623)
    return found
