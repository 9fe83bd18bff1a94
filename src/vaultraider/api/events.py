"""What happened, newest first."""

from __future__ import annotations

from typing import Annotated, cast

import msgspec
from flask import Blueprint
from msgspec import UNSET, Meta, UnsetType

from vaultraider.api._resource import current_user, route, services
from vaultraider.api._times import TIME, first_of, last_of
from vaultraider.domain.history.events import KINDS, By, EventGroup, EventKind
from vaultraider.ports.history import EventQuery
from vaultraider.services.history.shapes import EventPage

blueprint = Blueprint("events", __name__)

_KIND = f"({'|'.join(KINDS)})"

Time = Annotated[str, Meta(pattern=TIME, description="2026-11-15T20:00:00Z, or a date: a whole day in UTC.")]
BungieId = Annotated[str, Meta(pattern=r"^[0-9]{1,20}(?!\n)$")]


class EventsQuery(msgspec.Struct):
    """``since`` to ``until``, of which a date alone is meant as a whole day. ``kind``: one or several, with commas between.
    ``q``: part of a name. ``cursor``: what the page before gave as ``next``."""

    since: Time | UnsetType = UNSET
    until: Time | UnsetType = UNSET
    kind: Annotated[str, Meta(pattern=rf"^{_KIND}(,{_KIND})*(?!\n)$")] | UnsetType = UNSET
    group: EventGroup | UnsetType = UNSET
    item: BungieId | UnsetType = UNSET
    hash: Annotated[int, Meta(ge=0, le=2**32 - 1)] = 0
    character: BungieId | UnsetType = UNSET
    by: By | UnsetType = UNSET
    q: Annotated[str, Meta(max_length=200)] = ""
    cursor: Annotated[str, Meta(pattern=r"^[0-9]{1,9}-[0-9]{1,9}(?!\n)$")] | UnsetType = UNSET
    limit: Annotated[int, Meta(ge=1, le=500)] = 100


@route(blueprint, "GET", "/events", summary="What happened to items, currencies and guardians")
def events(query: EventsQuery) -> EventPage:
    """Newest first; pages stay whole while new events come. ``counts`` come with the first page only."""
    first_page = not isinstance(query.cursor, str)
    kinds = frozenset(query.kind.split(",")) if isinstance(query.kind, str) else frozenset[str]()
    return services().history.past.events(
        current_user(),
        EventQuery(
            since=first_of(query.since, "since") if isinstance(query.since, str) else None,
            until=last_of(query.until, "until") if isinstance(query.until, str) else None,
            kinds=cast("frozenset[EventKind]", kinds),
            item=query.item or "",
            hash=query.hash,
            character=query.character or "",
            by=query.by or None,
            words=words_of(query.q),
            before=_place(query.cursor) if isinstance(query.cursor, str) else None,
            limit=query.limit,
        ),
        group=query.group or None,
        counted=first_page,
    )


def words_of(text: str) -> str:
    """What can be part of a name: no database takes a zero."""
    return text.replace("\0", "").strip()


def _place(cursor: str) -> tuple[int, int]:
    seq, _, n = cursor.partition("-")
    return int(seq), int(n)
