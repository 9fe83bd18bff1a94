"""Moving, equipping, locking: wishes in, transfers out, and each change of one as it happens."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import cast

import flask
import msgspec
from flask import Blueprint, Response, request

import vaultraider
from vaultraider.api import _streams
from vaultraider.api._changes import Changes
from vaultraider.api._pace import paced
from vaultraider.api._ready import matches
from vaultraider.api._resource import PersonSession, current_user, route, services
from vaultraider.api._transfer_types import (
    AskHeaders,
    AskQuery,
    Transfer,
    TransferList,
    TransferPlan,
    TransfersQuery,
    told,
    told_plan,
)
from vaultraider.domain.errors import (
    AccountNotFound,
    BungieUnavailable,
    Busy,
    Conflict,
    DefinitionsMissing,
    NotFound,
    ProfilePrivate,
    SignInEnded,
    TooFast,
)
from vaultraider.domain.people import User
from vaultraider.domain.transfers.wishes import AskedWish
from vaultraider.ports.transfers import TransferRecord

blueprint = Blueprint("transfers", __name__)

NUMBER = "<int(max=2147483647):id>"
NO_WORLD = (DefinitionsMissing, BungieUnavailable, SignInEnded, AccountNotFound, ProfilePrivate)
"""Why there may be nothing to plan with."""
WRITES = "120 per minute"
PAGE = "page"
"""Who asked, for all that comes with a browser's session."""


@route(
    blueprint,
    "POST",
    "/transfers",
    summary="Asks for items to be moved, equipped, locked",
    status=201,
    answer=Transfer,
    also={200: (Transfer, TransferPlan)},
    errors=(Conflict, TooFast, *NO_WORLD),
)
@paced(WRITES)
def ask_transfer(body: AskedWish, query: AskQuery, headers: AskHeaders) -> Response:
    """It is written down, then carried out behind this request: 201 with the transfer as it begins.

    What cannot be done at all is a transfer, too: one that failed, with its reasons. 200 with the transfer of an
    ``Idempotency-Key`` that is known; 409 when the wish was another one. With ``preview`` 200 and the plan.
    """
    user = current_user()
    if query.preview:
        return _json(told_plan(services().transfers.preview(user, body)), 200)
    key = headers.key if isinstance(headers.key, str) else None
    record, is_new = services().transfers.ask(user, body, asked_by=PAGE, key=key)
    return _json(_told(record), 201 if is_new else 200)


@route(blueprint, "GET", "/transfers", summary="The latest transfers", answer=TransferList)
def transfers(query: TransfersQuery) -> Response:
    """Newest first. The first page always holds what is under way. Answers 304 to a matching ``If-None-Match``."""
    user = current_user()
    etag = _etag(user, query)
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Cookie"}
    if matches(request.headers.get("If-None-Match", ""), etag):
        return Response(status=304, headers=headers)
    before = int(query.before) if isinstance(query.before, str) else None
    found = services().transfers.latest(user, limit=query.limit, before=before)
    return _json(TransferList([_told(each) for each in found]), 200, headers)


@route(
    blueprint,
    "GET",
    "/transfers/changes",
    summary="Each change of a transfer as it happens",
    answer=str,
    media_type="text/event-stream",
    errors=(Busy,),
)
def changes() -> Response:
    """Server-Sent Events: first ``transfers`` (a TransferList of what is under way, unconfirmed or recent), then ``transfer``
    (a Transfer) for each change.

    It ends after five minutes, as browsers come again by themselves. 503 with ``Retry-After`` where too many are open: then ask
    for the list now and then.
    """
    user = current_user()
    place = _streams.streams().admit(user.id)
    try:
        found = Changes(services().transfers, user, services().clock.now)
        return _streams.answer(place, found.listening(), cast(PersonSession, flask.session).lasts)
    except BaseException:
        place.close()
        raise


@route(blueprint, "GET", f"/transfers/{NUMBER}", summary="One transfer", errors=(NotFound,))
def transfer(id: int) -> Transfer:
    return _told(services().transfers.get(current_user(), id))


@route(blueprint, "POST", f"/transfers/{NUMBER}/cancel", summary="Stops a transfer", errors=(NotFound, Conflict, TooFast))
@paced(WRITES)
def cancel_transfer(id: int) -> Transfer:
    """It stops after the step that is running. What was done stays done."""
    return _told(services().transfers.cancel(current_user(), id))


@route(
    blueprint,
    "POST",
    f"/transfers/{NUMBER}/retry",
    summary="Tries a transfer again",
    status=201,
    errors=(NotFound, Conflict, TooFast, *NO_WORLD),
)
@paced(WRITES)
def retry_transfer(id: int) -> Transfer:
    """The same wish as a new transfer, planned for how things are now."""
    return _told(services().transfers.retry(current_user(), id))


@route(
    blueprint,
    "POST",
    f"/transfers/{NUMBER}/undo",
    summary="Takes a transfer back",
    status=201,
    errors=(NotFound, Conflict, TooFast, *NO_WORLD),
)
@paced(WRITES)
def undo_transfer(id: int) -> Transfer:
    """A new transfer that brings back what this one moved, offered for 30 days. What was moved since stays, and is told."""
    return _told(services().transfers.undo(current_user(), id))


def _etag(user: User, query: TransfersQuery) -> str:
    """Changes with every change of a transfer. It is made without reading them, as pages ask every few seconds.

    Whatever changed since yesterday counts, and the day itself, as what changed earlier drops out.
    """
    today = _now().replace(hour=0, minute=0, second=0, microsecond=0)
    changed = services().transfers.revisions(user, today - timedelta(days=1))
    marks = (vaultraider.__version__, user.id, today.isoformat(), query.limit, str(query.before), sorted(changed.items()))
    return f'"{hashlib.sha256(msgspec.json.encode(marks)).hexdigest()[:24]}"'


def _told(record: TransferRecord) -> Transfer:
    return told(record, _now())


def _now() -> datetime:
    return services().clock.now()


def _json(answer: msgspec.Struct, status: int, headers: dict[str, str] | None = None) -> Response:
    return Response(msgspec.json.encode(answer), status, headers or {"Cache-Control": "no-store"}, mimetype="application/json")
