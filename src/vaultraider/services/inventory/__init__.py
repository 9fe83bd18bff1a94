"""A player's account: the last known state at once, a newer one when Bungie has it.

``Inventory`` is what the doors call; ``reading`` asks Bungie, ``own_effects`` knows what we did since,
``held`` is what is in memory, ``answers`` what is sent.
"""

from __future__ import annotations

from vaultraider.services.inventory.answers import Answer, Encoding
from vaultraider.services.inventory.inventory import Inventory
from vaultraider.services.inventory.reading import Refreshed

__all__ = ["Answer", "Encoding", "Inventory", "Refreshed"]
