"""``GET /api_1_0/finance/<ledger>/<year>``: what came in, by quarter, in the form that programs have asked for since 2018."""

from __future__ import annotations

import flask
from flask import Blueprint, Response

from vaultraider.api._resource import current_user, services

blueprint = Blueprint("finance", __name__)


@blueprint.get("/api_1_0/finance/<ledger>/<year>")
def finance(ledger: str, year: str) -> Response:
    """For who is signed in: whole numbers, by quarters in UTC. 404 for a ledger that is not theirs, 400 for no year."""
    earned = services().ledgers.earnings(current_user(), ledger, year)
    answer = flask.jsonify(items={f"q{n}_earnings": amount for n, amount in enumerate(earned, 1)})
    answer.headers["Cache-Control"] = "no-store"
    return answer
