"""Files at addresses that people gave: asked for with what is known of the last version, whole or not at all."""

from __future__ import annotations

import gzip

import pytest
from tests.outbound.stub import Reply, StubServer

from vaultraider.domain.errors import AddressRefused, AddressUnreachable
from vaultraider.outbound import Doorway, OutboundClient
from vaultraider.outbound.documents import Documents
from vaultraider.ports.wish_lists import Fetched

LARGEST = 10_000
STAMP = "Mon, 16 Nov 2026 08:00:00 GMT"


def documents(*allowed: str) -> Documents:
    return Documents(OutboundClient(Doorway(allowed)), largest=LARGEST)


def test_the_version_that_we_have_is_named_the_next_time() -> None:
    said = {"ETag": 'W/"abc"', "Last-Modified": STAMP}
    with StubServer(Reply(headers=said, body=b"title:a"), Reply(status=304), Reply(status=304, headers={"ETag": '"d"'})) as stub:
        source = documents("127.0.0.1")
        first = source.fetch(f"{stub.url}/list.txt")
        assert first == Fetched(b"title:a", 'W/"abc"', STAMP)
        assert source.fetch(f"{stub.url}/list.txt", etag=first.etag, modified=first.modified) == Fetched(None, 'W/"abc"', STAMP)
        assert source.fetch(f"{stub.url}/list.txt", etag=first.etag) == Fetched(None, '"d"', "")
    assert "if-none-match" not in stub.asked[0].headers
    assert (stub.asked[1].headers["if-none-match"], stub.asked[1].headers["if-modified-since"]) == ('W/"abc"', STAMP)


@pytest.mark.parametrize("mark", ["x" * 256, "a\tb", "\xe4"])
def test_what_cannot_be_sent_back_is_not_kept(mark: str) -> None:
    with StubServer(Reply(headers={"ETag": mark}, body=b"a")) as stub:
        assert documents("127.0.0.1").fetch(stub.url).etag == ""


def test_it_may_come_compressed_and_from_elsewhere() -> None:
    packed = Reply(headers={"Content-Encoding": "gzip"}, body=gzip.compress(b"title:far"))
    with StubServer(packed) as far, StubServer(Reply(status=302, headers={"Location": far.url})) as near:
        assert documents("127.0.0.1").fetch(near.url).text == b"title:far"


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(status=404), "has no such file"),
        (Reply(status=403), "does not give this file to everybody"),
        (Reply(status=503), "cannot answer just now"),
        (Reply(status=204), "answers 204"),
        (Reply(status=304), "answers 304"),
        (Reply(breaks=True), "cannot be read|broke"),
    ],
)
def test_what_goes_wrong_is_said(reply: Reply, words: str) -> None:
    with StubServer(reply) as stub, pytest.raises(AddressUnreachable, match=words):
        documents("127.0.0.1").fetch(stub.url)


def test_what_is_too_large_is_not_taken() -> None:
    for reply in (
        Reply(body=b"x" * (LARGEST + 1)),
        Reply(headers={"Content-Encoding": "gzip"}, body=gzip.compress(b"x" * (LARGEST + 1))),
    ):
        with StubServer(reply) as stub, pytest.raises(AddressRefused, match="larger than"):
            documents("127.0.0.1").fetch(stub.url)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/a",
        "https://169.254.169.254/latest",
        "https://[::1]/a",
        "https://localhost:6379/",
        "http://192.0.2.1/a",
        "file:///etc/passwd",
        "https://name:word@example.org/a",
        "a\0b",
        "",
    ],
)
def test_where_nobody_is_asked(url: str) -> None:
    with pytest.raises(AddressRefused):
        documents().check(url)
    with pytest.raises(AddressRefused):
        documents().fetch(url)


def test_a_redirect_leads_nowhere_either() -> None:
    with StubServer() as inside:
        away = Reply(status=302, headers={"Location": f"http://127.0.0.2:{inside.port}/"})
        with StubServer(away) as stub, pytest.raises(AddressRefused):
            documents("127.0.0.1").fetch(stub.url)
    assert inside.asked == []


def test_without_https_only_where_the_owner_allows_it() -> None:
    with pytest.raises(AddressRefused, match="https"):
        Documents(OutboundClient(Doorway(resolve=lambda host: ["93.184.215.14"])), largest=LARGEST).check(
            "http://lists.example/a"
        )
