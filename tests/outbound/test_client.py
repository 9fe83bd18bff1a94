"""The way out over real sockets: it goes where was judged, it ends in time, and it takes no more than it should."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
import tracemalloc
from collections.abc import Iterator

import pytest
import trustme
from tests.outbound.stub import Reply, StubServer

from vaultraider.domain.errors import AddressRefused, AddressUnreachable
from vaultraider.outbound import Doorway, OutboundClient
from vaultraider.outbound.client import USER_AGENT

SHORT = 0.5
"""Seconds, where waiting is what is tested."""


def here(**names: str) -> Doorway:
    """Names that lead to addresses of this machine, and are allowed."""
    hosts = {name.replace("_", "."): address for name, address in names.items()}
    return Doorway([*hosts], resolve=lambda host: [hosts[host]])


def test_what_is_sent() -> None:
    with StubServer(Reply(status=201, headers={"X-Some": "thing"}, body=b"yes")) as stub:
        client = OutboundClient(here(service_example="127.0.0.1"))
        answer = client.send("POST", f"http://service.example:{stub.port}/a?b=c", headers={"X-Mine": "1"}, content=b"hello")
    assert (answer.status, answer.body, answer.is_whole, answer.headers["x-some"]) == (201, b"yes", True, "thing")
    (asked,) = stub.asked
    assert (asked.method, asked.path, asked.body) == ("POST", "/a?b=c", b"hello")
    assert asked.headers["host"] == f"service.example:{stub.port}"
    assert asked.headers["user-agent"] == USER_AGENT
    assert asked.headers["x-mine"] == "1"


def test_a_name_is_looked_up_once_and_its_address_is_where_we_go() -> None:
    """Rebinding: the second answer of DNS would lead to another service of this machine."""
    answers = [["127.0.0.2"], ["127.0.0.1"]]
    looked_up: list[str] = []

    def resolve(host: str) -> list[str]:
        looked_up.append(host)
        return answers[min(len(looked_up), len(answers)) - 1]

    with StubServer(host="127.0.0.2") as right, StubServer(host="127.0.0.1", port=right.port) as wrong:
        client = OutboundClient(Doorway(["127.0.0.2"], resolve=resolve))
        assert client.send("GET", f"http://rebound.example:{right.port}/").status == 200
        with pytest.raises(AddressRefused):
            client.send("GET", f"http://rebound.example:{right.port}/")
    assert looked_up == ["rebound.example", "rebound.example"]
    assert [asked.to for asked in right.asked] == ["127.0.0.2"]
    assert wrong.asked == []


def test_a_redirect_looks_its_name_up_anew() -> None:
    """The same host, asked again, is judged again."""
    answers = iter([["127.0.0.2"], ["127.0.0.1"]])
    with StubServer(Reply(status=302, headers={"Location": "/again"}), host="127.0.0.2") as first:
        client = OutboundClient(Doorway(["127.0.0.2"], resolve=lambda host: next(answers)))
        with pytest.raises(AddressRefused):
            client.fetch(f"http://rebound.example:{first.port}/")
    assert len(first.asked) == 1


def test_the_next_address_is_tried_when_one_does_not_answer() -> None:
    with StubServer() as stub:
        doorway = Doorway(["127.0.0.0/8"], resolve=lambda host: ["127.0.0.9", "127.0.0.1"])
        assert OutboundClient(doorway).send("GET", f"http://two.example:{stub.port}/").status == 200


def test_a_public_address_of_this_machine_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What listens there for the machine alone would believe us."""
    monkeypatch.setattr("vaultraider.outbound.doorway.is_public", lambda address: True)
    with StubServer() as stub, pytest.raises(AddressRefused):
        OutboundClient(Doorway(resolve=lambda host: ["127.0.0.1"])).send("GET", f"http://ours.example:{stub.port}/")
    assert stub.asked == []


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def believing(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@pytest.fixture
def secure(authority: trustme.CA) -> Iterator[StubServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("service.example").configure_cert(context)
    with StubServer(tls=context) as stub:
        yield stub


def test_a_certificate_is_for_the_name_though_we_go_to_the_address(secure: StubServer, believing: ssl.SSLContext) -> None:
    client = OutboundClient(here(service_example="127.0.0.1"), tls=believing)
    assert client.send("GET", f"https://service.example:{secure.port}/").status == 200
    assert secure.asked[0].headers["host"] == f"service.example:{secure.port}"


def test_a_certificate_for_another_name_is_refused(secure: StubServer, believing: ssl.SSLContext) -> None:
    client = OutboundClient(here(other_example="127.0.0.1"), tls=believing)
    with pytest.raises(AddressUnreachable, match="certificate") as caught:
        client.send("POST", f"https://other.example:{secure.port}/", content=b"secret")
    assert not caught.value.maybe_sent
    assert secure.asked == []


def test_a_certificate_of_nobody_known_is_refused(secure: StubServer) -> None:
    with pytest.raises(AddressUnreachable, match="certificate"):
        OutboundClient(here(service_example="127.0.0.1")).send("GET", f"https://service.example:{secure.port}/")
    assert secure.asked == []


def test_https_where_none_is_spoken() -> None:
    with StubServer() as plain, pytest.raises(AddressUnreachable) as caught:
        OutboundClient(here(plain_example="127.0.0.1")).send("GET", f"https://plain.example:{plain.port}/")
    assert plain.asked == []
    assert "plain.example" in caught.value.sentence


@pytest.mark.parametrize("reply", [Reply(hangs=True), Reply(drips=True)], ids=["silence", "a byte now and then"])
def test_an_answer_that_does_not_come_is_not_waited_for(reply: Reply) -> None:
    with StubServer(reply) as stub:
        client = OutboundClient(here(slow_example="127.0.0.1"), seconds=SHORT)
        with pytest.raises(AddressUnreachable, match="in time") as caught:
            client.send("POST", f"http://slow.example:{stub.port}/", content=b"x")
    assert caught.value.maybe_sent


def test_a_body_without_end_is_not_waited_for() -> None:
    leaving = threading.Event()

    def body() -> Iterator[bytes]:
        while not leaving.wait(0.02):
            yield b"x"

    with StubServer(Reply(body=body())) as stub, pytest.raises(AddressUnreachable, match="in time"):
        OutboundClient(here(slow_example="127.0.0.1"), seconds=SHORT).send("GET", f"http://slow.example:{stub.port}/")
    leaving.set()


def test_a_name_that_is_not_found_in_time_is_not_waited_for() -> None:
    never = threading.Event()
    doorway = Doorway(resolve=lambda host: [str(never.wait(10))])
    with pytest.raises(AddressUnreachable, match="in time") as caught:
        OutboundClient(doorway, seconds=SHORT).send("GET", "http://slow.example/")
    never.set()
    assert not caught.value.maybe_sent


def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(AddressUnreachable, match="cannot be reached") as caught:
            OutboundClient(here(gone_example="127.0.0.1")).send("POST", f"http://gone.example:{taken.getsockname()[1]}/")
    assert not caught.value.maybe_sent


def test_a_name_of_nobody() -> None:
    with pytest.raises(AddressUnreachable, match="no host named"):
        OutboundClient(Doorway(resolve=lambda host: [])).check("https://nobody.example/")


def test_a_line_that_breaks_may_have_carried_it() -> None:
    with StubServer(Reply(breaks=True)) as stub, pytest.raises(AddressUnreachable) as caught:
        OutboundClient(here(torn_example="127.0.0.1")).send("POST", f"http://torn.example:{stub.port}/", content=b"x")
    assert caught.value.maybe_sent


@pytest.mark.parametrize("body", [b"not http at all\r\n\r\n", b"\x00\xff" * 40])
def test_what_is_no_http(body: bytes) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def answer() -> None:
            connected, _ = listening.accept()
            connected.recv(1000)
            connected.sendall(body)
            connected.close()

        threading.Thread(target=answer, daemon=True).start()
        with pytest.raises(AddressUnreachable):
            OutboundClient(here(odd_example="127.0.0.1")).send("GET", f"http://odd.example:{listening.getsockname()[1]}/")


def test_a_large_answer_is_left_there() -> None:
    with StubServer(Reply(body=b"x" * 200_000)) as stub:
        answer = OutboundClient(here(large_example="127.0.0.1")).send("GET", f"http://large.example:{stub.port}/", limit=1000)
    assert (len(answer.body), answer.is_whole) == (1000, False)


class TestFetching:
    def test_a_file_comes_packed(self) -> None:
        text = b"dimwishlist:item=1&perks=2\n" * 10_000
        with StubServer(Reply(headers={"Content-Encoding": "gzip", "ETag": '"1"'}, body=gzip.compress(text))) as stub:
            answer = OutboundClient(here(files_example="127.0.0.1")).fetch(f"http://files.example:{stub.port}/list.txt")
        assert answer.body == text
        assert answer.headers["etag"] == '"1"'
        assert stub.asked[0].headers["accept-encoding"] == "gzip"

    def test_a_file_that_is_larger_than_it_seems_is_never_unpacked(self) -> None:
        reply = Reply(headers={"Content-Encoding": "gzip"}, body=gzip.compress(b"\0" * 60_000_000, 1))
        tracemalloc.start()
        try:
            with StubServer(reply) as stub, pytest.raises(AddressRefused, match="larger than 1 MB"):
                OutboundClient(here(files_example="127.0.0.1")).fetch(f"http://files.example:{stub.port}/", limit=2**20)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < 20 * 2**20

    def test_what_stands_behind_the_end_of_a_file_is_left_there(self) -> None:
        left = iter(range(800))

        def endless() -> Iterator[bytes]:
            yield gzip.compress(b"all")
            for _ in left:
                yield b"\0" * 65_536

        with StubServer(Reply(headers={"Content-Encoding": "gzip"}, body=endless())) as stub:
            answer = OutboundClient(here(files_example="127.0.0.1")).fetch(f"http://files.example:{stub.port}/")
        assert (answer.body, answer.is_whole) == (b"all", True)
        assert next(left, None) is not None

    @pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", "zstd"])
    def test_a_packing_that_was_not_asked_for_is_refused(self, encoding: str) -> None:
        reply = Reply(headers={"Content-Encoding": encoding}, body=b"x")
        with StubServer(reply) as stub, pytest.raises(AddressUnreachable, match="cannot be read"):
            OutboundClient(here(files_example="127.0.0.1")).fetch(f"http://files.example:{stub.port}/")

    def test_half_a_file_is_none(self) -> None:
        packed = gzip.compress(b"x" * 1000)
        reply = Reply(headers={"Content-Encoding": "gzip"}, body=packed[:-12])
        with StubServer(reply) as stub, pytest.raises(AddressUnreachable, match="cannot be read"):
            OutboundClient(here(files_example="127.0.0.1")).fetch(f"http://files.example:{stub.port}/")

    def test_redirects_are_followed_and_headers_stay_with_their_host(self) -> None:
        with StubServer(Reply(body=b"there")) as second:
            away = Reply(status=302, headers={"Location": f"http://second.example:{second.port}/moved"})
            with StubServer(Reply(status=301, headers={"Location": "/next"}), away) as first:
                client = OutboundClient(here(first_example="127.0.0.1", second_example="127.0.0.1"))
                given = {"Authorization": "Bearer secret", "If-None-Match": '"1"'}
                answer = client.fetch(f"http://first.example:{first.port}/", headers=given)
        assert (answer.body, answer.url) == (b"there", f"http://second.example:{second.port}/moved")
        assert [asked.headers.get("authorization") for asked in first.asked] == ["Bearer secret", "Bearer secret"]
        assert "authorization" not in second.asked[0].headers
        assert second.asked[0].headers["if-none-match"] == '"1"'

    def test_redirects_without_end_end(self) -> None:
        with StubServer(Reply(status=302, headers={"Location": "/again"})) as stub:
            answer = OutboundClient(here(loop_example="127.0.0.1")).fetch(f"http://loop.example:{stub.port}/", redirects=3)
        assert answer.status == 302
        assert len(stub.asked) == 4


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with StubServer() as proxy, StubServer() as stub:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        OutboundClient(here(service_example="127.0.0.1")).send("GET", f"http://service.example:{stub.port}/")
    assert (len(proxy.asked), len(stub.asked)) == (0, 1)


def test_nothing_stays_between_two_requests() -> None:
    with StubServer(Reply(headers={"Set-Cookie": "a=b; Path=/"})) as stub:
        client = OutboundClient(here(service_example="127.0.0.1"))
        for _ in range(2):
            client.send("GET", f"http://service.example:{stub.port}/")
    assert all("cookie" not in asked.headers for asked in stub.asked)


def test_the_time_for_all_is_for_all_redirects_together() -> None:
    """Each hop is quick; together they are too long."""
    with StubServer(Reply(status=302, headers={"Location": "/again"})) as stub:
        client = OutboundClient(here(loop_example="127.0.0.1"), seconds=SHORT)
        begun = time.monotonic()
        with pytest.raises(AddressUnreachable):
            client.send("GET", f"http://loop.example:{stub.port}/", redirects=1_000_000)
        assert begun < time.monotonic()
