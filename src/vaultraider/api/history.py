"""The whole memory of an account as one file, out and in again."""

from __future__ import annotations

import re
from collections.abc import Iterator

import flask
import msgspec
from flask import Blueprint, Response, request, stream_with_context

from vaultraider.api._pace import paced
from vaultraider.api._resource import current_user, route, services
from vaultraider.api._uploads import LARGEST, large_body
from vaultraider.domain.errors import Conflict, InvalidInput, NotFound, StorageFull, TooFast
from vaultraider.services.history.shapes import Imported

blueprint = Blueprint("history", __name__)

MEDIA_TYPE = "application/x-ndjson"
PIECE = 64 * 1024
IMPORTS = "20 per hour"
"""Each may take a processor for minutes."""


class ImportQuery(msgspec.Struct):
    """``replace``: what is remembered already goes for it."""

    replace: bool = False


@route(
    blueprint,
    "GET",
    "/history/export",
    summary="Everything that is remembered of the account, as JSON Lines",
    answer=str,
    media_type=MEDIA_TYPE,
    errors=(NotFound,),
)
def export_history() -> Response:
    """A line that says what it is, a line for each row, oldest first, and a last one that tells how many. 404 where there is
    nothing."""
    exported = services().history.archive.export(current_user())
    name = re.sub(r"[^0-9A-Za-z]+", "-", exported.name).strip("-").lower() or "account"
    response = flask.Response(stream_with_context(_pieces(exported.lines)), mimetype=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="vaultraider-history-{name}.jsonl"'
    response.headers["Cache-Control"] = "no-store"
    return response


@route(
    blueprint,
    "POST",
    "/history/import",
    summary="Takes over what was exported",
    takes=MEDIA_TYPE,
    largest=LARGEST,
    instead="On the server itself vaultraider history import takes any file.",
    errors=(Conflict, StorageFull, TooFast),
)
@paced(IMPORTS)
def import_history(query: ImportQuery) -> Imported:
    """The body is what ``GET /history/export`` gave, at most 200 MB, of the same Destiny account. All of it or nothing: 409 where
    something is remembered already, unless ``replace`` is true; 400 names the line that cannot be read."""
    if request.mimetype != MEDIA_TYPE:
        raise InvalidInput("Content-Type", f"Send the exported file itself, with the header Content-Type: {MEDIA_TYPE}.")
    return services().history.archive.restore(current_user(), large_body(), replace=query.replace)


def _pieces(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Lines in pieces that are worth a packet."""
    held: list[bytes] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= PIECE:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)
