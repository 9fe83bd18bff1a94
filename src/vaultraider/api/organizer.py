"""What the organizer knows of each item beside the profile."""

from __future__ import annotations

import msgspec
from flask import Blueprint

from vaultraider.api._resource import current_user, route, services
from vaultraider.api.search import NOT_YET
from vaultraider.services.organizing import Category, OrganizerAnswer

blueprint = Blueprint("organizer", __name__)


class OrganizerQuery(msgspec.Struct):
    category: Category = "weapons"


@route(blueprint, "GET", "/organizer", summary="What is known of each item of a category, to sort and sift by", errors=NOT_YET)
def organizer(query: OrganizerQuery) -> OrganizerAnswer:
    """Perks by column, origin, rank among one's own, and what stats would be with a full masterwork. Name, place, power, stats
    and tags stand in the profile."""
    return services().organizing.table(current_user(), query.category)
