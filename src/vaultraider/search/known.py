"""A test whose outcome is known for every item of a world before it is asked."""

from __future__ import annotations

from vaultraider.search.items import SearchItem
from vaultraider.search.world import World


class Known:
    """A ``Test`` with the bits that the matcher would make by asking it of each item of ``world``."""

    def __init__(self, world: World, bits: int) -> None:
        self._world = world
        self.bits = bits

    def __call__(self, item: SearchItem) -> bool:
        places = self._world.once_of_items(
            "known.places", lambda: {each.id: place for place, each in enumerate(self._world.items)}
        )
        return bool(self.bits >> places[item.id] & 1)
