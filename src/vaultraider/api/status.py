"""How things stand. For everybody: the page asks it before anybody has signed in, too."""

from __future__ import annotations

import msgspec
from flask import Blueprint

from vaultraider.api._resource import route, services, visitor
from vaultraider.services.status import Status

blueprint = Blueprint("status", __name__)


@route(blueprint, "GET", "/status", summary="How Bungie, the definitions and the profile stand", public=True)
def get_status() -> Status:
    user = visitor()
    status = services().status.status(services().inventory.freshness(user) if user is not None else None)
    return msgspec.structs.replace(status, xur=services().xur.state())
