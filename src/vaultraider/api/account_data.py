"""Deleting everything that is kept of who is signed in."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint

from vaultraider.api._resource import current_user, route, services

blueprint = Blueprint("account_data", __name__)


class Confirmation(msgspec.Struct, forbid_unknown_fields=True):
    """``confirm`` is the person's own name, as GET /session tells it."""

    confirm: Annotated[str, msgspec.Meta(max_length=300)]


@route(blueprint, "DELETE", "/account-data", summary="Deletes everything that is kept of the person")
def delete_account_data(body: Confirmation) -> None:
    """Tokens, accounts, sessions, snapshots, preferences and all else. It cannot be undone."""
    services().accounts.data.delete(current_user(), body.confirm)
