"""The vault page's one request, and asking Bungie for something newer."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request
from msgspec import UNSET
from werkzeug.datastructures import Accept, Headers
from werkzeug.http import parse_accept_header

from vaultraider.api._profile_types import ProfileAnswer, ProfileQuery, RefreshAnswer, RefreshQuery
from vaultraider.api._resource import current_user, route, services
from vaultraider.api._times import asked_moment, stamp
from vaultraider.domain.errors import (
    AccountNotFound,
    BungieUnavailable,
    Conflict,
    DefinitionsMissing,
    MemoryDamaged,
    NotFound,
    ProfilePrivate,
    SignInEnded,
)
from vaultraider.services.inventory import Encoding

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

blueprint = Blueprint("profile", __name__)


class ReadyResponse(Response):
    """Its headers are complete: nothing is looked for, added or taken away on the way out, which costs a tenth of a request."""

    default_mimetype = None

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:
        return self.headers


@route(
    blueprint,
    "GET",
    "/profile",
    summary="The account as the vault page shows it",
    answer=ProfileAnswer,
    errors=(DefinitionsMissing, BungieUnavailable, SignInEnded, AccountNotFound, ProfilePrivate, NotFound, MemoryDamaged),
)
def profile(query: ProfileQuery) -> Response:
    """The last known state, at once; only the first time Bungie is waited for. Answers 304 to a matching ``If-None-Match``.

    With ``at`` the state of then, from memory alone, joined with today's definitions: 404 where the memory begins later.
    """
    user = current_user()
    if isinstance(query.at, str):
        answer = services().history.past.answer(user, asked_moment(query.at, "at", services().clock.now()))
    else:
        answer = services().inventory.answer(user)
    environ = request.environ
    encoding = preferred_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    etag = answer.etag(encoding)
    headers = [("ETag", etag), ("Cache-Control", "private, no-cache"), ("Vary", "Accept-Encoding, Cookie")]
    if matches(environ.get("HTTP_IF_NONE_MATCH", ""), etag):
        return ReadyResponse(status=304, headers=headers)
    if encoding != "identity":
        headers.append(("Content-Encoding", encoding))
    body = answer.body(encoding)
    headers += [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    return ReadyResponse(body, headers=headers)


@route(
    blueprint,
    "POST",
    "/profile/refresh",
    summary="Asks Bungie for a newer state",
    errors=(BungieUnavailable, SignInEnded, AccountNotFound, ProfilePrivate, Conflict),
)
def refresh_profile(query: RefreshQuery) -> RefreshAnswer:
    """An open page asks this now and then: Bungie is asked only when the account is due, and ``next`` says when that is.
    ``forced`` asks it now, every 5 seconds at most; sooner, the answer says how long to wait."""
    attended = services().watching.attend(current_user(), forced=query.forced)
    found = attended.found
    return RefreshAnswer(
        changed=found.changed,
        read=stamp(found.read),
        checked=stamp(found.checked),
        minted=found.minted or UNSET,
        wait=round(found.wait, 1) if found.wait else UNSET,
        next=stamp(attended.next) if attended.next is not None else UNSET,
    )


@functools.lru_cache(maxsize=64)
def preferred_encoding(accepted: str) -> Encoding:
    """The best that the browser takes; brotli before gzip where it does not mind."""
    accept = parse_accept_header(accepted, Accept)
    offers: tuple[Encoding, ...] = ("br", "gzip")
    best = max(offers, key=lambda name: accept.quality(name))
    return best if accept.quality(best) > 0 else "identity"


def matches(asked: str, etag: str) -> bool:
    """Whether ``If-None-Match`` names the tag. A proxy may have made it weak on the way."""
    return bool(asked) and any(tag.strip().removeprefix("W/") in (etag, "*") for tag in asked.split(","))
