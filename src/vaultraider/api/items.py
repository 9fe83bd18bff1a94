"""One item in full."""

from __future__ import annotations

from flask import Blueprint

from vaultraider.api._profile_types import ItemDetails
from vaultraider.api._resource import current_user, route, services
from vaultraider.domain.errors import BungieUnavailable, DefinitionsMissing, NotFound, SignInEnded

blueprint = Blueprint("items", __name__)


@route(
    blueprint,
    "GET",
    "/items/<id>",
    summary="One item: sockets with their alternatives, stats, objectives, copies",
    errors=(NotFound, DefinitionsMissing, BungieUnavailable, SignInEnded),
)
def item(id: str) -> ItemDetails:
    """``id`` as the profile has it: Bungie's instance id, or that of a stack."""
    return services().inventory.item(current_user(), id)
