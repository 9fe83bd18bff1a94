"""One account's memory as plain rows. Each says in ``row`` what it is: ``account`` (first), ``observation`` with its ``event``s
after it, ``figure``, ``tally``, ``gap``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, TypeAlias

import msgspec

from vaultraider.domain.history.events import By, EventKind
from vaultraider.domain.profile_parts import Kind, Tier

_Number: TypeAlias = Annotated[int, msgspec.Meta(ge=-(2**63) + 1, le=2**63 - 1)]
_Seq: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=500_000_000)]
"""No account comes near it, and it can go on counting for as long again."""
_Id: TypeAlias = Annotated[str, msgspec.Meta(max_length=32)]
_Name: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
_Time: TypeAlias = Annotated[datetime, msgspec.Meta(tz=True)]
_Counted: TypeAlias = Annotated[
    str, msgspec.Meta(pattern=r"^(moved|changed|(in|out):[a-z]{1,16}|moves:[0-9]{1,10}:[0-9A-Za-z]{0,32})(?!\n)$")
]
"""As ``domain.history.tallies`` counts."""


class AccountLine(msgspec.Struct, tag_field="row", tag="account"):
    seq: _Seq
    first: _Time
    seen: _Time


class ObservationLine(msgspec.Struct, tag_field="row", tag="observation", omit_defaults=True):
    seq: _Seq
    at: _Time
    since: _Time
    delta: bytes
    keyframe: bytes | None = None


class EventLine(msgspec.Struct, tag_field="row", tag="event", omit_defaults=True, kw_only=True):
    """As ``Event``; when it happened stands with its observation."""

    seq: _Seq
    n: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
    kind: EventKind
    item: _Id = ""
    hash: _Number = 0
    name: Annotated[str, msgspec.Meta(max_length=1000)] = ""
    tier: Tier = "unknown"
    item_kind: Kind = "unknown"
    character: _Id = ""
    quantity: _Number = 1
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    by: By = "game"
    transfer: _Id = ""


class FigureLine(msgspec.Struct, tag_field="row", tag="figure"):
    series: _Name
    at: _Time
    value: _Number


class TallyLine(msgspec.Struct, tag_field="row", tag="tally"):
    day: date
    what: _Counted
    count: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class GapLine(msgspec.Struct, tag_field="row", tag="gap"):
    since: _Time
    until: _Time


Line: TypeAlias = AccountLine | ObservationLine | EventLine | FigureLine | TallyLine | GapLine
