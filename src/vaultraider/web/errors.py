"""A failure as an answer: problem+json under /api, a page elsewhere. The table is ``api/_problems.py``.

Every failure has a short reference that is shown and logged. Nothing unexpected tells its details to the outside.
"""

from __future__ import annotations

import logging
from typing import cast

import flask
import msgspec
from flask import Flask, Response, render_template, request
from flask_wtf.csrf import CSRFError
from jinja2 import TemplateError
from werkzeug.exceptions import HTTPException

from vaultraider.api._problems import MEDIA_TYPE, Problem, new_reference, problem_of, status_of, title_of
from vaultraider.api._resource import PersonSession, asked_operation
from vaultraider.database.engine import is_away
from vaultraider.domain.errors import (
    BungieUnavailable,
    Busy,
    InvalidInput,
    NotFound,
    NotSignedIn,
    StorageAway,
    VaultRaiderError,
)

logger = logging.getLogger(__name__)

MACHINES = ("/api/", "/api_1_0/")
"""Where programs ask, and people do not look."""
AWAY = 5.0
"""Seconds after which to ask again when the database was away."""

SENTENCES: dict[int, str] = {
    400: "The request cannot be read. Go back and try again.",
    403: "This is not allowed.",
    404: "There is nothing at this address.",
    405: "This address does not take that kind of request.",
    414: "The address is too long.",
    421: "This server is not known by that name. Use the address that its owner gave you.",
    415: "Send JSON, with the header Content-Type: application/json.",
    429: "Too many tries in a short time. Wait a little and try again.",
    500: "This broke on our side. Nothing was moved. Try again; if it stays, look for the reference in the log.",
}
CSRF_SENTENCE = "This page is out of date. Load it again and repeat what you did."


def init_app(app: Flask) -> None:
    app.register_error_handler(VaultRaiderError, _known)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def wants_json() -> bool:
    return request.path.startswith(MACHINES)


def _known(error: VaultRaiderError) -> Response:
    reference = new_reference()
    status = status_of(error)
    level = logging.INFO if status < 500 or isinstance(error, BungieUnavailable) else logging.WARNING
    if type(error) is Busy:  # who finds no place for a stream asks again every few seconds, for hours
        level = logging.DEBUG
    if not isinstance(error, NotSignedIn | NotFound | InvalidInput):
        logger.log(level, "%s %s: %s (%s)", reference, _place(), type(error).__name__, error.code)
    return _answer(problem_of(error, reference))


def _csrf(error: CSRFError) -> Response:
    if wants_json() and cast(PersonSession, flask.session).user is None:
        return _known(NotSignedIn())  # the session has ended: the token is only the first thing to notice
    reference = new_reference()
    logger.info("%s %s: refused, %s", reference, _place(), error.description)
    return _answer(Problem(title=title_of(403), status=403, detail=CSRF_SENTENCE, code="csrf", reference=reference))


def _http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return flask.make_response(error.get_response())
    # What broke while the session was opened or saved arrives in a wrapping.
    cause = getattr(error, "original_exception", None)
    if cause is not None and is_away(cause):
        return _known(StorageAway(retry_after=AWAY))
    reference = new_reference()
    code = error.name.lower().replace(" ", "-")
    detail = too_large() if error.code == 413 else SENTENCES.get(error.code, SENTENCES[400 if error.code < 500 else 500])
    answer = _answer(Problem(title=title_of(error.code), status=error.code, detail=detail, code=code, reference=reference))
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def too_large() -> str:
    """What is the most that this request could have brought, and what can be done with more."""
    operation, most = asked_operation(), request.max_content_length or 0
    told = f"What was sent is larger than {most // 2**20} MB, the most that is taken here; nothing of it was kept."
    if operation is not None and operation.largest > most:
        kinds = " or ".join(operation.takes.split())
        return f"{told} Up to {operation.largest // 2**20} MB are taken with the header Content-Type: {kinds}."
    return f"{told} {operation.instead}" if operation is not None and operation.instead else told


def _unexpected(error: Exception) -> Response:
    if is_away(error):
        return _known(StorageAway(retry_after=AWAY))
    reference = new_reference()
    logger.error("%s %s broke", reference, _place(), exc_info=error)
    return _answer(Problem(title=title_of(500), status=500, detail=SENTENCES[500], code="broken", reference=reference))


def _place() -> str:
    """Method and route, never the address itself: that can hold a code, a state or an invitation."""
    return f"{request.method} {request.url_rule.rule if request.url_rule else '(no route)'}"


def _answer(problem: Problem) -> Response:
    if wants_json():
        response = Response(msgspec.json.encode(problem), problem.status, mimetype=MEDIA_TYPE)
    else:
        response = Response(_page(problem), problem.status, mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    if isinstance(problem.retry_after, int):
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def _page(problem: Problem) -> str:
    try:
        return render_template(
            "error.html",
            status=problem.status,
            title=problem.title,
            sentence=problem.detail,
            reference=problem.reference,
            retry_after=problem.retry_after if isinstance(problem.retry_after, int) else None,
        )
    except TemplateError:
        logger.exception("%s the error page itself broke", problem.reference)
        return f"{problem.title}. {SENTENCES[500]} {problem.reference}"
