"""The board: its analogue inputs as they stand, as they go on, and what its owner says of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, cast

import flask
import msgspec
from flask import Blueprint, Response
from msgspec import UNSET, UnsetType

from vaultraider.api import _streams
from vaultraider.api._pace import paced
from vaultraider.api._resource import PersonSession, route, services, visitor
from vaultraider.domain.board_levels import Level
from vaultraider.domain.errors import Busy, InvalidInput, NotFound, NotSignedIn, TooFast
from vaultraider.domain.people import User
from vaultraider.services.board import Board, BoardAnswer, BoardInput

blueprint = Blueprint("board", __name__)

CHANGES = "60 per minute"


class NewLevel(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Volts. One of ``above`` and ``below`` at least. The value has to come back by ``hysteresis`` before it can cross again."""

    above: float | UnsetType | None = UNSET
    below: float | UnsetType | None = UNSET
    hysteresis: float = 0.1
    on: bool = True


class InputChange(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays as it is; ``level`` null takes it away, an empty ``name`` too."""

    name: Annotated[str, msgspec.Meta(max_length=200)] | UnsetType = UNSET
    level: NewLevel | UnsetType | None = UNSET


@route(blueprint, "GET", "/board", summary="The board's inputs", public=True, errors=(NotFound, NotSignedIn))
def get_board() -> BoardAnswer:
    """Signed in, unless the owner of the server shows the board to everybody. 404 where there is none."""
    return services().board.show(_who_may_look())


@route(
    blueprint,
    "PUT",
    "/board/inputs/<int:channel>",
    summary="Names an input, and sets its levels",
    admin=True,
    errors=(NotFound, InvalidInput, TooFast),
)
@paced(CHANGES)
def change_board_input(channel: int, body: InputChange) -> BoardInput:
    """For the owner of the server. Who crosses a level is told to those who run it."""
    return services().board.change(channel, name=body.name, level=_level(body.level))


@route(
    blueprint,
    "GET",
    "/board/stream",
    summary="The board's inputs as they change",
    answer=str,
    media_type="text/event-stream",
    public=True,
    errors=(NotFound, NotSignedIn, Busy),
)
def watch_board() -> Response:
    """Server-Sent Events: ``board`` (a BoardAnswer without histories) first and when state, names or levels change,
    ``readings`` (BoardReadings) at most ten times a second.

    It ends after five minutes, as browsers come again by themselves. 503 with ``Retry-After`` where too many look already.
    """
    user = _who_may_look()
    lasts = cast(PersonSession, flask.session).lasts if user is not None else _for_ever
    place = _streams.board_streams().admit(user.id if user is not None else 0)
    try:
        return _streams.answer(place, _listening(services().board, user), lasts, _streams.board_streams().pace)
    except BaseException:
        place.close()
        raise


@contextmanager
def _listening(board: Board, user: User | None) -> Iterator[_streams.News]:
    with board.listening(user) as news:

        def told(seconds: float) -> bytes:
            return b"".join(b"id: %d\n%s" % (number, _streams.event(name, data)) for name, number, data in news(seconds))

        yield told


def _who_may_look() -> User | None:
    """Raises NotFound where there is no board, NotSignedIn for who may not see it."""
    user = visitor()
    if not services().board.may_look(user):
        raise NotSignedIn
    return user


def _level(given: NewLevel | UnsetType | None) -> Level | UnsetType | None:
    if not isinstance(given, NewLevel):
        return given
    above, below = (value if not isinstance(value, UnsetType) else None for value in (given.above, given.below))
    return Level(above=above, below=below, hysteresis=given.hysteresis, on=given.on)


def _for_ever() -> bool:
    return True
