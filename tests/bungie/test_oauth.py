"""Sign-in, and what its failures mean: nobody is signed out but by what ends a sign-in."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from tests.bungie.stub import SECRET, Reply, Stub, envelope, page, raw

from vaultraider.bungie.oauth import ENDS_SIGN_IN
from vaultraider.domain import errors

PAIR: dict[str, Any] = {
    "access_token": "access-1",
    "token_type": "Bearer",
    "expires_in": 3600,
    "refresh_token": "refresh-1",
    "refresh_expires_in": 7776000,
    "membership_id": "17429800",
}


def problem(description: str, error: str = "server_error", http: int = 400) -> Reply:
    return raw(json.dumps({"error": error, "error_description": description}), http)


def test_the_authorize_address_has_no_scope() -> None:
    parts = urlsplit(Stub(envelope()).bungie.oauth.authorize_url("st/ate+1"))
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "www.bungie.net", "/en/OAuth/Authorize")
    assert parse_qs(parts.query) == {"client_id": ["31337"], "response_type": ["code"], "state": ["st/ate+1"]}


def test_asking_again_who_signs_in() -> None:
    address = Stub(envelope()).bungie.oauth.authorize_url("s", reauth=True)
    assert parse_qs(urlsplit(address).query)["reauth"] == ["true"]


@pytest.mark.parametrize(
    ("ask", "form"),
    [
        (lambda oauth: oauth.exchange("co+de"), {"grant_type": ["authorization_code"], "code": ["co+de"]}),
        (lambda oauth: oauth.refresh("re/fresh="), {"grant_type": ["refresh_token"], "refresh_token": ["re/fresh="]}),
    ],
)
def test_a_pair_comes_back(ask: Any, form: dict[str, list[str]]) -> None:
    stub = Stub(raw(json.dumps(PAIR)))
    pair = ask(stub.bungie.oauth)
    (sent,) = stub.requests
    assert (sent.method, str(sent.url)) == ("POST", "https://www.bungie.net/Platform/App/OAuth/token/")
    assert sent.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert "Authorization" not in sent.headers
    assert parse_qs(sent.content.decode()) == form | {"client_id": ["31337"], "client_secret": [SECRET]}
    assert (pair.access_token, pair.refresh_token, pair.bungie_membership_id) == ("access-1", "refresh-1", "17429800")
    assert pair.access_expires == stub.clock.now() + timedelta(hours=1)
    assert pair.refresh_expires == stub.clock.now() + timedelta(days=90)


def test_a_public_client_has_no_secret_and_gets_no_refresh_token() -> None:
    given = {name: value for name, value in PAIR.items() if not name.startswith("refresh")}
    stub = Stub(raw(json.dumps(given)), client_secret="")
    pair = stub.bungie.oauth.exchange("code")
    assert b"client_secret" not in stub.requests[0].content
    assert (pair.refresh_token, pair.refresh_expires) == (None, None)


def test_without_a_client_id_nothing_is_sent() -> None:
    stub = Stub(raw(json.dumps(PAIR)), client_id="")
    with pytest.raises(errors.OperatorMistake):
        stub.bungie.oauth.refresh("r")
    assert stub.requests == []


# What the token endpoint answers to a refresh, and what it means.
REFUSALS: list[tuple[str, Reply, type[Exception]]] = [
    # No answer that could be believed.
    ("no connection", httpx2.ConnectError("no"), errors.BungieUnreachable),
    ("silence", httpx2.ReadTimeout("no"), errors.BungieUnreachable),
    ("cut off", httpx2.RemoteProtocolError("no"), errors.BungieGarbled),
    ("HTML as 200", page(200), errors.BungieGarbled),
    ("HTML as 400", page(400), errors.BungieGarbled),
    ("HTML as 401", page(401), errors.BungieGarbled),
    ("HTML as 403", page(403), errors.BungieUnreachable),
    ("HTML as 500", page(500), errors.BungieGarbled),
    ("HTML as 503", page(503), errors.BungieUnavailable),
    ("HTML as 522", page(522), errors.BungieUnreachable),
    ("JSON as 500", problem("Huh", http=500), errors.BungieUnavailable),
    ("a name that ends sign-ins as 500", problem("AuthorizationRecordRevoked", http=500), errors.BungieUnavailable),
    ("invalid_grant as 502", problem("", "invalid_grant", 502), errors.BungieUnavailable),
    ("half a pair", raw(json.dumps(PAIR)[:60]), errors.BungieGarbled),
    ("a pair without tokens", raw("{}"), errors.BungieGarbled),
    ("a pair that has expired", raw(json.dumps(PAIR | {"expires_in": 0})), errors.BungieGarbled),
    ("a redirect", page(302, location="https://bungie.net/x"), errors.OperatorMistake),
    # Maintenance.
    ("maintenance", problem("SystemDisabled"), errors.BungieMaintenance),
    ("maintenance as 503", problem("SystemDisabled", http=503), errors.BungieMaintenance),
    ("maintenance as 401", problem("SystemDisabled", http=401), errors.BungieMaintenance),
    ("maintenance as invalid_grant", problem("SystemDisabled", "invalid_grant"), errors.BungieMaintenance),
    ("maintenance in an envelope", envelope(code=5, http=400), errors.BungieMaintenance),
    ("noise in an envelope", envelope(code=1618, http=400), errors.BungieUnavailable),
    # Throttling.
    ("a throttle", envelope(code=51, http=400, ThrottleSeconds=10), errors.BungieThrottled),
    ("the edge's throttle", page(429, retry_after="5"), errors.BungieThrottled),
    ("a throttle without envelope", problem("Slow", http=429), errors.BungieThrottled),
    # The owner's affairs.
    ("a wrong secret", problem("ApplicationTokenKeyIdDoesNotExist", "invalid_client"), errors.OperatorMistake),
    ("a wrong secret as 401", problem("", "invalid_client", 401), errors.OperatorMistake),
    ("a wrong key", envelope(code=2101, http=401), errors.OperatorMistake),
    ("another address", problem("redirect_uri does not match application configuration."), errors.OperatorMistake),
    # The end of the sign-in.
    *[(f"{name} as {http}", problem(name, http=http), errors.SignInEnded) for name in ENDS_SIGN_IN for http in (400, 401)],
    *[
        (f"{name} in an envelope", envelope(code=code, status=name, http=500), errors.SignInEnded)
        for name, code in ENDS_SIGN_IN.items()
    ],
    ("an old token after a change of keys", problem("Decryption key ID in token envelope is unknown"), errors.SignInEnded),
    ("invalid_grant", problem("whatever", "invalid_grant"), errors.SignInEnded),
    ("JSON as 401", problem("Huh", http=401), errors.SignInEnded),
    ("JSON as 403", problem("Huh", http=403), errors.SignInEnded),
    ("please sign in as 401", envelope(code=99, http=401), errors.SignInEnded),
    # Any other 400: the caller counts.
    ("an unknown 400", problem("Huh"), errors.BungieRefusal),
    ("a nameless 400", raw('{"error":"server_error"}', 400), errors.BungieRefusal),
    ("too early", problem("RefreshTokenNotYetValid"), errors.BungieRefusal),
    ("a bad request", problem("", "invalid_request"), errors.BungieRefusal),
    ("an unknown code", envelope(code=12345, http=400), errors.BungieRefusal),
]  # fmt: skip


@pytest.mark.parametrize(("reply", "kind"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS])
def test_what_a_failed_refresh_means(reply: Reply, kind: type[Exception]) -> None:
    stub = Stub(reply)
    with pytest.raises(errors.VaultRaiderError) as caught:
        stub.bungie.oauth.refresh("refresh-1")
    assert isinstance(caught.value, kind), repr(caught.value)
    if kind is not errors.SignInEnded:
        assert not isinstance(caught.value, errors.SignInEnded)
    assert (type(caught.value) is errors.BungieRefusal) == (kind is errors.BungieRefusal)
    assert len(stub.requests) == 1, "A refresh token is good for one use: never twice."


def test_throttling_of_sign_in_slows_everybody() -> None:
    stub = Stub(envelope(code=51, http=429, ThrottleSeconds=30))
    with pytest.raises(errors.BungieThrottled) as caught:
        stub.bungie.oauth.refresh("refresh-1")
    assert caught.value.retry_after == pytest.approx(30)
    assert stub.throttle.slowed == [30]


def test_a_late_code_says_to_begin_again() -> None:
    with pytest.raises(errors.SignInEnded, match="Begin it again"):
        Stub(problem("AuthorizationCodeStale")).bungie.oauth.exchange("code")


def test_another_address_is_named() -> None:
    with pytest.raises(errors.OperatorMistake, match=r"https://vault\.example/callback/bungie"):
        Stub(problem("redirect_uri does not match application configuration.")).bungie.oauth.exchange("code")
