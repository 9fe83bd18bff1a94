"""What the organizer knows of each item beside the profile."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response

from vaultraider.api._ready import ready
from vaultraider.api._resource import current_user, route, services
from vaultraider.api.search import NOT_YET
from vaultraider.services.organizing import Category, OrganizerAnswer

blueprint = Blueprint("organizer", __name__)


class OrganizerQuery(msgspec.Struct):
    category: Category = "weapons"


@route(
    blueprint,
    "GET",
    "/organizer",
    summary="What is known of each item of a category, to sort and sift by",
    answer=OrganizerAnswer,
    errors=NOT_YET,
)
def organizer(query: OrganizerQuery) -> Response:
    """Perks by column, origin, rank among one's own, and what stats would be with a full masterwork. Name, place, power, stats
    and tags stand in the profile. Answers 304 to a matching ``If-None-Match``."""
    return ready(services().organizing.table(current_user(), query.category))
