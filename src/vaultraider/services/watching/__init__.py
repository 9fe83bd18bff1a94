"""Reading people's accounts while nobody looks, and noticing what is worth telling.

``Watching`` decides when each account is read; ``outages`` holds all of it back while Bungie is down; ``listeners`` notice
things in what was read. Who else wants to hear of each accepted state joins with ``Inventory.listen``.
"""

from __future__ import annotations

from collections.abc import Callable

from vaultraider.ports import (
    Clock,
    DefinitionsSource,
    Nicknames,
    Teller,
    UnknownHashes,
    Users,
    WatchPauses,
    WatchStore,
)
from vaultraider.services.inventory import Inventory
from vaultraider.services.watching.listeners import Activity, Asking, FullPlaces, UnknownItems
from vaultraider.services.watching.outages import Outages
from vaultraider.services.watching.watching import Attended, Budget, Chosen, Looked, Watch, Watching

__all__ = ["Attended", "Looked", "Watch", "Watching", "build_watching"]


def build_watching(
    *,
    store: WatchStore,
    pauses: WatchPauses,
    unknown: UnknownHashes,
    inventory: Inventory,
    chosen: Chosen,
    people: Users,
    nicknames: Nicknames,
    definitions: DefinitionsSource,
    budget: Budget,
    teller: Teller,
    jobs: Asking,
    clock: Clock,
    is_away: Callable[[Exception], bool],
) -> Watching:
    """Joins watching with the inventory, whose states it hears of from then on."""
    inventory.listen(Activity(store))
    inventory.listen(
        FullPlaces(store=store, definitions=definitions, nicknames=nicknames, people=people, teller=teller, clock=clock)
    )
    inventory.listen(UnknownItems(definitions=definitions, unknown=unknown, pauses=pauses, jobs=jobs, clock=clock))
    return Watching(
        store=store,
        outages=Outages(pauses),
        inventory=inventory,
        chosen=chosen,
        people=people,
        budget=budget,
        teller=teller,
        jobs=jobs,
        clock=clock,
        is_away=is_away,
    )
