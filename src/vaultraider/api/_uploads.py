"""Bodies that are larger than a page sends: files."""

from __future__ import annotations

from typing import IO

from flask import request

LARGEST = 200 * 2**20
"""Bytes of the largest file that any route takes. The server's own limit lies above it."""
LONGER = "vaultraider.longer"
"""In the WSGI environment, where the server offers it: gives the request so many seconds more to arrive."""
SLOWEST = 200_000
"""Bytes a second below which somebody's line is too slow for us."""


def large_body() -> IO[bytes]:
    """The body of this request, to be read in pieces, and given time to arrive. Its route says how large it may be."""
    longer = request.environ.get(LONGER)
    if longer is not None:
        longer((request.content_length or 0) / SLOWEST)
    return request.stream


def whole_body() -> bytes:
    """The same at once, for what is read as a whole anyway."""
    large_body()
    return request.get_data(cache=False)
