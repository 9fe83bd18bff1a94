"""Our own moves, laid over what Bungie still shows of before, and what Bungie's next answers say of them.

deeds.py      what our done steps should have made of each item, net: the last word counts
shelves.py    the item lists of a snapshot, to be looked through and changed
stacks.py     how many of our moves of a stack an answer holds already, told from amounts
laying.py     ``lay_over``: the snapshot as it will be when Bungie's caches have caught up
verdicts.py   ``verdicts``: seen, contradicted, or not heard of in time

Everything works on Bungie's own records, so that whoever reads a snapshot sees one world.
"""

from __future__ import annotations

from vaultraider.domain.overlay.deeds import OwnEffect
from vaultraider.domain.overlay.laying import Laid, lay_over
from vaultraider.domain.overlay.shelves import Whereabouts, amount_in, place_in
from vaultraider.domain.overlay.verdicts import PATIENCE, Settled, verdicts

__all__ = [
    "PATIENCE",
    "Laid",
    "OwnEffect",
    "Settled",
    "Whereabouts",
    "amount_in",
    "lay_over",
    "place_in",
    "verdicts",
]
