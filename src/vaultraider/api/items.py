"""One item in full."""

from __future__ import annotations

from flask import Blueprint

from vaultraider.api._profile_types import ItemDetails, ProfileQuery
from vaultraider.api._resource import current_user, route, services
from vaultraider.api._times import asked_moment
from vaultraider.domain.errors import BungieUnavailable, DefinitionsMissing, MemoryDamaged, NotFound, SignInEnded
from vaultraider.services.history.shapes import LifeLine

blueprint = Blueprint("items", __name__)


@route(
    blueprint,
    "GET",
    "/items/<id>",
    summary="One item: sockets with their alternatives, stats, objectives, copies",
    errors=(NotFound, DefinitionsMissing, BungieUnavailable, SignInEnded),
)
def item(id: str, query: ProfileQuery) -> ItemDetails:
    """``id`` as the profile has it: Bungie's instance id, or that of a stack. With ``at`` as it was then, from memory alone: 404
    for what was not theirs at that moment."""
    user = current_user()
    if isinstance(query.at, str):
        return services().history.past.item(user, id, asked_moment(query.at, "at", services().clock.now()))
    return services().inventory.item(user, id)


@route(blueprint, "GET", "/items/<id>/history", summary="All that is remembered of one item", errors=(NotFound, MemoryDamaged))
def item_history(id: str) -> LifeLine:
    """Also of an item that is gone. ``id`` as the profile has it; of a stack, what happened to all of its item. 404 for what was
    never theirs."""
    return services().history.past.life(current_user(), id)
