"""What somebody's first search would wait for, worked out before they type it."""

from __future__ import annotations

import contextlib
from typing import Protocol

from vaultraider.domain.errors import VaultRaiderError
from vaultraider.domain.people import User
from vaultraider.search.texts import texts_of
from vaultraider.search.world import World


class Worlds(Protocol):
    def world(self, user: User) -> World: ...


def make_ready(searching: Worlds, user: User) -> None:
    """Some 30 ms for items that nobody has searched in since the definitions came, a few after each change, else next to
    nothing. Never raises what looking at the vault raises: whoever searches will be told."""
    with contextlib.suppress(VaultRaiderError):
        world = searching.world(user)
        world.once_of_items("texts.ready", texts_of(world).make_ready)
