"""All that is remembered of one item, of its being found, moved, raised and lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from msgspec import UNSET, UnsetType

from vaultraider.domain.errors import NotFound
from vaultraider.domain.history.events import Event
from vaultraider.domain.history.moment import KeptItem, Moment
from vaultraider.domain.history.sentences import place_words
from vaultraider.domain.history.telling import NO_GUARDIAN, spot_of
from vaultraider.ports.history import EventQuery, HistoryAccount, HistoryStore
from vaultraider.services.history.naming import Facts, Naming
from vaultraider.services.history.shapes import LastPlace, LifeLine, whole_second
from vaultraider.services.history.telling import told

MOST = 1000
"""Events of one item."""
NEVER = "Nothing is remembered of such an item of yours."

_STACK = re.compile(r"s-([0-9]{1,10})(-.{1,60})?")
_INSTANCE = re.compile(r"[0-9]{1,20}")
_PLACES = frozenset({"equipped", "inventory", "vault", "postmaster"})


def life_of(store: HistoryStore, account: HistoryAccount, now: Moment, naming: Naming, id: str) -> LifeLine:
    """``now``: the newest moment. ``id``: of an instance, or of a stack: ``s-<hash>``, with or without what follows.

    Raises NotFound for what was never theirs, or not since the memory begins.
    """
    hash = _hash_of(id)
    if hash is None and not _INSTANCE.fullmatch(id):
        raise NotFound(NEVER)
    query = EventQuery(item=id, limit=MOST) if hash is None else EventQuery(hash=hash, limit=MOST)
    # An event of an item that is told apart from others of its kind is none of the stack's.
    events = [event for event in store.events(account.id, query) if (hash is None) or not event.item]
    present = now.items.get(id) if hash is None else next(iter(now.stacks.get(hash, ())), None)
    if present is None and not events:
        raise NotFound(NEVER)
    number = hash if hash is not None else present.hash if present is not None else events[0].hash
    facts = _facts(naming.facts(number), events)
    first = _first(store, account, events, query)
    return LifeLine(
        id=id,
        hash=number,
        **facts._asdict(),
        owned=present is not None,
        since=whole_second(account.first),
        first=whole_second(first) if first is not None else UNSET,
        last=_here(present, account, naming) if present is not None else _there(events, account, naming),
        power=_power(events, present, first or account.first, naming) if hash is None else [],
        events=[told(event, naming) for event in events],
    )


def _hash_of(id: str) -> int | None:
    found = _STACK.fullmatch(id)
    return int(found[1]) if found else None


def _facts(today: Facts, events: Sequence[Event]) -> Facts:
    """What today's definitions do not know is called as it was then."""
    if today.tier != "unknown" or today.item_kind != "unknown" or not events or not events[0].name:
        return today
    return Facts(events[0].name, events[0].tier, events[0].item_kind, today.icon)


def _first(store: HistoryStore, account: HistoryAccount, events: Sequence[Event], query: EventQuery) -> datetime | None:
    """When it was found; None where it was there from the beginning."""
    if len(events) >= MOST:
        events = store.events(account.id, EventQuery(item=query.item, hash=query.hash, kinds=frozenset({"acquired"}), limit=MOST))
    oldest = events[-1] if events else None
    return oldest.at if oldest is not None and oldest.kind == "acquired" else None


def _here(item: KeptItem, account: HistoryAccount, naming: Naming) -> LastPlace:
    return _place(account.seen, *spot_of(item), naming)


def _there(events: Sequence[Event], account: HistoryAccount, naming: Naming) -> LastPlace:
    """Where it was when it was seen last: before the event that says that it is gone."""
    lost = next((event for event in events if event.kind == "lost"), None)
    if lost is None:
        return LastPlace(at=whole_second(account.seen))
    return _place(lost.since, lost.before.get("store"), lost.before.get("place"), naming)


def _place(at: datetime, store: object, place: object, naming: Naming) -> LastPlace:
    if not isinstance(store, str) or not store or place not in _PLACES:
        return LastPlace(at=whole_second(at))
    held: str | UnsetType = UNSET if store in NO_GUARDIAN else store
    words = place_words(store, str(place), naming.store)
    return LastPlace(at=whole_second(at), store=store, place=place, character=held, name=words)  # type: ignore[arg-type]


def _power(events: Sequence[Event], present: KeptItem | None, begin: datetime, naming: Naming) -> list[tuple[datetime, int]]:
    """Each value holds until the next one. ``begin``: since when it is known."""
    points: list[tuple[datetime, int]] = []

    def add(at: datetime, value: object) -> None:
        if isinstance(value, int) and value > 0 and (not points or points[-1][1] != value):
            points.append((whole_second(at), value))

    for event in reversed(events):
        if event.kind == "power":
            if not points:
                add(begin, event.before.get("power"))
            add(event.at, event.after.get("power"))
        elif event.kind == "acquired":
            add(event.at, event.after.get("power"))
        elif event.kind == "lost" and not points:
            add(begin, event.before.get("power"))
    if present is not None and not points:
        add(begin, naming.power(present))
    return points
