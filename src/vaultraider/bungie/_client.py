"""One ``call()`` for every endpoint.

    place in the queue -> send -> envelope -> the error its code means, or the ``Response``

A read is asked again, a few times and ever later, when the connection broke or the platform coughed. A write never is, except
after the few codes that Bungie gives before it does anything: the first try may have landed.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

import msgspec

from vaultraider.bungie._endpoint import Endpoint
from vaultraider.bungie._errors import REFUSED_BEFORE_EXECUTION, SUCCESS, TRANSIENT, failure, plain
from vaultraider.bungie._health import Health
from vaultraider.bungie._throttle import Gate
from vaultraider.bungie._wire import Answer, Request, Wire
from vaultraider.domain.errors import (
    BungieError,
    BungieGarbled,
    BungieThrottled,
    BungieUnavailable,
    BungieUnreachable,
    CredentialsRefused,
    OperatorMistake,
)
from vaultraider.ports import Clock

log = logging.getLogger(__name__)

ATTEMPTS = 3
FIRST_PAUSE = 0.5
"""Seconds before the second try, doubled before the third, each times 0.5 to 1.5 so that processes do not march in step."""

_CLOUDFLARE = range(502, 528)


class Envelope(msgspec.Struct):
    """What every answer of the API is wrapped in. ``response`` stays undecoded: its reader knows its shape."""

    code: int = msgspec.field(name="ErrorCode")
    response: msgspec.Raw = msgspec.field(name="Response", default_factory=msgspec.Raw)
    throttle_seconds: float | None = msgspec.field(name="ThrottleSeconds", default=None)
    status: str | None = msgspec.field(name="ErrorStatus", default=None)
    message: str | None = msgspec.field(name="Message", default=None)


class OAuthProblem(msgspec.Struct):
    """The other shape of a failure. In maintenance it comes from ordinary endpoints, too."""

    error: str
    error_description: str = ""


class Refused(Exception):
    """Inside this package: a failed attempt, and whether Bungie had a code for it."""

    def __init__(self, error: BungieError, *, again: bool = False, told: float | None = None) -> None:
        super().__init__(error.sentence)
        self.error = error
        self.again = again
        """A read may be asked again."""
        self.told = told
        """Bungie's ThrottleSeconds."""


_envelopes = msgspec.json.Decoder(Envelope)
_problems = msgspec.json.Decoder(OAuthProblem)


class Client:
    """Everything that talks to Bungie.net goes through one of these. Thread-safe; one a process."""

    def __init__(
        self,
        wire: Wire,
        gate: Gate,
        health: Health,
        clock: Clock,
        *,
        jitter: Callable[[], float] | None = None,
    ) -> None:
        self.wire = wire
        self.gate = gate
        self.health = health
        self._clock = clock
        self._jitter = jitter or random.SystemRandom().random

    def call(
        self,
        endpoint: Endpoint,
        *,
        fields: Mapping[str, int | str] | None = None,
        query: Mapping[str, str] | None = None,
        body: object = None,
        access_token: str | None = None,
        person: str | None = None,
    ) -> bytes:
        """The ``Response`` part of the answer, as JSON.

        ``fields`` fill the path, ``body`` is sent as JSON. ``person`` says whose action it is, where Bungie limits each player.
        Raises the BungieError that the answer means; InvalidInput for a field that is no number.
        """
        if endpoint.auth == "required" and not access_token:
            raise CredentialsRefused
        request = Request(
            method=endpoint.method,
            url=self.wire.bases[endpoint.host] + endpoint.target(fields or {}, query),
            access_token=(access_token or None) if endpoint.auth != "none" else None,
            content=msgspec.json.encode(body) if body is not None else None,
            content_type="application/json" if body is not None else None,
        )
        try:
            response = self._insist(endpoint, request, person)
        except BungieError as error:
            log.info("%s failed: %s", endpoint.operation, error.code, extra={"error_code": error.error_code})
            self.health.failed(error, endpoint)
            raise
        self.health.answered(game=endpoint.game)
        return response

    def file_trouble(self, answer: Answer) -> BungieError:
        """What it means that a file (a picture, definitions) came with another status than 200 or 404."""
        refused = without_envelope(answer)
        if isinstance(refused.error, BungieThrottled):
            refused.error.retry_after = self.gate.throttled(refused.told)
        return refused.error if isinstance(refused.error, BungieUnavailable | OperatorMistake) else BungieGarbled()

    def _insist(self, endpoint: Endpoint, request: Request, person: str | None) -> bytes:
        """Tries, and again where that is safe."""
        limits, write = self.wire.limits, endpoint.kind == "write"
        until = self.wire.monotonic() + (limits.write if write else limits.total)
        for attempt in range(1, ATTEMPTS + 1):
            self.gate.enter(endpoint, person)
            # What a write has waited for its place must not cut it off half-way: each sending has its whole time.
            refused = self._try(request, self.wire.monotonic() + limits.write if write else until)
            if isinstance(refused, bytes):
                self.gate.succeeded()
                return refused
            error = refused.error
            pause = self._pause(endpoint, refused, attempt)
            if pause is None or attempt == ATTEMPTS or self.wire.monotonic() + pause >= until:
                raise error
            self._clock.sleep(pause)
        raise AssertionError  # The last attempt returns or raises.

    def _try(self, request: Request, until: float) -> bytes | Refused:
        try:
            answer = self.wire.send(request, until=until)
            hide = (*self.wire.secrets, request.access_token or "")
            return response_of(answer, hide=hide, required=request.method == "GET")
        except Refused as refused:
            return refused
        except (BungieUnreachable, BungieGarbled) as error:
            # The connection failed or broke. Raised anew by the caller, so that its traceback is the call's.
            return Refused(error, again=True)

    def _pause(self, endpoint: Endpoint, refused: Refused, attempt: int) -> float | None:
        """How long to wait before the next attempt; None when there must be none."""
        error = refused.error
        if isinstance(error, BungieThrottled):
            wait = self.gate.throttled(refused.told)
            error.retry_after = wait
            allowed = endpoint.kind == "read" or error.error_code in REFUSED_BEFORE_EXECUTION
            return 0.0 if allowed and wait <= self.gate.patience else None  # The gate does the waiting.
        if endpoint.kind == "write" or not refused.again:
            return None
        return float(FIRST_PAUSE * 2 ** (attempt - 1) * (0.5 + self._jitter()))


def response_of(answer: Answer, *, hide: tuple[str, ...] = (), required: bool = True) -> bytes:
    """The ``Response`` of an answer. Raises Refused.

    ``hide`` is cut out of anything of Bungie's that is shown; ``required``: a success without a ``Response`` is none.
    """
    try:
        envelope = _envelopes.decode(answer.body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        envelope = None
    if envelope is None:
        raise without_envelope(answer)
    if envelope.code != SUCCESS:
        raise by_code(envelope, answer, hide=hide)
    response = bytes(envelope.response) or b"null"
    if answer.status >= 400 or (required and response == b"null"):
        # "Success" with a failing status, or without what was asked for: neither can be believed.
        raise Refused(BungieGarbled(), again=answer.status >= 500)
    return response


def by_code(envelope: Envelope, answer: Answer, *, hide: tuple[str, ...] = ()) -> Refused:
    """What the ErrorCode means."""
    error = failure(envelope.code, status=envelope.status, message=envelope.message, hide=hide)
    return Refused(error, again=envelope.code in TRANSIENT, told=envelope.throttle_seconds or answer.retry_after)


def without_envelope(answer: Answer) -> Refused:
    """What an answer means that is not Bungie's envelope: a page of HTML, half a body, the OAuth shape, a redirect."""
    try:
        problem = _problems.decode(answer.body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        problem = None
    if problem is not None and problem.error_description == "SystemDisabled":
        return Refused(failure(5, status="SystemDisabled"))
    status = answer.status
    if status == 429:
        return Refused(BungieThrottled(), told=answer.retry_after)
    if status == 401:
        # IIS's own page for a bearer that it cannot read (Bungie-net/api #263).
        return Refused(CredentialsRefused())
    if 300 <= status < 400:
        return Refused(_redirected(answer))
    if problem is not None:
        return Refused(BungieUnavailable(retry_after=answer.retry_after), again=status >= 500)
    if status == 403:
        return Refused(
            BungieUnreachable(
                "Bungie.net's front door does not let this server in just now. We keep trying; if it stays, the server's owner"
                " can look whether its address is blocked."
            )
        )
    if status == 503:
        # Bungie's own page for outages and maintenance, before any of its machinery can say so in JSON.
        return Refused(BungieUnavailable(retry_after=answer.retry_after), again=True)
    if status >= 500:
        kind = BungieUnreachable if status in _CLOUDFLARE else BungieGarbled
        return Refused(kind(retry_after=answer.retry_after), again=True)
    cut = "json" in answer.media_type
    return Refused(BungieGarbled(), again=cut)


def _redirected(answer: Answer) -> BungieError:
    """A redirect of Bungie's own means that our address for it is wrong; any other is a stranger's page."""
    host = plain(urlsplit(answer.location).hostname) if answer.location.isprintable() else ""
    if host == "bungie.net" or host.endswith(".bungie.net"):
        return OperatorMistake(
            "Bungie.net redirects us: the settings bungie_www and bungie_stats must be https://www.bungie.net and"
            " https://stats.bungie.net."
        )
    return BungieGarbled()
