"""What an item can be compared with."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint

from vaultraider.api._resource import current_user, route, services
from vaultraider.api.search import NOT_YET
from vaultraider.domain.errors import NotFound
from vaultraider.services.organizing import CompareAnswer

blueprint = Blueprint("compare", __name__)


class CompareQuery(msgspec.Struct):
    """``item``: its id, as in the profile."""

    item: Annotated[str, msgspec.Meta(max_length=80)]


@route(blueprint, "GET", "/compare", summary="Items that one is worth being compared with", errors=(NotFound, *NOT_YET))
def compare(query: CompareQuery) -> CompareAnswer:
    """By name, traits, frame, slot and the like, the narrowest group first. A query goes with each, which finds the same."""
    return services().organizing.compare(current_user(), query.item)
