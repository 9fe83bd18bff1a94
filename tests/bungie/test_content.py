"""Files beside the API: definitions and pictures."""

from __future__ import annotations

import gzip
import threading
import time
from typing import Any

import httpx2
import pytest
from tests.bungie.stub import QUICK, Pieces, Reply, Stub, envelope, head, page, raw, socket_server

from vaultraider.bungie.manifest import Manifest
from vaultraider.bungie.pictures import Pictures
from vaultraider.domain import errors
from vaultraider.domain.pictures import picture_type

ZIP = "/common/destiny2_content/sqlite/en/world_sql_content_d135ee140f1e3bb665c791eb7bad3729.content"
JSON = "/common/destiny2_content/json/en/DestinyStatDefinition-77148498-e861-4d4e-848e-00505fb73508.json"
ICON = "/common/destiny2_content/icons/0123456789abcdef0123456789abcdef.jpg"
BODY = b"PK\x03\x04" + bytes(range(256)) * 40
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 30


def download(stub: Stub, path: str = ZIP, **options: Any) -> tuple[int | None, bytes]:
    with stub.bungie.manifest.content(path, **options) as content:
        return content.length, b"".join(content.chunks())


def file(body: bytes = BODY, media_type: str = "application/octet-stream", http: int = 200, **headers: str) -> Reply:
    return raw(body, http, media_type, **headers)


def test_a_file_comes_whole_with_its_length() -> None:
    stub = Stub(file())
    assert download(stub) == (len(BODY), BODY)
    (sent,) = stub.requests
    assert str(sent.url) == "https://www.bungie.net" + ZIP
    assert sent.headers["Accept-Encoding"] == "identity"
    assert "Authorization" not in sent.headers


def test_a_cache_buster_asks_past_the_edge() -> None:
    stub = Stub(file())
    download(stub, cache_buster="1 &2")
    assert str(stub.requests[0].url) == f"https://www.bungie.net{ZIP}?cb=1%20%262"


def test_json_travels_compressed_and_its_length_is_not_told() -> None:
    plain = b'{"1":{}}' * 400_000
    stub = Stub(lambda _: httpx2.Response(200, headers={"Content-Encoding": "gzip"}, stream=Pieces(gzip.compress(plain))))
    assert download(stub, JSON) == (None, plain)
    assert stub.requests[0].headers["Accept-Encoding"] == "gzip"


SQUEEZED = gzip.compress(BODY)


@pytest.mark.parametrize(
    ("told", "sent"),
    [
        (head(len(BODY)), BODY[:-1]),
        (head(None, Transfer_Encoding="chunked"), b"10\r\n" + BODY[:16] + b"\r\n"),
        (head(None, Content_Encoding="gzip"), SQUEEZED[:-9]),
        (head(None, Content_Encoding="gzip"), SQUEEZED[:-8] + b"\0" * 8),
        (head(len(BODY), Content_Encoding="gzip"), BODY),
    ],
    ids=["shorter than told", "chunk missing", "gzip cut", "gzip checksum", "no gzip"],
)
def test_half_a_file_is_never_taken_for_a_whole_one(told: bytes, sent: bytes) -> None:
    with socket_server(lambda connection: connection.sendall(told + sent)) as url:
        stub = Stub(envelope(), www=url, stats=url, transport=None, limits=QUICK)
        with pytest.raises(errors.BungieUnavailable):
            download(stub, JSON)


def test_a_stall_ends() -> None:
    def stall(connection: Any) -> None:
        connection.sendall(head(len(BODY)) + BODY[:100])
        time.sleep(2)

    with socket_server(stall) as url:
        stub = Stub(envelope(), www=url, stats=url, transport=None, limits=QUICK)
        with pytest.raises(errors.BungieUnreachable):
            download(stub)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (page(404), errors.NotFound),
        (file(http=404), errors.NotFound),
        (page(200), errors.BungieGarbled),
        (page(503), errors.BungieUnavailable),
        (page(500), errors.BungieUnavailable),
        (page(403), errors.BungieUnreachable),
        (page(401), errors.BungieGarbled),
        (page(429, retry_after="7"), errors.BungieThrottled),
        (page(302, location="https://elsewhere.example/"), errors.BungieGarbled),
        (httpx2.ConnectError("no"), errors.BungieUnreachable),
    ],
)
def test_what_is_not_the_file(reply: Any, kind: type[Exception]) -> None:
    stub = Stub(reply)
    with pytest.raises(kind):
        download(stub)
    assert stub.bungie.health.state().state == "unknown", "Plain files say nothing about the game."


@pytest.mark.parametrize("told", [True, False])
def test_more_than_a_file_may_hold_is_refused(told: bool) -> None:
    reply = file() if told else (lambda _: httpx2.Response(200, stream=Pieces(BODY)))
    stub = Stub(reply)
    with Manifest(stub.bungie.client, largest=5000).content(ZIP) as content, pytest.raises(errors.BungieGarbled):
        b"".join(content.chunks())


def test_a_bomb_stops_at_the_limit() -> None:
    bomb = gzip.compress(b"0" * 50_000_000)
    stub = Stub(lambda _: httpx2.Response(200, headers={"Content-Encoding": "gzip"}, stream=Pieces(bomb)))
    largest = 0
    with Manifest(stub.bungie.client, largest=5_000_000).content(JSON) as content, pytest.raises(errors.BungieGarbled):
        for chunk in content.chunks():
            largest = max(largest, len(chunk))
    assert largest <= 2**20


def test_leaving_early_gives_the_connection_back() -> None:
    stub = Stub(file())
    for _ in range(60):  # More than the pool holds.
        with stub.bungie.manifest.content(ZIP) as content:
            next(content.chunks())


ELSEWHERE = [
    "//evil.example/common/destiny2_content/x.content",
    "@evil.example/x",
    "/common/destiny2_content/../../Platform/x",
    "/common/destiny2_content/..%2fx",
    "/Platform/Destiny2/Manifest/",
    "/common/destiny2_content/a b",
    "/common/destiny2_content/x?y=1",
    "/common/destiny2_content/x#y",
    "/common/destiny2_content/x\r\nX: y",
    "/common/destiny2_content/.hidden",
    "https://www.bungie.net/common/destiny2_content/x",
    "",
]


@pytest.mark.parametrize("path", ELSEWHERE)
def test_a_path_from_outside_leads_nowhere_else(path: str) -> None:
    stub = Stub(file())
    with pytest.raises(errors.BungieGarbled), stub.bungie.manifest.content(path):
        pass
    for picture in (path, path + ".png", "/common/destiny2_content/icon.svg", "/common/destiny2_content/icon"):
        if picture.startswith("/common/destiny2_content/x") and picture.endswith("x.png"):
            continue
        with pytest.raises(errors.NotFound):
            stub.bungie.pictures.picture(picture)
    assert stub.requests == []


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0JFIF", "image/jpeg"),
        (b"GIF89a....", "image/gif"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"<html>", None),
        (b"RIFF\x10\0\0\0WAVE", None),
        (b"", None),
    ],
)
def test_a_picture_is_what_its_first_bytes_say(content: bytes, media_type: str | None) -> None:
    assert picture_type(content) == media_type
    stub = Stub(file(content, "image/x-whatever"))
    if media_type is None:
        with pytest.raises(errors.BungieGarbled):
            stub.bungie.pictures.picture(ICON)
        return
    picture = stub.bungie.pictures.picture(ICON)
    assert (picture.content, picture.media_type) == (content, media_type)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (page(404), errors.NotFound),
        (file(PNG, "text/html"), errors.BungieGarbled),
        (file(PNG + b"\0" * 100_000, "image/png"), errors.BungieGarbled),
        (page(503), errors.BungieUnavailable),
        (page(429), errors.BungieThrottled),
        (httpx2.ReadTimeout("no"), errors.BungieUnreachable),
    ],
)
def test_what_is_no_picture(reply: Any, kind: type[Exception]) -> None:
    stub = Stub(reply)
    with pytest.raises(kind):
        Pictures(stub.bungie.client, largest=50_000).picture(ICON)


def test_pictures_do_not_crowd_out_profiles() -> None:
    under_way = most = 0
    lock = threading.Lock()

    def slow(_: httpx2.Request) -> httpx2.Response:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        time.sleep(0.005)
        with lock:
            under_way -= 1
        return httpx2.Response(200, headers={"Content-Type": "image/png"}, stream=Pieces(PNG))

    stub = Stub(slow)
    threads = [threading.Thread(target=stub.bungie.pictures.picture, args=(ICON,)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 < most <= 4
