"""Who looks at whose profile, and what of it may be seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from vaultraider.simulator.game import Game
from vaultraider.simulator.world import Account, Person, World

Json = dict[str, Any]
Lookup = Callable[[str, int], Json | None]
"""Table and hash to definition."""
ITEM = "DestinyInventoryItemDefinition"
PUBLIC, PRIVATE = 1, 2


class View(msgspec.Struct, kw_only=True):
    """Who looks at whose profile. ``private``: the owner, with the right to see what is private."""

    world: World
    account: Account
    private: bool
    now: float
    lookup: Lookup
    game: Game

    @property
    def person(self) -> Person:
        return next(one for one in self.world.people if one.id == self.account.person)

    @property
    def sees_inventory(self) -> bool:
        return self.private or self.account.inventory_public

    @property
    def sees_progression(self) -> bool:
        return self.private or self.account.progression_public

    def inventory(self, data: Any) -> Json:
        """Own private things come with privacy 2 and data; other people's without (Bungie-net/api #246)."""
        privacy = PUBLIC if self.account.inventory_public else PRIVATE
        return {"data": data, "privacy": privacy} if self.sees_inventory else {"privacy": PRIVATE}

    def progression(self, data: Any) -> Json:
        return {"data": data, "privacy": PUBLIC} if self.sees_progression else {"privacy": PRIVATE}
