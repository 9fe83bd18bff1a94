"""Sign-in: where to send a player, and codes and refresh tokens into token pairs.

Bungie's flow is a peculiar subset of RFC 6749: no scope parameter, JSON errors whose description is the name of an error number,
and HTTP 400 for maintenance. What a failed exchange or refresh means:

    no answer, a page of HTML, 5xx                        BungieUnavailable    keep the tokens
    SystemDisabled                                        BungieMaintenance    keep the tokens
    a throttle                                            BungieThrottled      keep the tokens
    wrong client, secret, key or redirect address         OperatorMistake      keep the tokens
    a name of the list below, or invalid_grant            SignInEnded
    401 or 403 with JSON                                  SignInEnded
    any other 400                                         BungieRefusal        keep the tokens, count

Only a list of what does end a sign-in may end it: an outage with a bare 400 once signed out every user of another manager
(DestinyItemManager/DIM #9129). Nothing here is ever tried twice: a refresh token is good for one use.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeVar
from urllib.parse import urlencode

import msgspec

from vaultraider.bungie._client import Client, Envelope, OAuthProblem, Refused, by_code, without_envelope
from vaultraider.bungie._endpoint import Endpoint
from vaultraider.bungie._errors import MAINTENANCE, failure, plain
from vaultraider.bungie._wire import Answer, Request
from vaultraider.domain.errors import (
    BungieError,
    BungieGarbled,
    BungieRefusal,
    BungieThrottled,
    BungieUnavailable,
    OperatorMistake,
    SignInEnded,
    VaultRaiderError,
)
from vaultraider.ports import Clock, TokenPair

TOKEN = Endpoint(operation="OAuth.Token", path="/App/OAuth/token/", method="POST", kind="write")
"""Not among the paths of Bungie's OpenAPI document: it is its ``tokenUrl``."""

ENDPOINTS = [TOKEN]

AUTHORIZE_PATH = "/en/OAuth/Authorize"

ENDS_SIGN_IN: dict[str, int] = {
    "AuthorizationCodeInvalid": 2106,
    "AuthorizationCodeStale": 2122,
    "AuthorizationRecordInvalid": 2119,
    "AuthorizationRecordExpired": 2123,
    "AuthorizationRecordRevoked": 2124,
    "AuthorizationRecordInactiveApiKey": 2125,
    "ProvidedTokenNotValidRefreshToken": 2117,
    "RefreshTokenExpired": 2118,
    "TokenPreviouslyRevoked": 2120,
}
_ENDING_BEGINS = ("AuthorizationCode", "Decryption key ID")
"""The second is a token from before Bungie changed its keys (Bungie-net/api #765)."""
_CODES = frozenset(ENDS_SIGN_IN.values())

_CODE_REFUSED = "The sign-in took too long or was used already. Begin it again."
_WRONG_CLIENT = (
    "Bungie.net does not accept this server's client id and secret. Its owner can check them with `vaultraider doctor`."
)
_ANSWER_LIMIT = 64 * 2**10
_T = TypeVar("_T")


class _Tokens(msgspec.Struct):
    access_token: str
    membership_id: str | int
    expires_in: float
    refresh_token: str | None = None
    refresh_expires_in: float | None = None


class OAuth:
    """Fits the port ``OAuthGateway``."""

    def __init__(self, client: Client, clock: Clock, *, client_id: str, client_secret: str, redirect_url: str = "") -> None:
        self._client = client
        self._clock = clock
        self._client_id = client_id
        self._client_secret = client_secret
        self._redirect_url = redirect_url

    def authorize_url(self, state: str, *, reauth: bool = False) -> str:
        """Where the player's browser goes. ``reauth`` makes Bungie ask again who signs in.

        Bungie knows scopes and redirect address from the registration, and refuses the page when told scopes (#1000).
        """
        query = {"client_id": self._client_id, "response_type": "code", "state": state}
        if reauth:
            query["reauth"] = "true"
        return f"{self._client.wire.bases['www']}{AUTHORIZE_PATH}?{urlencode(query)}"

    def exchange(self, code: str) -> TokenPair:
        try:
            return self._ask({"grant_type": "authorization_code", "code": code})
        except SignInEnded as error:
            raise SignInEnded(_CODE_REFUSED) from error

    def refresh(self, refresh_token: str) -> TokenPair:
        return self._ask({"grant_type": "refresh_token", "refresh_token": refresh_token})

    def _ask(self, form: dict[str, str]) -> TokenPair:
        if not self._client_id:
            raise OperatorMistake(
                "This server has no client id of Bungie's yet. Its owner can register one: `vaultraider init` leads through it."
            )
        try:
            pair = self._once(form)
        except BungieError as error:
            self._client.health.failed(error, TOKEN)
            raise
        self._client.health.answered(game=False)
        return pair

    def _once(self, form: dict[str, str]) -> TokenPair:
        wire, gate = self._client.wire, self._client.gate
        secret = {"client_secret": self._client_secret} if self._client_secret else {}
        request = Request(
            method="POST",
            url=wire.bases["www"] + TOKEN.target({}),
            content=urlencode({**form, "client_id": self._client_id, **secret}).encode(),
            content_type="application/x-www-form-urlencoded",
        )
        gate.enter(TOKEN)
        asked = self._clock.now()
        answer = wire.send(request, until=wire.monotonic() + wire.limits.total, limit=_ANSWER_LIMIT)
        if answer.status == 200:
            tokens = _decode(answer, _Tokens)
            if tokens is not None and tokens.access_token and tokens.expires_in > 0:
                gate.succeeded()
                return _pair(tokens, asked)
        hide = (*wire.secrets, self._client_secret, *(form[name] for name in ("code", "refresh_token") if name in form))
        told: VaultRaiderError = meaning(answer, hide=hide, redirect_url=self._redirect_url)
        if isinstance(told, BungieThrottled):
            told.retry_after = gate.throttled(told.retry_after)
        raise told


def meaning(answer: Answer, *, hide: tuple[str, ...] = (), redirect_url: str = "") -> VaultRaiderError:
    """What a failed answer of the token endpoint means: the table above."""
    envelope = _decode(answer, Envelope)
    problem = None if envelope is not None else _decode(answer, OAuthProblem)
    if envelope is None and problem is None:
        error = without_envelope(answer).error
        return error if isinstance(error, BungieUnavailable | OperatorMistake) else BungieGarbled()
    name, description = _names(envelope, problem)
    code = envelope.code if envelope is not None else None
    if description == "SystemDisabled" or code == MAINTENANCE:
        return failure(MAINTENANCE, status="SystemDisabled")
    if envelope is not None:
        refused = by_code(envelope, answer, hide=hide)
        if isinstance(refused.error, BungieUnavailable):
            return _with_told(refused)
        if code in _CODES:
            return SignInEnded()
        if isinstance(refused.error, OperatorMistake):
            return refused.error
    if answer.status == 429:
        return BungieThrottled(retry_after=answer.retry_after)
    if answer.status >= 500 or answer.status < 400:
        return BungieUnavailable(retry_after=answer.retry_after)
    if name == "invalid_client":
        return OperatorMistake(_WRONG_CLIENT)
    if description.startswith("redirect_uri"):
        return OperatorMistake(_wrong_redirect(redirect_url))
    if name == "invalid_grant" or description in ENDS_SIGN_IN or description.startswith(_ENDING_BEGINS):
        return SignInEnded()
    if answer.status in (401, 403):
        return SignInEnded()
    said = plain(description or name, hide) or "without a reason"
    return BungieRefusal(f"Bungie.net did not accept the sign-in: {said}. Try again.", error_code=code)


def _names(envelope: Envelope | None, problem: OAuthProblem | None) -> tuple[str, str]:
    """The OAuth error and its description, or the envelope's name for its code."""
    if problem is not None:
        return problem.error, problem.error_description
    return "", (envelope.status or "") if envelope is not None else ""


def _with_told(refused: Refused) -> BungieError:
    if isinstance(refused.error, BungieThrottled):
        refused.error.retry_after = refused.told
    return refused.error


def _wrong_redirect(redirect_url: str) -> str:
    address = f" ({redirect_url})" if redirect_url else ""
    return (
        f"The redirect address registered with Bungie.net is not the one of this server{address}. Its owner can mend that there."
    )


def _pair(tokens: _Tokens, asked: datetime) -> TokenPair:
    """Lifetimes count from when we asked: rather a little early than late."""
    lasts = tokens.refresh_expires_in
    return TokenPair(
        access_token=tokens.access_token,
        access_expires=asked + timedelta(seconds=tokens.expires_in),
        refresh_token=tokens.refresh_token or None,
        refresh_expires=asked + timedelta(seconds=lasts) if tokens.refresh_token and lasts else None,
        bungie_membership_id=str(tokens.membership_id),
    )


def _decode(answer: Answer, kind: type[_T]) -> _T | None:
    try:
        return msgspec.json.decode(answer.body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
