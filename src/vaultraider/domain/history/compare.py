"""What happened between two moments, as a person reads it.

Something is told only where both moments know: a field that was unknown and becomes known is no news. Not everything that
differs is news: whether the game lets an item be transferred just now is kept, and told nobody. Where one thing takes the place
of another that is one event: what was taken off is named in it. What was found in the postmaster is told twice, as found and as
come there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from vaultraider.domain import hashes
from vaultraider.domain.history.events import Event, EventKind
from vaultraider.domain.history.loadout_changes import tell_loadouts
from vaultraider.domain.history.moment import KeptCharacter, KeptItem, Moment
from vaultraider.domain.history.names import Named, Names
from vaultraider.domain.history.piles import tell_pile
from vaultraider.domain.history.telling import Spot, Telling, spot_of
from vaultraider.domain.items import CLASSES, CRAFTED, LOCKED, MASTERWORK, TRACKED

FLAGS: tuple[tuple[EventKind, int], ...] = (("locked", LOCKED), ("tracked", TRACKED), ("crafted", CRAFTED))

Worn = Mapping[tuple[str, int], tuple[str, KeptItem]]
"""By character and slot what is on."""


def events_between(a: Moment, b: Moment, *, seq: int, at: datetime, since: datetime, names: Names) -> list[Event]:
    """In one order that depends on the two moments alone: guardians, what came, what went, what changed, stacks, currencies,
    loadouts. ``n`` counts them. Never raises."""
    telling = Telling(seq=seq, at=at, since=since, names=names)
    _guardians(telling, a, b)
    _items(telling, a, b)
    for hash in sorted({*a.stacks, *b.stacks}):
        if a.stacks.get(hash) != b.stacks.get(hash):
            tell_pile(telling, hash, a.stacks.get(hash, ()), b.stacks.get(hash, ()))
    _currencies(telling, a.currencies, b.currencies)
    tell_loadouts(telling, a, b)
    return telling.events


def _guardians(telling: Telling, a: Moment, b: Moment) -> None:
    for id in sorted(b.characters.keys() - a.characters.keys()):
        _guardian(telling, "character-created", id, b.characters[id])
    for id in sorted(a.characters.keys() - b.characters.keys()):
        _guardian(telling, "character-deleted", id, a.characters[id])


def _guardian(telling: Telling, kind: EventKind, id: str, character: KeptCharacter) -> None:
    guardian = CLASSES.get(character.class_type)
    race = telling.names.race(character.race_hash)
    told: dict[str, Any] = {"class": guardian or "unknown"} | ({"race": race} if race else {})
    before, after = ({}, told) if kind == "character-created" else (told, {})
    named = Named(guardian.capitalize() if guardian else "Guardian")
    telling.tell(kind, named, hash=character.class_hash, character=id, before=before, after=after)


def _items(telling: Telling, a: Moment, b: Moment) -> None:
    for id in _by_age(b.items.keys() - a.items.keys()):
        _acquired(telling, id, b.items[id])
    for id in _by_age(a.items.keys() - b.items.keys()):
        _lost(telling, id, a.items[id])
    changed = [id for id, item in b.items.items() if id in a.items and a.items[id] != item]
    if changed:
        worn_before, worn_now = _worn(a), _worn(b)
        for id in _by_age(changed):
            _changed(telling, id, a.items[id], b.items[id], worn_before, worn_now)


def _acquired(telling: Telling, id: str, item: KeptItem) -> None:
    spot = spot_of(item)
    telling.tell(
        "acquired",
        telling.names.item(item.hash),
        hash=item.hash,
        item=id,
        character=spot.character,
        quantity=item.quantity,
        after=_told(item, spot),
    )
    if spot.place == "postmaster":
        telling.found_at_postmaster(item.hash, spot, item=id, quantity=item.quantity)


def _lost(telling: Telling, id: str, item: KeptItem) -> None:
    spot = spot_of(item)
    telling.tell(
        "lost",
        telling.names.item(item.hash),
        hash=item.hash,
        item=id,
        character=spot.character,
        quantity=item.quantity,
        before=_told(item, spot) | ({"locked": True} if item.state & LOCKED else {}),
    )


def _told(item: KeptItem, spot: Spot) -> dict[str, Any]:
    power = power_of_kept(item)
    told = spot.told() | ({"power": power} if power else {})
    return told | ({"quantity": item.quantity} if item.quantity != 1 else {})


def power_of_kept(item: KeptItem) -> int:
    """As Bungie writes it; 0 for none."""
    return max(item.primary[1], 0) if item.primary is not None and item.primary[0] in hashes.POWER_STATS else 0


def _changed(telling: Telling, id: str, old: KeptItem, new: KeptItem, worn_before: Worn, worn_now: Worn) -> None:
    if old.hash != new.hash:  # The game made another thing of it, as it does with the steps of a quest.
        _lost(telling, id, old)
        _acquired(telling, id, new)
        return
    _moved(telling, id, old, new, worn_before, worn_now)
    if old.quantity != new.quantity:
        _one(telling, "stack", id, new, {"quantity": old.quantity}, {"quantity": new.quantity}, abs(new.quantity - old.quantity))
    before, after = power_of_kept(old), power_of_kept(new)
    if before and after and before != after:
        _one(telling, "power", id, new, {"power": before}, {"power": after})
    masterworked = _masterwork(telling, id, old, new)
    _perks(telling, id, old, new, masterworked)
    for kind, flag in FLAGS:
        if (old.state ^ new.state) & flag:
            _one(telling, kind, id, new, {kind: bool(old.state & flag)}, {kind: bool(new.state & flag)})


def _one(
    telling: Telling,
    kind: EventKind,
    id: str,
    item: KeptItem,
    before: dict[str, Any],
    after: dict[str, Any],
    quantity: int = 1,
) -> None:
    """Something about one instance, where it lies."""
    telling.tell(
        kind,
        telling.names.item(item.hash),
        hash=item.hash,
        item=id,
        character=spot_of(item).character,
        quantity=quantity,
        before=before,
        after=after,
    )


def _moved(telling: Telling, id: str, old: KeptItem, new: KeptItem, worn_before: Worn, worn_now: Worn) -> None:
    source, target = spot_of(old), spot_of(new)
    if source == target:
        return
    taken_off = source.place == "equipped" and (old.holder, old.bucket) not in worn_now
    if taken_off or source.store != target.store or "postmaster" in (source.place, target.place):
        telling.move(new.hash, source, target, item=id)
    if target.place == "equipped":
        _one(
            telling, "equipped", id, new, _instead_of(telling, worn_before.get((new.holder, new.bucket))), {"store": target.store}
        )


def _instead_of(telling: Telling, worn: tuple[str, KeptItem] | None) -> dict[str, Any]:
    if worn is None:
        return {}
    id, item = worn
    return {"item": id, "hash": item.hash, "name": telling.names.item(item.hash).name}


def _masterwork(telling: Telling, id: str, old: KeptItem, new: KeptItem) -> bool:
    """A masterwork, or a step towards one: an armour piece's energy. Whether there was any."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    if old.energy is not None and new.energy is not None and old.energy[0] != new.energy[0]:
        before["energy"], after["energy"] = old.energy[0], new.energy[0]
    if (old.state ^ new.state) & MASTERWORK:
        before["masterwork"], after["masterwork"] = bool(old.state & MASTERWORK), bool(new.state & MASTERWORK)
    if after:
        _one(telling, "masterwork", id, new, before, after)
    return bool(after)


def _perks(telling: Telling, id: str, old: KeptItem, new: KeptItem, masterworked: bool) -> None:
    """Sockets that both know. What a masterwork put in was told already."""
    for index, (was, now) in enumerate(zip(old.sockets or (), new.sockets or (), strict=False)):
        if was >> 2 != now >> 2 and not (masterworked and telling.names.plug(now >> 2).masterwork):
            _one(telling, "perk", id, new, _plug(telling, index, was >> 2), _plug(telling, index, now >> 2))


def _plug(telling: Telling, index: int, hash: int) -> dict[str, Any]:
    plug = telling.names.plug(hash)
    return {"socket": index, "hash": hash, "name": plug.name} | ({"label": plug.label} if plug.label else {})


def _currencies(telling: Telling, a: Mapping[int, int], b: Mapping[int, int]) -> None:
    if not a:  # Nothing was known of any.
        return
    for hash in sorted({*a, *b}):
        before, after = a.get(hash, 0), b.get(hash, 0)
        if before != after:
            told = telling.names.item(hash)
            change = abs(after - before)
            telling.tell("currency", told, hash=hash, quantity=change, before={"amount": before}, after={"amount": after})


def _worn(moment: Moment) -> dict[tuple[str, int], tuple[str, KeptItem]]:
    return {(item.holder, item.bucket): (id, item) for id, item in moment.items.items() if item.equipped}


def _by_age(ids: Iterable[str]) -> list[str]:
    """Instance ids grow with time."""
    return sorted(ids, key=lambda id: (len(id), id))
