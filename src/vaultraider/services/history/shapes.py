"""What is told of the past: the shapes that the page receives.

Times are to the second, in UTC; what happened in a second is found by asking for that second (``whole_second``). A field that is
UNSET is left out.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from vaultraider.domain.history.events import By, EventGroup, EventKind
from vaultraider.domain.profile_parts import Kind, Place, Tier


def whole_second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


class GapSpan(msgspec.Struct, frozen=True):
    """Nobody looked between these two: what happened then is seen at the end of it."""

    since: datetime
    until: datetime


class HistoryEvent(msgspec.Struct, kw_only=True):
    """One thing that happened.

    ``at``: when it was seen; ``since``: it may have happened any time after this, told where that is more than five minutes
    earlier. ``name``, ``tier``, ``item_kind``: as they were called then. ``icon``: by today's definitions, an address of ours or
    "". ``item``: instance id. ``before`` and ``after``: small objects by kind, such as ``{"store": "vault", "place": "vault"}``,
    ``{"power": 541}``, ``{"hash": 1, "name": "..."}``. ``by`` "you": a transfer from here did it, ``transfer`` is its id.
    """

    id: str
    at: datetime
    kind: EventKind
    group: EventGroup
    name: str
    tier: Tier
    item_kind: Kind
    icon: str
    before: dict[str, Any]
    after: dict[str, Any]
    by: By
    sentence: str
    since: datetime | UnsetType = UNSET
    item: str | UnsetType = UNSET
    hash: int | UnsetType = UNSET
    character: str | UnsetType = UNSET
    quantity: int | UnsetType = UNSET
    transfer: str | UnsetType = UNSET


class EventCounts(msgspec.Struct, kw_only=True):
    """How many there are by group, whatever page, kinds and group were asked for."""

    all: int
    found: int
    moved: int
    changed: int
    gone: int


class EventPage(msgspec.Struct, kw_only=True):
    """Newest first. ``gaps``: those of this page's span. ``next``: ask on with this as ``cursor``. ``first``: since when anything
    is remembered; absent: nothing is yet."""

    events: list[HistoryEvent]
    gaps: list[GapSpan]
    next: str | UnsetType = UNSET
    first: datetime | UnsetType = UNSET
    counts: EventCounts | UnsetType = UNSET


class LastPlace(msgspec.Struct, kw_only=True):
    """Where it is, or was when it was last seen. ``store``: a character's id, "vault" or "account"; ``name`` calls it in words,
    as "the vault"."""

    at: datetime
    store: str | UnsetType = UNSET
    place: Place | UnsetType = UNSET
    character: str | UnsetType = UNSET
    name: str | UnsetType = UNSET


class LifeLine(msgspec.Struct, kw_only=True):
    """All that is remembered of one item, also of one that is gone.

    ``first``: when it was found; absent: it was there when the memory began, at ``since``. ``power``: [when, value], each holding
    until the next. ``events``: newest first.
    """

    id: str
    name: str
    hash: int
    tier: Tier
    item_kind: Kind
    icon: str
    owned: bool
    since: datetime
    last: LastPlace
    power: list[tuple[datetime, int]]
    events: list[HistoryEvent]
    first: datetime | UnsetType = UNSET


class DiffItem(msgspec.Struct, kw_only=True):
    """One item, or all that was owned of a stack (``s-<hash>``), by today's definitions. Where it is; of what is gone, where it
    was."""

    id: str
    hash: int
    name: str
    tier: Tier
    item_kind: Kind
    icon: str
    power: int | UnsetType = UNSET
    quantity: int | UnsetType = UNSET
    store: str | UnsetType = UNSET
    place: Place | UnsetType = UNSET


class DiffChange(msgspec.Struct, frozen=True):
    """``what``: "Power", "Lock", "Trait" ...; both values in words."""

    what: str
    before: str
    after: str


class ChangedItem(DiffItem, kw_only=True):
    changes: list[DiffChange]


class MovedItem(DiffItem, kw_only=True):
    """Both places in words: "the vault", "Brannoch, equipped"."""

    before: str
    after: str


class CurrencyDiff(msgspec.Struct, kw_only=True):
    hash: int
    name: str
    icon: str
    before: int
    after: int


class CharacterDiff(msgspec.Struct, kw_only=True):
    """A guardian who is only at one of the two moments."""

    id: str
    name: str
    created: bool


class DiffCounts(msgspec.Struct, kw_only=True):
    found: int
    gone: int
    changed: int
    moved: int


class Difference(msgspec.Struct, kw_only=True):
    """What two moments differ in. An item that moved and changed is in both lists. ``truncated``: of some list only the beginning
    is here; ``counts`` counts all."""

    since: datetime = msgspec.field(name="from")
    until: datetime = msgspec.field(name="to")
    counts: DiffCounts
    found: list[DiffItem]
    gone: list[DiffItem]
    changed: list[ChangedItem]
    moved: list[MovedItem]
    currencies: list[CurrencyDiff]
    characters: list[CharacterDiff]
    gaps: list[GapSpan]
    truncated: bool | UnsetType = UNSET


class Imported(msgspec.Struct, kw_only=True):
    """What an import brought. ``since``: the oldest moment that can be seen now, ``until`` the newest."""

    rows: int
    events: int
    since: datetime | UnsetType = msgspec.field(name="from", default=UNSET)
    until: datetime | UnsetType = msgspec.field(name="to", default=UNSET)
