"""Guardians: the names their player gives them."""

from __future__ import annotations

from flask import Blueprint
from msgspec import UNSET

from vaultraider.api._profile_types import NicknameAnswer, NicknameBody
from vaultraider.api._resource import current_user, route, services
from vaultraider.domain.errors import InvalidInput, NotFound

blueprint = Blueprint("characters", __name__)


@route(blueprint, "PATCH", "/characters/<id>", summary="Gives a guardian a nickname", errors=(InvalidInput, NotFound))
def rename_character(id: str, body: NicknameBody) -> NicknameAnswer:
    """Trimmed; an empty one takes the nickname away. It is kept here: Bungie knows no names of guardians."""
    name = services().inventory.rename(current_user(), id, body.nickname)
    return NicknameAnswer(id=id, nickname=name or UNSET)
