"""What every answer and every request keeps to: headers, CSRF, where a request comes from, the names we answer to."""

from __future__ import annotations

import functools
import ipaddress
import socket
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from flask import Flask, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import MisdirectedRequest
from werkzeug.middleware.proxy_fix import ProxyFix

from vaultraider.api._resource import asked_operation
from vaultraider.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

YEAR = 365 * 24 * 3600
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
HTML = ("Content-Type", "text/html; charset=utf-8")
ALWAYS = [
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
]
REFERRER = ("Referrer-Policy", "same-origin")
PARTS = ("/icons/", "/assets/")
"""Where pictures, scripts and styles are: none of them leads to another site, and there are a hundred and thirty to a vault."""
BARE = ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
"""For whatever is no page: should a browser show it as one all the same, it may do nothing."""
OF_PAGES = [
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
]
"""Browsers heed these for documents alone; on a hundred pictures they would be a twentieth of what a vault weighs."""
OF_FRAMES = [("X-Frame-Options", "SAMEORIGIN"), *OF_PAGES[1:]]
"""For a document with a policy of its own: it is made to be shown inside of a page of ours."""
NAMELESS = frozenset({"/healthz", "/readyz"})
"""What a supervisor asks, by whatever name it likes."""


def init_app(app: Flask, settings: Settings) -> None:
    app.wsgi_app = SafeHeaders(app.wsgi_app, settings)  # type: ignore[method-assign]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_port=hops)  # type: ignore[method-assign]
    is_ours = functools.lru_cache(maxsize=256)(functools.partial(answers_to, known_names(settings)))

    # The token lives as long as the session. A browser that hides its Referer is welcome: where a request comes from is looked
    # at here, and the token is asked for by us, so that the many requests that change nothing pay nothing.
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False, WTF_CSRF_CHECK_DEFAULT=False)
    csrf = CSRFProtect(app)

    @app.before_request
    def _place() -> None:
        if not is_ours(request.host) and request.path not in NAMELESS:
            raise MisdirectedRequest
        if request.method in UNSAFE and request.endpoint:
            _refuse_strangers()
            _make_room()
            csrf.protect()


class SafeHeaders:
    """Puts the fixed headers on every answer, in the one place where each goes out.

    Not an ``after_request``: werkzeug's headers are made for reading, and seven of them cost half of an empty request.
    """

    def __init__(self, application: WSGIApplication, settings: Settings) -> None:
        self._application = application
        self._policy = ("Content-Security-Policy", content_policy(settings))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            names = {name for name, _ in headers}
            is_page = HTML in headers
            headers += ALWAYS
            if is_page or not environ.get("PATH_INFO", "").startswith(PARTS):
                headers.append(REFERRER)
            if "Content-Security-Policy" not in names:
                headers.append(self._policy if is_page else BARE)
            if is_page:
                headers += OF_PAGES if "Content-Security-Policy" not in names else OF_FRAMES
                if "Cache-Control" not in names:
                    headers.append(("Cache-Control", "no-store"))
            if environ["wsgi.url_scheme"] == "https" and not is_local(environ.get("HTTP_HOST", "")):
                headers.append(("Strict-Transport-Security", f"max-age={YEAR}"))
            return start_response(status, headers, *rest)

        return self._application(environ, cast("StartResponse", start))


def content_policy(settings: Settings) -> str:
    """No script and no style but our own files; the frames are those in which e-mails are shown.

    Bungie is named because browsers follow a form's redirect by this rule.
    """
    bungie = urlsplit(settings.bungie_www)
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "frame-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            f"form-action 'self' {bungie.scheme}://{bungie.netloc}",
        )
    )


def known_names(settings: Settings) -> frozenset[str]:
    """The names in Host that are ours; empty: any. A real server can only be signed in to by the name of its callback."""
    callback = urlsplit(settings.redirect_url).hostname
    return frozenset({callback, settings.host.lower(), socket.gethostname().lower()}) if callback else frozenset()


def answers_to(names: frozenset[str], host: str) -> bool:
    """Whether ``host`` (of the Host header) may be us. Addresses always may: rebinding a name is the attack, not an address."""
    return not names or is_local(host) or _name_of(host) in names


def is_local(host: str) -> bool:
    """Whether ``host`` is a plain address or this very machine, and not a name that others could point here."""
    name = _name_of(host)
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _name_of(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _make_room() -> None:
    """For a file, where the route takes files. It must be said before anybody looks for a token in the body; and a form, which
    would be read then, is none."""
    operation = asked_operation()
    if operation is not None and operation.largest and request.mimetype in operation.takes.split():
        request.max_content_length = operation.largest


def _refuse_strangers() -> None:
    """Refuses what another site's page sends, by what the browser itself says of it. What says nothing goes on to the token."""
    if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        raise CSRFError("sent by another site")
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise CSRFError("its Origin is another site")
