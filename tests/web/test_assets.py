"""The built front end: which files a page needs, and how they go out."""

from __future__ import annotations

import gzip
from pathlib import Path

import msgspec
import pytest
from flask import Flask

from vaultraider.web import assets

SCRIPT = "app-abc.js"
BODY = b"console.log('a script that is long enough');"
ENTRIES = {
    "src/main.tsx": {"file": SCRIPT, "isEntry": True, "imports": ["_shared.js"], "dynamicImports": ["src/pages/vault.tsx"]},
    "_shared.js": {"file": "shared-def.js"},
    "src/pages/vault.tsx": {"file": "vault-123.js", "imports": ["src/main.tsx", "_shared.js", "_tiles.js"]},
    "_tiles.js": {"file": "tiles-456.js", "imports": ["_shared.js"]},
}


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    (tmp_path / "manifest.json").write_bytes(msgspec.json.encode(ENTRIES))
    (tmp_path / SCRIPT).write_bytes(BODY)
    (tmp_path / f"{SCRIPT}.gz").write_bytes(gzip.compress(BODY))
    (tmp_path / f"{SCRIPT}.br").write_bytes(b"as brotli would have it")
    (tmp_path / "small.js").write_bytes(b"1")
    return tmp_path


@pytest.fixture
def app(dist: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setattr(assets, "DIST", dist)
    app = Flask("vaultraider.web", static_folder=None)
    app.register_blueprint(assets.blueprint)
    return app


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("gzip;q=1, br;q=0", "gzip"),
        ("", None),
        ("identity", None),
    ],
)
def test_a_file_goes_out_as_the_browser_takes_it(app: Flask, accepted: str, encoding: str | None) -> None:
    answer = app.test_client().get(f"/assets/{SCRIPT}", headers={"Accept-Encoding": accepted})
    assert answer.status_code == 200
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Accept-Encoding" in answer.headers["Vary"]
    if encoding is None:
        assert answer.data == BODY


def test_what_is_too_small_to_compress_goes_out_plain(app: Flask) -> None:
    answer = app.test_client().get("/assets/small.js", headers={"Accept-Encoding": "br"})
    assert (answer.data, answer.headers.get("Content-Encoding")) == (b"1", None)


@pytest.mark.parametrize(
    "name",
    ["manifest.json", f"{SCRIPT}.br", "absent.js", "../assets.py", "%2e%2e/assets.py", "..%2fassets.py", "/etc/passwd", ""],
)
def test_nothing_else_is_given(app: Flask, name: str) -> None:
    assert app.test_client().get(f"/assets/{name}").status_code in (404, 308)


@pytest.mark.parametrize("name", assets.ROOT_FILES)
def test_what_browsers_look_for_at_the_root(app: Flask, name: str) -> None:
    answer = app.test_client().get(f"/{name}")
    assert answer.status_code == 200
    assert answer.mimetype.startswith(("image/", "application/manifest+json"))


def test_the_scripts_of_a_page_each_once_whatever_needs_whom(dist: Path) -> None:
    front_end = assets.FrontEnd(dist)
    assert front_end.preloads("src/main.tsx", "src/pages/vault.tsx") == [
        "/assets/app-abc.js",
        "/assets/vault-123.js",
        "/assets/shared-def.js",
        "/assets/tiles-456.js",
    ]
    assert front_end.preloads("src/pages/nowhere.tsx") == []


def test_a_new_build_is_seen_at_once(dist: Path) -> None:
    front_end = assets.FrontEnd(dist)
    assert front_end.url("src/main.tsx") == "/assets/app-abc.js"
    (dist / "manifest.json").write_bytes(msgspec.json.encode({"src/main.tsx": {"file": "app-new.js"}}))
    assert front_end.url("src/main.tsx") == "/assets/app-new.js"


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]"])
def test_no_build_or_half_a_build_is_no_failure(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_bytes(content)
    front_end = assets.FrontEnd(tmp_path)
    assert not front_end.is_built
    assert front_end.preloads("src/main.tsx") == []


def test_a_build_under_way_leaves_the_last_one_standing(dist: Path) -> None:
    front_end = assets.FrontEnd(dist)
    assert front_end.is_built
    (dist / "manifest.json").write_bytes(b"{")
    assert front_end.is_built
    (dist / "manifest.json").unlink()
    assert front_end.is_built
