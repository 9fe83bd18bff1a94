"""The player in the game, between our calls. What can be done is in deeds.py; here is who does it, to what."""

from __future__ import annotations

import random
from collections.abc import Sequence

import msgspec

from vaultraider.simulator.game import Game
from vaultraider.simulator.world import Account, Character, Item, World


class PlayerError(ValueError):
    """The player cannot do that; the message says why."""


class Doing(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What a deed is done to. Nothing named: ``count`` things that suit, by chance (the same for the same world)."""

    count: int = 1
    item: str = ""
    items: list[str] = []
    """Instance ids."""
    hash: int = 0
    """Of stacks."""
    quantity: int = 1
    character: str = ""
    """Id, nickname, or class ("hunter"); empty: who was played last."""
    to: str = ""
    """ "vault", or a character as above."""
    bucket: int = 0
    leave: int = 0
    """How many slots stay free."""
    locked: bool | None = None
    where: str = ""


class Hand(msgspec.Struct, kw_only=True):
    """The player at work on one account."""

    world: World
    account: Account
    game: Game
    doing: Doing
    dice: random.Random

    @property
    def named(self) -> list[Item]:
        """The items that were named by id. Raises PlayerError for one that is not there."""
        ids = [*self.doing.items, *([self.doing.item] if self.doing.item else [])]
        found = [self.account.item(id) for id in ids]
        if None in found:
            raise PlayerError(f"{self.account.display_name} has no item {ids[found.index(None)]}.")
        return [one for one in found if one is not None]

    def choose(self, suitable: Sequence[Item]) -> list[Item]:
        """What was named, else some of what is suitable."""
        return self.named or self.dice.sample(suitable, min(self.doing.count, len(suitable)))

    def who(self, name: str = "") -> Character:
        """Raises PlayerError."""
        return character_called(self.account, name or self.doing.character)


def character_called(account: Account, name: str) -> Character:
    """By id, nickname or class; without a name the one played last. Raises PlayerError."""
    if not account.characters:
        raise PlayerError("This account has no guardian.")
    if not name:
        return max(account.characters, key=lambda one: one.last_played)
    classes = {"titan": 0, "hunter": 1, "warlock": 2}
    for one in account.characters:
        if name in (one.id, one.nickname) or classes.get(name.lower()) == one.class_type:
            return one
    raise PlayerError(f"{account.display_name} has no guardian called {name}.")
