"""``POST /updateManifest``: looks for new definitions now. Its page, by GET, is one of the shell's and changes nothing."""

from __future__ import annotations

import flask
from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from vaultraider.api._pace import paced
from vaultraider.api._resource import require_admin
from vaultraider.api.manifest import UPDATES, ask_for_update

blueprint = Blueprint("update_manifest", __name__)

PATH = "/updateManifest"


@blueprint.post(PATH)
def update() -> Response:
    """For admins, from a form or as JSON by what is accepted: 303 back to the page, or 202 with the number of the work."""
    require_admin()
    job = _asked()
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        answer = flask.jsonify(job=job)
        answer.headers["Cache-Control"] = "no-store"
        return flask.make_response(answer, 202)
    return redirect(PATH, 303)


@paced(UPDATES)
def _asked() -> str:
    return ask_for_update()
