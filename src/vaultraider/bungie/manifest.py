"""Where the definitions lie, and the files themselves."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from vaultraider.bungie._client import Client
from vaultraider.bungie._endpoint import Endpoint
from vaultraider.bungie._wire import Answer, Request, Stream
from vaultraider.domain.errors import BungieGarbled, NotFound

GET_MANIFEST = Endpoint(operation="Destiny2.GetDestinyManifest", path="/Destiny2/Manifest/")
ENDPOINTS = [GET_MANIFEST]

LARGEST_CONTENT = 2**30
"""Bytes, decompressed. The English SQLite was 28 MB zipped in 2025; the whole of it as JSON some 200 MB."""
LONGEST_DOWNLOAD = 1800.0
"""Seconds. A stall ends it sooner: the pool's time-out for silence."""

_PATH = re.compile(r"/common/destiny2_content/(?:[A-Za-z0-9_\-]+/)*[A-Za-z0-9_\-][A-Za-z0-9_\-.]*")
"""The path comes from outside: it must not lead to another host, nor out of Bungie's content."""


class Manifest:
    """Fits the port ``ManifestSource``."""

    def __init__(self, client: Client, *, largest: int = LARGEST_CONTENT) -> None:
        self._client = client
        self._largest = largest

    def manifest_index(self) -> bytes:
        return self._client.call(GET_MANIFEST)

    @contextmanager
    def content(self, path: str, *, cache_buster: str | None = None) -> Iterator[Content]:
        """A content file, to be read within the ``with`` block.

        ``cache_buster``: a new deploy's files may be missing for a while, and the edge remembers that for a day
        (Bungie-net/api #826): a fresh query string asks past it.
        Raises NotFound for a 404, BungieUnavailable for anything else that is not the file.
        """
        if not _PATH.fullmatch(path):
            raise BungieGarbled("Bungie.net's list of definitions names a file where none can be. The present ones are kept.")
        wire = self._client.wire
        request = Request(
            url=wire.bases["www"] + path + (f"?cb={quote(cache_buster, safe='')}" if cache_buster is not None else ""),
            # A zip does not shrink again, and unencoded its length can be checked and its progress be told.
            accept_encoding="gzip" if path.endswith(".json") else "identity",
        )
        self._client.gate.enter()
        with wire.open(request, until=wire.monotonic() + LONGEST_DOWNLOAD) as stream:
            _must_be_file(self._client, stream)
            yield Content(stream, self._largest)


class Content:
    """Fits the port ``ContentStream``."""

    def __init__(self, stream: Stream, largest: int) -> None:
        self._stream = stream
        self._largest = largest

    @property
    def length(self) -> int | None:
        return self._stream.length if self._stream.encoding == "identity" else None

    def chunks(self) -> Iterator[bytes]:
        length = self.length
        if length is not None and length > self._largest:
            raise _too_large()
        size = 0
        for chunk in self._plain():
            size += len(chunk)
            if size > self._largest:
                raise _too_large()
            yield chunk
        if length is not None and size != length:
            raise BungieGarbled

    def _plain(self) -> Iterator[bytes]:
        if self._stream.encoding == "identity":
            return self._stream.chunks(decoded=False)
        if self._stream.encoding == "gzip":
            return _gunzip(self._stream.chunks(decoded=False))
        return self._stream.chunks(decoded=True)


def _gunzip(raw: Iterator[bytes]) -> Iterator[bytes]:
    """Decompresses, and insists on the end of the stream and its checksum: the HTTP library takes half a file for a whole one."""
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    step = 2**20
    for chunk in raw:
        while chunk:
            try:
                plain = inflate.decompress(chunk, step)
            except zlib.error:
                plain = None
            if plain is None:
                raise BungieGarbled
            if plain:
                yield plain
            chunk = inflate.unconsumed_tail
    if not inflate.eof:
        raise BungieGarbled


def _must_be_file(client: Client, stream: Stream) -> None:
    if stream.status == 404:
        raise NotFound("Bungie.net does not have this file yet. We keep trying; the present definitions are kept.")
    if stream.status != 200:
        answer = Answer(
            status=stream.status,
            media_type=stream.media_type,
            body=b"",
            retry_after=stream.retry_after,
            location=stream.location,
        )
        raise client.file_trouble(answer)
    if stream.media_type == "text/html":
        raise BungieGarbled("Bungie.net sent a web page instead of definitions. We keep trying; the present ones are kept.")


def _too_large() -> BungieGarbled:
    return BungieGarbled("Bungie.net sent far more than definitions take. We keep trying; the present ones are kept.")
