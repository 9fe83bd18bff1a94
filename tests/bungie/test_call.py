"""One call: envelopes and what is none, what is asked again and what never is."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time
from functools import partial
from pathlib import Path
from typing import Any

import brotli
import httpx2
import pytest
from tests.bungie.stub import HTML, QUICK, TOKEN, Reply, Stub, envelope, head, page, raw, socket_server

from vaultraider.bungie._endpoint import Endpoint
from vaultraider.bungie._wire import Limits, base_url, user_agent
from vaultraider.domain import errors
from vaultraider.ports import MembershipRef

READ = Endpoint(operation="Destiny2.GetProfile", path="/Destiny2/{type}/Profile/{id}/", auth="optional", game=True)
WRITE = Endpoint(
    operation="Destiny2.SetQuestTrackedState",
    path="/Destiny2/Actions/Items/SetTrackedState/",
    method="POST",
    kind="write",
    auth="required",
    scope="MoveEquipDestinyItems",
    seconds_between=1.0,
)
WHO = {"type": 3, "id": "4611686018467284386"}


def get(stub: Stub, **options: Any) -> bytes:
    return stub.call(READ, fields=WHO, access_token=TOKEN, **options)


def act(stub: Stub, person: str = "17") -> bytes:
    return stub.call(WRITE, body={"itemId": "2", "state": True}, access_token=TOKEN, person=person)


def test_the_response_comes_out_as_it_was() -> None:
    text = '{"Response": {"minted":"2026","big": 4611686018467284386123, "é":[1.50, null]} , "ErrorCode":1}'
    assert get(Stub(raw(text))) == '{"minted":"2026","big": 4611686018467284386123, "é":[1.50, null]}'.encode()


@pytest.mark.parametrize("response", [{}, [], 0, "text", False])
def test_an_empty_response_is_one(response: Any) -> None:
    assert json.loads(get(Stub(envelope(response)))) == response


def test_a_write_may_answer_nothing() -> None:
    assert act(Stub(envelope())) == b"null"
    assert act(Stub(envelope(0))) == b"0"


OAUTH = '{"error":"server_error","error_description":"%s"}'
EDGE = (502, 504, 520, 521, 522, 523, 524, 525, 526)

# What comes back, what it means, and how often a read is then sent.
ANSWERS: list[tuple[str, Reply, type[Exception], int]] = [
    ("full bucket as 500", envelope(0, 1642, 500), errors.PlayerCanFix, 1),
    ("not found as 500", envelope(code=1623, http=500), errors.StaleRequest, 1),
    ("not found as 200", envelope(code=1623, http=200), errors.StaleRequest, 1),
    ("please sign in as 500", envelope(code=99, http=500), errors.CredentialsRefused, 1),
    ("please sign in as 401", envelope(code=99, http=401), errors.CredentialsRefused, 1),
    ("expired token", envelope(code=2111, http=500), errors.CredentialsRefused, 1),
    ("maintenance as 503", envelope(code=5, http=503), errors.BungieMaintenance, 1),
    ("maintenance as 200", envelope(code=5, http=200), errors.BungieMaintenance, 1),
    ("maintenance as 401 is no sign-out", envelope(code=5, http=401), errors.BungieMaintenance, 1),
    (
        "oauth shape on a resource",
        raw('{"error":"server_error","error_description":"SystemDisabled"}', 400),
        errors.BungieMaintenance,
        1,
    ),
    ("oauth shape, something else", raw('{"error":"server_error","error_description":"Huh"}', 400), errors.BungieUnavailable, 1),
    ("oauth shape as 503", raw('{"error":"server_error","error_description":"Huh"}', 503), errors.BungieUnavailable, 3),
    ("a bad key", envelope(code=2101, http=500), errors.OperatorMistake, 1),
    ("no account as 500", envelope(code=1601, http=500), errors.AccountNotFound, 1),
    ("private", envelope(code=1665, http=500), errors.ProfilePrivate, 1),
    ("wrong membership type", envelope(code=18, http=400), errors.StaleRequest, 1),
    ("outage noise", envelope(code=1618, http=500), errors.BungieUnavailable, 3),
    ("outage noise as 200", envelope(code=1652, http=200), errors.BungieUnavailable, 3),
    ("success that failed", envelope({}, 1, 500), errors.BungieGarbled, 3),
    ("success without an answer", envelope(), errors.BungieGarbled, 1),
    ("success that is null", envelope(None), errors.BungieGarbled, 1),
    ("no code", raw('{"Response":{}}'), errors.BungieGarbled, 3),
    ("code in words", raw('{"Response":{},"ErrorCode":"1"}'), errors.BungieGarbled, 3),
    ("null", raw("null"), errors.BungieGarbled, 3),
    ("nothing", raw(""), errors.BungieGarbled, 3),
    ("half of it", raw('{"Response":{"profile":{"data":'), errors.BungieGarbled, 3),
    ("not UTF-8", raw(b'{"Response":{"a":"\xff\xfe"},"ErrorCode":1,"Message":"\xff"}'), errors.BungieGarbled, 3),
    ("HTML as 200", page(200), errors.BungieGarbled, 1),
    ("HTML as 404", page(404), errors.BungieGarbled, 1),
    ("HTML as 401", page(401), errors.CredentialsRefused, 1),
    ("nothing said as 401", raw("{}", 401), errors.CredentialsRefused, 1),
    ("HTML as 403, the block page", page(403), errors.BungieUnreachable, 1),
    ("HTML as 500", page(500), errors.BungieGarbled, 3),
    ("HTML as 503", page(503), errors.BungieUnavailable, 3),
    *[
        (f"HTML as {status}", page(status), errors.BungieUnavailable, 3)
        for status in (502, 504, 520, 521, 522, 523, 524, 525, 526)
    ],
    ("redirect of Bungie's", page(301, location="https://www.bungie.net/Platform/X/"), errors.OperatorMistake, 1),
    ("redirect elsewhere", page(302, location="https://hotel.example/login"), errors.BungieGarbled, 1),
    ("redirect to nowhere", page(302), errors.BungieGarbled, 1),
    ("no connection", httpx2.ConnectError("refused"), errors.BungieUnreachable, 3),
    ("cut off", httpx2.RemoteProtocolError("peer closed"), errors.BungieGarbled, 3),
    ("reset", httpx2.ReadError("reset"), errors.BungieUnreachable, 3),
    ("silence", httpx2.ReadTimeout("timed out"), errors.BungieUnreachable, 3),
    ("no such host", OSError("name resolution"), errors.BungieUnreachable, 3),
]


@pytest.mark.parametrize(("reply", "kind", "sent"), [row[1:] for row in ANSWERS], ids=[row[0] for row in ANSWERS])
def test_what_an_answer_means(reply: Reply, kind: type[Exception], sent: int) -> None:
    stub = Stub(reply)
    with pytest.raises(errors.BungieError) as caught:
        get(stub)
    assert isinstance(caught.value, kind), repr(caught.value)
    assert len(stub.requests) == sent
    assert HTML not in str(caught.value)


@pytest.mark.parametrize(("reply", "kind"), [row[1:3] for row in ANSWERS if "without" not in row[0] and "null" not in row[0]])
def test_a_write_is_sent_once(reply: Reply, kind: type[Exception]) -> None:
    stub = Stub(reply)
    with pytest.raises(kind):
        act(stub)
    assert len(stub.requests) == 1


@pytest.mark.parametrize("code", [36, 51, 54, 55, 56, 57, 1672])
def test_a_write_refused_before_it_began_is_sent_again(code: int) -> None:
    stub = Stub(envelope(0, code, 500), envelope(0))
    assert act(stub) == b"0"
    assert len(stub.requests) == 2
    assert sum(stub.clock.naps) >= 1


@pytest.mark.parametrize("code", [31, 35, 37])
def test_other_throttling_leaves_a_write_alone(code: int) -> None:
    stub = Stub(envelope(0, code, 500), envelope(0))
    with pytest.raises(errors.BungieThrottled):
        act(stub)
    assert len(stub.requests) == 1
    assert stub.throttle.slowed == [None]


def test_an_edge_that_throttles_a_write_says_nothing_about_its_end() -> None:
    stub = Stub(page(429))
    with pytest.raises(errors.BungieThrottled):
        act(stub)
    assert len(stub.requests) == 1


@pytest.mark.parametrize(
    "first",
    [envelope(code=1618, http=500), page(502), httpx2.RemoteProtocolError("Server disconnected"), raw('{"Response":', 200)],
)
def test_a_read_recovers(first: Reply) -> None:
    stub = Stub(first, envelope({"fine": True}))
    assert json.loads(get(stub)) == {"fine": True}
    assert stub.clock.naps == [pytest.approx(0.5)]
    assert stub.bungie.health.state().state == "up"


def test_tries_come_ever_later() -> None:
    stub = Stub(page(502))
    with pytest.raises(errors.BungieUnavailable):
        get(stub)
    assert stub.clock.naps == [pytest.approx(0.5), pytest.approx(1.0)]


@pytest.mark.parametrize("told", [10, 3, 0.5])
def test_what_bungie_tells_is_waited(told: float) -> None:
    stub = Stub(envelope(code=51, http=429, ThrottleSeconds=told), envelope({}))
    get(stub)
    assert stub.throttle.slowed == [told]
    assert sum(stub.clock.naps) == pytest.approx(told)


@pytest.mark.parametrize("http", [429, 500, 200])
@pytest.mark.parametrize("code", [31, 35, 36, 37, 51, 54, 55, 56, 57, 1672])
def test_without_a_number_each_throttling_doubles_the_wait(code: int, http: int) -> None:
    stub = Stub(envelope(code=code, http=http), envelope(code=code, http=http), envelope({}))
    get(stub)
    assert sum(stub.clock.naps) == pytest.approx(1 + 2)
    assert len(stub.requests) == 3


def test_a_long_pause_is_not_slept_through() -> None:
    stub = Stub(envelope(code=51, http=429, ThrottleSeconds=60))
    with pytest.raises(errors.BungieThrottled) as caught:
        get(stub)
    assert caught.value.retry_after == pytest.approx(60)
    assert stub.clock.naps == []
    with pytest.raises(errors.BungieThrottled) as caught:
        get(stub)
    assert caught.value.retry_after == pytest.approx(60)
    assert len(stub.requests) == 1


def test_the_edges_own_throttling_tells_by_header() -> None:
    stub = Stub(page(429, retry_after="30"))
    with pytest.raises(errors.BungieThrottled) as caught:
        get(stub)
    assert caught.value.retry_after == pytest.approx(30)


def test_refusals_do_not_count_as_success_for_the_pace() -> None:
    stub = Stub(envelope(code=1623, http=500))
    with pytest.raises(errors.StaleRequest):
        get(stub)
    assert ("succeeded", None) not in stub.throttle.calls


def test_one_players_actions_keep_their_distance() -> None:
    stub = Stub(envelope(0))
    for person in ("17", "17", "18"):
        act(stub, person)
    assert stub.clock.naps == [pytest.approx(1.0)]
    assert {call[1] for call in stub.throttle.calls if call[0] == "turn"} == {
        "Destiny2.SetQuestTrackedState 17",
        "Destiny2.SetQuestTrackedState 18",
    }


def test_without_a_token_nothing_is_sent() -> None:
    stub = Stub(envelope(0))
    with pytest.raises(errors.CredentialsRefused):
        stub.call(WRITE, body={})
    assert stub.requests == []


@pytest.mark.parametrize("broken", ["", "line\nbreak", "naïve", "two words", "\x00"])
def test_a_token_that_is_none_is_not_sent(broken: str) -> None:
    stub = Stub(envelope(0))
    with pytest.raises(errors.CredentialsRefused):
        stub.call(WRITE, body={}, access_token=broken)
    assert stub.requests == []


@pytest.mark.parametrize("key", ["", "broken\nkey"])
def test_without_a_key_nothing_is_sent(key: str) -> None:
    stub = Stub(envelope({}), api_key=key)
    with pytest.raises(errors.OperatorMistake, match="API key"):
        get(stub)
    assert stub.requests == []


def test_no_cookie_is_kept() -> None:
    fine = '{"Response":{},"ErrorCode":1}'
    stub = Stub(raw(fine, set_cookie="bungled=1234567890; Domain=.bungie.net; Path=/"), raw(fine))
    get(stub)
    get(stub)
    assert "Cookie" not in stub.requests[1].headers


SQUEEZES = [("gzip", gzip.compress), ("br", partial(brotli.compress, quality=4))]


def test_two_people_at_once_never_share_a_bearer() -> None:
    """The pool is one, the bearer is the call's: the original kept one session for everybody."""

    def who(request: httpx2.Request) -> httpx2.Response:
        time.sleep(0.001)
        return envelope({"bearer": request.headers.get("Authorization"), "path": request.url.path})(request)

    stub = Stub(who)
    wrong: list[str] = []

    def person(number: int) -> None:
        for _ in range(10):
            answer = json.loads(stub.call(READ, fields={"type": 3, "id": number}, access_token=f"token-{number}"))
            if answer != {"bearer": f"Bearer token-{number}", "path": f"/Platform/Destiny2/3/Profile/{number}/"}:
                wrong.append(str(answer))

    threads = [threading.Thread(target=person, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(stub.requests) == 40


@pytest.mark.parametrize(("encoding", "squeeze"), SQUEEZES, ids=["gzip", "br"])
def test_a_real_profile_comes_through_compressed(shared_dir: Path, encoding: str, squeeze: Any) -> None:
    body = gzip.decompress((shared_dir / "data" / "real" / "d2-profile-2021-05-28.json.gz").read_bytes())
    stub = Stub(raw(squeeze(body), content_encoding=encoding))
    response = stub.bungie.profile.profile(TOKEN, MembershipRef(3, "17"))
    assert json.loads(response) == json.loads(body)["Response"]


def test_more_than_an_answer_may_hold_is_refused() -> None:
    bomb = gzip.compress(b'{"Response":"' + b"0" * 3_000_000 + b'"}')
    stub = Stub(raw(bomb, content_encoding="gzip"), limits=Limits(answer=1_000_000))
    with pytest.raises(errors.BungieGarbled):
        get(stub)


def _says(*parts: bytes, pause: float = 0.0) -> Any:
    def reply(connection: socket.socket) -> None:
        for part in parts:
            connection.sendall(part)
            time.sleep(pause)

    return reply


FINE = b'{"Response":{"a":1},"ErrorCode":1}'


def over(url: str, **options: Any) -> Stub:
    return Stub(envelope(), **({"www": url, "stats": url, "transport": None, "limits": QUICK} | options))


@pytest.mark.parametrize(
    "cut",
    [
        _says(head(len(FINE)), FINE[:20]),
        _says(head(None, Transfer_Encoding="chunked"), b"10\r\n" + FINE[:16] + b"\r\n"),
        _says(head(None), FINE[:20]),
        _says(head(None, Content_Encoding="gzip"), gzip.compress(FINE * 50)[:30]),
        _says(head(30, Content_Encoding="gzip"), b"this is not gzip at all, is it"),
        _says(b""),
        _says(b"HTTP/1.1 2"),
    ],
    ids=["shorter than told", "chunk missing", "ends early", "gzip cut", "no gzip", "nothing", "half a head"],
)
def test_a_broken_connection_is_asked_again_and_then_told(cut: Any) -> None:
    with socket_server(cut, _says(head(len(FINE)), FINE)) as url:
        assert get(over(url)) == b'{"a":1}'
    with socket_server(cut) as url, pytest.raises(errors.BungieUnavailable):
        get(over(url))
    with socket_server(cut) as url, pytest.raises(errors.BungieUnavailable):
        act(over(url))


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    stub = over(url)
    with pytest.raises(errors.BungieUnreachable):
        get(stub)
    assert stub.bungie.health.state().state == "unreachable"


@pytest.mark.parametrize(
    "slow",
    [_says(b"", pause=3), _says(head(len(FINE)), FINE[:5], pause=3), _says(head(200), *[b" "] * 100, pause=0.05)],
    ids=["no answer", "half and then silence", "a drop at a time"],
)
def test_a_hanging_server_is_given_up(slow: Any) -> None:
    # Whoever waited for the server's end would see the connection closed, which is another error.
    with socket_server(slow) as url, pytest.raises(errors.BungieUnreachable):
        get(over(url))


def test_connections_are_used_again() -> None:
    opened = 0

    def keeps_alive(connection: socket.socket) -> None:
        nonlocal opened
        opened += 1
        answer = head(len(FINE)).replace(b"Connection: close\r\n", b"") + FINE
        connection.sendall(answer)
        while connection.recv(65536):
            connection.sendall(answer)

    with socket_server(keeps_alive) as url:
        stub = over(url)
        for _ in range(5):
            get(stub)
        stub.bungie.close()
    assert opened == 1


BASES: list[tuple[str, str | None]] = [
    ("https://www.bungie.net", "https://www.bungie.net"),
    ("https://www.bungie.net/", "https://www.bungie.net"),
    (" https://www.bungie.net// ", "https://www.bungie.net"),
    ("http://127.0.0.1:8400/", "http://127.0.0.1:8400"),
    ("https://bungie.example", "https://bungie.example"),
    ("http://www.bungie.net", None),
    ("https://bungie.net", None),
    ("http://stats.bungie.net", None),
    ("https://www.bungie.net/Platform/", None),
    ("www.bungie.net", None),
    ("ftp://www.bungie.net", None),
    ("https://me:pass@www.bungie.net", None),
    ("https://www.bungie.net?x=1", None),
    ("", None),
]


@pytest.mark.parametrize(("given", "base"), BASES)
def test_base_addresses(given: str, base: str | None) -> None:
    if base is not None:
        assert base_url(given, "bungie_www") == base
        return
    with pytest.raises(errors.OperatorMistake, match="bungie_www") as caught:
        base_url(given, "bungie_www")
    assert "pass" not in caught.value.sentence


@pytest.mark.parametrize(
    ("client_id", "contact", "ending"),
    [
        ("31337", "me@vault.example", "AppId/31337 (+me@vault.example)"),
        ("31337", "", "AppId/31337"),
        ("", "x", "AppId/0 (+x)"),
        ("1\r\nX: y", "a\r\nB: c) (é", "AppId/1Xy (+aB: c)"),
    ],
)
def test_the_user_agent_is_one_line_whatever_the_settings_hold(client_id: str, contact: str, ending: str) -> None:
    assert user_agent(client_id, contact).endswith(ending)
