"""Every write to Bungie that was ever made for a person."""

from __future__ import annotations

from flask import Blueprint

from vaultraider.api._resource import current_user, route, services
from vaultraider.api._transfer_types import WriteList, WritesQuery, told_write

blueprint = Blueprint("writes", __name__)


@route(blueprint, "GET", "/writes", summary="Every write to Bungie that was made for the person")
def writes(query: WritesQuery) -> WriteList:
    """Newest first; ``before`` takes the id of the last write of the page before."""
    user = current_user()
    before = int(query.before) if isinstance(query.before, str) else None
    found = services().transfers.writes(user, query=query.q, limit=query.limit, before=before)
    return WriteList([told_write(each) for each in found])
