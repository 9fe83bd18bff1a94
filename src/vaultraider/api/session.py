"""Who is signed in, and the token that unsafe requests must carry."""

from __future__ import annotations

from typing import Literal, cast

import flask
import msgspec
from flask import Blueprint
from flask_wtf.csrf import generate_csrf

import vaultraider
from vaultraider.api._resource import PersonSession, current_user, route, services

blueprint = Blueprint("session", __name__)


class SignedInUser(msgspec.Struct, kw_only=True):
    id: int
    name: str
    role: Literal["admin", "member"]
    sign_in: Literal["ok", "ended"]


class Session(msgspec.Struct, kw_only=True):
    """``demo``: anybody may sign in here, over an invented world. ``csrf_token`` goes into the header X-CSRFToken. ``board``:
    there is one, and whoever asks may look at it; absent otherwise."""

    signed_in: bool
    csrf_token: str
    user: SignedInUser | msgspec.UnsetType = msgspec.UNSET
    demo: bool
    version: str
    board: bool | msgspec.UnsetType = msgspec.UNSET


@route(blueprint, "GET", "/session", summary="Who is signed in", public=True)
def session() -> Session:
    """Also for who is not."""
    user = cast(PersonSession, flask.session).user
    board = services().board
    shown = msgspec.UNSET if user is None else SignedInUser(id=user.id, name=user.name, role=user.role, sign_in=user.sign_in)
    return Session(
        signed_in=user is not None,
        csrf_token=generate_csrf(),
        user=shown,
        demo=services().settings.open_sign_in,
        version=vaultraider.__version__,
        board=(board.is_on and (board.is_public or user is not None)) or msgspec.UNSET,
    )


class Ended(msgspec.Struct):
    """How many browser sessions were ended, this one among them."""

    ended: int


@route(blueprint, "POST", "/sessions/end-all", summary="Signs out everywhere")
def end_all() -> Ended:
    """Ends every browser session of the person, this one too. What runs in the background goes on."""
    return Ended(services().accounts.data.sign_out_everywhere(current_user()))
