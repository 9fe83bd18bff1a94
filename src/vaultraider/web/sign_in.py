"""The pages of signing in and out. Nothing here changes anything by GET, but for the return from Bungie."""

from __future__ import annotations

import re
from typing import cast

import flask
from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

import vaultraider
from vaultraider.api._resource import services
from vaultraider.domain.errors import Forbidden
from vaultraider.services.accounts.sign_in import Declined
from vaultraider.settings import Settings
from vaultraider.web.sessions import DatabaseSession
from vaultraider.web.tries import tries

blueprint = Blueprint("sign_in", __name__)

HOME = "/vault"
_LOCAL_PATH = re.compile(r"/(?![/\\])[A-Za-z0-9_\-./?=&%~:]{0,300}")
"""Short, because it is kept until the sign-in ends, and a stranger may send it."""


def browser() -> DatabaseSession:
    """This browser's session."""
    return cast(DatabaseSession, flask.session._get_current_object())  # type: ignore[attr-defined]


def local_path(wish: str | None) -> str:
    """``wish`` when it is a path of ours, else the vault: a sign-in never ends on a stranger's page."""
    return wish if wish and _LOCAL_PATH.fullmatch(wish) else HOME


def landing(*, message: str | None = None, invitation: str | None = None, next_path: str | None = None) -> str:
    """The page for who is not signed in. ``sign_in_ended`` of the template: Bungie no longer accepts our permission."""
    user = browser().user
    settings = cast(Settings, flask.current_app.extensions["vaultraider.settings"])
    return render_template(
        "landing.html",
        version=vaultraider.__version__,
        demo=settings.open_sign_in,
        sign_in_ended=user is not None and user.sign_in == "ended",
        message=message,
        invitation=invitation,
        next=local_path(next_path) if next_path else None,
    )


@blueprint.get("/")
def front() -> str | Response:
    return redirect(HOME) if browser().user else landing()


@blueprint.post("/sign-in")
@tries("20 per minute")
def begin() -> Response:
    """To Bungie. Form: ``invitation`` (of the link), ``next`` (a local path)."""
    address = services().accounts.sign_in.begin(
        browser(), next_path=local_path(request.form.get("next")), invitation=request.form.get("invitation", "")
    )
    return redirect(address, 303)


@blueprint.get("/callback/bungie")
@tries("30 per minute")
def complete() -> Response:
    """Back from Bungie, with a code or an error."""
    outcome = services().accounts.sign_in.complete(
        browser(), state=request.args.get("state"), code=request.args.get("code"), error=request.args.get("error")
    )
    if isinstance(outcome, Declined):
        return flask.make_response(landing(message=outcome.sentence))
    browser().sign_in(outcome.user)
    return redirect(local_path(outcome.next_path), 303)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    browser().end()
    return redirect("/", 303)


@blueprint.get("/setup")
def setup() -> str | Response:
    if services().accounts.sign_in.setup_token() is None:
        return redirect("/")
    return render_template("setup.html", error=None)


@blueprint.post("/setup")
@tries("5 per minute")
def check_setup() -> Response:
    """Form: ``token``, as `up` printed it. Goes on to Bungie; who comes back owns the server."""
    desk = services().accounts.sign_in
    try:
        desk.check_setup_token(request.form.get("token", ""))
    except Forbidden as error:
        return flask.make_response(render_template("setup.html", error=error.sentence), 403)
    return redirect(desk.begin(browser(), next_path=HOME, setup=True), 303)


@blueprint.get("/invitations/<token>")
@tries("20 per minute")
def invitation(token: str) -> Response | str:
    """An invitation link: the front page, which brings the invitation along when its button is pressed."""
    if not services().accounts.invitations.is_open(token):
        sentence = "This invitation was used already, or it has ended. Ask for a new one."
        return flask.make_response(landing(message=sentence), 404)
    return landing(invitation=token)
