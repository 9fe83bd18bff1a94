"""Sending an answer that is encoded already: compressed as the browser takes it, and not at all where it has it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from flask import Response, request
from werkzeug.datastructures import Accept, Headers
from werkzeug.http import parse_accept_header

from vaultraider.services.inventory import Answer, Encoding

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


class ReadyResponse(Response):
    """Its headers are complete: nothing is looked for, added or taken away on the way out, which costs a tenth of a request."""

    default_mimetype = None

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:
        return self.headers


def ready(answer: Answer) -> Response:
    """304 to a matching ``If-None-Match``."""
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
