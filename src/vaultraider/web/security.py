"""What every answer and every request keeps to: headers, CSRF, where a request comes from, the names we answer to."""

from __future__ import annotations

import functools
import ipaddress
import socket
from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import MisdirectedRequest
from werkzeug.middleware.proxy_fix import ProxyFix

from vaultraider.settings import Settings

YEAR = 365 * 24 * 3600
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
NAMELESS = frozenset({"/healthz", "/readyz"})
"""What a supervisor asks, by whatever name it likes."""


def init_app(app: Flask, settings: Settings) -> None:
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_port=hops)  # type: ignore[method-assign]
    is_ours = functools.lru_cache(maxsize=256)(functools.partial(answers_to, known_names(settings)))

    @app.before_request
    def _place() -> None:
        if not is_ours(request.host) and request.path not in NAMELESS:
            raise MisdirectedRequest
        if request.method in UNSAFE:
            _refuse_strangers()

    # The token lives as long as the session. Where a request comes from is looked at above, and a browser that hides its
    # Referer is welcome.
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False)
    CSRFProtect(app)
    _init_headers(app, settings)


def _init_headers(app: Flask, settings: Settings) -> None:
    always = [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ]
    policy = content_policy(settings)

    @app.after_request
    def _headers(response: Response) -> Response:
        headers = response.headers
        headers.extend(always)
        headers.setdefault("Content-Security-Policy", policy)
        if response.mimetype == "text/html":
            headers.setdefault("Cache-Control", "no-store")
        if request.is_secure and not is_local(request.host):
            headers["Strict-Transport-Security"] = f"max-age={YEAR}"
        return response


def content_policy(settings: Settings) -> str:
    """No script and no style but our own files. Bungie is named because browsers follow a form's redirect by this rule."""
    bungie = urlsplit(settings.bungie_www)
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
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


def _refuse_strangers() -> None:
    """Refuses what another site's page sends, by what the browser itself says of it. What says nothing goes on to the token."""
    if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        raise CSRFError("sent by another site")
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise CSRFError("its Origin is another site")
