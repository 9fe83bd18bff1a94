"""The pages that React draws: one frame for all, with what each needs first fetched ahead."""

from __future__ import annotations

from typing import Any, cast

import flask
from flask import Blueprint, render_template, request

from vaultraider.api._resource import PersonSession, services
from vaultraider.api._runs import Run, told_run
from vaultraider.services.status import UPDATE_JOB
from vaultraider.web.assets import APP, NOT_BUILT, front_end
from vaultraider.web.sign_in import landing

blueprint = Blueprint("shell", __name__)

SESSION = "/api/v1/session"
PROFILE = "/api/v1/profile"
STATUS = "/api/v1/status"
MANIFEST = "/api/v1/manifest"
XUR = "/api/v1/xur"
MESSAGES = "/api/v1/notifications?limit=30"
"""The first of them, as the page asks for them."""
LEDGERS = "/api/v1/ledgers"
WISH_LISTS = "/api/v1/wish_lists"
BOARD = "/api/v1/board"
REFRESH = 5
"""Seconds after which a page that no script keeps fresh is loaded again."""


@blueprint.get("/vault")
@blueprint.get("/vault/items/<_item>")
def vault(_item: str = "") -> str | tuple[str, int]:
    return _frame("vault", SESSION, PROFILE)


@blueprint.get("/organizer")
@blueprint.get("/organizer/items/<_item>")
def organizer(_item: str = "") -> str | tuple[str, int]:
    return _frame("organizer", SESSION, PROFILE)


@blueprint.get("/search")
def search() -> str | tuple[str, int]:
    return _frame("search", SESSION, PROFILE)


@blueprint.get("/characters")
@blueprint.get("/characters/<_character>")
def characters(_character: str = "") -> str | tuple[str, int]:
    return _frame("characters", SESSION, PROFILE)


@blueprint.get("/xur")
def xur() -> str | tuple[str, int]:
    return _frame("xur", SESSION, XUR, public=True)


@blueprint.get("/xur/<_weekend>")
def xur_visit(_weekend: str) -> str | tuple[str, int]:
    return _frame("xur", SESSION, XUR, public=True)


@blueprint.get("/timeline")
def timeline() -> str | tuple[str, int]:
    return _frame("timeline", SESSION, PROFILE)


@blueprint.get("/timeline/items/<_item>")
def timeline_item(_item: str) -> str | tuple[str, int]:
    return _frame("timeline/items", SESSION, PROFILE)


@blueprint.get("/timeline/difference")
def timeline_difference() -> str | tuple[str, int]:
    return _frame("timeline/difference", SESSION, PROFILE)


@blueprint.get("/timeline/lost")
def timeline_lost() -> str | tuple[str, int]:
    return _frame("timeline/lost", SESSION, PROFILE)


@blueprint.get("/ledgers")
@blueprint.get("/ledgers/<_ledger>")
def ledgers(_ledger: str = "") -> str | tuple[str, int]:
    return _frame("ledgers", SESSION, PROFILE, LEDGERS)


@blueprint.get("/journal")
def journal() -> str | tuple[str, int]:
    return _frame("journal", SESSION, PROFILE)


@blueprint.get("/notifications")
def notifications() -> str | tuple[str, int]:
    return _frame("notifications", SESSION, PROFILE, MESSAGES)


@blueprint.get("/system")
def system() -> str | tuple[str, int]:
    return _frame("system", SESSION, PROFILE, STATUS, MANIFEST)


@blueprint.get("/updateManifest")
def update_manifest() -> str | tuple[str, int]:
    """Also without any script: then its button is in the frame itself."""
    overview = services().manifest_overviews.overview
    known: dict[str, Any] = {"overview": overview, "last_run": _last_update}
    return _frame("updateManifest", SESSION, PROFILE, MANIFEST, unscripted="_update_manifest.html", **known)


def _last_update() -> Run | None:
    """What was asked for last, and what came of it."""
    newest = services().jobs.latest(kind=UPDATE_JOB, limit=1)
    return told_run(newest[0]) if newest else None


@blueprint.get("/settings")
def settings() -> str | tuple[str, int]:
    return _frame("settings", SESSION, PROFILE)


@blueprint.get("/wishes")
def wishes() -> str | tuple[str, int]:
    return _frame("wishes", SESSION, PROFILE, WISH_LISTS)


@blueprint.get("/board")
def board() -> str | tuple[str, int]:
    """Also without any script: then the server shows the values itself, and the browser asks again every few seconds."""
    board = services().board
    user = cast(PersonSession, flask.session).user
    known: dict[str, Any] = {"board": lambda: board.show(user), "refresh": REFRESH} if board.may_look(user) else {}
    return _frame("board", SESSION, BOARD, public=board.is_public, unscripted="_board.html", **known)


def _frame(page: str, *data: str, public: bool = False, unscripted: str = "", **known: Any) -> str | tuple[str, int]:
    """The frame for who is signed in, the front page for others; that one comes back here after the sign-in.

    ``public``: others see the page, too, in a frame that asks for nobody's data. ``unscripted``: the template of what is shown
    where no scripts run; it has what is ``known``.
    """
    user = cast(PersonSession, flask.session).user
    if user is None and not public:
        return landing(next_path=request.full_path.removesuffix("?"))
    if not front_end().is_built:
        return render_template(
            "error.html", status=503, title="Not built yet", sentence=NOT_BUILT, reference="", retry_after=None
        ), 503
    scripts = front_end().preloads(APP, f"src/pages/{page}.tsx")
    return render_template(
        "shell.html", script=front_end().url(APP), scripts=scripts, data=data, user=user, unscripted=unscripted, **known
    )
