"""Sign-in: the page where a person allows an application, and the endpoint that changes codes and tokens."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit, urlunsplit

from vaultraider.simulator import consent, fault_effects
from vaultraider.simulator.answers import PAGES, Answer, oauth_failure, redirect
from vaultraider.simulator.answers import json_answer as plain
from vaultraider.simulator.credentials import App, Refused, Tokens
from vaultraider.simulator.faults import Match

if TYPE_CHECKING:
    from vaultraider.simulator.box import Box
    from vaultraider.simulator.routing import Call

NOT_VALID = "Authorization query string parameters are not valid."
NOT_HTTPS = "The redirect URL of this application is not https. Register one that is."


def authorize(call: Call) -> Answer:
    """GET shows the page, POST carries the decision. Both end in a redirect to the registered address, or say what is wrong."""
    fields = call.request.form if call.request.method == "POST" else call.request.args
    app = call.box.credentials.apps.get(fields.get("client_id", ""))
    problem = _problem(call, app, fields.get("response_type", ""))
    if problem or app is None:
        return consent.refusal(problem or NOT_VALID)
    asked = consent.Asked(
        app=app,
        state=fields.get("state", ""),
        redirect_uri=fields.get("redirect_uri", ""),
        reauth=fields.get("reauth", "") == "true",
    )
    if call.request.method == "POST":
        return _decide(call, asked)
    person = call.box.world.person(call.box.auto_approve) if call.box.auto_approve and not asked.reauth else None
    if person is not None:
        return _approve(call, asked, person.id)
    return consent.page(call.box, asked)


def _problem(call: Call, app: App | None, response_type: str) -> str:
    """What the page says instead of asking (Bungie-net/api #1000: a scope parameter is one such thing)."""
    if app is None or response_type != "code" or "scope" in call.request.args:
        return NOT_VALID
    if urlsplit(app.redirect_url).scheme == "http" and not call.box.options.allow_http_callback:
        return NOT_HTTPS
    return ""


def _decide(call: Call, asked: consent.Asked) -> Answer:
    form = call.request.form
    if form.get("decision") != "approve":
        return back(asked.app.redirect_url, error="access_denied", state=asked.state)
    person = call.box.world.person(form.get("person", ""))
    if person is None:
        return consent.page(call.box, asked, "Choose who signs in.")
    kind = form.get("answer", "") if call.box.options.control else ""
    if kind == "down":
        return PAGES["html_503"]()
    if kind == "throttled":
        with call.box.lock:
            call.box.faults.add("throttle_ip", Match(path="(?i)oauth/token"), 1, seconds=10)
    answer = _approve(call, asked, person.id)
    if kind == "wrong_state":
        answer = back(asked.app.redirect_url, code="not-for-this-browser", state=asked.state + "x")
    elif kind == "old_code":
        with call.box.lock:
            newest = list(call.box.credentials.issued.codes.values())[-1]
            newest.issued -= call.box.knobs.code_ttl + 1
    return answer


def _approve(call: Call, asked: consent.Asked, person: str) -> Answer:
    with call.box.lock:
        code = call.box.credentials.allow(asked.app, person, call.box.knobs, asked.redirect_uri)
    return back(asked.app.redirect_url, code=code.value, state=asked.state)


def back(address: str, **fields: str) -> Answer:
    """To the application's registered address; empty fields are left out, ``state`` goes back as it came."""
    parts = urlsplit(address)
    query = "&".join(part for part in (parts.query, urlencode({name: text for name, text in fields.items() if text})) if part)
    return redirect(urlunsplit(parts._replace(query=query)))


def token(call: Call) -> Answer:
    """POST /Platform/App/OAuth/token/: no envelope, form in, flat JSON out."""
    fault_effects.token(call)
    if call.request.method != "POST":
        call.problem = "token endpoint asked with " + call.request.method
        return oauth_failure("BadRequest", "invalid_request")
    form = call.request.form
    app = _client(call)
    if app is None:
        return oauth_failure("ApplicationTokenKeyIdDoesNotExist", "invalid_client")
    with call.box.lock:
        try:
            if form.get("grant_type") == "authorization_code":
                tokens = call.box.credentials.exchange(app, form.get("code", ""), call.box.knobs)
            elif form.get("grant_type") == "refresh_token" and app.secret is not None:
                tokens = call.box.credentials.renew(app, form.get("refresh_token", ""), call.box.knobs)
            else:
                return oauth_failure("InvalidParameters", "unsupported_grant_type")
        except Refused as refused:
            return oauth_failure(refused.description, refused.error)
        call.person = tokens.grant.person
        answer = plain(given(call.box, tokens))
        answer.headers = {"Cache-Control": "no-store", "Pragma": "no-cache"}
        return answer


def given(box: Box, tokens: Tokens) -> dict[str, str | int]:
    """The body that the token endpoint answers with. Public clients get no refresh token."""
    now = box.clock.now()
    body: dict[str, str | int] = {
        "access_token": tokens.access.value,
        "token_type": "Bearer",
        "expires_in": round(tokens.access.expires - now),
    }
    if tokens.refresh is not None:
        body |= {"refresh_token": tokens.refresh.value, "refresh_expires_in": round(tokens.refresh.expires - now)}
    return body | {"membership_id": tokens.grant.person}


def _client(call: Call) -> App | None:
    """By Basic header or by fields of the form; a public client has no secret to show."""
    form = call.request.form
    client_id, secret = form.get("client_id", ""), form.get("client_secret")
    kind, _, encoded = call.request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "basic":
        try:
            client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
    app = call.box.credentials.apps.get(client_id)
    return app if app is not None and (app.secret is None or app.secret == secret) else None
