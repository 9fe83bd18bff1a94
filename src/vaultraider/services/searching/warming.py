"""What somebody's first search would wait for, worked out before they type it."""

from __future__ import annotations

import logging
from typing import Protocol

from vaultraider.domain.people import User
from vaultraider.search.texts import texts_of
from vaultraider.search.world import World

logger = logging.getLogger(__name__)


class Worlds(Protocol):
    def world(self, user: User) -> World: ...


def make_ready(searching: Worlds, user: User) -> None:
    """Some 30 ms for items that nobody has searched in since the definitions came, a few after each change, else next to
    nothing. Never raises: it runs when an answer has been sent, where a failure (the database went away meanwhile) could only
    break the connection under the next request. Whoever searches will be told."""
    try:
        world = searching.world(user)
        world.once_of_items("texts.ready", texts_of(world).make_ready)
    except Exception as error:
        logger.debug("Nothing was made ready for a search: %s", type(error).__name__)
