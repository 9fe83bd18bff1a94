"""The built front end: which files a page needs, and how they are served.

Vite writes ``static/dist`` with a manifest from source to file. The names carry a hash of the content, so browsers may keep
each file for ever; a new build has new names. Beside a file lies its ``.br`` and ``.gz``, made once by the build.
"""

from __future__ import annotations

import functools
import mimetypes
from pathlib import Path

import msgspec
from flask import Blueprint, Flask, Response, abort, current_app, request, send_from_directory

blueprint = Blueprint("assets", __name__)

STATIC = Path(__file__).parent / "static"
DIST = STATIC / "dist"
MANIFEST = "manifest.json"
APP, STYLE, THEME, SITE = "src/main.tsx", "src/styles/app.scss", "src/theme.ts", "src/site.ts"
FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_DAY = "public, max-age=86400"
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
ROOT_FILES = ("favicon.ico", "favicon.svg", "manifest.webmanifest", "apple-touch-icon.png", "icon-192.png", "icon-512.png")
"""What browsers look for at the root, under these very names."""

NOT_BUILT = "The front end has not been built. Run `make front-end` in the repository, then load this page again."

# Some systems' tables are wrong or empty (Windows' registry says text/plain for .js).
TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".ico": "image/x-icon",
    ".webmanifest": "application/manifest+json",
}


class Chunk(msgspec.Struct, rename="camel"):
    """One entry of Vite's manifest. ``imports`` are the keys of the chunks that it needs at once."""

    file: str
    imports: list[str] = []
    css: list[str] = []


class FrontEnd:
    """What was built into ``folder``; read anew when the build changes, so that a watching build is seen at once."""

    def __init__(self, folder: Path = DIST) -> None:
        self._folder = folder
        self._read_at = 0
        self._chunks: dict[str, Chunk] = {}

    @property
    def is_built(self) -> bool:
        return APP in self._manifest()

    def url(self, source: str) -> str:
        """The address of the file that was built from ``source``. Raises KeyError when there is none."""
        return f"/assets/{self._manifest()[source].file}"

    def preloads(self, *sources: str) -> list[str]:
        """The addresses of all scripts that these need at once, themselves included, each once."""
        found: dict[str, None] = {}
        chunks = self._manifest()
        waiting = [source for source in sources if source in chunks]
        while waiting:
            chunk = chunks[waiting.pop(0)]
            if chunk.file not in found:
                found[chunk.file] = None
                waiting += chunk.imports
        return [f"/assets/{file}" for file in found]

    def _manifest(self) -> dict[str, Chunk]:
        path = self._folder / MANIFEST
        try:
            changed = path.stat().st_mtime_ns
            if changed != self._read_at:
                self._chunks = msgspec.json.decode(path.read_bytes(), type=dict[str, Chunk])
                self._read_at = changed
        except (OSError, msgspec.DecodeError):
            # Absent, or a build is writing it just now: what was read before stands.
            return self._chunks
        return self._chunks


@functools.cache
def front_end() -> FrontEnd:
    return FrontEnd()


@blueprint.record_once
def _init_templates(state: object) -> None:
    app: Flask = state.app  # type: ignore[attr-defined]
    app.jinja_env.globals["front_end"] = front_end()


@blueprint.get("/assets/<path:name>")
def built(name: str) -> Response:
    """A built file, compressed where the browser takes it."""
    if name == MANIFEST or name.endswith((".br", ".gz")):
        abort(404)
    response = _compressed(name) or send_from_directory(DIST, name, mimetype=_type(name))
    response.headers["Cache-Control"] = FOR_EVER
    # Nobody asks whether it changed, and nobody saves it: two dozen of them are fetched for a first page.
    for useless in ("Content-Disposition", "Last-Modified"):
        response.headers.pop(useless, None)
    response.vary.add("Accept-Encoding")
    return response


def _compressed(name: str) -> Response | None:
    for encoding, suffix in ENCODINGS:
        if request.accept_encodings.quality(encoding) > 0 and (DIST / (name + suffix)).is_file():
            response = send_from_directory(DIST, name + suffix, mimetype=_type(name))
            response.headers["Content-Encoding"] = encoding
            return response
    return None


@blueprint.get(f"/<any({', '.join(map(repr, ROOT_FILES))}):name>")
def root_file(name: str) -> Response:
    response = send_from_directory(STATIC, name, mimetype=_type(name))
    response.headers["Cache-Control"] = FOR_A_DAY if not current_app.debug else "no-cache"
    return response


def _type(name: str) -> str:
    suffix = Path(name).suffix
    return TYPES.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")
