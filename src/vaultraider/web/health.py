"""For supervisors and load balancers: is the process alive, and can it serve?"""

from __future__ import annotations

import logging

import flask
from flask import Blueprint, Response

from vaultraider.api._resource import services

logger = logging.getLogger(__name__)
blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return _say("ok", 200)


@blueprint.get("/readyz")
def ready() -> Response:
    """The database answers, too. Bungie being down does not make us unready: the last snapshot is served."""
    if not services().database.answers():
        logger.warning("Not ready: the database does not answer")
        return _say("the database does not answer", 503)
    return _say("ready", 200)


def _say(word: str, status: int) -> Response:
    response = flask.make_response(word + "\n", status)
    response.mimetype = "text/plain"
    response.headers["Cache-Control"] = "no-store"
    return response
