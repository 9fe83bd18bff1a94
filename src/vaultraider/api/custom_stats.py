"""Totals of a person's own: weighted sums of the stats of armour."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import UNSET, UnsetType

from vaultraider.api._pace import paced
from vaultraider.api._resource import current_user, route, services
from vaultraider.domain.custom_stats import MOST_STATS, CustomStat, Guardian
from vaultraider.domain.errors import Conflict, NotFound, TooFast

blueprint = Blueprint("custom_stats", __name__)

CHANGES = "240 per minute"
Number = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
Weight = Annotated[int, msgspec.Meta(ge=0, le=99)]
_SIX = ("weapons", "health", "guardian", "grenade", "super", "melee")


class StatWeights(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, rename={"guardian": "class"}):
    """How many times each stat counts. What is not given does not."""

    weapons: Weight = 0
    health: Weight = 0
    guardian: Weight = 0
    grenade: Weight = 0
    super: Weight = 0
    melee: Weight = 0


class OwnStat(msgspec.Struct, kw_only=True):
    """``keyword``: as it is written in queries, such as ``stat:keyword:>=50``. ``guardian``: whose armour has it."""

    id: int
    label: str
    keyword: str
    guardian: Guardian
    weights: StatWeights


class OwnStats(msgspec.Struct):
    """``most``: how many one can have."""

    stats: list[OwnStat]
    most: int = MOST_STATS


class OwnStatBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """``id``: of the one to change; without it one is made. ``label``: at most 30 characters."""

    label: Annotated[str, msgspec.Meta(max_length=256)]
    weights: StatWeights
    guardian: Guardian = "any"
    id: Number | UnsetType = UNSET


class OwnStatQuery(msgspec.Struct):
    id: Number


@route(blueprint, "GET", "/custom_stats", summary="The person's own totals of armour stats")
def custom_stats() -> OwnStats:
    """By class and label."""
    return OwnStats([_told(each) for each in services().custom_stats.of(current_user())])


@route(
    blueprint,
    "PUT",
    "/custom_stats",
    summary="Makes a total of one's own, or changes it",
    errors=(NotFound, Conflict, TooFast),
)
@paced(CHANGES)
def save_custom_stat(body: OwnStatBody) -> OwnStat:
    """The name says how queries call it: by its letters and digits. 400 where they know that word already; 409 with 40."""
    weights = [getattr(body.weights, name) for name in _SIX]
    id = body.id if isinstance(body.id, int) else 0
    return _told(services().custom_stats.save(current_user(), body.label, body.guardian, weights, id=id))


@route(blueprint, "DELETE", "/custom_stats", summary="Deletes a total of one's own", errors=(NotFound, TooFast))
@paced(CHANGES)
def delete_custom_stat(query: OwnStatQuery) -> None:
    """Searches that name it cannot be answered any more."""
    services().custom_stats.drop(current_user(), query.id)


def _told(stat: CustomStat) -> OwnStat:
    weights = StatWeights(**dict(zip(_SIX, stat.weights, strict=True)))
    return OwnStat(id=stat.id, label=stat.label, keyword=stat.keyword, guardian=stat.guardian, weights=weights)
