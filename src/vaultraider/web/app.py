"""The Flask application: every resource that is found, inside the same safety."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import TYPE_CHECKING

from flask import Blueprint, Flask

import vaultraider.api
import vaultraider.web
from vaultraider.api import _streams
from vaultraider.settings import Settings
from vaultraider.web import errors, security, tries
from vaultraider.web.sessions import DatabaseSessions

if TYPE_CHECKING:
    from vaultraider.bootstrap import Services

MAX_BODY = 1 << 20
"""Bytes. The largest thing that a page sends is far smaller."""


def create_app(services: Services, settings: Settings) -> Flask:
    """The application over these services.

    Each file of ``api/`` and ``web/`` that does not begin with an underscore and has a ``blueprint`` is registered: nobody
    edits a list to add one.
    """
    app = Flask("vaultraider.web", static_folder=None)
    app.secret_key = services.accounts.web_secret
    by_https = settings.redirect_url.startswith("https://")
    app.session_interface = DatabaseSessions(services.accounts.sessions, services.clock, secure=by_https)
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_MEMORY_SIZE=MAX_BODY,
        TRAP_HTTP_EXCEPTIONS=False,
        PROPAGATE_EXCEPTIONS=False,
    )
    app.extensions["vaultraider"] = services
    app.extensions["vaultraider.settings"] = settings
    errors.init_app(app)
    security.init_app(app, settings)
    tries.init_app(app)
    _streams.init_app(app, settings.threads, settings.board_streams)
    for module in resources():
        app.register_blueprint(module.blueprint)
    return app


def resources() -> Iterator[ModuleType]:
    """Every module with a ``blueprint``, found by looking into the two folders."""
    for package in (vaultraider.api, vaultraider.web):
        for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda each: each.name):
            if found.name.startswith("_"):
                continue
            module = importlib.import_module(f"{package.__name__}.{found.name}")
            if isinstance(getattr(module, "blueprint", None), Blueprint):
                yield module
