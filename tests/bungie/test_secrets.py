"""No token, code, key or secret in a log, an exception, a representation or an address, whatever Bungie sends back."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest
from tests.bungie.stub import API_KEY, QUICK, SECRET, TOKEN, Reply, Stub, envelope, head, page, raw, socket_server
from tests.bungie.test_call import ANSWERS, act, get

from vaultraider.domain.errors import VaultRaiderError

REFRESH = "CNaqBhKGAgAg-refresh+Marrow/0123456789=="
CODE = "0123456789abcdef-code"
SECRETS = (API_KEY, SECRET, TOKEN, REFRESH, CODE)


def echo(http: int, code: int, media_type: str = "application/json") -> Callable[[httpx2.Request], httpx2.Response]:
    """A server that repeats everything it was told, in every place that we might show."""

    def reply(request: httpx2.Request) -> httpx2.Response:
        said = " ".join([*request.headers.values(), request.content.decode()])
        if media_type != "application/json":
            answer = page(http, f"<html>{said}</html>", location=f"https://elsewhere.example/?t={TOKEN}")
        else:
            answer = envelope(code=code, http=http, status=said, message=said, MessageData={"Origin": said})
        return answer(request)

    return reply


HOSTILE: list[Reply] = [
    echo(500, 99),
    echo(500, 1675),
    echo(500, 2101),
    echo(503, 5),
    echo(429, 51),
    echo(401, 0, "text/html"),
    echo(302, 0, "text/html"),
    echo(500, 0, "text/html"),
    lambda request: raw(json.dumps({"error": "x", "error_description": request.content.decode()}), 400)(request),
    lambda request: raw(json.dumps({"error": request.headers.get("Authorization", "x")}), 400)(request),
    raw(f'{{"Response":"{TOKEN}", "ErrorCode":'),
    raw(f'{{"Response":{{}},"ErrorCode":"{TOKEN}"}}'),
    httpx2.ConnectError(f"could not send b'Bearer {TOKEN}'"),
    httpx2.LocalProtocolError(f"Illegal header value b'Bearer {TOKEN}'"),
    UnicodeEncodeError("ascii", TOKEN, 0, 1, "no"),
]


def chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    left: list[BaseException | None] = [error]
    while left:
        one = left.pop()
        if one is not None and id(one) not in seen:
            seen.add(id(one))
            yield one
            left += [one.__cause__, one.__context__]


def assert_silent(error: BaseException, caplog: pytest.LogCaptureFixture) -> None:
    texts = ["".join(traceback.format_exception(error)), caplog.text]
    texts += [text for one in chain(error) for text in (str(one), repr(one), repr(vars(one)), repr(one.args))]
    texts += [repr(record.__dict__) for record in caplog.records]
    for one in chain(error):
        # The library's exceptions hold the request with its headers: none may hang on.
        assert isinstance(one, VaultRaiderError), type(one)
    for secret in SECRETS:
        assert not any(secret in text for text in texts), secret


@pytest.fixture(autouse=True)
def everything_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "httpcore2")
    caplog.set_level(logging.DEBUG, "httpx2")


@pytest.mark.parametrize("ask", [get, act])
@pytest.mark.parametrize("reply", [*HOSTILE, *[row[1] for row in ANSWERS]])
def test_a_failed_call(reply: Reply, ask: Callable[[Stub], Any], caplog: pytest.LogCaptureFixture) -> None:
    stub = Stub(reply)
    try:
        ask(stub)
    except Exception as error:
        assert_silent(error, caplog)
    assert not any(secret in str(request.url) for request in stub.requests for secret in SECRETS)


@pytest.mark.parametrize("reply", [*HOSTILE, *[row[1] for row in ANSWERS]])
def test_a_failed_sign_in(reply: Reply, caplog: pytest.LogCaptureFixture) -> None:
    for ask in (lambda stub: stub.bungie.oauth.refresh(REFRESH), lambda stub: stub.bungie.oauth.exchange(CODE)):
        stub = Stub(reply)
        try:
            ask(stub)
        except Exception as error:
            assert_silent(error, caplog)
        assert not any(secret in str(request.url) for request in stub.requests for secret in SECRETS)


def test_over_a_real_connection(caplog: pytest.LogCaptureFixture) -> None:
    """The library's own loggers, at their loudest."""

    def reply(connection: Any) -> None:
        connection.sendall(head(10) + b"short")

    with socket_server(reply) as url:
        stub = Stub(envelope(), www=url, stats=url, transport=None, limits=QUICK)
        for ask in (get, act, lambda stub: stub.bungie.oauth.refresh(REFRESH)):
            with pytest.raises(VaultRaiderError) as caught:
                ask(stub)
            assert_silent(caught.value, caplog)
    assert "httpcore2" in {record.name.partition(".")[0] for record in caplog.records}


def test_success_is_silent_too(caplog: pytest.LogCaptureFixture) -> None:
    tokens = {
        "access_token": TOKEN,
        "refresh_token": REFRESH,
        "expires_in": 3600,
        "refresh_expires_in": 7776000,
        "membership_id": "1",
    }
    stub = Stub(raw(json.dumps(tokens)))
    pair = stub.bungie.oauth.refresh(REFRESH)
    get(Stub(envelope({})))
    texts = [caplog.text, repr(pair), str(pair), repr(stub.bungie), repr(stub.bungie.client), repr(stub.bungie.oauth)]
    assert not any(secret in text for secret in SECRETS for text in texts)
