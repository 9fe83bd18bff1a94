"""What happened to the game's own loadouts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vaultraider.domain.history.moment import KeptItem, KeptLoadout, Moment
from vaultraider.domain.history.names import Named, Names
from vaultraider.domain.history.telling import Telling

EMPTY_PLACE = KeptLoadout()
NO_HASH = 0x811C9DC5
"""What the game writes where no name, colour, icon or plug is set: the hash of no text."""
Items = Mapping[str, KeptItem]


def tell_loadouts(telling: Telling, a: Moment, b: Moment) -> None:
    """Of guardians whose loadouts both moments know."""
    items = a.items | b.items
    for id in sorted(a.loadouts.keys() & b.loadouts.keys()):
        old, new = a.loadouts[id], b.loadouts[id]
        for index in range(max(len(old), len(new))):
            was = old[index] if index < len(old) else EMPTY_PLACE
            now = new[index] if index < len(new) else EMPTY_PLACE
            if _look(was) != _look(now) or was.items != now.items:
                before, after = _told(index, was, now, items, telling.names), _told(index, now, was, items, telling.names)
                if was.items and now.items and "names" not in before and "names" not in after:
                    after["changed"] = "mods" if was.items != now.items else "look"
                telling.tell("loadout", Named(f"Loadout {index + 1}"), character=id, before=before, after=after)


def _told(index: int, loadout: KeptLoadout, other: KeptLoadout, items: Items, names: Names) -> dict[str, Any]:
    others = {id for id, _ in other.items}
    own = [id for id, _ in loadout.items if id not in others]
    told: dict[str, Any] = {"index": index}
    if loadout.items:
        told["items"] = len(loadout.items)
    if own:
        told["names"] = list(_named(own, items, names))
    return told


def _named(ids: Iterable[str], items: Items, names: Names) -> Iterable[str]:
    """An item that is no more can still be named in a loadout."""
    return (names.item(items[id].hash).name if id in items else "an item that is no more" for id in ids)


def _look(loadout: KeptLoadout) -> tuple[int, ...]:
    """Name, colour and icon; an empty place is written in two ways."""
    return tuple(0 if hash == NO_HASH else hash for hash in (loadout.name, loadout.colour, loadout.icon))
