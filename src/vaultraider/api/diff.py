"""What two moments differ in."""

from __future__ import annotations

import msgspec
from flask import Blueprint
from msgspec import UNSET, UnsetType

from vaultraider.api._resource import current_user, route, services
from vaultraider.api._times import asked_moment
from vaultraider.api.events import Time
from vaultraider.domain.errors import InvalidInput, MemoryDamaged, NotFound
from vaultraider.services.history.shapes import Difference

blueprint = Blueprint("diff", __name__)


class DiffQuery(msgspec.Struct):
    """``to``: now, unless told."""

    since: Time = msgspec.field(name="from")
    until: Time | UnsetType = msgspec.field(name="to", default=UNSET)


@route(blueprint, "GET", "/diff", summary="What two past moments differ in", errors=(NotFound, MemoryDamaged))
def diff(query: DiffQuery) -> Difference:
    """At most 1,000 of each list; ``counts`` counts all."""
    now = services().clock.now()
    since = asked_moment(query.since, "from", now)
    until = asked_moment(query.until, "to", now) if isinstance(query.until, str) else now
    if since > until:
        raise InvalidInput("from", "The first moment comes after the second. Turn them round.")
    return services().history.past.difference(current_user(), since, until)
