"""Pictures by hash, from our own address: ``/icons/items/<hash>?v=<key>``, and the same for plugs, emblems and banners.

Anybody may look: a picture of the game is nobody's secret. But only somebody who is signed in makes us ask Bungie for one that
we do not have, and only one that the definitions name, so that a stranger cannot spend our share of Bungie's patience or fill
the disk. Nothing that comes in reaches a file name or a drawing but a number of 32 bits.

``v`` names the definitions that the page was made from. Where it is the present one the answer may be kept long; where
ours stands in for a picture of Bungie's that is not here yet, for a moment only.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from functools import lru_cache

import brotli
from flask import Blueprint, Response, abort, request

from vaultraider.api._resource import services, visitor
from vaultraider.services.pictures import SVG, Illustration, Pictures

blueprint = Blueprint("icons", __name__, url_prefix="/icons")

FOR_EVER = "public, max-age=31536000, immutable"
A_WEEK = "public, max-age=604800"
"""For drawings: the next version of this program may draw better."""
A_WHILE = "public, max-age=300"
A_MOMENT = "private, max-age=5"
LARGEST_HASH = 2**32 - 1
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""Opened by itself, a drawing is a document: it may do nothing."""
COMPRESSED = 2048
"""So many compressed drawings stay in memory, about 1 KB each."""

SORTS: dict[str, Callable[..., Illustration]] = {
    "items": Pictures.item,
    "plugs": Pictures.plug,
    "emblems": Pictures.emblem,
    "banners": Pictures.banner,
}


@blueprint.get(f"/<any({', '.join(SORTS)}):sort>/<hash>")
def icon(sort: str, hash: str) -> Response:
    number = _hash(hash)
    pictures, look = services().pictures, SORTS[sort]
    illustration = look(pictures, number, ask=False)
    if illustration.provisional and visitor() is not None:
        illustration = look(pictures, number, ask=True)
    return _answer(illustration)


def _hash(text: str) -> int:
    """A hash as it stands in an address: digits without a sign, a leading zero or a second spelling."""
    if not (text.isascii() and text.isdigit()) or len(text) > 10 or (len(text) > 1 and text[0] == "0"):
        abort(404)
    number = int(text)
    if number > LARGEST_HASH:
        abort(404)
    return number


def _answer(illustration: Illustration) -> Response:
    is_drawn = illustration.media_type == SVG
    encoding = _encoding() if is_drawn else None
    body = _compressed(illustration.content, encoding) if encoding else illustration.content
    response = Response(body, mimetype=illustration.media_type)
    if is_drawn:
        response.headers["Content-Security-Policy"] = SVG_POLICY
        response.vary.add("Accept-Encoding")
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Cache-Control"] = _lifetime(illustration)
    response.set_etag(hashlib.sha256(body).hexdigest()[:20])
    response.make_conditional(request)
    return response


def _lifetime(illustration: Illustration) -> str:
    if illustration.provisional:
        return A_MOMENT
    if request.args.get("v") != illustration.key:
        return A_WHILE
    return A_WEEK if illustration.media_type == SVG else FOR_EVER


def _encoding() -> str | None:
    return next((name for name in ("br", "gzip") if request.accept_encodings.quality(name) > 0), None)


@lru_cache(maxsize=COMPRESSED)
def _compressed(content: bytes, encoding: str) -> bytes:
    if encoding == "br":
        packed: bytes = brotli.compress(content, quality=7, mode=brotli.MODE_TEXT)
        return packed
    return gzip.compress(content, 6, mtime=0)
