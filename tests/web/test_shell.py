"""The frame of the pages that React draws, and the pages that need no script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from tests.people import MARROW, House, build_house

from vaultraider.web import assets

PAGES = (
    "/vault",
    "/vault/items/6917529000000000001",
    "/characters",
    "/characters/1",
    "/journal",
    "/ledgers",
    "/ledgers/1",
    "/timeline",
    "/timeline/items/6917529000000000001",
    "/timeline/difference",
    "/timeline/lost",
    "/system",
    "/settings",
    "/updateManifest",
)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    built = tmp_path / "dist"
    built.mkdir()
    entries = {
        "src/main.tsx": {"file": "app-1.js"},
        "src/theme.ts": {"file": "theme-1.js"},
        "src/site.ts": {"file": "site-1.js"},
        "src/styles/app.scss": {"file": "style-1.css"},
        "src/styles/landing.scss": {"file": "landing-1.css"},
        "src/pages/vault.tsx": {"file": "vault-1.js"},
        "src/pages/settings.tsx": {"file": "settings-1.js"},
    }
    (built / "manifest.json").write_bytes(msgspec.json.encode(entries))
    monkeypatch.setattr(assets.front_end(), "_folder", built)
    monkeypatch.setattr(assets.front_end(), "_read_at", 0)
    monkeypatch.setattr(assets.front_end(), "_chunks", {})  # and the true ones come back with it
    house = build_house(tmp_path / "data")
    yield house
    house.services.close()


@pytest.mark.parametrize("path", PAGES)
def test_who_is_signed_in_gets_the_frame(house: House, path: str) -> None:
    browser = house.browser()
    browser.sign_in(MARROW)
    answer = browser.get(path)
    assert answer.status_code == 200
    assert '<div id="root">' in answer.text
    assert '<script type="module" src="/assets/app-1.js">' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_a_page_needs_is_fetched_ahead(house: House) -> None:
    browser = house.browser()
    browser.sign_in(MARROW)
    text = browser.get("/vault").text
    assert '<link rel="modulepreload" href="/assets/vault-1.js">' in text
    assert '<link rel="preload" href="/api/v1/profile" as="fetch" crossorigin>' in text
    assert "/assets/settings-1.js" not in text


@pytest.mark.parametrize("path", PAGES)
def test_others_get_the_front_page_that_leads_back_here(house: House, path: str) -> None:
    text = house.browser().get(path).text
    assert "Sign in with Bungie" in text
    assert f'name="next" value="{path}"' in text
    assert 'id="root"' not in text


def test_the_sign_in_leads_back_to_the_very_moment_that_was_looked_at(house: House) -> None:
    text = house.browser().get("/vault?at=2026-11-15T20:00:00Z").text
    assert 'name="next" value="/vault?at=2026-11-15T20:00:00Z"' in text


@pytest.mark.parametrize("path", ["/xur", "/xur/2026-11-20"])
def test_xur_is_for_everybody(house: House, path: str) -> None:
    """In a frame that asks for nobody's data; who is signed in has their own."""
    text = house.browser().get(path).text
    assert '<div id="root" data-visitor>' in text
    assert "/api/v1/profile" not in text
    browser = house.browser()
    browser.sign_in(MARROW)
    assert '<div id="root">' in browser.get(path).text


def test_the_front_page_leads_to_xur(house: House) -> None:
    assert '<a class="btn btn-quiet btn-lg" href="/xur">' in house.browser().get("/").text


def test_without_scripts_the_definitions_have_their_button(house: House) -> None:
    """It is a plain form, for who may press it; to others it says who may."""
    browser = house.browser()
    browser.sign_in(MARROW)
    page = browser.get("/updateManifest").text
    unscripted = page[page.index("<noscript>") :]
    assert '<form method="post" action="/updateManifest">' in unscripted
    token = re.search(r'name="csrf_token" value="([^"]+)"', unscripted)
    assert token
    answer = browser.client.post("/updateManifest", data={"csrf_token": token[1]}, headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/updateManifest")


@pytest.mark.parametrize("path", ["/", "/vault", "/nowhere", "/xur", "/updateManifest"])
def test_no_page_carries_a_script_or_a_style_in_itself(house: House, path: str) -> None:
    browser = house.browser()
    if path in ("/vault", "/updateManifest"):
        browser.sign_in(MARROW)
    text = browser.get(path).text
    assert not re.search(r"\sstyle=|\son\w+=|javascript:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))
    assert "<style" not in text


def test_without_a_front_end_every_page_says_what_to_do(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets.front_end(), "_folder", tmp_path / "nothing")
    monkeypatch.setattr(assets.front_end(), "_chunks", {})
    browser = house.browser()
    assert browser.get("/").status_code == 200
    browser.sign_in(MARROW)
    answer = browser.get("/vault")
    assert answer.status_code == 503
    assert "make front-end" in answer.text


def test_a_page_that_is_not_there(house: House) -> None:
    answer = house.browser().get("/nowhere/<script>")
    assert answer.status_code == 404
    assert "<script>" not in answer.text.replace('<script src="/assets/theme-1.js">', "").replace('<script type="module"', "")
