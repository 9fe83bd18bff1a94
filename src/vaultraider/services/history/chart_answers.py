"""What charts are answered with. Times in UTC; numbers are numbers; what is not known is left out."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from vaultraider.domain.history.aggregates import Range
from vaultraider.domain.profile_parts import Kind, Tier

Moving = tuple[datetime, float]
"""From this time on the value holds, until the next point or the chart's end."""


class Chart(msgspec.Struct, kw_only=True):
    """``from`` and ``to``: what the axis shows. ``as_of``: when the account was last seen. ``first``: where the memory begins."""

    range: Range
    begin: datetime = msgspec.field(name="from")
    end: datetime = msgspec.field(name="to")
    as_of: datetime
    first: datetime | UnsetType = UNSET


class PowerLine(msgspec.Struct, kw_only=True):
    """A guardian's best possible power. ``name``: the nickname, else the class. ``until``: since then the guardian is no more."""

    character: str
    name: str
    guardian: Literal["titan", "hunter", "warlock", "unknown"] = msgspec.field(name="class")
    points: list[Moving]
    until: datetime | UnsetType = UNSET


class PowerChange(msgspec.Struct, kw_only=True):
    """Of the strongest guardian, from the first point to the last."""

    character: str
    by: float


class PowerChart(Chart, kw_only=True):
    series: list[PowerLine]
    change: PowerChange | UnsetType = UNSET


class VaultFill(msgspec.Struct, kw_only=True):
    """In slots."""

    capacity: int
    points: list[Moving]


class PostmasterFill(VaultFill, kw_only=True):
    character: str
    name: str


class FillChart(Chart, kw_only=True):
    """``full_about``: when the vault is full if it goes on as in the last 28 days; absent where that is far away."""

    vault: VaultFill
    postmasters: list[PostmasterFill]
    full_about: datetime | UnsetType = UNSET


class ByRarity(msgspec.Struct, frozen=True, kw_only=True):
    exotic: int
    legendary: int
    rare: int
    other: int


class ChartWeek(msgspec.Struct, kw_only=True):
    """``from``: its Monday, 00:00 UTC."""

    begin: datetime = msgspec.field(name="from")
    came: ByRarity = msgspec.field(name="in")
    went: ByRarity = msgspec.field(name="out")


class ThisWeek(msgspec.Struct, frozen=True, kw_only=True):
    came: int = msgspec.field(name="in")
    went: int = msgspec.field(name="out")


class ItemsChart(Chart, kw_only=True):
    """Items that came and went, by week; the last week is still going on."""

    weeks: list[ChartWeek]
    this_week: ThisWeek


class DropBucket(msgspec.Struct, kw_only=True):
    """So many times it took from ``from_hours`` to less than ``to_hours`` until the next one."""

    from_hours: int
    count: int
    to_hours: int | UnsetType = UNSET


class DropTier(msgspec.Struct, kw_only=True):
    """``count``: drops; what was found at once is one. The times between them in hours."""

    tier: Literal["exotic", "legendary"]
    count: int
    buckets: list[DropBucket]
    median_hours: float | UnsetType = UNSET
    mean_hours: float | UnsetType = UNSET
    longest_hours: float | UnsetType = UNSET
    since_last_hours: float | UnsetType = UNSET


class DropsChart(Chart, kw_only=True):
    tiers: list[DropTier]


class MovedItem(msgspec.Struct, kw_only=True):
    """``id``: absent for stacks. ``owned``: as far as is known now."""

    hash: int
    name: str
    tier: Tier
    item_kind: Kind
    icon: str
    owned: bool
    count: int
    id: str | UnsetType = UNSET


class MovedChart(Chart, kw_only=True):
    """The items that moved most, at most twelve. ``total``: all moves."""

    items: list[MovedItem]
    total: int
