"""Pictures at our own address: who may make us ask Bungie, how long browsers keep them, and what hostile addresses get."""

from __future__ import annotations

import dataclasses
import gzip
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import brotli
import pytest
from tests.people import MARROW, House, build_house
from tests.picture_source import ICON, PNG
from tests.services.test_pictures import CLASSIFIED, PICTURED, SWORD, OneDefinitions, Shelf

from vaultraider.services.pictures import Pictures
from vaultraider.web.app import create_app

FOR_EVER = "public, max-age=31536000, immutable"


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(arriving={ICON: PNG})


@pytest.fixture
def house(tmp_path: Path, shelf: Shelf) -> Iterator[House]:
    house = build_house(tmp_path)
    services = dataclasses.replace(house.services, pictures=Pictures(OneDefinitions(), shelf))
    yield dataclasses.replace(house, services=services, app=create_app(services, house.settings))
    house.services.close()


def test_a_drawing_is_an_image_that_may_do_nothing(house: House) -> None:
    answer = house.browser().get(f"/icons/items/{SWORD}?v=en-1")
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "max-age=604800" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    ElementTree.fromstring(answer.text)


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpack"),
    [("br, gzip", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress), ("", None, bytes)],
)
def test_a_drawing_is_sent_packed(house: House, accepted: str, encoding: str | None, unpack: object) -> None:
    browser = house.browser()
    plain = browser.get(f"/icons/items/{SWORD}")
    answer = browser.get(f"/icons/items/{SWORD}", headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == encoding
    assert unpack(answer.data) == plain.data  # type: ignore[operator]
    assert "Accept-Encoding" in answer.headers["Vary"]
    again = browser.get(f"/icons/items/{SWORD}", headers={"Accept-Encoding": accepted, "If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_only_somebody_signed_in_makes_us_ask_bungie(house: House, shelf: Shelf) -> None:
    stranger = house.browser()
    answer = stranger.get(f"/icons/items/{PICTURED}?v=en-1")
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Cache-Control"] == "private, max-age=5", "a stand-in is not kept"
    assert shelf.asked == []

    answer = house.signed_in(MARROW).get(f"/icons/items/{PICTURED}?v=en-1")
    assert (answer.mimetype, answer.data) == ("image/png", PNG)
    assert answer.headers["Cache-Control"] == FOR_EVER
    assert shelf.asked == [ICON]

    assert stranger.get(f"/icons/items/{PICTURED}?v=en-1").data == PNG, "what is here anybody may see"


def test_what_everybodys_cache_may_keep_carries_nobodys_cookie(house: House, shelf: Shelf) -> None:
    """The session is noted as in use once an hour, with a new cookie; a cache on the way would hand that to others."""
    browser = house.signed_in(MARROW)
    house.clock.pass_time(2 * 3600)
    answer = browser.get(f"/icons/items/{PICTURED}?v=en-1")
    assert answer.headers["Cache-Control"] == FOR_EVER
    assert "Set-Cookie" not in answer.headers
    assert "Set-Cookie" in browser.get("/api/v1/session").headers


def test_an_address_of_other_definitions_is_not_kept_for_good(house: House, shelf: Shelf) -> None:
    shelf.kept[ICON] = PNG
    for address in (f"/icons/items/{PICTURED}", f"/icons/items/{PICTURED}?v=en-0", f"/icons/items/{PICTURED}?v="):
        assert house.browser().get(address).headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("sort", ["items", "plugs", "emblems", "banners"])
@pytest.mark.parametrize("hash", [0, SWORD, CLASSIFIED, 4_294_967_295])
def test_every_hash_has_a_picture(house: House, sort: str, hash: int) -> None:
    assert house.browser().get(f"/icons/{sort}/{hash}").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "items/-1",
        "items/4294967296",
        "items/00001",
        "items/1.5",
        "items/1e3",
        "items/0x10",
        "items/%D9%A1%D9%A2",
        "items/..%2F..%2Fetc%2Fpasswd",
        "items/1/2",
        "items/" + "9" * 5000,
        "items/",
        "players/1",
        "items/1%00",
        "items/%3Cscript%3E",
    ],
)
def test_anything_else_is_not_found(house: House, shelf: Shelf, address: str) -> None:
    answer = house.signed_in(MARROW).get(f"/icons/{address}")
    assert answer.status_code == 404
    assert "<script>" not in answer.text.lower()
    assert shelf.asked == []


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_pictures_are_only_looked_at(house: House, method: str) -> None:
    assert house.signed_in(MARROW).send(method, f"/icons/items/{SWORD}").status_code == 405
